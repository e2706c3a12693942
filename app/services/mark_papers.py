"""Every paper of marking by name: what the command line and the screen offer, filled in at once.

Filling in needs the station and so happens where it is asked for; what comes back only lays out and
prints, and may run anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from itertools import chain
from typing import TypeAlias, TypeVar

from app.domain.errors import RuleBroken
from app.domain.ids import EventCode, ModuleId
from app.reports.mark_summary import write_mark_summaries
from app.reports.marking_lists import write_missing_marks, write_violations
from app.reports.marks_grid import write_marks_grids
from app.reports.paper import Target
from app.reports.scheme_paper import write_scheme
from app.reports.score_sheet import write_score_sheets
from app.services import rules
from app.services.mark_grids import blank_grids, filled_grids
from app.services.mark_summaries import mark_summaries
from app.services.marking_lists import judgement_violations, missing_marks
from app.services.scheme_papers import scheme_paper
from app.services.score_sheets import blank_sheets, filled_sheets
from app.services.station import Station
from app.words import Words

Write: TypeAlias = Callable[[Target], int]
"""Prints what was filled in; returns the number of pages."""


Of = TypeVar("Of")


class MarkPaper(StrEnum):
    """The papers in the order of a competition: before, on the day, after."""

    SCHEME = "scheme"
    BLANK = "blank"
    BLANK_GRID = "blank-grid"
    MISSING = "missing"
    VIOLATIONS = "violations"
    FILLED = "filled"
    FILLED_GRID = "filled-grid"
    SUMMARY = "summary"

    @property
    def is_of_event(self) -> bool:
        """Whether it is of the whole event, whatever module is chosen."""
        return self in {MarkPaper.SCHEME, MarkPaper.SUMMARY}


def fill_in(
    station: Station,
    event: EventCode,
    wanted: MarkPaper,
    words: Words,
    module: ModuleId | None = None,
) -> Write:
    """The paper of one module, or of all of them; raises ``RuleBroken`` where there is none."""
    match wanted:
        case MarkPaper.SCHEME:
            scheme = scheme_paper(station, event, words)
            return lambda target: write_scheme(scheme, words, target)
        case MarkPaper.SUMMARY:
            forms = _some(mark_summaries(station, event, words))
            return lambda target: write_mark_summaries(forms, words, target)
        case MarkPaper.MISSING:
            missing = missing_marks(station, event, words, module)
            return lambda target: write_missing_marks(missing, words, target)
        case MarkPaper.VIOLATIONS:
            broken = judgement_violations(station, event, words, module)
            return lambda target: write_violations(broken, words, target)
        case _:
            return _sheets(station, event, wanted, words, module)


def _sheets(
    station: Station,
    event: EventCode,
    wanted: MarkPaper,
    words: Words,
    module: ModuleId | None,
) -> Write:
    listed = [one.id for one in rules.rules(station, event).modules] if module is None else [module]
    if wanted in {MarkPaper.BLANK, MarkPaper.FILLED}:
        make_sheets = blank_sheets if wanted is MarkPaper.BLANK else filled_sheets
        sheets = _some([*chain(*(make_sheets(station, event, one, words) for one in listed))])
        return lambda target: write_score_sheets(sheets, words, target)
    make_grids = blank_grids if wanted is MarkPaper.BLANK_GRID else filled_grids
    grids = _some([*chain(*(make_grids(station, event, one, words) for one in listed))])
    return lambda target: write_marks_grids(grids, words, target)


def _some(papers: Sequence[Of]) -> Sequence[Of]:
    if not papers:
        raise RuleBroken("papers-without-works")
    return papers
