"""Judges of an event: enrolling them, standing them down, who marks what (裁判与评分组).

The log knows a judge by number, unit and a digest; the name is in ``people`` under
``EVENT/J1``. The unit is there because nobody marks their own people (回避).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.errors import RuleBroken
from app.domain.facts import JudgeEnrolled, PanelSet, SheetsSigned
from app.domain.ids import EntryId, EventCode, JudgeId, ModuleId
from app.domain.methods import judges_needed
from app.domain.ops import Op
from app.domain.scheme import Module
from app.services import roll, rules
from app.services.signing_off import refuse_locked
from app.services.station import Station, recording
from app.services.works import plan_of
from app.storage import counts, people, queries
from app.storage.people import Person


@dataclass(frozen=True, slots=True)
class Judge:
    """A judge as the set-up shows one; ``name`` is empty when the person was purged."""

    id: JudgeId
    name: str
    unit: str
    standing_down: bool
    modules: tuple[ModuleId, ...]


@dataclass(frozen=True, slots=True)
class PanelState:
    """Who marks a module. ``needed`` is the largest panel any of its aspects asks for."""

    module: ModuleId
    judges: tuple[JudgeId, ...]
    needed: int
    is_set: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """回避: a judge whose unit has entries in modules that the judge marks."""

    judge: JudgeId
    unit: str
    modules: tuple[ModuleId, ...]
    entries: tuple[EntryId, ...]


def new_salt() -> str:
    """Fresh salt for a person's digest."""
    return secrets.token_hex(16)


def person_key(event: EventCode, judge: JudgeId) -> str:
    """The key of a judge's person."""
    return f"{event}/{judge}"


def enrol(
    station: Station,
    event: EventCode,
    name: str,
    unit: str = "",
    *,
    judge: JudgeId | None = None,
    salt: Callable[[], str] = new_salt,
    origin: object | None = None,
) -> JudgeId:
    """Give a judge a number, or with ``judge`` correct who has it; returns the number."""
    rules.event(station, event)
    if not name.strip():
        raise RuleBroken("judge-without-name")
    number = judge or _next_number(station, event)
    standing_down = judge is not None and _enrolled(station, event, judge).standing_down
    with recording(station, origin=origin) as log:
        person = Person(name=name.strip())
        digest = people.put(log.connection, person_key(event, number), person, salt())
        log.add(
            JudgeEnrolled(
                event=event,
                judge=number,
                unit=unit.strip(),
                person_digest=digest,
                standing_down=standing_down,
            )
        )
    return number


def stand_down(
    station: Station, event: EventCode, judge: JudgeId, reason: str, *, origin: object | None = None
) -> Op:
    """Take a judge off duty; the number stays theirs and their marks stand."""
    if not reason.strip():
        raise RuleBroken("stand-down-without-reason", judge=judge)
    return _set_standing(station, event, judge, standing_down=True, reason=reason, origin=origin)


def stand_up(
    station: Station, event: EventCode, judge: JudgeId, *, origin: object | None = None
) -> Op:
    """Put a judge back on duty."""
    return _set_standing(station, event, judge, standing_down=False, reason="", origin=origin)


def set_panel(
    station: Station,
    event: EventCode,
    module: ModuleId,
    judges: Sequence[JudgeId],
    *,
    reason: str = "",
    origin: object | None = None,
) -> Op | None:
    """Say who marks a module, in the order of the sheet's columns; nothing when nothing changes.

    Once a mark is given or a sheet signed in the module, the change needs a reason; a locked module
    refuses it.
    """
    rules.event(station, event).module(module)
    on_duty = {one.judge for one in rules.judges(station, event) if not one.standing_down}
    for judge in judges:
        if judge not in on_duty:
            raise RuleBroken("judge-not-on-duty", judge=judge, module=module)
    if len(set(judges)) != len(judges):
        raise RuleBroken("panel-names-judge-twice", module=module)
    if panel_state(station, event, module).judges == tuple(judges) and _is_set(
        station, event, module
    ):
        return None
    refuse_locked(station, event, module)
    if not reason.strip() and _is_under_way(station, event, module):
        raise RuleBroken("panel-change-without-reason", module=module)
    with recording(station, origin=origin) as log:
        fact = PanelSet(event=event, module=module, judges=tuple(judges))
        return log.add(fact, reason=reason.strip())


def judges(station: Station, event: EventCode) -> tuple[Judge, ...]:
    """The judges of an event with names and the modules they have a sheet in."""
    in_force = rules.event(station, event)
    sheets = {
        module.id: plan_of(in_force, module.id, rules.panel(station, event, module.id)).sheets
        for module in in_force.modules
    }
    found = []
    for one in rules.judges(station, event):
        person = people.find(station.connection, person_key(event, one.judge))
        marks = tuple(module for module, signed_by in sheets.items() if one.judge in signed_by)
        name = person.name if person else ""
        found.append(Judge(one.judge, name, one.unit, one.standing_down, marks))
    return tuple(found)


def panel_states(station: Station, event: EventCode) -> tuple[PanelState, ...]:
    """The panel of every module, in the order of the modules."""
    modules = rules.event(station, event).modules
    return tuple(panel_state(station, event, module.id) for module in modules)


def panel_state(station: Station, event: EventCode, module: ModuleId) -> PanelState:
    """The panel of one module: the one set for it, else all judges on duty."""
    return PanelState(
        module=module,
        judges=rules.panel(station, event, module),
        needed=needed_judges(rules.event(station, event).module(module)),
        is_set=_is_set(station, event, module),
    )


def needed_judges(module: Module) -> int:
    """The largest panel that any aspect of the module asks for; 0 when a team agrees on all."""
    return max((judges_needed(aspect.method) for aspect in module.aspects()), default=0)


def conflicts(station: Station, event: EventCode) -> tuple[Conflict, ...]:
    """Judges who would mark entries of their own unit: warnings, for the chief to decide."""
    units: dict[str, list[EntryId]] = {}
    for entry in roll.roll(station, event):
        units.setdefault(_folded(entry.unit), []).append(entry.id)
    return tuple(
        Conflict(judge.id, judge.unit, judge.modules, tuple(units[_folded(judge.unit)]))
        for judge in judges(station, event)
        if judge.unit and judge.modules and not judge.standing_down
        if _folded(judge.unit) in units
    )


def _folded(unit: str) -> str:
    return "".join(unit.split()).casefold()


def _enrolled(station: Station, event: EventCode, judge: JudgeId) -> JudgeEnrolled:
    for found in rules.judges(station, event):
        if found.judge == judge:
            return found
    raise RuleBroken("judge-unknown", judge=judge, event=event)


def _set_standing(
    station: Station,
    event: EventCode,
    judge: JudgeId,
    *,
    standing_down: bool,
    reason: str,
    origin: object | None,
) -> Op:
    known = _enrolled(station, event, judge)
    with recording(station, origin=origin) as log:
        fact = JudgeEnrolled(
            event=event,
            judge=judge,
            unit=known.unit,
            person_digest=known.person_digest,
            standing_down=standing_down,
        )
        return log.add(fact, reason=reason.strip())


def _next_number(station: Station, event: EventCode) -> JudgeId:
    taken = [int(one.judge[1:]) for one in rules.judges(station, event) if one.judge[1:].isdigit()]
    return JudgeId(f"J{max(taken, default=0) + 1}")


def _is_set(station: Station, event: EventCode, module: ModuleId) -> bool:
    return queries.latest(station.connection, PanelSet, event=event, module=module) is not None


def _is_under_way(station: Station, event: EventCode, module: ModuleId) -> bool:
    if queries.latest(station.connection, SheetsSigned, event=event, module=module) is not None:
        return True
    aspects = [aspect.id for aspect in rules.event(station, event).module(module).aspects()]
    return counts.marks_of_aspects(station.connection, event, aspects) > 0
