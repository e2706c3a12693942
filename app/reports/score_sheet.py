"""Hand mark sheets (评分表), blank or filled: one work code a page, nobody's name on a blind one.

The code at the top is the sheet's id, so that a scanner opens the same sheet on the screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.reports.fonts import text_width
from app.reports.layout import Flow
from app.reports.marks import GREY, MM, Code, Page, Text
from app.reports.paper import Heading, Imprint, Signature, Target
from app.reports.printing import print_papers
from app.reports.tables import Column, table
from app.words import Words

CODE_SIZE = 20 * MM
WRITING_HEIGHT = 9 * MM
JUDGES_UPRIGHT = 5
"""A larger panel needs the paper lengthwise."""


@dataclass(frozen=True, slots=True)
class MeasurementLine:
    """An aspect that is measured (测量): the judges agree on one result.

    ``rules`` say what may be written and what it earns. A line without an ``aspect`` is one of
    several values that the aspect above it is made of: a fault, a part, a watch.
    """

    aspect: str
    text: str
    requirement: str
    maximum: str
    result: str = ""
    mark: str = ""
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgementLine:
    """An aspect that is judged (评判): one score a judge.

    ``descriptors`` are the benchmarks with their scores in front, such as ``"0  Below standard"``;
    ``scores`` is empty on a blank sheet for all judges, else one text a judge.
    """

    aspect: str
    text: str
    maximum: str
    descriptors: tuple[str, ...] = ()
    scores: tuple[str, ...] = ()
    mark: str = ""
    rules: tuple[str, ...] = ()
    requirement: str = ""


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """One work's sheet for one sub-criterion or module; ``judges`` head the judgement columns.

    ``work`` is the number of the work and ``work_is`` what kind of number that is: a work code, or
    in an open module the entry number.
    """

    heading: Heading
    imprint: Imprint
    sheet_id: str
    module: str
    part: str
    work_is: str
    work: str
    judges: tuple[str, ...]
    measured: tuple[MeasurementLine, ...] = ()
    judged: tuple[JudgementLine, ...] = ()
    signatures: tuple[Signature, ...] = ()


def write_score_sheets(sheets: Sequence[ScoreSheet], words: Words, target: Target) -> int:
    """Print the sheets, each beginning and numbering its own pages; returns all pages."""
    title = words.say("reports.sheet_title")
    return print_papers(
        sheets, lambda one: _pages(one, words), target, title=title, language=words.language
    )


def _pages(sheet: ScoreSheet, words: Words) -> tuple[Page, ...]:
    is_wide = bool(sheet.judged) and len(sheet.judges) > JUDGES_UPRIGHT
    flow = Flow(sheet.heading, sheet.imprint, words, landscape=is_wide)
    _top(flow, sheet)
    if sheet.judged:
        if not sheet.measured:
            flow.close_with(sheet.signatures)
        _judged(flow, sheet)
    if sheet.measured:
        flow.close_with(sheet.signatures)
        _measured(flow, sheet)
    flow.signatures(sheet.signatures)
    return flow.finish()


def _top(flow: Flow, sheet: ScoreSheet) -> None:
    """The work code large enough to read across a table, the sheet's code beside it."""
    say = flow.words.say
    top = flow.y
    right = flow.right
    flow.add(Code(right - CODE_SIZE, top, CODE_SIZE, sheet.sheet_id))
    width = text_width(sheet.sheet_id, 7)
    flow.add(Text(right - max(width, CODE_SIZE), top + CODE_SIZE + 9, sheet.sheet_id, 7, GREY))
    flow.add(Text(flow.left, top + 14, say("reports.sheet_title"), 16, bold=True))
    flow.add(Text(flow.left, top + 33, sheet.module, 11))
    flow.add(Text(flow.left, top + 49, sheet.part, 11, GREY))
    middle = flow.left + flow.inner * 0.56
    flow.add(Text(middle, top + 10, sheet.work_is, 9.5, GREY))
    flow.add(Text(middle, top + 46, sheet.work, 36, bold=True, about=sheet.sheet_id))
    flow.y = top + CODE_SIZE + 7 * MM


def _measured(flow: Flow, sheet: ScoreSheet) -> None:
    say = flow.words.say
    asks = any(line.requirement for line in sheet.measured)
    columns = [
        Column(say("reports.aspect"), names_item=True),
        Column(say("reports.what"), wraps=True),
        *([Column(say("reports.requirement"), wraps=True)] if asks else []),
        Column(say("reports.maximum"), "right"),
        Column(say("reports.measured"), "right", room=24 * MM),
        Column(say("reports.mark"), "right", room=20 * MM),
    ]
    rows = [
        (
            line.aspect,
            "\n".join((line.text, *line.rules)),
            *([line.requirement] if asks else []),
            line.maximum,
            line.result,
            line.mark,
        )
        for line in sheet.measured
    ]
    parts = [not line.aspect for line in sheet.measured]
    kept = {number for number, has_parts in enumerate(parts[1:]) if has_parts and not parts[number]}
    title = say("reports.measurement")
    table(flow, columns, rows, title=title, box_height=WRITING_HEIGHT, kept_rows=kept)


def _judged(flow: Flow, sheet: ScoreSheet) -> None:
    say = flow.words.say
    columns = [
        Column(say("reports.aspect"), names_item=True),
        Column(say("reports.what_and_descriptors"), wraps=True),
        Column(say("reports.maximum"), "right"),
        *(Column(judge, "centre", room=15 * MM) for judge in sheet.judges),
    ]
    has_marks = any(line.mark for line in sheet.judged)
    if has_marks:
        columns.append(Column(say("reports.mark"), "right"))
    blank = ("",) * len(sheet.judges)
    rows = [
        (
            line.aspect,
            "\n".join(filter(None, (line.text, line.requirement, *line.descriptors, *line.rules))),
            line.maximum,
            *(line.scores or blank),
            *((line.mark,) if has_marks else ()),
        )
        for line in sheet.judged
    ]
    title = say("reports.judgement")
    table(flow, columns, rows, title=title, box_height=WRITING_HEIGHT)
