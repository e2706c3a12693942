"""The technical review on paper (技术点评): tables and bars, nobody's identity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.reports.layout import Flow
from app.reports.marks import GREY, Band, Colour, Text
from app.reports.paper import Heading, Imprint, Target
from app.reports.printing import print_pages
from app.reports.tables import Column, table
from app.words import Words

_BAR: Colour = (0.07, 0.35, 0.56)
_LABEL_WIDTH, _BAR_HEIGHT, _LINE = 90.0, 9.0, 16.0


@dataclass(frozen=True, slots=True)
class ReviewBar:
    """One bar: what it is about, its length from 0 to 1, and what it says."""

    label: str
    part: float
    text: str


@dataclass(frozen=True, slots=True)
class ReviewTable:
    """A section: its columns (heading, holds numbers), rows as text, and a note on how to read."""

    title: str
    note: str
    columns: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class TechnicalReport:
    """The figures of one event as finished text."""

    heading: Heading
    imprint: Imprint
    facts: tuple[tuple[str, str], ...]
    bands: tuple[ReviewBar, ...]
    tables: tuple[ReviewTable, ...]


def write_technical_review(report: TechnicalReport, words: Words, target: Target) -> int:
    """Print the review; returns the number of pages."""
    say = words.say
    flow = Flow(report.heading, report.imprint, words)
    flow.title(say("technical.title"), report.heading.event)
    flow.facts(list(report.facts))
    flow.section(say("technical.report-bands"))
    _bars(flow, report.bands)
    for one in report.tables:
        if one.rows:
            flow.section(one.title)
            flow.paragraph(one.note, size=8.5, colour=GREY)
            columns = [
                Column(heading, "right" if is_number else "left", wraps=not is_number)
                for heading, is_number in one.columns
            ]
            table(flow, columns, list(one.rows))
    flow.paragraph(say("technical.report-note"), size=8.5, colour=GREY)
    title = f"{say('technical.title')} · {report.heading.event}"
    return print_pages(flow.finish(), target, title=title, language=words.language)


def _bars(flow: Flow, bars: Sequence[ReviewBar]) -> None:
    """Bars below each other, each with its text behind it."""
    room = flow.inner - _LABEL_WIDTH - 40
    flow.need(_LINE * len(bars))
    for bar in bars:
        left = flow.left + _LABEL_WIDTH
        flow.add(Text(flow.left, flow.y + _BAR_HEIGHT - 1, bar.label, 9))
        length = max(0.0, min(1.0, bar.part)) * room
        if length:
            flow.add(Band(left, flow.y, length, _BAR_HEIGHT, _BAR))
        flow.add(Text(left + length + 5, flow.y + _BAR_HEIGHT - 1, bar.text, 9))
        flow.y += _LINE
