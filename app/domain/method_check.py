"""Whether a marking method's parameters make sense for the aspect that uses them.

Everything found is reported, not the first thing only: whoever wrote the scheme mends it in one go.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec
from msgspec import Struct

from app.domain.errors import RuleBroken
from app.domain.methods import (
    Benefit,
    Binary,
    Bonus,
    Carried,
    Choice,
    Closest,
    Count,
    Deduct,
    Direct,
    Faults,
    Gate,
    Judgement,
    Ladder,
    Linear,
    Median,
    Method,
    Overtime,
    Panel,
    RankPoints,
    StandardScore,
    Tally,
    TimeBands,
    TimeLinear,
    TimeRatio,
    Tolerance,
    WeightedSum,
    judges_needed,
)
from app.domain.methods.carried import carried_faults
from app.domain.methods.catalogues import faults_faults, tally_faults
from app.domain.methods.field import field_faults
from app.domain.methods.gates import gate_faults
from app.domain.methods.measured import choice_faults, linear_faults, tolerance_faults
from app.domain.methods.panels import panel_faults
from app.domain.methods.proposals import benefit_faults, bonus_faults, weighted_faults
from app.domain.methods.timed import overtime_faults, time_bands_faults, time_linear_faults
from app.domain.points import PLACES
from app.domain.scheme import Aspect, Event

MOST_JUDGES = 15
"""What a mark sheet has columns for, one a judge."""


def check_method(event: Event, aspect: Aspect) -> Iterator[RuleBroken]:
    """What is wrong with an aspect's maximum, method and descriptors."""
    where = {"event": event.code, "aspect": aspect.id}
    fine = True
    for number in (aspect.max, *_marks_of(aspect.method)):
        if is_too_fine(number):
            fine = False
            yield RuleBroken("aspect-number-too-fine", **where, value=str(number), places=PLACES)
    if not all(number.is_finite() for number in _unmarked_numbers(aspect.method)):
        fine = False
        yield RuleBroken("method-number-not-finite", **where)
    if not fine:
        return
    if judges_needed(aspect.method) > MOST_JUDGES:
        yield RuleBroken("panel-too-large", **where, most=MOST_JUDGES)
    if aspect.max < 0 or (aspect.max == 0 and not isinstance(aspect.method, Gate)):
        yield RuleBroken("aspect-max-not-positive", **where, value=str(aspect.max))
    for code in _faults(aspect.method, aspect.max):
        yield RuleBroken(code, **where)
    if isinstance(aspect.method, Judgement) and aspect.descriptors:
        expected, given = aspect.method.scale + 1, len(aspect.descriptors)
        if given != expected or not all(text.strip() for text in aspect.descriptors):
            yield RuleBroken("descriptors-count", **where, expected=expected, given=given)


def is_too_fine(number: Decimal) -> bool:
    """Whether a number is not finite or has more decimals than points can hold."""
    if not number.is_finite():
        return True
    return number.scaleb(PLACES) != number.scaleb(PLACES).to_integral_value()


def _marks_of(method: Method) -> tuple[Decimal, ...]:
    """The parameters that are marks or scores, so that must be whole ten-thousandths."""
    match method:
        case Tolerance(bands=bands):
            return tuple(band.mark for band in bands)
        case Choice(options=options):
            return tuple(option.mark for option in options)
        case Benefit(kinds=kinds):
            return tuple(
                mark
                for kind in kinds
                for band in kind.bands
                for mark in (band.mark, band.lowest)
                if mark is not None
            )
        case WeightedSum(parts=parts):
            return tuple(number for part in parts for number in (part.highest, part.step))
        case Overtime(per=per):
            return (per,)
        case RankPoints(points=points):
            return points
        case Linear() | Carried() | TimeLinear() | TimeBands() | TimeRatio():
            return ()
        case _:
            return tuple(_decimals(method))


def _unmarked_numbers(method: Method) -> tuple[Decimal, ...]:
    """The parameters that are no marks: lengths, seconds, amounts, weights, factors.

    The bands of a tolerance have a refusal of their own.
    """
    return () if isinstance(method, Tolerance) else tuple(_decimals(method))


def _decimals(value: object) -> Iterator[Decimal]:
    match value:
        case Decimal():
            yield value
        case Struct():
            for item in msgspec.structs.astuple(value):
                yield from _decimals(item)
        case tuple():
            for item in value:
                yield from _decimals(item)
        case _:
            return


def _faults(method: Method, maximum: Decimal) -> Iterator[str]:  # noqa: C901, PLR0912
    match method:
        case Binary():
            return
        case Direct(step=step):
            if step <= 0 or maximum % step:
                yield "direct-step-uneven"
        case Deduct(per=per) | Count(per=per):
            if not 0 < per <= maximum:
                yield "per-item-mark-outside"
        case Ladder():
            yield from _ladder_faults(method, maximum)
        case Tolerance():
            yield from tolerance_faults(method, maximum)
        case Linear():
            yield from linear_faults(method)
        case Carried():
            yield from carried_faults(method)
        case Choice():
            yield from choice_faults(method, maximum)
        case Judgement() | Panel() | Median() | Closest():
            yield from panel_faults(method)
        case Faults():
            yield from faults_faults(method, maximum)
        case Tally():
            yield from tally_faults(method)
        case WeightedSum():
            yield from weighted_faults(method)
        case Benefit():
            yield from benefit_faults(method, maximum)
        case Bonus():
            yield from bonus_faults(method)
        case TimeLinear():
            yield from time_linear_faults(method, maximum)
        case TimeBands():
            yield from time_bands_faults(method, maximum)
        case Overtime():
            yield from overtime_faults(method, maximum)
        case RankPoints() | StandardScore() | TimeRatio():
            yield from field_faults(method, maximum)
        case Gate():
            yield from gate_faults(method)


def _ladder_faults(method: Ladder, maximum: Decimal) -> Iterator[str]:
    if not method.marks:
        yield "ladder-empty"
    elif min(method.marks) < 0 or max(method.marks) > maximum:
        yield "ladder-outside-max"
    elif max(method.marks) != maximum:
        yield "ladder-misses-max"
    if len(set(method.marks)) != len(method.marks):
        yield "ladder-repeats"
