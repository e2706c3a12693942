"""Review (复核): what is missing, what stands out, and what keeps each module from being locked.

Everything here is read, nothing is recorded; the acts are in ``signing_off``, ``panel_rows``,
``disputes``, ``penalties`` and ``marking``. Works appear under their labels, as when marking.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from app.domain.entries import Cell, EntryState, MarkState
from app.domain.errors import RuleBroken
from app.domain.ids import AspectId, EntryId, EventCode, JudgeId, ModuleId
from app.domain.methods import PanelMethod, scale_width, spread_limit
from app.domain.outliers import Outlier, outliers
from app.domain.points import Points
from app.domain.scheme import Aspect, Event
from app.domain.scoreboard import Scoreboard
from app.domain.signoff import to_be_marked
from app.services import rules
from app.services.live import board
from app.services.open_works import entry_work, module_work
from app.services.signing_off import is_locked, lock_blockers
from app.services.station import Station
from app.services.works import SheetPlan, sheet_plan, works


class Remedy(StrEnum):
    """Where a blocker is put right."""

    MISSING = "missing"
    SPREAD = "spread"
    DISPUTES = "disputes"
    SIGNING = "signing"
    CHECKS = "checks"
    CLOCKS = "clocks"
    CHECK_IN = "check-in"
    DRAW = "draw"
    PANEL = "panel"
    LOCK = "lock"


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing that keeps a module from being locked, and where it is put right."""

    module: ModuleId
    refusal: RuleBroken
    remedy: Remedy


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """How much of one sheet is there: ``missing`` of ``cells`` are not."""

    missing: int
    cells: int


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One work across the sheets of a module, in the order of ``MissingMatrix.sheets``."""

    work: str
    cells: tuple[MatrixCell, ...]

    @property
    def missing(self) -> int:
        return sum(cell.missing for cell in self.cells)


@dataclass(frozen=True, slots=True)
class MissingMatrix:
    """Every work against every sheet of a module: no pair may go unseen."""

    module: ModuleId
    sheets: tuple[JudgeId, ...]
    rows: tuple[MatrixRow, ...]
    without_code: int = 0

    @property
    def missing(self) -> int:
        return sum(row.missing for row in self.rows)


@dataclass(frozen=True, slots=True)
class OddScore:
    """A score that stands out from the rest of its panel: worth a look, nothing more."""

    work: str
    aspect: Aspect
    outlier: Outlier[JudgeId]


@dataclass(frozen=True, slots=True)
class ModuleProgress:
    """Counts for one module: cells filled, aspects at odds, whether it is locked."""

    module: ModuleId
    missing: int
    cells: int
    spread_broken: int
    disputed: int
    is_locked: bool


_WORTH_A_LOOK = 5
"""A score is odd when it is more than a fifth of the scale from the middle of the others."""

_REMEDIES = {
    "marks-missing": Remedy.MISSING,
    "spread-open": Remedy.SPREAD,
    "marks-disputed": Remedy.DISPUTES,
    "judges-unsigned": Remedy.SIGNING,
    "sheets-unchecked": Remedy.CHECKS,
    "clocks-running": Remedy.CLOCKS,
    "clocks-uncertain": Remedy.CLOCKS,
    "module-without-panel": Remedy.PANEL,
    "panel-short": Remedy.PANEL,
    "panels-short": Remedy.PANEL,
    "entries-unaccounted": Remedy.CHECK_IN,
    "entries-without-code": Remedy.DRAW,
    "work-codes-missing": Remedy.DRAW,
}


def blockers(station: Station, event: EventCode) -> tuple[Blocker, ...]:
    """What keeps the unlocked modules of an event from being locked, by module."""
    in_force = rules.rules(station, event)
    found: list[Blocker] = []
    for module in in_force.modules:
        if is_locked(station, event, module.id):
            continue
        refusals = lock_blockers(station, event, module.id)
        if any(refusal.code == "marks-missing" for refusal in refusals):
            refusals = [*_why_missing(station, in_force, module.id), *refusals]
        found += [Blocker(module.id, one, _REMEDIES[one.code]) for one in refusals]
    return tuple(found)


def missing_matrix(station: Station, event: EventCode, module: ModuleId) -> MissingMatrix:
    """Every work against every sheet, with the cells still missing in each."""
    plan = sheet_plan(station, event, module)
    known = works(station, event, plan.module)
    live = board(station, event)
    cells = [(judge, len(plan.aspects_of(judge))) for judge in plan.sheets]
    rows = []
    for label, entry in known.entries.items():
        missing = Counter(place.judge for place in entry_work(live, entry, module).missing)
        row = tuple(MatrixCell(missing[judge], count) for judge, count in cells)
        rows.append(MatrixRow(label, row))
    return MissingMatrix(module, plan.sheets, tuple(rows), known.without_code)


def odd_scores(station: Station, event: EventCode, module: ModuleId) -> tuple[OddScore, ...]:
    """Scores far from the rest of their panel although the rules name no spread for it."""
    plan = sheet_plan(station, event, module)
    panels = [
        (aspect, Points(scale_width(method) // _WORTH_A_LOOK))
        for aspect in plan.module.aspects()
        if isinstance(method := aspect.method, PanelMethod) and spread_limit(method) is None
    ]
    if not panels:
        return ()
    scores = board(station, event).scores
    return tuple(
        OddScore(label, aspect, outlier)
        for label, entry in works(station, event, plan.module).entries.items()
        for aspect, least in panels
        for outlier in outliers(_values(scores, plan, entry, aspect.id), least)
    )


def progress(station: Station, event: EventCode) -> tuple[ModuleProgress, ...]:
    """How far every module of an event has come, by counts alone; quick enough for a badge."""
    live = board(station, event)
    entries = to_be_marked(live.scores)
    found = []
    for place, module in enumerate(live.event.modules):
        work = module_work(station, event, module.id)
        cells = sum(len(live.scores.panels[aspect.id]) for aspect in module.aspects())
        found.append(
            ModuleProgress(
                module.id,
                sum(live.scores.score(entry).modules[place].missing for entry in entries),
                cells * len(entries),
                len(work.spread_broken),
                len(work.disputed),
                is_locked(station, event, module.id),
            )
        )
    return tuple(found)


def _why_missing(station: Station, event: Event, module: ModuleId) -> list[RuleBroken]:
    """Marks may be missing because nobody said where an entry is, or a blind work has no code."""
    found = []
    plan = sheet_plan(station, event.code, module)
    scores = board(station, event.code).scores
    waiting = sum(
        entry.state is EntryState.REGISTERED and scores.score(entry.id).module(module).missing > 0
        for entry in scores.entries()
    )
    if waiting:
        found.append(RuleBroken("entries-unaccounted", module=module, count=waiting))
    try:
        known = works(station, event.code, plan.module)
    except RuleBroken as refused:
        return [*found, refused]
    if known.without_code:
        count = known.without_code
        found.append(RuleBroken("entries-without-code", module=module, count=count))
    return found


def _values(
    scores: Scoreboard, plan: SheetPlan, entry: EntryId, aspect: AspectId
) -> dict[JudgeId, Points]:
    found = {}
    for judge in plan.judges[aspect]:
        cell = scores.cell(entry, aspect, judge)
        if isinstance(cell, Cell) and cell.state is MarkState.VALUE and cell.value is not None:
            found[judge] = cell.value
    return found
