"""Covers the work while nobody is at the station; choosing who acts uncovers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from app.domain.errors import RuleBroken
from app.domain.ids import JudgeId
from app.domain.roles import Actor, read_initials
from app.words import Words
from ui.desk import actor_word, actors
from ui.theme.icons import pixmap
from ui.theme.tokens import Theme
from ui.widgets.buttons import primary_button
from ui.widgets.drop_down import DropDown
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
        self._who = DropDown()
        self._who.setIconSize(QSize(theme.px(2), theme.px(2)))
        self._actors = [who for group in actors(judges) for who in group]
        for who in self._actors:
            self._who.addItem(actor_word(words, who))
        bare = Actor(acting.role, acting.judge)
        if bare in self._actors:
            self._who.setCurrentIndex(self._actors.index(bare))
        self._words = words
        self.initials = QLineEdit()
        self.initials.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._initials = FormField(theme, words.say("checking.initials"), self.initials)
        drawn = QLabel()
        drawn.setPixmap(pixmap("lock", theme.colours.primary, theme.px(7), 2.0))
        drawn.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title = text_label(words.say("frame.locked_title"), Kind.BIG)
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        text = text_label(words.say("frame.locked_text"), Kind.MUTED, wraps=True)
        self.go = primary_button(theme, words.say("frame.go_on"), self._on_go, key="Return")
        chooser = FormField(theme, words.say("frame.who_acts"), self._who)
        go = row(theme, STRETCH, self.go)
        box = card(theme, drawn, title, text, chooser, self._initials, go, gap=2, margin=4)
        box.setFixedWidth(theme.px(56))
        self.setLayout(row(theme, STRETCH, column(theme, STRETCH, box, STRETCH), STRETCH))
        self.setFocusProxy(self._who)
        for key in ("Return", "Enter"):
            QShortcut(QKeySequence(key), self, self._on_go)

    def _on_go(self) -> None:
        try:
            initials = read_initials(self.initials.text())
        except RuleBroken as refused:
            self._initials.show_error(self._words.explain(refused))
        else:
            who = self._actors[self._who.currentIndex()]
            self.unlocked.emit(replace(who, initials=initials))
