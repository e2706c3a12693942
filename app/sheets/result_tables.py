"""Writes a published result as a workbook to calculate with or to pass on.

Everything comes in as the text that was published. A mark is written as a real number shown with
the published places: a decimal of up to fifteen digits survives the workbook's binary number and
reads back as the same decimal, which is checked for each one, and whatever would not is written as
text. Text is always written as text, so a name that begins with ``=`` is a name and no formula.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.sheets.whole_files import write_whole
from app.words import Words

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_DECIMAL = re.compile(r"-?\d{1,11}(?:\.(\d{1,4}))?", re.ASCII)
A4 = 9
"""The number workbooks have for the paper."""
_WIDE_FROM_MODULES = 5
_OPTIONAL = ("scaled", "medal", "star", "decided", "penalties")
_WIDEST = 48
_NARROWEST = 8


@dataclass(frozen=True, slots=True)
class ResultsTableRow:
    """One entry as published; ``modules`` in the order of the table's, ``why`` is optional."""

    rank: str
    entry: str
    name: str
    unit: str
    modules: tuple[str, ...]
    total: str
    award: str = ""
    state: str = ""
    why: str = ""
    components: tuple[str, ...] = ()
    penalties: str = ""
    decided: str = ""
    scaled: str = ""
    medal: str = ""
    star: str = ""
    division: str = ""


@dataclass(frozen=True, slots=True)
class ResultsTable:
    """A published result. ``modules`` and ``components`` are the headings of those columns.

    The other columns beside rank, marks, award and state are there when any row fills them.

    ``published`` is shown as it is; ``made`` is the moment that goes into the
    file's properties.
    """

    competition: str
    event: str
    status: str
    revision: str
    published: str
    made: dt.datetime
    result_hash: str
    rules_hash: str
    modules: tuple[str, ...]
    rows: tuple[ResultsTableRow, ...]
    components: tuple[str, ...] = ()


def write_results_xlsx(table: ResultsTable, target: Path, words: Words) -> None:
    """Write the workbook; an existing file is replaced only by a whole new one.

    A second sheet says why each entry stands where it does, when any row knows. Raises ``Problem``
    when the file cannot be written.
    """
    write_whole(target, results_xlsx(table, words))


def results_xlsx(table: ResultsTable, words: Words) -> bytes:
    """The workbook as bytes; the same table gives the same bytes."""
    import xlsxwriter

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.set_properties(
            {
                "title": table.event,
                "subject": table.competition,
                "created": table.made.astimezone(dt.UTC),
            }
        )
        _write_results(book, table, words)
        if any(row.why for row in table.rows):
            _write_reasons(book, table, words)
    return made.getvalue()


def _write_results(book: Workbook, table: ResultsTable, words: Words) -> None:
    sheet = book.add_worksheet(words.say("sheets.results_sheet"))
    imprint = (
        ("sheets.results_competition", table.competition),
        ("sheets.results_event", table.event),
        ("sheets.results_status", table.status),
        ("sheets.results_revision", table.revision),
        ("sheets.results_published", table.published),
        ("sheets.results_hash", table.result_hash),
        ("sheets.results_rules_hash", table.rules_hash),
    )
    label = book.add_format({"bold": True})
    for line, (key, text) in enumerate(imprint):
        sheet.write_string(line, 0, words.say(key), label)
        sheet.write_string(line, 1, text)
    shown = [name for name in _OPTIONAL if any(getattr(row, name) for row in table.rows)]
    is_divided = any(row.division for row in table.rows)
    before = ["division"] if is_divided else []
    headings = (
        *(
            words.say(f"sheets.results_{name}")
            for name in (*before, "rank", "entry", "name", "unit")
        ),
        *table.modules,
        *table.components,
        words.say("sheets.results_total"),
        words.say("sheets.results_award"),
        *(words.say(f"sheets.results_{name}") for name in shown),
        words.say("sheets.results_state"),
    )
    lines = [
        (
            *(getattr(row, name) for name in before),
            *(row.rank, row.entry, row.name, row.unit),
            *(*row.modules, *row.components, row.total, row.award),
            *(getattr(row, name) for name in shown),
            row.state,
        )
        for row in table.rows
    ]
    first = len(before)
    total = first + 4 + len(table.modules) + len(table.components)
    numbers = {first, *range(first + 4, total + 1)}
    if "scaled" in shown:
        numbers.add(total + 2 + shown.index("scaled"))
    write_table(book, sheet, len(imprint) + 1, headings, lines, numbers=numbers)
    if len(table.modules) + len(table.components) >= _WIDE_FROM_MODULES:
        sheet.set_landscape()
    _set_up_print(sheet, len(imprint) + 1, table, words)


def _write_reasons(book: Workbook, table: ResultsTable, words: Words) -> None:
    sheet = book.add_worksheet(words.say("sheets.results_why_sheet"))
    headings = (
        words.say("sheets.results_rank"),
        words.say("sheets.results_entry"),
        words.say("sheets.results_why"),
    )
    lines = [(row.rank, row.entry, row.why) for row in table.rows]
    write_table(book, sheet, 0, headings, lines, numbers={0})
    _set_up_print(sheet, 0, table, words)


def write_table(
    book: Workbook,
    sheet: Worksheet,
    top: int,
    headings: Sequence[str],
    lines: Sequence[Sequence[str]],
    *,
    numbers: set[int],
) -> None:
    """A table with its headings in row ``top``; columns in ``numbers`` become real numbers."""
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    shown: dict[int, Any] = {}
    for column, text in enumerate(headings):
        sheet.write_string(top, column, text, heading)
    for line, texts in enumerate(lines, start=top + 1):
        for column, text in enumerate(texts):
            places = _places(text) if column in numbers else None
            if places is None:
                sheet.write_string(line, column, text, wrapped)
                continue
            if places not in shown:
                shape = "0." + "0" * places if places else "0"
                shown[places] = book.add_format({"num_format": shape, "valign": "top"})
            sheet.write_number(line, column, float(text), shown[places])
    for column, text in enumerate(headings):
        widest = max([_width(text), *(_width(texts[column]) for texts in lines)])
        sheet.set_column(column, column, min(_WIDEST, max(_NARROWEST, widest + 2)))
    sheet.freeze_panes(top + 1, 0)


def _places(text: str) -> int | None:
    """The decimal places of a number that the workbook gives back unchanged, else ``None``."""
    found = _DECIMAL.fullmatch(text)
    if found is None or Decimal(repr(float(text))) != Decimal(text):
        return None
    return len(found.group(1) or "")


def _width(text: str) -> int:
    """Columns a text takes: a Chinese character is two wide."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _set_up_print(sheet: Worksheet, top: int, table: ResultsTable, words: Words) -> None:
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    # An ampersand begins a code in a header or footer.
    sheet.set_header(f"&L{table.event.replace('&', '&&')}&R{table.status.replace('&', '&&')}")
    sheet.set_footer(f"&L{table.result_hash}&R{words.say('sheets.results_page')}")
