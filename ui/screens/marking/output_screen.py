"""The output screen: what every team put out on a day, and how far all of them are."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.changes import Changes
from app.domain.ids import EntryId, EventCode
from app.domain.output import plain_quantity
from app.domain.scheme import Event
from app.services.mark_words import aspect_name
from ui.context import Place, ScreenContext
from ui.dialogs import asked_why
from ui.first_things import first_things
from ui.screens.marking.output_file import take_in_counts
from ui.screens.marking.output_parts import (
    RECORD,
    CountTable,
    ProgressPart,
    RecordPart,
    day_row,
)
from ui.screens.marking.output_presenter import OutputPresenter
from ui.widgets.banner import Banner
from ui.widgets.buttons import plain_button
from ui.widgets.fold import Fold, Panel
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.page_stack import PageStack
from ui.widgets.tabs import tab_row
from ui.widgets.text_model import Heading, TextModel

_REASONS = ("slip", "recount", "rejected", "other")
_NUMBERS = {"before", "counted", "total", "missing", "per_day"}
_COLUMNS = ("number", "team", "before", "counted", "total", "missing", "per_day")


class OutputScreen(QWidget):
    """Shows what the presenter holds and hands it every key."""

    help_key = "output.help"

    def __init__(self, context: ScreenContext, event: Event) -> None:
        super().__init__()
        self._context, self._words, self._rules = context, context.words, event
        theme, say = context.theme, context.words.say
        self.presenter = OutputPresenter(context.station, self, event.code)
        self.banner = Banner(theme, context.words)
        self.model = TextModel(
            [Heading(say(f"output.{name}"), is_number=name in _NUMBERS) for name in _COLUMNS]
        )
        self.table = CountTable(theme, name=say("output.page_day"))
        self.table.setModel(self.model)
        self.table.lay_out(widths={0: 4, 2: 9, 3: 8, 4: 7, 5: 7, 6: 11}, stretched=(1,))
        self.table.typed.connect(self.presenter.press)
        self.table.rubbed_out.connect(self.presenter.rub_out)
        self.table.given_up.connect(self.presenter.give_up)
        self.table.entered.connect(self.enter)
        self.table.pasted.connect(self.paste)
        self.table.clicked.connect(lambda index: self.move_to(index.row()))
        self.record = RecordPart(context, self)
        self.progress = ProgressPart(context, self)
        self.carry = plain_button(theme, say("output.carry"), self.carry_over)
        self.import_counts = plain_button(
            theme, say("output.import"), lambda: take_in_counts(context, self)
        )
        self._lay_out()
        self.presenter.read_again()

    def _lay_out(self) -> None:
        theme, say = self._context.theme, self._words.say
        self.day = QLineEdit()
        self.day.setAccessibleName(say("output.day"))
        self.day.setFixedWidth(theme.px(16))
        self.day.editingFinished.connect(self._on_day)
        before = plain_button(
            theme, say("output.day_before"), lambda: self.step_day(-1), key="Ctrl+PgUp"
        )
        after = plain_button(
            theme, say("output.day_after"), lambda: self.step_day(1), key="Ctrl+PgDown"
        )
        self.about = text_label("", Kind.MUTED, wraps=True)
        self.sides = Fold(
            theme,
            [
                Panel(say("output.page_day"), self.table, stretch=1),
                Panel(say("output.record_name"), self.record, steps=RECORD),
            ],
        )
        counts = QWidget()
        counts.setLayout(
            column(
                theme,
                row(theme, before, self.day, after, STRETCH),
                self.about,
                (self.sides, 1),
                row(theme, STRETCH, self.carry, self.import_counts),
            )
        )
        self.pages = PageStack()
        self.pages.addWidget(counts)
        self.pages.addWidget(self.progress)
        self.pages.setFocusProxy(self.table)
        self.tabs = tab_row(say("quiz.pages"))
        for name in ("page_day", "page_progress"):
            self.tabs.addTab(say(f"output.{name}"))
        self.tabs.currentChanged.connect(self._on_tab)
        self._body = PageStack()
        self._body.addWidget(self.pages)
        name = self._words.pick(self._rules.name, self._rules.name_en)
        title = text_label(name, Kind.TITLE, wraps=True)
        self.setLayout(
            column(
                theme,
                row(theme, (title, 1), self.tabs),
                self.banner,
                (self._body, 1),
                gap=1.5,
                margin=2,
            )
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._body.setFocus()

    # What the frame asks

    def reload(self, _changes: Changes) -> None:
        self.presenter.read_again()

    def leave(self) -> bool:
        """Record what is typed before going elsewhere; whether one may go."""
        return self._recorded(self.presenter.typed())

    def waiting(self) -> int:
        return self.presenter.differing

    def where(self) -> tuple[str, ...]:
        return (self._words.pick(self._rules.name, self._rules.name_en),)

    def focus_on(self, _wanted: Mapping[str, str]) -> None:
        self.presenter.read_again()

    @property
    def event_code(self) -> EventCode:
        return self._rules.code

    # What the presenter asks

    def show_output(self) -> None:
        presenter = self.presenter
        if not self._show_obstacle() or presenter.table is None:
            return
        self.day.setText(presenter.day)
        self.carry.setVisible(presenter.may_count and bool(presenter.differing))
        self.import_counts.setEnabled(presenter.may_count)
        self.show_typing()
        if self.pages.currentIndex() == 1:
            self.progress.show_progress()

    def show_typing(self) -> None:
        """The table with what is being typed, and the record of the team it is typed for."""
        presenter = self.presenter
        self.model.show_rows(
            [
                day_row(team, presenter.typing if place == presenter.place else None, self._words)
                for place, team in enumerate(presenter.teams)
            ]
        )
        self.table.selectRow(presenter.place)
        self._show_about()
        self.record.show_record()

    def _show_about(self) -> None:
        """The period, and the target in it of the team the cursor is on."""
        table, team, say = self.presenter.table, self.presenter.team, self._words.say
        if table is None:
            return
        period, rules = table.period, table.rules
        number, days = self.presenter.day_number()
        unit = self._words.pick(rules.unit, rules.unit_en)
        target = plain_quantity(period.target if team is None else team.pace.target)
        wanted = (
            say("output.period_target", target=target, unit=unit)
            if team is None
            else say("output.team_target", number=team.entry.number, target=target, unit=unit)
        )
        name = aspect_name(self._words, table.event.aspect(period.feeds))
        about = say("output.period", first=period.first, last=period.last, day=number, days=days)
        self.about.setText(" · ".join((name, about, wanted.strip())))

    # What the person does

    def enter(self, by: int) -> None:
        """Record what is typed and go to the next team, or the one before."""
        if self.leave():
            self.presenter.choose_team(self.presenter.place + by)

    def move_to(self, place: int) -> None:
        """Another team; what is typed is recorded first."""
        if place != self.presenter.place and self.leave():
            self.presenter.choose_team(place)
        else:
            self.table.selectRow(self.presenter.place)

    def paste(self) -> None:
        """A column from a spreadsheet, from the current team on: all of it or nothing."""
        found: dict[EntryId, str] = {}
        text = QApplication.clipboard().text()
        if self.banner.attempt(lambda: found.update(self.presenter.pasted(text))):
            self._recorded(found)

    def step_day(self, by: int) -> None:
        if self.leave():
            self.banner.attempt(lambda: self.presenter.step_day(by))

    def carry_over(self) -> None:
        say = self._words.say
        self.banner.attempt(
            lambda: self._context.announce(say("output.carried", count=self.presenter.carry()))
        )

    def why(self, changed: int) -> str | None:
        """Why counts that stand change; ``None`` when the person thought better of it."""
        say = self._words.say
        labels = {code: say(f"output.reason_{code}") for code in _REASONS}
        what = say("output.reason_text", count=changed)
        return asked_why(self._context.ask, say("output.reason_title"), what, labels)

    # Inside

    def _recorded(self, counts: Mapping[EntryId, str]) -> bool:
        """Record counts of the day, asking why where one that stands changes."""
        if not counts:
            return True
        changed: list[int] = []
        if not self.banner.attempt(lambda: changed.append(self.presenter.corrections(counts))):
            return False
        reason = self.why(changed[0]) if changed[0] else ""
        if reason is None:
            return False
        day, say = self.presenter.day, self._words.say
        given: list[int] = []
        if not self.banner.attempt(
            lambda: given.append(self.presenter.record(counts, reason=reason))
        ):
            return False
        self._context.announce(say("output.counted_done", count=given[0], day=day))
        return True

    def _on_day(self) -> None:
        wanted = self.day.text().strip()
        if wanted == self.presenter.day:
            return
        if self.leave() and self.banner.attempt(lambda: self.presenter.choose_day(wanted)):
            self.table.setFocus()

    def _on_tab(self, place: int) -> None:
        self.pages.setCurrentIndex(place)
        self.presenter.read_again()

    def _show_obstacle(self) -> bool:
        """Whether there is something to show; else what has to come first, with the way there."""
        presenter, say = self.presenter, self._words.say
        if presenter.teams:
            self._body.show_first()
            return True
        place = Place.CHECKIN if presenter.obstacle is None else Place.SETUP
        obstacle = presenter.obstacle
        text = say("output.no_teams") if obstacle is None else self._words.explain(obstacle)
        self._body.show_instead(
            first_things(self._context, "marking", say("output.empty_title"), text, place)
        )
        return False
