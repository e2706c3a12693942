"""Quotients by a square root, rounded without ever taking an inexact root (开方取整)."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt


def rounded_by_root(numerator: Fraction, square: Fraction) -> int:
    """``numerator / sqrt(square)`` as a whole number, half up; ``square`` is positive.

    With ``y = 2 * |numerator| / sqrt(square)``: up it is ``floor((y + 1) / 2)``, and down, where
    half goes up to zero, ``-ceil((y - 1) / 2)``.
    """
    doubled = 4 * numerator**2 / square
    root = isqrt(doubled.numerator // doubled.denominator)
    if numerator >= 0:
        return (root + 1) // 2
    ceiling = root if root * root == doubled else root + 1
    return -(ceiling // 2)
