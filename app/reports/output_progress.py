"""The progress of output (产量进度表): the lines of the teams against an even pace, and the counts.

Teams come in groups of as many as a chart can keep apart; each group has its chart, and below it
its counts by day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.reports.fonts import text_width
from app.reports.layout import Flow
from app.reports.marks import GREY, HAIRLINE, INK, Colour, Rule, Text
from app.reports.paper import Heading, Imprint, Signature, Target
from app.reports.printing import print_pages
from app.reports.tables import STRONG, Column, table
from app.words import Words

TEAMS_A_CHART = 8

_COLOURS: tuple[Colour, ...] = (
    (0.07, 0.35, 0.56),
    (0.80, 0.47, 0.05),
    (0.15, 0.50, 0.37),
    (0.54, 0.23, 0.53),
    (0.36, 0.43, 0.50),
    (0.72, 0.28, 0.23),
    (0.16, 0.52, 0.62),
    (0.48, 0.42, 0.12),
)
_HEIGHT, _LABEL_SIZE, _LABEL_ROOM = 190.0, 8.5, 62.0
_AXIS_ROOM = 34.0
_DASH, _GAP = 5.0, 4.0
_HEAD_ROOM, _ROW_ROOM, _UNPARTED = 60.0, 21.0, 12


@dataclass(frozen=True, slots=True)
class Curve:
    """A team's line: what it has put out by the end of each day counted, its label, and its even
    pace where it has a target of its own."""

    label: str
    done: tuple[float, ...]
    target: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class TeamGroup:
    """Teams that share a chart: their lines, the names above the columns, and a row a day."""

    curves: tuple[Curve, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PeriodTable:
    """How far every team is in one period, as text."""

    title: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ProgressPaper:
    """``days`` are all days of the chart, ``ticks`` the levels named at its side, the last being
    its top; ``target`` is the even pace to the target for all, by the end of each day."""

    heading: Heading
    imprint: Imprint
    period: str
    figures: tuple[tuple[str, str], ...]
    headings: tuple[tuple[str, bool], ...]
    periods: tuple[PeriodTable, ...]
    note: str
    days: tuple[str, ...]
    ticks: tuple[int, ...]
    target: tuple[float, ...]
    groups: tuple[TeamGroup, ...]
    signatures: tuple[Signature, ...] = ()


def write_output_progress(paper: ProgressPaper, words: Words, target: Target) -> int:
    """Print the paper; returns the number of pages. Raises ``RuleBroken`` for a missing glyph."""
    say = words.say
    flow = Flow(paper.heading, paper.imprint, words)
    flow.title(say("output.paper_title"), paper.period)
    flow.facts(list(paper.figures))
    for group in paper.groups:
        flow.section(say("output.chart"), keep=_HEIGHT + 40)
        _chart(flow, paper, group.curves, say("output.chart_target"))
    columns = [
        Column(heading, "right" if is_number else "left", wraps=not is_number)
        for heading, is_number in paper.headings
    ]
    for one in paper.periods:
        flow.section(one.title, keep=_together(one.rows))
        table(flow, columns, one.rows)
    flow.paragraph(paper.note, size=8.5, colour=GREY)
    counted = [group for group in paper.groups if group.rows]
    for group in counted:
        flow.section(say("output.paper_days"))
        heads = [Column(say("output.day"))]
        heads += [Column(heading, "right", wraps=True) for heading in group.headings]
        if group is counted[-1]:
            flow.close_with(paper.signatures)
        table(flow, heads, group.rows, looks={len(group.rows) - 1: STRONG})
    flow.signatures(paper.signatures)
    title = f"{say('output.paper_title')} · {paper.heading.event}"
    return print_pages(flow.finish(), target, title=title, language=words.language)


def _together(rows: Sequence[object]) -> float:
    """Room for a heading with its whole table, where that is short enough not to be parted."""
    return _HEAD_ROOM + _ROW_ROOM * (len(rows) if len(rows) <= _UNPARTED else 1)


def _chart(flow: Flow, paper: ProgressPaper, curves: Sequence[Curve], pace: str) -> None:
    """The lines from the left edge, where nothing was done yet, to their labels at the right."""
    flow.y += 8
    left, right = flow.left + _AXIS_ROOM, flow.right - _LABEL_ROOM
    top, bottom = flow.y, flow.y + _HEIGHT
    most = max(paper.ticks[-1], 1)
    step = (right - left) / len(paper.days)

    def across(day: int) -> float:
        return left + step * (day + 1)

    def down(done: float) -> float:
        return bottom - (bottom - top) * min(done / most, 1.0)

    for tick in paper.ticks:
        flow.add(Rule(left, down(tick), right, down(tick), 0.4, HAIRLINE))
        flow.text_right(f"{tick:,}", left - 5, down(tick) + 3, _LABEL_SIZE, colour=GREY)
    _days(flow, paper.days, across, bottom)

    def dashed(target: Sequence[float], colour: Colour) -> None:
        dashes = [(left, bottom), *((across(n), down(one)) for n, one in enumerate(target))]
        _dashed(flow, dashes, colour)

    dashed(paper.target, INK)
    ends = []
    for curve, colour in zip(curves, _COLOURS, strict=False):
        if curve.target:
            dashed(curve.target, colour)
        line = [(left, bottom), *((across(n), down(one)) for n, one in enumerate(curve.done))]
        for (x1, y1), (x2, y2) in pairwise(line):
            flow.add(Rule(x1, y1, x2, y2, 1.4, colour))
        ends.append((line[-1][1], curve.label, colour, line[-1][0]))
    _labels(flow, ends, right, bottom)
    flow.y = bottom + 14
    flow.add(Text(left, flow.y + 10, f"– – –  {pace}", _LABEL_SIZE, GREY))
    flow.y += 16


def _days(flow: Flow, days: Sequence[str], across: Callable[[int], float], bottom: float) -> None:
    """Month and day below the line, as many as there is room for."""
    width = text_width("00-00", _LABEL_SIZE) + 10
    every = max(1, int(width / (across(1) - across(0))) + 1)
    for place in range(every - 1, len(days), every):
        flow.add(Rule(across(place), bottom, across(place), bottom + 3, 0.5, GREY))
        flow.text_centred(days[place][5:], across(place), bottom + 12, _LABEL_SIZE, colour=GREY)
    flow.add(Rule(across(-1), bottom, across(len(days) - 1), bottom, 0.8, INK))


def _dashed(flow: Flow, points: Sequence[tuple[float, float]], colour: Colour) -> None:
    """One dash after the other along straight pieces; a dash never turns a corner."""
    for (x1, y1), (x2, y2) in pairwise(points):
        length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
        at = 0.0
        while at < length:
            end = min(at + _DASH, length)
            flow.add(
                Rule(
                    x1 + (x2 - x1) * at / length,
                    y1 + (y2 - y1) * at / length,
                    x1 + (x2 - x1) * end / length,
                    y1 + (y2 - y1) * end / length,
                    1.0,
                    colour,
                )
            )
            at = end + _GAP


def _labels(
    flow: Flow, ends: Sequence[tuple[float, str, Colour, float]], right: float, bottom: float
) -> None:
    """Labels beside the ends of the lines, moved apart so that none covers another."""
    lowest = bottom
    for y, label, colour, x in sorted(ends, reverse=True, key=lambda end: end[0]):
        place = min(y + 3, lowest)
        lowest = place - _LABEL_SIZE - 1.5
        if x < right - 1:
            flow.add(Rule(x, y, right + 2, place - 3, 0.4, HAIRLINE))
        flow.add(Text(right + 5, place, label, _LABEL_SIZE, colour, bold=True))
