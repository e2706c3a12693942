"""Cells of a table that was keyed by hand: which column is what, and what was typed into it.

What could be two numbers, ``1,000`` or a time cell of 14:30, is refused.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from app.domain.errors import RuleBroken
from app.sheets.cells import Row, Sheet, Workbook, column_letter, loosely, may_be_thousands
from app.sheets.workbook import refuse_several

ENTRY = {
    "entry", "entry no", "entry no.", "entry number", "work code",
    "参赛编号", "参赛号", "编号", "加密号", "作品号",
}  # fmt: skip
BESIDE = {
    "no", "no.", "name", "unit", "team", "total", "sum", "note", "seat",
    "序号", "姓名", "单位", "队伍", "代表队", "参赛队", "班组", "赛位", "合计", "总分", "备注",
}  # fmt: skip
_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)


def keyed_table(book: Workbook, code: str) -> tuple[Sheet, Row, list[Row]]:
    """The one sheet whose first row names an entry column, that row, and the rows below it.

    Raises ``RuleBroken``, with ``code`` where no sheet has one.
    """
    headings = [
        (sheet, heading)
        for sheet in book.sheets
        if (heading := next((row for row in sheet.rows if not row.is_blank), None))
    ]
    tables = [table for table in headings if not ENTRY.isdisjoint(headings_of(table[1]))]
    if not tables:
        raise RuleBroken(code, file=book.file)
    refuse_several(book, [sheet for sheet, _ in tables])
    sheet, heading = tables[0]
    return sheet, heading, [row for row in sheet.rows[heading.number :] if not row.is_blank]


def headings_of(heading: Row) -> list[str]:
    """The names of the columns as they are compared."""
    return [loosely(heading.text(column)) for column in range(len(heading.cells))]


def column_named(book: Workbook, headings: Sequence[str], names: set[str]) -> int:
    """The column with one of these names, -1 where there is none; two of them are refused."""
    found = [n for n, heading in enumerate(headings) if heading in names]
    if len(found) > 1:
        raise heading_twice(book, found[0], found[1], headings[found[1]])
    return found[0] if found else -1


def heading_twice(book: Workbook, first: int, column: int, heading: str) -> RuleBroken:
    """Two columns that say the same."""
    return RuleBroken(
        "marks-column-twice",
        file=book.file,
        column=column_letter(column),
        first=column_letter(first),
        heading=heading[:40],
    )


def check_filled(book: Workbook, sheet: Sheet, row: Row, column: int, code: str) -> None:
    """Refuse an empty cell with ``code``."""
    check_result(book, sheet, row, column)
    if not row.text(column):
        raise RuleBroken(code, file=book.file, row=row.number, column=column_letter(column))


def check_result(book: Workbook, sheet: Sheet, row: Row, column: int) -> None:
    """Refuse a formula without a result, which looks empty, and 85 % that holds 0.85."""
    cell = f"{column_letter(column)}{row.number}"
    if cell in sheet.unfilled:
        raise RuleBroken("marks-cell-without-result", file=book.file, cell=cell)
    if cell in sheet.percents:
        raise RuleBroken("marks-cell-percent", file=book.file, cell=cell)


def typed_value(book: Workbook, row: Row, column: int) -> str:
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
