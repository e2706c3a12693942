"""Reads keyed marks from a table, long or wide.

A long one has a row for each mark, with the columns entry, aspect, judge and value. A wide one has
a row for each entry and a column for each aspect, ``A1.1``, or for each judge of it, ``A1.1/J2``;
an empty cell is no mark, and columns that only help to read it (name, unit, total) are left alone.

Only what is written is read: whether an entry exists or a mark is allowed is for whoever records
it. A number out of a workbook cell becomes the decimal that was typed; what could be two numbers,
``1,000`` or a time cell of 14:30, is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import RuleBroken
from app.sheets.cells import Row, Sheet, Workbook, loosely
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

_ASPECT = {"aspect", "aspect id", "评分点", "评分点编号", "评分项"}
_JUDGE = {"judge", "judge id", "裁判", "裁判编号", "评委"}
_VALUE = {"value", "mark", "score", "得分", "分数", "成绩", "评分"}
_WORTH = {"分值"}  # the value where nothing else is one; beside 得分 it is what the aspect is worth
_OF_A_JUDGE = re.compile(r"(?P<aspect>[^/\s]+)\s*/\s*(?P<judge>\S+)")


@dataclass(frozen=True, slots=True)
class KeyedMark:
    """One row: ``judge`` is empty for a value the team agrees on, ``value`` is text as typed."""

    row: int
    entry: str
    aspect: str
    judge: str
    value: str


@dataclass(frozen=True, slots=True)
class _Long:
    entry: int
    aspect: int
    value: int
    judge: int


@dataclass(frozen=True, slots=True)
class _Wide:
    """``cells`` are the columns of marks, each with its aspect and judge."""

    entry: int
    cells: tuple[tuple[int, str, str], ...]


def read_marks(path: Path) -> tuple[KeyedMark, ...]:
    """The marks in the one sheet that holds any, of a .csv, .xlsx, .xls or .ods file.

    Raises ``RuleBroken`` with the file, row and column of the first thing that is missing.
    """
    book = open_workbook(path)
    sheet, heading, below = keyed_table(book, "marks-no-heading")
    columns = _columns_of(book, heading)
    if isinstance(columns, _Long):
        marks = tuple(_mark(book, sheet, columns, row) for row in below)
    else:
        marks = tuple(mark for row in below for mark in _marks(book, sheet, columns, row))
    if not marks:
        raise RuleBroken("marks-no-rows", file=book.file)
    return marks


def _columns_of(book: Workbook, heading: Row) -> _Long | _Wide:
    headings = headings_of(heading)
    values = _WORTH if _VALUE.isdisjoint(headings) else _VALUE
    entry, aspect, judge, value = (
        column_named(book, headings, names) for names in (ENTRY, _ASPECT, _JUDGE, values)
    )
    if entry != -1 and aspect == value == judge == -1:
        cells = tuple(_cells_of(book, heading, {entry}))
        if cells:
            return _Wide(entry, cells)
    if -1 in (entry, aspect, value):
        raise RuleBroken("marks-no-heading", file=book.file)
    return _Long(entry=entry, aspect=aspect, value=value, judge=judge)


def _cells_of(
    book: Workbook, heading: Row, taken: Collection[int]
) -> Iterator[tuple[int, str, str]]:
    seen: dict[tuple[str, str], int] = {}
    for column in range(len(heading.cells)):
        text = unicodedata.normalize("NFKC", heading.text(column)).strip()
        if column in taken or not text or loosely(text) in BESIDE:
            continue
        found = _OF_A_JUDGE.fullmatch(text)
        named = (found["aspect"], found["judge"]) if found else (text, "")
        if named in seen:
            raise heading_twice(book, seen[named], column, text)
        seen[named] = column
        yield column, *named


def _mark(book: Workbook, sheet: Sheet, columns: _Long, row: Row) -> KeyedMark:
    for code, column in (
        ("marks-entry-missing", columns.entry),
        ("marks-aspect-missing", columns.aspect),
        ("marks-value-missing", columns.value),
    ):
        check_filled(book, sheet, row, column, code)
    return KeyedMark(
        row=row.number,
        entry=row.text(columns.entry),
        aspect=row.text(columns.aspect),
        judge=row.text(columns.judge),
        value=typed_value(book, row, columns.value),
    )


def _marks(book: Workbook, sheet: Sheet, columns: _Wide, row: Row) -> Iterator[KeyedMark]:
    check_filled(book, sheet, row, columns.entry, "marks-entry-missing")
    for column, aspect, judge in columns.cells:
        check_result(book, sheet, row, column)
        if value := typed_value(book, row, column):
            yield KeyedMark(row.number, row.text(columns.entry), aspect, judge, value)
