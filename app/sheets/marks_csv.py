"""Reads keyed marks from a table with the columns entry, aspect, judge and value.

Only what is written is read: whether an entry exists or a mark is allowed is for whoever records
it. A number out of a workbook cell becomes the decimal that was typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.errors import RuleBroken
from app.sheets.cells import Row, Sheet, Workbook, column_letter, loosely
from app.sheets.workbook import open_workbook

_ENTRY = {"entry", "entry no", "entry no.", "work code", "参赛编号", "编号", "加密号", "作品号"}
_ASPECT = {"aspect", "aspect id", "评分点", "评分点编号", "评分项"}
_JUDGE = {"judge", "judge id", "裁判", "裁判编号", "评委"}
_VALUE = {"value", "mark", "score", "分值", "得分", "分数", "成绩", "评分"}
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)


@dataclass(frozen=True, slots=True)
class KeyedMark:
    """One row: ``judge`` is empty for a value the team agrees on, ``value`` is text as typed."""

    row: int
    entry: str
    aspect: str
    judge: str
    value: str


@dataclass(frozen=True, slots=True)
class _Columns:
    entry: int
    aspect: int
    value: int
    judge: int


def read_marks(path: Path) -> tuple[KeyedMark, ...]:
    """The marks in the first sheet of a .csv, .xlsx, .xls or .ods file.

    Raises ``RuleBroken`` with the file, row and column of the first thing that is missing.
    """
    book = open_workbook(path)
    sheet = next(sheet for sheet in book.sheets if sheet.rows)
    heading = next(row for row in sheet.rows if not row.is_blank)
    columns = _columns_of(book, heading)
    below = sheet.rows[heading.number :]
    marks = tuple(_mark(book, sheet, columns, row) for row in below if not row.is_blank)
    if not marks:
        raise RuleBroken("marks-no-rows", file=book.file)
    return marks


def _columns_of(book: Workbook, heading: Row) -> _Columns:
    headings = [loosely(heading.text(column)) for column in range(len(heading.cells))]
    entry, aspect, judge, value = (
        _column(headings, names) for names in (_ENTRY, _ASPECT, _JUDGE, _VALUE)
    )
    if -1 in (entry, aspect, value):
        raise RuleBroken("marks-no-heading", file=book.file)
    return _Columns(entry=entry, aspect=aspect, value=value, judge=judge)


def _column(headings: Sequence[str], names: set[str]) -> int:
    return next((n for n, heading in enumerate(headings) if heading in names), -1)


def _mark(book: Workbook, sheet: Sheet, columns: _Columns, row: Row) -> KeyedMark:
    for code, column in (
        ("marks-entry-missing", columns.entry),
        ("marks-aspect-missing", columns.aspect),
        ("marks-value-missing", columns.value),
    ):
        letter = column_letter(column)
        if f"{letter}{row.number}" in sheet.unfilled:
            raise RuleBroken(
                "marks-cell-without-result", file=book.file, cell=f"{letter}{row.number}"
            )
        if not row.text(column):
            raise RuleBroken(code, file=book.file, row=row.number, column=letter)
    value = row.text(columns.value)
    return KeyedMark(
        row=row.number,
        entry=row.text(columns.entry),
        aspect=row.text(columns.aspect),
        judge=row.text(columns.judge),
        value=value.replace(",", ".") if _DECIMAL_COMMA.fullmatch(value) else value,
    )
