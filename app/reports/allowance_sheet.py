"""The sheet by which star allowances are paid out (星级津贴发放表): who, how much, and received."""

from __future__ import annotations

from dataclasses import dataclass

from app.reports.layout import Flow
from app.reports.paper import Heading, Imprint, Signature, Target
from app.reports.printing import print_pages
from app.reports.tables import Column, table
from app.words import Words

FIELDS = ("place", "name", "unit", "star", "allowance", "months", "sum", "received")
NUMBERS = frozenset({"place", "allowance", "months", "sum"})
_WRAPPING = frozenset({"name", "unit", "star"})
_ROOM_TO_SIGN = 90.0
_ROW_HEIGHT = 24.0


@dataclass(frozen=True, slots=True)
class AllowanceRow:
    """One person, every value as the text that is printed; ``months`` is empty where it is once.

    ``received`` stays empty, to be signed.
    """

    place: str
    name: str
    unit: str
    star: str
    allowance: str
    months: str
    sum: str
    received: str = ""


@dataclass(frozen=True, slots=True)
class AllowanceSheet:
    """The whole sheet; ``total`` is the last row, over all people."""

    heading: Heading
    imprint: Imprint
    rows: tuple[AllowanceRow, ...]
    total: AllowanceRow
    notes: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()

    @property
    def lines(self) -> list[tuple[str, ...]]:
        """Every row, the total last, in the columns of ``FIELDS``."""
        return [tuple(getattr(row, name) for name in FIELDS) for row in (*self.rows, self.total)]


def write_allowance_sheet(content: AllowanceSheet, words: Words, target: Target) -> int:
    """Print the sheet; returns the number of pages. Raises ``RuleBroken`` for a missing glyph."""
    columns = [
        Column(
            words.say(f"allowances.{name}"),
            "right" if name in NUMBERS else "left",
            wraps=name in _WRAPPING,
            is_name=name == "name",
            room=_ROOM_TO_SIGN if name == "received" else 0.0,
            names_item=name == "place",
        )
        for name in FIELDS
    ]
    flow = Flow(content.heading, content.imprint, words, landscape=True)
    flow.title(words.say("allowances.title"), content.heading.event)
    last = len(content.rows)
    table(flow, columns, content.lines, box_height=_ROW_HEIGHT, kept_rows={last - 1})
    for note in content.notes:
        flow.paragraph(note, size=9.5)
    flow.signatures(content.signatures)
    title = f"{words.say('allowances.title')} · {content.heading.event}"
    return print_pages(flow.finish(), target, title=title, language=words.language)
