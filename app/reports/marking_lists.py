"""Two working lists of marking: what is not entered yet, and where judging broke its rules.

Works stand under the numbers judges know them by; an empty list says that nothing is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from app.reports.layout import Flow
from app.reports.paper import Target
from app.reports.printing import print_pages
from app.reports.signed_list import SignedList
from app.reports.tables import Column, Row, table
from app.words import Words


@dataclass(frozen=True, slots=True)
class MissingLine:
    """One sheet of one work that is not full: how many marks, and of which aspects."""

    module: str
    work: str
    sheet: str
    count: str
    aspects: str


MissingMarks: TypeAlias = SignedList[MissingLine]
"""The missing marks list (漏评清单) of one or all modules."""


@dataclass(frozen=True, slots=True)
class ViolationLine:
    """One aspect of one work whose scores do not keep the rules; ``finding`` says how."""

    work: str
    aspect: str
    text: str
    scores: str
    finding: str


Violations: TypeAlias = SignedList[ViolationLine]
"""The judgement rule violations (评判违规清单) of one or all modules."""


def write_missing_marks(content: MissingMarks, words: Words, target: Target) -> int:
    """Print the list; returns the number of pages."""
    say = words.say
    columns = [
        Column(say("mark_sheets.missing-module")),
        Column(say("mark_sheets.missing-work"), names_item=True),
        Column(say("mark_sheets.missing-sheet")),
        Column(say("mark_sheets.missing-count"), "right"),
        Column(say("mark_sheets.missing-aspects"), wraps=True),
    ]
    rows: list[Row] = [
        (one.module, one.work, one.sheet, one.count, one.aspects) for one in content.rows
    ]
    return _write(content, ("missing", columns, rows), words, target)


def write_violations(content: Violations, words: Words, target: Target) -> int:
    """Print the list; returns the number of pages."""
    say = words.say
    columns = [
        Column(say("mark_sheets.missing-work"), names_item=True),
        Column(say("reports.aspect")),
        Column(say("reports.what"), wraps=True),
        Column(say("mark_sheets.violations-scores"), wraps=True),
        Column(say("mark_sheets.violations-finding"), wraps=True),
    ]
    rows: list[Row] = [
        (one.work, one.aspect, one.text, one.scores, one.finding) for one in content.rows
    ]
    return _write(content, ("violations", columns, rows), words, target)


def _write(
    content: MissingMarks | Violations,
    listed: tuple[str, list[Column], list[Row]],
    words: Words,
    target: Target,
) -> int:
    name, columns, rows = listed
    flow = Flow(content.heading, content.imprint, words)
    title = words.say(f"mark_sheets.{name}-title")
    flow.title(title, content.heading.event)
    if rows:
        flow.close_with(content.signatures)
        table(flow, columns, rows)
    else:
        flow.paragraph(words.say(f"mark_sheets.{name}-none"))
    flow.signatures(content.signatures)
    whole = f"{title} · {content.heading.event}"
    return print_pages(flow.finish(), target, title=whole, language=words.language)
