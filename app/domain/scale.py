"""Raw totals on a WorldSkills-like scale (世界技能标准分, 近似).

The official formula is not public: these are approximations and are to be called so.
A scaled score depends on the whole field, so it compares nobody across fields. All arithmetic is
exact up to the one rounding, half up. Domain rules 1.9.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

from app.domain.award_rules import ScaleKind, ScaleRule
from app.domain.points import SCALE, Exact, RoundingMode, divide
from app.domain.roots import rounded_by_root

Of = TypeVar("Of")

MAD_TO_SD = Fraction(14826, 10000)
"""What makes the median absolute deviation as wide as a standard deviation."""


def scaled(rule: ScaleRule, totals: Mapping[Of, Exact]) -> dict[Of, int]:
    """Everybody's scaled score; ``totals`` are those of complete entries, nobody disqualified.

    A, median and MAD:  ``S = clamp(round(centre + per * (x - m) / (1.4826 * MAD)), low, high)``
    B, mean and SD:     ``S = clamp(round(centre + per * (x - mean) / SD), low, high)``
    C, linear:          ``S = clamp(round(centre + per * (x - m)), low, high)``

    With no spread at all everybody is at the centre.
    """
    if not totals:
        return {}
    values = [Fraction(total) for total in totals.values()]
    return {
        of: min(max(_placed(rule, values, Fraction(total)), rule.low), rule.high)
        for of, total in totals.items()
    }


def _placed(rule: ScaleRule, values: Sequence[Fraction], value: Fraction) -> int:
    per = Fraction(rule.per)
    match rule.kind:
        case ScaleKind.MEDIAN_MAD:
            middle = median_of(values)
            spread = MAD_TO_SD * median_of([abs(other - middle) for other in values])
            moved = per * (value - middle) / spread if spread else Fraction(0)
            return _half_up(rule.centre + moved)
        case ScaleKind.LINEAR:
            return _half_up(rule.centre + per * (value - median_of(values)) / SCALE)
        case ScaleKind.MEAN_SD:
            mean = sum(values, Fraction(0)) / len(values)
            freedom = len(values) - (1 if rule.sample else 0)
            squares = sum(((other - mean) ** 2 for other in values), Fraction(0))
            if not squares or not freedom:
                return rule.centre
            return rule.centre + rounded_by_root(per * (value - mean), squares / freedom)


def median_of(values: Sequence[Fraction]) -> Fraction:
    """The middle value, or the exact mean of the middle two."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _half_up(value: Fraction) -> int:
    return divide(value + Fraction(1, 2), 1, RoundingMode.FLOOR)
