"""Ties no key can part: shared, or decided by play-off, lot or the chief, for that tie alone."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from app.domain.aspects import AspectResult, AspectState
from app.domain.draw import run_draw
from app.domain.draw_source import commitment
from app.domain.entries import Entry, MarkState, value_cell
from app.domain.errors import RuleBroken
from app.domain.explain import explain, tell
from app.domain.ids import PANEL, AspectId, EntryId, EventCode, ModuleId, OpId, SubcriterionId
from app.domain.methods import Direct
from app.domain.points import parse_points
from app.domain.ranking import Ranking, rank
from app.domain.scheme import Aspect, Event, Module, OnRemaining, Subcriterion
from app.domain.scoreboard import Scoreboard, panels_of
from app.domain.scoring import score_entry
from app.domain.signoff import may_publish
from app.domain.ties import (
    Ignored,
    IgnoredDecision,
    TieDecision,
    check_decision,
    lot_decision,
    lot_recipe,
)
from app.words import LANGUAGES, Words

ASPECT = Aspect(id=AspectId("A1.1"), name="a", max=Decimal(100), method=Direct())
PART = Subcriterion(id=SubcriterionId("A1"), name="a", aspects=(ASPECT,))
EVENT = Event(
    code=EventCode("X"),
    name="x",
    modules=(Module(id=ModuleId("A"), name="a", subcriteria=(PART,)),),
)
A, B, C, D, E = (EntryId(name) for name in "ABCDE")


def asking(kind: OnRemaining) -> Event:
    return msgspec.structs.replace(EVENT, on_remaining=kind)


def ranked(event: Event, marks: str, *decisions: TieDecision, guests: str = "") -> Ranking:
    """One mark, a digit, for each of the entries A, B, C ..."""
    names = "ABCDE"[: len(marks)]
    entries = [Entry(EntryId(n), event.code, n, competing=n not in guests) for n in names]
    scores = {
        entry.id: score_entry(
            event,
            entry.id,
            {ASPECT.id: AspectResult(AspectState.COMPLETE, parse_points(m), shown=MarkState.VALUE)},
        )
        for entry, m in zip(entries, marks, strict=True)
    }
    return rank(event, entries, scores, decisions=decisions)


def places(ranking: Ranking) -> str:
    return " ".join(f"{row.entry}{row.rank}" for row in ranking.rows)


CHIEF = asking(OnRemaining.CHIEF)
RULED = TieDecision((C, A), OnRemaining.CHIEF, "finished first")


def test_without_another_rule_a_tie_shares_the_rank_and_nothing_is_open() -> None:
    ranking = ranked(EVENT, "9795")
    assert places(ranking) == "A1 C1 B3 D4"
    assert ranking.open_ties == ()


def test_a_tie_that_is_to_be_decided_is_open_until_it_is() -> None:
    ranking = ranked(CHIEF, "97955")
    assert places(ranking) == "A1 C1 B3 D4 E4"
    assert ranking.open_ties == ((A, C), (D, E))
    (blocker,) = may_publish(EVENT.code, ranking, modules=[], locked=[])
    assert blocker == RuleBroken("ties-open", event="X", count=2, entries="A, C, D, E")


def test_a_decision_puts_its_tie_in_order_and_says_so_on_every_row_of_it() -> None:
    ranking = ranked(CHIEF, "97955", RULED)
    assert places(ranking) == "C1 A2 B3 D4 E4"
    assert [row.decision for row in ranking.rows] == [RULED, RULED, None, None, None]
    assert [row.shared for row in ranking.rows] == [False, False, False, True, True]
    assert ranking.open_ties == ((D, E),)
    assert ranking.ignored == ()


@pytest.mark.parametrize(
    ("marks", "expected"),
    # A third joins the tie; the tie is gone; one of the two has moved.
    [("9995", "A1 B1 C1 D4"), ("8795", "C1 A2 B3 D4"), ("9785", "A1 C2 B3 D4")],
)
def test_a_decision_about_a_tie_that_changed_is_ignored_and_reported(
    marks: str, expected: str
) -> None:
    ranking = ranked(CHIEF, marks, RULED)
    assert places(ranking) == expected
    assert ranking.ignored == (IgnoredDecision(RULED, Ignored.TIE_CHANGED),)
    assert all(row.decision is None for row in ranking.rows)


def test_a_later_decision_takes_the_place_of_an_earlier_one() -> None:
    later = TieDecision((A, C), OnRemaining.CHIEF, "film looked at again")
    ranking = ranked(CHIEF, "979", RULED, later)
    assert places(ranking) == "A1 C2 B3"
    assert ranking.ignored == (IgnoredDecision(RULED, Ignored.OVERTAKEN),)


@pytest.mark.parametrize("event", [EVENT, asking(OnRemaining.LOT)])
def test_a_kind_of_decision_the_rules_do_not_know_is_ignored(event: Event) -> None:
    ranking = ranked(event, "979", RULED)
    assert places(ranking) == "A1 C1 B3"
    assert ranking.ignored == (IgnoredDecision(RULED, Ignored.NOT_ASKED_FOR),)


def test_a_guest_is_no_part_of_a_tie_among_those_who_compete() -> None:
    ranking = ranked(CHIEF, "999", RULED, guests="B")
    assert places(ranking) == "C1 A2"
    assert [row.entry for row in ranking.guests] == [B]


def test_a_lot_follows_from_its_draw() -> None:
    event, seed = asking(OnRemaining.LOT), bytes(range(32))
    recipe = lot_recipe(event.code, (C, A), commitment(seed))
    assert recipe.purpose == "tie:A,C"
    outcome = run_draw(recipe, seed)
    decision = lot_decision(outcome.placements, OpId("S7K2-000009"), "drawn before the teams")
    assert decision == lot_decision(
        run_draw(lot_recipe(event.code, (A, C), commitment(seed)), seed).placements,
        OpId("S7K2-000009"),
        "drawn before the teams",
    )
    assert set(decision.entries) == {A, C}
    assert check_decision(event, [(A, C)], decision) is None
    first, second = decision.entries
    assert places(ranked(event, "979", decision)) == f"{first}1 {second}2 B3"


@pytest.mark.parametrize(
    ("event", "decision", "code"),
    [
        (EVENT, RULED, "tie-is-shared"),
        (asking(OnRemaining.PLAYOFF), RULED, "tie-decided-otherwise"),
        (CHIEF, TieDecision((C, A), OnRemaining.CHIEF, " "), "tie-needs-reason"),
        (CHIEF, TieDecision((C, B), OnRemaining.CHIEF, "x"), "tie-not-open"),
        (CHIEF, TieDecision((C, A, C), OnRemaining.CHIEF, "x"), "tie-not-open"),
        (
            asking(OnRemaining.LOT),
            TieDecision((C, A), OnRemaining.LOT, "x"),
            "tie-lot-without-draw",
        ),
    ],
)
def test_a_decision_that_settles_nothing_is_refused(
    event: Event, decision: TieDecision, code: str
) -> None:
    refused = check_decision(event, ranked(event, "979").open_ties or [(A, C)], decision)
    assert refused is not None
    assert refused.code == code


def test_a_decision_that_settles_an_open_tie_can_be_recorded() -> None:
    assert check_decision(CHIEF, ranked(CHIEF, "979").open_ties, RULED) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_asks_is_told_of_the_decision_and_not_of_a_gap_of_nothing(language: str) -> None:
    board = Scoreboard(CHIEF, panels_of(CHIEF, {}))
    for name, mark in zip("ABC", "979", strict=True):
        board.set_entry(Entry(EntryId(name), CHIEF.code, name))
        board.put(EntryId(name), ASPECT.id, PANEL, value_cell(parse_points(mark)))
    ranking = board.ranking(decisions=[RULED])
    words = Words.load("zh" if language == "zh" else "en")
    for entry, other in ((A, C), (C, A)):
        told = tell(CHIEF, explain(board, ranking, entry), words)
        assert any("finished first" in line and other in line for line in told)
        assert not any("0.00" in line for line in told[1:])
