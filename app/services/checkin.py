"""Check-in (检录): who is here, who is late by the clock, who does not come.

The start that lateness is measured from: the first clock started in the batch (场次) the entry was
drawn into; without a draw, the first clock started in the event; before any has started, the start
scheduled for the event, which is that of the first batch. With none of these nobody is late. An
arrival before ``late_minutes`` have passed is late (迟到) and needs the chief judge; at the limit
it is an absence (缺考), and only the chief judge admits it, with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.changes import Topic
from app.domain.clock_events import ClockStarted
from app.domain.countdown import MINUTE_MS, Arrival, lateness
from app.domain.entries import Entry, EntryState
from app.domain.errors import RuleBroken
from app.domain.facts import (
    KIND_OF,
    CheckedIn,
    ClockMoved,
    DrawMade,
    EntryWithdrawn,
    MarkedAbsent,
    OpUndone,
)
from app.domain.ids import EntryId, EventCode
from app.domain.ops import Op
from app.domain.roles import Role, may_record, refusal
from app.services import rules
from app.services.roll import entry as entry_of
from app.services.roll import roll
from app.services.station import Station, record, recording
from app.storage import drafts, people, queries
from app.storage.people import Person
from app.storage.queries import Recorded

_START = "scheduled-start/"


@dataclass(frozen=True, slots=True)
class Due:
    """How an arrival now would count. ``late_ms`` is 0 while nobody can be late."""

    arrival: Arrival
    late_ms: int
    limit_minutes: int
    start_ms: int | None


@dataclass(frozen=True, slots=True)
class Card:
    """All the check-in desk sees of one entrant; the ID number is masked already."""

    entry: Entry
    person: Person | None
    masked_id: str
    photo: bytes | None
    due: Due

    @property
    def name(self) -> str:
        return self.person.name if self.person else self.entry.number


def card(station: Station, entry: EntryId) -> Card:
    """One entrant as the desk sees them now."""
    found = entry_of(station, entry)
    person = people.find(station.connection, entry)
    return Card(
        entry=found,
        person=person,
        masked_id=masked_id(person.id_number) if person else "",
        photo=people.photo(station.connection, entry),
        due=due(station, found),
    )


def masked_id(number: str) -> str:
    """An ID number as screens may show it: 110105********002X, shorter ones by their last four."""
    if len(number) == 18:
        return f"{number[:6]}********{number[-4:]}"
    return "*" * max(0, len(number) - 4) + number[-4:] if len(number) > 4 else "*" * len(number)


def due(station: Station, entry: Entry) -> Due:
    """Whether this entrant would be on time, late or absent at this moment."""
    limit = rules.event(station, entry.event).late_minutes
    start_ms = start_of(station, entry)
    if start_ms is None:
        return Due(Arrival.ON_TIME, 0, limit, None)
    now_ms = station.now_ms()
    arrival = lateness(start_wall_ms=start_ms, now_wall_ms=now_ms, limit_min=limit)
    return Due(arrival, max(0, now_ms - start_ms), limit, start_ms)


def start_of(station: Station, entry: Entry) -> int | None:
    """The start this entry is measured by, UTC ms, or ``None`` while there is none."""
    companions, is_first = _companions(station, entry)
    starts = [
        recorded.fact.moved.reading.wall_ms
        for recorded in queries.standing(station.connection, ClockMoved, event=entry.event)
        if isinstance(recorded.fact.moved, ClockStarted)
        and (companions is None or recorded.fact.entry in companions)
    ]
    if starts:
        return min(starts)
    return scheduled_start(station, entry.event) if is_first else None


def _companions(station: Station, entry: Entry) -> tuple[set[EntryId] | None, bool]:
    """Who starts together with this entry, and whether that is the first batch.

    With places drawn in several modules, the first draw decides: it is where the day begins.
    """
    for made in queries.standing(station.connection, DrawMade, event=entry.event):
        batch = {placed.entry: placed.batch for placed in made.fact.placements}
        if entry.id in batch:
            own = batch[entry.id]
            return {one for one, number in batch.items() if number == own}, own == 1
    return None, True


def scheduled_start(station: Station, event: EventCode) -> int | None:
    """The start written down for an event beforehand, UTC ms."""
    kept = drafts.find(station.connection, _START + event)
    return int(kept) if kept else None


def schedule_start(station: Station, event: EventCode, start_ms: int | None) -> None:
    """Write down, or take away, when the event starts; what it leads to is in the record."""
    if not may_record(station.actor, MarkedAbsent):
        raise RuleBroken("start-not-yours")
    with recording(station) as log:
        if start_ms is None:
            drafts.drop(log.connection, _START + event)
        else:
            drafts.keep(log.connection, _START + event, str(start_ms), station.now_ms())
        log.touch(Topic.CHECK_IN)


def check_in(
    station: Station, entry: EntryId, *, reason: str = "", origin: object | None = None
) -> Op:
    """Record that an entrant is here.

    Late: the chief judge only. At the limit, or after being marked absent: the chief judge with a
    reason.
    """
    found = entry_of(station, entry)
    for refused in may_check_in(found):
        raise refused
    now = due(station, found)
    is_admitted = station.actor.role is Role.CHIEF and bool(reason.strip())
    if now.arrival is Arrival.ABSENT and not is_admitted:
        minutes = now.late_ms // MINUTE_MS
        raise RuleBroken("late-beyond-limit", minutes=minutes, limit=now.limit_minutes)
    if found.state is EntryState.ABSENT and not is_admitted:
        raise RuleBroken("marked-absent-before")
    late_ms = 0 if now.arrival is Arrival.ON_TIME else now.late_ms
    fact = CheckedIn(event=found.event, entry=entry, late_ms=late_ms)
    return record(station, fact, reason=reason.strip(), origin=origin)


def may_check_in(entry: Entry) -> list[RuleBroken]:
    """Why this entry cannot be checked in at all, whatever the time."""
    match entry.state:
        case EntryState.CHECKED_IN:
            return [RuleBroken("already-checked-in")]
        case EntryState.WITHDRAWN:
            return [RuleBroken("entry-has-withdrawn")]
        case EntryState.DISQUALIFIED:
            return [RuleBroken("entry-disqualified")]
        case EntryState.REGISTERED | EntryState.ABSENT:
            return []


def mark_absent(
    station: Station, entry: EntryId, *, reason: str = "", origin: object | None = None
) -> Op:
    """Record that an entrant did not come. One who was seen cannot be absent: undo that first."""
    found = entry_of(station, entry)
    match found.state:
        case EntryState.REGISTERED:
            fact = MarkedAbsent(event=found.event, entry=entry)
            return record(station, fact, reason=reason.strip(), origin=origin)
        case EntryState.ABSENT:
            raise RuleBroken("already-absent")
        case EntryState.CHECKED_IN:
            raise RuleBroken("absent-but-checked-in")
        case EntryState.WITHDRAWN:
            raise RuleBroken("entry-has-withdrawn")
        case EntryState.DISQUALIFIED:
            raise RuleBroken("entry-disqualified")


def mark_missing_absent(
    station: Station, event: EventCode, *, reason: str = "", origin: object | None = None
) -> int:
    """Everybody not seen yet is absent, in one command; returns how many."""
    missing = [one for one in roll(station, event) if one.state is EntryState.REGISTERED]
    with recording(station, origin=origin) as log:
        for one in missing:
            log.add(MarkedAbsent(event=event, entry=one.id), reason=reason.strip())
    return len(missing)


def withdraw(station: Station, entry: EntryId, *, reason: str, origin: object | None = None) -> Op:
    """Record that an entrant gave up, before or during the event; a reason is needed."""
    found = entry_of(station, entry)
    if found.state is EntryState.WITHDRAWN:
        raise RuleBroken("entry-has-withdrawn")
    if not reason.strip():
        raise RuleBroken("withdrawal-needs-reason")
    fact = EntryWithdrawn(event=found.event, entry=entry)
    return record(station, fact, reason=reason.strip(), origin=origin)


def undo_state(
    station: Station, entry: EntryId, *, reason: str = "", origin: object | None = None
) -> Op:
    """Take the last check-in, absence or withdrawal of an entry back.

    A check-in stands once a clock of the entry has started.
    """
    recorded: Recorded[CheckedIn | MarkedAbsent | EntryWithdrawn] | None = queries.latest(
        station.connection, CheckedIn, MarkedAbsent, EntryWithdrawn, entry=entry
    )
    if recorded is None:
        raise RuleBroken("nothing-to-take-back")
    fact = recorded.fact
    if (refused := refusal(station.actor, fact)) is not None:
        raise refused
    if isinstance(fact, CheckedIn) and queries.standing(
        station.connection, ClockMoved, event=fact.event, entry=entry
    ):
        raise RuleBroken("checked-in-and-started")
    with recording(station, origin=origin) as log:
        log.touch(Topic.CHECK_IN, entry)
        return log.add(
            OpUndone(kind=KIND_OF[type(fact)]), undoes=recorded.op_id, reason=reason.strip()
        )
