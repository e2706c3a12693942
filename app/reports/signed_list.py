"""A list to be signed: who it is about, row by row, with a column for whatever any row says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.reports.layout import Flow
from app.reports.paper import Heading, Imprint, Signature, Target
from app.reports.printing import print_pages
from app.reports.tables import Column, table
from app.words import Words

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class SignedList(Generic[Row]):
    """The whole list; every value of a row is the text that is printed.

    To be made by this name: Python 3.11 cannot make a frozen class with slots by an alias of it.
    """

    heading: Heading
    imprint: Imprint
    rows: tuple[Row, ...]
    signatures: tuple[Signature, ...] = ()
    notes: tuple[str, ...] = ()


def who_columns(words: Words) -> dict[str, Column]:
    """The columns that say who stands in a row, and where."""
    say = words.say
    return {
        "division": Column(say("nominations.division")),
        "rank": Column(say("nominations.rank"), "right"),
        "entry": Column(say("nominations.entry"), names_item=True),
        "name": Column(say("nominations.name"), wraps=True, is_name=True),
        "unit": Column(say("nominations.unit"), wraps=True),
    }


def write_signed_list(
    content: SignedList[Row],
    title: str,
    columns: Mapping[str, Column],
    words: Words,
    target: Target,
    *,
    landscape: bool = False,
) -> int:
    """Print the list; returns the number of pages. Raises ``RuleBroken`` for a missing glyph.

    ``columns`` are by the field of a row that they show; those in which no row says anything are
    left out.
    """
    shown = [name for name in columns if any(getattr(row, name) for row in content.rows)]
    flow = Flow(content.heading, content.imprint, words, landscape=landscape)
    flow.title(title, content.heading.event)
    table(
        flow,
        [columns[name] for name in shown],
        [[getattr(row, name) for name in shown] for row in content.rows],
    )
    for note in content.notes:
        flow.paragraph(note, size=9.5)
    flow.signatures(content.signatures)
    document = f"{title} · {content.heading.event}"
    return print_pages(flow.finish(), target, title=document, language=words.language)
