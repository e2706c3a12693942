"""The form beside the tree: the fields of whatever is chosen there, built from their specs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.domain.errors import RuleBroken
from app.words import Words
from ui.screens.setup.field_specs import FieldSpec, Kind
from ui.screens.setup.rule_words import explained, rounding_words
from ui.screens.setup.struct_fields import rows_of
from ui.theme.tokens import Theme, Tone
from ui.widgets.buttons import plain_button
from ui.widgets.drop_down import DropDown
from ui.widgets.form_field import FormField
from ui.widgets.labels import Kind as TextKind
from ui.widgets.labels import text_label
from ui.widgets.line_edit import LinesEdit

Take = Callable[[str, str], None]
"""Takes field and text; raises ``RuleBroken`` when the text cannot be read."""

Check = Callable[[str, str], str]
"""Says what would be wrong if a field had this text; empty when nothing would."""

_HEADINGS = 2
"""The title and what is wrong stand above the fields."""

_CHOICE_WORDS = {"entry_check": "check", "attempts": "attempts", "rule.kind": "team"}


class NodeForm(QWidget):
    """Fields that stay the same are kept when another form is shown, so the focus survives.

    A text is checked while it is typed and taken when it is left. Rows are edited in a dialog of
    their own, which ``edit_rows`` opens.
    """

    def __init__(
        self,
        theme: Theme,
        words: Words,
        take: Take,
        check: Check,
        edit_rows: Callable[[FieldSpec], None],
    ) -> None:
        super().__init__()
        self._theme = theme
        self._words = words
        self._take = take
        self._check = check
        self._edit_rows = edit_rows
        self._specs: dict[str, FieldSpec] = {}
        self._editors: dict[tuple[object, ...], QWidget] = {}
        self._filling = False
        self.fields: dict[str, FormField] = {}
        self.flags: dict[str, QCheckBox] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, theme.px(1), 0)
        self._layout.setSpacing(theme.px(1.5))
        self._title = text_label("", TextKind.STRONG, wraps=True)
        self.faults = text_label("", tone=Tone.BLOCKED, wraps=True)
        for part in (self._title, self.faults):
            self._layout.addWidget(part)
        self._layout.addStretch(1)

    def focus_first(self) -> None:
        """The focus to the first field, as Tab gives it: what stands there is typed over."""
        first = next(iter(self._editors.values()), None)
        if isinstance(first, FormField):
            first.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def show_fields(
        self,
        title: str,
        specs: tuple[FieldSpec, ...],
        *,
        locked: bool,
        faults: Sequence[str] = (),
    ) -> None:
        """The fields with their values; what was refused of the same node stays in its field.

        ``faults`` are what is wrong with the node as it stands, whichever field is to blame.
        """
        shapes = [(spec.name, spec.kind, spec.choices, spec.said, spec.label) for spec in specs]
        if shapes != list(self._editors):
            self._build(dict(zip(shapes, specs, strict=True)))
        is_same = title == self._title.text()
        self._specs = {spec.name: spec for spec in specs}
        self._title.setText(title)
        self.faults.setText("\n".join(faults))
        self.faults.setVisible(bool(faults))
        self._filling = True
        for spec in specs:
            if not (is_same and spec.name in self.fields and self.fields[spec.name].unsaved):
                self._fill(spec, locked)
        self._filling = False

    def _build(self, wanted: dict[tuple[object, ...], FieldSpec]) -> None:
        former = self._editors
        kept = {shape: editor for shape, editor in former.items() if shape in wanted}
        for shape, editor in former.items():
            if shape not in kept:
                # Forgotten before it is hidden: it loses the focus then and must not be taken.
                name = str(shape[0])
                self.fields.pop(name, None)
                self.flags.pop(name, None)
                self._layout.removeWidget(editor)
                editor.hide()
                editor.deleteLater()
        self._editors = {
            shape: kept.get(shape) or self._editor(spec) for shape, spec in wanted.items()
        }
        above: QWidget | None = None
        for number, editor in enumerate(self._editors.values(), start=_HEADINGS):
            self._layout.insertWidget(number, editor)
            # At once: left to Qt, the next key of a quick typist would find nothing to go to.
            editor.show()
            # Or Tab would come to what is new only after everything that was kept.
            stop = editor.editor if isinstance(editor, FormField) else editor
            if above is not None:
                QWidget.setTabOrder(above, stop)
            above = stop

    def _editor(self, spec: FieldSpec) -> QWidget:
        label = self._label(spec)
        match spec.kind:
            case Kind.FLAG:
                box = QCheckBox(label)
                box.setMinimumWidth(0)
                box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
                box.setToolTip(label)
                box.clicked.connect(lambda: self._on_flag(spec.name))
                self.flags[spec.name] = box
                return box
            case Kind.CHOICE:
                combo = DropDown()
                combo.setMaxVisibleItems(20)
                combo.setSizeAdjustPolicy(
                    QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
                )
                said = spec.said or [self._choice(spec.name, one) for one in spec.choices]
                for choice, word in zip(spec.choices, said, strict=True):
                    combo.addItem(word, choice)
                combo.activated.connect(lambda _row: self._on_text(spec.name))
                editor: QWidget = combo
            case Kind.LINES:
                lines = LinesEdit(self._theme, lines=4 if spec.name == "descriptors" else 2)
                lines.left.connect(partial(self._on_text, spec.name))
                editor = lines
            case Kind.ROWS:
                editor = plain_button(self._theme, "", partial(self._on_rows, spec.name))
            case _:
                line = QLineEdit()
                line.textEdited.connect(partial(self._on_typing, spec.name))
                line.editingFinished.connect(partial(self._on_text, spec.name))
                editor = line
        field = FormField(self._theme, label, editor, self._hint(spec))
        self.fields[spec.name] = field
        return field

    def _fill(self, spec: FieldSpec, locked: bool) -> None:
        if spec.kind is Kind.FLAG:
            self.flags[spec.name].setChecked(spec.value == "yes")
            self.flags[spec.name].setEnabled(not locked)
            return
        field = self.fields[spec.name]
        field.clear_error()
        match field.editor:
            case QLineEdit() as line:
                line.setText(spec.value)
                line.setCursorPosition(0)
                line.setReadOnly(locked)
            case QPlainTextEdit() as lines:
                lines.setPlainText(spec.value)
                lines.setReadOnly(locked)
            case QComboBox() as combo:
                combo.setCurrentIndex(combo.findData(spec.value))
                combo.setEnabled(not locked)
            case QPushButton() as button:
                count = len(rows_of(spec.value))
                button.setText(self._words.say("setup.rows_edit", count=count))
                button.setEnabled(not locked)
            case _:
                return

    def _on_rows(self, name: str) -> None:
        self._edit_rows(self._specs[name])

    def _on_typing(self, name: str, text: str) -> None:
        """Say what is wrong while it can still be put right without leaving the field."""
        field = self.fields[name]
        if wrong := self._check(name, text):
            field.show_error(wrong)
        else:
            field.clear_error()

    def _on_flag(self, name: str) -> None:
        self._take(name, "yes" if self.flags[name].isChecked() else "no")

    def _on_text(self, name: str) -> None:
        if self._filling or name not in self.fields:
            return
        field = self.fields[name]
        match field.editor:
            case QComboBox() as combo:
                text = str(combo.currentData())
            case _:
                text = field.text
        try:
            self._take(name, text)
        except RuleBroken as refused:
            field.show_error(explained(self._words, refused))
            return
        field.take()

    def _label(self, spec: FieldSpec) -> str:
        return self._words.texts[f"setup.{spec.label or f'field_{spec.name}'}"]

    def _hint(self, spec: FieldSpec) -> str:
        name = spec.label.removeprefix("field_") or spec.name
        return self._words.texts.get(f"setup.hint_{name}", "")

    def _choice(self, name: str, choice: str) -> str:
        if name == "rounding":
            return rounding_words(self._words, choice)
        if name == "method":
            return self._words.say(f"setup.method_{choice}")
        if not choice:
            return self._words.say("setup.none")
        if name in {"component", "section"}:
            return choice
        return self._words.say(f"setup.{_CHOICE_WORDS.get(name, 'choice')}_{choice}")
