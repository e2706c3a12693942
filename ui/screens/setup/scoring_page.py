"""How marks become a result: components, awards, tie keys and penalties of one event."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from app.domain.errors import RuleBroken
from app.domain.scheme import Event, OnRemaining
from app.services.rule_changes import written
from ui.context import ScreenContext
from ui.screens.setup.field_specs import Column
from ui.screens.setup.presenter import SetupPresenter
from ui.screens.setup.rounding_part import RoundingPart
from ui.screens.setup.rule_words import rounding_words
from ui.screens.setup.tables import (
    AWARD_FLAGS,
    AWARD_TYPES,
    TableSpec,
    section_sums,
    tables_of,
)
from ui.widgets.form_field import FormField
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, Part, column, row
from ui.widgets.rows_editor import EditColumn, RowsEditor
from ui.widgets.tabs import tab_pages

_TABLES = ("components", "sections", "awards", "tie_keys", "penalties")
_HEADINGS = {
    ("components", "id"): "component",
    ("sections", "id"): "section",
    ("sections", "mark"): "marks_wanted",
}


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
        self._flags: dict[str, QCheckBox] = {}
        self._shape: tuple[object, ...] = ()
        self.setLayout(column(context.theme, (self.tabs, 1)))
        self.setFocusProxy(self.tabs)

    def show_state(self) -> None:
        event = self._presenter.event
        if event is None:
            return
        specs = tables_of(event)
        shape = tuple(specs[name].columns for name in _TABLES)
        if shape != self._shape:
            self._build([specs[name] for name in _TABLES])
            self._shape = shape
        locked = not self._presenter.may_edit
        for name, editor in self.editors.items():
            editor.show_rows(specs[name].cells(event), locked=locked)
        self._show_awards(event, locked)
        self.rounding.show_event(event, locked=locked)
        say = self._context.words.say
        self.sums.setText(
            "   ".join(
                say("setup.section_sum", id=one, given=written(given), wanted=written(wanted))
                for one, wanted, given in section_sums(event)
            )
        )
        self.sums.setVisible(bool(event.sections))
        self.on_remaining.setCurrentIndex(self.on_remaining.findData(event.on_remaining.value))
        self.on_remaining.setEnabled(not locked)

    def _build(self, specs: list[TableSpec]) -> None:
        words = self._context.words
        here = max(0, self.tabs.currentIndex())
        while self.tabs.count():
            old = self.tabs.widget(0)
            self.tabs.removeTab(0)
            if old is not None:
                old.deleteLater()
        for spec in specs:
            columns = [self._column(spec.name, one) for one in spec.columns]
            name = words.say(f"setup.table_{spec.name}")
            editor = RowsEditor(self._context.theme, words, columns, spec.blank, name=name)
            editor.rows_edited.connect(partial(self._take, spec.name))
            self.editors[spec.name] = editor
            tab = QWidget()
            about = text_label(words.say(f"setup.about_{spec.name}"), Kind.MUTED, wraps=True)
            parts: list[Part] = [about]
            match spec.name:
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

    def _column(self, table: str, one: Column) -> EditColumn:
        words = self._context.words
        word = partial(rounding_words, words) if one.name == "rounding" else self._choice_word
        choices = {code: word(code) for code in one.choices} or None
        key = _HEADINGS.get((table, one.name), one.name)
        return EditColumn(words.say(f"setup.column_{key}"), choices, one.is_number, one.stretches)

    def _choice_word(self, code: str) -> str:
        """``module:B`` and the like are put together from kind and id."""
        words = self._context.words
        kind, colon, named = code.partition(":")
        if colon:
            return words.say(f"setup.tie_{kind}", id=named)
        return words.say(f"setup.choice_{code}")

    def _award_choices(self) -> QWidget:
        theme, words = self._context.theme, self._context.words
        parts: list[Part] = []
        for name, kind in AWARD_TYPES.items():
            combo = QComboBox()
            for choice in kind:
                combo.addItem(words.say(f"setup.choice_{choice.value}"), choice.value)
            combo.activated.connect(partial(self._on_choice, name))
            self._choices[name] = combo
            parts.append(FormField(theme, words.say(f"setup.award_{name}"), combo))
        flags: list[Part] = []
        for name in AWARD_FLAGS:
            box = QCheckBox(words.say(f"setup.award_{name}"))
            box.clicked.connect(partial(self._on_flag, name))
            self._flags[name] = box
            flags.append(box)
        holder = QWidget()
        holder.setLayout(row(theme, *parts, column(theme, *flags, gap=0.5), STRETCH, gap=2))
        return holder

    def _remaining_choice(self) -> QWidget:
        theme, words = self._context.theme, self._context.words
        self.on_remaining = QComboBox()
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
        for name, box in self._flags.items():
            box.setChecked(bool(getattr(event.awards, name)))
            box.setEnabled(not locked)

    def _take(self, table: str, rows: list[tuple[str, ...]]) -> None:
        try:
            self._presenter.set_rows(table, rows)
        except RuleBroken as refused:
            self.editors[table].show_error(self._context.words.explain(refused))
            return
        self._on_change()

    def _on_choice(self, name: str, _row: int) -> None:
        self._presenter.set_award_choice(name, str(self._choices[name].currentData()))
        self._on_change()

    def _on_remaining(self, _row: int) -> None:
        place = (self._presenter.event_index,)
        self._presenter.set_field(place, "on_remaining", str(self.on_remaining.currentData()))
        self._on_change()

    def _on_flag(self, name: str, checked: bool) -> None:
        self._presenter.set_award_choice(name, "yes" if checked else "no")
        self._on_change()
