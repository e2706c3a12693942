"""Marking (评分): a judge's sheet of one work, by keyboard; quizzes and proposals on their own."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.context import ScreenContext


def open_screen(context: ScreenContext) -> QWidget:
    """The screen, reading the open competition."""
    from app.domain.fed_check import fed_aspect
    from app.services import rules
    from ui.screens.marking.place import MarkingPlace
    from ui.screens.marking.screen import MarkingScreen

    if any(fed_aspect(event) is not None for event in rules.events(context.station)):
        return MarkingPlace(context)
    return MarkingScreen(context)
