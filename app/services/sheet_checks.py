"""Checking sheets by a second person (二次核对): confirming them, or typing them again (盲录).

What differs is listed side by side and settled at the paper: a correction is a mark of its own with
a reason, so nothing is overwritten. A sheet that was signed is corrected by the chief alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from app.domain.checking_rules import EntryCheck
from app.domain.entries import Cell, check_cell
from app.domain.errors import RuleBroken
from app.domain.facts import CheckOutcome, SheetChecked
from app.domain.ids import AspectId, EntryId, EventCode, JudgeId, ModuleId, OpId
from app.domain.roles import Role, giver_of, refusal
from app.domain.scheme import Aspect
from app.services import check_drafts
from app.services.cells import give_marks, held_cells
from app.services.check_states import (
    CheckState,
    SheetStanding,
    persons,
    standing_of,
)
from app.services.live_sheets import live_sheets
from app.services.marking import Sheet, SheetRow, sheet
from app.services.signing_off import has_signed, refuse_locked
from app.services.station import Station, recording
from app.services.works import SheetPlan, sheet_plan, works


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One sheet of a module: who entered it, whether whoever acts did, and who has checked it.

    ``aspects`` are those that differed at the last check, which was at ``at`` (UTC ms).
    """

    work: str
    judge: JudgeId
    state: CheckState
    entered_by: tuple[str, ...]
    is_own: bool
    checked_by: str = ""
    at: int | None = None
    aspects: tuple[AspectId, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckTask:
    """A sheet to check. When it is typed again, its rows hold nothing: the first entry is unseen.

    ``digest`` names the marks the check will be about.
    """

    sheet: Sheet
    how: EntryCheck
    digest: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One mark that was typed differently the second time."""

    aspect: Aspect
    entered: Cell
    keyed: Cell
    op: OpId


def piles(station: Station, event: EventCode, module: ModuleId) -> tuple[CheckLine, ...]:
    """The entered sheets of a module by who entered them, then by work; none where the rules ask
    for no second check."""
    plan = sheet_plan(station, event, module)
    if plan.module.entry_check is EntryCheck.NONE:
        return ()
    labels = works(station, event, plan.module).labels()
    person = _person(station)
    lines = [
        _line(person, labels[entry], judge, standing)
        for (entry, judge), standing in live_sheets(station, event).standings(plan)
        if entry in labels and standing.state is not CheckState.INCOMPLETE
    ]
    order = {judge: place for place, judge in enumerate(plan.sheets)}
    return tuple(sorted(lines, key=lambda one: (one.entered_by, one.work, order[one.judge])))


def open_check(
    station: Station, event: EventCode, module: ModuleId, work: str, judge: JudgeId
) -> CheckTask:
    """A sheet for whoever acts to check. Raises what keeps this person from checking it."""
    plan, entry = _placed(station, event, module, work)
    standing = standing_of(station, plan, (entry, judge))
    _refuse(station, plan, work, judge, standing)
    opened = replace(sheet(station, event, module, work, judge), is_signed=False)
    if plan.module.entry_check is EntryCheck.REKEY:
        rows = tuple(SheetRow(row.aspect, row.subcriterion, None, None) for row in opened.rows)
        opened = replace(opened, rows=rows)
    return CheckTask(opened, plan.module.entry_check, standing.digest)


def keep_typed(station: Station, task: CheckTask, cells: Mapping[AspectId, Cell]) -> None:
    """Put what is typed again on disk; it is no mark, and goes once the check is recorded."""
    check_drafts.keep(station, task.sheet, task.digest, cells)


def typed_again(station: Station, task: CheckTask) -> Mapping[AspectId, Cell]:
    """What whoever acts has typed into this sheet and not recorded yet."""
    return check_drafts.find(station, task.sheet, task.digest)


def compare(
    station: Station, task: CheckTask, keyed: Mapping[AspectId, Cell]
) -> tuple[Difference, ...]:
    """What was typed differently the second time; the whole sheet has to be typed first."""
    seen = task.sheet
    plan, entry = _placed(station, seen.event, seen.module.id, seen.work)
    if standing_of(station, plan, (entry, seen.judge)).digest != task.digest:
        raise RuleBroken("check-stale", work=seen.work)
    unset = [row.aspect.id for row in seen.rows if row.aspect.id not in keyed]
    if unset:
        raise RuleBroken("sheet-incomplete", unset=len(unset), first=unset[0])
    aspects = [row.aspect.id for row in seen.rows]
    held = held_cells(station, seen.event, entry, aspects, seen.judge)
    found = []
    for row in seen.rows:
        cell, op = held[row.aspect.id, seen.judge]
        again = keyed[row.aspect.id]
        if isinstance(cell, Cell) and op is not None and not _is_same(cell, again):
            found.append(Difference(row.aspect, cell, again, op))
    return tuple(found)


def record_check(
    station: Station,
    task: CheckTask,
    keyed: Mapping[AspectId, Cell],
    *,
    settled: Mapping[AspectId, Cell] | None = None,
    reason: str = "",
    origin: object | None = None,
) -> CheckOutcome:
    """Record that a sheet was checked, and the corrections that came of it, in one transaction.

    ``settled`` is what stands on the paper for everything that differs; without it what differs is
    left to the chief judge and the sheet stays unchecked.
    """
    seen = task.sheet
    with recording(station, origin=origin) as log:
        plan, entry = _placed(station, seen.event, seen.module.id, seen.work)
        refuse_locked(station, seen.event, seen.module.id)
        standing = standing_of(station, plan, (entry, seen.judge))
        _refuse(station, plan, seen.work, seen.judge, standing)
        found = compare(station, task, keyed)
        outcome = CheckOutcome.AGREES
        if found:
            outcome = CheckOutcome.DIFFERS if settled is None else CheckOutcome.CORRECTED
        if settled is not None:
            corrected = _corrections(station, task, found, settled, reason)
            give_marks(log, seen.event, entry, corrected, reason=reason.strip())
        log.add(
            SheetChecked(
                event=seen.event,
                module=seen.module.id,
                entry=entry,
                judge=seen.judge,
                marks_digest=standing_of(station, plan, (entry, seen.judge)).digest,
                outcome=outcome,
                how=task.how,
                aspects=tuple(one.aspect.id for one in found),
            )
        )
        check_drafts.drop(log, station, seen)
    return outcome


def _corrections(
    station: Station,
    task: CheckTask,
    found: tuple[Difference, ...],
    settled: Mapping[AspectId, Cell],
    reason: str,
) -> dict[tuple[AspectId, JudgeId], tuple[Cell, OpId | None]]:
    """The marks to give where the paper says something else than what was entered."""
    seen = task.sheet
    changed: dict[tuple[AspectId, JudgeId], tuple[Cell, OpId | None]] = {}
    for one in found:
        cell = settled.get(one.aspect.id)
        if cell is None:
            raise RuleBroken("check-unsettled", aspect=one.aspect.id)
        if (refused := check_cell(one.aspect, cell)) is not None:
            raise refused
        if not _is_same(cell, one.entered):
            changed[one.aspect.id, seen.judge] = (cell, one.op)
    if changed and not reason.strip():
        raise RuleBroken("correction-needs-reason", aspect=next(iter(changed))[0])
    signed = has_signed(station, seen.event, seen.module.id, seen.judge)
    if changed and signed and station.actor.role is not Role.CHIEF:
        raise RuleBroken("correction-needs-chief", aspect=next(iter(changed))[0])
    return changed


def _placed(
    station: Station, event: EventCode, module: ModuleId, work: str
) -> tuple[SheetPlan, EntryId]:
    plan = sheet_plan(station, event, module)
    return plan, works(station, event, plan.module).entry_of(work)


def _refuse(
    station: Station, plan: SheetPlan, work: str, judge: JudgeId, standing: SheetStanding
) -> None:
    """Why whoever acts may not check this sheet now."""
    module, actor = plan.module, station.actor
    if module.entry_check is EntryCheck.NONE:
        raise RuleBroken("check-not-asked", module=module.id)
    if judge not in plan.sheets:
        raise RuleBroken("judge-without-sheet", judge=judge, module=module.id)
    fact = SheetChecked(
        event=plan.event.code,
        module=module.id,
        entry=EntryId(""),
        judge=judge,
        marks_digest="",
        outcome=CheckOutcome.AGREES,
        how=module.entry_check,
    )
    if (refused := refusal(actor, fact)) is not None:
        raise refused
    if actor.role is Role.SCOREKEEPER and not actor.initials:
        raise RuleBroken("check-needs-initials")
    if standing.state is CheckState.INCOMPLETE:
        raise RuleBroken("check-not-entered", work=work)
    if _person(station) in persons(standing.givers):
        raise RuleBroken("check-by-same-person", work=work, person=_person(station))


def _person(station: Station) -> str:
    return giver_of(str(station.actor)).person


def _line(person: str, work: str, judge: JudgeId, standing: SheetStanding) -> CheckLine:
    checked = standing.checked
    return CheckLine(
        work,
        judge,
        standing.state,
        standing.entered_by,
        person in persons(standing.givers),
        checked.by if checked else "",
        checked.at if checked else None,
        checked.fact.aspects if checked else (),
    )


def _is_same(one: Cell, other: Cell) -> bool:
    """Whether two cells say the same; a measured 2.50 is 2.5."""
    if one == other:
        return True
    if one.measured is None or other.measured is None or one.state is not other.state:
        return False
    try:
        return Decimal(one.measured) == Decimal(other.measured)
    except InvalidOperation:
        return False
