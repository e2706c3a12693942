"""Competitors, what stands in one cell of a sheet, and booked penalties; no personal data.

A cell that nobody filled is simply not there: ``None`` wherever cells are looked up. Zero is a
value somebody chose, and absence is a state somebody recorded; the three are never mixed up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from msgspec import Struct

from app.domain.errors import RuleBroken
from app.domain.ids import EntryId, EventCode, ModuleId, OpId
from app.domain.methods import (
    Choice,
    canonical_text,
    check_entry,
    check_text,
    judges_needed,
    takes_text,
)
from app.domain.points import ZERO, Points, parse_points
from app.domain.scheme import Aspect, Event, PenaltyEffect
from app.domain.typed import format_parts, parse_measured

__all__ = [
    "ABSENT",
    "NOT_ATTEMPTED",
    "RECUSED",
    "WITHDRAWN",
    "Cell",
    "Entry",
    "EntryState",
    "MarkState",
    "Penalty",
    "check_cell",
    "check_penalty",
    "is_option",
    "measured_cell",
    "parse_measured",
    "parts_cell",
    "typed_cell",
    "value_cell",
]


class MarkState(StrEnum):
    """What a filled cell says. The middle three score zero but are shown as what they are.

    ``RECUSED`` (回避) is of the judge, not of the work: this judge does not mark this one, and the
    others of the panel do.
    """

    VALUE = "value"
    NOT_ATTEMPTED = "not-attempted"
    ABSENT = "absent"
    WITHDRAWN = "withdrawn"
    RECUSED = "recused"


class Cell(Struct, frozen=True, omit_defaults=True):
    """评分格: one judge's entry for one aspect of one work.

    ``value`` is what was typed, in ten-thousandths: 0 or 1, a mark, a number of errors, a judge's
    score. Where a method takes text, ``measured`` has what was typed instead: a measured value, a
    time, the code of a choice, or several parts in their canonical form (``typed``).
    """

    state: MarkState = MarkState.VALUE
    value: Points | None = None
    measured: str | None = None


NOT_ATTEMPTED: Final = Cell(MarkState.NOT_ATTEMPTED)
ABSENT: Final = Cell(MarkState.ABSENT)
WITHDRAWN: Final = Cell(MarkState.WITHDRAWN)
RECUSED: Final = Cell(MarkState.RECUSED)


def value_cell(value: Points) -> Cell:
    """A cell holding a typed number."""
    return Cell(MarkState.VALUE, value)


def measured_cell(measured: str) -> Cell:
    """A cell holding a measured value, kept as typed."""
    return Cell(MarkState.VALUE, None, measured)


def parts_cell(parts: Mapping[str, str]) -> Cell:
    """A cell holding several named values; none of them says that nothing occurred."""
    return Cell(MarkState.VALUE, None, format_parts(parts))


def typed_cell(aspect: Aspect, text: str) -> Cell:
    """The cell that typed text means for this aspect; raises ``RuleBroken`` when unreadable."""
    if takes_text(aspect.method):
        return measured_cell(canonical_text(aspect.method, text))
    return value_cell(parse_points(text))


def is_option(aspect: Aspect, text: str) -> bool:
    """Whether the text is the code of a finding on offer, also where it looks like a state."""
    method = aspect.method
    return isinstance(method, Choice) and any(one.code == text for one in method.options)


def check_cell(aspect: Aspect, cell: Cell) -> RuleBroken | None:
    """Why this cell cannot be entered for the aspect, or ``None`` when it can."""
    if cell.state is not MarkState.VALUE:
        if cell.value is not None or cell.measured is not None:
            return RuleBroken("mark-state-with-value", aspect=aspect.id)
        if cell.state is MarkState.RECUSED and not judges_needed(aspect.method):
            return RuleBroken("recused-alone", aspect=aspect.id)
        return None
    if takes_text(aspect.method):
        if cell.measured is None or cell.value is not None:
            return RuleBroken("mark-needs-measured", aspect=aspect.id)
        return check_text(aspect.method, aspect.maximum, cell.measured)
    if cell.value is None or cell.measured is not None:
        return RuleBroken("mark-needs-value", aspect=aspect.id)
    return check_entry(aspect.method, aspect.maximum, cell.value)


class EntryState(StrEnum):
    """Where an entry stands in the event (参赛状态)."""

    REGISTERED = "registered"
    CHECKED_IN = "checked-in"
    ABSENT = "absent"
    WITHDRAWN = "withdrawn"
    DISQUALIFIED = "disqualified"


@dataclass(frozen=True, slots=True)
class Entry:
    """参赛者: one competitor or team in one event, known by number only.

    ``competing`` is false for an entry outside the awards (打星): marked, but neither ranked among
    the others nor counted for quotas. ``members`` is the size of a team, ``delegation`` whom it
    competes for beside others (代表队).
    """

    id: EntryId
    event: EventCode
    number: str
    unit: str = ""
    group: str = ""
    competing: bool = True
    members: int = 1
    state: EntryState = EntryState.REGISTERED
    delegation: str = ""


@dataclass(frozen=True, slots=True)
class Penalty:
    """违规记录: a reason booked against an entry, in one module or, without one, in the event.

    ``points`` is what a deduction takes off, or the most a cap leaves; other effects carry none.
    """

    id: OpId
    entry: EntryId
    module: ModuleId | None
    reason: str
    effect: PenaltyEffect
    points: Points = ZERO


def check_penalty(event: Event, penalty: Penalty) -> RuleBroken | None:
    """Why this penalty cannot be booked, or ``None`` when it can."""
    event.penalty(penalty.reason)
    if penalty.module is not None:
        event.module(penalty.module)
    match penalty.effect:
        case PenaltyEffect.DEDUCT | PenaltyEffect.CAP if penalty.points <= 0:
            return RuleBroken("penalty-needs-points", reason=penalty.reason)
        case PenaltyEffect.MODULE_ZERO if penalty.module is None:
            return RuleBroken("penalty-needs-module", reason=penalty.reason)
        case _:
            return None
