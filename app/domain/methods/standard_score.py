"""Judges' scores made comparable: each judge's own mean and spread taken out (标准分).

A strict judge and a lenient one, or two rooms with a jury each, give the same entry the same mark.
Domain rules 3.1 ZNORM.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from msgspec import Struct

from app.domain.points import Exact, Points, points_of
from app.domain.roots import rounded_by_root

Of = TypeVar("Of")


class StandardScore(
    Struct,
    frozen=True,
    tag="standard-score",
    tag_field="method",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """``centre + per * (x - mean) / SD`` of each judge, and the mean of these, from 0 to the
    maximum (评委标准分).

    A judge whose scores are all equal, or who has only one, gives everybody ``centre``. ``sample``
    divides the deviation by n - 1. A judge who stands down from a work has no part in its mark;
    ``least`` is how many judges still give one, 0 asking for all. With 1, every room can have a
    jury of its own.
    """

    judges: int
    centre: Decimal = Decimal(100)
    per: Decimal = Decimal(20)
    sample: bool = False
    lowest: Decimal = Decimal(0)
    highest: Decimal = Decimal(100)
    least: int = 0


def standard_scores(
    method: StandardScore,
    values: Mapping[Of, Sequence[Fraction | None]],
    field: Collection[Of],
) -> dict[Of, tuple[Exact | None, ...]]:
    """What each judge's score comes to, half up to ten-thousandths as a root has no last digit.

    ``values`` hold one score a judge, ``None`` where the judge stood down.
    """
    columns = [
        [score for of in field if of in values and (score := values[of][judge]) is not None]
        for judge in range(method.judges)
    ]
    measures = [_mean_and_variance(method, scores) for scores in columns]
    return {
        of: tuple(
            None if score is None else _standard(method, score, *measures[judge])
            for judge, score in enumerate(own)
        )
        for of, own in values.items()
    }


def _mean_and_variance(
    method: StandardScore, scores: Sequence[Fraction]
) -> tuple[Fraction, Fraction]:
    """The mean of a judge's scores and their variance, 0 where there is no spread to speak of."""
    freedom = len(scores) - (1 if method.sample else 0)
    if freedom <= 0:
        return Fraction(0), Fraction(0)
    mean = sum(scores, Fraction(0)) / len(scores)
    return mean, sum(((score - mean) ** 2 for score in scores), Fraction(0)) / freedom


def _standard(method: StandardScore, score: Fraction, mean: Fraction, variance: Fraction) -> Points:
    centre = points_of(method.centre)
    if not variance:
        return centre
    moved = points_of(1) * Fraction(method.per) * (score - mean)
    return Points(centre + rounded_by_root(moved, variance))


def standard_score_faults(method: StandardScore, maximum: Decimal) -> Iterator[str]:
    """What is wrong with the parameters, as codes of refusals."""
    if method.judges < 1:
        yield "panel-without-judges"
    if not 0 <= method.least <= max(method.judges, 1):
        yield "panel-least-unfit"
    if not 0 < method.centre <= maximum or method.per <= 0:
        yield "standard-score-unfit"
    if method.lowest >= method.highest:
        yield "panel-range-empty"
