"""Asks whoever acts for initials, so that two people in one office can be told apart."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.domain.errors import RuleBroken
from app.domain.roles import Actor, read_initials
from app.words import Words
from ui.theme.tokens import Theme
from ui.widgets.buttons import plain_button, primary_button
from ui.widgets.form_field import FormField
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, column, row


class InitialsDialog(QDialog):
    """``initials`` is what was accepted."""

    def __init__(
        self, theme: Theme, words: Words, initials: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        say = words.say
        self.initials = initials
        self._words = words
        title = say("checking.initials-title")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setMinimumWidth(theme.px(56))
        self.edit = QLineEdit(initials)
        self.edit.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.field = FormField(
            theme, say("checking.initials"), self.edit, say("checking.initials-hint")
        )
        go = primary_button(theme, say("checking.initials-go"), self._on_go, key="Return")
        stay = plain_button(theme, say("frame.cancel"), self.reject)
        self.setLayout(
            column(
                theme,
                text_label(title, Kind.TITLE),
                text_label(say("checking.initials-text"), wraps=True),
                self.field,
                row(theme, STRETCH, stay, go),
                gap=1.5,
                margin=3,
            )
        )
        self.edit.returnPressed.connect(self._on_go)
        self.edit.selectAll()
        self.edit.setFocus()

    def _on_go(self) -> None:
        try:
            self.initials = read_initials(self.edit.text())
        except RuleBroken as refused:
            self.field.show_error(self._words.explain(refused))
        else:
            self.accept()


def asked_initials(theme: Theme, words: Words, who: Actor, parent: QWidget) -> Actor:
    """``who`` with the initials the person gave, or as before when they gave none."""
    dialog = InitialsDialog(theme, words, who.initials, parent)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return who
    return replace(who, initials=dialog.initials)
