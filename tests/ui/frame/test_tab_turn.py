"""Tab reaches what was made later where it stands."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.showing import bring_up
from ui.frame.tab_order import next_in_tab_order
from ui.theme.tokens import Theme
from ui.widgets.layout import column
from ui.widgets.tab_turn import take_turn


def test_buttons_made_later_come_before_what_stands_below_them(qtbot: QtBot, theme: Theme) -> None:
    window, holder = QWidget(), QWidget()
    above, below = QPushButton("above"), QPushButton("below")
    window.setLayout(column(theme, above, holder, below))
    made = [QPushButton("first"), QPushButton("second")]
    holder.setLayout(column(theme, *made))
    take_turn(holder, made)
    bring_up(qtbot, window)
    above.setFocus()
    passed = []
    for _press in range(4):
        reached = next_in_tab_order(window, forward=True)
        assert isinstance(reached, QPushButton)
        reached.setFocus()
        passed.append(reached.text())
    assert passed == ["first", "second", "below", "above"]
