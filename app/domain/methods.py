"""How judges' entries become an aspect's mark: one small function a method (评分方法).

Each method is a frozen ``Struct`` with its parameters, checked when the scheme is read, and every
function takes and returns exact numbers in ten-thousandths. A method never rounds: the stage that
called it does, once.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from msgspec import Struct

from app.domain.errors import RuleBroken
from app.domain.points import SCALE, ZERO, Exact, Points, plain_points, points_of


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


class Judgement(
    Struct,
    frozen=True,
    tag="judgement",
    tag_field="method",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """``judges`` scores of 0 to ``scale`` against descriptors, at most ``spread`` apart (评判)."""

    judges: int = 3
    scale: int = 3
    spread: int = 1


class Panel(
    Struct,
    frozen=True,
    tag="panel",
    tag_field="method",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """The mean of a panel's scores after dropping some at each end (评委打分, 去最高最低).

    Scores run from ``lowest`` to ``highest`` on ``step``; the mean is scaled so that ``highest``
    earns the aspect's maximum. ``spread`` is the most that two scores may differ, if limited.
    """

    judges: int
    highest: Decimal
    lowest: Decimal = Decimal(0)
    step: Decimal = Decimal(1)
    drop_highest: int = 0
    drop_lowest: int = 0
    spread: Decimal | None = None


Method: TypeAlias = Binary | Direct | Deduct | Count | Ladder | Tolerance | Judgement | Panel


def judges_needed(method: Method) -> int:
    """How many judges give a score of their own; 0 when a team agrees on a single value."""
    match method:
        case Judgement(judges=judges) | Panel(judges=judges):
            return judges
        case _:
            return 0


def check_entry(method: Method, maximum: Points, value: Points) -> RuleBroken | None:
    """Why ``value`` cannot be entered for this method, or ``None`` when it can.

    ``value`` is what is typed: 0/1, a mark, a number of errors or hits, a judge's score.
    """
    match method:
        case Binary():
            return _on_step(value, ZERO, Points(SCALE), Points(SCALE))
        case Direct(step=step):
            return _on_step(value, ZERO, maximum, points_of(step))
        case Deduct() | Count():
            return _on_step(value, ZERO, Points(999 * SCALE), Points(SCALE))
        case Ladder(marks=marks):
            if value in {points_of(mark) for mark in marks}:
                return None
            offered = " / ".join(plain_points(points_of(mark)) for mark in marks)
            return RuleBroken("mark-not-on-ladder", value=plain_points(value), marks=offered)
        case Judgement(scale=scale):
            return _on_step(value, ZERO, Points(scale * SCALE), Points(SCALE))
        case Panel(lowest=lowest, highest=highest, step=step):
            return _on_step(value, points_of(lowest), points_of(highest), points_of(step))
        case Tolerance():
            return None


def _on_step(value: Points, low: Points, high: Points, step: Points) -> RuleBroken | None:
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


def single_mark(method: Method, maximum: Points, value: Points) -> Points:
    """The mark for one agreed value of a measurement method. Domain rules 1.3."""
    match method:
        case Binary():
            return maximum if value else ZERO
        case Direct() | Ladder():
            return value
        case Deduct(per=per):
            return Points(max(0, maximum - points_of(per) * (value // SCALE)))
        case Count(per=per):
            return Points(min(maximum, points_of(per) * (value // SCALE)))
        case Tolerance() | Judgement() | Panel():
            raise TypeError(f"{type(method).__name__} has no single entered value")


def tolerance_mark(method: Tolerance, measured: Decimal) -> Points:
    """The mark of the narrowest band that holds ``|measured - nominal|``; 0 beyond them all."""
    deviation = abs(measured - method.nominal)
    for band in sorted(method.bands, key=lambda band: band.within):
        if deviation <= band.within:
            return points_of(band.mark)
    return ZERO


def panel_mean(method: Judgement | Panel, scores: Sequence[Points]) -> Exact:
    """The mean of the scores that count. ``scores`` holds exactly ``method.judges`` values.

    Judgement: ``(s1 + ... + sn) / n``; panel: the same after dropping the named number of highest
    and lowest scores. Domain rules 1.2 and 2.4.
    """
    if len(scores) != method.judges:
        raise ValueError(f"{method.judges} scores expected, {len(scores)} given")
    dropped = dropped_places(method, scores)
    counted = sum(score for place, score in enumerate(scores) if place not in dropped)
    return Fraction(counted, len(scores) - len(dropped))


def dropped_places(method: Judgement | Panel, scores: Sequence[Points]) -> frozenset[int]:
    """Which of the scores do not count. Of equal ones the first is dropped high, the last low."""
    if isinstance(method, Judgement):
        return frozenset()
    falling = sorted(range(len(scores)), key=lambda place: -scores[place])
    lowest = falling[len(falling) - method.drop_lowest :]
    return frozenset(falling[: method.drop_highest] + lowest)


def scaled_mark(method: Judgement | Panel, maximum: Points, mean: Exact) -> Exact:
    """The mean scaled so that the top of the scale earns the maximum: ``mean * max / top``."""
    top = method.scale * SCALE if isinstance(method, Judgement) else points_of(method.highest)
    return Fraction(mean * maximum, top)


def spread_broken(method: Method, scores: Sequence[Points]) -> bool:
    """Whether the judges lie further apart than the rules allow, so the panel must look again."""
    match method:
        case Judgement(spread=spread):
            limit = Points(spread * SCALE)
        case Panel(spread=Decimal() as spread_allowed):
            limit = points_of(spread_allowed)
        case _:
            return False
    return len(scores) > 1 and max(scores) - min(scores) > limit
