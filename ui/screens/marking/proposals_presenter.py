"""What the proposals screen does, without Qt: the list, the steps of a proposal, the periods."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from app.domain.errors import RuleBroken
from app.domain.facts import ProposalMoved
from app.domain.ids import EntryId, EventCode, OpId
from app.domain.points import parse_points
from app.domain.proposal_report import Period, periods
from app.domain.proposal_rules import NEXT, ProposalRules, ProposalState, Span
from app.domain.proposals import Proposal, step_back
from app.domain.roles import Role, may_record
from app.domain.scheme import Event
from app.services import fed_marks
from app.services.paper_heads import local_minute
from app.services.proposing import (
    PeriodRanking,
    Step,
    move,
    period_ranking,
    proposal_rules,
    submit,
)
from app.services.quizzing import carry_scores
from app.services.roll import Registered, registered
from app.services.station import Station

BENEFIT = "benefit:"
"""Before the code of a kind of benefit, where fields of a form are named."""


class ProposalsView(Protocol):
    """What the presenter asks of the screen: read me again and show it."""

    def show_proposals(self) -> None: ...


class ProposalsPresenter:
    """Holds the proposals of an event, the chosen one, and the period looked at."""

    def __init__(self, station: Station, view: ProposalsView, event: EventCode) -> None:
        self._station = station
        self._view = view
        self.event_code = event
        self.event: Event | None = None
        self.rules: ProposalRules | None = None
        self.obstacle: RuleBroken | None = None
        self.proposals: tuple[Proposal, ...] = ()
        self.people: Mapping[EntryId, Registered] = {}
        self.chosen: OpId | None = None
        self.span = Span.MONTH
        self.period: Period | None = None

    def read_again(self) -> None:
        """Read everything; the chosen proposal stays chosen."""
        try:
            self.event, self.rules = proposal_rules(self._station, self.event_code)
            self.obstacle = None
        except RuleBroken as refused:
            self.obstacle = refused
        if self.obstacle is None:
            found = fed_marks.proposals(self._station, self.event_code).values()
            self.proposals = tuple(sorted(found, key=_latest_first, reverse=True))
            self.people = {one.entry.id: one for one in registered(self._station, self.event_code)}
            if self.proposal is None:
                self.chosen = self.proposals[0].id if self.proposals else None
            if self.period not in self.periods:
                self.period = self.periods[0] if self.periods else None
        self._view.show_proposals()

    @property
    def proposal(self) -> Proposal | None:
        """The chosen one."""
        return next((one for one in self.proposals if one.id == self.chosen), None)

    @property
    def differing(self) -> int:
        """How many marks do not follow from the proposals."""
        if self.event is None or not self.proposals:
            return 0
        return len(fed_marks.differing(self._station, self.event))

    @property
    def may_record(self) -> bool:
        return may_record(self._station.actor, ProposalMoved)

    @property
    def today(self) -> str:
        """Today's date where the laptop stands."""
        return local_minute(self._station.now_ms())[:10]

    def steps(self) -> tuple[ProposalState, ...]:
        """The steps forward that the chosen proposal may take."""
        return NEXT[self.proposal.state] if self.proposal and self.may_record else ()

    def back(self) -> ProposalState | None:
        """The state one step back, for the chief judge."""
        if self.proposal is None or self._station.actor.role is not Role.CHIEF:
            return None
        return step_back(self.proposal)

    def choose(self, proposal: OpId) -> None:
        if proposal != self.chosen:
            self.chosen = proposal
            self._view.show_proposals()

    # Recording: the fields of a form come by name, as typed

    def hand_in(self, fields: Mapping[str, str]) -> None:
        """Record a new proposal and choose it. Raises ``RuleBroken``."""
        self.chosen = submit(
            self._station,
            self.event_code,
            EntryId(fields["entry"]),
            fields["title"],
            on=fields["on"].strip(),
            stated=_benefit(fields),
            origin=self,
        )
        self.read_again()

    def take(self, state: ProposalState, fields: Mapping[str, str]) -> None:
        """Take the chosen proposal to a state. Raises ``RuleBroken``."""
        if self.proposal is None:
            return
        mark = fields.get("mark", "").strip()
        is_verifying = state is ProposalState.VERIFIED and state is not step_back(self.proposal)
        step = Step(
            state,
            fields["on"].strip(),
            mark=parse_points(mark) if mark else None,
            money=fields.get("money", ""),
            verified=_benefit(fields) if is_verifying else None,
            reason=fields.get("reason", ""),
        )
        move(self._station, self.event_code, self.proposal.id, step, origin=self)
        self.read_again()

    def carry(self) -> int:
        """Bring the marks up to the proposals; returns how many were given."""
        given = carry_scores(self._station, self.event_code, origin=self)
        self.read_again()
        return given

    # Periods

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods in which something counts, latest first."""
        return periods(self.rules, self.proposals, self.span) if self.rules else ()

    def choose_span(self, span: Span) -> None:
        self.span = span
        self.period = self.periods[0] if self.periods else None
        self._view.show_proposals()

    def choose_period(self, period: Period | None) -> None:
        self.period = period
        self._view.show_proposals()

    def ranking(self) -> PeriodRanking:
        return period_ranking(self._station, self.event_code, self.period)


def _latest_first(one: Proposal) -> tuple[str, str]:
    return one.submitted_on, one.id


def _benefit(fields: Mapping[str, str]) -> dict[str, str]:
    return {
        name.removeprefix(BENEFIT): value
        for name, value in fields.items()
        if name.startswith(BENEFIT)
    }
