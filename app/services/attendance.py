"""Attendance (到场情况): how many are here, unit by unit, and who is still missing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from app.domain.entries import EntryState
from app.domain.ids import EntryId, EventCode
from app.services.roll import registered
from app.services.station import Station


@dataclass(frozen=True, slots=True)
class UnitCount:
    """How many of a unit are here, of how many that are expected."""

    unit: str
    here: int
    expected: int


@dataclass(frozen=True, slots=True)
class Missing:
    """An entrant nobody has seen or excused yet."""

    entry: EntryId
    number: str
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Attendance:
    """Where check-in of one event stands; withdrawn and disqualified entries are not expected."""

    expected: int
    here: int
    absent: int
    withdrawn: int
    units: tuple[UnitCount, ...]
    missing: tuple[Missing, ...]


def attendance(station: Station, event: EventCode) -> Attendance:
    """Counts, units and who is missing, as they stand."""
    everyone = registered(station, event)
    states = Counter(one.entry.state for one in everyone)
    not_expected = {EntryState.WITHDRAWN, EntryState.DISQUALIFIED}
    expected = [one for one in everyone if one.entry.state not in not_expected]
    by_unit = Counter(one.entry.unit for one in expected)
    here = Counter(one.entry.unit for one in expected if one.entry.state is EntryState.CHECKED_IN)
    return Attendance(
        expected=len(expected),
        here=states[EntryState.CHECKED_IN],
        absent=states[EntryState.ABSENT],
        withdrawn=states[EntryState.WITHDRAWN],
        units=tuple(UnitCount(unit, here[unit], by_unit[unit]) for unit in sorted(by_unit)),
        missing=tuple(
            Missing(one.entry.id, one.entry.number, one.name, one.entry.unit)
            for one in expected
            if one.entry.state is EntryState.REGISTERED
        ),
    )
