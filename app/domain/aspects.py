"""From judges' entries to the mark of one aspect: the first two stages of scoring.

An aspect has a mark only when every judge has entered, none is disputed and the panel agrees as far
as the rules ask. Until then it says what it waits for. Domain rules 1.2-1.4 and 2.4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from app.domain.disputes import Dispute
from app.domain.entries import Cell, MarkState
from app.domain.errors import RuleBroken
from app.domain.ids import PANEL, JudgeId
from app.domain.methods import (
    FieldMethod,
    Gate,
    PanelMethod,
    fewest_in_field,
    field_value,
    is_short,
    judges_needed,
    panel_mean,
    scaled_mark,
    single_mark,
    spread_broken,
    takes_text,
    text_mark,
)
from app.domain.points import SCALE, ZERO, Exact, Points, Rounding, round_exact
from app.domain.scheme import Aspect, Event, Stages


class AspectState(StrEnum):
    """How far one aspect of one work has come. Only a complete one has a mark.

    A panel is short when so many judges stood down that the rules give no mark; an aspect that
    compares entries awaits the field until everybody else is in.
    """

    UNSET = "unset"
    PARTIAL = "partial"
    SPREAD_BROKEN = "spread-broken"
    DISPUTED = "disputed"
    PANEL_SHORT = "panel-short"
    AWAITS_FIELD = "awaits-field"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class AspectResult:
    """The mark of one aspect, or why there is none yet.

    ``missing`` counts the judges still to enter. ``shown`` is what a complete aspect is shown as:
    its mark, or the state that all its judges recorded, which scores zero. ``values`` are what was
    read where the mark does not tell it: what entries are compared by, one value a judge or the
    team's, ``None`` of one who stood down; or whether a gate was kept, 1 or 0. ``shares`` are what
    each of these came to, the mark being their mean. ``was_let_stand`` says that the judges lie
    further apart than the rules allow and the chief let it stand.
    """

    state: AspectState
    mark: Exact | None = None
    missing: int = 0
    shown: MarkState | None = None
    values: tuple[Fraction | None, ...] = ()
    shares: tuple[Exact | None, ...] = ()
    was_let_stand: bool = False


def judges_of(aspect: Aspect, appointed: Sequence[JudgeId]) -> tuple[JudgeId, ...]:
    """The judges who enter this aspect: the first of those appointed, or the team as one."""
    needed = judges_needed(aspect.method)
    return tuple(appointed[:needed]) if needed else (PANEL,)


def aspect_result(
    event: Event, aspect: Aspect, cells: Mapping[JudgeId, Cell | Dispute], judges: Sequence[JudgeId]
) -> AspectResult:
    """What the cells come to. ``judges`` are those of ``judges_of``; no others count."""
    return result_of(event.rounding, aspect, [cells.get(judge) for judge in judges])


def result_of(
    stages: Stages,
    aspect: Aspect,
    held: Sequence[Cell | Dispute | None],
    *,
    may_stand: bool = False,
) -> AspectResult:
    """``aspect_result`` for the judges' cells in a row, ``None`` for one not filled.

    ``may_stand`` says that the chief judge let these scores stand, however far apart they lie.
    """
    needed = judges_needed(aspect.method) or 1
    if len(held) > needed:
        raise ValueError(f"{aspect.id} has {needed} judges, {len(held)} cells given")
    cells = [cell for cell in held if isinstance(cell, Cell)]
    missing = needed - len(held) + sum(cell is None for cell in held)
    if len(cells) + missing < needed:
        return AspectResult(AspectState.DISPUTED, missing=missing)
    if missing:
        return AspectResult(AspectState.PARTIAL if cells else AspectState.UNSET, missing=missing)
    return _agreed(stages, aspect, cells, may_stand=may_stand)


def _agreed(
    stages: Stages, aspect: Aspect, entered: Sequence[Cell], *, may_stand: bool
) -> AspectResult:
    """What the cells of all judges come to; some may have stood down."""
    cells = [cell for cell in entered if cell.state is not MarkState.RECUSED]
    if len(cells) < len(entered) and not _may_be_fewer(aspect, len(cells)):
        return AspectResult(AspectState.PANEL_SHORT)
    said = cells[0].state
    if any(cell.state is not said for cell in cells):
        # One judge saw something to score and another did not: the panel has to look again.
        return AspectResult(AspectState.SPREAD_BROKEN)
    if said is not MarkState.VALUE:
        return AspectResult(AspectState.COMPLETE, ZERO, shown=said)
    scores = [cell.value for cell in cells if cell.value is not None]
    is_apart = spread_broken(aspect.method, scores)
    if is_apart and not may_stand:
        return AspectResult(AspectState.SPREAD_BROKEN)
    if isinstance(aspect.method, FieldMethod):
        values = tuple(
            None
            if cell.state is MarkState.RECUSED
            else field_value(aspect.method, _text(aspect, cell))
            for cell in entered
        )
        return AspectResult(AspectState.AWAITS_FIELD, values=values)
    mark = _mark(stages, aspect, cells)
    if isinstance(aspect.method, Gate):
        kept = Fraction(_typed(cells[0]), SCALE)
        return AspectResult(AspectState.COMPLETE, mark, shown=said, values=(kept,))
    return AspectResult(AspectState.COMPLETE, mark, shown=said, was_let_stand=is_apart)


def _mark(stages: Stages, aspect: Aspect, cells: Sequence[Cell]) -> Exact:
    method = aspect.method
    if isinstance(method, PanelMethod):
        mean = rounded(panel_mean(method, [_typed(cell) for cell in cells]), stages.judge)
        mark = scaled_mark(method, aspect.maximum, mean)
    elif takes_text(method):
        mark = text_mark(method, aspect.maximum, _text(aspect, cells[0]))
    else:
        mark = single_mark(method, aspect.maximum, _typed(cells[0]))
    return rounded(mark, stages.aspect)


def _may_be_fewer(aspect: Aspect, scores: int) -> bool:
    """Whether this many judges, the others standing down, still give a mark."""
    if isinstance(aspect.method, FieldMethod):
        return scores >= fewest_in_field(aspect.method)
    return isinstance(aspect.method, PanelMethod) and not is_short(aspect.method, scores)


def _text(aspect: Aspect, cell: Cell) -> str:
    if cell.measured is None:
        raise RuleBroken("mark-needs-measured", aspect=aspect.id)
    return cell.measured


def _typed(cell: Cell) -> Points:
    if cell.value is None:
        raise RuleBroken("number-unreadable", value="")
    return cell.value


def rounded(value: Exact, rounding: Rounding | None) -> Exact:
    """The value after a stage: rounded where one is named, else carried on exactly."""
    if rounding is not None:
        return round_exact(value, rounding)
    return value.numerator if value.denominator == 1 else value
