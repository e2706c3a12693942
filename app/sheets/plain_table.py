"""Writes a table that is to be read by an importer: headings, then texts, and nothing else."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from app.domain.errors import RuleBroken
from app.sheets.whole_files import write_whole

_FORMULA_SIGNS = ("=", "+", "-", "@")


def write_plain_table(
    target: Path, title: str, headings: Sequence[str], lines: Sequence[Sequence[str]]
) -> None:
    """Write .csv or .xlsx; an existing file is replaced only by a whole new one."""
    match target.suffix.lower():
        case ".csv":
            write_whole(target, _csv(headings, lines))
        case ".xlsx":
            write_whole(target, _xlsx(title, headings, lines))
        case _:
            raise RuleBroken("table-form-unknown", file=target.name)


def _csv(headings: Sequence[str], lines: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(headings)
    # A spreadsheet must not take a name for a formula.
    writer.writerows([_plain(cell) for cell in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_SIGNS) else cell


def _xlsx(title: str, headings: Sequence[str], lines: Sequence[Sequence[str]]) -> bytes:
    import xlsxwriter

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet(title)
        bold = book.add_format({"bold": True})
        # Or a typed 14:30 becomes a time of day, 3-1 a date and 01 a 1.
        text = book.add_format({"num_format": "@"})
        sheet.set_column(0, len(headings) - 1, None, text)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, bold)
        for row, line in enumerate(lines, start=1):
            for column, cell in enumerate(line):
                # Document numbers have more digits than a workbook's number can hold.
                sheet.write_string(row, column, cell, text)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return made.getvalue()
