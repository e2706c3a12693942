"""A state as icon, word and colour together, so that colour is never alone."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy

from ui.theme.icons import TONE_ICONS, pixmap
from ui.theme.styling import mark
from ui.theme.tokens import Theme, Tone
from ui.widgets.labels import text_label


class StateChip(QFrame):
    """Shows one state; ``show_state`` changes it in place."""

    def __init__(self, theme: Theme, tone: Tone, word: str) -> None:
        super().__init__()
        self._theme = theme
        self._icon = QLabel()
        self._word = text_label()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(1), theme.px(0.25), theme.px(1.5), theme.px(0.25))
        layout.setSpacing(theme.px(0.75))
        layout.addWidget(self._icon)
        layout.addWidget(self._word)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.show_state(tone, word)

    @property
    def word(self) -> str:
        return self._word.text()

    def show_state(self, tone: Tone, word: str, icon: str = "") -> None:
        """Show another state; ``icon`` replaces the tone's own, e.g. ``paused``."""
        ink = self._theme.tone(tone).ink
        size = self._theme.px(2)
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(pixmap(icon or TONE_ICONS[tone], ink, size, ratio))
        self._word.setText(word)
        mark(self, kind="chip", tone=tone)
        mark(self._word, tone=tone)
        self.setAccessibleName(word)
