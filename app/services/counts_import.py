"""Counts of output out of a file: read, matched with the teams, recorded all or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import RuleBroken
from app.domain.facts import FileImported
from app.domain.ids import EntryId, EventCode
from app.domain.output import DayCell
from app.services.counting import count_output
from app.services.marks_import import without_zeros
from app.services.roll import roll
from app.services.roster_plan import file_digest
from app.services.station import Station
from app.sheets.counts_table import KeyedCount, read_counts


@dataclass(frozen=True, slots=True)
class CountsFile:
    """The counts of a file, with its name and SHA-256 (hex)."""

    name: str
    sha256: str
    rows: tuple[KeyedCount, ...]


def read_counts_file(path: Path) -> CountsFile:
    """A .csv, .xlsx, .xls or .ods file. Raises ``RuleBroken`` with file, row and column."""
    return CountsFile(path.name, file_digest(path), read_counts(path))


def counts_of(station: Station, event: EventCode, file: CountsFile) -> Mapping[DayCell, str]:
    """The counts of a file by team and day. Raises ``RuleBroken`` with the row of an unknown
    entry, or of a count that the file has twice."""
    known: dict[str, EntryId | None] = {one.number: one.id for one in roll(station, event)}
    known |= without_zeros(known)
    found: dict[DayCell, KeyedCount] = {}
    for row in file.rows:
        if (entry := known.get(row.entry)) is None:
            raise RuleBroken("marks-row-entry", row=row.row, entry=row.entry[:40])
        if (first := found.setdefault((entry, row.day), row)) is not row:
            raise RuleBroken("counts-twice", row=row.row, first=first.row, day=row.day)
    return {cell: row.quantity for cell, row in found.items()}


def import_counts(
    station: Station,
    event: EventCode,
    file: CountsFile,
    *,
    reason: str = "",
    origin: object | None = None,
) -> int:
    """Record the counts of a file, and the file where it brings anything new; returns how many.

    Raises ``RuleBroken`` as counting by hand does.
    """
    source = FileImported(
        what="counts", file_name=file.name, sha256=file.sha256, rows=len(file.rows), event=event
    )
    typed = counts_of(station, event, file)
    return count_output(station, event, typed, reason=reason, source=source, origin=origin)
