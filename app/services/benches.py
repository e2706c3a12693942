"""The benches of an event (赛位): who works where in each timed module, with the clock of each.

A bench shows a name only in an open module; in a blind one the work code, once it is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.clock import Clock, ClockState
from app.domain.countdown import MINUTE_MS
from app.domain.draw import Placement
from app.domain.entries import EntryState
from app.domain.facts import SubmissionReceived
from app.domain.ids import EntryId, EventCode, ModuleId
from app.domain.scheme import Event, Module
from app.services import clocks, rules
from app.services.drawing import placements
from app.services.roll import Registered, registered
from app.services.station import Station
from app.services.submitting import submissions
from app.services.timing import ClockId, under_way
from app.services.works import work_codes

_OUT = {EntryState.ABSENT, EntryState.WITHDRAWN, EntryState.DISQUALIFIED}


@dataclass(frozen=True, slots=True)
class Bench:
    """One entry at its place in one module.

    ``workplace`` is empty where none was drawn, ``batch`` and ``order`` are 0 then. ``identity`` is
    the work code or the name, as the module's blindness allows. ``busy_in`` is another module whose
    clock of this entry is under way. ``is_kept_here`` is false for a clock another laptop runs.
    ``submission`` is the last one handed in.
    """

    id: ClockId
    number: str
    workplace: str
    batch: int
    order: int
    identity: str
    checked_in: bool
    clock: Clock
    busy_in: ModuleId | None = None
    is_kept_here: bool = True
    submission: SubmissionReceived | None = None

    @property
    def title(self) -> str:
        """What stands on the tile: the place, else the entry number."""
        return self.workplace or self.number

    @property
    def may_start(self) -> bool:
        is_free = self.checked_in and self.busy_in is None
        return is_free and self.clock.state is ClockState.READY


def benches(station: Station, event: EventCode) -> tuple[Bench, ...]:
    """Every bench of every timed module in the order of modules, batches and places.

    Who is absent, withdrawn or disqualified is left out unless the clock has started.
    """
    found = rules.event(station, event)
    everyone = registered(station, event)
    timed = clocks.timed(station, found)
    busy = {entry: module for (entry, module), kept in timed.items() if under_way(kept.clock)}
    handed_in = {
        whose: received[-1].fact for whose, received in submissions(station, event).items()
    }
    return tuple(
        _told(bench, busy.get(bench.id.entry), handed_in.get(bench.id))
        for module in found.modules
        if module.limit_minutes
        for bench in _in_module(station, found, module, everyone, timed)
    )


def current_batch(at: Sequence[Bench]) -> int:
    """The batch to look at in one module: that of a clock under way, else the first not done.

    Those without a place (batch 0) come last.
    """
    busy = [bench.batch for bench in at if under_way(bench.clock)]
    waiting = [bench.batch for bench in at if bench.clock.state is ClockState.READY]
    done = sorted({bench.batch for bench in at})[-1:]
    return min(busy or waiting or done, key=lambda batch: (batch == 0, batch), default=0)


def _in_module(
    station: Station,
    event: Event,
    module: Module,
    everyone: Sequence[Registered],
    timed: dict[tuple[EntryId, ModuleId], clocks.Timed],
) -> list[Bench]:
    places = placements(station, event.code, module.id)
    codes = work_codes(station, event.code, module.id) if module.blind else {}
    idle = clocks.Timed(Clock(module.limit_minutes * MINUTE_MS), ())
    found = []
    for one in everyone:
        kept = timed.get((one.entry.id, module.id), idle)
        if one.entry.state in _OUT and not kept.records:
            continue
        identity = codes.get(one.entry.id, "") if module.blind else one.name
        found.append(_bench(station, module, one, places.get(one.entry.id), identity, kept))
    return sorted(found, key=lambda bench: (bench.batch, bench.order, bench.number))


def _told(bench: Bench, busy_in: ModuleId | None, submission: SubmissionReceived | None) -> Bench:
    elsewhere = None if busy_in == bench.id.module else busy_in
    return replace(bench, busy_in=elsewhere, submission=submission)


def _bench(
    station: Station,
    module: Module,
    one: Registered,
    placed: Placement | None,
    identity: str,
    kept: clocks.Timed,
) -> Bench:
    return Bench(
        id=ClockId(one.entry.event, module.id, one.entry.id),
        number=one.entry.number,
        workplace=(placed.workplace or "") if placed else "",
        batch=placed.batch if placed else 0,
        order=placed.order if placed else 0,
        identity=identity,
        checked_in=one.entry.state is EntryState.CHECKED_IN,
        clock=kept.clock,
        is_kept_here=not kept.records or kept.is_kept_by(station),
    )
