"""The rules of an event that are neither in its tree nor in a table: a list, and a form beside it.

Rules of consequence stand at the end of the list, one by one, in the order in which they are tried.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.domain.scheme import Event
from ui.context import ScreenContext
from ui.screens.setup.field_specs import FieldSpec
from ui.screens.setup.node_form import NodeForm
from ui.screens.setup.presenter import SetupPresenter
from ui.screens.setup.rows_dialog import RowsDialog
from ui.screens.setup.rule_groups import (
    Chosen,
    Group,
    group_fields,
    groups_of,
    is_used,
    with_consequence,
    with_consequence_moved,
    without_consequence,
)
from ui.theme.icons import tone_icon
from ui.theme.tokens import Tone
from ui.widgets.buttons import plain_button
from ui.widgets.icon_button import icon_button
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, card, column, row, scrolling


class FurtherRules(QWidget):
    """A rule that is in use has a mark before its name."""

    def __init__(
        self, context: ScreenContext, presenter: SetupPresenter, on_change: Callable[[], None]
    ) -> None:
        super().__init__()
        self._context = context
        self._presenter = presenter
        self._on_change = on_change
        self._chosen = Chosen(Group.DIVISIONS)
        self._groups: tuple[Chosen, ...] = ()
        self._locked = False
        theme, words = context.theme, context.words
        self.list = QListWidget()
        self.list.setAccessibleName(words.say("setup.further"))
        self.list.currentRowChanged.connect(self._on_row)
        self._about = text_label("", Kind.MUTED, wraps=True)
        self.form = NodeForm(theme, words, self._take, self._check, self._edit_rows)
        self.add = plain_button(
            theme, words.say("setup.add_consequence"), self._add, icon_name="add"
        )
        self.take_out = plain_button(theme, words.say("setup.remove"), self._remove)
        self.up = icon_button(
            theme, "chevron-up", words.say("setup.move_up"), lambda: self._move(-1)
        )
        self.down = icon_button(
            theme, "chevron-down", words.say("setup.move_down"), lambda: self._move(1)
        )
        left = column(
            theme,
            (self.list, 1),
            row(theme, self.add, self.take_out, self.up, self.down, STRETCH),
        )
        right = card(theme, self._about, (scrolling(theme, self.form), 1))
        layout = row(theme, (left, 2), (right, 3), gap=2)
        layout.setContentsMargins(0, theme.px(2), 0, 0)
        self.setLayout(layout)
        self.setFocusProxy(self.list)

    def show_event(self, event: Event, *, locked: bool) -> None:
        self._locked = locked
        self._groups = groups_of(event)
        if self._chosen not in self._groups:
            self._chosen = self._groups[-1]
        self.list.blockSignals(True)
        self.list.clear()
        for chosen in self._groups:
            tone = Tone.DONE if is_used(event, chosen) else Tone.IDLE
            item = QListWidgetItem(tone_icon(self._context.theme, tone), self._name(event, chosen))
            item.setToolTip(item.text())
            self.list.addItem(item)
        self.list.setCurrentRow(self._groups.index(self._chosen))
        self.list.blockSignals(False)
        self._show_chosen(event)

    def _name(self, event: Event, chosen: Chosen) -> str:
        say = self._context.words.say
        if chosen.group is not Group.CONSEQUENCE:
            return say(f"setup.group_{chosen.group.value}")
        rule = event.awards.consequences[chosen.place]
        return say("setup.group_rule", line=rule.line, id=rule.id)

    def _show_chosen(self, event: Event) -> None:
        say = self._context.words.say
        self._about.setText(say(f"setup.about_{self._chosen.group.value}"))
        self.form.show_fields(
            self._name(event, self._chosen),
            group_fields(event, self._chosen),
            locked=self._locked,
        )
        self.add.setEnabled(not self._locked)
        is_rule = self._chosen.group is Group.CONSEQUENCE and not self._locked
        for button in (self.take_out, self.up, self.down):
            button.setEnabled(is_rule)

    def _on_row(self, number: int) -> None:
        event = self._presenter.event
        if event is not None and 0 <= number < len(self._groups):
            self._chosen = self._groups[number]
            self._show_chosen(event)

    def _take(self, name: str, text: str) -> None:
        """An edit in the form; a refusal goes back to its field."""
        before = self._presenter.scheme
        self._presenter.set_rule(name, text)
        if self._presenter.scheme is not before:
            self._on_change()

    def _check(self, name: str, text: str) -> str:
        return self._presenter.fault_of((self._presenter.event_index,), name, text)

    def _edit_rows(self, spec: FieldSpec) -> None:
        words = self._context.words
        title = words.texts[f"setup.{spec.label}"]
        RowsDialog(
            self._context.theme,
            words,
            title,
            spec,
            take=self._take,
            check=self._check,
            parent=self,
        ).open()

    def _add(self) -> None:
        line = self._context.words.say("setup.new_line")
        self._presenter.change_event(lambda event: with_consequence(event, line))
        self._choose_rule(self._rules() - 1)

    def _remove(self) -> None:
        place = self._chosen.place
        self._presenter.change_event(lambda event: without_consequence(event, place))
        self._choose_rule(min(place, self._rules() - 1))

    def _move(self, by: int) -> None:
        place = self._chosen.place
        to = max(0, min(self._rules() - 1, place + by))
        self._presenter.change_event(lambda event: with_consequence_moved(event, place, to))
        self._choose_rule(to)

    def _rules(self) -> int:
        event = self._presenter.event
        return len(event.awards.consequences) if event is not None else 0

    def _choose_rule(self, place: int) -> None:
        """Of the last rule taken out nothing is left to choose, but what stands above it."""
        self._chosen = Chosen(Group.CONSEQUENCE, place) if place >= 0 else Chosen(Group.OUTPUT)
        self._on_change()
