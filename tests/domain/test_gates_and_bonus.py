"""What voids, caps, reopens or adds to a total: gates, caps, work to redo, bonus, attempts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import msgspec
import pytest

from app.domain.aspects import AspectResult, AspectState, result_of
from app.domain.calculation import calculation
from app.domain.entries import (
    NOT_ATTEMPTED,
    Entry,
    EntryState,
    MarkState,
    Penalty,
    check_penalty,
    value_cell,
)
from app.domain.errors import RuleBroken
from app.domain.explain import tell_node, tell_notes
from app.domain.ids import (
    PANEL,
    AspectId,
    ComponentId,
    EntryId,
    EventCode,
    ModuleId,
    OpId,
    SubcriterionId,
)
from app.domain.methods import Direct, Gate, GateEffect
from app.domain.penalty_check import used_up
from app.domain.points import parse_points, plain_points
from app.domain.ranking import rank
from app.domain.scheme import (
    Aspect,
    Attempts,
    Component,
    Event,
    Module,
    PenaltyEffect,
    PenaltyReason,
    Stages,
    Subcriterion,
    TieKey,
)
from app.domain.scheme_check import check_event
from app.domain.scoreboard import Scoreboard, panels_of
from app.domain.scoring import EntryScore, event_maximum, score_entry
from app.words import LANGUAGES, Words

ENTRY = EntryId("X-01")
EFFECTS = {
    "G1": Gate(GateEffect.MODULE_ZERO),
    "G2": Gate(GateEffect.EVENT_ZERO),
    "G3": Gate(GateEffect.CAP, cap=Decimal(59)),
    "G4": Gate(GateEffect.REDO),
}


def module(name: str, *aspects: Aspect, component: str = "practice") -> Module:
    part = Subcriterion(id=SubcriterionId(f"{name}1"), name=name, aspects=aspects)
    return Module(
        id=ModuleId(name), name=name, component=ComponentId(component), subcriteria=(part,)
    )


def direct(name: str, maximum: str) -> Aspect:
    return Aspect(id=AspectId(name), name=name, max=Decimal(maximum), method=Direct())


GATES = tuple(
    Aspect(id=AspectId(name), name=name, max=Decimal(0), method=gate)
    for name, gate in EFFECTS.items()
)
GATED = Event(
    code=EventCode("X"),
    name="x",
    modules=(module("A", direct("A1", "40"), *GATES), module("B", direct("B1", "60"))),
    penalties=(
        PenaltyReason(code="LATE", name="late", effect=PenaltyEffect.CAP, points=Decimal(50)),
        PenaltyReason(code="AGAIN", name="again", effect=PenaltyEffect.REDO),
    ),
)


def scored(event: Event, given: dict[str, str], penalties: tuple[Penalty, ...] = ()) -> EntryScore:
    results = {
        aspect.id: result_of(
            event.rounding, aspect, [value_cell(parse_points(given.get(aspect.id, "1")))]
        )
        for aspect in event.aspects()
    }
    return score_entry(event, ENTRY, results, penalties)


def total(score: EntryScore) -> str:
    return plain_points(score.total)


def booked(reason: str, effect: PenaltyEffect, module: str | None, points: str = "0") -> Penalty:
    where = None if module is None else ModuleId(module)
    return Penalty(OpId("S7K2-000001"), ENTRY, where, reason, effect, parse_points(points))


MARKS = {"A1": "35", "B1": "55"}


@pytest.mark.parametrize(
    ("broken", "expected", "complete"),
    [
        ("", "90", True),
        ("G1", "55", True),
        ("G2", "0", True),
        ("G3", "59", True),
        ("G4", "90", False),
    ],
)
def test_a_gate_that_is_not_kept_does_what_the_rules_say(
    broken: str, expected: str, complete: bool
) -> None:
    score = scored(GATED, MARKS | ({broken: "0"} if broken else {}))
    assert (total(score), score.is_complete) == (expected, complete)
    # The raw marks stay for the review.
    assert score.module(ModuleId("A")).raw == 350_000


def test_the_reason_stands_beside_the_score() -> None:
    assert scored(GATED, MARKS | {"G1": "0"}).module(ModuleId("A")).zeroed_by == ("G1",)
    assert scored(GATED, MARKS | {"G2": "0"}).zeroed_by == ("G2",)
    assert scored(GATED, MARKS | {"G3": "0"}).capped_by == ("G3",)


def test_a_gate_nobody_marked_is_awaited_and_one_not_attempted_voids_nothing() -> None:
    gate = GATES[1]
    assert result_of(Stages(), gate, [None]) == AspectResult(AspectState.UNSET, missing=1)
    skipped = result_of(Stages(), gate, [NOT_ATTEMPTED])
    assert (skipped.mark, skipped.values) == (0, ())


@pytest.mark.parametrize(
    ("penalty", "expected", "complete"),
    [
        (booked("LATE", PenaltyEffect.CAP, None, "50"), "50", True),
        (booked("LATE", PenaltyEffect.CAP, "B", "50"), "85", True),
        (booked("LATE", PenaltyEffect.CAP, "B", "58"), "90", True),
        (booked("AGAIN", PenaltyEffect.REDO, None), "90", False),
        (booked("AGAIN", PenaltyEffect.REDO, "B"), "90", False),
    ],
)
def test_a_booked_cap_or_redo_counts_where_it_is_booked(
    penalty: Penalty, expected: str, complete: bool
) -> None:
    score = scored(GATED, MARKS, (penalty,))
    assert (total(score), score.is_complete) == (expected, complete)


def test_the_lowest_cap_holds_and_deductions_come_first() -> None:
    caps = (
        booked("LATE", PenaltyEffect.CAP, None, "50"),
        booked("FAULT", PenaltyEffect.DEDUCT, None, "45"),
    )
    assert total(scored(GATED, MARKS | {"G3": "0"}, caps[:1])) == "50"
    assert total(scored(GATED, MARKS, caps)) == "45"


def test_a_cap_needs_its_points() -> None:
    cap = booked("LATE", PenaltyEffect.CAP, None)
    assert check_penalty(GATED, cap) == RuleBroken("penalty-needs-points", reason="LATE")
    broken = PenaltyReason(code="LATE", name="late", effect=PenaltyEffect.CAP)
    codes = [
        finding.code for finding in check_event(msgspec.structs.replace(GATED, penalties=(broken,)))
    ]
    assert codes == ["penalty-cap-without-points"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("broken", ["G1", "G2", "G3", "G4"])
def test_the_calculation_says_what_a_gate_did(broken: str, language: str) -> None:
    board = Scoreboard(GATED, panels_of(GATED, {}))
    board.set_entry(Entry(ENTRY, GATED.code, "01", state=EntryState.CHECKED_IN))
    for aspect in GATED.aspects():
        text = "0" if aspect.id == broken else MARKS.get(aspect.id, "1")
        board.put(ENTRY, aspect.id, PANEL, value_cell(parse_points(text)))
    words = Words.load("zh" if language == "zh" else "en")
    tree = calculation(board, ENTRY)
    assert tree.result == board.score(ENTRY).total
    nodes = [tree]
    while nodes:
        node = nodes.pop()
        assert tell_node(node, words)
        assert all(tell_notes(node, words)) or not node.notes
        nodes += node.children


@pytest.mark.parametrize(
    ("then", "times", "codes"),
    [
        ("OUT", 1, []),
        ("OUT", 2, []),
        ("", 1, []),
        ("OUT", 0, ["penalty-then-unfit"]),
        ("WARN", 1, ["penalty-then-unfit"]),
        ("NONE", 1, ["penalty-then-unfit"]),
    ],
)
def test_a_chain_of_warnings_leads_to_another_reason(
    then: str, times: int, codes: list[str]
) -> None:
    reasons = (
        PenaltyReason(code="WARN", name="warning", points=Decimal(5), then=then, times=times),
        PenaltyReason(code="OUT", name="out", effect=PenaltyEffect.DISQUALIFY),
    )
    event = msgspec.structs.replace(GATED, penalties=reasons)
    assert [finding.code for finding in check_event(event)] == codes


def test_equipment_damaged_twice_may_be_booked_twice_and_then_means_out() -> None:
    damage = PenaltyReason(code="DAMAGE", name="d", points=Decimal(5), then="OUT", times=2)
    once = booked("DAMAGE", PenaltyEffect.DEDUCT, None, "5")
    other = booked("LATE", PenaltyEffect.CAP, None, "50")
    assert used_up(damage, [other, once]) is None
    assert used_up(damage, [once, other, once]) == RuleBroken(
        "penalty-used-up", reason="DAMAGE", times=2, then="OUT"
    )


PRACTICE = (module("A", direct("A1", "100")), module("T", direct("T1", "100"), component="theory"))
BONUS = module("Z", direct("Z1", "10"), component="bonus")
ADDED = Event(
    code=EventCode("X"),
    name="x",
    components=(
        Component(id=ComponentId("theory"), weight=Decimal("0.3")),
        Component(id=ComponentId("practice"), weight=Decimal("0.7")),
        Component(id=ComponentId("bonus"), name="附加分", added=True),
    ),
    modules=(*PRACTICE, BONUS),
)


@pytest.mark.parametrize(
    ("most", "practice", "bonus", "expected"),
    [
        # 0.3 * 80 + 0.7 * 90 = 87, and 5 on top.
        (None, "90", "5", "92"),
        # Never above what a faultless entry earns, unless the rules allow it.
        (None, "100", "8", "100"),
        ("110", "100", "8", "102"),
        ("95", "100", "8", "95"),
    ],
)
def test_a_bonus_comes_on_top_and_the_total_keeps_its_cap(
    most: str | None, practice: str, bonus: str, expected: str
) -> None:
    event = msgspec.structs.replace(ADDED, most=None if most is None else Decimal(most))
    assert check_event(event) == []
    score = scored(event, {"A1": practice, "T1": "80", "Z1": bonus})
    assert total(score) == expected
    assert score.base == {"90": 870_000, "100": 940_000}[practice]


def test_penalties_are_taken_off_what_the_cap_leaves() -> None:
    off = booked("FAULT", PenaltyEffect.DEDUCT, None, "3")
    assert total(scored(ADDED, {"A1": "100", "T1": "100", "Z1": "10"}, (off,))) == "97"


def test_a_bonus_is_no_part_of_the_maximum_nor_of_the_weights() -> None:
    assert event_maximum(ADDED) == 1_000_000
    short = msgspec.structs.replace(ADDED, components=ADDED.components[1:], modules=PRACTICE[:1])
    assert "component-weights-sum" in [finding.code for finding in check_event(short)]


def test_a_tie_can_be_decided_without_the_bonus() -> None:
    event = msgspec.structs.replace(ADDED, tie_keys=(TieKey(by="base"),))
    assert check_event(event) == []
    entries = [Entry(EntryId(f"X-0{n}"), event.code, f"0{n}") for n in (1, 2)]
    scores = {
        entries[0].id: scored(event, {"A1": "90", "T1": "80", "Z1": "7"}),
        entries[1].id: scored(event, {"A1": "100", "T1": "80", "Z1": "0"}),
    }
    scores = {key: replace(score, entry=key) for key, score in scores.items()}
    ranking = rank(event, entries, scores)
    assert [(row.entry, row.total, row.keys) for row in ranking.rows] == [
        ("X-02", 940_000, (940_000,)),
        ("X-01", 940_000, (870_000,)),
    ]


def attempts(rule: Attempts) -> Event:
    parts = tuple(
        Subcriterion(
            id=SubcriterionId(f"A{n}"), name=f"attempt {n}", aspects=(direct(f"A{n}.1", "20"),)
        )
        for n in (1, 2, 3)
    )
    return Event(
        code=EventCode("X"),
        name="x",
        modules=(Module(id=ModuleId("A"), name="A", attempts=rule, subcriteria=parts),),
    )


@pytest.mark.parametrize(
    ("rule", "marks", "expected"),
    [
        (Attempts.BEST, ("12", "18", "15"), "18"),
        (Attempts.LAST, ("12", "18", "15"), "15"),
        (Attempts.LAST, ("12", "18", "n"), "18"),
        (Attempts.LAST, ("n", "n", "n"), "0"),
        (Attempts.MEAN, ("12", "18", "15"), "15"),
        (Attempts.MEAN, ("12", "18", "n"), "10"),
        (Attempts.BEST, ("n", "4", "n"), "4"),
    ],
)
def test_of_several_attempts_one_counts_or_their_mean(
    rule: Attempts, marks: tuple[str, ...], expected: str
) -> None:
    event = attempts(rule)
    results = {
        aspect.id: AspectResult(AspectState.COMPLETE, 0, shown=MarkState.NOT_ATTEMPTED)
        if mark == "n"
        else AspectResult(AspectState.COMPLETE, parse_points(mark), shown=MarkState.VALUE)
        for aspect, mark in zip(event.aspects(), marks, strict=True)
    }
    assert total(score_entry(event, ENTRY, results)) == expected


def test_what_attempts_can_still_reach_is_told_while_they_are_open() -> None:
    event = attempts(Attempts.BEST)
    first = AspectResult(AspectState.COMPLETE, parse_points("12"), shown=MarkState.VALUE)
    score = score_entry(event, ENTRY, {AspectId("A1.1"): first})
    assert (score.total, score.most, score.missing) == (120_000, 200_000, 2)
    assert event.modules[0].maximum == event_maximum(event) == 200_000
