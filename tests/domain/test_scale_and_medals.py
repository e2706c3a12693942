"""The approximate scale by its published example, and medals in every situation of the rules."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.award_rules import MedalRule, ScaleKind, ScaleRule, TieMode
from app.domain.medals import MEDAL_POINTS, Medal, give_medals
from app.domain.points import parse_points
from app.domain.scale import scaled


def scale(rule: ScaleRule, *raws: str) -> list[int]:
    totals = {f"{place:02d}": parse_points(raw) for place, raw in enumerate(raws)}
    return list(scaled(rule, totals).values())


def test_the_published_example_of_median_and_mad() -> None:
    # Domain rules 1.9: median 79.00, MAD 8.95.
    raws = ("92.15", "88.40", "85.10", "81.75", "79.00", "74.20", "70.05", "61.30", "40.00")
    assert scale(ScaleRule(), *raws) == [730, 721, 714, 706, 700, 689, 680, 660, 612]


@pytest.mark.parametrize("kind", ScaleKind)
def test_without_spread_everybody_is_at_the_centre(kind: ScaleKind) -> None:
    assert scale(ScaleRule(kind=kind), "80") == [700]
    assert scale(ScaleRule(kind=kind), "80", "80", "80") == [700, 700, 700]
    assert scaled(ScaleRule(kind=kind), {}) == {}


def test_an_even_field_has_its_middle_between_two() -> None:
    # Median 75, MAD 10: 30 * 5 / 14.826 = 10.1 and 30 * 15 / 14.826 = 30.4.
    assert scale(ScaleRule(), "90", "80", "70", "60") == [730, 710, 690, 670]


def test_mean_and_deviation() -> None:
    rule = ScaleRule(kind=ScaleKind.MEAN_SD, centre=500, per=Decimal(35))
    # Mean 5, deviation of 2 4 4 4 5 5 7 9 is exactly 2: 35 * 4 / 2 = 70, 17.5 up to 18,
    # -17.5 up to -17 and -52.5 up to -52.
    assert scale(rule, "2", "4", "4", "4", "5", "5", "7", "9") == [
        448,
        483,
        483,
        483,
        500,
        500,
        535,
        570,
    ]


def test_the_deviation_of_a_sample_is_wider() -> None:
    rule = ScaleRule(kind=ScaleKind.MEAN_SD, centre=500, per=Decimal(35), sample=True)
    # Variance 32 / 7, deviation 2.138: 35 * 4 / 2.138 = 65.48.
    assert scale(rule, "2", "4", "4", "4", "5", "5", "7", "9")[-1] == 565


def test_a_line_about_the_median() -> None:
    rule = ScaleRule(kind=ScaleKind.LINEAR, per=Decimal("2.5"))
    # 2.5 * 0.2 = 0.5 goes up, 2.5 * -0.2 = -0.5 goes up to 700.
    assert scale(rule, "80.2", "80", "79.8", "90", "60") == [701, 700, 700, 725, 650]


def test_scores_stay_within_the_limits() -> None:
    rule = ScaleRule(low=600, high=800)
    assert scale(rule, "100", "51", "50", "49", "0") == [800, 720, 700, 680, 600]


@given(st.lists(st.integers(0, 1_000_000), min_size=2, max_size=12), st.sampled_from(ScaleKind))
def test_who_has_more_never_stands_lower(raws: list[int], kind: ScaleKind) -> None:
    scores = scaled(ScaleRule(kind=kind), dict(enumerate(raws)))
    pairs = sorted((Fraction(raw), scores[place]) for place, raw in enumerate(raws))
    assert [score for _, score in pairs] == sorted(scores.values())


GOLD, SILVER, BRONZE, STAR = "G", "S", "B", "m"
SIGNS = {
    Medal.GOLD: GOLD,
    Medal.SILVER: SILVER,
    Medal.BRONZE: BRONZE,
    Medal.MEDALLION: STAR,
    None: "-",
}


def medals(rule: MedalRule, *scores: int) -> str:
    given = give_medals(rule, {f"{place:02d}": score for place, score in enumerate(scores)})
    return "".join(SIGNS[given[f"{place:02d}"]] for place in range(len(scores)))


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        # One of each.
        ((754, 751, 742, 739, 699), "GSBm-"),
        ((754, 751, 742, 700), "GSBm"),
        # Two golds: no silver, one bronze; a tied bronze goes to all tied.
        ((754, 752, 749, 740), "GGBm"),
        ((754, 752, 749, 747, 746), "GGBBm"),
        # Three golds: bronze only within two points of the last gold.
        ((754, 753, 752, 750, 749), "GGGBm"),
        ((754, 753, 752, 749), "GGGm"),
        # One gold and two silvers: no bronze, except within two points of the last silver.
        ((760, 754, 753, 750), "GSSm"),
        ((760, 754, 753, 751, 750), "GSSBm"),
        # Three tied for bronze.
        ((760, 754, 750, 749, 748, 747), "GSBBBm"),
        # The medallion begins at 700 and goes to nobody with a medal.
        ((700, 690, 680, 700), "GB-G"),
        ((650, 640, 630), "GSB"),
        ((700,), "G"),
        ((), ""),
    ],
)
def test_medals_in_every_situation(scores: tuple[int, ...], expected: str) -> None:
    assert medals(MedalRule(), *scores) == expected


def test_ties_are_counted_from_the_first_or_each_from_the_one_before() -> None:
    # Domain rules 1.10: chained gives three golds, anchored gives two.
    assert medals(MedalRule(), 754, 752, 750, 741) == "GGBm"
    assert medals(MedalRule(tie_mode=TieMode.CHAINED), 754, 752, 750, 741) == "GGGm"


def test_without_a_tie_distance_only_equals_tie() -> None:
    assert medals(MedalRule(tie_distance=0), 754, 753, 753, 752) == "GSSm"
    assert medals(MedalRule(medallion_at=None), 754, 751, 742, 739) == "GSB-"


def test_a_medal_earns_four_three_two_or_one_point() -> None:
    assert [MEDAL_POINTS[medal] for medal in Medal] == [4, 3, 2, 1]


@given(st.lists(st.integers(600, 760), min_size=1, max_size=15), st.sampled_from(TieMode))
def test_a_medal_never_passes_a_better_score_by(scores: list[int], mode: TieMode) -> None:
    signs = medals(MedalRule(tie_mode=mode), *sorted(scores, reverse=True))
    assert list(signs) == sorted(signs, key="GSBm-".index)
    assert signs[0] == GOLD
