"""Marking (评分): one judge's sheet of one work, by keyboard, committed whole."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.context import ScreenContext


def open_screen(context: ScreenContext) -> QWidget:
    """The screen, reading the open competition."""
    from ui.screens.marking.screen import MarkingScreen

    return MarkingScreen(context)
