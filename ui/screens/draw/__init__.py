"""Draw (抽签): commit, show the hash, draw, show the seed; work codes apart."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.context import ScreenContext


def open_screen(context: ScreenContext) -> QWidget:
    """The draw screen of an open competition."""
    from ui.screens.draw.screen import DrawScreen

    return DrawScreen(context)
