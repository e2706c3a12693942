"""The marks of a template keyed in from its table, and checked where its rules ask for it."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from itertools import repeat
from pathlib import Path

from app.domain.checking_rules import EntryCheck
from app.domain.entries import Cell, typed_cell
from app.domain.facts import CheckOutcome
from app.domain.ids import PANEL, AspectId, EntryId, EventCode, JudgeId
from app.domain.methods import judges_needed
from app.domain.roles import Actor, Role
from app.domain.scheme import Event
from app.services import marks_import, rules, sheet_checks
from app.services.marks_files import read_marks_file
from app.services.sheet_checks import CheckTask
from app.services.station import Station
from app.services.works import work_codes, works

SECOND = Actor(Role.SCOREKEEPER, initials="CD")

Typed = Mapping[tuple[EntryId, AspectId, JudgeId], str]


def typed_marks(event: Event, marks: list[dict[str, str]]) -> Typed:
    """What is typed by entry, aspect and judge, in the order of the sheets."""
    return {
        (EntryId(f"{event.code}-{row['entry']}"), aspect.id, judge): value
        for aspect in event.aspects()
        # A total of the round before comes with the roster.
        for row in marks
        if aspect.id in row
        for judge, value in _by_judge(judges_needed(aspect.method), row[aspect.id])
    }


def _by_judge(needed: int, cell: str) -> list[tuple[JudgeId, str]]:
    """One cell of the table as what each judge entered, or the team as one."""
    if not needed:
        return [(PANEL, cell)]
    scores = cell.split()
    judges = [JudgeId(f"J{number}") for number in range(1, needed + 1)]
    everybody = repeat(cell) if len(scores) == 1 else scores
    return list(zip(judges, everybody, strict=len(scores) > 1))


def key(station: Station, event: EventCode, typed: Typed, folder: Path) -> None:
    """The marks as a file of four columns: by work code where judges mark blind."""
    in_force = rules.rules(station, event)
    path = folder / f"marks-{event}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(("entry", "aspect", "judge", "value"))
        for (entry, aspect, judge), value in typed.items():
            codes = work_codes(station, event, in_force.module_of(aspect).id)
            number = entry.removeprefix(f"{event}-")
            rows.writerow((codes[entry] if codes else number, aspect, judge, value))
    keyed = read_marks_file(path)
    source = keyed.source(event)
    marks_import.import_marks(station, event, keyed.rows, source=source)


def check_sheets(station: Station, event: EventCode, typed: Typed) -> None:
    """A second scorekeeper types from the same paper or confirms it: nothing may differ."""
    first, station.actor = station.actor, SECOND
    for module in rules.rules(station, event).modules:
        known = works(station, event, module)
        for line in sheet_checks.piles(station, event, module.id):
            task = sheet_checks.open_check(station, event, module.id, line.work, line.judge)
            keyed = read_from_paper(task, known.entry_of(line.work), typed)
            outcome = sheet_checks.record_check(station, task, keyed)
            assert outcome is CheckOutcome.AGREES, line.work
    station.actor = first


def read_from_paper(task: CheckTask, entry: EntryId, typed: Typed) -> dict[AspectId, Cell]:
    """What one sheet says. To be typed again it comes up empty, so that nobody copies the first
    entry; to be confirmed it shows that."""
    paper = {
        row.aspect.id: typed_cell(row.aspect, typed[entry, row.aspect.id, task.sheet.judge])
        for row in task.sheet.rows
    }
    shown = {} if task.how is EntryCheck.REKEY else paper
    assert all(row.held == shown.get(row.aspect.id) for row in task.sheet.rows)
    return paper
