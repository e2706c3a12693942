"""Reads counts of output from a table, long or wide.

A long one has a row for each count, with the columns entry, day and count. A wide one has a row for
each entry and a column for each day, headed by its date; an empty cell is no count, and columns
that only help to read it (name, unit, total) are left alone. Dates are read as people write them,
``2026-09-03``, ``2026/9/3`` or ``2026年9月3日``, and as date cells of a workbook.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.domain.errors import RuleBroken
from app.domain.output import read_quantity
from app.sheets.cells import Row, Sheet, Workbook, column_letter, loosely
from app.sheets.keyed_cells import (
    BESIDE,
    ENTRY,
    check_filled,
    check_result,
    column_named,
    heading_twice,
    headings_of,
    keyed_table,
    typed_value,
)
from app.sheets.workbook import open_workbook

_DAY = {"day", "date", "日期", "计数日期"}
_COUNT = {"count", "quantity", "output", "counted", "数量", "产量", "计数", "完成数", "当日完成"}
_DATE = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:T00:00:00)?", re.ASCII
)


@dataclass(frozen=True, slots=True)
class KeyedCount:
    """One count: the number of the entry, the day (ISO) and the quantity as it is recorded."""

    row: int
    entry: str
    day: str
    quantity: str


def read_counts(path: Path) -> tuple[KeyedCount, ...]:
    """The counts in the one sheet that holds any, of a .csv, .xlsx, .xls or .ods file.

    Raises ``RuleBroken`` with the file, row and column of the first thing that is wrong.
    """
    book = open_workbook(path)
    sheet, heading, below = keyed_table(book, "counts-no-heading")
    headings = headings_of(heading)
    entry, day, count = (column_named(book, headings, names) for names in (ENTRY, _DAY, _COUNT))
    if (day == -1) is not (count == -1):
        raise RuleBroken("counts-no-heading", file=book.file)
    days = _days_of(book, heading, entry) if day == -1 else {}
    found: list[KeyedCount] = []
    for row in below:
        check_filled(book, sheet, row, entry, "marks-entry-missing")
        if day != -1:
            check_filled(book, sheet, row, day, "counts-day-missing")
            days = {count: _day(book, row, day)}
        found += _counts(book, sheet, row, entry, days)
    if not found:
        raise RuleBroken("counts-no-rows", file=book.file)
    return tuple(found)


def _days_of(book: Workbook, heading: Row, entry: int) -> Mapping[int, str]:
    """The columns headed by a date. Raises where there is none, or a heading is something else."""
    days: dict[int, str] = {}
    for column in range(len(heading.cells)):
        text = heading.text(column)
        if column == entry or not text or loosely(text) in BESIDE:
            continue
        day = _day(book, heading, column)
        for before, same in days.items():
            if same == day:
                raise heading_twice(book, before, column, text)
        days[column] = day
    if not days:
        raise RuleBroken("counts-no-heading", file=book.file)
    return days


def _day(book: Workbook, row: Row, column: int) -> str:
    text = unicodedata.normalize("NFKC", row.text(column)).strip()
    if written := _DATE.fullmatch(text):
        with suppress(ValueError):  # there is no 31 September
            return date(*map(int, written.groups())).isoformat()
    raise RuleBroken(
        "counts-day-unreadable",
        file=book.file,
        row=row.number,
        column=column_letter(column),
        value=text[:40],
    )


def _counts(
    book: Workbook, sheet: Sheet, row: Row, entry: int, days: Mapping[int, str]
) -> Iterator[KeyedCount]:
    for column, day in days.items():
        check_result(book, sheet, row, column)
        if value := typed_value(book, row, column):
            yield KeyedCount(row.number, row.text(entry), day, _quantity(book, row, column, value))


def _quantity(book: Workbook, row: Row, column: int, value: str) -> str:
    try:
        return read_quantity(value)
    except RuleBroken as refused:
        cell = f"{column_letter(column)}{row.number}"
        raise RuleBroken(
            "counts-quantity", file=book.file, cell=cell, value=value[:40]
        ) from refused
