"""What a checked roster would register: one registration an entry, with its number.

Rows of one team form one entry. Numbers that the roster leaves open are given in the order of the
rows, after the highest in use.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.domain.ids import EventCode
from app.domain.scheme import Event
from app.sheets.cells import column_letter
from app.sheets.roster import Field, RosterSheet
from app.sheets.roster import Mapping as Columns
from app.sheets.roster_check import RosterProblem, RosterRow, Severity, check_rows


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """The personal part of a registration. It never shows in a ``repr``, a log or an error."""

    name: str = field(repr=False)
    id_number: str = field(default="", repr=False)
    id_kind: str = ""
    members: tuple[str, ...] = field(default=(), repr=False)
    member_ids: tuple[str, ...] = field(default=(), repr=False)
    photo: str = field(default="", repr=False)
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Registration:
    """One entry to register: ``number`` within the event, ``rows`` it came from.

    ``person.name`` is the team's name when there is one, and the members' names stand beside it.
    """

    event: EventCode
    number: str
    unit: str
    group: str
    grade: str
    competing: bool
    rows: tuple[int, ...]
    person: PersonDetails
    earlier: str = ""
    delegation: str = ""

    @property
    def size(self) -> int:
        """How many people compete in this entry."""
        return max(1, len(self.person.members))


@dataclass(frozen=True, slots=True)
class RosterPreview:
    """Every row with its problems, and what the rows without errors come to."""

    rows: tuple[RosterRow, ...]
    registrations: tuple[Registration, ...]

    @property
    def errors(self) -> int:
        return sum(row.has_error for row in self.rows)

    @property
    def warnings(self) -> int:
        """Rows that are registered but worth a look."""
        return sum(bool(row.problems) and not row.has_error for row in self.rows)


def check_roster(
    sheet: RosterSheet,
    mapping: Columns,
    events: Sequence[Event],
    taken: Mapping[EventCode, Collection[str]] | None = None,
) -> RosterPreview:
    """Check every row and say what would be registered; nothing is changed.

    ``taken`` are entry numbers the roster may not use, by event. Raises ``RuleBroken`` when a
    column that every row needs is not mapped; everything about single rows is in the preview.
    """
    taken = taken or {}
    rows = check_rows(sheet, mapping, events, taken=taken)
    entries = _entries(rows)
    rows = _with_team_problems(rows, entries, mapping)
    faulty = {row.row for row in rows if row.has_error}
    sound = [entry for entry in entries if not faulty & {row.row for row in entry}]
    return RosterPreview(rows, tuple(_numbered(sound, taken)))


def _entries(rows: Sequence[RosterRow]) -> list[list[RosterRow]]:
    """The rows that belong together, in the order in which each first appears."""
    entries: dict[tuple[EventCode | None, str | int], list[RosterRow]] = {}
    for row in rows:
        key = row.values.get(Field.TEAM) or row.row
        entries.setdefault((row.event, key), []).append(row)
    return list(entries.values())


def _with_team_problems(
    rows: Sequence[RosterRow], entries: Sequence[Sequence[RosterRow]], mapping: Columns
) -> tuple[RosterRow, ...]:
    """A team is told of on its first row; a member who does not fit has an error on its own."""
    column = column_letter(mapping[Field.TEAM]) if Field.TEAM in mapping else ""
    added: dict[int, RosterProblem] = {}
    for first, *others in entries:
        if others:
            count = (("count", len(others) + 1),)
            added[first.row] = RosterProblem(
                "roster-team-together", Severity.WARNING, first.row, column, count
            )
        for other in others:
            if _belongs(first, other):
                continue
            place = (("other", first.row),)
            added[other.row] = RosterProblem(
                "roster-team-mixed", Severity.ERROR, other.row, column, place
            )
    return tuple(
        replace(row, problems=(*row.problems, added[row.row])) if row.row in added else row
        for row in rows
    )


def _belongs(first: RosterRow, other: RosterRow) -> bool:
    return (
        first.competing == other.competing
        and first.values.get(Field.UNIT) == other.values.get(Field.UNIT)
        and first.values.get(Field.GROUP) == other.values.get(Field.GROUP)
        and all(
            other.values.get(field, "") in ("", first.values.get(field, ""))
            for field in (Field.ENTRY, Field.EARLIER, Field.DELEGATION)
        )
    )


def _numbered(
    entries: Sequence[Sequence[RosterRow]], taken: Mapping[EventCode, Collection[str]]
) -> Iterator[Registration]:
    by_event: dict[EventCode, list[Sequence[RosterRow]]] = {}
    for entry in entries:
        if (event := entry[0].event) is not None:
            by_event.setdefault(event, []).append(entry)
    for event, its_entries in by_event.items():
        given = [entry[0].values.get(Field.ENTRY, "") for entry in its_entries]
        numbers = _free_numbers({*given, *taken.get(event, ())}, given.count(""))
        for number, entry in zip(given, its_entries, strict=True):
            yield _registration(event, number or next(numbers), entry)


def _free_numbers(used: Collection[str], wanted: int) -> Iterator[str]:
    """Numbers after the highest in use, as wide as those, at least two digits."""
    counted = [number for number in used if number.isdecimal()]
    highest = max((int(number) for number in counted), default=0)
    width = max([2, len(str(highest + wanted)), *(len(number) for number in counted)])
    for number in range(highest + 1, highest + wanted + 1):
        yield str(number).zfill(width)


def _registration(event: EventCode, number: str, entry: Sequence[RosterRow]) -> Registration:
    first = entry[0].values
    team = first.get(Field.TEAM, "")
    members = tuple(row.values[Field.NAME] for row in entry) if team else ()
    ids = tuple(row.values.get(Field.ID_NUMBER, "") for row in entry) if team else ()
    return Registration(
        event=event,
        number=number,
        unit=first.get(Field.UNIT, ""),
        group=first.get(Field.GROUP, ""),
        grade=first.get(Field.GRADE, ""),
        competing=entry[0].competing,
        rows=tuple(row.row for row in entry),
        person=PersonDetails(
            name=team or first[Field.NAME],
            id_number="" if team else first.get(Field.ID_NUMBER, ""),
            id_kind=first.get(Field.ID_KIND, ""),
            members=members,
            member_ids=ids,
            photo=first.get(Field.PHOTO, ""),
            note=first.get(Field.NOTE, ""),
        ),
        earlier=first.get(Field.EARLIER, ""),
        delegation=first.get(Field.DELEGATION, ""),
    )
