"""Reads keyed marks from a table, long or wide.

A long one has a row for each mark, with the columns entry, aspect, judge and value. A wide one has
a row for each entry and a column for each aspect, ``A1.1``, or for each judge of it, ``A1.1/J2``;
an empty cell is no mark, and columns that only help to read it (name, unit, total) are left alone.

Only what is written is read: whether an entry exists or a mark is allowed is for whoever records
it. A number out of a workbook cell becomes the decimal that was typed; what could be two numbers,
``1,000`` or a time cell of 14:30, is refused.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import RuleBroken
from app.sheets.cells import Row, Sheet, Workbook, column_letter, loosely, may_be_thousands
from app.sheets.workbook import open_workbook, refuse_several

_ENTRY = {"entry", "entry no", "entry no.", "work code", "参赛编号", "编号", "加密号", "作品号"}
_ASPECT = {"aspect", "aspect id", "评分点", "评分点编号", "评分项"}
_JUDGE = {"judge", "judge id", "裁判", "裁判编号", "评委"}
_VALUE = {"value", "mark", "score", "得分", "分数", "成绩", "评分"}
_WORTH = {"分值"}  # the value where nothing else is one; beside 得分 it is what the aspect is worth
_BESIDE = {
    "no", "no.", "name", "unit", "team", "total", "sum", "note", "seat",
    "序号", "姓名", "单位", "队伍", "代表队", "赛位", "合计", "总分", "备注",
}  # fmt: skip
_OF_A_JUDGE = re.compile(r"(?P<aspect>[^/\s]+)\s*/\s*(?P<judge>\S+)")
_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)


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
    headings = [
        (sheet, heading)
        for sheet in book.sheets
        if (heading := next((row for row in sheet.rows if not row.is_blank), None))
    ]
    tables = [(sheet, heading) for sheet, heading in headings if _names_entries(heading)]
    if not tables:
        raise RuleBroken("marks-no-heading", file=book.file)
    refuse_several(book, [sheet for sheet, _ in tables])
    sheet, heading = tables[0]
    below = [row for row in sheet.rows[heading.number :] if not row.is_blank]
    columns = _columns_of(book, heading)
    if isinstance(columns, _Long):
        marks = tuple(_mark(book, sheet, columns, row) for row in below)
    else:
        marks = tuple(mark for row in below for mark in _marks(book, sheet, columns, row))
    if not marks:
        raise RuleBroken("marks-no-rows", file=book.file)
    return marks


def _names_entries(heading: Row) -> bool:
    return not _ENTRY.isdisjoint(_headings(heading))


def _headings(heading: Row) -> list[str]:
    return [loosely(heading.text(column)) for column in range(len(heading.cells))]


def _columns_of(book: Workbook, heading: Row) -> _Long | _Wide:
    headings = _headings(heading)
    values = _WORTH if _VALUE.isdisjoint(headings) else _VALUE
    entry, aspect, judge, value = (
        _column(book, headings, names) for names in (_ENTRY, _ASPECT, _JUDGE, values)
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
        if column in taken or not text or loosely(text) in _BESIDE:
            continue
        found = _OF_A_JUDGE.fullmatch(text)
        named = (found["aspect"], found["judge"]) if found else (text, "")
        if named in seen:
            raise _twice(book, seen[named], column, text)
        seen[named] = column
        yield column, *named


def _column(book: Workbook, headings: Sequence[str], names: set[str]) -> int:
    found = [n for n, heading in enumerate(headings) if heading in names]
    if len(found) > 1:
        raise _twice(book, found[0], found[1], headings[found[1]])
    return found[0] if found else -1


def _twice(book: Workbook, first: int, column: int, heading: str) -> RuleBroken:
    return RuleBroken(
        "marks-column-twice",
        file=book.file,
        column=column_letter(column),
        first=column_letter(first),
        heading=heading[:40],
    )


def _mark(book: Workbook, sheet: Sheet, columns: _Long, row: Row) -> KeyedMark:
    for code, column in (
        ("marks-entry-missing", columns.entry),
        ("marks-aspect-missing", columns.aspect),
        ("marks-value-missing", columns.value),
    ):
        _filled(book, sheet, row, column, code)
    return KeyedMark(
        row=row.number,
        entry=row.text(columns.entry),
        aspect=row.text(columns.aspect),
        judge=row.text(columns.judge),
        value=_value(book, row, columns.value),
    )


def _marks(book: Workbook, sheet: Sheet, columns: _Wide, row: Row) -> Iterator[KeyedMark]:
    _filled(book, sheet, row, columns.entry, "marks-entry-missing")
    for column, aspect, judge in columns.cells:
        _has_result(book, sheet, row, column)
        if value := _value(book, row, column):
            yield KeyedMark(row.number, row.text(columns.entry), aspect, judge, value)


def _filled(book: Workbook, sheet: Sheet, row: Row, column: int, code: str) -> None:
    _has_result(book, sheet, row, column)
    if not row.text(column):
        raise RuleBroken(code, file=book.file, row=row.number, column=column_letter(column))


def _has_result(book: Workbook, sheet: Sheet, row: Row, column: int) -> None:
    cell = f"{column_letter(column)}{row.number}"
    if cell in sheet.unfilled:
        raise RuleBroken("marks-cell-without-result", file=book.file, cell=cell)


def _value(book: Workbook, row: Row, column: int) -> str:
    """What was typed; what may mean two numbers is refused."""
    cell = f"{column_letter(column)}{row.number}"
    held, value = row.at(column), row.text(column)
    if isinstance(held, dt.time | dt.timedelta):
        value = str(held)
        if value.endswith(":00"):
            # Who types 14:30 into a cell means minutes; the cell holds half past two.
            raise RuleBroken("marks-time-unclear", file=book.file, cell=cell)
        return value.rstrip("0") if "." in value else value
    if may_be_thousands(value):
        raise RuleBroken("marks-comma-unclear", file=book.file, cell=cell, value=value)
    return value.replace(",", ".") if _COMMA.fullmatch(value) else value
