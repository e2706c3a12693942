"""Proposals (合理化建议): handing one in, moving it on, verifying what it saves, the rankings."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.domain.awards import give_awards
from app.domain.divisions import division_of, printed_order
from app.domain.entries import Entry
from app.domain.errors import RuleBroken
from app.domain.facts import BenefitVerified, ProposalMoved, ProposalSubmitted
from app.domain.ids import EntryId, EventCode, OpId
from app.domain.points import Points
from app.domain.proposal_report import Period, PeriodReport, event_in, report
from app.domain.proposal_rules import ProposalRules, ProposalState
from app.domain.proposals import (
    Proposal,
    check_benefit,
    in_days,
    may_move,
    may_verify,
    proposal_scores,
    step_back,
)
from app.domain.ranking import RankedRow, Ranking
from app.domain.roles import Role
from app.domain.scheme import Event
from app.domain.typed import check_day, format_parts, parse_parts
from app.services import fed_marks, rules
from app.services.fed_marks import carry_over, refuse_closed
from app.services.roll import registered, roll
from app.services.station import Recording, Station, recording
from app.storage import queries
from app.storage.queries import Recorded

_LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class RankedProposer:
    """One line of a period's ranking; ``count`` proposals, of which ``adopted`` were adopted.

    Every division counts its ranks from one.
    """

    entry: EntryId
    number: str
    name: str
    unit: str
    rank: int
    points: Points
    count: int
    adopted: int
    award: str
    division: str


@dataclass(frozen=True, slots=True)
class PeriodRanking:
    """A period, or without one everything: who proposed, in order, and its figures."""

    period: Period | None
    rows: tuple[RankedProposer, ...]
    report: PeriodReport


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a proposal on an ISO date, with what belongs to it: the committee's mark, the
    reward, the benefit verified in the same act, the reason."""

    state: ProposalState
    on: str
    mark: Points | None = None
    money: str = ""
    verified: Mapping[str, str] | None = None
    reason: str = ""


def proposal_rules(station: Station, event: EventCode) -> tuple[Event, ProposalRules]:
    """The rules in force. Raises ``RuleBroken`` while they are not frozen, or without proposals."""
    in_force = rules.rules(station, event)
    if in_force.proposals is None:
        raise RuleBroken("proposals-none", event=event)
    return in_force, in_force.proposals


def submit(
    station: Station,
    event: EventCode,
    entry: EntryId,
    title: str,
    *,
    on: str,
    stated: Mapping[str, str],
    origin: object | None = None,
) -> OpId:
    """Hand a proposal in; returns what it is known by. Raises ``RuleBroken``."""
    with recording(station, origin=origin) as log:
        in_force, own = _open(station, event)
        if not title.strip():
            raise RuleBroken("proposal-without-title")
        _refuse_day(on)
        if all(one.id != entry for one in roll(station, event)):
            raise RuleBroken("entry-unknown", entry=entry)
        text = _benefit(own, stated)
        op = log.add(
            ProposalSubmitted(
                event=event, entry=entry, title=title.strip()[:_LONGEST_TITLE], on=on, stated=text
            )
        )
        carry_over(station, log, in_force)
    return op.op_id


def move(
    station: Station,
    event: EventCode,
    proposal: OpId,
    step: Step,
    *,
    origin: object | None = None,
) -> None:
    """Take a proposal a step on, or back, which only the chief judge may and with a reason."""
    with recording(station, origin=origin) as log:
        in_force, own = _open(station, event)
        known = _proposal(station, event, proposal)
        _refuse_day(step.on)
        if step.verified is not None:
            if (refused := may_verify(known)) is not None:
                raise refused
            _record_benefit(log, event, known, _benefit(own, step.verified), step.on)
            known = _proposal(station, event, proposal)
        refused = may_move(own, known, step.state, mark=step.mark, reason=step.reason)
        if refused is not None:
            raise refused
        if step.state is step_back(known) and station.actor.role is not Role.CHIEF:
            raise RuleBroken("proposal-needs-chief")
        fact = ProposalMoved(
            event=event,
            entry=known.entry,
            proposal=proposal,
            state=step.state,
            on=step.on,
            mark=step.mark if step.state is ProposalState.REVIEWED else None,
            money=step.money.strip() if step.state is ProposalState.REWARDED else "",
        )
        log.add(fact, reason=step.reason.strip())
        carry_over(station, log, in_force, reason=step.reason.strip())


def steps(
    station: Station, event: EventCode, proposal: OpId
) -> list[Recorded[ProposalSubmitted | ProposalMoved | BenefitVerified]]:
    """The record of one proposal, oldest first, with who and why."""
    recorded: list[Recorded[ProposalSubmitted | ProposalMoved | BenefitVerified]] = (
        queries.standing(
            station.connection, ProposalSubmitted, ProposalMoved, BenefitVerified, event=event
        )
    )
    return [
        one
        for one in recorded
        if one.op_id == proposal or getattr(one.fact, "proposal", None) == proposal
    ]


def period_ranking(station: Station, event: EventCode, period: Period | None) -> PeriodRanking:
    """Who stands where by the proposals that count in a period, with the period's figures.

    Whoever proposed nothing in it is not ranked. Equal points share a rank; awards are given by the
    quotas of the period or the event, and none to whoever earned no point or had every proposal
    turned down.
    """
    in_force, own = proposal_rules(station, event)
    in_force = event_in(in_force, own, period)
    everything = fed_marks.proposals(station, event).values()
    starts, ends = (period.starts, period.ends) if period else ("", "")
    counted = in_days(own, everything, starts, ends)
    people = {one.entry.id: one for one in registered(station, event)}
    proposers = sorted({one.entry for one in counted} & people.keys())
    points = proposal_scores(own, proposers, counted)
    entries = [one.entry for one in people.values()]
    competing = [entry for entry in entries if entry.id in points and entry.competing]
    ranking = _ranked(in_force, competing, points)
    awards = give_awards(in_force, entries, ranking)
    upheld = {one.entry for one in counted if not one.has(ProposalState.REJECTED)}
    rows = tuple(
        RankedProposer(
            row.entry,
            people[row.entry].entry.number,
            people[row.entry].name,
            people[row.entry].entry.unit,
            row.rank,
            row.total,
            *_counts(row.entry, counted),
            awards[row.entry] if row.total > 0 and row.entry in upheld else "",
            row.division,
        )
        for row in ranking.rows
    )
    return PeriodRanking(period, rows, report(own, entries, counted))


def _ranked(event: Event, competing: Sequence[Entry], points: Mapping[EntryId, Points]) -> Ranking:
    """By points alone, each division by itself."""
    rows: list[RankedRow] = []
    of_division: dict[str, list[EntryId]] = {}
    for entry in competing:
        of_division.setdefault(division_of(event, entry), []).append(entry.id)
    for division in printed_order(event, of_division):
        order = sorted(of_division[division], key=lambda entry: (-points[entry], entry))
        totals = [points[entry] for entry in order]
        rows += (
            RankedRow(
                entry,
                totals.index(total) + 1,
                totals.count(total) > 1,
                total,
                (),
                None,
                division=division,
            )
            for entry, total in zip(order, totals, strict=True)
        )
    return Ranking(tuple(rows), (), ())


def _counts(entry: EntryId, counted: Collection[Proposal]) -> tuple[int, int]:
    own = [one for one in counted if one.entry == entry]
    return len(own), sum(one.has(ProposalState.ADOPTED) for one in own)


def _open(station: Station, event: EventCode) -> tuple[Event, ProposalRules]:
    in_force, own = proposal_rules(station, event)
    refuse_closed(station, in_force)
    return in_force, own


def _proposal(station: Station, event: EventCode, wanted: OpId) -> Proposal:
    known = fed_marks.proposals(station, event).get(wanted)
    if known is None:
        raise RuleBroken("proposal-unknown", proposal=wanted)
    return known


def _benefit(own: ProposalRules, typed: Mapping[str, str]) -> str:
    """What was typed, kind by kind, as its one canonical text; empty fields are left out."""
    text = format_parts({code: value for code, value in typed.items() if value.strip()})
    if (refused := check_benefit(own, text)) is not None:
        raise refused
    return text


def benefit_values(text: str) -> dict[str, str]:
    """A recorded benefit taken apart, by kind."""
    return parse_parts(text) if text else {}


def _record_benefit(log: Recording, event: EventCode, known: Proposal, text: str, on: str) -> None:
    log.add(
        BenefitVerified(event=event, entry=known.entry, proposal=known.id, on=on, verified=text)
    )


def _refuse_day(on: str) -> None:
    if (refused := check_day(on)) is not None:
        raise refused
