"""Overview (总览): how far every event is, and what keeps it from going on."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.context import ScreenContext


def open_screen(context: ScreenContext) -> QWidget:
    from ui.screens.overview.screen import OverviewScreen

    return OverviewScreen(context)
