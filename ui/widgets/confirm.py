"""Dialogs that repeat what is about to happen; a destructive one has to be armed first."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QLabel, QWidget

from app.words import Words
from ui.dialogs import Confirmation
from ui.theme.icons import TONE_ICONS, pixmap
from ui.theme.tokens import Theme, Tone
from ui.widgets.buttons import KeyButton, Role, plain_button
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, Part, card, column, row, scrolling, sunken

_SHORT = 16
"""A value of so many characters stands in one line."""


class ConfirmDialog(QDialog):
    """Accepted by the button that says the action, or Ctrl+Enter; Escape is always no.

    Enter does it too, unless something would be lost or care is asked for: then it is always no.
    """

    def __init__(
        self, theme: Theme, words: Words, asked: Confirmation, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(asked.title)
        self.setAccessibleName(asked.title)
        self.go = KeyButton(
            theme,
            asked.action,
            self.accept,
            key="Ctrl+Return",
            role=Role.DANGER if asked.lost else Role.PRIMARY,
        )
        self.stay = plain_button(theme, words.say("frame.cancel"), self.reject)
        self.armed: QCheckBox | None = None
        parts: list[Part] = [
            _heading(theme, asked.title, Tone.BLOCKED if asked.lost else asked.tone)
        ]
        if asked.shown_large:
            large = text_label(asked.shown_large, Kind.NAME, selectable=True)
            large.setAlignment(Qt.AlignmentFlag.AlignCenter)
            parts.append(large)
        parts.append(text_label(asked.what, wraps=True))
        if asked.rows:
            parts.append((_repeated(theme, asked.rows), 1))
        if asked.lost:
            parts.append(self._losses(theme, words, asked.lost))
        buttons = row(theme, STRETCH, self.stay, self.go)
        parts.append(buttons)
        whole = column(theme, *parts, gap=2, margin=3)
        self.setLayout(whole)
        edges = whole.contentsMargins()
        needed = buttons.sizeHint().width() + edges.left() + edges.right()
        self.setMinimumWidth(max(theme.px(64), needed))
        # Wrapped lines have no height until their width is known; without this they would overlap.
        self.resize(self.minimumWidth(), whole.totalHeightForWidth(self.minimumWidth()))
        self.stay.setAutoDefault(True)
        at_once = not (asked.lost or asked.careful)
        self.go.setDefault(at_once)
        (self.go if at_once else self.stay).setFocus()

    def _losses(self, theme: Theme, words: Words, lost: tuple[str, ...]) -> QWidget:
        lines = [text_label(f"• {line}", tone=Tone.BLOCKED, wraps=True) for line in lost]
        self.armed = QCheckBox(words.say("frame.i_have_read"))
        self.armed.toggled.connect(self.go.setEnabled)
        self.go.setEnabled(False)
        return sunken(
            theme, text_label(words.say("frame.will_be_lost"), Kind.STRONG), *lines, self.armed
        )


class TellDialog(QDialog):
    """Something to read and nothing to decide: the help text of a screen."""

    def __init__(
        self, theme: Theme, words: Words, title: str, text: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setMinimumWidth(theme.px(72))
        close = KeyButton(
            theme, words.say("frame.close"), self.accept, key="Return", role=Role.PRIMARY
        )
        close.setDefault(True)
        body = text_label(text, wraps=True, selectable=True)
        self.setLayout(
            column(
                theme,
                text_label(title, Kind.TITLE, wraps=True),
                (body, 1),
                row(theme, STRETCH, close),
                gap=2,
                margin=3,
            )
        )
        close.setFocus()


def _heading(theme: Theme, title: str, tone: Tone) -> Part:
    drawn = QLabel()
    drawn.setPixmap(pixmap(TONE_ICONS[tone], theme.tone(tone).ink, theme.px(3.5), 2.0))
    return row(theme, drawn, (text_label(title, Kind.TITLE, wraps=True), 1), gap=1.5)


def _repeated(theme: Theme, rows: tuple[tuple[str, str], ...]) -> QWidget:
    """What is about to be recorded, once more, the value at the right."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(3))
    grid.setVerticalSpacing(theme.px(0.75))
    grid.setColumnStretch(0, 1)
    # Marks line up as one narrow column; where sentences stand among them, those need half the row.
    grid.setColumnStretch(1, int(any(len(value) > _SHORT for _, value in rows)))
    for number, (what, value) in enumerate(rows):
        shown = text_label(value, Kind.STRONG, wraps=len(value) > _SHORT)
        shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(text_label(what, wraps=True), number, 0)
        grid.addWidget(shown, number, 1)
    area = scrolling(theme, card(theme, grid))
    area.setMinimumHeight(min(theme.px(36), theme.px(4 + 3.5 * len(rows))))
    return area
