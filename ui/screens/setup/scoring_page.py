"""How marks become a result: components, awards, tie keys and penalties of one event."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from app.domain.errors import RuleBroken
from app.domain.scheme import Event, OnRemaining
from app.services.rule_changes import written
from ui.context import ScreenContext
from ui.screens.setup.field_specs import Column, FieldSpec
from ui.screens.setup.further_rules import FurtherRules
from ui.screens.setup.presenter import SetupPresenter, Step
from ui.screens.setup.rounding_part import RoundingPart
from ui.screens.setup.rule_words import explained, rounding_words
from ui.screens.setup.struct_fields import rows_of
from ui.screens.setup.tables import (
    AWARD_FLAGS,
    AWARD_TYPES,
    TABLES,
    section_sums,
    table_of,
    tie_words,
)
from ui.theme.tokens import Tone
from ui.widgets.drop_down import DropDown
from ui.widgets.flow import flow
from ui.widgets.form_field import FormField
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, Part, column, row
from ui.widgets.rows_editor import EditColumn, RowsEditor
from ui.widgets.tabs import tab_pages

_HEADINGS = {
    ("components", "id"): "id",
    ("sections", "id"): "section",
    ("sections", "mark"): "marks_wanted",
}

_MOST_FAULTS = 3
"""So many are said above the tabs; all of them stand where the rules are frozen."""


class ScoringPage(QWidget):
    """One tab a list; a tab is built anew when the choices in it change."""

    def __init__(
        self, context: ScreenContext, presenter: SetupPresenter, on_change: Callable[[], None]
    ) -> None:
        super().__init__()
        self._context = context
        self._presenter = presenter
        self._on_change = on_change
        self.tabs = tab_pages(context.words.say("setup.step_scoring"))
        self.editors: dict[str, RowsEditor] = {}
        self._choices: dict[str, QComboBox] = {}
        self.flags: dict[str, QCheckBox] = {}
        self._columns: dict[str, list[EditColumn]] = {}
        self.faults = text_label(tone=Tone.BLOCKED, wraps=True)
        self.setLayout(column(context.theme, self.faults, (self.tabs, 1)))
        self.setFocusProxy(self.tabs)

    def show_state(self) -> None:
        event = self._presenter.event
        if event is None:
            return
        specs = {name: table_of(event, name) for name in TABLES}
        columns = {
            name: [self._column(event, name, one) for one in spec.columns]
            for name, spec in specs.items()
        }
        if columns != self._columns:
            self._build(specs, columns)
            self._columns = columns
        locked = not self._presenter.may_edit
        for name, editor in self.editors.items():
            editor.show_rows(rows_of(specs[name].value), locked=locked)
        self._show_awards(event, locked)
        found = self._presenter.faults(Step.SCORING)
        self.faults.setText("\n".join(found[:_MOST_FAULTS]))
        self.faults.setVisible(bool(found))
        self.rounding.show_event(event, locked=locked)
        self.further.show_event(event, locked=locked)
        say = self._context.words.say
        self.sums.setText(
            "   ".join(
                say(
                    "setup.section_sum",
                    id=one,
                    given=written(given),
                    wanted=written(wanted),
                    variation=f"{given - wanted:+f}" if given != wanted else "0",
                )
                for one, wanted, given in section_sums(event)
            )
        )
        self.sums.setVisible(bool(event.sections))
        self.on_remaining.setCurrentIndex(self.on_remaining.findData(event.on_remaining.value))
        self.on_remaining.setEnabled(not locked)

    def _build(
        self, specs: Mapping[str, FieldSpec], columns: Mapping[str, list[EditColumn]]
    ) -> None:
        words = self._context.words
        here = max(0, self.tabs.currentIndex())
        while self.tabs.count():
            old = self.tabs.widget(0)
            self.tabs.removeTab(0)
            if old is not None:
                old.deleteLater()
        for table, spec in specs.items():
            name = words.say(f"setup.table_{table}")
            editor = RowsEditor(self._context.theme, words, columns[table], spec.blank, name=name)
            editor.rows_edited.connect(partial(self._take, table))
            self.editors[table] = editor
            tab = QWidget()
            about = text_label(words.say(f"setup.about_{table}"), Kind.MUTED, wraps=True)
            parts: list[Part] = [about]
            match table:
                case "awards":
                    parts.append(self._award_choices())
                case "tie_keys":
                    parts.append(self._remaining_choice())
                case "sections":
                    self.sums = text_label("", Kind.STRONG, wraps=True)
                    parts.append(self.sums)
            theme = self._context.theme
            layout = column(theme, *parts, (editor, 1), gap=1.5)
            layout.setContentsMargins(0, theme.px(2), 0, 0)
            tab.setLayout(layout)
            self.tabs.addTab(tab, name)
        self.tabs.addTab(self._rounding_tab(), words.say("setup.part_rounding"))
        self.further = FurtherRules(self._context, self._presenter, self._on_change)
        self.tabs.addTab(self.further, words.say("setup.further"))
        self.tabs.setCurrentIndex(here)

    def _rounding_tab(self) -> QWidget:
        theme, words = self._context.theme, self._context.words
        self.rounding = RoundingPart(theme, words, self._presenter, self._on_change)
        about = text_label(words.say("setup.about_rounding"), Kind.MUTED, wraps=True)
        tab = QWidget()
        layout = column(theme, about, (self.rounding, 1), gap=1.5)
        layout.setContentsMargins(0, theme.px(2), 0, 0)
        tab.setLayout(layout)
        return tab

    def _column(self, event: Event, table: str, one: Column) -> EditColumn:
        words = self._context.words
        word: Callable[[str], str] = self._choice_word
        if one.name == "rounding":
            word = partial(rounding_words, words)
        elif one.name == "by":
            word = partial(tie_words, words, event)
        choices = {code: word(code) for code in one.choices} or None
        key = _HEADINGS.get((table, one.name), one.name)
        return EditColumn(words.say(f"setup.column_{key}"), choices, one.is_number, one.stretches)

    def _choice_word(self, code: str) -> str:
        return self._context.words.say(f"setup.choice_{code}")

    def _award_choices(self) -> QWidget:
        theme, words = self._context.theme, self._context.words
        parts: list[QWidget] = []
        for name, kind in AWARD_TYPES.items():
            combo = DropDown()
            for choice in kind:
                combo.addItem(words.say(f"setup.choice_{choice.value}"), choice.value)
            combo.activated.connect(partial(self._on_choice, name))
            self._choices[name] = combo
            parts.append(FormField(theme, words.say(f"setup.award_{name}"), combo))
        flags: list[QWidget] = []
        least = QLineEdit()
        least.editingFinished.connect(self._on_least)
        self.least = FormField(theme, words.say("setup.field_least_entries"), least)
        parts.append(self.least)
        for name in AWARD_FLAGS:
            box = QCheckBox(words.say(f"setup.award_{name}"))
            box.clicked.connect(partial(self._on_flag, name))
            self.flags[name] = box
            flags.append(box)
        holder = QWidget()
        holder.setLayout(column(theme, flow(theme, *parts, gap=2), flow(theme, *flags, gap=2)))
        return holder

    def _remaining_choice(self) -> QWidget:
        theme, words = self._context.theme, self._context.words
        self.on_remaining = DropDown()
        for choice in OnRemaining:
            said = words.say(f"setup.choice_{choice.value}")
            self.on_remaining.addItem(said, choice.value)
        self.on_remaining.activated.connect(self._on_remaining)
        field = FormField(theme, words.say("setup.field_on_remaining"), self.on_remaining)
        holder = QWidget()
        holder.setLayout(row(theme, field, STRETCH))
        return holder

    def _show_awards(self, event: Event, locked: bool) -> None:
        for name, combo in self._choices.items():
            combo.setCurrentIndex(combo.findData(str(getattr(event.awards, name))))
            combo.setEnabled(not locked)
        for name, box in self.flags.items():
            box.setChecked(bool(getattr(event.awards, name)))
            box.setEnabled(not locked)
        line = self.least.editor
        assert isinstance(line, QLineEdit)
        line.setReadOnly(locked)
        self.least.show_text(str(event.awards.least_entries))
        self.least.clear_error()

    def _take(self, table: str, rows: list[tuple[str, ...]]) -> None:
        try:
            self._presenter.set_rows(table, rows)
        except RuleBroken as refused:
            self.editors[table].show_error(explained(self._context.words, refused))
            return
        self._on_change()

    def _on_choice(self, name: str, _row: int) -> None:
        self._presenter.set_rule(f"awards.{name}", str(self._choices[name].currentData()))
        self._on_change()

    def _on_least(self) -> None:
        before = self._presenter.scheme
        try:
            self._presenter.set_rule("awards.least_entries", self.least.text)
        except RuleBroken as refused:
            self.least.show_error(self._context.words.explain(refused))
            return
        self.least.take()
        if self._presenter.scheme is not before:
            self._on_change()

    def _on_remaining(self, _row: int) -> None:
        self._presenter.set_rule("on_remaining", str(self.on_remaining.currentData()))
        self._on_change()

    def _on_flag(self, name: str) -> None:
        checked = self.flags[name].isChecked()
        self._presenter.set_rule(f"awards.{name}", "yes" if checked else "no")
        self._on_change()
