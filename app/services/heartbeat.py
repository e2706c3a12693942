"""The last moment this laptop was seen alive, and what a reboot meant for the clocks under way.

The reading is kept beside the log every few seconds while clocks run. When the program comes back
in another boot, each of its clocks is told when it was last seen: only the time the laptop was down
is uncertain then, and the chief judge decides about it.
"""

from __future__ import annotations

import msgspec

from app.domain.clock import Clock, ClockState
from app.domain.clock_events import ClockReopened
from app.domain.facts import ClockMoved
from app.domain.readings import Reading
from app.services import clocks, rules
from app.services.station import Station, recording
from app.services.timing import ClockId
from app.storage import file_facts
from app.storage.database import writing

_LAST_SEEN = "last-seen/"


def beat(station: Station) -> None:
    """Keep the present reading. Not a record: it tells nothing but that the laptop was alive."""
    reading = station.time.reading()
    with writing(station.database) as connection:
        file_facts.put(connection, _name(station), msgspec.json.encode(reading).decode())


def last_seen(station: Station) -> Reading | None:
    """The reading kept last by this laptop in this file."""
    kept = file_facts.find(station.connection, _name(station))
    return msgspec.json.decode(kept, type=Reading) if kept else None


def reopen_clocks(station: Station) -> tuple[ClockId, ...]:
    """Record for every clock that ran here when the laptop went down that it is back.

    Within one boot there is nothing to record: the count went on while the program was closed.
    Clocks kept by other laptops are theirs to reopen. Safe to call at every opening.
    """
    reading = station.time.reading()
    seen = last_seen(station)
    found = [
        (ClockId(event.code, module, entry), kept.clock)
        for event in rules.events(station)
        for (entry, module), kept in clocks.timed(station, event).items()
        if kept.clock.state is ClockState.RUNNING and kept.is_kept_by(station)
        if kept.clock.last is not None and kept.clock.last.boot != reading.boot
    ]
    if found:
        with recording(station) as log:
            for clock_id, clock in found:
                moved = ClockReopened(reading, _seen_by(clock, seen))
                log.add(
                    ClockMoved(
                        event=clock_id.event,
                        module=clock_id.module,
                        entry=clock_id.entry,
                        moved=moved,
                    )
                )
    return tuple(clock_id for clock_id, _ in found)


def _seen_by(clock: Clock, seen: Reading | None) -> Reading:
    """The later of the last heartbeat and the clock's own last event, of the boot it ran in."""
    assert clock.last is not None
    if seen is None or seen.boot != clock.last.boot or seen.mono_ms < clock.last.mono_ms:
        return clock.last
    return seen


def _name(station: Station) -> str:
    return _LAST_SEEN + station.station_id
