"""Set up (赛前设置): from an empty file to frozen rules, judges and entrants."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.context import NamedView, ScreenContext


def open_screen(context: ScreenContext) -> QWidget:
    from ui.screens.setup.screen import SetupScreen

    return SetupScreen(context)


def shots(context: ScreenContext) -> list[NamedView]:
    """Every step as a view of its own, for the screenshots."""
    from ui.screens.setup.screen import step_views

    return step_views(context)
