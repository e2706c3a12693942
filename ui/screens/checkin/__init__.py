"""Check-in (检录): one field that takes anything, one card, and who is still missing."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.context import ScreenContext


def open_screen(context: ScreenContext) -> QWidget:
    """The check-in screen of an open competition."""
    from ui.screens.checkin.screen import CheckinScreen

    return CheckinScreen(context)
