"""A few fields to fill in, in a dialog that stays open until what was typed is accepted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QWidget

from app.words import Words
from ui.theme.tokens import Theme, Tone
from ui.widgets.banner import Banner
from ui.widgets.buttons import plain_button, primary_button
from ui.widgets.dialog_frame import frame_dialog
from ui.widgets.drop_down import DropDown
from ui.widgets.form_field import FormField
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, Part, row


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name for the code, its label, what stands in it; a choice has options."""

    name: str
    label: str
    value: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """What the dialog asks; ``action`` is what its button says."""

    title: str
    what: str
    action: str
    fields: tuple[Field, ...]


Apply = Callable[[Mapping[str, str]], str]
"""Takes what was typed, by name; returns the refusal, empty when it was accepted."""


class FormDialog(QDialog):
    """Enter goes from field to field, Ctrl+Enter records."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        question: FormQuestion,
        apply: Apply,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._apply = apply
        self.setWindowTitle(question.title)
        self.setAccessibleName(question.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.banner = Banner(theme, words)
        self.editors: dict[str, QWidget] = {one.name: _editor(one) for one in question.fields}
        self.go = primary_button(theme, question.action, self._on_go, key="Ctrl+Return")
        stay = plain_button(theme, words.say("frame.cancel"), self.reject)
        parts: list[Part] = [text_label(question.title, Kind.TITLE, wraps=True), self.banner]
        if question.what:
            parts.append(text_label(question.what, Kind.MUTED, wraps=True))
        parts += [FormField(theme, one.label, self.editors[one.name]) for one in question.fields]
        frame_dialog(self, theme, *parts, foot=row(theme, STRETCH, stay, self.go), width=60)
        order = list(self.editors.values())
        for editor, following in zip(order, [*order[1:], None], strict=True):
            if isinstance(editor, QLineEdit):
                editor.returnPressed.connect(following.setFocus if following else self._on_go)
        order[0].setFocus()

    def _on_go(self) -> None:
        refusal = self._apply({name: _typed(editor) for name, editor in self.editors.items()})
        if refusal:
            self.banner.say(Tone.ATTENTION, refusal)
        else:
            self.accept()


def _editor(one: Field) -> QWidget:
    if one.options:
        combo = DropDown()
        for value, text in one.options:
            combo.addItem(text, value)
        if one.value:
            combo.setCurrentIndex(combo.findData(one.value))
        return combo
    return QLineEdit(one.value)


def _typed(editor: QWidget) -> str:
    if isinstance(editor, QComboBox):
        return str(editor.currentData() or "")
    return editor.text() if isinstance(editor, QLineEdit) else ""
