"""Timing (计时): every clock event, with the reading of this laptop's clocks at that moment.

Nothing is measured here: a clock is always computed from its events. A command checks the clock as
it stands inside its own transaction, so two presses of one key cannot both count.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.clock import Clock, ClockState, apply
from app.domain.clock_events import (
    ClockEvent,
    ClockPaused,
    ClockResumed,
    ClockReviewed,
    ClockStarted,
    ClockStopped,
    TimeGranted,
)
from app.domain.entries import EntryState
from app.domain.errors import RuleBroken
from app.domain.facts import ClockMoved
from app.domain.ids import EntryId, EventCode, ModuleId
from app.domain.ops import Op
from app.domain.readings import Gap
from app.domain.roles import refusal
from app.domain.scheme import Event
from app.services import clocks, rules
from app.services.roll import roll
from app.services.station import Recording, Station, recording

_UNDER_WAY = {ClockState.RUNNING, ClockState.PAUSED, ClockState.OVER}


class LossReason(StrEnum):
    """Why time was lost through no fault of the competitor (暂停、补时原因).

    Toilet, rest and drinking are not among them: they count in the time.
    """

    EQUIPMENT = "equipment"
    POWER = "power"
    MATERIAL = "material"
    MEDICAL = "medical"
    SAFETY = "safety"
    TASK = "task"
    STAFF = "staff"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ClockId:
    """Which clock: one entry in one module of an event."""

    event: EventCode
    module: ModuleId
    entry: EntryId


@dataclass(frozen=True, slots=True)
class Loss:
    """Time lost while the clock ran on, wall ms, and why."""

    from_ms: int
    to_ms: int
    reason: LossReason

    @property
    def length_ms(self) -> int:
        return self.to_ms - self.from_ms


def start(station: Station, wanted: ClockId, *, origin: object | None = None) -> Op:
    """Start one clock."""
    return start_batch(station, [wanted], origin=origin)[0]


def start_batch(
    station: Station, wanted: Sequence[ClockId], *, origin: object | None = None
) -> tuple[Op, ...]:
    """Start clocks together: one reading, one transaction, all of them or none."""
    reading = station.time.reading()
    with recording(station, origin=origin) as log:
        for event in {one.event for one in wanted}:
            in_event = [one for one in wanted if one.event == event]
            _check_starts(station, rules.rules(station, event), in_event)
        return tuple(_move(station, log, one, ClockStarted(reading)) for one in wanted)


def pause(
    station: Station,
    wanted: ClockId,
    reason: LossReason,
    *,
    note: str = "",
    origin: object | None = None,
) -> Op:
    """Stop time for an entry until it is resumed."""
    return _record(station, wanted, ClockPaused(station.time.reading(), reason.value), note, origin)


def resume(station: Station, wanted: ClockId, *, origin: object | None = None) -> Op:
    """Let time run on after a pause."""
    return _record(station, wanted, ClockResumed(station.time.reading()), "", origin)


def stop(station: Station, wanted: ClockId, *, origin: object | None = None) -> Op:
    """End an entry's time for good."""
    return _record(station, wanted, ClockStopped(station.time.reading()), "", origin)


def grant(
    station: Station,
    wanted: ClockId,
    loss: Loss,
    *,
    granted_ms: int | None = None,
    note: str = "",
    origin: object | None = None,
) -> Op:
    """补时: give back time that was lost while the clock ran on; the chief judge only.

    Without ``granted_ms`` all of the loss. Never more than was lost, and no loss twice.
    """
    given = TimeGranted(
        station.time.reading(),
        loss.length_ms if granted_ms is None else granted_ms,
        loss.reason.value,
        lost_from_ms=loss.from_ms,
        lost_to_ms=loss.to_ms,
    )
    return _record(station, wanted, given, note, origin)


def review_gaps(
    station: Station,
    doubts: Sequence[tuple[ClockId, Gap]],
    *,
    give_back: bool,
    reason: LossReason = LossReason.POWER,
    origin: object | None = None,
) -> int:
    """One decision about the same downtime of many clocks: all of it lost, or all of it used."""
    reading = station.time.reading()
    with recording(station, origin=origin) as log:
        for wanted, gap in doubts:
            lost_ms = gap.counted_ms if give_back else 0
            _move(station, log, wanted, ClockReviewed(reading, gap.since, lost_ms, reason.value))
    return len(doubts)


def under_way(clock: Clock) -> bool:
    """Whether a clock has started and not ended."""
    return clock.state in _UNDER_WAY


def _record(
    station: Station, wanted: ClockId, moved: ClockEvent, note: str, origin: object | None
) -> Op:
    with recording(station, origin=origin) as log:
        return _move(station, log, wanted, moved, note)


def _move(
    station: Station, log: Recording, wanted: ClockId, moved: ClockEvent, note: str = ""
) -> Op:
    fact = ClockMoved(event=wanted.event, module=wanted.module, entry=wanted.entry, moved=moved)
    if (refused := refusal(station.actor, fact)) is not None:
        raise refused
    event = rules.rules(station, wanted.event)
    apply(clocks.clock(station, event, module=wanted.module, entry=wanted.entry), moved)
    return log.add(fact, reason=note.strip())


def _check_starts(station: Station, event: Event, wanted: Iterable[ClockId]) -> None:
    """Only who is here can start, and nobody in two modules at a time."""
    here = {
        entry.id: entry.number
        for entry in roll(station, event.code)
        if entry.state is EntryState.CHECKED_IN
    }
    running = {
        entry: module
        for (entry, module), clock in clocks.clocks(station, event).items()
        if under_way(clock)
    }
    for one in wanted:
        if not event.module(one.module).limit_minutes:
            raise RuleBroken("module-without-clock", module=one.module)
        if one.entry not in here:
            raise RuleBroken("start-not-checked-in", entry=one.entry)
        busy_in = running.get(one.entry, one.module)
        if busy_in != one.module:
            raise RuleBroken("clock-elsewhere", entry=here[one.entry], module=busy_in)
