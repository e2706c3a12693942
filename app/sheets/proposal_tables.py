"""Writes the ranking of proposals in a period as a workbook.

Everything comes in as finished text; a whole number or plain decimal is written as a number.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.sheets.whole_files import write_whole
from app.words import Words

_NUMBER = re.compile(r"-?\d{1,11}(?:\.\d{1,4})?", re.ASCII)
_WIDTH = 16


@dataclass(frozen=True, slots=True)
class RankingTable:
    """A period's ranking: ``figures`` and ``benefit`` above, then headings and lines.

    ``numbers`` are the columns of the lines that hold numbers.
    """

    title: str
    figures: tuple[tuple[str, ...], ...]
    headings: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    numbers: frozenset[int]


def write_ranking_xlsx(table: RankingTable, target: Path, words: Words) -> None:
    """Write the workbook; an existing file is replaced only by a whole new one."""
    write_whole(target, ranking_xlsx(table, words))


def ranking_xlsx(table: RankingTable, words: Words) -> bytes:
    """The workbook as bytes."""
    import xlsxwriter

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet(words.say("proposals.ranking"))
        bold = book.add_format({"bold": True})
        sheet.write_string(0, 0, table.title, bold)
        rows: list[Sequence[str]] = [*table.figures, (), table.headings]
        for line, texts in enumerate(rows, start=1):
            for column, text in enumerate(texts):
                shape = bold if column == 0 or texts is table.headings else None
                sheet.write_string(line, column, text, shape)
        top = 1 + len(rows)
        for line, texts in enumerate(table.lines, start=top):
            for column, text in enumerate(texts):
                if column in table.numbers and _NUMBER.fullmatch(text):
                    sheet.write_number(line, column, float(text))
                else:
                    sheet.write_string(line, column, text)
        sheet.set_column(0, max(len(table.headings) - 1, 0), _WIDTH)
        sheet.freeze_panes(top, 0)
    return made.getvalue()
