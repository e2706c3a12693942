"""The window with no competition open: the rail's switches, the welcome page, messages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.words import Words
from ui.frame.rail import Rail
from ui.frame.status_line import StatusLine
from ui.frame.welcome import Welcome
from ui.theme.tokens import Theme
from ui.widgets.banner import Banner
from ui.widgets.layout import column, row

NARROW_BELOW = 128


class WelcomeView(QWidget):
    """``welcome`` carries the choices, ``banner`` says why a file did not open."""

    def __init__(self, theme: Theme, words: Words, recent: Sequence[Path]) -> None:
        super().__init__()
        self._theme = theme
        self.rail = Rail(theme, words, has_file=False)
        self.banner = Banner(theme, words, flat=True)
        self.welcome = Welcome(theme, words, recent)
        status = StatusLine(theme, words)
        right = column(theme, self.banner, (self.welcome, 1), status, gap=0)
        self.setFocusProxy(self.welcome.offers[0])
        self.setLayout(row(theme, self.rail, (right, 1), gap=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rail.set_narrow(self.width() < self._theme.px(NARROW_BELOW))
