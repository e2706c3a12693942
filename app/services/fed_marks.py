"""Marks that follow from a record of their own: the answers of a quiz, the states of proposals.

Whatever is recorded there carries each entrant's score into the one aspect it feeds, as a mark like
any other and in the same transaction. So locks, signatures, rankings and papers need to know of
marks only, and a mark that no longer follows from its record can be seen.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from app.domain.entries import Cell, EntryState, value_cell
from app.domain.errors import RuleBroken
from app.domain.facts import (
    BenefitVerified,
    Fact,
    ProposalMoved,
    ProposalSubmitted,
    QuizAnswered,
)
from app.domain.fed_check import fed_aspect
from app.domain.ids import PANEL, AspectId, EntryId, EventCode, OpId
from app.domain.points import Points
from app.domain.proposals import Proposal, ProposalFact, in_days, proposal_scores, proposals_from
from app.domain.quiz import quiz_scores
from app.domain.roles import Role
from app.domain.scheme import Event
from app.services.cells import EMPTY, give_marks, held_cells
from app.services.roll import roll
from app.services.signing_off import has_signed, refuse_locked
from app.services.station import Recording, Station
from app.storage import queries
from app.storage.queries import Recorded

SOURCES: tuple[type[Fact], ...] = (QuizAnswered, ProposalSubmitted, ProposalMoved, BenefitVerified)
"""The facts from which such marks follow."""

_STILL_MARKED = {EntryState.REGISTERED, EntryState.CHECKED_IN}


def answers(station: Station, event: EventCode) -> list[Recorded[QuizAnswered]]:
    """The answers of a quiz that stand, in the order they count in."""
    return queries.standing(station.connection, QuizAnswered, event=event)


def proposals(station: Station, event: EventCode) -> dict[OpId, Proposal]:
    """The proposals of an event as they stand, by the record that submitted each."""
    recorded: list[Recorded[ProposalFact]] = queries.standing(
        station.connection, ProposalSubmitted, ProposalMoved, BenefitVerified, event=event
    )
    return proposals_from((one.op_id, one.fact) for one in recorded)


def scores(station: Station, event: Event) -> Mapping[EntryId, Points]:
    """What the record comes to for every entrant still in the event; empty without a record."""
    entries = [one.id for one in roll(station, event.code) if one.state in _STILL_MARKED]
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
    wanted, aspect = _wanted(station, event), fed_aspect(event)
    given = 0
    for entry, cell in wanted.items():
        assert aspect is not None, "marks are wanted only where an aspect is fed"
        held, op = held_cells(station, event.code, entry, (aspect,), PANEL).get(
            (aspect, PANEL), EMPTY
        )
        if held != cell and (held is None or isinstance(held, Cell)):
            give_marks(log, event.code, entry, {(aspect, PANEL): (cell, op)}, reason=reason)
            given += 1
    return given


def differing(station: Station, event: Event) -> tuple[EntryId, ...]:
    """The entrants whose mark does not follow from the record, or is not there yet."""
    aspect = fed_aspect(event)
    if aspect is None:
        return ()
    held = {
        mark.entry: Cell(mark.state, mark.value, mark.measured)
        for mark in queries.current_marks(
            station.connection, event.code, aspects=(aspect,), judge=PANEL
        )
    }
    wanted = _wanted(station, event)
    return tuple(entry for entry, cell in wanted.items() if held.get(entry) != cell)


def refuse_closed(station: Station, event: Event) -> None:
    """Raise when the record feeds a module that is locked, or signed and it is not the chief."""
    aspect = fed_aspect(event)
    if aspect is None:
        return
    module = event.module_of(aspect).id
    refuse_locked(station, event.code, module)
    is_chief = station.actor.role is Role.CHIEF
    if not is_chief and has_signed(station, event.code, module, PANEL):
        raise RuleBroken("fed-signed")


def refuse_typed(event: Event, aspects: Collection[AspectId]) -> None:
    """Raise when somebody types a mark that follows from a record."""
    aspect = fed_aspect(event)
    if aspect is not None and aspect in aspects:
        raise RuleBroken("fed-by-record", aspect=aspect)


def has_typed_marks(event: Event) -> bool:
    """Whether anything of the event is marked on sheets."""
    fed = fed_aspect(event)
    return fed is None or any(aspect.id != fed for aspect in event.aspects())


def _wanted(station: Station, event: Event) -> dict[EntryId, Cell]:
    """The mark each entrant should have: the score, at most the maximum of the aspect."""
    aspect = fed_aspect(event)
    if aspect is None:
        return {}
    most = event.aspect(aspect).maximum
    return {entry: value_cell(min(score, most)) for entry, score in scores(station, event).items()}
