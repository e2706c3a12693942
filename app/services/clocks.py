"""The module clocks of an event, always computed from their events in the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.clock import Clock, ClockState, replay
from app.domain.countdown import MINUTE_MS
from app.domain.facts import ClockMoved
from app.domain.ids import EntryId, ModuleId
from app.domain.scheme import Event
from app.services.station import Station
from app.storage import queries
from app.storage.queries import Recorded


@dataclass(frozen=True, slots=True)
class Timed:
    """One entry in one module: its clock and the records it follows from, in replay order."""

    clock: Clock
    records: tuple[Recorded[ClockMoved], ...]

    def is_kept_by(self, station: Station) -> bool:
        """Whether this laptop keeps the clock: only then do its readings go on from the last."""
        return bool(self.records) and self.records[-1].station == station.station_id


def timed(station: Station, event: Event) -> dict[tuple[EntryId, ModuleId], Timed]:
    """Every clock that has started, by entry and module, with its records."""
    moved: dict[tuple[EntryId, ModuleId], list[Recorded[ClockMoved]]] = {}
    for recorded in queries.standing(station.connection, ClockMoved, event=event.code):
        fact = recorded.fact
        moved.setdefault((fact.entry, fact.module), []).append(recorded)
    limits = {module.id: module.limit_minutes * MINUTE_MS for module in event.modules}
    return {
        (entry, module): Timed(
            replay(limits[module], [one.fact.moved for one in records]), tuple(records)
        )
        for (entry, module), records in moved.items()
        if module in limits
    }


def clocks(station: Station, event: Event) -> dict[tuple[EntryId, ModuleId], Clock]:
    """Every clock that has started, by entry and module."""
    return {key: found.clock for key, found in timed(station, event).items()}


def clock(station: Station, event: Event, *, module: ModuleId, entry: EntryId) -> Clock:
    """One clock, ready when nothing has happened to it yet."""
    moved = queries.standing(
        station.connection, ClockMoved, event=event.code, module=module, entry=entry
    )
    limit_ms = event.module(module).limit_minutes * MINUTE_MS
    return replay(limit_ms, [recorded.fact.moved for recorded in moved])


def used_seconds(station: Station, event: Event) -> Mapping[EntryId, Mapping[ModuleId, int]]:
    """Whole seconds used, as on the time slip, for every clock that has stopped."""
    used: dict[EntryId, dict[ModuleId, int]] = {}
    for (entry, module), found in clocks(station, event).items():
        if found.state is ClockState.STOPPED:
            used.setdefault(entry, {})[module] = found.used_ms // 1000
    return used
