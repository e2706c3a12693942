"""A short list of reasons, each with its key: 1 to 9, then Enter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QWidget

from app.words import Words
from ui.dialogs import ChosenReason, Reason
from ui.theme.styling import mark
from ui.theme.tokens import Theme
from ui.widgets.buttons import KeyButton, Role, plain_button
from ui.widgets.form_field import FormField
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, Part, column, row


class ReasonPicker(QDialog):
    """``chosen`` is the reason picked, or ``None``. A reason may demand a note in words."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        title: str,
        what: str,
        reasons: Sequence[Reason],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.chosen: ChosenReason | None = None
        self._words = words
        self._reasons = tuple(reasons)
        self._picked: Reason | None = None
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setMinimumWidth(theme.px(56))
        self.buttons = [self._button(theme, n, r) for n, r in enumerate(self._reasons)]
        self.note = FormField(theme, words.say("frame.note"), QLineEdit())
        self.go = KeyButton(
            theme, words.say("frame.take_reason"), self._on_go, key="Return", role=Role.PRIMARY
        )
        self.go.setEnabled(False)
        self.go.setDefault(True)
        parts: list[Part] = [
            text_label(title, Kind.TITLE, wraps=True),
            text_label(what, wraps=True),
        ]
        parts += self.buttons
        stay = plain_button(theme, words.say("frame.cancel"), self.reject)
        parts += [self.note, row(theme, STRETCH, stay, self.go)]
        self.setLayout(column(theme, *parts, gap=1.5, margin=3))
        if self.buttons:
            self.buttons[0].setFocus()

    def pick(self, number: int) -> None:
        """Choose the reason at this place in the list, as its key does."""
        self._picked = self._reasons[number]
        for place, button in enumerate(self.buttons):
            button.setChecked(place == number)
        self.go.setEnabled(True)
        self.note.clear_error()
        (self.note.editor if self._picked.needs_note else self.go).setFocus()

    def _button(self, theme: Theme, number: int, reason: Reason) -> QPushButton:
        key = str(number + 1) if number < 9 else ""
        button = KeyButton(theme, reason.label, lambda: self.pick(number), key=key)
        button.setCheckable(True)
        mark(button, role="offer")
        return button

    def _on_go(self) -> None:
        editor = self.note.editor
        note = editor.text().strip() if isinstance(editor, QLineEdit) else ""
        if self._picked is None:
            return
        if self._picked.needs_note and not note:
            self.note.show_error(self._words.say("frame.note_needed"))
            editor.setFocus()
            return
        self.chosen = ChosenReason(self._picked.code, note)
        self.accept()
