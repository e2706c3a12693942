"""Panels by median and closeness, and what becomes of a panel that judges stand down from."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.domain.aspects import AspectResult, AspectState, result_of
from app.domain.entries import RECUSED, Cell, MarkState, value_cell
from app.domain.ids import AspectId
from app.domain.methods import Closest, Judgement, Median, Panel, PanelMethod, panel_mean
from app.domain.points import Points, Rounding, format_points, parse_points, round_exact
from app.domain.scheme import Aspect, Stages

D = Decimal
TEN = D(10)


def points(*texts: str) -> list[Points]:
    return [parse_points(text) for text in texts]


def mean(method: PanelMethod, *scores: str) -> str:
    return format_points(round_exact(panel_mean(method, points(*scores)), Rounding()), 2)


@pytest.mark.parametrize(
    ("scores", "expected"),
    [("7", "7.00"), ("97", "8.00"), ("972", "7.00"), ("1999", "9.00"), ("12895", "5.00")],
)
def test_the_median_is_the_middle_or_the_mean_of_the_middle_two(scores: str, expected: str) -> None:
    assert mean(Median(judges=len(scores), highest=TEN), *scores) == expected


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        (("9", "7", "6"), "6.50"),
        (("9", "8", "5"), "8.50"),
        # Equally close: the upper two.
        (("9", "7", "5"), "8.00"),
        (("5", "9", "7"), "8.00"),
        (("4", "4", "4"), "4.00"),
    ],
)
def test_the_two_closest_of_three_count(scores: tuple[str, ...], expected: str) -> None:
    assert mean(Closest(judges=3, highest=TEN), *scores) == expected


def test_no_more_than_are_kept_all_count() -> None:
    method = Closest(judges=3, highest=TEN, least=1)
    assert mean(method, "9", "5") == "7.00"
    assert mean(method, "9") == "9.00"


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        # Four or more lose the highest and the lowest (domain rules 3.1 CLOSE).
        (("9", "8", "6", "1"), "7.00"),
        (("9", "9", "9", "8", "2"), "8.67"),
        # Three still keep the two closest, two their mean, one itself.
        (("9", "7", "5"), "8.00"),
        (("9", "6"), "7.50"),
        (("4",), "4.00"),
    ],
)
def test_rope_skipping_takes_the_closest_of_three_and_trims_four(
    scores: tuple[str, ...], expected: str
) -> None:
    assert mean(Closest(judges=5, highest=TEN, least=1, trim_from=4), *scores) == expected


def test_scores_near_the_median_count() -> None:
    method = Closest(judges=5, highest=TEN, within=D("1.5"))
    # Median 7: 5 and 9 lie further than 1.5 away.
    assert mean(method, "5", "6", "7", "8.5", "9") == "7.17"
    # Of an even panel the median is 6.5, and everything lies 2.5 away or more but one pair.
    assert mean(Closest(judges=4, highest=TEN, within=D(1)), "1", "6", "7", "9") == "6.50"


FIVE = Panel(judges=5, highest=TEN, drop_highest=1, drop_lowest=1)
SMALL = Panel(judges=5, highest=TEN, drop_highest=1, drop_lowest=1, least=3, trim_from=5)
TRIMS = Panel(judges=5, highest=TEN, drop_highest=1, drop_lowest=1, least=1)


def result(method: PanelMethod, cells: str) -> AspectResult:
    """One character a judge: a score, or ``/`` for one who stands down."""
    aspect = Aspect(id=AspectId("A1.1"), name="a", max=TEN, method=method)
    held: list[Cell | None] = [
        RECUSED if sign == "/" else value_cell(parse_points(sign)) for sign in cells
    ]
    return result_of(Stages(), aspect, held)


@pytest.mark.parametrize(
    ("method", "cells", "mark"),
    [
        (SMALL, "99988", 86_700),
        # With four no trimming any more: (9 + 9 + 8 + 8) / 4, and (9 + 9 + 6) / 3.
        (SMALL, "9988/", 85_000),
        (SMALL, "99//6", 80_000),
        # Trimmed as long as something is left: the middle of three.
        (TRIMS, "99//6", 90_000),
    ],
)
def test_a_smaller_panel_falls_back_as_the_rules_say(method: Panel, cells: str, mark: int) -> None:
    assert result(method, cells) == AspectResult(AspectState.COMPLETE, mark, shown=MarkState.VALUE)


@pytest.mark.parametrize(
    ("method", "cells"),
    [(FIVE, "9988/"), (SMALL, "9///8"), (TRIMS, "98///"), (TRIMS, "/////"), (Judgement(), "22/")],
)
def test_a_panel_too_small_for_its_rules_gives_no_mark(method: PanelMethod, cells: str) -> None:
    assert result(method, cells) == AspectResult(AspectState.PANEL_SHORT)
