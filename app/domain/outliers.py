"""Which scores are worth a second look (离群分); advice only, nothing is ever blocked by it.

The middle of the panel is its median, which one wild score cannot drag along. For z each score is
compared with the *others*: among five, no score can lie 2.5 deviations from a mean it is part of.
All arithmetic is exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Generic, TypeVar

from app.domain.points import Exact, Points

Of = TypeVar("Of")

Z_LIMIT = Fraction(5, 2)
FEWEST_FOR_Z = 5
FEWEST_FOR_PANEL = 3


class OutlierReason(StrEnum):
    """What makes a score stand out."""

    BEYOND_Z = "beyond-z"
    DIFFERS_FROM_PANEL = "differs-from-panel"


@dataclass(frozen=True, slots=True)
class Outlier(Generic[Of]):
    """A score that stands out, and the middle of all of them for comparison."""

    of: Of
    value: Points
    middle: Exact
    reasons: tuple[OutlierReason, ...]


def outliers(scores: Mapping[Of, Points], least: Points) -> tuple[Outlier[Of], ...]:
    """The scores that stand out, in the order given; by judge in a panel, or by entry in a field.

    A score differs from the panel when it is more than ``least`` from the median (three scores or
    more), and is beyond z when it is also more than 2.5 sample deviations of the others from their
    mean (five or more). Nothing nearer than ``least`` is ever reported.
    """
    if len(scores) < FEWEST_FOR_PANEL:
        return ()
    middle = median(list(scores.values()))
    found = []
    for of, value in scores.items():
        if abs(Fraction(value) - middle) <= least:
            continue
        reasons = [OutlierReason.DIFFERS_FROM_PANEL]
        others = [score for other, score in scores.items() if other != of]
        if len(scores) >= FEWEST_FOR_Z and _beyond_z(value, others):
            reasons.append(OutlierReason.BEYOND_Z)
        found.append(Outlier(of, value, middle, tuple(reasons)))
    return tuple(found)


def median(values: Sequence[Points]) -> Exact:
    """The middle value, or the exact mean of the middle two."""
    ordered = sorted(values)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    both = ordered[half - 1] + ordered[half]
    return both // 2 if both % 2 == 0 else Fraction(both, 2)


def _beyond_z(value: Points, others: Sequence[Points]) -> bool:
    """Compared as squares, so that no root is taken."""
    mean = Fraction(sum(others), len(others))
    variance = sum((score - mean) ** 2 for score in others) / (len(others) - 1)
    return (value - mean) ** 2 > Z_LIMIT**2 * variance
