"""Award quotas: the table of domain rules 2.9, ties at the boundary and vacant places."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from app.domain.awards import award_base, awarded, give_awards
from app.domain.entries import Entry, EntryState
from app.domain.ids import EntryId, EventCode
from app.domain.points import Points
from app.domain.ranking import ApartReason, ApartRow, RankedRow, Ranking
from app.domain.scheme import Awards, BoundaryTie, Event, Quota, QuotaBase, QuotaRounding

TENTHS = Awards(
    quotas=(
        Quota(award="一等奖", percent=Decimal(10)),
        Quota(award="二等奖", percent=Decimal(20)),
        Quota(award="三等奖", percent=Decimal(30)),
    ),
    at_least_one_first=False,
)
NUMBERS = Awards(
    quotas=(
        Quota(award="gold", number=1),
        Quota(award="silver", number=2),
        Quota(award="bronze", number=2),
    )
)


def sizes_of(awards: Awards, base: int) -> tuple[int, ...]:
    """How many of each award go to a field in which nobody shares a rank."""
    given = awarded(awards, base, [(place, Points(0)) for place in range(1, base + 1)])
    return tuple(given.count(quota.award) for quota in awards.quotas)


@pytest.mark.parametrize(
    ("count", "rounding", "cumulative", "sizes"),
    [
        (7, QuotaRounding.FLOOR, False, (0, 1, 2)),
        (7, QuotaRounding.CEIL, False, (1, 2, 3)),
        (7, QuotaRounding.FLOOR, True, (0, 2, 2)),
        (7, QuotaRounding.CEIL, True, (1, 2, 2)),
        (23, QuotaRounding.FLOOR, False, (2, 4, 6)),
        (23, QuotaRounding.CEIL, False, (3, 5, 7)),
        (23, QuotaRounding.FLOOR, True, (2, 4, 7)),
        (23, QuotaRounding.CEIL, True, (3, 4, 7)),
        (36, QuotaRounding.FLOOR, False, (3, 7, 10)),
        (36, QuotaRounding.CEIL, False, (4, 8, 11)),
        (36, QuotaRounding.FLOOR, True, (3, 7, 11)),
        (36, QuotaRounding.CEIL, True, (4, 7, 11)),
        (7, QuotaRounding.HALF_UP, False, (1, 1, 2)),
        (23, QuotaRounding.HALF_UP, True, (2, 5, 7)),
        (0, QuotaRounding.CEIL, True, (0, 0, 0)),
    ],
)
def test_a_fractional_quota_is_settled_as_the_scheme_says(
    count: int, rounding: QuotaRounding, cumulative: bool, sizes: tuple[int, ...]
) -> None:
    awards = msgspec.structs.replace(TENTHS, rounding=rounding, cumulative=cumulative)
    assert sizes_of(awards, count) == sizes


@pytest.mark.parametrize(
    ("cumulative", "count", "sizes"),
    [(True, 7, (1, 1, 2)), (False, 7, (1, 1, 2)), (True, 36, (3, 7, 11)), (True, 0, (0, 0, 0))],
)
def test_there_is_one_first_prize_at_least_where_the_scheme_says_so(
    cumulative: bool, count: int, sizes: tuple[int, ...]
) -> None:
    awards = msgspec.structs.replace(TENTHS, at_least_one_first=True, cumulative=cumulative)
    assert sizes_of(awards, count) == sizes


@pytest.mark.parametrize(
    ("count", "rounding", "cumulative", "sizes"),
    [
        (23, QuotaRounding.FLOOR, True, (1, 1, 1, 8)),
        (23, QuotaRounding.CEIL, True, (1, 1, 1, 9)),
        (23, QuotaRounding.HALF_UP, False, (1, 1, 1, 9)),
        (24, QuotaRounding.FLOOR, False, (1, 1, 1, 9)),
        (6, QuotaRounding.FLOOR, True, (1, 1, 1, 0)),
        (5, QuotaRounding.CEIL, False, (1, 1, 1, 0)),
    ],
)
def test_a_last_award_can_reach_down_to_a_share_of_the_field(
    count: int, rounding: QuotaRounding, cumulative: bool, sizes: tuple[int, ...]
) -> None:
    """优胜奖 to whoever follows the first three within the first half (domain rules 2.9)."""
    first_three = tuple(Quota(award=name, number=1) for name in ("一等奖", "二等奖", "三等奖"))
    awards = Awards(
        quotas=(*first_three, Quota(award="优胜奖", within_percent=Decimal(50))),
        rounding=rounding,
        cumulative=cumulative,
    )
    assert sizes_of(awards, count) == sizes


def test_a_promised_first_prize_does_not_push_the_share_of_the_field_down() -> None:
    tenth = Quota(award="一等奖", percent=Decimal(10))
    half = Quota(award="优胜奖", within_percent=Decimal(50))
    for cumulative in (True, False):
        assert sizes_of(Awards(quotas=(tenth, half), cumulative=cumulative), 7) == (1, 2)


def test_fixed_numbers_are_given_whatever_the_field() -> None:
    assert sizes_of(NUMBERS, 5) == (1, 2, 2)
    assert sizes_of(NUMBERS, 500) == (1, 2, 2)


def rows(*ranks_and_totals: tuple[int, int]) -> tuple[RankedRow, ...]:
    ranks = [rank for rank, _ in ranks_and_totals]
    return tuple(
        RankedRow(
            EntryId(f"E-{number:02d}"),
            rank,
            ranks.count(rank) > 1,
            Points(total * 10_000),
            (),
            None,
        )
        for number, (rank, total) in enumerate(ranks_and_totals, 1)
    )


def given(awards: Awards, *ranks_and_totals: tuple[int, int]) -> list[str]:
    ranking = Ranking(rows(*ranks_and_totals), (), ())
    entries = [Entry(row.entry, EventCode("E"), row.entry[-2:]) for row in ranking.rows]
    event = Event(code=EventCode("E"), name="event", awards=awards)
    return list(give_awards(event, entries, ranking).values())


PLAIN = [(1, 95), (2, 90), (3, 85), (4, 80), (5, 75), (6, 70)]


def test_awards_go_down_the_ranking() -> None:
    assert given(NUMBERS, *PLAIN) == ["gold", "silver", "silver", "bronze", "bronze", ""]


def test_a_tie_at_the_boundary_gets_the_better_award_and_uses_up_its_places() -> None:
    tied = [(1, 95), (1, 95), (3, 85), (4, 80), (4, 80), (4, 80), (7, 70)]
    assert given(NUMBERS, *tied) == [
        "gold",
        "gold",
        "silver",
        "bronze",
        "bronze",
        "bronze",
        "",
    ]


def test_a_tie_at_the_boundary_gets_the_lesser_award_where_the_scheme_cuts() -> None:
    cut = msgspec.structs.replace(NUMBERS, boundary=BoundaryTie.EXCLUDE)
    tied = [(1, 95), (2, 90), (3, 85), (3, 85), (5, 80), (5, 80)]
    assert given(cut, *tied) == ["gold", "silver", "bronze", "bronze", "", ""]


def test_two_winners_are_both_first_where_one_first_prize_is_promised() -> None:
    cut = msgspec.structs.replace(NUMBERS, boundary=BoundaryTie.EXCLUDE)
    tied = [(1, 95), (1, 95), (3, 85)]
    assert given(cut, *tied) == ["gold", "gold", "silver"]
    unpromised = msgspec.structs.replace(cut, at_least_one_first=False)
    assert given(unpromised, *tied) == ["silver", "silver", "silver"]


def with_minimum(*minima: int | None) -> Awards:
    quotas = tuple(
        msgspec.structs.replace(quota, minimum=None if least is None else Decimal(least))
        for quota, least in zip(NUMBERS.quotas, minima, strict=True)
    )
    return msgspec.structs.replace(NUMBERS, quotas=quotas)


def test_a_prize_nobody_is_good_enough_for_stays_vacant() -> None:
    assert given(with_minimum(96, None, None), *PLAIN) == [
        "silver",
        "silver",
        "bronze",
        "bronze",
        "",
        "",
    ]
    assert given(with_minimum(None, 88, 60), *PLAIN) == [
        "gold",
        "silver",
        "bronze",
        "bronze",
        "",
        "",
    ]
    assert given(with_minimum(99, 99, 99), *PLAIN) == [""] * 6


def test_the_minimum_itself_is_good_enough() -> None:
    assert given(with_minimum(95, 85, 81), *PLAIN) == [
        "gold",
        "silver",
        "silver",
        "",
        "",
        "",
    ]


def test_what_stays_vacant_falls_past_an_award_that_has_no_place() -> None:
    # The running sums of 20, 10 and 30 % of five come to 1, 1 and 3: a gold, no silver, two bronze.
    # Nobody reaches the gold, and its place stays empty.
    quotas = (
        Quota(award="gold", percent=Decimal(20), minimum=Decimal(96)),
        Quota(award="silver", percent=Decimal(10)),
        Quota(award="bronze", percent=Decimal(30)),
    )
    awards = Awards(quotas=quotas, rounding=QuotaRounding.FLOOR, cumulative=True)
    assert given(awards, *PLAIN[:5]) == ["bronze", "bronze", "", "", ""]


def test_equal_totals_that_were_parted_are_awarded_by_their_ranks() -> None:
    assert given(NUMBERS, (1, 95), (2, 95), (3, 95), (4, 95)) == [
        "gold",
        "silver",
        "silver",
        "bronze",
    ]


def test_the_base_of_a_percentage_is_the_one_the_scheme_names() -> None:
    states = [
        EntryState.CHECKED_IN,
        EntryState.CHECKED_IN,
        EntryState.REGISTERED,
        EntryState.ABSENT,
        EntryState.WITHDRAWN,
        EntryState.DISQUALIFIED,
    ]
    entries = [
        Entry(EntryId(f"E-{number:02d}"), EventCode("E"), f"{number:02d}", state=state)
        for number, state in enumerate(states, 1)
    ]
    entries.append(Entry(EntryId("E-99"), EventCode("E"), "99", competing=False))
    ranking = Ranking(rows((1, 90), (2, 80)), (), ())
    bases = [
        award_base(msgspec.structs.replace(TENTHS, base=base), entries, ranking.rows)
        for base in (QuotaBase.REGISTERED, QuotaBase.CHECKED_IN, QuotaBase.RANKED)
    ]
    assert bases == [6, 3, 2]


def test_entries_outside_the_ranking_and_the_awards_get_nothing() -> None:
    ranked = rows((1, 90))
    guest = RankedRow(EntryId("E-98"), 1, False, Points(990_000), (), None)
    apart = ApartRow(EntryId("E-99"), ApartReason.ABSENT, True, Points(0), Points(0))
    event = Event(code=EventCode("E"), name="event", awards=NUMBERS)
    assert give_awards(event, [], Ranking(ranked, (guest,), (apart,))) == {
        "E-01": "gold",
        "E-98": "",
        "E-99": "",
    }


def test_a_field_too_small_for_the_rules_gets_no_awards() -> None:
    # A provincial group needs 30 competitors (domain rules 2.9); here six for the example.
    small = msgspec.structs.replace(NUMBERS, least_entries=7)
    assert given(small, *PLAIN) == [""] * 6
    assert given(msgspec.structs.replace(small, least_entries=6), *PLAIN)[0] == "gold"
