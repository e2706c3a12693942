"""Writes a list, of nominations or of a combined standing, as a workbook to be passed on.

Everything comes in as text; what was printed as a number is written as one that reads back the
same, by the rules of the result workbook.
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from pathlib import Path

from app.sheets.result_tables import A4, write_table
from app.sheets.whole_files import write_whole
from app.words import Words


@dataclass(frozen=True, slots=True)
class ListTable:
    """``facts`` stand above the table as label and text; ``numbers`` are columns of numbers."""

    title: str
    facts: tuple[tuple[str, str], ...]
    made: dt.datetime
    headings: tuple[str, ...]
    numbers: frozenset[int]
    lines: tuple[tuple[str, ...], ...]


def write_list_xlsx(table: ListTable, target: Path, words: Words) -> None:
    """Write the workbook; an existing file is replaced only by a whole new one."""
    write_whole(target, list_xlsx(table, words))


def list_xlsx(table: ListTable, words: Words) -> bytes:
    """The workbook as bytes; the same table gives the same bytes."""
    import xlsxwriter

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.set_properties({"title": table.title, "created": table.made.astimezone(dt.UTC)})
        sheet = book.add_worksheet(table.title)
        label = book.add_format({"bold": True})
        for line, (name, text) in enumerate(table.facts):
            sheet.write_string(line, 0, name, label)
            sheet.write_string(line, 1, text)
        top = len(table.facts) + 1
        write_table(book, sheet, top, table.headings, table.lines, numbers=set(table.numbers))
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(top)
        sheet.set_footer(f"&R{words.say('sheets.results_page')}")
    return made.getvalue()
