"""A panel's scores for one aspect side by side, and the new vote when they lie too far apart.

The scores of a panel are shown together only once all of its judges have entered; until then an
aspect is not at odds but unfinished. Domain rules 1.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.aspects import AspectState, result_of
from app.domain.entries import Cell, check_cell
from app.domain.errors import RuleBroken
from app.domain.facts import SpreadLetStand
from app.domain.ids import AspectId, EntryId, EventCode, JudgeId, ModuleId, OpId
from app.domain.roles import Role
from app.domain.scheme import Aspect
from app.services.cells import EMPTY, Held, give_marks, held_cells
from app.services.live import board
from app.services.open_works import module_work
from app.services.signing_off import refuse_locked
from app.services.station import Station, recording
from app.services.works import SheetPlan, sheet_plan, works
from app.storage import queries


@dataclass(frozen=True, slots=True)
class PanelCell:
    """One judge's score in a panel's row, with the record it came from."""

    judge: JudgeId
    held: Held
    op: OpId | None


@dataclass(frozen=True, slots=True)
class PanelRow:
    """All scores of one aspect of one work, as they were when the row was read."""

    event: EventCode
    module: ModuleId
    work: str
    aspect: Aspect
    cells: tuple[PanelCell, ...]
    state: AspectState


def panel_row(
    station: Station, event: EventCode, module: ModuleId, work: str, aspect: AspectId
) -> PanelRow:
    """The scores of one aspect of one work side by side; not for a judge, who would see others'."""
    _refuse_judge(station)
    plan = sheet_plan(station, event, module)
    entry = works(station, event, plan.module, apart=True).entry_of(work)
    return _row(station, plan, work, entry, plan.event.aspect(aspect))


def spread_violations(station: Station, event: EventCode, module: ModuleId) -> tuple[PanelRow, ...]:
    """Every row whose judges lie further apart than the rules allow, by work and aspect."""
    _refuse_judge(station)
    plan = sheet_plan(station, event, module)
    found = module_work(station, event, module).spread_broken
    if not found:
        return ()
    labels = works(station, event, plan.module).labels()
    rows = [
        _row(station, plan, labels[entry], entry, plan.event.aspect(aspect))
        for entry, aspect in found
        if entry in labels
    ]
    # By code, never by entry: the order must not tell who is behind a code.
    return tuple(sorted(rows, key=lambda row: (row.work, plan.aspects.index(row.aspect.id))))


def odd_aspects(station: Station, plan: SheetPlan, entry: EntryId) -> frozenset[AspectId]:
    """The aspects of one entry that the panel or the chief must look at again."""
    scores = board(station, plan.event.code).scores
    results = scores.score(entry).aspects
    return frozenset(
        aspect.id
        for aspect, result in zip(plan.event.aspects(), results, strict=True)
        if aspect.id in plan.judges
        and result.state in {AspectState.SPREAD_BROKEN, AspectState.DISPUTED}
    )


def revote(
    station: Station,
    seen: PanelRow,
    scores: Mapping[JudgeId, Cell],
    reason: str,
    *,
    origin: object | None = None,
) -> None:
    """Replace a panel's scores together after it has looked again, with the reason it gave.

    The chief records it. Refuses scores that are still too far apart, a missing one, and a row
    that changed since it was read. Judges who had signed have to sign again.
    """
    _refuse_revote(station, seen, scores, reason)
    with recording(station, origin=origin) as log:
        plan = sheet_plan(station, seen.event, seen.module)
        refuse_locked(station, seen.event, seen.module)
        held = [scores[cell.judge] for cell in seen.cells]
        if result_of(plan.event.rounding, seen.aspect, held).state is not AspectState.COMPLETE:
            raise RuleBroken("revote-still-apart", aspect=seen.aspect.id)
        entry = _unchanged(station, plan, seen)
        marks = {(seen.aspect.id, c.judge): (scores[c.judge], c.op) for c in seen.cells}
        give_marks(log, seen.event, entry, marks, reason=reason.strip())


def let_stand(
    station: Station, seen: PanelRow, reason: str, *, origin: object | None = None
) -> None:
    """The chief lets a panel's scores count although they lie too far apart, with the reason.

    It holds for exactly the scores that were seen. Refuses a row that changed since, and one whose
    judges do not all have a number.
    """
    if station.actor.role is not Role.CHIEF:
        raise RuleBroken("revote-needs-chief")
    if not reason.strip():
        raise RuleBroken("revote-needs-reason", aspect=seen.aspect.id)
    with recording(station, origin=origin) as log:
        refuse_locked(station, seen.event, seen.module)
        plan = sheet_plan(station, seen.event, seen.module)
        entry = _unchanged(station, plan, seen)
        scores = {cell.judge: cell.held for cell in seen.cells if isinstance(cell.held, Cell)}
        stages, held = plan.event.rounding, list(scores.values())
        result = result_of(stages, seen.aspect, held, may_stand=True)
        if not result.was_let_stand:
            raise RuleBroken("spread-cannot-stand", aspect=seen.aspect.id, work=seen.work)
        fact = SpreadLetStand(event=seen.event, entry=entry, aspect=seen.aspect.id, scores=scores)
        log.add(fact, reason=reason.strip())


def _unchanged(station: Station, plan: SheetPlan, seen: PanelRow) -> EntryId:
    """The entry behind a row, refused when the row reads otherwise by now."""
    entry = works(station, seen.event, plan.module, apart=True).entry_of(seen.work)
    if _row(station, plan, seen.work, entry, plan.event.aspect(seen.aspect.id)) != seen:
        raise RuleBroken("sheet-stale", aspect=seen.aspect.id, work=seen.work)
    return entry


def _refuse_revote(
    station: Station, seen: PanelRow, scores: Mapping[JudgeId, Cell], reason: str
) -> None:
    if station.actor.role is not Role.CHIEF:
        raise RuleBroken("revote-needs-chief")
    if seen.state is AspectState.DISPUTED:
        raise RuleBroken("cell-disputed", aspect=seen.aspect.id, work=seen.work)
    if not reason.strip():
        raise RuleBroken("revote-needs-reason", aspect=seen.aspect.id)
    if scores.keys() != {cell.judge for cell in seen.cells}:
        raise RuleBroken("revote-needs-all", aspect=seen.aspect.id, judges=len(seen.cells))
    for score in scores.values():
        if (refused := check_cell(seen.aspect, score)) is not None:
            raise refused


def _row(station: Station, plan: SheetPlan, work: str, entry: EntryId, aspect: Aspect) -> PanelRow:
    held = held_cells(station, plan.event.code, entry, [aspect.id])
    cells = [
        PanelCell(judge, *held.get((aspect.id, judge), EMPTY)) for judge in plan.judges[aspect.id]
    ]
    let_stand = queries.spreads_let_stand(station.connection, plan.event.code)
    held_now = [cell.held for cell in cells]
    may_stand = (entry, aspect.id) in let_stand
    state = result_of(plan.event.rounding, aspect, held_now, may_stand=may_stand).state
    return PanelRow(plan.event.code, plan.module.id, work, aspect, tuple(cells), state)


def _refuse_judge(station: Station) -> None:
    if station.actor.role is Role.JUDGE:
        raise RuleBroken("scores-of-others-hidden", judge=station.actor.judge or "-")
