"""Review (复核): what blocks a module, put right one by one, then signed and locked."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.context import ScreenContext


def open_screen(context: ScreenContext) -> QWidget:
    """The screen, reading the open competition."""
    from ui.screens.review.screen import ReviewScreen

    return ReviewScreen(context)
