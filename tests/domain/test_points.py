"""Exact numbers: what can be read, how it is written, and each way of rounding."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import RuleBroken
from app.domain.points import (
    Points,
    Rounding,
    RoundingMode,
    decimal_of,
    format_points,
    parse_points,
    plain_points,
    points_of,
    round_exact,
    show_exact,
)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("2.50", 25_000),
        ("0", 0),
        ("-0.5", -5_000),
        (" 100 ", 1_000_000),
        ("+.25", 2_500),
        ("3.", 30_000),
        ("0.0001", 1),
        ("1.50000", 15_000),
    ],
)
def test_a_plain_decimal_number_is_read_exactly(text: str, points: int) -> None:
    assert parse_points(text) == points


@pytest.mark.parametrize(
    "text", ["", "two", "1e3", "1,5", "0x10", "NaN", "Infinity", "1 2", "２.５", "--1", "9" * 29]
)
def test_anything_else_is_refused_as_unreadable(text: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        parse_points(text)
    assert refused.value.code == "number-unreadable"


def test_a_fifth_decimal_is_refused_not_dropped() -> None:
    with pytest.raises(RuleBroken) as refused:
        parse_points("0.12345")
    assert refused.value == RuleBroken("number-too-fine", value="0.12345", places=4)


def test_no_digit_is_lost_however_many_are_typed() -> None:
    assert parse_points("123456789012345678901234567") == 1_234_567_890_123_456_789_012_345_670_000
    with pytest.raises(RuleBroken) as refused:
        parse_points("1.00000000000000000000000001")
    assert refused.value.code == "number-too-fine"


@pytest.mark.parametrize(
    ("points", "places", "text"),
    [
        (25_000, 2, "2.50"),
        (-5_000, 1, "-0.5"),
        (1_000_000, 0, "100"),
        (1, 4, "0.0001"),
        (0, 2, "0.00"),
    ],
)
def test_points_are_written_with_the_places_asked_for(points: int, places: int, text: str) -> None:
    assert format_points(points, places) == text


def test_writing_never_hides_a_digit() -> None:
    with pytest.raises(RuleBroken):
        format_points(12_345, 2)


@pytest.mark.parametrize(
    ("points", "text"),
    [(25_000, "2.5"), (10_000, "1"), (-12_345, "-1.2345"), (0, "0"), (10, "0.001")],
)
def test_plain_writing_has_no_idle_digits(points: int, text: str) -> None:
    assert plain_points(points) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(70_000, 9), "0.7777…"),
        (Fraction(-10_000, 3), "-0.3333…"),
        (Fraction(90_001, 3), "3.0000…"),
        (Fraction(20_000), "2"),
        (7_800, "0.78"),
    ],
)
def test_a_value_that_never_ends_is_shown_cut(value: Fraction | int, text: str) -> None:
    assert show_exact(value) == text


# 2.675 and 0.125 are where binary floats go wrong: Python's round gives 2.67 and 0.12.
@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (RoundingMode.HALF_UP, ["2.68", "0.13", "-2.68", "0.78", "0.33"]),
        (RoundingMode.HALF_EVEN, ["2.68", "0.12", "-2.68", "0.78", "0.33"]),
        (RoundingMode.TRUNCATE, ["2.67", "0.12", "-2.67", "0.77", "0.33"]),
        (RoundingMode.FLOOR, ["2.67", "0.12", "-2.68", "0.77", "0.33"]),
        (RoundingMode.CEIL, ["2.68", "0.13", "-2.67", "0.78", "0.34"]),
    ],
)
def test_each_mode_rounds_as_its_name_says(mode: RoundingMode, expected: list[str]) -> None:
    values = [26_750, 1_250, -26_750, Fraction(70_000, 9), Fraction(10_000, 3)]
    rounding = Rounding(2, mode)
    assert [format_points(round_exact(value, rounding), 2) for value in values] == expected


@pytest.mark.parametrize(
    ("places", "text"), [(0, "3"), (1, "2.7"), (2, "2.68"), (3, "2.675"), (4, "2.6750")]
)
def test_rounding_keeps_the_places_it_names(places: int, text: str) -> None:
    assert format_points(round_exact(26_750, Rounding(places)), places) == text


@given(st.integers(-(10**9), 10**9))
def test_points_survive_being_written_and_read(points: int) -> None:
    assert parse_points(plain_points(points)) == points
    assert parse_points(format_points(points, 4)) == points
    assert points_of(decimal_of(points)) == points


@given(st.fractions(), st.integers(0, 4), st.sampled_from(RoundingMode))
def test_rounding_moves_a_value_less_than_one_unit_and_only_once(
    value: Fraction, places: int, mode: RoundingMode
) -> None:
    once = round_exact(value, Rounding(places, mode))
    assert abs(once - value) < 10 ** (4 - places)
    assert round_exact(once, Rounding(places, mode)) == once


def test_an_exact_decimal_becomes_points() -> None:
    assert points_of(Decimal("0.30")) == Points(3_000)
    assert points_of(7) == Points(70_000)
