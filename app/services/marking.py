"""Marking (评分): one judge's sheet of one work, and the one act that records it.

A sheet is all aspects one judge enters for one work. It is committed whole, in one transaction, and
every mark names the record that judge saw in the cell, so that nobody's mark is overwritten unseen.
Typing that is not committed yet is kept as a draft.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.disputes import Dispute
from app.domain.entries import Cell, check_cell
from app.domain.errors import RuleBroken
from app.domain.ids import AspectId, EntryId, EventCode, JudgeId, ModuleId, OpId
from app.domain.roles import Role
from app.domain.scheme import Aspect, Module, Subcriterion
from app.services import sheet_drafts
from app.services.cells import EMPTY, Held, give_marks, held_cells
from app.services.check_states import refuse_nameless
from app.services.fed_marks import refuse_typed
from app.services.panel_rows import odd_aspects
from app.services.sheet_drafts import SheetKey, TypedCell, Typing
from app.services.signing_off import has_signed, is_locked, refuse_locked
from app.services.station import Station, recording
from app.services.works import SheetPlan, refuse_other, sheet_plan, works


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One aspect of a sheet: what its cell holds, and the record a mark given now would replace."""

    aspect: Aspect
    subcriterion: Subcriterion
    held: Held
    op: OpId | None
    at_odds: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """评分表: one judge's rows for one work, as they were when the sheet was opened.

    A signed sheet changes only by a correction with a reason, a locked one not at all.
    """

    event: EventCode
    module: Module
    work: str
    judge: JudgeId
    rows: tuple[SheetRow, ...]
    is_signed: bool
    is_locked: bool

    @property
    def unset(self) -> int:
        return sum(row.held is None for row in self.rows)


@dataclass(frozen=True, slots=True)
class Committed:
    """What a commit came to: marks recorded, cells left as they were, aspects now at odds."""

    given: int
    unchanged: int
    at_odds: tuple[AspectId, ...]


def sheet(station: Station, event: EventCode, module: ModuleId, work: str, judge: JudgeId) -> Sheet:
    """One judge's sheet of one work as it stands on disk; a draft comes from ``typed``."""
    refuse_other(station, judge)
    plan = sheet_plan(station, event, module)
    entry = works(station, event, plan.module, apart=True).entry_of(work)
    aspects = [aspect.id for aspect in plan.aspects_of(judge)]
    if not aspects:
        raise RuleBroken("judge-without-sheet", judge=judge, module=module)
    held = held_cells(station, event, entry, aspects, judge)
    odd = odd_aspects(station, plan, entry)
    rows = tuple(
        SheetRow(aspect, part, *held.get((aspect.id, judge), EMPTY), aspect.id in odd)
        for part in plan.module.subcriteria
        for aspect in part.aspects
        if judge in plan.judges[aspect.id]
    )
    return Sheet(
        event,
        plan.module,
        work,
        judge,
        rows,
        is_signed=has_signed(station, event, module, judge),
        is_locked=is_locked(station, event, module),
    )


def commit_sheet(
    station: Station,
    seen: Sheet,
    cells: Mapping[AspectId, Cell],
    *,
    partial: bool = False,
    origin: object | None = None,
) -> Committed:
    """Record a sheet: every cell that differs from what stands, in one transaction, or none.

    Refuses a cell the rules do not allow, an incomplete sheet unless ``partial``, a locked one,
    a change of a recorded mark after the signature, and ``sheet-stale`` when a cell changed since
    ``seen`` was read. Every row may be given; what already stands is not recorded again.
    """
    _refuse_cells(seen, cells)
    unset = [row for row in seen.rows if row.held is None and row.aspect.id not in cells]
    if unset and not partial:
        raise RuleBroken("sheet-incomplete", unset=len(unset), first=unset[0].aspect.id)
    changed = {
        (row.aspect.id, seen.judge): (cells[row.aspect.id], row.op)
        for row in seen.rows
        if row.aspect.id in cells and cells[row.aspect.id] != row.held
    }
    with recording(station, origin=origin) as log:
        plan, entry = _opened(station, seen)
        refuse_nameless(station, plan.module)
        refuse_typed(plan.event, {aspect for aspect, _ in changed})
        if seen.is_signed or has_signed(station, seen.event, seen.module.id, seen.judge):
            for aspect, _ in (where for where, (_, op) in changed.items() if op is not None):
                raise RuleBroken("sheet-signed", judge=seen.judge, aspect=aspect)
        _refuse_stale(station, seen, entry, {row.aspect.id for row in seen.rows})
        give_marks(log, seen.event, entry, changed)
        sheet_drafts.drop(log, _key(seen))
    odd = odd_aspects(station, plan, entry)
    mine = tuple(row.aspect.id for row in seen.rows if row.aspect.id in odd)
    return Committed(len(changed), len(cells) - len(changed), mine)


def correct_mark(
    station: Station,
    seen: Sheet,
    aspect: AspectId,
    cell: Cell,
    reason: str,
    *,
    origin: object | None = None,
) -> None:
    """Correct one mark with a reason, also on a signed sheet; the old one stays in its history.

    After the signature only the chief may, and the judge has to sign again. Domain rules 2.6.
    """
    if not reason.strip():
        raise RuleBroken("correction-needs-reason", aspect=aspect)
    _refuse_cells(seen, {aspect: cell})
    row = next(row for row in seen.rows if row.aspect.id == aspect)
    if cell == row.held:
        raise RuleBroken("correction-changes-nothing", aspect=aspect)
    with recording(station, origin=origin) as log:
        plan, entry = _opened(station, seen)
        refuse_typed(plan.event, {aspect})
        signed = has_signed(station, seen.event, seen.module.id, seen.judge)
        if signed and station.actor.role is not Role.CHIEF:
            raise RuleBroken("correction-needs-chief", aspect=aspect)
        _refuse_stale(station, seen, entry, {aspect})
        marks = {(aspect, seen.judge): (cell, row.op)}
        give_marks(log, seen.event, entry, marks, reason=reason.strip())


def keep_typing(station: Station, seen: Sheet, cells: Mapping[AspectId, Cell]) -> None:
    """Put what is typed on disk without recording it; an empty mapping drops the draft."""
    kept = {
        row.aspect.id: TypedCell(cells[row.aspect.id], row.op)
        for row in seen.rows
        if row.aspect.id in cells
    }
    sheet_drafts.keep(station, _key(seen), kept)


def typed(station: Station, seen: Sheet) -> Typing:
    """What was typed into this sheet and not committed; cells that changed since are apart."""
    kept = sheet_drafts.find(station, _key(seen))
    ops = {row.aspect.id: row.op for row in seen.rows}
    known = {aspect: one for aspect, one in kept.items() if aspect in ops}
    return Typing(
        {aspect: one.cell for aspect, one in known.items() if one.seen == ops[aspect]},
        {aspect: one.cell for aspect, one in known.items() if one.seen != ops[aspect]},
    )


def _opened(station: Station, seen: Sheet) -> tuple[SheetPlan, EntryId]:
    """The plan and the entry, read again inside the transaction, if the module is open."""
    plan = sheet_plan(station, seen.event, seen.module.id)
    refuse_locked(station, seen.event, seen.module.id)
    now = plan.aspects_of(seen.judge)
    if plan.module != seen.module or tuple(row.aspect for row in seen.rows) != now:
        raise RuleBroken("sheet-rules-changed", module=seen.module.id)
    return plan, works(station, seen.event, plan.module, apart=True).entry_of(seen.work)


def _refuse_stale(station: Station, seen: Sheet, entry: EntryId, aspects: set[AspectId]) -> None:
    """Raise when a cell no longer holds what the judge saw: nobody overwrites unseen."""
    now = held_cells(station, seen.event, entry, aspects, seen.judge)
    for row in seen.rows:
        if row.aspect.id in aspects:
            held = now.get((row.aspect.id, seen.judge), EMPTY)
            if held != (row.held, row.op):
                raise RuleBroken("sheet-stale", aspect=row.aspect.id, work=seen.work)


def _refuse_cells(seen: Sheet, cells: Mapping[AspectId, Cell]) -> None:
    known = {row.aspect.id: row for row in seen.rows}
    for aspect, cell in cells.items():
        row = known.get(aspect)
        if row is None:
            raise RuleBroken("aspect-not-on-sheet", aspect=aspect, judge=seen.judge)
        if isinstance(row.held, Dispute):
            raise RuleBroken("cell-disputed", aspect=aspect, work=seen.work)
        if (refused := check_cell(row.aspect, cell)) is not None:
            raise refused


def _key(seen: Sheet) -> SheetKey:
    return (seen.event, seen.module.id, seen.work, seen.judge)
