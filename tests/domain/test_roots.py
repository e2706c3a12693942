"""Quotients by a root, each rounded by hand: half goes up, also below zero."""

from __future__ import annotations

from fractions import Fraction

import pytest

from app.domain.roots import rounded_by_root


@pytest.mark.parametrize(
    ("numerator", "square", "rounded"),
    [
        ("0", "9", 0),
        # Exact roots: 0.5, 1.5 and 2.5 go up, and so do -0.5, -1.5 and -2.5.
        ("1", "4", 1),
        ("3", "4", 2),
        ("5", "4", 3),
        ("-1", "4", 0),
        ("-3", "4", -1),
        ("-5", "4", -2),
        ("-8", "25", -2),
        ("-7", "25", -1),
        # 10 / 1.41421... = 7.071..., 15 / 1.41421... = 10.606...
        ("10", "2", 7),
        ("15", "2", 11),
        ("-10", "2", -7),
        ("-15", "2", -11),
        # Not whole: (1/2) / (1/3) = 1.5, and 1 / sqrt(4/3) = 0.866...
        ("1/2", "1/9", 2),
        ("-1/2", "1/9", -1),
        ("1", "4/3", 1),
        ("-1", "4/3", -1),
        # 2 / sqrt(50/3) = 0.4898..., a little below the half.
        ("2", "50/3", 0),
        ("-2", "50/3", 0),
    ],
)
def test_a_quotient_by_a_root_is_rounded_once(numerator: str, square: str, rounded: int) -> None:
    assert rounded_by_root(Fraction(numerator), Fraction(square)) == rounded
