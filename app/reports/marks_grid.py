"""Landscape forms (横向评分表): aspects down the page, many works across, blank or filled.

A form holds as many works as a page is wide; more works are more forms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.reports.layout import Flow
from app.reports.marks import MM, Page
from app.reports.paper import Heading, Imprint, Signature, Target
from app.reports.printing import print_papers
from app.reports.tables import STRONG, Column, table
from app.words import Words

WORKS_ACROSS = 12
"""The works on one form: more would leave no room to write."""

_ROOM = 13 * MM
_WRITING_HEIGHT = 8.5 * MM


@dataclass(frozen=True, slots=True)
class GridLine:
    """One aspect, or one judge's line of it; then only the first line names the aspect.

    ``cells`` holds one text a work.
    """

    aspect: str
    text: str
    maximum: str
    judge: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MarksGrid:
    """One form; ``totals`` are what each work has in the module, nothing on a blank one."""

    heading: Heading
    imprint: Imprint
    module: str
    work_is: str
    works: tuple[str, ...]
    lines: tuple[GridLine, ...]
    totals: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()


def write_marks_grids(grids: Sequence[MarksGrid], words: Words, target: Target) -> int:
    """Print the forms, each numbering its own pages; returns all pages."""
    title = words.say("mark_sheets.grid-title")
    return print_papers(
        grids, lambda one: _pages(one, words), target, title=title, language=words.language
    )


def _pages(grid: MarksGrid, words: Words) -> tuple[Page, ...]:
    say = words.say
    flow = Flow(grid.heading, grid.imprint, words, landscape=True)
    across = say("mark_sheets.grid-works", number=grid.work_is, count=len(grid.works))
    flow.title(say("mark_sheets.grid-title"), f"{grid.module} · {across}")
    has_judges = any(line.judge for line in grid.lines)
    columns = [
        Column(say("reports.aspect"), names_item=True),
        Column(say("reports.what"), wraps=True),
        Column(say("reports.maximum"), "right"),
        *([Column(say("mark_sheets.grid-judge"), "centre")] if has_judges else []),
        *(Column(work, "centre", wraps=True, room=_ROOM) for work in grid.works),
    ]
    rows = [
        (
            line.aspect,
            line.text,
            line.maximum,
            *([line.judge] if has_judges else []),
            *line.cells,
        )
        for line in grid.lines
    ]
    kept = {number for number, line in enumerate(grid.lines[1:]) if not line.aspect}
    looks = {}
    if grid.totals:
        looks[len(rows)] = STRONG
        blank = [""] if has_judges else []
        rows.append(("", say("mark_sheets.grid-total"), "", *blank, *grid.totals))
    flow.close_with(grid.signatures)
    table(
        flow,
        columns,
        rows,
        box_height=0.0 if grid.totals else _WRITING_HEIGHT,
        kept_rows=kept,
        looks=looks,
    )
    flow.signatures(grid.signatures)
    return flow.finish()
