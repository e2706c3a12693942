"""Handing in (交作品): when a file was handed in, whether in time, and the SHA-256 to know it by.

Nothing of the file is kept. Reading a film takes longer than handing it over, so ``hand_over``
takes the time first and ``receive`` records it once the file has been read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.domain.clock import Clock, ClockState
from app.domain.errors import RuleBroken
from app.domain.facts import SubmissionReceived
from app.domain.ids import EventCode
from app.domain.readings import Reading, stretch_between
from app.file_heads import is_open_here
from app.services import clocks, rules
from app.services.station import Station, recording
from app.services.timing import ClockId
from app.storage import queries
from app.storage.queries import Recorded

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Who handed something in, when, and by how much after the end of the time."""

    whose: ClockId
    at: Reading
    late_ms: int


@dataclass(frozen=True, slots=True)
class FileRead:
    """What is recorded of a file: SHA-256 in hex and the number of bytes."""

    sha256: str
    size: int


def hand_over(station: Station, whose: ClockId) -> HandedOver:
    """The moment of handing over, now. Raises ``RuleBroken`` when the clock never started."""
    clock = clocks.clock(
        station, rules.rules(station, whose.event), module=whose.module, entry=whose.entry
    )
    now = station.time.reading()
    return HandedOver(whose, now, late_ms(clock, now))


def late_ms(clock: Clock, at: Reading) -> int:
    """By how much the time was over; after a stop it runs on, for the stop handed nothing in."""
    if clock.state is ClockState.READY:
        raise RuleBroken("submission-before-start")
    over_ms = -clock.at(at).remaining_ms
    if clock.stopped is not None:
        over_ms += stretch_between(clock.stopped, at).elapsed_ms
    return max(0, over_ms)


def read_file(path: Path, is_cancelled: Callable[[], bool] = lambda: False) -> FileRead | None:
    """Read a file of any size; ``None`` when it was cancelled."""
    if is_open_here(path):
        raise RuleBroken("submission-is-the-competition")
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if is_cancelled():
                return None
            digest.update(chunk)
            size += len(chunk)
    if not size:
        raise RuleBroken("submission-empty")
    return FileRead(digest.hexdigest(), size)


def receive(
    station: Station,
    handed: HandedOver,
    file: FileRead,
    *,
    reason: str = "",
    origin: object | None = None,
) -> SubmissionReceived:
    """Record what was handed in. A second one needs a reason; the first stays in the record."""
    whose = handed.whose
    fact = SubmissionReceived(
        event=whose.event,
        module=whose.module,
        entry=whose.entry,
        handed=handed.at,
        late_ms=handed.late_ms,
        sha256=file.sha256,
        size=file.size,
    )
    with recording(station, origin=origin) as log:
        if whose in submissions(station, whose.event) and not reason.strip():
            raise RuleBroken("submission-again-needs-reason")
        log.add(fact, reason=reason.strip())
    return fact


def submissions(
    station: Station, event: EventCode
) -> dict[ClockId, tuple[Recorded[SubmissionReceived], ...]]:
    """What was handed in at an event, by clock, in the order of the record: the last one counts."""
    found: dict[ClockId, tuple[Recorded[SubmissionReceived], ...]] = {}
    for one in queries.standing(station.connection, SubmissionReceived, event=event):
        whose = ClockId(event, one.fact.module, one.fact.entry)
        found[whose] = (*found.get(whose, ()), one)
    return found
