"""Who stands where: ties, keys, and everybody who stands apart."""

from __future__ import annotations

import random
from decimal import Decimal

import msgspec
import pytest

from app.domain.aspects import AspectResult, AspectState
from app.domain.entries import Entry, EntryState, MarkState, Penalty
from app.domain.errors import RuleBroken
from app.domain.ids import AspectId, EntryId, EventCode, ModuleId, OpId, SubcriterionId
from app.domain.methods import Direct
from app.domain.points import Points, Rounding, RoundingMode, parse_points
from app.domain.ranking import ApartReason, Placings, RankedRow, Ranking, rank
from app.domain.scheme import (
    Aspect,
    Direction,
    Event,
    Module,
    PenaltyEffect,
    Stages,
    Subcriterion,
    TieKey,
)
from app.domain.scoring import EntryScore, score_entry
from app.domain.tie_values import names_something

A, B = ModuleId("A"), ModuleId("B")


def module(name: str) -> Module:
    aspect = Aspect(id=AspectId(f"{name}1.1"), name=name, max=Decimal(50), method=Direct())
    part = Subcriterion(id=SubcriterionId(f"{name}1"), name=name, aspects=(aspect,))
    return Module(id=ModuleId(name), name=name, limit_minutes=60, subcriteria=(part,))


EVENT = Event(code=EventCode("ROBOT"), name="robots", modules=(module("A"), module("B")))


def keyed(*keys: str, lower: tuple[str, ...] = ()) -> Event:
    directions = dict.fromkeys(lower, Direction.LOWER)
    tie_keys = tuple(
        TieKey(by=key, direction=directions.get(key, Direction.HIGHER)) for key in keys
    )
    return msgspec.structs.replace(EVENT, tie_keys=tie_keys)


def entry(
    number: int, state: EntryState = EntryState.CHECKED_IN, *, competing: bool = True
) -> Entry:
    name = f"ROBOT-{number:02d}"
    return Entry(EntryId(name), EVENT.code, f"{number:02d}", competing=competing, state=state)


def scored(event: Event, number: int, *marks: str | None) -> EntryScore:
    results = {
        aspect.id: AspectResult(AspectState.COMPLETE, parse_points(mark), shown=MarkState.VALUE)
        for aspect, mark in zip(event.aspects(), marks, strict=True)
        if mark is not None
    }
    return score_entry(event, entry(number).id, results)


def ranked(
    event: Event,
    marks: dict[int, tuple[str | None, ...]],
    times: dict[int, dict[ModuleId, int]] | None = None,
) -> Ranking:
    entries = [entry(number) for number in marks]
    scores = {entry(number).id: scored(event, number, *given) for number, given in marks.items()}
    used = {entry(number).id: used for number, used in (times or {}).items()}
    return rank(event, entries, scores, used)


def places(ranking: Ranking) -> list[tuple[str, int]]:
    return [(row.entry[-2:], row.rank) for row in ranking.rows]


def deciders(ranking: Ranking) -> list[str | None]:
    return [row.decided_by.by if row.decided_by else None for row in ranking.rows]


def test_higher_totals_stand_higher() -> None:
    ranking = ranked(EVENT, {1: ("30", "20"), 2: ("40", "45"), 3: ("10", "50")})
    assert places(ranking) == [("02", 1), ("03", 2), ("01", 3)]
    assert deciders(ranking) == [None, None, None]


def test_equal_entries_share_the_rank_and_the_next_is_skipped() -> None:
    ranking = ranked(
        EVENT, {1: ("30", "20"), 2: ("20", "30"), 3: ("10", "10"), 4: ("9", "11"), 5: ("1", "1")}
    )
    assert places(ranking) == [("01", 1), ("02", 1), ("03", 3), ("04", 3), ("05", 5)]
    assert [row.shared for row in ranking.rows] == [True, True, True, True, False]


def test_the_first_key_that_differs_decides() -> None:
    event = keyed("module:B", "time:A", lower=("time:A",))
    ranking = ranked(
        event,
        {1: ("30", "20"), 2: ("20", "30"), 3: ("30", "20")},
        {1: {A: 1200}, 2: {A: 3600}, 3: {A: 1199}},
    )
    assert places(ranking) == [("02", 1), ("03", 2), ("01", 3)]
    assert deciders(ranking) == [None, "module:B", "time:A"]
    assert ranking.rows[1].keys == (200_000, 1199)


def test_each_row_names_the_key_of_its_own_that_put_it_below() -> None:
    event = keyed("module:B", "time:A", "time:B", lower=("time:A", "time:B"))
    ranking = ranked(
        event,
        dict.fromkeys((1, 2, 3, 4), ("30", "20")),
        {1: {A: 100, B: 300}, 2: {A: 100, B: 200}, 3: {A: 0, B: 900}, 4: {B: 900}},
    )
    assert places(ranking) == [("03", 1), ("02", 2), ("01", 3), ("04", 4)]
    assert deciders(ranking) == [None, "time:A", "time:B", "time:A"]


def test_no_time_at_all_and_a_time_of_nothing_are_not_the_same() -> None:
    ranking = ranked(
        keyed("time:A", lower=("time:A",)), {1: ("30", "20"), 2: ("30", "20")}, {2: {A: 0}}
    )
    assert places(ranking) == [("02", 1), ("01", 2)]
    assert deciders(ranking) == [None, "time:A"]


@pytest.mark.parametrize(("lower", "first"), [(("module:A",), "02"), ((), "01")])
def test_a_key_ranks_in_the_direction_it_names(lower: tuple[str, ...], first: str) -> None:
    ranking = ranked(keyed("module:A", lower=lower), {1: ("30", "20"), 2: ("20", "30")})
    assert places(ranking)[0] == (first, 1)


def test_every_kind_of_key_can_decide() -> None:
    marks: dict[int, tuple[str | None, ...]] = {1: ("20", "30"), 2: ("30", "20")}
    for by in ("module:A", "subcriterion:A1", "aspect:A1.1"):
        ranking = ranked(keyed(by), marks)
        assert places(ranking) == [("02", 1), ("01", 2)]
        assert deciders(ranking) == [None, by]


def test_all_modules_together_decide_by_the_sum_of_their_times() -> None:
    ranking = ranked(
        keyed("time", lower=("time",)),
        {1: ("20", "30"), 2: ("30", "20")},
        {1: {A: 100, B: 300}, 2: {A: 250, B: 149}},
    )
    assert places(ranking) == [("02", 1), ("01", 2)]
    assert [row.keys for row in ranking.rows] == [(399,), (400,)]


def test_a_time_nobody_knows_stands_after_every_known_one() -> None:
    for lower in (("time:A",), ()):
        ranking = ranked(
            keyed("time:A", lower=lower), {1: ("20", "30"), 2: ("30", "20")}, {2: {A: 3600}}
        )
        assert places(ranking) == [("02", 1), ("01", 2)]


def test_values_are_compared_as_they_are_published() -> None:
    # 30.004 and 30.001 are both published as 30.00, so module A cannot part them.
    fine = msgspec.structs.replace(
        keyed("module:A"), rounding=Stages(aspect=None), modules=EVENT.modules
    )
    ranking = ranked(fine, {1: ("30.001", "20"), 2: ("30.004", "20")})
    assert places(ranking) == [("01", 1), ("02", 1)]


def test_totals_that_differ_only_beyond_their_places_are_equal() -> None:
    coarse = msgspec.structs.replace(
        EVENT, rounding=Stages(aspect=None, total=Rounding(1, RoundingMode.TRUNCATE))
    )
    ranking = ranked(coarse, {1: ("30.09", "20"), 2: ("30.01", "20")})
    assert [(row.rank, row.total) for row in ranking.rows] == [(1, 500_000), (1, 500_000)]


def test_a_key_that_names_nothing_is_refused() -> None:
    with pytest.raises(RuleBroken) as refused:
        ranked(keyed("module:Z"), {1: ("20", "30")})
    assert refused.value == RuleBroken("tie-key-unknown", event="ROBOT", by="module:Z")


@pytest.mark.parametrize(
    ("by", "is_something"),
    [
        ("module:A", True),
        ("component:practice", True),
        ("subcriterion:B1", True),
        ("aspect:B1.1", True),
        ("time", True),
        ("time:B", True),
        ("base", True),
        ("module:Z", False),
        ("module", False),
        ("component:A", False),
        ("time:Z", False),
        ("base:A", False),
        ("", False),
    ],
)
def test_a_key_names_what_the_event_has(by: str, is_something: bool) -> None:
    assert names_something(EVENT, TieKey(by=by)) is is_something


def test_what_was_worked_out_before_is_used_only_while_the_score_is_the_same() -> None:
    event = keyed("module:B")
    entries = [entry(1), entry(2)]
    scores = {one.id: scored(event, int(one.number), "20", "30") for one in entries}
    placings: Placings = {}
    assert places(rank(event, entries, scores, placings=placings)) == [("01", 1), ("02", 1)]
    kept = dict(placings)
    scores[entry(2).id] = scored(event, 2, "20", "31")
    assert places(rank(event, entries, scores, placings=placings)) == [("02", 1), ("01", 2)]
    assert placings[entry(1).id] is kept[entry(1).id]


def test_nobody_is_ranked_who_is_absent_withdrawn_disqualified_or_incomplete() -> None:
    entries = [
        entry(1),
        entry(2, EntryState.ABSENT),
        entry(3, EntryState.WITHDRAWN),
        entry(4, EntryState.DISQUALIFIED),
        entry(5),
        entry(6),
    ]
    scores = {one.id: scored(EVENT, int(one.number), "20", "30") for one in entries}
    scores[entry(5).id] = scored(EVENT, 5, "20", None)
    struck = Penalty(OpId("S7K2-000001"), entry(6).id, None, "CHEAT", PenaltyEffect.DISQUALIFY)
    scores[entry(6).id] = score_entry(EVENT, entry(6).id, {}, [struck])
    ranking = rank(EVENT, entries, scores)
    assert places(ranking) == [("01", 1)]
    assert [(row.entry[-2:], row.reason) for row in ranking.apart] == [
        ("04", ApartReason.DISQUALIFIED),
        ("06", ApartReason.DISQUALIFIED),
        ("03", ApartReason.WITHDRAWN),
        ("02", ApartReason.ABSENT),
        ("05", ApartReason.INCOMPLETE),
    ]
    last = ranking.apart[-1]
    assert (last.total, last.most) == (200_000, 700_000)


@pytest.mark.parametrize("is_ranked", [True, False])
def test_who_missed_a_module_is_ranked_with_nothing_for_it_or_stands_apart(
    is_ranked: bool,
) -> None:
    event = msgspec.structs.replace(EVENT, absent_ranked=is_ranked)
    made = AspectResult(AspectState.COMPLETE, Points(500_000), shown=MarkState.VALUE)
    absent = AspectResult(AspectState.COMPLETE, Points(0), shown=MarkState.ABSENT)
    nothing = AspectResult(AspectState.COMPLETE, Points(0), shown=MarkState.NOT_ATTEMPTED)
    first, second = AspectId("A1.1"), AspectId("B1.1")
    missed = score_entry(event, entry(2).id, {first: made, second: absent})
    idle = score_entry(event, entry(3).id, {first: made, second: nothing})
    scores = {entry(1).id: scored(event, 1, "20", "40"), entry(2).id: missed, entry(3).id: idle}
    ranking = rank(event, [entry(1), entry(2), entry(3)], scores)
    if is_ranked:
        assert places(ranking) == [("01", 1), ("02", 2), ("03", 2)]
    else:
        assert places(ranking) == [("01", 1), ("03", 2)]
        assert [(row.entry, row.reason, row.total) for row in ranking.apart] == [
            (entry(2).id, ApartReason.ABSENT, Points(500_000))
        ]


def test_an_entry_with_every_mark_is_ranked_even_if_nobody_checked_it_in() -> None:
    registered = entry(1, EntryState.REGISTERED)
    ranking = rank(EVENT, [registered], {registered.id: scored(EVENT, 1, "20", "30")})
    assert places(ranking) == [("01", 1)]


def test_entries_outside_the_awards_are_ranked_among_themselves() -> None:
    entries = [entry(1), entry(2, competing=False), entry(3)]
    marks = {1: "20", 2: "50", 3: "10"}
    scores = {
        one.id: scored(EVENT, int(one.number), marks[int(one.number)], "0") for one in entries
    }
    ranking = rank(EVENT, entries, scores)
    assert places(ranking) == [("01", 1), ("03", 2)]
    guest = RankedRow(entry(2).id, 1, False, Points(500_000), (), None)
    assert ranking.guests == (guest,)


def test_the_order_of_the_input_changes_nothing() -> None:
    event = keyed("module:A")
    entries = [entry(number) for number in range(1, 41)]
    scores = {
        one.id: scored(event, int(one.number), str(int(one.number) % 7), str(int(one.number) % 3))
        for one in entries
    }
    first = rank(event, entries, scores)
    shuffled = random.Random(4).sample(entries, len(entries))
    assert rank(event, shuffled, dict(reversed(scores.items()))) == first


def test_an_entry_given_twice_is_a_bug_and_not_a_second_row() -> None:
    scores = {entry(1).id: scored(EVENT, 1, "20", "30")}
    with pytest.raises(AssertionError, match="an entry was dropped"):
        rank(EVENT, [entry(1), entry(1)], scores)
