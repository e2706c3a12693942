"""A problem with its advice above the work, in the colour of how bad it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton

from app.words import Words
from ui.theme.icons import TONE_ICONS, icon, pixmap
from ui.theme.styling import mark
from ui.theme.tokens import Theme, Tone
from ui.widgets.buttons import plain_button
from ui.widgets.labels import text_label
from ui.widgets.layout import empty_layout
from ui.words import attempted, tone_of

Action = tuple[str, Callable[[], object]]
"""A button of a banner: what it says, what it does."""


class Banner(QFrame):
    """Hidden until something is said; the cross takes it away, unless it ``stays``.

    ``flat`` spans a window's width.
    """

    def __init__(
        self, theme: Theme, words: Words, *, flat: bool = False, stays: bool = False
    ) -> None:
        super().__init__()
        self._theme, self._words = theme, words
        self._role = "flat" if flat else ""
        self._icon = QLabel()
        self._text = text_label(wraps=True, selectable=True)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(theme.px())
        close = QToolButton()
        close.setIcon(icon(theme, "close"))
        close.setIconSize(QSize(theme.px(2), theme.px(2)))
        close.setAccessibleName(words.say("frame.close_message"))
        close.setToolTip(words.say("frame.close_message"))
        close.clicked.connect(self.clear)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(2), theme.px(1), theme.px(1), theme.px(1))
        layout.setSpacing(theme.px(1.5))
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        layout.addLayout(self._actions)
        layout.addWidget(close)
        close.setVisible(not stays)
        self.hide()

    @property
    def text(self) -> str:
        """What is being said; empty when nothing is."""
        return self._text.text()

    def say(self, tone: Tone, text: str, actions: Sequence[Action] = ()) -> None:
        """Show a sentence, with buttons for what can be done about it."""
        self._icon.setPixmap(
            pixmap(
                TONE_ICONS[tone],
                self._theme.tone(tone).ink,
                self._theme.px(3),
                self.devicePixelRatioF(),
            )
        )
        self._text.setText(text)
        empty_layout(self._actions)
        for label, act in actions:
            self._actions.addWidget(plain_button(self._theme, label, act))
        mark(self, kind="banner", role=self._role, tone=tone)
        self.setAccessibleName(text)
        self.show()

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do something that may be refused; the refusal takes the place of what was said before."""
        self.clear()
        return attempted(
            act, lambda refused: self.say(tone_of(refused), self._words.explain(refused))
        )

    def clear(self) -> None:
        """Say nothing and take no room."""
        self._text.setText("")
        self.hide()
