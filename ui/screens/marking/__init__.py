"""Marking (评分): a judge's sheet of one work, by keyboard; quizzes, proposals, output apart."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.context import NamedView, ScreenContext


def open_screen(context: ScreenContext) -> QWidget:
    """The screen, reading the open competition."""
    from ui.screens.marking.place import MarkingPlace

    return MarkingPlace(context)


def shots(context: ScreenContext) -> list[NamedView]:
    """A quiz, proposals, counted output and a second person keying again, for the screenshots."""
    from ui.screens.marking.programme_shots import campaign_views, check_views, programme_views

    return [*programme_views(context), *campaign_views(context), *check_views(context)]
