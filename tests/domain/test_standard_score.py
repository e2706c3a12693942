"""Scores of strict and lenient judges, and of rooms with a jury each, made comparable."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.aspects import AspectState
from app.domain.calculation import calculation
from app.domain.entries import NOT_ATTEMPTED, RECUSED, Cell, Entry, measured_cell
from app.domain.errors import RuleBroken
from app.domain.ids import AspectId, EntryId, EventCode, JudgeId, ModuleId, SubcriterionId
from app.domain.methods import StandardScore, check_text
from app.domain.points import parse_points, plain_points
from app.domain.scheme import Aspect, Event, Module, Stages, Subcriterion
from app.domain.scoreboard import Scoreboard, panels_of

A = ModuleId("A")
CRAFT = AspectId("A1.1")
JUDGES = tuple(JudgeId(f"J{number}") for number in (1, 2, 3))


def board(method: StandardScore, sheets: dict[str, str], *, guests: str = "") -> Scoreboard:
    """One word a sheet, a score of each judge; ``/`` for one who stands down."""
    aspect = Aspect(id=CRAFT, name="a", max=Decimal(200), method=method)
    part = Subcriterion(id=SubcriterionId("A1"), name="a", aspects=(aspect,))
    event = Event(
        code=EventCode("X"),
        name="x",
        modules=(Module(id=A, name="a", subcriteria=(part,)),),
        rounding=Stages(),
    )
    made = Scoreboard(event, panels_of(event, {A: JUDGES}))
    for name, sheet in sheets.items():
        made.set_entry(Entry(EntryId(name), event.code, name, competing=name not in guests))
        for judge, text in zip(JUDGES, sheet.split(), strict=False):
            made.put(EntryId(name), CRAFT, judge, cell(text))
    return made


def cell(text: str) -> Cell | None:
    return {"/": RECUSED, "n": NOT_ATTEMPTED, "?": None}.get(text, measured_cell(text))


def marks(made: Scoreboard) -> dict[str, str]:
    return {
        entry: plain_points(score.total) if score.is_complete else "?"
        for entry, score in made.scores().items()
    }


ONE = StandardScore(judges=1)


def test_a_score_stands_as_many_deviations_from_the_mean_of_its_judge() -> None:
    # Mean 5, deviation 2: 100 + 20 * 4 / 2 = 140, 100 - 20 * 3 / 2 = 70.
    given = dict(zip("ABCDEFGH", ["2", "4", "4", "4", "5", "5", "7", "9"], strict=True))
    assert list(marks(board(ONE, given)).values()) == [
        "70", "90", "90", "90", "100", "100", "120", "140",
    ]  # fmt: skip


def test_a_deviation_without_a_last_digit_is_rounded_half_up() -> None:
    # Mean 70, variance 200 / 3, deviation 8.16496...: 20 * 10 / 8.16496... = 24.4948974...
    given = {"A": "60", "B": "70", "C": "80"}
    assert marks(board(ONE, given)) == {"A": "75.51", "B": "100", "C": "124.49"}
    # Of a sample the variance is 200 / 2: the deviation is 10.
    sample = StandardScore(judges=1, sample=True)
    assert marks(board(sample, given)) == {"A": "80", "B": "100", "C": "120"}


def test_a_strict_judge_counts_no_more_than_a_lenient_one() -> None:
    two = StandardScore(judges=2, sample=True)
    # J1: mean 70, deviation 10. J2: mean 92, deviation 2.
    given = {"A": "60 94", "B": "70 92", "C": "80 90"}
    assert marks(board(two, given)) == {"A": "100", "B": "100", "C": "100"}


def test_rooms_with_a_jury_each_are_compared_by_their_own_measure() -> None:
    rooms = StandardScore(judges=2, least=1)
    # J1 saw A and B: mean 70, deviation 10. J2 saw C and D: mean 92, deviation 2.
    given = {"A": "60 /", "B": "80 /", "C": "/ 90", "D": "/ 94"}
    assert marks(board(rooms, given)) == {"A": "80", "B": "120", "C": "80", "D": "120"}
    nobody = board(rooms, given | {"D": "/ /"})
    assert nobody.score(EntryId("D")).aspects[0].state is AspectState.PANEL_SHORT
    everybody = board(StandardScore(judges=2), given)
    assert everybody.score(EntryId("A")).aspects[0].state is AspectState.PANEL_SHORT


@pytest.mark.parametrize("sample", [False, True])
def test_without_spread_everybody_is_at_the_centre(sample: bool) -> None:
    method = StandardScore(judges=1, sample=sample)
    assert marks(board(method, {"A": "85", "B": "85", "C": "85"})) == {
        "A": "100", "B": "100", "C": "100",
    }  # fmt: skip
    assert marks(board(method, {"A": "85"})) == {"A": "100"}


def test_entries_outside_the_awards_move_nobody() -> None:
    given = {"A": "60", "B": "80", "G": "100"}
    # Mean 70, deviation 10: G stands three deviations above, and nobody the lower for it.
    assert marks(board(ONE, given, guests="G")) == {"A": "80", "B": "120", "G": "160"}


def test_who_did_not_take_part_counts_nothing_and_moves_nobody() -> None:
    assert marks(board(ONE, {"A": "60", "B": "80", "C": "n"})) == {"A": "80", "B": "120", "C": "0"}


def test_nobody_has_a_mark_before_everybody_is_in() -> None:
    assert marks(board(ONE, {"A": "60", "B": "80", "C": "?"})) == {"A": "?", "B": "?", "C": "?"}


def test_a_mark_stays_between_nothing_and_the_maximum() -> None:
    wide = StandardScore(judges=1, per=Decimal(90))
    # A: 100 - 90 * sqrt(3) is below 0; of four with one far below, the others stay close.
    given = {"A": "0", "B": "80", "C": "80", "D": "80"}
    # Mean 60, deviation 34.641: 100 + 90 * 20 / 34.641 = 151.96.
    assert marks(board(wide, given)) == {"A": "0", "B": "151.96", "C": "151.96", "D": "151.96"}


@given(
    st.lists(st.lists(st.integers(0, 100), min_size=3, max_size=3), min_size=1, max_size=6),
    st.permutations((0, 1, 2)),
    st.randoms(use_true_random=False),
)
def test_the_order_of_judges_and_entries_changes_nothing(
    field: list[list[int]], judges: list[int], chance: Random
) -> None:
    plain = {f"{place:02d}": " ".join(map(str, sheet)) for place, sheet in enumerate(field)}
    mixed = [
        (f"{place:02d}", " ".join(str(sheet[judge]) for judge in judges))
        for place, sheet in enumerate(field)
    ]
    chance.shuffle(mixed)
    three = StandardScore(judges=3)
    assert marks(board(three, plain)) == marks(board(three, dict(mixed)))


def test_the_calculation_shows_what_each_judge_came_to() -> None:
    two = StandardScore(judges=2, sample=True)
    made = board(two, {"A": "60 94", "B": "70 92", "C": "80 90"})
    total = calculation(made, EntryId("A"))
    (aspect,) = total.children[0].children[0].children[0].children
    assert aspect.formula == "(80 + 120) ÷ 2"
    assert [(node.typed, node.result) for node in aspect.children] == [
        ("60", 800_000), ("94", 1_200_000),
    ]  # fmt: skip


def test_a_score_keeps_to_its_range() -> None:
    refused = check_text(ONE, parse_points("200"), "101")
    assert refused == RuleBroken("mark-out-of-range", value="101", low="0", high="100")
