"""Covers the work while nobody is at the station; choosing who acts uncovers it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from app.domain.ids import JudgeId
from app.domain.roles import Actor
from app.words import Words
from ui.desk import actor_word, actors
from ui.theme.icons import pixmap
from ui.theme.tokens import Theme
from ui.widgets.buttons import primary_button
from ui.widgets.form_field import FormField
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, card, column, row


class LockView(QWidget):
    """``unlocked(Actor)`` once a person says who they are."""

    unlocked = Signal(object)

    def __init__(
        self, theme: Theme, words: Words, acting: Actor, judges: Sequence[JudgeId]
    ) -> None:
        super().__init__()
        self._who = QComboBox()
        self._who.setIconSize(QSize(theme.px(2), theme.px(2)))
        self._actors = [who for group in actors(judges) for who in group]
        for who in self._actors:
            self._who.addItem(actor_word(words, who))
        if acting in self._actors:
            self._who.setCurrentIndex(self._actors.index(acting))
        drawn = QLabel()
        drawn.setPixmap(pixmap("lock", theme.colours.primary, theme.px(7), 2.0))
        drawn.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title = text_label(words.say("frame.locked_title"), Kind.BIG)
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        text = text_label(words.say("frame.locked_text"), Kind.MUTED, wraps=True)
        self.go = primary_button(theme, words.say("frame.go_on"), self._on_go, key="Return")
        chooser = FormField(theme, words.say("frame.who_acts"), self._who)
        box = card(
            theme, drawn, title, text, chooser, row(theme, STRETCH, self.go), gap=2, margin=4
        )
        box.setFixedWidth(theme.px(56))
        self.setLayout(row(theme, STRETCH, column(theme, STRETCH, box, STRETCH), STRETCH))
        self.setFocusProxy(self._who)
        for key in ("Return", "Enter"):
            QShortcut(QKeySequence(key), self, self._on_go)

    def _on_go(self) -> None:
        self.unlocked.emit(self._actors[self._who.currentIndex()])
