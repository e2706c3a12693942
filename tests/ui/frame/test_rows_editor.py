"""Typing rows into a list from cell to cell, by key only."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.words import Words
from tests.ui.showing import bring_up
from ui.theme.tokens import Theme
from ui.widgets.rows_editor import EditColumn, RowsEditor


def test_rows_are_typed_from_the_first_cell_to_the_last_and_no_further(
    qtbot: QtBot, theme: Theme, words: Words
) -> None:
    editor = RowsEditor(
        theme, words, [EditColumn("Up to"), EditColumn("Factor")], ("", ""), name=""
    )
    editor.show_rows([("10:00", "30")])
    bring_up(qtbot, editor)
    editor.table.setFocus()

    def press(key: Qt.Key) -> None:
        qtbot.keyClick(QApplication.focusWidget(), key)
        QApplication.processEvents()

    def typed(text: str) -> None:
        for sign in text:
            qtbot.keyClicks(QApplication.focusWidget(), sign)

    typed("9:00")
    press(Qt.Key.Key_Tab)
    typed("25")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Insert)
    typed("12:00")
    press(Qt.Key.Key_Tab)
    typed("20")
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is editor.table
    assert editor.model.rows == [("9:00", "25"), ("12:00", "20")]
