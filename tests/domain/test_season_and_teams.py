"""Seasons, teams and delegations, with results worked out by hand."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from app.domain.award_rules import Awards, Quota, QuotaBase, StarBand
from app.domain.combined import CombinedRow, Result, check_standings, combine, result_points
from app.domain.errors import RuleBroken
from app.domain.ids import EntryId, EventCode, ModuleId
from app.domain.medals import Medal
from app.domain.points import format_points, parse_points, show_exact
from app.domain.season import match_value, season
from app.domain.standing_rules import (
    CombinedStanding,
    EventWeight,
    OverallBy,
    OverallRule,
    SeasonRule,
    Sides,
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


def test_who_has_no_more_to_compare_is_compared_with_zero() -> None:
    assert ranks({"A": [5], "B": [5, 0], "C": [5, 0, 1], "D": [4, 9]}) == {
        "C": 1,
        "A": 2,
        "B": 2,
        "D": 4,
    }
    assert ranks({"A": [5], "B": [5, -1]}) == {"A": 1, "B": 2}


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


def test_an_overall_ranking_by_weighted_totals() -> None:
    weights = (EventWeight(event=EventCode("quiz"), weight=Decimal("0.2")),)
    rule = OverallRule(by=OverallBy.TOTALS, best_per_event=1, weights=weights)
    found = combine(
        standing(rule),
        [
            result("project", "North", 1, "80", "n1"),
            result("project", "North", 3, "60", "n2"),
            result("quiz", "North", 2, "90", "n3"),
            result("project", "South", 2, "75", "s1"),
            result("quiz", "South", 1, "150", "s2"),
        ],
    )
    # North: 80 + 0.2 x 90 = 98, its 60 left out. South: 75 + 0.2 x 150 = 105.
    assert said(found) == [("South", 1, "105.00"), ("North", 2, "98.00")]
    assert found[1].left_out == ("project-n2",)
    assert found[1].counts == ()


def test_a_place_brings_its_points_times_the_weight_of_its_event_and_a_total_brings_none() -> None:
    weights = (EventWeight(event=EventCode("M1"), weight=Decimal(2)),)
    points = (Decimal(5), Decimal(3))
    second = result("M1", "样例一厂", 2, "90")
    rules = (
        OverallRule(points=points, weights=weights),
        OverallRule(by=OverallBy.TOTALS, weights=weights),
        SeasonRule(points=points),
        SeasonRule(),
        TeamRule(members=1),
    )
    # 3 x 2 = 6, and 3.
    assert [result_points(rule, second) for rule in rules] == [
        parse_points("6"),
        None,
        parse_points("3"),
        None,
        None,
    ]
    # Two second places in a season span the second and the third: (3 + 0) / 2.
    shared = replace(second, sharing=2)
    assert result_points(SeasonRule(points=points), shared) == parse_points("1.5")


def test_places_of_a_heavier_event_bring_more() -> None:
    weights = (EventWeight(event=EventCode("project"), weight=Decimal(2)),)
    rule = OverallRule(points=(Decimal(5), Decimal(3)), weights=weights)
    found = combine(
        standing(rule),
        [
            result("project", "North", 1, "80"),
            result("quiz", "North", 2, "90"),
            result("project", "South", 2, "75"),
            result("quiz", "South", 1, "150"),
        ],
    )
    # 2 x 5 + 3 and 2 x 3 + 5.
    assert said(found) == [("North", 1, "13.00"), ("South", 2, "11.00")]


def test_members_are_compared_by_the_score_of_all_their_competitors() -> None:
    results = [
        result("weld", "North", 1, "90", "n1"),
        result("mill", "North", 4, "60", "n2"),
        result("weld", "South", 2, "80", "s1"),
    ]
    found = combine(standing(OverallRule(points=(Decimal(5), Decimal(3)))), results)
    assert [(row.of, row.scores, row.mean) for row in found] == [
        ("North", parse_points("150"), parse_points("75")),
        ("South", parse_points("80"), parse_points("80")),
    ]
    # Where every event has a scale, marks of different events are not added up but scaled scores.
    scaled = [replace(it, scaled=at) for it, at in zip(results, (720, 690, 701), strict=True)]
    found = combine(standing(OverallRule(points=(Decimal(5), Decimal(3)))), scaled)
    assert [(row.of, row.scores, row.mean) for row in found] == [
        ("North", parse_points("1410"), parse_points("705")),
        ("South", parse_points("701"), parse_points("701")),
    ]


def test_people_compete_for_the_team_of_the_roster_where_the_rule_says_so() -> None:
    results = [
        replace(result("E", "North", 1, "90", "n1"), team="North A"),
        replace(result("E", "North", 2, "85", "n2"), team="North B"),
        replace(result("E", "South", 3, "80", "s1"), team="North A"),
        result("E", "South", 4, "70", "s2"),
    ]
    teams = combine(standing(TeamRule(members=2, of=Sides.TEAM)), results)
    assert said(teams) == [("North A", 1, "170.00"), ("North B", 2, "85.00")]
    places = OverallRule(points=(Decimal(5), Decimal(3), Decimal(1)), of=Sides.TEAM)
    assert said(combine(standing(places), results)) == [
        ("North A", 1, "6.00"),
        ("North B", 2, "3.00"),
    ]


def test_a_standing_has_awards_by_quota_over_those_ranked() -> None:
    awards = Awards(
        quotas=(
            Quota(award="一等奖", percent=Decimal(25)),
            Quota(award="二等奖", percent=Decimal(50), minimum=Decimal(60)),
        )
    )
    season_of_four = CombinedStanding(id="S", name="样例", rule=SeasonRule(), awards=awards)
    found = combine(
        season_of_four,
        [
            result("M1", "", 1, "90", "A"),
            result("M1", "", 2, "80", "B"),
            result("M1", "", 3, "50", "C"),
            result("M1", "", 4, "40", "D"),
        ],
    )
    # A quarter of four is one; a half is two, of whom C is below 60.
    assert [(row.of, row.award) for row in found] == [
        ("A", "一等奖"),
        ("B", "二等奖"),
        ("C", ""),
        ("D", ""),
    ]


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (SeasonRule(best=0), "standing-rule-unfit"),
        (SeasonRule(least=0), "standing-rule-unfit"),
        (SeasonRule(points=(Decimal(5), Decimal(8))), "standing-rule-unfit"),
        (TeamRule(kind=TeamKind.BEST, members=2, best=3), "standing-rule-unfit"),
        (OverallRule(best_events=0), "standing-rule-unfit"),
        (OverallRule(points=(Decimal(-1),)), "standing-rule-unfit"),
        (
            OverallRule(weights=(EventWeight(event=EventCode("M1"), weight=Decimal(0)),)),
            "standing-rule-unfit",
        ),
        (
            OverallRule(weights=(EventWeight(event=EventCode("M9"), weight=Decimal(1)),)),
            "standing-event-unknown",
        ),
    ],
)
def test_rules_that_cannot_be_met_are_refused(rule: StandingRule, code: str) -> None:
    events = [EventCode("M1"), EventCode("M2")]
    (found,) = check_standings([standing(rule)], events)
    assert (found.code, found.details["standing"]) == (code, "S")


@pytest.mark.parametrize(
    "rule",
    [
        SeasonRule(best=1, least=1, points=(Decimal(0),)),
        TeamRule(members=1),
        TeamRule(kind=TeamKind.BEST, members=1, best=1),
        TeamRule(kind=TeamKind.BEST, members=3, best=3),
        OverallRule(best_per_event=1, best_events=1, points=(Decimal(5), Decimal(5), Decimal(0))),
    ],
)
def test_the_least_that_a_rule_may_ask_for_is_accepted(rule: StandingRule) -> None:
    assert list(check_standings([standing(rule)], [])) == []


@pytest.mark.parametrize(
    "awards",
    [
        Awards(quotas=(Quota(award="一等奖"),)),
        Awards(quotas=(Quota(award="一等奖", number=1), Quota(award="一等奖", number=2))),
        Awards(base=QuotaBase.REGISTERED),
        Awards(stars=(StarBand(grade="五星", at_least=Decimal(18)),)),
    ],
)
def test_awards_that_cannot_be_given_are_refused(awards: Awards) -> None:
    one = CombinedStanding(id="S", name="样例", rule=SeasonRule(), awards=awards)
    assert list(check_standings([one], [])) == [RuleBroken("standing-awards-unfit", standing="S")]


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
