"""Review (复核): what blocks a module, put right one by one, then signed and locked."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.context import NamedView, ScreenContext


def open_screen(context: ScreenContext) -> QWidget:
    """The screen, reading the open competition."""
    from ui.screens.review.screen import ReviewScreen

    return ReviewScreen(context)


def shots(context: ScreenContext) -> list[NamedView]:
    """The choice of a paper of marking, for the screenshots."""
    from ui.screens.review.screen import ReviewScreen

    return [("papers", ReviewScreen(context).papers.make_dialog())]
