"""Undoing what feeds a mark: an answer, a step of a proposal or counts, with the marks changed.

They were recorded by one command and are taken back together, so that what the marks say and what
the record behind them says never part.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.errors import Detail, RuleBroken
from app.domain.facts import (
    BenefitVerified,
    Fact,
    MarkGiven,
    OutputCounted,
    ProposalMoved,
    ProposalSubmitted,
    QuizAnswered,
)
from app.domain.fed_check import fed_aspects
from app.domain.ids import AspectId
from app.domain.ops import Op
from app.domain.points import plain_points
from app.services import fed_marks, roll, rules
from app.services.station import Station
from app.storage import queries

Recorded = tuple[Op, Fact]


def is_fed(station: Station, fact: Fact) -> bool:
    """Whether a record is one that feeds a mark, or a mark that is fed."""
    if isinstance(fact, MarkGiven):
        return fact.aspect in fed_aspects(rules.event(station, fact.event))
    return isinstance(fact, fed_marks.SOURCES)


def command_of(latest: Recorded, before: Iterable[Recorded]) -> list[Recorded]:
    """The source behind the latest record with every mark it changed, newest first; empty when
    the marks were not changed by a source: bringing them up to the record is not undone."""
    together = [latest]
    for earlier in before:
        later = together[-1]
        if isinstance(later[1], OutputCounted) and not _are_counted_together(later, earlier):
            break
        if not isinstance(later[1], MarkGiven | OutputCounted):
            break
        if later[0].at != earlier[0].at or later[0].seq != earlier[0].seq + 1:
            return []
        together.append(earlier)
    # Verifying a benefit and passing verification are two records of one act.
    return together if isinstance(together[-1][1], fed_marks.SOURCES) else []


def _are_counted_together(later: Recorded, earlier: Recorded) -> bool:
    """Whether both are counts of one day's table, or of one file."""
    return (
        isinstance(earlier[1], OutputCounted)
        and later[0].at == earlier[0].at
        and later[0].seq == earlier[0].seq + 1
    )


def may_be_undone(station: Station, command: Sequence[Recorded]) -> bool:
    """Whether nobody has acted upon any of it: no lock, no signature, no later record."""
    source = command[-1][1]
    event = getattr(source, "event")  # noqa: B009 - every source names its event
    in_force = rules.event(station, event)
    try:
        fed_marks.refuse_closed(station, in_force)
    except RuleBroken:
        return False
    standing = {
        mark.op_id
        for mark in queries.current_marks(station.connection, event, aspects=_aspects(command))
    }
    if any(isinstance(fact, MarkGiven) and op.op_id not in standing for op, fact in command):
        return False
    match source:
        case QuizAnswered():
            return True
        case OutputCounted():
            counting = set(fed_marks.counts(station, event).standing.values())
            return all(
                op.op_id in counting for op, fact in command if isinstance(fact, OutputCounted)
            )
        case ProposalSubmitted():
            return not _later(station, command[-1][0], command[-1][0].op_id)
        case ProposalMoved(proposal=proposal) | BenefitVerified(proposal=proposal):
            return not _later(station, command[-1][0], proposal)
        case _:
            return False


def _aspects(command: Sequence[Recorded]) -> set[AspectId]:
    return {fact.aspect for _, fact in command if isinstance(fact, MarkGiven)}


def _later(station: Station, op: Op, proposal: str) -> bool:
    """Whether anything about a proposal was recorded after this."""
    recorded: list[queries.Recorded[ProposalMoved | BenefitVerified]] = queries.standing(
        station.connection, ProposalMoved, BenefitVerified
    )
    return any(
        one.fact.proposal == proposal and one.order > (op.lamport, op.station, op.seq)
        for one in recorded
    )


def label_of(station: Station, source: Fact) -> tuple[str, dict[str, Detail]]:
    """What undoing would take back: the key of its words, and their details."""
    match source:
        case QuizAnswered():
            details: dict[str, Detail] = {
                "entry": roll.entry(station, source.entry).number,
                "question": source.question,
                "points": f"{'+' if source.points > 0 else ''}{plain_points(source.points)}",
            }
            return "quiz_answer", details
        case OutputCounted():
            return "count", {
                "entry": roll.entry(station, source.entry).number,
                "day": source.day,
                "quantity": source.quantity,
            }
        case ProposalSubmitted(title=title):
            return "proposal", {"title": title}
        case ProposalMoved() | BenefitVerified():
            found = fed_marks.proposals(station, source.event).get(source.proposal)
            kind = "proposal_step" if isinstance(source, ProposalMoved) else "benefit"
            return kind, {"title": found.title if found else source.proposal}
        case _:
            raise TypeError(f"{type(source).__name__} feeds no mark")
