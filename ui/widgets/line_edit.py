"""A small field of several lines that tells when it is left, as a line edit does."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit

from ui.theme.tokens import Theme


class LinesEdit(QPlainTextEdit):
    """``left`` when the focus goes elsewhere; Tab moves on instead of indenting."""

    left = Signal()

    def __init__(self, theme: Theme, *, lines: int = 3) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(theme.px(2.25 + 2.25 * lines))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()
