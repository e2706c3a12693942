"""Carried marks, qualification, seasons, teams and delegations, with results worked out by hand."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction

import pytest

from app.domain.award_rules import BoundaryTie
from app.domain.errors import RuleBroken
from app.domain.ids import EntryId
from app.domain.medals import Medal
from app.domain.points import Points, Rounding, parse_points, show_exact
from app.domain.ranking import RankedRow
from app.domain.rounds import (
    CarryOver,
    Qualification,
    SeasonRule,
    carried_mark,
    match_points,
    qualify,
    season,
)
from app.domain.standings import ranks
from app.domain.teams import (
    OverallRule,
    Placing,
    TeamKind,
    TeamRule,
    overall,
    team_standings,
    team_total,
)


@pytest.mark.parametrize(
    ("total", "mark"), [("3500", "100"), ("2800", "80"), ("3333", "95.23"), ("0", "0")]
)
def test_a_preliminary_total_becomes_a_mark_of_the_final(total: str, mark: str) -> None:
    # National online preliminary: 3500 points are 30 % of the result (domain rules 2.4).
    assert carried_mark(CarryOver(maximum=Decimal(3500)), parse_points(total)) == parse_points(mark)


def test_a_preliminary_total_beyond_its_maximum_is_refused() -> None:
    with pytest.raises(RuleBroken) as refused:
        carried_mark(CarryOver(maximum=Decimal(100), rounding=Rounding(1)), parse_points("100.5"))
    assert refused.value == RuleBroken("carried-total-outside", value="100.5", maximum="100")


def rows(*placed: tuple[str, int]) -> list[RankedRow]:
    """Entries with their ranks; the first letter is the unit, totals fall by 5 from 100."""
    shared = [rank for _, rank in placed]
    return [
        RankedRow(
            EntryId(name), rank, shared.count(rank) > 1, Points((105 - 5 * rank) * 10_000), (), None
        )
        for name, rank in placed
    ]


FIELD = rows(("N1", 1), ("N2", 2), ("S1", 3), ("N3", 4), ("E1", 4), ("S2", 6), ("E2", 7))
UNITS = {row.entry: row.entry[0] for row in FIELD}


@pytest.mark.parametrize(
    ("rule", "going", "reserves"),
    [
        (Qualification(places=3), "N1 N2 S1", ""),
        (Qualification(places=3, reserves=1), "N1 N2 S1", "N3 E1"),
        # The tie at rank 4 straddles the last place.
        (Qualification(places=4), "N1 N2 S1 N3 E1", ""),
        (Qualification(places=4, boundary=BoundaryTie.EXCLUDE), "N1 N2 S1", ""),
        # At most so many of one unit; the next of another unit moves up.
        (Qualification(places=4, per_unit=1, reserves=2), "N1 S1 E1", "N2 S2"),
        (Qualification(places=4, per_unit=2), "N1 N2 S1 E1", ""),
        (Qualification(per_unit=1), "N1 S1 E1", ""),
        (Qualification(places=9, minimum=Decimal(85)), "N1 N2 S1 N3 E1", ""),
        (Qualification(places=9, minimum=Decimal("85.01")), "N1 N2 S1", ""),
    ],
)
def test_who_goes_up_and_who_stands_by(rule: Qualification, going: str, reserves: str) -> None:
    found = qualify(rule, FIELD, UNITS)
    assert (" ".join(found.entries), " ".join(found.reserves)) == (going, reserves)


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


def test_places_bring_points_and_those_who_share_one_share_the_points() -> None:
    rule = SeasonRule(points=(Decimal(10), Decimal(8), Decimal(6), Decimal(4)))
    brought = match_points(rule, FIELD)
    assert [show_exact(brought[row.entry]) for row in FIELD] == ["10", "8", "6", "2", "2", "0", "0"]
    assert match_points(SeasonRule(), FIELD)[EntryId("N2")] == 950_000


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


def test_teams_are_ranked_by_sum_then_practice() -> None:
    # Chain 6 of domain rules 2.8: sum of the members, then the team's practical sum.
    people = {
        "North": [(80, 40), (70, 30)],
        "South": [(75, 45), (75, 30)],
        "East": [(75, 40), (75, 30)],
        "West": [(90, 50)],
    }
    assert team_standings(TeamRule(members=2), people) == {
        "South": (1, 150),
        "East": (2, 150),
        "North": (2, 150),
        "West": (4, 90),
    }


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
