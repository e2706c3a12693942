"""What importing a roster (报名表) would change, row by row, before anything is written.

Who is registered is known by number where the list has one, else by document, else by name and
unit; so a list can be imported again without registering anybody twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from app.domain.errors import RuleBroken
from app.domain.facts import EntryRegistered
from app.domain.ids import EntryId, EventCode
from app.services import entrants, rules
from app.services.entrants import Entrant, entry_id
from app.services.station import Station
from app.sheets.roster import Field, Mapping, RosterSheet
from app.sheets.roster_check import RosterProblem, RosterRow, Severity
from app.sheets.roster_preview import Registration, check_roster
from app.sheets.workbook import read_bytes
from app.storage import people
from app.storage.people import Person


class Outcome(StrEnum):
    """What importing does with an entry of the list."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class PlannedEntry:
    """One entry of the list: who it is, under which number, and what differs from the file."""

    entrant: Entrant = field(repr=False)
    number: str
    outcome: Outcome
    rows: tuple[int, ...]
    differs: tuple[str, ...] = ()
    photo: str = field(default="", repr=False)

    @property
    def entry(self) -> EntryId:
        return entry_id(self.entrant.event, self.number)


@dataclass(frozen=True)
class RosterPlan:
    """Every row of the list with its problems, and what the sound ones come to."""

    file: str
    sha256: str
    rows: tuple[RosterRow, ...]
    entries: tuple[PlannedEntry, ...]

    @cached_property
    def outcomes(self) -> dict[int, PlannedEntry]:
        """The planned entry of every row that has one."""
        return {row: entry for entry in self.entries for row in entry.rows}

    def count(self, outcome: Outcome) -> int:
        """How many entries come to this."""
        return sum(entry.outcome is outcome for entry in self.entries)

    @property
    def errors(self) -> int:
        """Rows that are not imported."""
        return sum(row.has_error for row in self.rows)

    @property
    def warnings(self) -> int:
        """Rows that are imported but worth a look."""
        return sum(bool(row.problems) and not row.has_error for row in self.rows)


def file_digest(path: Path) -> str:
    """SHA-256 of the file as it was read, in hex; refuses what no list can be read from."""
    return hashlib.sha256(read_bytes(path)).hexdigest()


def plan_roster(
    station: Station, sheet: RosterSheet, columns: Mapping, *, sha256: str
) -> RosterPlan:
    """Check every row and compare with who is registered; nothing is written.

    Raises ``RuleBroken`` when a column that every row needs is not chosen.
    """
    checked = check_list(station, sheet, columns, sha256=sha256)
    return checked.plan(checked.entries)


@dataclass(frozen=True)
class CheckedList:
    """Every row with its problems, and the sound entries, not numbered yet, by order of rows."""

    file: str
    sha256: str
    rows: tuple[RosterRow, ...]
    entries: tuple[PlannedEntry, ...]
    roll: _Roll = field(repr=False)

    def plan(self, wanted: Iterable[PlannedEntry]) -> RosterPlan:
        """What importing these of the entries comes to; free numbers go by their order."""
        entries = tuple(self.roll.number(entry) for entry in wanted)
        return RosterPlan(self.file, self.sha256, self.rows, entries)


def check_list(
    station: Station, sheet: RosterSheet, columns: Mapping, *, sha256: str
) -> CheckedList:
    """The rows as ``plan_roster`` checks them, before anybody is given a number."""
    events = rules.events(station)
    checked = check_roster(sheet, columns, events)
    given = {row.row: row.values.get(Field.ENTRY, "") for row in checked.rows}
    roll = _Roll(station, {registration.event for registration in checked.registrations})
    clashes: dict[int, RosterProblem] = {}
    planned: list[PlannedEntry | None] = []
    for registration in checked.registrations:
        number = given[registration.rows[0]]
        try:
            planned.append(roll.place(registration, number))
        except RuleBroken as clash:
            planned.append(None)
            details = tuple(clash.details.items())
            first = registration.rows[0]
            clashes[first] = RosterProblem(clash.code, Severity.ERROR, first, "", details)
    return CheckedList(
        file=sheet.file,
        sha256=sha256,
        rows=tuple(_with_problem(row, clashes.get(row.row)) for row in checked.rows),
        entries=tuple(entry for entry in planned if entry is not None),
        roll=roll,
    )


class _Roll:
    """Who is registered in the events of a list, by everything a list may know them by."""

    def __init__(self, station: Station, events: set[EventCode]) -> None:
        persons = people.everyone(station.connection)
        self._known: dict[EntryId, Entrant] = {}
        self._by_id: dict[tuple[EventCode, str], EntryId] = {}
        self._by_name: dict[tuple[EventCode, str, str], EntryId] = {}
        self._last: dict[EventCode, str] = {}
        self._numbers: dict[EventCode, set[str]] = {event: set() for event in events}
        for event in sorted(events):
            for entry, fact in entrants.registrations(station, event).items():
                self._take(entry, fact, persons.get(entry) or Person(name=""))

    def _take(self, entry: EntryId, fact: EntryRegistered, person: Person) -> None:
        known = entrants.entrant_of(fact, person)
        self._known[entry] = known
        self._numbers[fact.event].add(fact.number)
        self._by_name.setdefault((fact.event, person.name, fact.unit), entry)
        if person.id_number:
            self._by_id.setdefault((fact.event, person.id_number), entry)

    def place(self, wanted: Registration, number: str) -> PlannedEntry:
        """Where an entry of the list belongs; without a number of its own it gets one later.

        Raises ``RuleBroken`` when the number belongs to somebody else.
        """
        entrant = _entrant(wanted)
        person = entrant.person
        entry: EntryId | None
        if number:
            entry = entry_id(wanted.event, number)
            self._numbers[wanted.event].add(number)
        else:
            entry = self._by_id.get((wanted.event, person.id_number)) if person.id_number else None
            entry = entry or self._by_name.get((wanted.event, person.name, wanted.unit))
        known = self._known.get(entry) if entry else None
        if known is None:
            return PlannedEntry(
                entrant, number, Outcome.NEW, wanted.rows, photo=wanted.person.photo
            )
        if number and _somebody_else(known, entrant):
            raise RuleBroken("roster-number-of-another", entry=str(entry))
        # A list without totals takes none back.
        entrant = replace(entrant, earlier=entrant.earlier or known.earlier)
        differs = _differences(known, entrant)
        return PlannedEntry(
            entrant,
            known.number,
            Outcome.CHANGED if differs else Outcome.UNCHANGED,
            wanted.rows,
            differs,
            photo=wanted.person.photo,
        )

    def number(self, planned: PlannedEntry) -> PlannedEntry:
        """The same with the next free number if it has none."""
        if planned.number:
            return planned
        event = planned.entrant.event
        # Looked up among all numbers once; after that the last one given is the highest.
        last = self._last.get(event)
        number = entrants.next_number(self._numbers[event] if last is None else (last,))
        self._last[event] = number
        return replace(planned, number=number)


def _entrant(wanted: Registration) -> Entrant:
    details = wanted.person
    return Entrant(
        event=wanted.event,
        person=Person(
            name=details.name,
            id_number=details.id_number,
            members=details.members,
            note=details.note,
            id_kind=details.id_kind,
            member_ids=details.member_ids if any(details.member_ids) else (),
        ),
        unit=wanted.unit,
        group=wanted.group,
        grade=wanted.grade,
        competing=wanted.competing,
        members=wanted.size,
        earlier=wanted.earlier,
        delegation=wanted.delegation,
    )


def _somebody_else(known: Entrant, wanted: Entrant) -> bool:
    """Neither name nor document agree: the number was given to two people, not corrected."""
    if known.person.name in {wanted.person.name, ""}:
        return False
    ids = {known.person.id_number, wanted.person.id_number}
    if "" not in ids:
        return len(ids) == 2
    return known.unit != wanted.unit


def _differences(known: Entrant, wanted: Entrant) -> tuple[str, ...]:
    pairs = {
        "name": (known.person.name, wanted.person.name),
        "id-number": (known.person.id_number, wanted.person.id_number),
        "unit": (known.unit, wanted.unit),
        "group": (known.group, wanted.group),
        "grade": (known.grade, wanted.grade),
        "competing": (known.competing, wanted.competing),
        "team": (known.person.members, wanted.person.members),
        "earlier": (known.earlier, wanted.earlier),
        "delegation": (known.delegation, wanted.delegation),
    }
    return tuple(name for name, (before, after) in pairs.items() if before != after)


def _with_problem(row: RosterRow, problem: RosterProblem | None) -> RosterRow:
    if problem is None:
        return row
    return replace(row, problems=(*row.problems, problem))
