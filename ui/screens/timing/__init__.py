"""Timing (计时): a wall of clocks, one tile a workplace, and the same wall for the hall."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.context import NamedView, ScreenContext


def open_screen(context: ScreenContext) -> QWidget:
    """The timing screen of an open competition."""
    from ui.screens.timing.screen import TimingScreen

    return TimingScreen(context)


def shots(context: ScreenContext) -> list[NamedView]:
    """The hall clock, for the screenshots."""
    from ui.screens.timing.screen import TimingScreen

    screen = TimingScreen(context, sound=lambda _cue: None)
    hall = screen.make_hall()
    screen.rest()
    return [("hall", hall)]
