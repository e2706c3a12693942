"""Mark summary forms (成绩汇总表): one entry, every sub-criterion with its mark, to be signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.reports.layout import Flow
from app.reports.marks import Page
from app.reports.paper import Heading, Imprint, Signature, Target
from app.reports.printing import print_papers
from app.reports.tables import STRONG, Column, table
from app.words import Words


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """A module, component or total where ``is_sum``, else a sub-criterion below its module."""

    id: str
    name: str
    day: str
    maximum: str
    mark: str
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class MarkSummary:
    """One entry's form; ``facts`` are label and text: number, name, unit, state, rank."""

    heading: Heading
    imprint: Imprint
    entry: str
    facts: tuple[tuple[str, str], ...]
    lines: tuple[SummaryLine, ...]
    signatures: tuple[Signature, ...] = ()


def write_mark_summaries(summaries: Sequence[MarkSummary], words: Words, target: Target) -> int:
    """Print the forms, each numbering its own pages; returns all pages."""
    title = words.say("mark_sheets.summary-title")
    return print_papers(
        summaries, lambda one: _pages(one, words), target, title=title, language=words.language
    )


def _pages(summary: MarkSummary, words: Words) -> tuple[Page, ...]:
    say = words.say
    flow = Flow(summary.heading, summary.imprint, words)
    flow.title(say("mark_sheets.summary-title"), summary.heading.event)
    flow.facts(list(summary.facts))
    has_days = len({line.day for line in summary.lines if line.day}) > 1
    columns = [
        Column(say("mark_sheets.summary-part"), names_item=True),
        Column(say("mark_sheets.summary-name"), wraps=True),
        *([Column(say("mark_sheets.summary-day"), "centre")] if has_days else []),
        Column(say("reports.maximum"), "right"),
        Column(say("reports.mark"), "right"),
    ]
    rows = [
        (line.id, line.name, *([line.day] if has_days else []), line.maximum, line.mark)
        for line in summary.lines
    ]
    sums = {number for number, line in enumerate(summary.lines) if line.is_sum}
    flow.close_with(summary.signatures)
    table(flow, columns, rows, kept_rows=sums, looks=dict.fromkeys(sums, STRONG))
    flow.signatures(summary.signatures)
    return flow.finish()
