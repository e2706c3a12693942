"""The signed-result list (成绩单): what is posted in the hall and signed by three people.

The absent, withdrawn and disqualified have no rank: they stand in a list of their own, with why.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from app.reports.layout import SIDE, Flow
from app.reports.marks import A4_WIDTH
from app.reports.paper import Heading, Imprint, Signature, Target
from app.reports.printing import print_pages
from app.reports.tables import Column, Row, fit_columns, table
from app.words import Words

WIDE_FROM_MODULES = 6
_OPTIONAL = ("award", "scaled", "medal", "star", "decided", "penalties", "state")
_SCALED_ROOM = 70.0
"""Its heading says that it is an approximation, on one line."""
_WRAPPED = frozenset({"star", "decided", "penalties", "state"})


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One entry as published: every value is the text that is printed, ``""`` prints as a dash."""

    rank: str
    entry: str
    name: str
    unit: str
    modules: tuple[str, ...]
    total: str
    award: str = ""
    state: str = ""
    components: tuple[str, ...] = ()
    penalties: str = ""
    decided: str = ""
    scaled: str = ""
    medal: str = ""
    star: str = ""
    division: str = ""


@dataclass(frozen=True, slots=True)
class ResultsList:
    """A whole result; ``modules`` and ``components`` are the titles of those columns, in order.

    Columns in which no row says anything are left out. The rows of a division follow each other.
    """

    heading: Heading
    imprint: Imprint
    modules: tuple[str, ...]
    ranked: tuple[ResultRow, ...]
    apart: tuple[ResultRow, ...] = ()
    signatures: tuple[Signature, ...] = ()
    note: str = ""
    components: tuple[str, ...] = ()


def write_results_list(content: ResultsList, words: Words, target: Target) -> int:
    """Print the list; returns the number of pages. Raises ``RuleBroken`` for a missing glyph."""
    columns, rows = _ranked(content, words)
    is_wide = (
        len(content.modules) + len(content.components) >= WIDE_FROM_MODULES
        or fit_columns(columns, rows, A4_WIDTH - 2 * SIDE).is_crowded
    )
    flow = Flow(content.heading, content.imprint, words, landscape=is_wide)
    flow.title(words.say("reports.results_title"), content.heading.event)
    listed = zip(content.ranked, rows, strict=True)
    divisions = [(name, [row for _, row in own]) for name, own in groupby(listed, _division)]
    for division, own in divisions or [("", [])]:
        if division:
            flow.section(division)
        table(flow, columns, own, fitted_to=rows)
    if content.apart:
        _apart(flow, content)
    if content.note:
        flow.paragraph(content.note, size=9.5)
    flow.signatures(content.signatures)
    title = f"{words.say('reports.results_title')} · {content.heading.event}"
    return print_pages(flow.finish(), target, title=title, language=words.language)


def _ranked(content: ResultsList, words: Words) -> tuple[list[Column], list[Row]]:
    say = words.say
    shown = [name for name in _OPTIONAL if any(getattr(row, name) for row in content.ranked)]
    columns = [
        Column(say("reports.rank"), "right"),
        Column(say("reports.entry"), names_item=True),
        Column(say("reports.name"), wraps=True, is_name=True),
        Column(say("reports.unit"), wraps=True),
        *(Column(title, "right") for title in (*content.modules, *content.components)),
        Column(say("reports.total"), "right"),
        *(
            Column(
                say(f"reports.{name}"),
                "right" if name == "scaled" else "left",
                wraps=name in _WRAPPED,
                room=_SCALED_ROOM if name == "scaled" else 0.0,
            )
            for name in shown
        ),
    ]
    rows: list[Row] = [
        (
            row.rank,
            row.entry,
            row.name,
            row.unit,
            *(mark or "—" for mark in (*row.modules, *row.components)),
            row.total or "—",
            *(getattr(row, name) for name in shown),
        )
        for row in content.ranked
    ]
    return columns, rows


def _division(listed: tuple[ResultRow, Row]) -> str:
    return listed[0].division


def _apart(flow: Flow, content: ResultsList) -> None:
    say = flow.words.say
    flow.section(say("reports.results_apart"))
    is_divided = any(row.division for row in content.apart)
    columns = [
        *([Column(say("reports.division"))] if is_divided else []),
        Column(say("reports.entry"), names_item=True),
        Column(say("reports.name"), wraps=True, is_name=True),
        Column(say("reports.unit"), wraps=True),
        Column(say("reports.state"), wraps=True),
    ]
    rows = [
        (*([row.division] if is_divided else []), row.entry, row.name, row.unit, row.state)
        for row in content.apart
    ]
    table(flow, columns, rows)
