"""A file of keyed marks, read and named as the record will name it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.domain.facts import FileImported
from app.domain.ids import EventCode
from app.services.marks_import import KeyedMark
from app.services.roster_plan import file_digest
from app.sheets.marks_csv import read_marks


@dataclass(frozen=True, slots=True)
class MarksFile:
    """The rows of a file, with its name and SHA-256 (hex)."""

    name: str
    sha256: str
    rows: tuple[KeyedMark, ...]

    def source(self, event: EventCode) -> FileImported:
        """What the record says of it."""
        return FileImported(
            what="marks",
            file_name=self.name,
            sha256=self.sha256,
            rows=len(self.rows),
            event=event,
        )


def read_marks_file(path: Path) -> MarksFile:
    """A .csv, .xlsx, .xls or .ods file. Raises ``RuleBroken`` with file, row and column."""
    rows = read_marks(path)
    keyed = tuple(KeyedMark(it.row, it.entry, it.aspect, it.judge, it.value) for it in rows)
    return MarksFile(path.name, file_digest(path), keyed)
