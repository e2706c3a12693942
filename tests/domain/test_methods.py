"""Every marking method, with marks worked out by hand or given in the rules of the field."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.domain.errors import RuleBroken
from app.domain.methods import (
    Band,
    Binary,
    Count,
    Deduct,
    Direct,
    Judgement,
    Ladder,
    Method,
    Panel,
    Tolerance,
    check_entry,
    dropped_places,
    judges_needed,
    panel_mean,
    scaled_mark,
    single_mark,
    spread_broken,
    tolerance_mark,
)
from app.domain.points import Points, Rounding, format_points, parse_points, round_exact

SHAFT = Tolerance(
    nominal=Decimal(25),
    bands=(
        Band(Decimal("0.02"), Decimal(2)),
        Band(Decimal("0.05"), Decimal(1)),
        Band(Decimal("0.1"), Decimal("0.5")),
    ),
    unit="mm",
)
HALVES = Ladder((Decimal(0), Decimal("0.5"), Decimal(1), Decimal("1.5")))


def points(*texts: str) -> list[Points]:
    return [parse_points(text) for text in texts]


# The rules of the field give these five (domain rules 1.2).
@pytest.mark.parametrize(
    ("maximum", "scores", "mark"),
    [
        ("1.00", "223", "0.78"),
        ("1.00", "112", "0.44"),
        ("1.00", "001", "0.11"),
        ("2.00", "223", "1.56"),
        ("0.75", "223", "0.58"),
        ("1.00", "333", "1.00"),
        ("1.00", "000", "0.00"),
    ],
)
def test_judgement_scales_the_mean_of_the_judges(maximum: str, scores: str, mark: str) -> None:
    method = Judgement()
    mean = panel_mean(method, points(*scores))
    exact = scaled_mark(method, parse_points(maximum), mean)
    assert format_points(round_exact(exact, Rounding()), 2) == mark


@pytest.mark.parametrize(
    ("method", "scores", "mean"),
    [
        # 9 9 9 8 8 loses exactly one 9 and one 8 (domain rules 3.2).
        (Panel(judges=5, highest=Decimal(10), drop_highest=1, drop_lowest=1), "99988", "8.67"),
        (Panel(judges=3, highest=Decimal(10)), "788", "7.67"),
        (Panel(judges=4, highest=Decimal(10), drop_highest=1), "9876", "7.00"),
        (Panel(judges=4, highest=Decimal(10), drop_lowest=2), "9876", "8.50"),
        (Panel(judges=1, highest=Decimal(10)), "6", "6.00"),
        (Panel(judges=5, highest=Decimal(10), drop_highest=2, drop_lowest=2), "19555", "5.00"),
    ],
)
def test_a_panel_drops_what_the_scheme_says_and_averages_the_rest(
    method: Panel, scores: str, mean: str
) -> None:
    assert format_points(round_exact(panel_mean(method, points(*scores)), Rounding()), 2) == mean


def test_of_equal_scores_only_as_many_are_dropped_as_named() -> None:
    method = Panel(judges=5, highest=Decimal(10), drop_highest=1, drop_lowest=1)
    assert dropped_places(method, points("9", "9", "9", "8", "8")) == {0, 4}
    assert dropped_places(method, points("5", "5", "5", "5", "5")) == {0, 4}
    assert dropped_places(Judgement(), points("3", "0", "3")) == frozenset()


def test_a_mean_is_never_taken_over_too_few_scores() -> None:
    with pytest.raises(ValueError, match="3 scores expected, 2 given"):
        panel_mean(Judgement(), points("2", "3"))


@pytest.mark.parametrize(
    ("method", "maximum", "entered", "mark"),
    [
        (Binary(), "2", "1", "2"),
        (Binary(), "2", "0", "0"),
        (Direct(), "100", "83.25", "83.25"),
        (HALVES, "1.5", "0.5", "0.5"),
        # 2.0 with 0.1 for each error, and 10 - 2N, both stopping at 0 (domain rules 1.3).
        (Deduct(per=Decimal("0.1")), "2", "3", "1.7"),
        (Deduct(per=Decimal(2)), "10", "4", "2"),
        (Deduct(per=Decimal(2)), "10", "6", "0"),
        (Count(per=Decimal("1.5")), "6", "3", "4.5"),
        (Count(per=Decimal("1.5")), "6", "5", "6"),
    ],
)
def test_a_measurement_gives_the_mark_of_its_rule(
    method: Method, maximum: str, entered: str, mark: str
) -> None:
    assert single_mark(method, parse_points(maximum), parse_points(entered)) == parse_points(mark)


@pytest.mark.parametrize(
    ("measured", "mark"),
    [
        ("25", "2"),
        ("25.02", "2"),
        ("24.98", "2"),
        ("25.0200001", "1"),
        ("25.020000000000000000000000000001", "1"),
        ("25.05", "1"),
        ("24.9", "0.5"),
        ("24.8999", "0"),
        ("0", "0"),
    ],
)
def test_a_measured_value_earns_the_narrowest_band_that_holds_it(measured: str, mark: str) -> None:
    assert tolerance_mark(SHAFT, Decimal(measured)) == parse_points(mark)


def test_a_method_is_not_used_for_what_it_cannot_mark() -> None:
    with pytest.raises(TypeError, match="Judgement has no single entered value"):
        single_mark(Judgement(), Points(10_000), Points(0))


@pytest.mark.parametrize(
    ("method", "fine", "refused"),
    [
        (Binary(), ["0", "1"], ["2", "0.5", "-1"]),
        (Direct(), ["0", "1.99", "2"], ["2.01", "-0.01", "0.001"]),
        (Direct(step=Decimal("0.5")), ["0", "0.5", "2"], ["0.25", "2.5"]),
        (Deduct(per=Decimal("0.1")), ["0", "7", "999"], ["1.5", "-1", "1000"]),
        (Count(per=Decimal("0.1")), ["0", "7"], ["0.5", "-1"]),
        (HALVES, ["0", "0.5", "1.5"], ["0.75", "2", "-0.5"]),
        (Judgement(), ["0", "1", "2", "3"], ["4", "1.5", "-1"]),
        (
            Panel(judges=5, lowest=Decimal(-3), highest=Decimal(3), step=Decimal("0.5")),
            ["-3", "-2.5", "0", "3"],
            ["-3.5", "0.25", "3.5"],
        ),
    ],
)
def test_only_what_the_method_allows_can_be_entered(
    method: Method, fine: list[str], refused: list[str]
) -> None:
    maximum = Points(20_000)
    assert [check_entry(method, maximum, value) for value in points(*fine)] == [None] * len(fine)
    assert None not in [check_entry(method, maximum, value) for value in points(*refused)]


def test_a_refused_entry_says_what_would_be_allowed() -> None:
    maximum = Points(20_000)
    assert check_entry(Judgement(), maximum, Points(40_000)) == RuleBroken(
        "mark-out-of-range", value="4", low="0", high="3"
    )
    assert check_entry(Direct(step=Decimal("0.5")), maximum, Points(2_500)) == RuleBroken(
        "mark-off-step", value="0.25", step="0.5"
    )
    assert check_entry(HALVES, maximum, Points(7_500)) == RuleBroken(
        "mark-not-on-ladder", value="0.75", marks="0 / 0.5 / 1 / 1.5"
    )


@pytest.mark.parametrize(
    ("method", "scores", "broken"),
    [
        (Judgement(), "223", False),
        (Judgement(), "113", True),
        (Judgement(), "033", True),
        (Judgement(spread=2), "113", False),
        (Panel(judges=2, highest=Decimal(100)), "19", False),
        (Panel(judges=2, highest=Decimal(100), spread=Decimal(7)), "19", True),
        (Panel(judges=2, highest=Decimal(100), spread=Decimal(8)), "19", False),
        (Panel(judges=1, highest=Decimal(100), spread=Decimal(0)), "9", False),
        (Binary(), "1", False),
    ],
)
def test_judges_may_lie_no_further_apart_than_the_rules_allow(
    method: Method, scores: str, broken: bool
) -> None:
    assert spread_broken(method, points(*scores)) is broken


def test_two_judges_ten_of_a_hundred_apart_have_to_look_again() -> None:
    # Domain rules 2.4: flagged from 10 on, so the most allowed on steps of a half is 9.5.
    seat = Panel(judges=2, highest=Decimal(100), step=Decimal("0.5"), spread=Decimal("9.5"))
    assert not spread_broken(seat, points("80", "89.5"))
    assert spread_broken(seat, points("80", "90"))


def test_only_judged_methods_have_judges_of_their_own() -> None:
    assert [judges_needed(method) for method in (Binary(), SHAFT, Judgement(judges=5))] == [0, 0, 5]
    assert judges_needed(Panel(judges=9, highest=Decimal(10))) == 9
