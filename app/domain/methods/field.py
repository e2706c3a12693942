"""Methods that compare entries, so that a mark is known only when the whole field is in.

What is typed is a number or a time; ``field_marks`` turns everybody's into marks in a second pass.
Domain rules 3.1 RANK and 3.3.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias, TypeVar

from msgspec import Struct

from app.domain.errors import RuleBroken
from app.domain.methods.standard_score import StandardScore, standard_score_faults, standard_scores
from app.domain.methods.timed import (
    Adjustment,
    adjusted_time,
    adjustment_faults,
    watches_faults,
)
from app.domain.points import Exact, Points, points_of
from app.domain.typed import parse_measured

Of = TypeVar("Of")


class RankPoints(
    Struct,
    frozen=True,
    tag="rank-points",
    tag_field="method",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """Places in the field turned into marks by a table (名次分); beyond the table nothing.

    Each of ``judges`` places the field by what they typed, and the mark is the mean; with no judges
    the team's one value does. Ties share the mean of the places they span. ``lower_wins`` places
    the smaller value first: a time, or places the judges gave themselves.
    """

    points: tuple[Decimal, ...]
    judges: int = 0
    lower_wins: bool = False
    lowest: Decimal | None = None
    highest: Decimal | None = None
    unit: str = ""


class TimeRatio(
    Struct,
    frozen=True,
    tag="time-ratio",
    tag_field="method",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """``max * best / own`` with the best time of the field (用时比值), both as adjusted."""

    watches: int = 1
    adjustments: tuple[Adjustment, ...] = ()


FieldMethod: TypeAlias = RankPoints | TimeRatio | StandardScore


def field_value(method: FieldMethod, text: str) -> Fraction:
    """What an entry is compared by. Raises ``RuleBroken`` for what cannot be entered."""
    match method:
        case TimeRatio():
            seconds = adjusted_time(method.watches, method.adjustments, text)
            if not seconds:
                raise RuleBroken("time-unreadable", value=text.strip()[:40])
            return seconds
        case (
            RankPoints(lowest=lowest, highest=highest)
            | StandardScore(lowest=lowest, highest=highest)
        ):
            value = parse_measured(text)
            if (lowest is not None and value < lowest) or (highest is not None and value > highest):
                raise RuleBroken(
                    "mark-out-of-range",
                    value=f"{value:f}",
                    low="–" if lowest is None else f"{lowest:f}",
                    high="–" if highest is None else f"{highest:f}",
                )
            return Fraction(value)


def field_shares(
    method: FieldMethod,
    maximum: Points,
    values: Mapping[Of, Sequence[Fraction | None]],
    field: Collection[Of],
) -> dict[Of, tuple[Exact | None, ...]]:
    """What everybody earns by each judge, or by the team's one value.

    ``values`` holds one a judge, ``None`` for one who stood down. Only those in ``field`` move
    others: an entry outside it (打星) has the mark it would have had, and nobody's place changes
    by it.
    """
    match method:
        case StandardScore():
            return standard_scores(method, values, field)
        case TimeRatio():
            times = {one: own[0] or Fraction(0) for one, own in values.items()}
            best = min((times[one] for one in field if one in times), default=None)
            return {one: (maximum * (min(best or own, own) / own),) for one, own in times.items()}
        case RankPoints():
            table = [points_of(mark) for mark in method.points]
            return {
                one: tuple(
                    _place_mark(table, mine, _others(one, judge, values, field), method)
                    for judge, mine in enumerate(own)
                    if mine is not None
                )
                for one, own in values.items()
            }


def _others(
    one: Of, judge: int, values: Mapping[Of, Sequence[Fraction | None]], field: Collection[Of]
) -> list[Fraction]:
    return [
        value
        for other in field
        if other != one and other in values and (value := values[other][judge]) is not None
    ]


def field_mark(maximum: Points, shares: Sequence[Exact | None]) -> Exact:
    """The mean of what the judges came to, from 0 to the maximum."""
    given = [share for share in shares if share is not None]
    mean = Fraction(sum(given, Fraction(0)), len(given))
    return max(Fraction(0), min(mean, Fraction(maximum)))


def field_marks(
    method: FieldMethod,
    maximum: Points,
    values: Mapping[Of, Sequence[Fraction | None]],
    field: Collection[Of],
) -> dict[Of, Exact]:
    """Everybody's mark; arguments as those of ``field_shares``."""
    shares = field_shares(method, maximum, values, field)
    return {one: field_mark(maximum, own) for one, own in shares.items()}


def fewest_in_field(method: FieldMethod) -> int:
    """How few judges still give a mark when the others stand down from a work."""
    match method:
        case StandardScore():
            return method.least or method.judges
        case RankPoints():
            return max(1, method.judges)
        case TimeRatio():
            return 1


def _place_mark(
    table: Sequence[Points], own: Fraction, others: Sequence[Fraction], method: RankPoints
) -> Fraction:
    """The mean of the table over the places that this value and its equals span."""
    sign = -1 if method.lower_wins else 1
    better = sum(sign * other > sign * own for other in others)
    level = sum(other == own for other in others)
    spanned = table[better : better + level + 1]
    return Fraction(sum(spanned), level + 1)


def field_faults(method: FieldMethod, maximum: Decimal) -> Iterator[str]:
    """What is wrong with a table of places, as codes of refusals."""
    if isinstance(method, StandardScore):
        yield from standard_score_faults(method, maximum)
        return
    if isinstance(method, TimeRatio):
        yield from watches_faults(method.watches)
        yield from adjustment_faults(method.adjustments)
        return
    if not method.points:
        yield "rank-table-empty"
        return
    if any(later > mark for mark, later in pairwise(method.points)) or min(method.points) < 0:
        yield "rank-table-rises"
    if method.points[0] != maximum:
        yield "rank-table-misses-max"
    if method.judges < 0:
        yield "panel-without-judges"
    if None not in (method.lowest, method.highest) and method.lowest >= method.highest:  # type: ignore[operator]
        yield "panel-range-empty"
