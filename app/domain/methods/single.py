"""Methods of a measurement team that enters one number: a tick, a mark, a count, a step.

Domain rules 1.3. What is entered is points: 0 or 1, a mark, or a number of errors or hits.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

from msgspec import Struct

from app.domain.errors import RuleBroken
from app.domain.points import SCALE, ZERO, Points, plain_points, points_of


class Binary(
    Struct,
    frozen=True,
    tag="binary",
    tag_field="method",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """Met or not (是/否): the full mark for an entry of 1, nothing for 0."""


class Direct(
    Struct,
    frozen=True,
    tag="direct",
    tag_field="method",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """The mark itself is entered, 0 to the maximum, on a step (直接给分), e.g. a theory score."""

    step: Decimal = Decimal("0.01")


class Deduct(
    Struct,
    frozen=True,
    tag="deduct",
    tag_field="method",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """``max(0, max - per * n)`` for ``n`` errors (每处扣分)."""

    per: Decimal


class Count(
    Struct,
    frozen=True,
    tag="count",
    tag_field="method",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """``min(max, per * n)`` for ``n`` hits (每处得分)."""

    per: Decimal


class Ladder(
    Struct,
    frozen=True,
    tag="ladder",
    tag_field="method",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """One of a few marks and no other (分档)."""

    marks: tuple[Decimal, ...]


Single: TypeAlias = Binary | Direct | Deduct | Count | Ladder


def check_single(method: Single, maximum: Points, value: Points) -> RuleBroken | None:
    """Why this number cannot be entered, or ``None`` when it can."""
    match method:
        case Binary():
            return off_step(value, ZERO, Points(SCALE), Points(SCALE))
        case Direct(step=step):
            return off_step(value, ZERO, maximum, points_of(step))
        case Deduct() | Count():
            return off_step(value, ZERO, Points(999 * SCALE), Points(SCALE))
        case Ladder(marks=marks):
            if value in {points_of(mark) for mark in marks}:
                return None
            offered = " / ".join(plain_points(points_of(mark)) for mark in marks)
            return RuleBroken("mark-not-on-ladder", value=plain_points(value), marks=offered)


def off_step(value: Points, low: Points, high: Points, step: Points) -> RuleBroken | None:
    """Why a number is refused: outside ``low`` to ``high``, or between two steps."""
    if not low <= value <= high:
        return RuleBroken(
            "mark-out-of-range",
            value=plain_points(value),
            low=plain_points(low),
            high=plain_points(high),
        )
    if (value - low) % step:
        return RuleBroken("mark-off-step", value=plain_points(value), step=plain_points(step))
    return None


def single_value_mark(method: Single, maximum: Points, value: Points) -> Points:
    """The mark for the number the team agreed on. Domain rules 1.3."""
    match method:
        case Binary():
            return maximum if value else ZERO
        case Direct() | Ladder():
            return value
        case Deduct(per=per):
            return Points(max(0, maximum - points_of(per) * (value // SCALE)))
        case Count(per=per):
            return Points(min(maximum, points_of(per) * (value // SCALE)))
