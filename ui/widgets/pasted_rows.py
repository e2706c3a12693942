"""Cells copied from a spreadsheet, laid over the rows of a list: all of them or none."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from typing import TYPE_CHECKING

from app.domain.errors import RuleBroken

if TYPE_CHECKING:
    from ui.widgets.rows_editor import EditColumn, Row


def pasted_rows(
    text: str,
    columns: Sequence[EditColumn],
    rows: Sequence[Row],
    blank: Row,
    *,
    at: tuple[int, int],
) -> list[Row]:
    """The rows with ``text`` (tabs between cells) laid over them from row and column ``at``.

    Rows that are missing are added like ``blank``, a line of headings at the top is left out, and
    a choice may be given by its word. Raises ``RuleBroken`` naming row and column.
    """
    top, left = at
    found = [cells for cells in csv.reader(StringIO(text), "excel-tab") if any(cells)]
    headings = [one.heading for one in columns[left:]]
    if found and [cell.strip() for cell in found[0]] == headings[: len(found[0])]:
        del found[0]
    changed = list(rows)
    for number, cells in enumerate(found, start=top):
        if left + len(cells) > len(columns):
            raise RuleBroken("paste-too-wide", row=number + 1, most=len(columns) - left)
        if number == len(changed):
            changed.append(blank)
        kept = changed[number]
        read = [
            _read(columns[left + place], cell.strip(), number + 1)
            for place, cell in enumerate(cells)
        ]
        changed[number] = (*kept[:left], *read, *kept[left + len(read) :])
    return changed


def _read(column: EditColumn, cell: str, row: int) -> str:
    if column.choices is None or cell in column.choices:
        return cell
    for code, word in column.choices.items():
        if word.casefold() == cell.casefold():
            return code
    raise RuleBroken("cell-unreadable", row=row, column=column.heading, value=cell[:20])
