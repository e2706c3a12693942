"""What stands in the way of a signature, a lock and a publication, said without naming a work."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import msgspec
import pytest

from app.domain.disputes import Claim, Dispute
from app.domain.entries import Entry, EntryState, value_cell
from app.domain.errors import RuleBroken
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
from app.domain.methods import Binary, Judgement
from app.domain.points import Points, parse_points
from app.domain.scheme import Aspect, Event, Module, Subcriterion
from app.domain.scoreboard import Scoreboard, panels_of
from app.domain.signoff import (
    CellPlace,
    OpenWork,
    may_lock_module,
    may_publish,
    may_sign,
    open_work,
)
from app.words import LANGUAGES, Words

J1, J2, J3 = (JudgeId(f"J{number}") for number in (1, 2, 3))
A = ModuleId("A")
WIRING, CHECKED = AspectId("A1.1"), AspectId("A1.2")
ONE, TWO = EntryId("ROBOT-01"), EntryId("ROBOT-02")


def codes(blockers: list[RuleBroken]) -> list[str]:
    """The codes of the blockers, once it is sure that both languages have words for each."""
    for language in LANGUAGES:
        words = Words.load(language)
        assert all(words.explain(blocker) for blocker in blockers)
    return [blocker.code for blocker in blockers]


@pytest.fixture
def board() -> Scoreboard:
    """Two entries, one judged and one measured aspect, everything marked."""
    aspects = (
        Aspect(id=WIRING, name="wiring", max=Decimal(1), method=Judgement()),
        Aspect(id=CHECKED, name="checked", max=Decimal(1), method=Binary()),
    )
    part = Subcriterion(id=SubcriterionId("A1"), name="A1", aspects=aspects)
    event = Event(
        code=EventCode("ROBOT"),
        name="robots",
        modules=(Module(id=A, name="A", subcriteria=(part,)),),
    )
    board = Scoreboard(event, panels_of(event, {A: (J1, J2, J3)}))
    for entry in (ONE, TWO):
        board.set_entry(Entry(entry, event.code, entry[-2:], state=EntryState.CHECKED_IN))
        board.put(entry, CHECKED, PANEL, value_cell(Points(10_000)))
        for judge in (J1, J2, J3):
            board.put(entry, WIRING, judge, value_cell(Points(20_000)))
    return board


def sign(
    board: Scoreboard, judge: JudgeId = J1, *signed: JudgeId, is_locked: bool = False
) -> list[RuleBroken]:
    work = open_work(board, A)
    return may_sign(judge, A, work, judges=(J1, J2, J3), signed=signed, is_locked=is_locked)


def test_a_finished_module_can_be_signed_by_its_judges(board: Scoreboard) -> None:
    assert open_work(board, A) == OpenWork()
    assert codes(sign(board)) == []
    assert codes(sign(board, JudgeId("J9"))) == ["signer-not-on-panel"]
    assert codes(sign(board, J1, J1)) == ["already-signed"]
    assert codes(sign(board, is_locked=True)) == ["module-locked"]


def test_a_judge_is_kept_by_the_own_missing_marks_not_by_those_of_others(board: Scoreboard) -> None:
    board.put(TWO, WIRING, J2, None)
    assert open_work(board, A).missing == (CellPlace(TWO, WIRING, J2),)
    assert codes(sign(board, J1)) == []
    (blocker,) = sign(board, J2)
    assert blocker == RuleBroken("marks-missing", module="A", count=1, aspects="A1.1")


def test_a_refusal_to_a_judge_never_says_whose_work_it_is_about(board: Scoreboard) -> None:
    board.put(TWO, WIRING, J2, None)
    board.put(ONE, WIRING, J1, value_cell(Points(0)))
    for blocker in sign(board, J2):
        assert "ROBOT" not in str(blocker)


def test_a_broken_spread_and_a_dispute_keep_everybody(board: Scoreboard) -> None:
    board.put(ONE, WIRING, J1, value_cell(parse_points("0")))
    assert open_work(board, A).spread_broken == ((ONE, WIRING),)
    assert codes(sign(board, J3)) == ["spread-open"]
    sides = (
        Claim(OpId("S7K2-000001"), value_cell(Points(0))),
        Claim(OpId("T9QX-000001"), value_cell(Points(10_000))),
    )
    board.put(TWO, CHECKED, PANEL, Dispute(sides))
    assert open_work(board, A).disputed == ((TWO, CHECKED),)
    assert codes(sign(board, J3)) == ["spread-open", "marks-disputed"]


@pytest.mark.parametrize(
    "state", [EntryState.ABSENT, EntryState.WITHDRAWN, EntryState.DISQUALIFIED]
)
def test_nobody_waits_for_marks_of_who_is_gone(board: Scoreboard, state: EntryState) -> None:
    board.put(TWO, CHECKED, PANEL, None)
    board.set_entry(replace(board.entry(TWO), state=state))
    assert open_work(board, A) == OpenWork()


def test_a_module_waits_for_its_own_marks_alone(board: Scoreboard) -> None:
    later = Aspect(id=AspectId("B1.1"), name="later", max=Decimal(1), method=Binary())
    part = Subcriterion(id=SubcriterionId("B1"), name="B1", aspects=(later,))
    module = Module(id=ModuleId("B"), name="B", subcriteria=(part,))
    event = msgspec.structs.replace(board.event, modules=(*board.event.modules, module))
    both = Scoreboard(event, panels_of(event, {A: (J1, J2, J3)}))
    both.set_entry(board.entry(ONE))
    for aspect in (WIRING, CHECKED):
        for judge, held in board.cells_of(ONE, aspect):
            both.put(ONE, aspect, judge, held)
    assert open_work(both, A) == OpenWork()
    assert open_work(both, module.id).missing == (CellPlace(ONE, later.id, PANEL),)


def test_a_module_is_locked_when_all_is_marked_signed_and_timed(board: Scoreboard) -> None:
    everyone = (J1, J2, J3)
    work = open_work(board, A)
    assert may_lock_module(A, work, judges=everyone, signed=everyone) == []
    assert codes(may_lock_module(A, work, judges=(), signed=())) == ["module-without-panel"]
    assert codes(may_lock_module(A, work, judges=everyone, signed=everyone, is_locked=True)) == [
        "module-locked"
    ]
    board.put(ONE, CHECKED, PANEL, None)
    board.put(TWO, WIRING, J3, value_cell(parse_points("0")))
    blockers = may_lock_module(
        A, open_work(board, A), judges=everyone, signed=(J2,), running_clocks=2, uncertain_clocks=1
    )
    assert codes(blockers) == [
        "marks-missing",
        "spread-open",
        "judges-unsigned",
        "clocks-running",
        "clocks-uncertain",
    ]
    assert blockers[2].details == {"module": "A", "count": 2, "judges": "J1, J3"}


def test_a_result_is_published_when_every_module_is_locked_and_every_entry_complete(
    board: Scoreboard,
) -> None:
    event = board.event.code
    assert may_publish(event, board.ranking(), modules=(A,), locked=(A,)) == []
    board.put(TWO, CHECKED, PANEL, None)
    blockers = may_publish(
        event, board.ranking(), modules=(A,), locked=(), rules_frozen=False, disputes=1
    )
    assert codes(blockers) == [
        "rules-not-frozen",
        "modules-unlocked",
        "entries-incomplete",
        "disputes-open",
    ]


def test_an_event_with_nobody_to_rank_is_not_published(board: Scoreboard) -> None:
    for entry in (ONE, TWO):
        board.set_entry(replace(board.entry(entry), state=EntryState.ABSENT))
    blockers = may_publish(board.event.code, board.ranking(), modules=(A,), locked=(A,))
    assert codes(blockers) == ["nobody-ranked"]


def test_a_long_list_of_aspects_is_cut_short(board: Scoreboard) -> None:
    places = tuple(CellPlace(ONE, AspectId(f"A1.{number}"), J1) for number in range(1, 6))
    (blocker,) = may_sign(J1, A, OpenWork(missing=places), judges=(J1,))
    assert blocker.details == {"module": "A", "count": 5, "aspects": "A1.1, A1.2, A1.3 …"}
