"""Signing and locking (签字与锁定): what keeps a module from being closed, and closing it.

A signature and a lock name the marks they were given for by a digest. When one of a judge's marks
changes afterwards, the signature stays in the record but no longer holds: the judge signs again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.clock import ClockState
from app.domain.errors import RuleBroken
from app.domain.facts import ModuleLocked, ModuleUnlocked, SheetsSigned
from app.domain.ids import EventCode, JudgeId, ModuleId
from app.domain.methods import judges_needed
from app.domain.scheme import Event
from app.domain.signoff import OpenWork, may_lock_module, may_sign
from app.services.clocks import clocks
from app.services.digests import marks_digest
from app.services.live_sheets import judge_digest, live_sheets, unchecked
from app.services.open_works import module_work
from app.services.station import Station, recording
from app.services.works import SheetPlan, sheet_plan
from app.storage import queries


@dataclass(frozen=True, slots=True)
class Signature:
    """A judge of a module and the signature, if any: when (UTC ms), by whom, whether it holds."""

    judge: JudgeId
    at: int | None = None
    by: str = ""
    holds: bool = False


@dataclass(frozen=True, slots=True)
class Lock:
    """Whether a module is locked, since when (UTC ms), and why it was last opened again."""

    is_locked: bool
    at: int | None = None
    by: str = ""
    reason: str = ""


def lock_of(station: Station, event: EventCode, module: ModuleId) -> Lock:
    """Whether the chief has locked a module."""
    last = queries.latest(
        station.connection, ModuleLocked, ModuleUnlocked, event=event, module=module
    )
    if last is None:
        return Lock(False)
    return Lock(isinstance(last.fact, ModuleLocked), last.at, last.by, last.reason)


def is_locked(station: Station, event: EventCode, module: ModuleId) -> bool:
    return lock_of(station, event, module).is_locked


def locked_modules(station: Station, event: Event) -> tuple[ModuleId, ...]:
    """The locked modules of an event, in the order of the scheme."""
    return tuple(one.id for one in event.modules if is_locked(station, event.code, one.id))


def refuse_locked(station: Station, event: EventCode, module: ModuleId) -> None:
    if is_locked(station, event, module):
        raise RuleBroken("module-locked", module=module)


def has_signed(station: Station, event: EventCode, module: ModuleId, judge: JudgeId) -> bool:
    """Whether the judge ever signed: from then on a recorded mark changes with a reason only."""
    found = queries.standing(station.connection, SheetsSigned, event=event, module=module)
    return any(recorded.fact.judge == judge for recorded in found)


def signatures(station: Station, event: EventCode, module: ModuleId) -> tuple[Signature, ...]:
    """Every judge who has to sign a module, with the last signature, if any."""
    plan = sheet_plan(station, event, module)
    last = {
        recorded.fact.judge: recorded
        for recorded in queries.standing(
            station.connection, SheetsSigned, event=event, module=module
        )
    }
    sheets = live_sheets(station, event) if last else None
    found = []
    for judge in plan.sheets:
        if sheets is not None and judge in last:
            signed = last[judge]
            holds = signed.fact.marks_digest == sheets.digest(plan, judge)
            found.append(Signature(judge, signed.at, signed.by, holds))
        else:
            found.append(Signature(judge))
    return tuple(found)


def sign_blockers(
    station: Station, event: EventCode, module: ModuleId, judge: JudgeId
) -> list[RuleBroken]:
    """Why this judge cannot sign the module's sheets yet; empty when nothing stands in the way."""
    plan = sheet_plan(station, event, module)
    signed = [one.judge for one in signatures(station, event, module) if one.holds]
    return may_sign(
        judge,
        module,
        _own(module_work(station, event, module), plan, judge),
        judges=plan.sheets,
        signed=signed,
        is_locked=is_locked(station, event, module),
    )


def sign_sheets(
    station: Station,
    event: EventCode,
    module: ModuleId,
    judge: JudgeId,
    *,
    origin: object | None = None,
) -> None:
    """A judge signs all own sheets of a module; the station signs its chain. Raises the blocker."""
    for blocker in sign_blockers(station, event, module, judge):
        raise blocker
    plan = sheet_plan(station, event, module)
    with recording(station, origin=origin) as log:
        digest = judge_digest(station, plan, judge)
        log.add(SheetsSigned(event=event, module=module, judge=judge, marks_digest=digest))
        log.sign_head()


def lock_blockers(station: Station, event: EventCode, module: ModuleId) -> list[RuleBroken]:
    """Why the chief cannot lock a module yet; empty when nothing stands in the way."""
    plan = sheet_plan(station, event, module)
    running, uncertain = station.remembered.ask(
        station.connection,
        (_open_clocks, event, module),
        lambda: _open_clocks(station, plan.event, module),
    )
    found = may_lock_module(
        module,
        module_work(station, event, module),
        judges=plan.sheets,
        signed=[one.judge for one in signatures(station, event, module) if one.holds],
        running_clocks=running,
        uncertain_clocks=uncertain,
        is_locked=is_locked(station, event, module),
    )
    return [*_short_panel(plan), *found, *_unchecked(station, plan)]


def lock_module(
    station: Station,
    event: EventCode,
    module: ModuleId,
    *,
    back_up: Callable[[], object] | None = None,
    origin: object | None = None,
) -> None:
    """Close a module: nothing in it changes any more. Raises the first blocker.

    ``back_up`` is called once the lock is on disk; what it raises does not undo the lock.
    """
    for blocker in lock_blockers(station, event, module):
        raise blocker
    plan = sheet_plan(station, event, module)
    with recording(station, origin=origin) as log:
        marks = queries.current_marks(station.connection, event, aspects=plan.aspects)
        digest = marks_digest(marks)
        log.add(ModuleLocked(event=event, module=module, marks_digest=digest))
        log.sign_head()
    if back_up is not None:
        back_up()


def unlock_module(
    station: Station,
    event: EventCode,
    module: ModuleId,
    reason: str,
    *,
    origin: object | None = None,
) -> None:
    """Open a locked module again, with a reason. Signatures hold as long as no mark changes."""
    if not reason.strip():
        raise RuleBroken("unlock-needs-reason", module=module)
    with recording(station, origin=origin) as log:
        if not is_locked(station, event, module):
            raise RuleBroken("module-not-locked", module=module)
        log.add(ModuleUnlocked(event=event, module=module), reason=reason.strip())


def _short_panel(plan: SheetPlan) -> list[RuleBroken]:
    """Aspects that ask for more judges than were appointed can never be complete."""
    needed = max((judges_needed(aspect.method) for aspect in plan.module.aspects()), default=0)
    if needed <= len(plan.panel):
        return []
    return [
        RuleBroken("panel-short", module=plan.module.id, needed=needed, appointed=len(plan.panel))
    ]


def _unchecked(station: Station, plan: SheetPlan) -> list[RuleBroken]:
    """Sheets that somebody else has still to check, where the module asks for it."""
    count = unchecked(station, plan)
    return [RuleBroken("sheets-unchecked", module=plan.module.id, count=count)] if count else []


def _own(work: OpenWork, plan: SheetPlan, judge: JudgeId) -> OpenWork:
    """What is open on this judge's own sheets: others' rows do not keep anybody from signing."""
    return OpenWork(
        work.of(judge),
        tuple(place for place in work.spread_broken if judge in plan.judges[place[1]]),
        tuple(place for place in work.disputed if judge in plan.judges[place[1]]),
    )


def _open_clocks(station: Station, event: Event, module: ModuleId) -> tuple[int, int]:
    """How many clocks of a module run or are paused, and how many wait for a decision."""
    found = [clock for (_, of), clock in clocks(station, event).items() if of == module]
    running = sum(clock.state is not ClockState.STOPPED for clock in found)
    uncertain = sum(any(gap.lost_ms is None for gap in clock.gaps) for clock in found)
    return running, uncertain
