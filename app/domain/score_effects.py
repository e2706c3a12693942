"""What changes a sum of marks: gates and penalties, caps, attempts, and the highest total there is.

Every effect leaves the raw marks alone and says by its reason that it was there.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

from app.domain.aspects import AspectResult, rounded
from app.domain.entries import MarkState, Penalty
from app.domain.ids import AspectId, EntryId, ModuleId, OpId
from app.domain.methods import Gate, GateEffect
from app.domain.points import ZERO, Exact, points_of
from app.domain.scheme import Attempts, Event, PenaltyEffect

PlacedGate: TypeAlias = tuple[int, ModuleId, AspectId, Gate]
"""A gate with its place among the aspects of the event, its module and its aspect."""


def gates_of(event: Event) -> tuple[PlacedGate, ...]:
    """The gates of an event by their place among its aspects."""
    pairs = [(module.id, aspect) for module in event.modules for aspect in module.aspects()]
    return tuple(
        (place, module, aspect.id, aspect.method)
        for place, (module, aspect) in enumerate(pairs)
        if isinstance(aspect.method, Gate)
    )


def gate_penalties(gates: Sequence[PlacedGate], results: Sequence[AspectResult]) -> list[Penalty]:
    """What gates that were not kept do, as penalties whose reason is the aspect's id."""
    broken = []
    for place, module, aspect, gate in gates:
        if results[place].values != (Fraction(0),):
            continue
        stays = gate.effect in (GateEffect.MODULE_ZERO, GateEffect.REDO)
        broken.append(
            Penalty(
                OpId(""),
                EntryId(""),
                module if stays else None,
                aspect,
                PenaltyEffect(gate.effect.value),
                points_of(gate.cap) if gate.cap is not None else ZERO,
            )
        )
    return broken


def highest_total(event: Event) -> Exact | None:
    """What caps a total before penalties: the event's ``most``; else, where a component is added,
    what a faultless entry earns without it; ``None`` where nothing can exceed the maximum."""
    if event.most is not None:
        return points_of(event.most)
    added = {part.id for part in event.components if part.added}
    if not added:
        return None
    weights = {part.id: Fraction(part.weight) for part in event.components}
    full = sum(
        (
            Fraction(module.weight) * module.maximum * weights[module.component]
            for module in event.modules
            if module.component in weights and module.component not in added
        ),
        Fraction(0),
    )
    return rounded(full, None)


def is_made(result: AspectResult, *, is_hope: bool) -> bool:
    """Whether an aspect shows that its attempt was made, or in hope that it still will be."""
    if result.mark is None:
        return is_hope
    return result.shown is not MarkState.NOT_ATTEMPTED


def of_attempts(rule: Attempts, marks: Sequence[Exact], made: Sequence[bool]) -> Exact:
    """What several attempts come to."""
    match rule:
        case Attempts.BEST:
            return max(marks, default=0)
        case Attempts.LAST:
            return next((mark for mark, was in zip(marks[::-1], made[::-1], strict=True) if was), 0)
        case Attempts.MEAN:
            return rounded(Fraction(sum(marks), len(marks)), None) if marks else 0


def capped(mark: Exact, penalties: Sequence[Penalty]) -> Exact:
    """The mark, at most what the lowest cap leaves."""
    caps = [item.points for item in penalties if item.effect is PenaltyEffect.CAP]
    return min(mark, *caps) if caps else mark


def to_redo(penalties: Sequence[Penalty]) -> int:
    """How many pieces of work are to be done again."""
    return sum(item.effect is PenaltyEffect.REDO for item in penalties)


def booked_for(
    penalties: Sequence[Penalty], module: ModuleId | None, zero: PenaltyEffect
) -> tuple[tuple[str, ...], int]:
    """What is booked for a module, or for the event: reasons that void it and marks to take off."""
    own = [penalty for penalty in penalties if penalty.module == module]
    voided = reasons_of(own if module is not None else penalties, zero)
    return voided, sum(item.points for item in own if item.effect is PenaltyEffect.DEDUCT)


def reasons_of(penalties: Sequence[Penalty], effect: PenaltyEffect) -> tuple[str, ...]:
    """The reasons booked with an effect, each once."""
    return tuple(sorted({item.reason for item in penalties if item.effect is effect}))


def taken_off(mark: Exact, booked: int, least: int = 0) -> Exact:
    """What a deduction really takes: never more than leaves ``least``."""
    return min(booked, max(mark - least, 0)) if booked else 0
