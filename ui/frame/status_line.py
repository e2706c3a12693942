"""The honest line at the foot: saved or not, how old the backup is, what nobody else has yet."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel

from app.words import Words
from ui.desk import Status
from ui.theme.icons import TONE_ICONS, pixmap
from ui.theme.styling import mark
from ui.theme.tokens import Theme, Tone
from ui.widgets.labels import ElidedLabel
from ui.widgets.layout import row
from ui.words import age_words

OLD_BACKUP_MS = 20 * 60_000


class StatusLine(QFrame):
    """Every part has an icon, so that a glance from two metres is enough."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._theme = theme
        self._words = words
        mark(self, kind="status")
        self._saved = _Part(theme)
        self._backup = _Part(theme)
        self._shared = _Part(theme)
        self._said = ElidedLabel()
        self._said.setAccessibleName("")
        parts = row(theme, self._saved, self._backup, self._shared, (self._said, 1), gap=3)
        parts.setContentsMargins(theme.px(3), theme.px(0.75), theme.px(2), theme.px(0.75))
        self.setLayout(parts)
        self.show_status(None)

    def show_status(self, status: Status | None) -> None:
        """``None`` while no file is open."""
        words = self._words
        for part in (self._backup, self._shared):
            part.setVisible(status is not None)
        if status is None:
            self._saved.say(Tone.IDLE, words.say("frame.no_file"))
            return
        if status.trouble:
            # Why, and what to do about it, stands above the screen.
            self._saved.say(Tone.BLOCKED, words.say("frame.not_saved"))
        elif status.record:
            self._saved.say(Tone.DONE, words.say("frame.saved", record=status.record))
        else:
            self._saved.say(Tone.DONE, words.say("frame.nothing_yet"))
        age = status.backup_age_ms
        fresh = age is not None and age < OLD_BACKUP_MS
        self._backup.say(Tone.DONE if fresh else Tone.ATTENTION, age_words(words, age))
        if status.unshared:
            shared = words.say("frame.unshared", count=status.unshared)
            self._shared.say(Tone.IDLE, shared)
        else:
            self._shared.say(Tone.DONE, words.say("frame.all_shared"))

    @property
    def texts(self) -> tuple[str, ...]:
        """What the line says now, part by part, the announcement last."""
        return (self._saved.text, self._backup.text, self._shared.text, self._said.text())

    def announce(self, text: str) -> None:
        """Say something good; it stays until the next thing is said."""
        self._said.setText(text)
        self._said.setAccessibleName(text)


class _Part(QFrame):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._tone: Tone | None = None
        self._icon = QLabel()
        self._text = ElidedLabel()
        self.setLayout(row(theme, self._icon, (self._text, 1), gap=0.75))

    @property
    def text(self) -> str:
        return self._text.text()

    def say(self, tone: Tone, text: str) -> None:
        if tone is not self._tone:
            # Styling anew lays out and paints half the window; the tone hardly ever changes.
            self._tone = tone
            size = self._theme.px(1.75)
            ink = self._theme.tone(tone).ink
            self._icon.setPixmap(pixmap(TONE_ICONS[tone], ink, size, self.devicePixelRatioF()))
            mark(self._text, tone=tone)
        self._text.setText(text)
        self.setAccessibleName(text)
