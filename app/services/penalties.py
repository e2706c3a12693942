"""Penalties (违规记录): booked by a reason of the scheme, lifted with a reason, never erased."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.entries import Penalty, check_penalty
from app.domain.errors import RuleBroken
from app.domain.facts import PenaltyGiven, PenaltyLifted
from app.domain.ids import EntryId, EventCode, ModuleId, OpId
from app.domain.penalty_check import used_up
from app.domain.points import ZERO, Points, points_of
from app.domain.scheme import PenaltyEffect, PenaltyReason
from app.services import rules
from app.services.roll import penalties, roll
from app.services.signing_off import refuse_locked
from app.services.station import Station, recording
from app.storage import queries


@dataclass(frozen=True, slots=True)
class Lifted:
    """That a penalty was taken back: when (UTC ms), by whom and why."""

    at: int
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class PenaltyLine:
    """One line of the ledger; a lifted penalty stays in it."""

    op_id: OpId
    entry: EntryId
    number: str
    module: ModuleId | None
    reason: PenaltyReason
    points: Points
    note: str
    at: int
    by: str
    lifted: Lifted | None = None


def ledger(station: Station, event: EventCode) -> tuple[PenaltyLine, ...]:
    """Every penalty ever booked in an event, oldest first (违规台账)."""
    return station.remembered.ask(
        station.connection, (ledger, event), lambda: _ledger(station, event)
    )


def _ledger(station: Station, event: EventCode) -> tuple[PenaltyLine, ...]:
    in_force = rules.event(station, event)
    numbers = {entry.id: entry.number for entry in roll(station, event)}
    lifted = {
        recorded.fact.given: Lifted(recorded.at, recorded.by, recorded.reason)
        for recorded in queries.standing(station.connection, PenaltyLifted, event=event)
    }
    return tuple(
        PenaltyLine(
            op_id=recorded.op_id,
            entry=recorded.fact.entry,
            number=numbers.get(recorded.fact.entry, recorded.fact.entry),
            module=recorded.fact.module,
            reason=in_force.penalty(recorded.fact.penalty),
            points=recorded.fact.points,
            note=recorded.fact.note,
            at=recorded.at,
            by=recorded.by,
            lifted=lifted.get(recorded.op_id),
        )
        for recorded in queries.standing(station.connection, PenaltyGiven, event=event)
    )


def give_penalty(
    station: Station,
    event: EventCode,
    entry: EntryId,
    reason: str,
    *,
    module: ModuleId | None = None,
    points: Points | None = None,
    note: str = "",
    origin: object | None = None,
) -> OpId:
    """Book a reason of the scheme against an entry, in a module or in the event.

    ``points`` is asked for only where the scheme leaves the deduction open; where it names one,
    that one is booked and another is refused.
    """
    in_force = rules.rules(station, event)
    booked = in_force.penalty(reason)
    if all(known.id != entry for known in roll(station, event)):
        raise RuleBroken("entry-unknown", entry=entry)
    deducted = _points(booked, points)
    about = None if booked.effect is PenaltyEffect.EVENT_ZERO else module
    penalty = Penalty(OpId(""), entry, about, reason, booked.effect, deducted)
    if (refused := check_penalty(in_force, penalty)) is not None:
        raise refused
    fact = PenaltyGiven(
        event=event, entry=entry, penalty=reason, module=about, points=deducted, note=note.strip()
    )
    with recording(station, origin=origin) as log:
        if about is not None:
            refuse_locked(station, event, about)
        own = [one for one in penalties(station, event) if one.entry == entry]
        if (refused := used_up(booked, own)) is not None:
            raise refused
        return log.add(fact).op_id


def lift_penalty(
    station: Station,
    event: EventCode,
    given: OpId,
    reason: str,
    *,
    origin: object | None = None,
) -> None:
    """The chief takes a booked penalty back, with a reason; it stays in the ledger."""
    if not reason.strip():
        raise RuleBroken("lifting-needs-reason", op=given)
    with recording(station, origin=origin) as log:
        line = next((line for line in ledger(station, event) if line.op_id == given), None)
        if line is None:
            raise RuleBroken("penalty-not-booked", op=given)
        if line.lifted is not None:
            raise RuleBroken("penalty-already-lifted", op=given)
        if line.module is not None:
            refuse_locked(station, event, line.module)
        fact = PenaltyLifted(event=event, entry=line.entry, given=given)
        log.add(fact, reason=reason.strip())


def _points(booked: PenaltyReason, asked: Points | None) -> Points:
    if booked.effect not in (PenaltyEffect.DEDUCT, PenaltyEffect.CAP):
        return ZERO
    fixed = points_of(booked.points)
    if fixed and asked is not None and asked != fixed:
        raise RuleBroken("penalty-points-fixed", reason=booked.code, points=str(booked.points))
    return fixed or asked or ZERO
