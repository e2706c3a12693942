"""Whether a marking method's parameters make sense for the aspect that uses them.

Everything found is reported, not the first thing only: whoever wrote the scheme mends it in one go.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from app.domain.errors import RuleBroken
from app.domain.methods import (
    Binary,
    Count,
    Deduct,
    Direct,
    Judgement,
    Ladder,
    Method,
    Panel,
    Tolerance,
)
from app.domain.points import PLACES
from app.domain.scheme import Aspect, Event


def check_method(event: Event, aspect: Aspect) -> Iterator[RuleBroken]:
    """What is wrong with an aspect's maximum, method and descriptors."""
    where = {"event": event.code, "aspect": aspect.id}
    fine = True
    for number in (aspect.max, *_marks_of(aspect.method)):
        if is_too_fine(number):
            fine = False
            yield RuleBroken("aspect-number-too-fine", **where, value=str(number), places=PLACES)
    if not fine:
        return
    if aspect.max <= 0:
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
        case Direct(step=step):
            return (step,)
        case Deduct(per=per) | Count(per=per):
            return (per,)
        case Ladder(marks=marks):
            return marks
        case Tolerance(bands=bands):
            return tuple(band.mark for band in bands)
        case Panel(lowest=lowest, highest=highest, step=step, spread=spread):
            return (lowest, highest, step, *(() if spread is None else (spread,)))
        case Binary() | Judgement():
            return ()


def _faults(method: Method, maximum: Decimal) -> Iterator[str]:
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
            yield from _band_faults(method, maximum)
        case Judgement():
            yield from _judgement_faults(method)
        case Panel():
            yield from _panel_faults(method)


def _ladder_faults(method: Ladder, maximum: Decimal) -> Iterator[str]:
    if not method.marks:
        yield "ladder-empty"
    elif min(method.marks) < 0 or max(method.marks) > maximum:
        yield "ladder-outside-max"
    elif max(method.marks) != maximum:
        yield "ladder-misses-max"
    if len(set(method.marks)) != len(method.marks):
        yield "ladder-repeats"


def _band_faults(method: Tolerance, maximum: Decimal) -> Iterator[str]:
    within = [band.within for band in method.bands]
    marks = [band.mark for band in method.bands]
    if not method.nominal.is_finite() or not all(limit.is_finite() for limit in within):
        yield "bands-unreadable"
        return
    if not within:
        yield "bands-empty"
        return
    if within[0] < 0 or any(wider <= limit for limit, wider in pairwise(within)):
        yield "bands-overlap"
    if min(marks) < 0 or max(marks) > maximum:
        yield "bands-outside-max"
    elif max(marks) != maximum:
        yield "bands-miss-max"
    if any(wider > mark for mark, wider in pairwise(marks)):
        yield "bands-reward-deviation"


def _judgement_faults(method: Judgement) -> Iterator[str]:
    if method.judges < 1:
        yield "panel-without-judges"
    if method.scale < 1:
        yield "judgement-scale-empty"
    elif not 0 <= method.spread <= method.scale:
        yield "spread-outside-scale"


def _panel_faults(method: Panel) -> Iterator[str]:
    if method.judges < 1:
        yield "panel-without-judges"
    if method.drop_highest < 0 or method.drop_lowest < 0:
        yield "panel-drop-negative"
    elif method.judges - method.drop_highest - method.drop_lowest < 1:
        yield "panel-drops-everyone"
    if method.highest <= method.lowest or method.highest <= 0:
        yield "panel-range-empty"
    elif method.step <= 0 or (method.highest - method.lowest) % method.step:
        yield "panel-step-uneven"
    if method.spread is not None and not 0 <= method.spread <= method.highest - method.lowest:
        yield "spread-outside-scale"
