"""The pieces of the proposals screen: the chosen proposal with its steps, and the periods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.facts import BenefitVerified, ProposalMoved
from app.domain.points import plain_points
from app.domain.proposal_rules import ProposalState, Span
from app.domain.proposals import Proposal, known_or_none, proposal_points
from app.services import paper_heads
from app.services.proposal_papers import (
    benefit_rows,
    counted_text,
    figures,
    kind_text,
    period_text,
    ranking_rows,
)
from app.services.proposing import steps
from ui.context import ScreenContext
from ui.theme.tokens import Tone
from ui.widgets.big_number import BigNumber
from ui.widgets.buttons import plain_button
from ui.widgets.drop_down import DropDown
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, card, column, empty_layout, row
from ui.widgets.state_chip import StateChip
from ui.widgets.table import Table
from ui.widgets.text_model import Heading, TextModel

if TYPE_CHECKING:
    from ui.screens.marking.proposals_screen import ProposalsScreen

TONES = {
    ProposalState.SUBMITTED: Tone.IDLE,
    ProposalState.ACCEPTED: Tone.RUNNING,
    ProposalState.ADOPTED: Tone.RUNNING,
    ProposalState.REJECTED: Tone.BLOCKED,
    ProposalState.IMPLEMENTED: Tone.RUNNING,
    ProposalState.VERIFIED: Tone.RUNNING,
    ProposalState.REVIEWED: Tone.DONE,
    ProposalState.REWARDED: Tone.DONE,
}


class Detail(QWidget):
    """The chosen proposal: where it stands, the steps open to it, its benefit and its record."""

    def __init__(self, context: ScreenContext, screen: ProposalsScreen) -> None:
        super().__init__()
        self._context, self._words, self._screen = context, context.words, screen
        self._presenter = screen.presenter
        theme, say = context.theme, context.words.say
        self.title = text_label("", Kind.STRONG, wraps=True)
        self.chip = StateChip(theme, Tone.IDLE, "–")
        self.whose = text_label("", Kind.MUTED, wraps=True)
        self.back = plain_button(theme, say("proposals.step_back"), self._take_back, key="F8")
        self.refuse = plain_button(theme, "–", lambda: self._take(1), key="F7")
        self.go = plain_button(theme, "–", lambda: self._take(0), key="F4")
        self.benefit_model = TextModel(
            [
                Heading(say("proposals.benefit")),
                Heading(say("proposals.stated"), is_number=True),
                Heading(say("proposals.verified"), is_number=True),
            ]
        )
        self.benefit = Table(theme, name=say("proposals.benefit"))
        self.benefit.setModel(self.benefit_model)
        self.benefit.lay_out(widths={1: 9, 2: 9}, stretched=(0,))
        self.record_model = TextModel(
            [Heading(say(f"proposals.record_{name}")) for name in ("day", "step", "who", "reason")]
        )
        self.record = Table(theme, name=say("proposals.record"))
        self.record.setModel(self.record_model)
        self.record.lay_out(widths={0: 9, 1: 10, 2: 9}, stretched=(3,))
        for table in (self.benefit, self.record):
            table.setMinimumHeight(theme.px(14))
        head = card(
            theme,
            row(theme, (self.title, 1), self.chip),
            self.whose,
            row(theme, STRETCH, self.back, self.refuse, self.go),
        )
        self.setLayout(
            column(
                theme,
                head,
                (self.benefit, 3),
                text_label(say("proposals.record"), Kind.LABEL),
                (self.record, 3),
            )
        )
        self.setFixedWidth(theme.px(57))

    def show_proposal(self) -> None:
        presenter, say = self._presenter, self._words.say
        known = presenter.proposal
        if known is None or presenter.rules is None:
            self.title.setText(say("proposals.choose"))
            self.chip.hide()
            return
        self.title.setText(known.title)
        self.chip.show()
        self.chip.show_state(TONES[known.state], say(f"proposals.state_{known.state.value}"))
        person = presenter.people.get(known.entry)
        unit = person.entry.unit if person else ""
        name = f"{person.entry.number} {person.name}" if person else known.entry
        parts = (name, unit, known.submitted_on, known.id)
        self.whose.setText(" · ".join(part for part in parts if part))
        self._show_steps()
        self.benefit.setVisible(bool(presenter.rules.kinds))
        self.benefit_model.show_rows(
            [
                (
                    kind_text(presenter.rules, kind.code, self._words),
                    _value(known.stated, kind.code),
                    _value(known.verified, kind.code),
                )
                for kind in presenter.rules.kinds
            ]
        )
        self._show_record(known)

    def _show_steps(self) -> None:
        steps = self._presenter.steps()
        self.back.setVisible(self._presenter.back() is not None)
        for button, state in zip((self.go, self.refuse), (*steps, None, None), strict=False):
            button.setVisible(state is not None)
            if state is not None:
                button.setText(self._words.say(f"proposals.step_{state.value}"))

    def _take(self, place: int) -> None:
        steps = self._presenter.steps()
        if place < len(steps):
            self._screen.take(steps[place])

    def _take_back(self) -> None:
        if (state := self._presenter.back()) is not None:
            self._screen.take(state)

    def _show_record(self, known: Proposal) -> None:
        say = self._words.say
        rows = []
        for one in steps(self._context.station, self._presenter.event_code, known.id):
            what = say("proposals.state_submitted")
            if isinstance(one.fact, BenefitVerified):
                what = say("proposals.benefit_recorded")
            elif isinstance(one.fact, ProposalMoved):
                mark, money = one.fact.mark, one.fact.money
                extra = plain_points(mark) if mark is not None else money
                what = f"{say(f'proposals.state_{one.fact.state.value}')} {extra}".strip()
            rows.append((one.fact.on, what, paper_heads.who(one.by, self._words), one.reason))
        self.record_model.show_rows(rows)
        self.record.scrollToBottom()


class Periods(QWidget):
    """The ranking and the figures of a month, quarter or half-year."""

    def __init__(self, context: ScreenContext, screen: ProposalsScreen) -> None:
        super().__init__()
        self._context, self._words = context, context.words
        self._presenter = presenter = screen.presenter
        theme, say = context.theme, context.words.say
        self.spans, self.periods = DropDown(), DropDown()
        for combo, name in ((self.spans, "span"), (self.periods, "period")):
            combo.setAccessibleName(say(f"proposals.{name}"))
            combo.setToolTip(say(f"proposals.{name}"))
            combo.setMinimumWidth(theme.px(22))
        for span in Span:
            self.spans.addItem(say(f"proposals.span_{span.value}"), span)
        self.spans.activated.connect(
            lambda place: presenter.choose_span(Span(self.spans.itemData(place)))
        )
        self.periods.activated.connect(
            lambda place: presenter.choose_period(self.periods.itemData(place))
        )
        self._figures = QHBoxLayout()
        self._figures.setSpacing(theme.px(3))
        names = (
            "division", "rank", "number", "name", "unit", "count", "adopted", "points", "award",
        )  # fmt: skip
        numbers = {"rank", "count", "adopted", "points"}
        self.model = TextModel(
            [Heading(say(f"proposals.{name}"), is_number=name in numbers) for name in names]
        )
        self.table = Table(theme, name=say("proposals.ranking"))
        self.table.setModel(self.model)
        self.table.lay_out(widths={1: 5, 2: 7, 5: 9, 6: 8, 7: 8, 8: 12}, stretched=(3, 4))
        self.benefit = text_label("", Kind.MUTED, wraps=True)
        self.counted = text_label("", Kind.MUTED)
        self.print = plain_button(theme, say("proposals.print"), screen.print_ranking, key="Ctrl+P")
        self.export = plain_button(theme, say("proposals.export"), screen.export_ranking)
        self.setLayout(
            column(
                theme,
                row(theme, self.spans, self.periods, self.counted, STRETCH),
                card(theme, self._figures, self.benefit),
                (self.table, 1),
                row(theme, STRETCH, self.export, self.print),
                gap=1.5,
            )
        )

    def show_period(self) -> None:
        presenter, words = self._presenter, self._words
        if presenter.rules is None:
            return
        with QSignalBlocker(self.spans), QSignalBlocker(self.periods):
            self.spans.setCurrentIndex(self.spans.findData(presenter.span))
            self.periods.clear()
            offered = (*presenter.periods, None)
            for period in offered:
                self.periods.addItem(period_text(period, words), period)
            self.periods.setCurrentIndex(offered.index(presenter.period))
        self.counted.setText(counted_text(presenter.rules, words))
        ranking = presenter.ranking()
        empty_layout(self._figures)
        for label, value in figures(ranking.report, words):
            self._figures.addWidget(BigNumber(self._context.theme, label, value))
        self._figures.addStretch(1)
        say = words.say
        stated, verified = say("proposals.stated"), say("proposals.verified")
        self.benefit.setText(
            "   ".join(
                f"{name}: {stated} {given} / {verified} {real}"
                for name, given, real in benefit_rows(presenter.rules, ranking.report, words)
            )
        )
        rows = ranking_rows(self._context.station, presenter.event_code, ranking, words)
        self.table.setColumnHidden(0, not any(one.division for one in rows))
        self.model.show_rows(
            [
                (
                    one.division, one.rank, one.entry, one.name, one.unit,
                    one.count, one.adopted, one.points, one.award,
                )
                for one in rows
            ]
        )  # fmt: skip


def list_row(screen: ProposalsScreen, known: Proposal) -> tuple[str, str, str, str]:
    """Day, proposer, title and points of a proposal as the list shows them."""
    presenter = screen.presenter
    person = presenter.people.get(known.entry)
    name = f"{person.entry.number} {person.name}" if person else known.entry
    points = proposal_points(presenter.rules, known) if presenter.rules else 0
    return known.submitted_on, name, known.title, plain_points(points)


def _value(text: str, code: str) -> str:
    value = known_or_none(text, code) if text else ""
    return "–" if value in ("", "0") else value
