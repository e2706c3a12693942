"""The proposals screen: what was handed in and how far it has come, and the rankings by period."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.changes import Changes
from app.domain.ids import EventCode
from app.domain.proposal_rules import ProposalState
from app.domain.scheme import Event
from app.reports.proposals_ranking import write_proposals_ranking
from app.services.proposal_papers import period_text, ranking_paper, ranking_table
from app.sheets.proposal_tables import write_ranking_xlsx
from ui.context import Place, ScreenContext
from ui.dialogs import FileKind
from ui.first_things import first_things
from ui.screens.marking.proposals_forms import hand_in_question, step_question
from ui.screens.marking.proposals_parts import TONES, Detail, Periods, list_row
from ui.screens.marking.proposals_presenter import ProposalsPresenter
from ui.widgets.banner import Banner
from ui.widgets.buttons import plain_button, primary_button
from ui.widgets.empty_state import EmptyState
from ui.widgets.form_dialog import FormDialog, FormQuestion
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.page_stack import PageStack
from ui.widgets.progress_strip import ProgressStrip
from ui.widgets.table import Table
from ui.widgets.tabs import tab_row
from ui.widgets.text_model import Heading, TextModel, Toned
from ui.words import refusal
from ui.writing import write_beside

_PLAIN_STEPS = {ProposalState.ACCEPTED, ProposalState.ADOPTED}
"""Steps that need nothing but today's date."""


class ProposalsScreen(QWidget):
    """Shows what the presenter holds; every step is a button with a key."""

    help_key = "proposals.help"

    def __init__(self, context: ScreenContext, event: Event) -> None:
        super().__init__()
        self._context, self._words, self._rules = context, context.words, event
        theme, say = context.theme, context.words.say
        self.presenter = ProposalsPresenter(context.station, self, event.code)
        self.banner = Banner(theme, context.words)
        self.progress = ProgressStrip(theme, context.words)
        self.model = TextModel(
            [
                Heading(say("proposals.submitted_on")),
                Heading(say("proposals.proposer")),
                Heading(say("proposals.proposal")),
                Heading(say("proposals.state")),
                Heading(say("proposals.points"), is_number=True),
            ]
        )
        self.list = Table(theme, name=say("proposals.page_list"))
        self.list.setModel(self.model)
        self.list.lay_out(widths={0: 9, 1: 12, 3: 12, 4: 5}, stretched=(2,))
        self.list.selectionModel().currentRowChanged.connect(
            lambda now, _before: self._on_chosen(now.row())
        )
        self.detail = Detail(context, self)
        self.periods = Periods(context, self)
        self.new = primary_button(theme, say("proposals.new"), self.hand_in, key="Ctrl+N")
        self.carry = plain_button(theme, say("proposals.carry"), self.carry_over)
        listed = QWidget()
        listed.setLayout(
            column(
                theme,
                (row(theme, (self.list, 1), self.detail, gap=2), 1),
                row(theme, STRETCH, self.carry, self.new),
                gap=1.5,
            )
        )
        self.pages = PageStack()
        self.pages.addWidget(listed)
        self.pages.addWidget(self.periods)
        self.pages.setFocusProxy(self.list)
        self.tabs = tab_row(say("quiz.pages"))
        for name in ("page_list", "page_periods"):
            self.tabs.addTab(say(f"proposals.{name}"))
        self.tabs.currentChanged.connect(self._on_tab)
        self._body = PageStack()
        self._body.addWidget(self.pages)
        title = text_label(self._words.pick(event.name, event.name_en), Kind.TITLE)
        head = row(theme, title, STRETCH, self.tabs)
        self.setLayout(
            column(theme, head, self.banner, self.progress, (self._body, 1), gap=1.5, margin=2)
        )
        self.presenter.read_again()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._body.setFocus()

    # What the frame asks

    def reload(self, _changes: Changes) -> None:
        self.presenter.read_again()

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

    def show_proposals(self) -> None:
        presenter = self.presenter
        if not self._show_obstacle():
            return
        rows = []
        for known in presenter.proposals:
            day, name, title, points = list_row(self, known)
            state = self._words.say(f"proposals.state_{known.state.value}")
            rows.append((day, name, title, Toned(state, TONES[known.state]), points))
        selection = self.list.selectionModel()
        selection.blockSignals(True)
        self.model.show_rows(rows)
        for line, known in enumerate(presenter.proposals):
            if known.id == presenter.chosen:
                self.list.selectRow(line)
        selection.blockSignals(False)
        self.detail.show_proposal()
        self.new.setEnabled(presenter.may_record)
        self.carry.setVisible(presenter.may_record and bool(presenter.differing))
        if self.pages.currentIndex() == 1:
            self.periods.show_period()

    # What the person does

    def hand_in(self) -> None:
        say, question = self._words.say, hand_in_question(self.presenter, self._words)

        def apply(fields: Mapping[str, str]) -> str:
            return self._applied(
                lambda: self.presenter.hand_in(fields),
                lambda: say("proposals.handed_in", title=fields["title"].strip()),
            )

        self._ask(question, apply)

    def take(self, state: ProposalState) -> None:
        """Take the chosen proposal a step; what belongs to the step is asked for."""
        known, say = self.presenter.proposal, self._words.say
        if known is None:
            return
        shown = say(f"proposals.state_{state.value}")
        if state in _PLAIN_STEPS and state in self.presenter.steps():
            fields = {"on": self.presenter.today}
            if self.banner.attempt(lambda: self.presenter.take(state, fields)):
                self._context.announce(say("proposals.done", title=known.title, state=shown))
            return

        def apply(fields: Mapping[str, str]) -> str:
            return self._applied(
                lambda: self.presenter.take(state, fields),
                lambda: say("proposals.done", title=known.title, state=shown),
            )

        self._ask(step_question(self.presenter, known, state, self._words), apply)

    def carry_over(self) -> None:
        say = self._words.say
        self.banner.attempt(
            lambda: self._context.announce(say("proposals.carried", count=self.presenter.carry()))
        )

    def print_ranking(self) -> None:
        """The ranking of the period in front, as a PDF to sign."""
        words, period = self._words, self.presenter.period
        target = self._target(words.say("proposals.print"), ".pdf", "proposals.kind_pdf")
        if target is not None:
            paper = ranking_paper(self._context.station, self.event_code, period, words)
            self._make(lambda: write_proposals_ranking(paper, words, target), target)

    def export_ranking(self) -> None:
        """The same as a workbook."""
        words, period = self._words, self.presenter.period
        target = self._target(words.say("proposals.export"), ".xlsx", "proposals.kind_xlsx")
        if target is not None:
            table = ranking_table(self._context.station, self.event_code, period, words)
            self._make(lambda: write_ranking_xlsx(table, target, words), target)

    # Inside

    def _ask(self, question: FormQuestion, apply: Callable[[Mapping[str, str]], str]) -> None:
        dialog = FormDialog(self._context.theme, self._words, question, apply, self)
        dialog.finished.connect(lambda _result: self.list.setFocus())
        dialog.open()

    def _applied(self, act: Callable[[], None], told: Callable[[], str]) -> str:
        """Do what a dialog asked for; the refusal for its banner, empty when it was done."""
        refused = refusal(self._words, act)
        if not refused:
            self._context.announce(told())
        return refused

    def _target(self, title: str, ending: str, kind: str) -> Path | None:
        period = period_text(self.presenter.period, self._words)
        kinds = [FileKind(self._words.say(kind), (f"*{ending}",))]
        suggested = f"{self.event_code} {period}{ending}"
        return self._context.ask.save_file(title, suggested, kinds)

    def _make(self, work: Callable[[], object], target: Path) -> None:
        say = self._words.say
        task = write_beside(self._context, work, say("proposals.saved", file=target.name))
        self.progress.follow(task, say("proposals.working"))

    def _on_chosen(self, line: int) -> None:
        if 0 <= line < len(self.presenter.proposals):
            self.presenter.choose(self.presenter.proposals[line].id)

    def _on_tab(self, place: int) -> None:
        self.pages.setCurrentIndex(place)
        self.presenter.read_again()

    def _show_obstacle(self) -> bool:
        """Whether there is something to show; else what has to come first, with the way there."""
        presenter, say = self.presenter, self._words.say
        if presenter.obstacle is None and presenter.proposals:
            self._body.show_first()
            return True
        title = say("proposals.empty_title")
        if presenter.obstacle is None and presenter.people:
            text, new = say("proposals.empty_text"), say("proposals.new")
            theme = self._context.theme
            self._body.show_instead(EmptyState(theme, "marking", title, text, new, self.hand_in))
            return False
        text = say("proposals.no_entrants")
        if presenter.obstacle is not None:
            title, text = say("proposals.obstacle_title"), self._words.explain(presenter.obstacle)
        self._body.show_instead(first_things(self._context, "marking", title, text, Place.SETUP))
        return False
