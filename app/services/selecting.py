"""Who comes to this event out of the results of an earlier round (选拔): 42,650 rows, say.

The file is checked like any roster; of every event's sound rows the best are taken by its rule
``selects``. What is left is a plan for ``roster_import``, so totals and the file's digest are
recorded there. Numbers of the earlier round stay behind: here the best has the first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from app.domain.award_rules import BoundaryTie
from app.domain.divisions import division_of
from app.domain.errors import RuleBroken
from app.domain.ids import EntryId, EventCode
from app.domain.points import Points, parse_points
from app.domain.qualifying import Contender, qualify
from app.domain.round_rules import Qualification
from app.domain.scheme import Event
from app.paths import check_target
from app.services import rules
from app.services.next_roster import headings, person_lines
from app.services.roster_plan import PlannedEntry, RosterPlan, check_list
from app.services.station import Station
from app.sheets.cells import column_letter
from app.sheets.plain_table import write_plain_table
from app.sheets.roster import Field, Mapping, RosterSheet
from app.sheets.roster_check import RosterProblem, RosterRow, Severity
from app.words import Words


@dataclass(frozen=True, slots=True)
class EventSelection:
    """What the rows of one event come to; ``reserves`` are in the order in which they stand by.

    ``outside`` are guests (打星), who never qualify. ``sharing`` are those on the total at which
    the last place could not be given to one alone; the rule says whether all or none came.
    """

    event: EventCode
    rows: int
    refused: int
    outside: int
    going: int
    reserves: tuple[PlannedEntry, ...]
    sharing: int
    lowest: str


@dataclass(frozen=True, slots=True)
class SelectionPlan:
    """Every event of the file, and the roster of those who come; ``import_roster`` enrols them."""

    events: tuple[EventSelection, ...]
    roster: RosterPlan


def selection_plan(
    station: Station, sheet: RosterSheet, columns: Mapping, *, sha256: str
) -> SelectionPlan:
    """Who qualifies by the results of a file; nothing is written.

    Raises ``RuleBroken`` when it has no column of totals, or names an event that selects nobody.
    """
    if Field.EARLIER not in columns:
        raise RuleBroken("selection-without-totals", file=sheet.file)
    kept = dict(columns)
    kept.pop(Field.ENTRY, None)
    checked = check_list(station, sheet, kept, sha256=sha256)
    by_code = {event.code: event for event in rules.events(station)}
    rows = _with_missing(checked.rows, column_letter(columns[Field.EARLIER]), checked.entries)
    of_event: dict[EventCode, list[PlannedEntry]] = {}
    for entry in checked.entries:
        of_event.setdefault(entry.entrant.event, []).append(entry)
    read = Counter(row.event for row in rows if row.event)
    refused = Counter(row.event for row in rows if row.event and row.has_error)
    found: list[EventSelection] = []
    going: list[PlannedEntry] = []
    for code in (code for code in by_code if code in read):
        picked = _select(by_code[code], of_event.get(code, []))
        going += picked.going
        found.append(
            EventSelection(
                event=code,
                rows=read[code],
                refused=refused[code],
                outside=sum(not one.entrant.competing for one in of_event.get(code, [])),
                going=len(picked.going),
                reserves=tuple(picked.reserves),
                sharing=picked.sharing,
                lowest=picked.going[-1].entrant.earlier if picked.going else "",
            )
        )
    return SelectionPlan(tuple(found), replace(checked, rows=rows).plan(going))


def reserves_writer(plan: SelectionPlan, words: Words, target: Path) -> Callable[[], int]:
    """What writes those who stand by (递补), event by event, and returns how many they are.

    Should a finalist decline, the line of the first reserve is imported like any roster.
    """
    check_target(target)
    lines = [
        (str(event.event), *line)
        for event in plan.events
        for place, one in enumerate(event.reserves, start=1)
        for line in person_lines(
            one.entrant.person,
            unit=one.entrant.unit,
            group=one.entrant.group,
            grade=one.entrant.grade,
            rank="",
            total=one.entrant.earlier,
            note=words.say("promotion.reserve", place=place),
        )
    ]

    def write() -> int:
        heads = (words.say("promotion.event"), *headings(words))
        write_plain_table(target, words.say("promotion.reserves"), heads, lines)
        return sum(len(event.reserves) for event in plan.events)

    return write


def _with_missing(
    rows: Sequence[RosterRow], column: str, entries: Sequence[PlannedEntry]
) -> tuple[RosterRow, ...]:
    """An entry without a total is told of in its first row."""
    without = {entry.rows[0] for entry in entries if not entry.entrant.earlier}
    return tuple(
        replace(
            row,
            problems=(
                *row.problems,
                RosterProblem("selection-total-missing", Severity.ERROR, row.row, column),
            ),
        )
        if row.row in without
        else row
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class _Picked:
    going: list[PlannedEntry]
    reserves: list[PlannedEntry]
    sharing: int


def _select(event: Event, entries: Sequence[PlannedEntry]) -> _Picked:
    """The best of an event's entries, of every division by itself."""
    rule = event.selects
    if rule is None:
        raise RuleBroken("selection-no-rule", event=event.code)
    picked = _Picked([], [], 0)
    able = [one for one in entries if one.entrant.competing and one.entrant.earlier]
    able.sort(key=lambda one: division_of(event, one.entrant))
    for _, division in groupby(able, key=lambda one: division_of(event, one.entrant)):
        by_id = {EntryId(str(one.rows[0])): one for one in division}
        contenders = list(_ranked(by_id))
        up = qualify(rule, contenders)
        picked.going.extend(by_id[one] for one in up.entries)
        picked.reserves.extend(by_id[one] for one in up.reserves)
        sharing = picked.sharing + _sharing(rule, contenders)
        picked = replace(picked, sharing=sharing)
    return picked


def _ranked(entries: dict[EntryId, PlannedEntry]) -> Iterator[Contender]:
    """In order of rank; equal totals share one."""
    totals = {entry: parse_points(one.entrant.earlier) for entry, one in entries.items()}
    rank, before = 0, None
    for place, entry in enumerate(sorted(totals, key=lambda one: -totals[one]), start=1):
        if totals[entry] != before:
            rank, before = place, totals[entry]
        yield Contender(entry, rank, totals[entry], entries[entry].entrant.unit)


def _sharing(rule: Qualification, contenders: Sequence[Contender]) -> int:
    """How many share the last place, when they are more than there are places for."""
    if rule.number is None:
        return 0
    widely = Qualification(
        number=rule.number,
        per_unit=rule.per_unit,
        minimum=rule.minimum,
        boundary=BoundaryTie.INCLUDE,
    )
    up = qualify(widely, contenders).entries
    if len(up) <= rule.number:
        return 0
    totals: dict[EntryId, Points] = {one.entry: one.total for one in contenders}
    return sum(totals[one] == totals[up[-1]] for one in up)
