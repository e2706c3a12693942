"""Marks that follow from a record of their own: answers of a quiz, states of proposals, counts.

Whatever is recorded there carries each entrant's score into the aspect it feeds, as a mark like any
other and in the same transaction. So locks, signatures, rankings and papers need to know of
marks only, and a mark that no longer follows from its record can be seen.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from app.domain.entries import Cell, Entry, EntryState, value_cell
from app.domain.errors import RuleBroken
from app.domain.facts import (
    BenefitVerified,
    Fact,
    OutputCounted,
    ProposalMoved,
    ProposalSubmitted,
    QuizAnswered,
)
from app.domain.fed_check import fed_aspects
from app.domain.ids import PANEL, AspectId, EntryId, EventCode, OpId
from app.domain.output import CountRecord, Counts, counts_from, measured, output_cell
from app.domain.points import Points
from app.domain.proposals import Proposal, ProposalFact, in_days, proposal_scores, proposals_from
from app.domain.quiz import quiz_scores
from app.domain.roles import Role
from app.domain.scheme import Event, OutputRules
from app.services.cells import EMPTY, give_marks, held_cells
from app.services.roll import roll
from app.services.signing_off import has_signed, refuse_locked
from app.services.station import Recording, Station
from app.storage import queries
from app.storage.queries import Recorded

SOURCES: tuple[type[Fact], ...] = (
    QuizAnswered,
    ProposalSubmitted,
    ProposalMoved,
    BenefitVerified,
    OutputCounted,
)
"""The facts from which such marks follow."""

_STILL_MARKED = {EntryState.REGISTERED, EntryState.CHECKED_IN}


def is_marked(entry: Entry) -> bool:
    """Whether an entry still takes part, so that the record feeds it a mark."""
    return entry.state in _STILL_MARKED


def answers(station: Station, event: EventCode) -> list[Recorded[QuizAnswered]]:
    """The answers of a quiz that stand, in the order they count in."""
    return queries.standing(station.connection, QuizAnswered, event=event)


def proposals(station: Station, event: EventCode) -> dict[OpId, Proposal]:
    """The proposals of an event as they stand, by the record that submitted each."""
    recorded: list[Recorded[ProposalFact]] = queries.standing(
        station.connection, ProposalSubmitted, ProposalMoved, BenefitVerified, event=event
    )
    return proposals_from((one.op_id, one.fact) for one in recorded)


def counts(station: Station, event: EventCode) -> Counts:
    """The output of an event as it is counted now."""
    recorded = queries.standing(station.connection, OutputCounted, event=event)
    return counts_from(CountRecord(one.op_id, one.replaces, one.fact) for one in recorded)


def scores(station: Station, event: Event) -> Mapping[EntryId, Points]:
    """What a quiz or proposals come to for every entrant still in the event."""
    entries = [one.id for one in _marked(station, event)]
    if event.quiz is not None:
        given = [one.fact for one in answers(station, event.code)]
        return quiz_scores(event.quiz, entries, given)
    if event.proposals is not None:
        own = event.proposals
        counted = in_days(own, proposals(station, event.code).values(), own.starts, own.ends)
        return proposal_scores(own, entries, counted)
    return {}


def carry_over(station: Station, log: Recording, event: Event, *, reason: str = "") -> int:
    """Give every mark that the record asks for and that is not there yet; returns how many.

    Call it inside the command that changed the record. A disputed cell waits for the chief judge.
    """
    given = 0
    for (entry, aspect), cell in _wanted(station, event).items():
        held, op = held_cells(station, event.code, entry, (aspect,), PANEL).get(
            (aspect, PANEL), EMPTY
        )
        if held != cell and (held is None or isinstance(held, Cell)):
            give_marks(log, event.code, entry, {(aspect, PANEL): (cell, op)}, reason=reason)
            given += 1
    return given


def differing(station: Station, event: Event) -> tuple[EntryId, ...]:
    """The entrants with a mark that does not follow from the record, or is not there yet."""
    aspects = fed_aspects(event)
    if not aspects:
        return ()
    held = {
        (mark.entry, mark.aspect): Cell(mark.state, mark.value, mark.measured)
        for mark in queries.current_marks(
            station.connection, event.code, aspects=aspects, judge=PANEL
        )
    }
    wanted = _wanted(station, event)
    apart = [entry for (entry, aspect), cell in wanted.items() if held.get((entry, aspect)) != cell]
    if event.output is not None:
        apart += (entry for entry, _ in counts(station, event.code).clashing)
    return tuple(dict.fromkeys(apart))


def refuse_closed(
    station: Station, event: Event, aspects: Collection[AspectId] | None = None
) -> None:
    """Raise when the record feeds a module that is locked, or signed and it is not the chief.

    ``aspects`` are those that a change of the record is about, without them every one it feeds.
    """
    fed = fed_aspects(event) if aspects is None else aspects
    is_chief = station.actor.role is Role.CHIEF
    for module in {event.module_of(aspect).id for aspect in fed}:
        refuse_locked(station, event.code, module)
        if not is_chief and has_signed(station, event.code, module, PANEL):
            raise RuleBroken("fed-signed")


def refuse_typed(event: Event, aspects: Collection[AspectId]) -> None:
    """Raise when somebody types a mark that follows from a record."""
    for aspect in fed_aspects(event):
        if aspect in aspects:
            raise RuleBroken("fed-by-record", aspect=aspect)


def has_typed_marks(event: Event) -> bool:
    """Whether anything of the event is marked on sheets."""
    fed = fed_aspects(event)
    return not fed or any(aspect.id not in fed for aspect in event.aspects())


def _wanted(station: Station, event: Event) -> dict[tuple[EntryId, AspectId], Cell]:
    """The marks that the record asks for: a score, at most the maximum of the aspect, or the count
    of each period that has one."""
    if event.output is not None:
        return _wanted_counts(station, event, event.output)
    return {
        (entry, aspect): value_cell(min(score, event.aspect(aspect).maximum))
        for aspect in fed_aspects(event)
        for entry, score in scores(station, event).items()
    }


def _wanted_counts(
    station: Station, event: Event, own: OutputRules
) -> dict[tuple[EntryId, AspectId], Cell]:
    """A period in which counts clash waits until somebody has said which is right."""
    counted, wanted = counts(station, event.code), {}
    clashing = {(entry, own.period_of(day)) for entry, day in counted.clashing}
    for period in own.periods:
        aspect = event.aspect(period.feeds)
        for entry in _marked(station, event):
            total = counted.total(entry.id, period)
            if total is not None and (entry.id, period) not in clashing:
                value = measured(period, total, own.target_of(period, entry.number))
                wanted[entry.id, aspect.id] = output_cell(aspect, value)
    return wanted


def _marked(station: Station, event: Event) -> list[Entry]:
    return [one for one in roll(station, event.code) if is_marked(one)]
