"""Undo (撤销): one's own latest step at this station, while it is still free to take back.

Undoing appends ``op-undone``; nothing is removed. A sheet that was committed at once, and clocks
that were started at once, are taken back at once. What others may already have acted upon, such as
a signature, a draw, a publication, a certificate or an export, is never undone: it is corrected
with a reason by the service it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from app.domain.entries import MarkState
from app.domain.errors import Detail, RuleBroken
from app.domain.facts import (
    CheckedIn,
    ClockMoved,
    DisputeSettled,
    DrawMade,
    EntryWithdrawn,
    Fact,
    MarkedAbsent,
    MarkGiven,
    OpUndone,
    PenaltyGiven,
    PenaltyLifted,
    PromotionDeclined,
    ResultsPublished,
    SheetChecked,
    SpreadLetStand,
    TieDecided,
)
from app.domain.ids import AspectId, EntryId, EventCode, ModuleId, OpId
from app.domain.ops import Op, decode_fact
from app.domain.points import plain_points
from app.domain.roles import may_record
from app.domain.scheme import OnRemaining
from app.services import roll, rules, undo_checks, undo_fed
from app.services.signing_off import has_signed, locked_modules
from app.services.station import TOPICS, Station, recording
from app.services.works import work_codes
from app.storage import oplog, queries

_Attendance: TypeAlias = CheckedIn | MarkedAbsent | EntryWithdrawn

_NAMES: Mapping[type[Fact], str] = {
    CheckedIn: "check_in",
    MarkedAbsent: "absent",
    EntryWithdrawn: "withdrawal",
    PenaltyGiven: "penalty",
    PenaltyLifted: "penalty_lifted",
    PromotionDeclined: "promotion_declined",
}

_FARTHEST_BACK = 400
"""How many of the station's last records are looked through for the person's last one."""


@dataclass(frozen=True, slots=True)
class UndoLabel:
    """What would be undone: ``words.say(f"undo.{kind}", **details)``, e.g. "mark 2.50 for B07"."""

    kind: str
    details: Mapping[str, Detail]


@dataclass(frozen=True, slots=True)
class _Step:
    """One record of the acting person, with its fact."""

    op: Op
    fact: Fact


def last_undoable(station: Station) -> UndoLabel | None:
    """What undoing would take back, or ``None`` when the person's last step cannot be."""
    steps = _last_steps(station)
    return _label(station, steps) if steps else None


def undo_last(station: Station, *, origin: object | None = None) -> UndoLabel:
    """Take the person's last step back. Raises ``RuleBroken("nothing-to-undo")``."""
    with recording(station, origin=origin) as log:
        steps = _last_steps(station)
        if not steps:
            raise RuleBroken("nothing-to-undo")
        label = _label(station, steps)
        for step in steps:
            log.add(OpUndone(kind=step.op.kind), undoes=step.op.op_id)
            log.touch(TOPICS[type(step.fact)], getattr(step.fact, "entry", None))
    return label


def _last_steps(station: Station) -> list[_Step]:
    """The latest step and what was recorded with it, newest first; empty when it must stay."""
    own = _own_steps(station)
    first = next(own, None)
    if first is None or not may_record(station.actor, type(first.fact)):
        return []
    if undo_fed.is_fed(station, first.fact):
        command = undo_fed.command_of((first.op, first.fact), ((it.op, it.fact) for it in own))
        is_free = bool(command) and undo_fed.may_be_undone(station, command)
        return [_Step(*it) for it in command] if is_free else []
    if isinstance(check := first.fact, SheetChecked):
        command = undo_checks.command_of(first.op, check, ((it.op, it.fact) for it in own))
        is_free = undo_checks.may_be_undone(station, check, command)
        return [_Step(*it) for it in command] if is_free else []
    together = [first]
    for earlier in own:
        if not _belongs(together[-1], earlier):
            break
        together.append(earlier)
    for steps in (together, together[:1]):
        if _may_be_undone(station, steps):
            return steps
    return []


def _own_steps(station: Station) -> Iterator[_Step]:
    """The acting person's latest records that are not undone yet, newest first.

    They are read one by one: this is asked after every mark.
    """
    undone: set[OpId] = set()
    latest = oplog.backwards(station.connection, station.station_id)
    for op in islice(latest, _FARTHEST_BACK):
        if op.undoes is not None:
            undone.add(op.undoes)
        elif op.by == str(station.actor) and op.op_id not in undone:
            yield _Step(op, decode_fact(op.kind, op.version, op.body))


def _belongs(later: _Step, earlier: _Step) -> bool:
    """Whether two records of one kind were made by one command."""
    if (later.op.at, later.op.kind) != (earlier.op.at, earlier.op.kind):
        return False
    if later.op.seq != earlier.op.seq + 1:
        return False
    match later.fact, earlier.fact:
        case MarkGiven() as one, MarkGiven() as other:
            same_sheet = (one.event, one.entry, one.judge) == (
                other.event,
                other.entry,
                other.judge,
            )
            return same_sheet and one.aspect != other.aspect
        case ClockMoved() as one, ClockMoved() as other:
            same_wave = (one.event, type(one.moved)) == (other.event, type(other.moved))
            return same_wave and (one.entry, one.module) != (other.entry, other.module)
        case _:
            return False


def _may_be_undone(station: Station, steps: Sequence[_Step]) -> bool:
    """Whether all of these, recorded by one command, may still be taken back."""
    match steps[0].fact:
        case MarkGiven():
            return _may_undo_marks(station, steps)
        case ClockMoved():
            return all(_is_last_of_its_clock(station, step) for step in steps)
        case (DisputeSettled() | SpreadLetStand()) as decided:
            module = _module_of(station, decided.event, decided.aspect)
            still = isinstance(decided, SpreadLetStand) or decided.chosen in _counting(
                station, decided
            )
            return still and not _is_locked(station, decided.event, module)
        case CheckedIn() | MarkedAbsent() | EntryWithdrawn() as fact:
            return not _is_relied_upon(station, fact)
        case PenaltyGiven(event=event, module=module):
            lifted = queries.standing(station.connection, PenaltyLifted, event=event)
            is_lifted = any(it.fact.given == steps[0].op.op_id for it in lifted)
            return not is_lifted and not _is_locked(station, event, module)
        case PenaltyLifted(event=event):
            return not _is_locked(station, event, None)
        case TieDecided(event=event, kind=kind):
            published = queries.latest(station.connection, ResultsPublished, event=event)
            is_shown = published is not None and published.order[0] > steps[0].op.lamport
            return kind is not OnRemaining.LOT and not is_shown
        case other:
            return isinstance(other, PromotionDeclined)


def _may_undo_marks(station: Station, steps: Sequence[_Step]) -> bool:
    """Marks of one sheet: nobody has replaced one, the judge has not signed, nothing is locked."""
    marks = [step.fact for step in steps if isinstance(step.fact, MarkGiven)]
    first = marks[0]
    modules = {_module_of(station, first.event, mark.aspect) for mark in marks}
    counting = _counting(station, first)
    return all(step.op.op_id in counting for step in steps) and not any(
        module is None
        or _is_locked(station, first.event, module)
        or has_signed(station, first.event, module, first.judge)
        for module in modules
    )


def _is_last_of_its_clock(station: Station, step: _Step) -> bool:
    moved = step.fact
    assert isinstance(moved, ClockMoved)
    last = queries.latest(
        station.connection,
        ClockMoved,
        event=moved.event,
        module=moved.module,
        entry=moved.entry,
    )
    is_last = last is not None and last.op_id == step.op.op_id
    return is_last and not _is_locked(station, moved.event, moved.module)


def _is_locked(station: Station, event: EventCode, module: ModuleId | None) -> bool:
    """Whether the module is locked; without one, whether any module of the event is."""
    locked = locked_modules(station, rules.event(station, event))
    return bool(locked) if module is None else module in locked


def _counting(station: Station, sheet: MarkGiven | DisputeSettled) -> set[OpId]:
    """The marks of one judge for one work that count now."""
    marks = queries.current_marks(
        station.connection, sheet.event, entry=sheet.entry, judge=sheet.judge
    )
    return {mark.op_id for mark in marks}


def _is_relied_upon(station: Station, fact: _Attendance) -> bool:
    """Whether a lot, a clock or a mark has come to the entry since."""
    drawn = queries.standing(station.connection, DrawMade, event=fact.event)
    return (
        any(placed.entry == fact.entry for it in drawn for placed in it.fact.placements)
        or bool(queries.standing(station.connection, ClockMoved, entry=fact.entry))
        or any(
            True for _ in queries.current_marks(station.connection, fact.event, entry=fact.entry)
        )
    )


def _module_of(station: Station, event: EventCode, aspect: AspectId) -> ModuleId | None:
    for module in rules.event(station, event).modules:
        for part in module.subcriteria:
            if any(one.id == aspect for one in part.aspects):
                return module.id
    return None


def _label(station: Station, steps: Sequence[_Step]) -> UndoLabel:
    if undo_fed.is_fed(station, steps[0].fact):
        return UndoLabel(*undo_fed.label_of(station, steps[-1].fact))
    match steps[0].fact:
        case SheetChecked() as check:
            return UndoLabel(*undo_checks.label_of(station, check))
        case MarkGiven() as mark:
            return _mark_label(station, mark, count=len(steps))
        case (DisputeSettled() | SpreadLetStand()) as decided:
            kind = "dispute" if isinstance(decided, DisputeSettled) else "spread"
            details = {"aspect": decided.aspect, "work": _work_of(station, decided)}
            return UndoLabel(kind, details)
        case ClockMoved(moved=moved) if len(steps) > 1:
            return UndoLabel(f"clocks_{_tag(moved)}", {"count": len(steps)})
        case ClockMoved(event=event, module=module, entry=entry, moved=moved):
            work = _shown(station, event, module, entry)
            return UndoLabel(f"clock_{_tag(moved)}", {"work": work, "module": module})
        case TieDecided(entries=entries):
            numbers = (roll.entry(station, entry).number for entry in entries)
            return UndoLabel("tie", {"entries": ", ".join(numbers)})
        case other:
            return UndoLabel(_NAMES[type(other)], {"entry": getattr(other, "entry", "")})


def _mark_label(station: Station, mark: MarkGiven, *, count: int) -> UndoLabel:
    if count > 1:
        return UndoLabel("sheet", {"count": count, "work": _work_of(station, mark)})
    details: dict[str, Detail] = {"work": _work_of(station, mark), "aspect": mark.aspect}
    if mark.state is not MarkState.VALUE:
        return UndoLabel(f"mark_{mark.state.value.replace('-', '_')}", details)
    value = mark.measured if mark.value is None else plain_points(mark.value)
    return UndoLabel("mark", details | {"value": value or ""})


def _work_of(station: Station, cell: MarkGiven | DisputeSettled | SpreadLetStand) -> str:
    module = _module_of(station, cell.event, cell.aspect)
    return _shown(station, cell.event, module, cell.entry)


def _shown(station: Station, event: EventCode, module: ModuleId | None, entry: EntryId) -> str:
    """The work code where the module is marked blind, else the entry's number."""
    if module is not None and rules.event(station, event).module(module).blind:
        return work_codes(station, event, module).get(entry, "?")
    return roll.entry(station, entry).number


def _tag(moved: object) -> str:
    config = getattr(type(moved), "__struct_config__")  # noqa: B009 - msgspec has no other way
    return str(config.tag)
