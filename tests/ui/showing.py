"""Bringing a widget up as the window that has the keyboard."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot


def bring_up(qtbot: QtBot, shown: QWidget, size: tuple[int, int] | None = None) -> None:
    """Show the widget, at its own size or this one, and wait until keys reach it."""
    qtbot.addWidget(shown)
    if size is not None:
        shown.resize(*size)
    with qtbot.waitActive(shown):
        shown.show()
        shown.activateWindow()
