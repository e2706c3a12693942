"""Exchange (数据交换): handing records over, taking others' in, verifying files, backups."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.context import ScreenContext


def open_screen(context: ScreenContext) -> QWidget:
    """The screen, reading the open competition."""
    from ui.screens.exchange.screen import ExchangeScreen

    return ExchangeScreen(context)
