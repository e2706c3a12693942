"""Methods that look up what was measured or found: tolerance, a line, a choice.

The typed text is what is kept, because an appeal looks at it; the mark always follows from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from msgspec import Struct

from app.domain.errors import RuleBroken
from app.domain.points import ZERO, Exact, Points, points_of
from app.domain.typed import is_part_code


class Band(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A deviation of at most ``within`` earns ``mark``."""

    within: Decimal
    mark: Decimal


class Tolerance(
    Struct,
    frozen=True,
    tag="tolerance",
    tag_field="method",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """A measured value looked up by its deviation from nominal (公差). The typed value is kept."""

    nominal: Decimal
    bands: tuple[Band, ...]
    unit: str = ""


class Linear(
    Struct,
    frozen=True,
    tag="linear",
    tag_field="method",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """``max * clamp((bad - x) / (bad - good), 0, 1)`` for a measured ``x`` (线性插值).

    ``good`` may lie on either side of ``bad``: yield counts up, a gap counts down.
    """

    bad: Decimal
    good: Decimal
    unit: str = ""


class Option(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One of the findings on offer and its mark."""

    code: str
    name: str
    mark: Decimal
    name_en: str = ""


class Choice(
    Struct,
    frozen=True,
    tag="choice",
    tag_field="method",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """One of several named findings, each with its mark (选项给分). The option's code is typed."""

    options: tuple[Option, ...]


def tolerance_mark(method: Tolerance, measured: Decimal) -> Points:
    """The mark of the narrowest band that holds ``|measured - nominal|``; 0 beyond them all."""
    deviation = abs(Fraction(measured) - Fraction(method.nominal))
    for band in sorted(method.bands, key=lambda band: band.within):
        if deviation <= Fraction(band.within):
            return points_of(band.mark)
    return ZERO


def linear_mark(method: Linear, maximum: Points, measured: Decimal) -> Exact:
    """``max * clamp((bad - x) / (bad - good), 0, 1)``. Domain rules 1.3."""
    share = (Fraction(method.bad) - Fraction(measured)) / Fraction(method.bad - method.good)
    return maximum * min(max(share, Fraction(0)), Fraction(1))


def choice_mark(method: Choice, code: str) -> Points:
    """The mark of the option that was found. Raises ``RuleBroken`` for any other."""
    for option in method.options:
        if option.code == code.strip():
            return points_of(option.mark)
    offered = " / ".join(option.code for option in method.options)
    raise RuleBroken("choice-unknown", value=code.strip()[:40], choices=offered)


def tolerance_faults(method: Tolerance, maximum: Decimal) -> Iterator[str]:
    """What is wrong with the bands, as codes of refusals."""
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


def linear_faults(method: Linear) -> Iterator[str]:
    """What is wrong with the two ends, which may fall but not coincide."""
    if method.good == method.bad:
        yield "linear-range-empty"


def choice_faults(method: Choice, maximum: Decimal) -> Iterator[str]:
    """What is wrong with the options, as codes of refusals."""
    yield from code_faults([option.code for option in method.options])
    marks = [option.mark for option in method.options]
    if marks and (min(marks) < 0 or max(marks) > maximum):
        yield "options-outside-max"
    elif marks and max(marks) != maximum:
        yield "options-miss-max"


def code_faults(codes: list[str]) -> Iterator[str]:
    """What is wrong with the codes of a catalogue that parts of a cell are named by."""
    if not codes:
        yield "items-empty"
    if len(set(codes)) != len(codes):
        yield "items-repeated"
    if not all(is_part_code(code) for code in codes):
        yield "item-code-unusable"
