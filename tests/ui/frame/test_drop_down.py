"""Scrolling a page with the wheel must not choose anything on the way."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.widgets.drop_down import DropDown


def test_the_wheel_over_a_drop_down_list_is_left_to_the_page(qtbot: QtBot) -> None:
    combo = DropDown()
    qtbot.addWidget(combo)
    combo.addItems(["Yes or no", "Direct mark"])
    turned = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(combo, turned)
    assert combo.currentText() == "Yes or no"
    assert not turned.isAccepted()
