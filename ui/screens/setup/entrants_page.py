"""The entrants of an event: import a list, add one by hand, put one right with a reason."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from app.domain.entries import EntryState
from app.domain.errors import RuleBroken
from app.domain.facts import EntryRegistered
from app.domain.roles import may_record
from app.problems import Problem
from app.services import entrants, roll, rules
from app.services.entrants import Entrant
from app.services.roll import Registered
from app.storage.people import Person
from ui.context import ScreenContext
from ui.screens.setup.presenter import SetupPresenter
from ui.screens.setup.roster_page import RosterPage
from ui.screens.setup.roster_presenter import masked
from ui.screens.setup.selection_page import SelectionPage
from ui.theme.tokens import Tone
from ui.widgets.buttons import plain_button, primary_button
from ui.widgets.empty_state import EmptyState
from ui.widgets.form_field import FormField
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, card, column, row, scrolling
from ui.widgets.page_stack import PageStack
from ui.widgets.table import Table
from ui.widgets.text_model import Cell, Heading, TextModel, Toned

_STATES = {
    EntryState.REGISTERED: Tone.IDLE,
    EntryState.CHECKED_IN: Tone.DONE,
    EntryState.ABSENT: Tone.ATTENTION,
    EntryState.WITHDRAWN: Tone.ATTENTION,
    EntryState.DISQUALIFIED: Tone.BLOCKED,
}
_FIELDS = ("number", "name", "unit", "id_number", "group", "grade", "delegation")


class EntrantsPage(QWidget):
    """The list with a form for one entrant beside it; the import takes the page's place."""

    def __init__(
        self, context: ScreenContext, presenter: SetupPresenter, on_change: Callable[[], None]
    ) -> None:
        super().__init__()
        self._context = context
        self._presenter = presenter
        self._on_change = on_change
        self._everyone: tuple[Registered, ...] = ()
        self._shown: list[Registered] = []
        self._wants_form = False
        self._editing: Registered | None = None
        theme, say = context.theme, context.words.say
        self.search = QLineEdit()
        self.search.setPlaceholderText(say("setup.entrants_search"))
        self.search.setAccessibleName(say("setup.entrants_search"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self._show_rows())
        self.import_list = primary_button(theme, say("setup.import_list"), self._import)
        self._count = text_label("", Kind.MUTED)
        self.select = plain_button(theme, say("setup.select_finalists"), self._select)
        self.select_first = plain_button(theme, say("setup.select_finalists"), self._select)
        names = ("number", "name", "unit", "id_number", "group", "state")
        self.model = TextModel([Heading(say(f"setup.entrant_{name}")) for name in names])
        self.table = Table(theme, name=say("setup.step_entrants"))
        self.table.setModel(self.model)
        self.table.lay_out(widths={0: 7, 1: 12, 3: 8, 4: 7, 5: 11}, stretched=(2,))
        self.table.row_chosen.connect(self._on_edit)
        self.fields = {
            name: FormField(theme, say(f"setup.entrant_{name}"), QLineEdit()) for name in _FIELDS
        }
        self.guest = QCheckBox(say("setup.entrant_guest"))
        self.reason = FormField(theme, say("setup.entrant_reason"), QLineEdit())
        self._form_title = text_label("", Kind.STRONG, wraps=True)
        self.save = plain_button(theme, "", self._on_save)
        self.other = plain_button(theme, say("setup.entrant_other"), self._clear)
        fields = scrolling(theme, *self.fields.values(), self.guest, self.reason, STRETCH, gap=1.5)
        form = card(
            theme,
            self._form_title,
            (fields, 1),
            row(theme, STRETCH, self.other, self.save),
            gap=1.5,
        )
        form.setFixedWidth(theme.px(34))
        left = column(
            theme,
            row(theme, (self.search, 1), self._count, gap=2),
            (self.table, 1),
            row(theme, STRETCH, self.select, self.import_list),
            gap=1.5,
        )
        listed = QWidget()
        listed.setLayout(row(theme, (left, 1), form, gap=2))
        self.empty = EmptyState(
            theme,
            "person",
            say("setup.entrants_empty"),
            say("setup.entrants_empty_text"),
            say("setup.import_list"),
            self._import,
        )
        self.roster = RosterPage(context, presenter.station, self._on_roster_done)
        self.selection = SelectionPage(context, presenter.station, self._on_roster_done)
        self.stack = PageStack()
        for page in (self._nobody(), listed, self.roster, self.selection):
            self.stack.addWidget(page)
        self.setLayout(column(theme, self.stack))
        self._clear()

    def _nobody(self) -> QWidget:
        """What stands here before anybody is registered."""
        theme, say = self._context.theme, self._context.words.say
        by_hand = plain_button(theme, say("setup.entrants_by_hand"), self._by_hand)
        page = QWidget()
        ways = row(theme, STRETCH, self.select_first, by_hand, STRETCH)
        page.setLayout(column(theme, (self.empty, 1), ways))
        return page

    def show_state(self) -> None:
        self._everyone = tuple(roll.registered(self._presenter.station, self._presenter.code))
        self._show_rows()
        if self.stack.currentWidget() not in (self.roster, self.selection):
            self.stack.setCurrentIndex(1 if self._everyone or self._wants_form else 0)
        first = self.search if self.search.isVisibleTo(self) else self.empty.button
        self.setFocusProxy(first or self.search)
        may = may_record(self._presenter.station.actor, EntryRegistered)
        selects = any(event.selects for event in rules.events(self._presenter.station))
        for way in (self.select, self.select_first):
            way.setVisible(selects)
            way.setEnabled(may)
        for button in (self.import_list, self.save, self.empty.button):
            if button is not None:
                button.setEnabled(may)

    def _show_rows(self) -> None:
        say = self._context.words.say
        wanted = self.search.text().strip().casefold()
        self._shown = [one for one in self._everyone if _matches(one, wanted)]
        rows: list[tuple[Cell, ...]] = []
        for one in self._shown:
            state = one.entry.state
            word = say(f"setup.entry_{state.value}")
            id_number = masked(one.person.id_number) if one.person else ""
            star = " ★" if not one.entry.competing else ""
            name = f"{one.name}{star}"
            cells = (one.entry.number, name, one.entry.unit, id_number, one.entry.group)
            rows.append((*cells, Toned(word, _STATES[state])))
        self.model.show_rows(rows)
        self.table.setColumnHidden(4, not any(one.entry.group for one in self._everyone))
        self._count.setText(
            say("setup.entrants_count", shown=len(self._shown), all=len(self._everyone))
        )

    def _import(self) -> None:
        self.stack.setCurrentWidget(self.roster)
        self.roster.choose()

    def _select(self) -> None:
        self.stack.setCurrentWidget(self.selection)
        self.selection.choose()

    def _on_roster_done(self, message: str) -> None:
        self.stack.setCurrentIndex(1)
        self._on_change()
        if message:
            self._context.announce(message)

    def _by_hand(self) -> None:
        self._wants_form = True
        self.stack.setCurrentIndex(1)
        self._clear()
        self.fields["name"].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_edit(self, number: int) -> None:
        """Enter on an entrant brings everything into the form, to be put right."""
        one = self._shown[number]
        self._editing = one
        person = one.person or Person(name="")
        known = entrants.registration(self._presenter.station, one.entry.id)
        values = (
            one.entry.number,
            person.name,
            one.entry.unit,
            person.id_number,
            one.entry.group,
            known.grade,
            known.delegation,
        )
        for name, text in zip(_FIELDS, values, strict=True):
            self.fields[name].show_text(text)
            self.fields[name].clear_error()
        self._line("number").setReadOnly(True)
        self.guest.setChecked(not one.entry.competing)
        self.reason.setVisible(True)
        say = self._context.words.say
        self._form_title.setText(say("setup.entrant_correct", entry=one.entry.id))
        self.save.setText(say("setup.entrant_save"))
        self.other.setVisible(True)
        self._line("name").setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear(self) -> None:
        self._editing = None
        for name in _FIELDS:
            self.fields[name].show_text("")
            self._line(name).setReadOnly(False)
            self.fields[name].clear_error()
        self._line("number").setPlaceholderText(self._context.words.say("setup.entrant_next"))
        self.guest.setChecked(False)
        self.reason.setVisible(False)
        self.reason.show_text("")
        self.reason.clear_error()
        say = self._context.words.say
        self._form_title.setText(say("setup.entrant_add"))
        self.save.setText(say("setup.entrant_register"))
        self.other.setVisible(False)

    def _on_save(self) -> None:
        known = self._editing
        station, code = self._presenter.station, self._presenter.code
        former = (
            entrants.as_entrant(station, entrants.registration(station, known.entry.id))
            if known
            else None
        )
        entrant = self._typed(former)
        try:
            if known is None:
                entry = entrants.register(station, entrant, origin=self._presenter)
            else:
                entry = known.entry.id
                entrants.correct(station, entry, entrant, self.reason.text, origin=self._presenter)
        except (RuleBroken, Problem) as refused:
            self._refuse(refused)
            return
        self._clear()
        self._on_change()
        self._context.announce(
            self._context.words.say("setup.entrant_saved", entry=entry, code=code)
        )

    def _typed(self, former: Entrant | None) -> Entrant:
        text = {name: self.fields[name].text.strip() for name in _FIELDS}
        before = former.person if former else Person(name="")
        return Entrant(
            event=self._presenter.code,
            person=Person(
                name=text["name"],
                name_en=before.name_en,
                id_number=text["id_number"].upper(),
                members=before.members,
                note=before.note,
                id_kind=before.id_kind,
                member_ids=before.member_ids,
            ),
            unit=text["unit"],
            number=text["number"],
            group=text["group"],
            grade=text["grade"],
            competing=not self.guest.isChecked(),
            members=former.members if former else 1,
            earlier=former.earlier if former else "",
            delegation=text["delegation"],
        )

    def _refuse(self, refused: RuleBroken | Problem) -> None:
        """At the field it is about; what is about none stands at the name."""
        where = {
            "entry-number-taken": self.fields["number"],
            "entry-number-unusable": self.fields["number"],
            "entry-correction-without-reason": self.reason,
        }.get(refused.code, self.fields["name"])
        where.show_error(self._context.words.explain(refused))
        where.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, name: str) -> QLineEdit:
        editor = self.fields[name].editor
        assert isinstance(editor, QLineEdit)
        return editor


def _matches(one: Registered, wanted: str) -> bool:
    return not wanted or any(
        wanted in text.casefold() for text in (one.name, one.entry.unit, one.entry.number)
    )
