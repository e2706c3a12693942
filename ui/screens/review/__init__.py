"""Review (复核): what blocks a module, put right one by one, then signed and locked."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.domain.roles import CHIEF
from ui.context import NamedView, ScreenContext


def open_screen(context: ScreenContext) -> QWidget:
    """The screen, reading the open competition."""
    from ui.screens.review.screen import ReviewScreen

    return ReviewScreen(context)


def shots(context: ScreenContext) -> list[NamedView]:
    """The choice of a paper of marking, and a recheck half done, for the screenshots."""
    from app.demo.second_look import sample_second_look
    from ui.screens.review.screen import ReviewScreen

    station = sample_second_look(context.words.language)
    station.actor = CHIEF
    recheck = ReviewScreen(replace(context, station=station))
    recheck.show_page("recheck")
    recheck.destroyed.connect(station.close)
    return [("papers", recheck.papers.make_dialog()), ("recheck", recheck)]
