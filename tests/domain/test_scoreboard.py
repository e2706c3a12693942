"""The board gives what a full calculation gives, whatever was put in whatever order."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.aspects import aspect_result
from app.domain.disputes import Claim, Dispute
from app.domain.entries import (
    NOT_ATTEMPTED,
    Cell,
    Entry,
    EntryState,
    Penalty,
    measured_cell,
    value_cell,
)
from app.domain.errors import RuleBroken
from app.domain.ids import (
    PANEL,
    AspectId,
    ComponentId,
    EntryId,
    EventCode,
    JudgeId,
    ModuleId,
    OpId,
    SubcriterionId,
)
from app.domain.methods import Band, Deduct, Judgement, Method, Panel, Tolerance
from app.domain.points import Points, Rounding, parse_points
from app.domain.ranking import rank
from app.domain.scheme import (
    Aspect,
    Component,
    Event,
    Module,
    PenaltyEffect,
    Stages,
    Subcriterion,
    TieKey,
)
from app.domain.scoreboard import Scoreboard, panels_of
from app.domain.scoring import EntryScore, score_entry

JUDGES = tuple(JudgeId(f"J{number}") for number in range(1, 6))
ENTRIES = tuple(EntryId(f"MIX-{number:02d}") for number in range(1, 5))
A, B = ModuleId("A"), ModuleId("B")


def aspect(name: str, maximum: str, method: Method) -> Aspect:
    return Aspect(id=AspectId(name), name=name, max=Decimal(maximum), method=method)


def part(name: str, *aspects: Aspect) -> Subcriterion:
    return Subcriterion(id=SubcriterionId(name), name=name, aspects=aspects)


PANEL_OF_FIVE = Panel(judges=5, highest=Decimal(10), drop_highest=1, drop_lowest=1)
BORE = Tolerance(nominal=Decimal(25), bands=(Band(Decimal("0.05"), Decimal(30)),))
MIXED = Event(
    code=EventCode("MIX"),
    name="mixed",
    components=(
        Component(id=ComponentId("theory"), weight=Decimal("0.3")),
        Component(id=ComponentId("practice"), weight=Decimal("0.7")),
    ),
    modules=(
        Module(
            id=A,
            name="A",
            component=ComponentId("theory"),
            subcriteria=(part("A1", aspect("A1.1", "10", Deduct(per=Decimal("0.5")))),),
        ),
        Module(
            id=B,
            name="B",
            weight=Decimal("0.9"),
            subcriteria=(
                part("B1", aspect("B1.1", "2", Judgement()), aspect("B1.2", "40", PANEL_OF_FIVE)),
                part("B2", aspect("B2.1", "30", BORE)),
            ),
        ),
    ),
    tie_keys=(TieKey(by="module:B"),),
)
PLACES = [
    (one.id, judge)
    for one in MIXED.aspects()
    for judge in panels_of(MIXED, {A: JUDGES, B: JUDGES})[one.id]
]
DISPUTE = Dispute(
    (
        Claim(OpId("S7K2-000001"), value_cell(Points(0))),
        Claim(OpId("T9QX-000001"), value_cell(Points(10_000))),
    )
)

type_of_stage = st.sampled_from([None, Rounding(2), Rounding(1)])
stages = st.builds(
    Stages,
    judge=type_of_stage,
    aspect=type_of_stage,
    subcriterion=type_of_stage,
    module=type_of_stage,
    component=type_of_stage,
)
held = st.one_of(
    st.none(),
    st.just(NOT_ATTEMPTED),
    st.just(DISPUTE),
    st.integers(0, 3).map(lambda score: value_cell(Points(score * 10_000))),
)
bores = st.one_of(st.none(), st.sampled_from(["25.01", "25.06", "24.95"]).map(measured_cell))
puts = st.tuples(st.sampled_from(ENTRIES), st.sampled_from(PLACES), held, bores)
effects = st.sampled_from(PenaltyEffect)
penalties = st.builds(
    Penalty,
    st.just(OpId("S7K2-000009")),
    st.just(ENTRIES[0]),
    st.sampled_from([None, A, B]),
    st.sampled_from(["P1", "P2"]),
    effects,
    st.integers(0, 60).map(lambda points: Points(points * 1_000)),
)
Put = tuple[EntryId, tuple[AspectId, JudgeId], Cell | Dispute | None, Cell | None]


def what(put: Put) -> Cell | Dispute | None:
    _, (name, _), cell, bore = put
    return bore if name == "B2.1" else cell


def new_board(event: Event) -> Scoreboard:
    board = Scoreboard(event, panels_of(event, {A: JUDGES, B: JUDGES}))
    for entry in ENTRIES:
        board.set_entry(Entry(entry, event.code, entry[-2:]))
    return board


def in_full(event: Event, board: Scoreboard, entry: EntryId) -> EntryScore:
    """The score computed from scratch, from the cells alone."""
    panels = panels_of(event, {A: JUDGES, B: JUDGES})
    results = {}
    for one in event.aspects():
        cells = {judge: cell for judge, cell in board.cells_of(entry, one.id) if cell is not None}
        results[one.id] = aspect_result(event, one, cells, panels[one.id])
    return score_entry(event, entry, results, board.penalties(entry))


@given(stages, st.lists(st.one_of(puts, st.lists(penalties, max_size=3)), max_size=80), st.data())
def test_the_board_equals_a_full_calculation_after_any_history(
    rounding: Stages, history: list[Put | list[Penalty]], data: st.DataObject
) -> None:
    event = msgspec.structs.replace(MIXED, rounding=rounding)
    board = new_board(event)
    for step in history:
        if isinstance(step, list):
            board.set_penalties(ENTRIES[0], step)
        else:
            board.put(step[0], *step[1], what(step))
        if data.draw(st.booleans()):
            board.score(ENTRIES[0])
    for entry in ENTRIES:
        assert board.score(entry) == in_full(event, board, entry)


@given(st.lists(puts, max_size=60))
def test_a_mark_moves_the_total_of_no_other_entry(history: list[Put]) -> None:
    board = new_board(MIXED)
    for put in history:
        before = board.scores()
        board.put(put[0], *put[1], what(put))
        after = board.scores()
        assert [one for one in ENTRIES if after[one] != before[one]] in ([], [put[0]])


@given(st.lists(puts, max_size=60), st.permutations(JUDGES), st.permutations(ENTRIES))
def test_neither_the_order_of_judges_nor_of_entries_changes_anything(
    history: list[Put], judges: list[JudgeId], order: list[EntryId]
) -> None:
    """Judges trade places within the panel of five: the same scores from other chairs."""
    board, other = new_board(MIXED), new_board(MIXED)
    chairs = dict(zip(JUDGES, judges, strict=True))
    for put in history:
        entry, (name, judge), _, _ = put
        board.put(entry, name, judge, what(put))
        other.put(entry, name, chairs[judge] if name == "B1.2" else judge, what(put))
    assert board.scores() == other.scores()
    entries = [other.entry(entry) for entry in order]
    assert rank(MIXED, entries, other.scores()) == board.ranking()


@given(st.lists(puts, max_size=60))
def test_shown_parts_add_up_to_the_shown_total_when_aspects_are_rounded(history: list[Put]) -> None:
    whole = msgspec.structs.replace(
        MIXED,
        components=(Component(),),
        modules=tuple(
            msgspec.structs.replace(module, component=ComponentId("practice"), weight=Decimal(1))
            for module in MIXED.modules
        ),
    )
    board = new_board(whole)
    for put in history:
        board.put(put[0], *put[1], what(put))
    for score in board.scores().values():
        shown = [result.mark for result in score.aspects if result.mark is not None]
        assert all(mark % 100 == 0 for mark in shown)
        assert sum(shown, Fraction(0)) == score.total


@given(st.lists(puts, max_size=60))
def test_what_is_still_possible_is_never_less_than_what_there_is(history: list[Put]) -> None:
    board = new_board(MIXED)
    for put in history:
        board.put(put[0], *put[1], what(put))
    for score in board.scores().values():
        assert score.total <= score.most
        assert score.total == score.most or not score.is_complete


def test_a_cell_gives_back_what_was_put() -> None:
    board = new_board(MIXED)
    bore = measured_cell("25.010")
    board.put(ENTRIES[0], AspectId("B2.1"), PANEL, bore)
    assert board.cell(ENTRIES[0], AspectId("B2.1"), PANEL) == bore
    assert board.cell(ENTRIES[1], AspectId("B2.1"), PANEL) is None
    board.put(ENTRIES[0], AspectId("B2.1"), PANEL, None)
    assert board.cell(ENTRIES[0], AspectId("B2.1"), PANEL) is None


def test_correcting_an_entry_keeps_its_marks() -> None:
    board = new_board(MIXED)
    board.put(ENTRIES[0], AspectId("A1.1"), PANEL, value_cell(parse_points("2")))
    board.set_entry(Entry(ENTRIES[0], MIXED.code, "77", "样例一厂"))
    board.set_entry(replace(board.entry(ENTRIES[0]), state=EntryState.WITHDRAWN))
    assert board.entry(ENTRIES[0]).state is EntryState.WITHDRAWN
    assert board.entry(ENTRIES[0]).number == "77"
    assert board.score(ENTRIES[0]).module(A).mark == 90_000


@pytest.mark.parametrize(
    ("entry", "name", "judge", "code"),
    [
        ("MIX-99", "A1.1", "PANEL", "entry-unknown"),
        ("MIX-01", "Z9.9", "PANEL", "aspect-unknown"),
        ("MIX-01", "A1.1", "J1", "judge-not-on-panel"),
        ("MIX-01", "B1.1", "J4", "judge-not-on-panel"),
    ],
)
def test_a_mark_for_a_place_that_does_not_exist_is_refused(
    entry: str, name: str, judge: str, code: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        new_board(MIXED).put(EntryId(entry), AspectId(name), JudgeId(judge), NOT_ATTEMPTED)
    assert refused.value.code == code
