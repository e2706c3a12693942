"""Exact numbers: marks are whole ten-thousandths, and rounding happens only where a scheme says.

``Points`` is an ``int`` counting ten-thousandths of a mark, so ``2.50`` is ``25000``. Between two
rounding stages a value that cannot be written so (a mean of three judges) is an exact
``Fraction`` of ten-thousandths. A binary float never takes part: ``round(2.675, 2)`` is 2.67.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NewType, TypeAlias

from msgspec import Struct

from app.domain.errors import RuleBroken

Points = NewType("Points", int)
"""An exact number of ten-thousandths of a mark (分)."""

Exact: TypeAlias = int | Fraction
"""A value in ten-thousandths that no stage has rounded yet."""

SCALE = 10_000
PLACES = 4
ZERO = Points(0)

_LONGEST = 28
"""What decimal arithmetic carries without losing a digit."""

_PLAIN_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)


class RoundingMode(StrEnum):
    """How a value between two printable ones is settled (修约方式)."""

    HALF_UP = "half-up"
    HALF_EVEN = "half-even"
    TRUNCATE = "truncate"
    FLOOR = "floor"
    CEIL = "ceil"


class Rounding(Struct, frozen=True, forbid_unknown_fields=True):
    """One rounding stage: decimal places (0 to 4) and mode."""

    places: int = 2
    mode: RoundingMode = RoundingMode.HALF_UP


def parse_points(text: str) -> Points:
    """Read a decimal number such as ``2.50`` or ``-0.5`` as points.

    Raises ``RuleBroken("number-unreadable")`` for anything but a plain decimal number and
    ``RuleBroken("number-too-fine")`` for more than four decimal places.
    """
    stripped = text.strip()
    if len(stripped) > _LONGEST or not _PLAIN_DECIMAL.fullmatch(stripped):
        raise RuleBroken("number-unreadable", value=stripped[:40])
    return points_of(Decimal(stripped))


def points_of(number: Decimal | int) -> Points:
    """The points of an exact number of marks; more than four places is refused."""
    scaled = Decimal(number).scaleb(PLACES)
    if scaled != scaled.to_integral_value():
        raise RuleBroken("number-too-fine", value=format(Decimal(number), "f"), places=PLACES)
    return Points(int(scaled))


def decimal_of(points: int) -> Decimal:
    """The number of marks as an exact decimal."""
    return Decimal(points).scaleb(-PLACES)


def format_points(points: int, places: int) -> str:
    """Write points with exactly ``places`` decimals; refuses to hide a digit that is there."""
    unit = 10 ** (PLACES - places)
    if points % unit:
        raise RuleBroken("number-too-fine", value=plain_points(points), places=places)
    whole, rest = divmod(abs(points) // unit, 10**places)
    sign = "-" if points < 0 else ""
    return f"{sign}{whole}.{rest:0{places}d}" if places else f"{sign}{whole}"


def plain_points(points: int) -> str:
    """Write points with as many decimals as they need and no more."""
    whole, rest = divmod(abs(points), SCALE)
    sign = "-" if points < 0 else ""
    return f"{sign}{whole}.{rest:04d}".rstrip("0").rstrip(".") if rest else f"{sign}{whole}"


def show_exact(value: Exact) -> str:
    """Write a value between stages: exact where it can be, else cut to four places and ``…``."""
    if value.denominator == 1:
        return plain_points(value.numerator)
    whole, rest = divmod(abs(value.numerator) // value.denominator, SCALE)
    return f"{'-' if value < 0 else ''}{whole}.{rest:04d}…"


def round_exact(value: Exact, rounding: Rounding) -> Points:
    """Round once, exactly, as the stage says. ``value`` is in ten-thousandths."""
    unit = 10 ** (PLACES - rounding.places)
    return Points(divide(value, unit, rounding.mode) * unit)


def divide(value: Exact, divisor: int, mode: RoundingMode) -> int:
    """``value / divisor`` as a whole number, settled by ``mode``; ``divisor`` is positive."""
    numerator, denominator = value.numerator, value.denominator * divisor
    quotient, rest = divmod(numerator, denominator)
    if not rest:
        return quotient
    match mode:
        case RoundingMode.FLOOR:
            return quotient
        case RoundingMode.CEIL:
            return quotient + 1
        case RoundingMode.TRUNCATE:
            return quotient if numerator >= 0 else quotient + 1
        case RoundingMode.HALF_UP:
            # Half goes away from zero, as a person rounding a penalty would expect.
            beyond = 2 * rest > denominator or (2 * rest == denominator and numerator >= 0)
            return quotient + 1 if beyond else quotient
        case RoundingMode.HALF_EVEN:
            beyond = 2 * rest > denominator or (2 * rest == denominator and quotient % 2 == 1)
            return quotient + 1 if beyond else quotient
