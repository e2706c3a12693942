"""Marks that depend on everybody: places and best times, known once the whole field is in."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.aspects import AspectState
from app.domain.entries import (
    NOT_ATTEMPTED,
    Cell,
    Entry,
    EntryState,
    Penalty,
    measured_cell,
    value_cell,
)
from app.domain.ids import (
    PANEL,
    AspectId,
    EntryId,
    EventCode,
    JudgeId,
    ModuleId,
    OpId,
    SubcriterionId,
)
from app.domain.methods import Direct, Method, RankPoints, TimeRatio
from app.domain.points import parse_points, plain_points
from app.domain.scheme import Aspect, Event, Module, PenaltyEffect, Subcriterion
from app.domain.scoreboard import Scoreboard, panels_of

A = ModuleId("A")
PLACES = tuple(Decimal(points) for points in ("20", "16", "13", "11", "10"))


def event(method: Method, maximum: str) -> Event:
    compared = Aspect(id=AspectId("A1.1"), name="a", max=Decimal(maximum), method=method)
    plain = Aspect(id=AspectId("A1.2"), name="b", max=Decimal(80), method=Direct())
    part = Subcriterion(id=SubcriterionId("A1"), name="a", aspects=(compared, plain))
    return Event(
        code=EventCode("X"), name="x", modules=(Module(id=A, name="a", subcriteria=(part,)),)
    )


RACE = event(TimeRatio(), "20")
SHOW = event(RankPoints(PLACES, judges=2), "20")
J1, J2 = JudgeId("J1"), JudgeId("J2")


def board(rules: Event, names: str, guests: str = "") -> Scoreboard:
    made = Scoreboard(rules, panels_of(rules, {A: (J1, J2)}))
    for name in names:
        made.set_entry(Entry(EntryId(name), rules.code, name, competing=name not in guests))
        made.put(EntryId(name), AspectId("A1.2"), PANEL, value_cell(parse_points("50")))
    return made


def timed(made: Scoreboard, **times: str) -> None:
    for name, time in times.items():
        made.put(EntryId(name), AspectId("A1.1"), PANEL, measured_cell(time))


def totals(made: Scoreboard) -> dict[str, str]:
    return {
        entry: plain_points(score.total) if score.is_complete else "?"
        for entry, score in made.scores().items()
    }


def test_nobody_has_a_mark_before_everybody_is_in() -> None:
    made = board(RACE, "ABC")
    timed(made, A="1:40", B="2:05")
    assert totals(made) == {"A": "?", "B": "?", "C": "?"}
    waiting = made.score(EntryId("A"))
    assert waiting.aspects[0].state is AspectState.AWAITS_FIELD
    assert (waiting.total, waiting.most, waiting.missing, waiting.unsettled) == (
        500_000,
        700_000,
        0,
        1,
    )
    timed(made, C="4:10")
    # The best is 100 s: 20 * 100/125 = 16 and 20 * 100/250 = 8.
    assert totals(made) == {"A": "70", "B": "66", "C": "58"}


def test_a_better_time_moves_everybody_and_a_correction_moves_them_back() -> None:
    made = board(RACE, "AB")
    timed(made, A="100", B="125")
    assert totals(made) == {"A": "70", "B": "66"}
    timed(made, B="50")
    assert totals(made) == {"A": "60", "B": "70"}
    timed(made, B="125")
    assert totals(made) == {"A": "70", "B": "66"}


def test_nobody_waits_for_those_who_are_gone_and_they_move_nobody() -> None:
    made = board(RACE, "ABCDE", guests="E")
    timed(made, A="100", B="125", D="40", E="50")
    assert totals(made)["A"] == "?"
    made.set_entry(replace(made.entry(EntryId("C")), state=EntryState.ABSENT))
    made.set_penalties(
        EntryId("D"),
        [Penalty(OpId("S7K2-000001"), EntryId("D"), None, "CHEAT", PenaltyEffect.DISQUALIFY)],
    )
    assert totals(made) == {"A": "70", "B": "66", "C": "?", "D": "70", "E": "70"}


def test_an_aspect_not_attempted_scores_nothing_and_is_not_waited_for() -> None:
    made = board(RACE, "AB")
    timed(made, A="100")
    made.put(EntryId("B"), AspectId("A1.1"), PANEL, NOT_ATTEMPTED)
    assert totals(made) == {"A": "70", "B": "50"}


def test_the_places_of_each_judge_earn_points_and_the_mean_counts() -> None:
    made = board(SHOW, "ABC")
    given: dict[str, tuple[str, str]] = {"A": ("90", "80"), "B": ("85", "85"), "C": ("85", "70")}
    for name, scores in given.items():
        for judge, score in zip((J1, J2), scores, strict=True):
            made.put(EntryId(name), AspectId("A1.1"), judge, measured_cell(score))
    # J1: A 20, B and C share places 2 and 3 (14.5). J2: B 20, A 16, C 13.
    assert totals(made) == {"A": "68", "B": "67.25", "C": "63.75"}


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_entries_and_marks_changes_nothing(seed: int) -> None:
    times = {"A": "100", "B": "125", "C": "250", "D": "80"}
    expected = {"A": "66", "B": "62.8", "C": "56.4", "D": "70"}
    shuffled = random.Random(seed).sample(sorted(times.items()), len(times))
    made = board(RACE, "".join(name for name, _ in shuffled))
    for name, time in shuffled:
        timed(made, **{name: time})
    assert totals(made) == expected


@given(
    st.lists(
        st.tuples(st.sampled_from("ABCD"), st.sampled_from(["50", "80", "1:40", None])),
        max_size=20,
    )
)
def test_whatever_was_asked_in_between_the_end_is_the_same(
    puts: list[tuple[str, str | None]],
) -> None:
    asked, plain = board(RACE, "ABCD"), board(RACE, "ABCD")
    for name, time in puts:
        held: Cell | None = None if time is None else measured_cell(time)
        for made in (asked, plain):
            made.put(EntryId(name), AspectId("A1.1"), PANEL, held)
        asked.score(EntryId("B"))
    assert asked.scores() == plain.scores()
