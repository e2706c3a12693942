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
from app.domain.points import Exact, Points, points_of
from app.domain.typed import parse_measured, parse_seconds

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
    """``max * best / own`` with the best time of the field (用时比值)."""


FieldMethod: TypeAlias = RankPoints | TimeRatio


def field_value(method: FieldMethod, text: str) -> Fraction:
    """What an entry is compared by. Raises ``RuleBroken`` for what cannot be entered."""
    match method:
        case TimeRatio():
            seconds = parse_seconds(text)
            if not seconds:
                raise RuleBroken("time-unreadable", value=text.strip()[:40])
            return Fraction(seconds)
        case RankPoints(lowest=lowest, highest=highest):
            value = parse_measured(text)
            if (lowest is not None and value < lowest) or (highest is not None and value > highest):
                raise RuleBroken(
                    "mark-out-of-range",
                    value=f"{value:f}",
                    low="–" if lowest is None else f"{lowest:f}",
                    high="–" if highest is None else f"{highest:f}",
                )
            return Fraction(value)


def field_marks(
    method: FieldMethod,
    maximum: Points,
    values: Mapping[Of, Sequence[Fraction]],
    field: Collection[Of],
) -> dict[Of, Exact]:
    """Everybody's mark. ``values`` holds one value a judge, or the team's.

    Only those in ``field`` move others: an entry outside it (打星) has the mark it would have had,
    and nobody's place changes by it.
    """
    match method:
        case TimeRatio():
            best = min((values[one][0] for one in field if one in values), default=None)
            return {
                one: maximum * (min(best or own, own) / own) for one, (own, *_) in values.items()
            }
        case RankPoints():
            table = [points_of(mark) for mark in method.points]
            columns = max(1, method.judges)
            marks: dict[Of, Exact] = {}
            for one, own in values.items():
                others = [values[other] for other in field if other != one and other in values]
                earned = [
                    _place_mark(table, own[judge], [other[judge] for other in others], method)
                    for judge in range(columns)
                ]
                marks[one] = sum(earned, Fraction(0)) / columns
            return marks


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
    if isinstance(method, TimeRatio):
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
