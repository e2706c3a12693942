"""Figures of the technical review, each worked out by hand on a small field."""

from __future__ import annotations

from fractions import Fraction

import pytest

from app.domain.points import parse_points
from app.domain.statistics import (
    ItemFigures,
    JudgeFigures,
    Quantiles,
    correlation,
    distribution,
    group_size,
    item_figures,
    judge_figures,
    most_lost,
    panel_agreement,
    quantiles,
)


def points(*marks: str) -> list[int]:
    return [parse_points(mark) for mark in marks]


def test_the_distribution_of_a_field() -> None:
    found = distribution(points("95", "90", "85", "72.5", "60", "59.99", "0"))
    assert found is not None
    assert found.count == 7
    assert [found.median, found.highest, found.lowest] == points("72.5", "95", "0")
    # 462.49 / 7
    assert found.mean == Fraction(4_624_900, 7)
    assert found.pass_rate == Fraction(5, 7)
    assert found.bands == (2, 1, 1, 1, 2)
    assert distribution([]) is None


def test_the_deviation_is_cut_to_ten_thousandths() -> None:
    found = distribution(points("2", "4", "4", "4", "5", "5", "7", "9"))
    assert found is not None
    assert found.deviation == 20_000
    # sqrt(2 / 3) = 0.81649...
    other = distribution(points("1", "2", "3"))
    assert other is not None
    assert other.deviation == 8_164


def test_an_item_has_its_rate_discrimination_and_loss() -> None:
    # Seven entries, best first: two make 27 %. Mean 5/7 of 2 marks' worth.
    found = item_figures("A1", 20_000, points("2", "2", "1", "1", "1", "0", "0"))
    assert found == ItemFigures(
        "A1", Fraction(10_000), Fraction(1, 2), Fraction(1), Fraction(10_000)
    )
    # The best two have 2, the worst two 0.5: of two marks that is three quarters.
    flat = item_figures("A2", 20_000, points("2", "2", "1.5", "1", "1", "0.5", "0.5"))
    assert flat is not None
    assert flat.discrimination == Fraction(3, 4)
    assert item_figures("G1", 0, points("0", "0")) is None
    assert item_figures("A1", 20_000, []) is None


@pytest.mark.parametrize(("count", "size"), [(1, 1), (3, 1), (5, 1), (6, 2), (28, 8), (100, 27)])
def test_the_groups_that_are_compared_hold_27_percent(count: int, size: int) -> None:
    assert group_size(count) == size


def test_the_most_lost_items_come_first() -> None:
    items = [
        item_figures("A", 20_000, points("1", "1")),
        item_figures("B", 40_000, points("2", "3")),
        item_figures("C", 10_000, points("0", "0")),
        item_figures("D", 10_000, points("1", "1")),
    ]
    found = most_lost([item for item in items if item is not None], most=3)
    # B loses 1.5, A and C lose 1, C at the lower rate.
    assert [item.id for item in found] == ["B", "C", "A"]


def test_a_judge_is_compared_with_the_others_of_the_panel() -> None:
    panels = [
        {"J1": 30_000, "J2": 20_000, "J3": 20_000},
        {"J1": 20_000, "J2": 20_000, "J3": 10_000},
        {"J1": 10_000, "J2": 10_000, "J3": 10_000},
        {"J1": 0, "J2": 10_000, "J3": 10_000},
        {"J1": 30_000},
    ]
    first, second, third = judge_figures(panels)
    # J1: +1, +0.5, 0, -1 against the mean of the other two.
    assert first == JudgeFigures(
        "J1", 4, Fraction(1_250), Fraction(6_250), Fraction(1, 2), Fraction(-12_500)
    )
    # J2: -0.5, +0.5, 0, +0.5; the middle of every panel.
    assert (second.deviation, second.agreement) == (Fraction(1_250), Fraction(1))
    # J3: -0.5, -1, 0, +0.5.
    assert (third.deviation, third.drift) == (Fraction(-2_500), Fraction(10_000))
    assert panel_agreement(panels) == Fraction(1, 4)
    assert panel_agreement([]) is None


def test_two_judges_are_compared_with_each_other() -> None:
    first, second = judge_figures([{"J1": 30_000, "J2": 10_000}])
    assert (first.scores, first.deviation, first.drift) == (1, 20_000, 0)
    assert (second.scores, second.deviation, second.drift) == (1, -20_000, 0)


def test_the_work_in_the_middle_belongs_to_neither_half_of_a_drift() -> None:
    # J1 less J2: +1, +5, +3, so the last less the first is 2.
    panels = [{"J1": 10_000 * gap, "J2": 0} for gap in (1, 5, 3)]
    assert judge_figures(panels)[0].drift == 20_000


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([(1, 2), (2, 4), (3, 6)], Fraction(1)),
        ([(1, 6), (2, 4), (3, 2)], Fraction(-1)),
        ([(1, 1), (2, 1), (3, 1)], None),
        ([(1, 1), (2, 2)], None),
        # dx -1 0 1, dy -1 1 0: 1 / sqrt(2 * 2) = 0.5.
        ([(1, 1), (2, 3), (3, 2)], Fraction(1, 2)),
        # 5 / sqrt(5 * 10) = 0.707106...
        ([(1, 2), (2, 1), (3, 5), (4, 4)], Fraction(7071, 10_000)),
    ],
)
def test_theory_and_practice_correlate(
    pairs: list[tuple[int, int]], expected: Fraction | None
) -> None:
    assert correlation(pairs) == expected


def test_used_times_are_parted_into_quarters() -> None:
    assert quantiles([3600, 1200, 1800, 2400]) == Quantiles(
        Fraction(1200), Fraction(1650), Fraction(2100), Fraction(2700), Fraction(3600)
    )
    assert quantiles([]) is None
