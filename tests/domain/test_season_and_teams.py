"""Seasons, teams and delegations, with results worked out by hand."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction

import pytest

from app.domain.award_rules import StarBand
from app.domain.combined import CombinedRow, Result, check_standings, combine
from app.domain.errors import RuleBroken
from app.domain.ids import EntryId, EventCode, ModuleId
from app.domain.medals import Medal
from app.domain.points import format_points, parse_points, show_exact
from app.domain.season import match_value, season
from app.domain.standing_rules import (
    CombinedStanding,
    OverallRule,
    SeasonRule,
    StandingRule,
    TeamKind,
    TeamRule,
)
from app.domain.standings import ranks
from app.domain.teams import Placing, overall, team_total


def marks(**by_match: str) -> dict[str, int]:
    return {match: parse_points(mark) for match, mark in by_match.items()}


def test_the_best_results_of_a_season_count() -> None:
    results = {
        "A": marks(m1="90", m2="70", m3="80"),
        "B": marks(m1="85", m2="85"),
        "C": marks(m1="95", m3="75"),
        "D": marks(m2="60"),
    }
    found = season(SeasonRule(best=2, least=2), results)
    # All three have 170: the best single result parts them, 95 before 90 before 85.
    assert [(row.of, row.rank, show_exact(row.total), row.counted) for row in found] == [
        ("C", 1, "170", ("m1", "m3")),
        ("A", 2, "170", ("m1", "m3")),
        ("B", 3, "170", ("m1", "m2")),
        ("D", None, "60", ("m2",)),
    ]
    assert found[1].left_out == ("m2",)
    everything = season(SeasonRule(), results)
    assert [(row.of, row.rank, show_exact(row.total)) for row in everything] == [
        ("A", 1, "240"),
        ("C", 2, "170"),
        ("B", 3, "170"),
        ("D", 4, "60"),
    ]


@pytest.mark.parametrize(
    ("rank", "sharing", "brought"), [(1, 1, "10"), (3, 1, "6"), (4, 2, "2"), (6, 1, "0")]
)
def test_places_bring_points_and_those_who_share_one_share_the_points(
    rank: int, sharing: int, brought: str
) -> None:
    rule = SeasonRule(points=(Decimal(10), Decimal(8), Decimal(6), Decimal(4)))
    assert show_exact(match_value(rule, rank, sharing, parse_points("88"))) == brought
    assert match_value(SeasonRule(), rank, sharing, parse_points("88")) == 880_000


@pytest.mark.parametrize(
    ("rule", "given", "expected"),
    [
        (TeamRule(members=3), ("80", "90", "70"), "240"),
        # A missing member counts 0.
        (TeamRule(members=3), ("80", "90"), "170"),
        (TeamRule(kind=TeamKind.BEST, members=5, best=3), ("80", "90", "70", "60"), "240"),
        (TeamRule(kind=TeamKind.MEAN, members=4), ("80", "90", "70"), "60"),
        (TeamRule(members=3), (), "0"),
    ],
)
def test_members_make_the_mark_of_a_team(
    rule: TeamRule, given: tuple[str, ...], expected: str
) -> None:
    assert show_exact(team_total(rule, [parse_points(mark) for mark in given])) == expected


def test_delegations_by_medal_points_then_by_the_better_medals() -> None:
    placings = [
        Placing("North", "weld", 1, medal=Medal.GOLD),
        Placing("North", "mill", 9),
        Placing("South", "weld", 2, medal=Medal.SILVER),
        Placing("South", "cad", 8, medal=Medal.MEDALLION),
        Placing("East", "cad", 1, medal=Medal.GOLD),
        Placing("East", "mill", 3, medal=Medal.BRONZE),
    ]
    found = overall(OverallRule(), placings)
    assert [
        (one.name, one.rank, show_exact(one.total), show_exact(one.average)) for one in found
    ] == [
        ("East", 1, "6", "3"),
        ("North", 2, "4", "2"),
        ("South", 3, "4", "2"),
    ]
    assert found[0].counts == (1, 0, 1, 0)


def test_delegations_by_points_for_places() -> None:
    table = (Decimal(9), Decimal(7), Decimal(6))
    placings = [
        Placing("North", "weld", 1),
        Placing("North", "weld", 2),
        Placing("North", "cad", 3),
        Placing("South", "weld", 3),
        Placing("South", "cad", 1, sharing=2),
        Placing("East", "cad", 1, sharing=2),
    ]
    assert [
        (one.name, one.rank, show_exact(one.total))
        for one in overall(OverallRule(points=table), placings)
    ] == [("North", 1, "22"), ("South", 2, "14"), ("East", 3, "8")]
    # One of a delegation scores in an event, and only its best event.
    limited = OverallRule(points=table, best_per_event=1, best_events=1)
    assert [(one.name, one.rank, show_exact(one.total)) for one in overall(limited, placings)] == [
        ("North", 1, "9"),
        ("South", 2, "8"),
        ("East", 3, "8"),
    ]


def test_the_order_of_the_input_changes_no_standing() -> None:
    values = {name: [Fraction(n % 3), Fraction(n % 2)] for n, name in enumerate("ABCDEFGH")}
    expected = ranks(values)
    for seed in range(5):
        shuffled = dict(random.Random(seed).sample(sorted(values.items()), len(values)))
        assert list(ranks(shuffled).items()) == list(expected.items())


def result(event: str, unit: str, rank: int, total: str, person: str = "", **more: str) -> Result:
    """A row of a published result; its entry is the event's code and the person's name."""
    person = person or unit
    return Result(
        EventCode(event),
        EntryId(f"{event}-{person}"),
        person,
        unit,
        rank,
        1,
        parse_points(total),
        modules={ModuleId(module): parse_points(mark) for module, mark in more.items()},
    )


def standing(rule: StandingRule, *, stars: tuple[StarBand, ...] = ()) -> CombinedStanding:
    return CombinedStanding(id="S", name="样例综合排名", rule=rule, stars=stars)


def said(rows: tuple[CombinedRow, ...]) -> list[tuple[str, int | None, str]]:
    return [(row.of, row.rank, format_points(row.total, 2)) for row in rows]


def test_a_season_says_for_everybody_which_results_count_and_what_they_earn() -> None:
    table = (Decimal(10), Decimal(8), Decimal(6))
    rule = SeasonRule(best=2, points=table, least=2)
    stars = (
        StarBand(grade="五星", at_least=Decimal(18), allowance=Decimal(500), months=12),
        StarBand(grade="三星", at_least=Decimal(14), allowance=Decimal(300), months=12),
    )
    found = combine(
        standing(rule, stars=stars),
        [
            result("M1", "一厂", 1, "95", "A"),
            result("M1", "二厂", 2, "90", "B"),
            result("M1", "一厂", 3, "85", "C"),
            result("M2", "一厂", 2, "80", "A"),
            result("M2", "二厂", 1, "88", "B"),
            result("M3", "一厂", 3, "70", "A"),
            result("M3", "三厂", 1, "92", "D"),
        ],
    )
    # A: 10 + 8, its 6 left out. B: 8 + 10. Level in both results: the rank is shared.
    assert said(found) == [
        ("A", 1, "18.00"),
        ("B", 1, "18.00"),
        ("D", None, "10.00"),
        ("C", None, "6.00"),
    ]
    assert found[0].counted == ("M1-A", "M2-A")
    assert found[0].left_out == ("M3-A",)
    assert [row.star for row in found] == ["五星", "五星", "", ""]


def test_teams_are_ranked_by_sum_then_practice() -> None:
    # Chain 6 of domain rules 2.8: sum of the members, then the team's practical sum.
    rule = TeamRule(members=2, tie_modules=(ModuleId("P"),))
    found = combine(
        standing(rule),
        [
            result("E", "North", 1, "80", "n1", P="40"),
            result("E", "North", 6, "70", "n2", P="30"),
            result("E", "South", 2, "75", "s1", P="45"),
            result("E", "South", 2, "75", "s2", P="30"),
            result("E", "East", 2, "75", "e1", P="40"),
            result("E", "East", 2, "75", "e2", P="30"),
            result("E", "East", 9, "60", "e3", P="60"),
            result("E", "West", 1, "90", "w1", P="50"),
        ],
    )
    assert said(found) == [
        ("South", 1, "150.00"),
        ("East", 2, "150.00"),
        ("North", 2, "150.00"),
        ("West", 4, "90.00"),
    ]
    assert found[1].counted == ("E-e1", "E-e2")
    assert found[1].left_out == ("E-e3",)


def test_an_overall_ranking_says_which_places_score() -> None:
    rule = OverallRule(points=(Decimal(9), Decimal(7), Decimal(6)), best_per_event=1, best_events=2)
    found = combine(
        standing(rule),
        [
            result("weld", "North", 1, "90", "n1"),
            result("weld", "North", 2, "88", "n2"),
            result("cad", "North", 3, "70", "n3"),
            result("mill", "North", 2, "66", "n4"),
            result("cad", "South", 1, "91", "s1"),
            result("mill", "South", 1, "80", "s2"),
        ],
    )
    # North: 9 in weld (its second there does not score) and 7 in mill; 6 in cad is a third event.
    assert said(found) == [("South", 1, "18.00"), ("North", 2, "16.00")]
    assert found[1].counted == ("weld-n1", "mill-n4")
    assert found[1].left_out == ("cad-n3", "weld-n2")
    assert found[1].average == parse_points("4")
    assert found[1].counts == (1, 2, 1)


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (SeasonRule(best=0), "standing-rule-unfit"),
        (SeasonRule(least=0), "standing-rule-unfit"),
        (SeasonRule(points=(Decimal(5), Decimal(8))), "standing-rule-unfit"),
        (TeamRule(kind=TeamKind.BEST, members=2, best=3), "standing-rule-unfit"),
        (OverallRule(best_events=0), "standing-rule-unfit"),
        (OverallRule(points=(Decimal(-1),)), "standing-rule-unfit"),
    ],
)
def test_rules_that_cannot_be_met_are_refused(rule: StandingRule, code: str) -> None:
    events = [EventCode("M1"), EventCode("M2")]
    assert list(check_standings([standing(rule)], events)) == [RuleBroken(code, standing="S")]


def test_grades_of_a_standing_fall_from_the_highest() -> None:
    three = StarBand(grade="三星", at_least=Decimal(14))
    five = StarBand(grade="五星", at_least=Decimal(18))
    assert list(check_standings([standing(SeasonRule(), stars=(five, three))], [])) == []
    assert list(check_standings([standing(SeasonRule(), stars=(three, five))], [])) == [
        RuleBroken("standing-stars-unfit", standing="S")
    ]


def test_a_standing_counts_events_there_are_and_has_a_code_of_its_own() -> None:
    one = CombinedStanding(id="S", name="样例", events=(EventCode("M9"),), rule=SeasonRule())
    assert list(check_standings([one, one], [EventCode("M1")])) == [
        RuleBroken("standing-repeated", standing="S"),
        RuleBroken("standing-event-unknown", standing="S", event="M9"),
        RuleBroken("standing-event-unknown", standing="S", event="M9"),
    ]


def test_nobody_fills_two_places_of_a_team_and_who_has_no_unit_is_in_none() -> None:
    results = [
        result("E1", "North", 1, "90", "n1"),
        result("E2", "North", 1, "80", "n1"),
        result("E1", "North", 2, "70", "n2"),
        result("E1", "", 3, "60", "x1"),
        result("E2", "", 2, "65", "x2"),
    ]
    teams = combine(standing(TeamRule(members=2)), results)
    assert said(teams) == [("North", 1, "160.00")]
    assert (teams[0].counted, teams[0].left_out) == (("E1-n1", "E1-n2"), ("E2-n1",))
    overall_rows = combine(standing(OverallRule(points=(Decimal(5), Decimal(3)))), results)
    assert said(overall_rows) == [("North", 1, "13.00")]
