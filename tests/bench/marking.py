"""One mark, from the sheet to the disk, and that it stays as quick when the file is full."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import count, cycle
from pathlib import Path

from app.domain.entries import value_cell
from app.domain.ids import ModuleId
from app.domain.points import Points
from app.services.live import board
from app.services.marking import commit_sheet, sheet
from app.services.station import Station
from app.storage import database as files
from tests.bench.finals import FINALS, JUDGES, MODULES, Finals, work_of
from tests.bench.rows import Act, Row, at_most, medians, seconds

_MARK_BODY = "x" * 120


def one_mark(finals: Finals, rounds: int) -> Iterator[Row]:
    """A judge changes one mark of a sheet: checked, logged, projected, on disk."""
    few, full = finals.open(finals.few), finals.open(finals.full)
    floor = _floor(finals.folder / "floor.plumb")
    try:
        at_few, at_full, insert = medians(
            changing_marks(few, entries=finals.size.few_entries),
            changing_marks(full, entries=finals.size.entries),
            lambda: _insert_one(floor),
            rounds=rounds,
        )
    finally:
        floor.close()
        few.close()
        full.close()
    yield at_most(4, "one mark, ms", at_full * 1e3, insert * 1e3)
    yield at_most(1.3, "one mark in a full file, ms", at_full * 1e3, at_few * 1e3)


def changing_marks(station: Station, *, entries: int) -> Act:
    """Gives another mark in one cell after the other, each time of another entry."""
    board(station, FINALS)
    numbers, modules, scores = count(0), cycle(MODULES), cycle((0, 1, 2, 3))

    def change() -> float:
        number = next(numbers)
        return change_one(
            station,
            next(modules),
            1 + number * 37 % entries,
            judge=number,
            score=next(scores),
        )

    return change


def change_one(station: Station, module: ModuleId, entry: int, *, judge: int, score: int) -> float:
    """Put another score into the first cell of a sheet that is open already."""
    seen = sheet(station, FINALS, module, work_of(module, entry), JUDGES[judge % len(JUDGES)])
    row = seen.rows[0]
    cell = value_cell(Points(score * 10_000))
    if cell == row.held:
        cell = value_cell(Points((score + 1) % 4 * 10_000))
    return seconds(lambda: commit_sheet(station, seen, {row.aspect.id: cell}, partial=True))


def _floor(path: Path) -> sqlite3.Connection:
    """A file opened as a competition file is, with the plainest table there is."""
    connection = files.create(path).connection
    connection.execute("CREATE TABLE floor (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT")
    return connection


def _insert_one(connection: sqlite3.Connection) -> float:
    def insert() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO floor (body) VALUES (?)", (_MARK_BODY,))
        connection.execute("COMMIT")

    return seconds(insert)
