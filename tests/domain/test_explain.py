"""Why this rank: sentences in both languages and a calculation that shows every rounding."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from app.domain.calculation import Node, NodeKind, calculation
from app.domain.entries import Entry, EntryState, Penalty, measured_cell, value_cell
from app.domain.explain import explain, tell, tell_node, tell_notes
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
from app.domain.methods import Band, Deduct, Direct, Judgement, Panel, Tolerance
from app.domain.points import Points, Rounding, parse_points, show_exact
from app.domain.scheme import (
    Aspect,
    Component,
    Direction,
    Event,
    Module,
    PenaltyEffect,
    PenaltyReason,
    Stages,
    Subcriterion,
    TieKey,
)
from app.domain.scoreboard import Scoreboard, panels_of
from app.words import Language, Words

J1, J2, J3 = JudgeId("J1"), JudgeId("J2"), JudgeId("J3")
THEORY, ASSEMBLY = ModuleId("T"), ModuleId("B")


def event() -> Event:
    theory = Aspect(
        id=AspectId("T1.1"), name="理论", name_en="Paper", max=Decimal(100), method=Direct()
    )
    judged = Aspect(
        id=AspectId("B1.1"), name="接线", name_en="Wiring", max=Decimal(1), method=Judgement()
    )
    faults = Aspect(
        id=AspectId("B1.2"),
        name="缺陷",
        name_en="Faults",
        max=Decimal(2),
        method=Deduct(per=Decimal("0.5")),
    )
    bore = Aspect(
        id=AspectId("B1.3"),
        name="孔径",
        name_en="Bore",
        max=Decimal(97),
        method=Tolerance(
            nominal=Decimal(25),
            bands=(Band(Decimal("0.02"), Decimal(97)), Band(Decimal("0.05"), Decimal(40))),
            unit="mm",
        ),
    )
    return Event(
        code=EventCode("FITTER"),
        name="钳工",
        name_en="Tool fitting",
        components=(
            Component(
                id=ComponentId("theory"), name="理论", name_en="theory", weight=Decimal("0.3")
            ),
            Component(id=ComponentId("practice"), weight=Decimal("0.7")),
        ),
        modules=(
            Module(
                id=THEORY,
                name="理论考试",
                name_en="Theory paper",
                component=ComponentId("theory"),
                subcriteria=(
                    Subcriterion(id=SubcriterionId("T1"), name="理论", aspects=(theory,)),
                ),
            ),
            Module(
                id=ASSEMBLY,
                name="装配",
                name_en="Assembly",
                limit_minutes=60,
                subcriteria=(
                    Subcriterion(
                        id=SubcriterionId("B1"), name="装配", aspects=(judged, faults, bore)
                    ),
                ),
            ),
        ),
        tie_keys=(
            TieKey(by="component:practice"),
            TieKey(by="time:B", direction=Direction.LOWER),
        ),
        penalties=(
            PenaltyReason(code="FLOOR", name="工位脏乱", name_en="untidy bench", points=Decimal(5)),
            PenaltyReason(
                code="GATE",
                name="违章操作",
                name_en="unsafe work",
                effect=PenaltyEffect.MODULE_ZERO,
            ),
        ),
    )


def marked(
    board: Scoreboard, number: str, theory: str, wiring: str, faults: int, bore: str
) -> EntryId:
    entry = EntryId(f"FITTER-{number}")
    board.set_entry(Entry(entry, board.event.code, number, "样例一厂"))
    board.put(entry, AspectId("T1.1"), PANEL, value_cell(parse_points(theory)))
    for judge, score in zip((J1, J2, J3), wiring, strict=True):
        board.put(entry, AspectId("B1.1"), judge, value_cell(parse_points(score)))
    board.put(entry, AspectId("B1.2"), PANEL, value_cell(Points(faults * 10_000)))
    board.put(entry, AspectId("B1.3"), PANEL, measured_cell(bore))
    return entry


@pytest.fixture
def board() -> Scoreboard:
    rules = event()
    return Scoreboard(rules, panels_of(rules, {ASSEMBLY: (J1, J2, J3)}))


def told(board: Scoreboard, entry: EntryId, language: Language, times: dict[str, int]) -> list[str]:
    used = {EntryId(name): {ASSEMBLY: seconds} for name, seconds in times.items()}
    explanation = explain(board, board.ranking(used), entry)
    return tell(board.event, explanation, Words.load(language))


def test_a_tie_is_explained_by_the_key_that_parted_it(board: Scoreboard) -> None:
    # Both: 0.3 * 80 + 0.7 * (1 + 2 + 97) = 94.00; the first was 61 seconds faster.
    first = marked(board, "01", "80", "333", 0, "25.01")
    second = marked(board, "02", "80", "333", 0, "24.99")
    times = {"FITTER-01": 3539, "FITTER-02": 3600}
    assert told(board, first, "en", times) == [
        "FITTER-01 stands at rank 1 with a total of 94.00.",
        (
            "Rank 2, FITTER-02, has the same total and stands below by the time used in module B"
            " Assembly: 1:00:00 against 0:58:59; the lower comes first."
        ),
    ]
    assert told(board, second, "zh", times) == [
        "FITTER-02 总分 94.00，排名第 2。",
        "第 1 名 FITTER-01 总分相同，按模块 B 装配用时列前：对方 0:58:59，本人 1:00:00，少者列前。",
    ]


def test_a_difference_in_totals_is_given_in_marks(board: Scoreboard) -> None:
    marked(board, "01", "80", "333", 0, "25.01")
    second = marked(board, "02", "80", "333", 2, "25")
    assert told(board, second, "en", {}) == [
        "FITTER-02 stands at rank 2 with a total of 93.30.",
        "Rank 1, FITTER-01, has 94.00: 0.70 more.",
    ]
    assert told(board, second, "zh", {})[1] == "第 1 名 FITTER-01 总分 94.00，高 0.70 分。"


def test_a_shared_rank_says_that_nothing_parts_the_two(board: Scoreboard) -> None:
    marked(board, "01", "80", "333", 0, "25.01")
    second = marked(board, "02", "80", "333", 0, "25.01")
    third = marked(board, "03", "80", "333", 1, "25.01")
    assert told(board, second, "en", {}) == [
        "FITTER-02 shares rank 1 with FITTER-01: all have a total of 94.00.",
        "Every tie-break value is equal too, so the rank is shared and the next rank is skipped.",
        "Rank 3, FITTER-03, has 93.65: 0.35 less.",
    ]
    assert told(board, third, "zh", {})[0] == "FITTER-03 总分 93.65，排名第 3。"


def test_an_entry_that_is_not_ranked_is_told_why(board: Scoreboard) -> None:
    entry = marked(board, "01", "80", "333", 0, "25.01")
    board.put(entry, AspectId("B1.1"), J2, None)
    assert told(board, entry, "en", {}) == [
        "FITTER-01 is not completely marked and is not ranked yet: 93.30 so far, at most 94.00."
    ]
    board.set_entry(replace(board.entry(entry), state=EntryState.ABSENT))
    assert told(board, entry, "zh", {}) == ["FITTER-01 缺考，不参加排名。"]


def test_penalties_are_named_by_the_scheme(board: Scoreboard) -> None:
    entry = marked(board, "01", "80", "333", 0, "25.01")
    op = OpId("S7K2-000001")
    board.set_penalties(
        entry,
        [
            Penalty(op, entry, None, "FLOOR", PenaltyEffect.DEDUCT, Points(50_000)),
            Penalty(op, entry, ASSEMBLY, "GATE", PenaltyEffect.MODULE_ZERO),
        ],
    )
    assert told(board, entry, "en", {}) == [
        "FITTER-01 stands at rank 1 with a total of 19.00.",
        "Assembly counts 0: unsafe work.",
        "5 marks were deducted from the total: untidy bench.",
    ]
    assert told(board, entry, "zh", {})[1:] == [
        "装配判零分：违章操作。",
        "总分扣 5 分：工位脏乱。",
    ]


def find(node: Node, kind: NodeKind, name: str) -> Node:
    if node.kind is kind and node.id == name:
        return node
    for child in node.children:
        found = find(child, kind, name) if (kind, name) != (child.kind, child.id) else child
        if found.kind is kind and found.id == name:
            return found
    return node


def test_the_tree_shows_the_formula_the_rounding_and_the_result_of_each_stage(
    board: Scoreboard,
) -> None:
    entry = marked(board, "01", "80", "223", 3, "25.03")
    tree = calculation(board, entry)
    wiring = find(tree, NodeKind.ASPECT, "B1.1")
    assert wiring.formula == "2.3333… × 1 ÷ 3"
    assert show_exact(wiring.exact or 0) == "0.7777…"
    assert wiring.rounding == Rounding(2)
    assert wiring.result == 7800
    (mean,) = wiring.children
    assert (mean.formula, mean.rounding) == ("(2 + 2 + 3) ÷ 3", None)
    assert [(judge.id, judge.result) for judge in mean.children] == [
        ("J1", 20_000),
        ("J2", 20_000),
        ("J3", 30_000),
    ]
    assert find(tree, NodeKind.ASPECT, "B1.2").formula == "2 − 0.5 × 3"
    assert find(tree, NodeKind.ASPECT, "B1.3").formula == "|25.03 − 25| = 0.03"
    module = find(tree, NodeKind.MODULE, "B")
    assert (module.formula, module.result) == ("41.28", 412_800)
    assert find(tree, NodeKind.SUBCRITERION, "B1").formula == "0.78 + 0.5 + 40"
    assert tree.formula == "80 × 0.3 + 41.28 × 0.7"
    assert (tree.exact, tree.result) == (528_960, 529_000)
    words = Words.load("en")
    assert tell_node(module, words) == "Module B Assembly"
    assert tell_notes(tree, words) == ["rounded to 2 decimals, half up"]
    assert tell_notes(tree, Words.load("zh")) == ["修约到 2 位小数，四舍五入"]


def test_the_tree_marks_the_scores_a_panel_drops(board: Scoreboard) -> None:
    show = Aspect(
        id=AspectId("S1.1"),
        name="表演",
        max=Decimal(100),
        method=Panel(judges=5, highest=Decimal(10), drop_highest=1, drop_lowest=1),
    )
    rules = Event(
        code=EventCode("SHOW"),
        name="讲解",
        modules=(
            Module(
                id=ModuleId("S"),
                name="讲解",
                subcriteria=(Subcriterion(id=SubcriterionId("S1"), name="讲解", aspects=(show,)),),
            ),
        ),
        rounding=Stages(judge=Rounding(2)),
    )
    judges = tuple(JudgeId(f"J{number}") for number in range(1, 6))
    stage = Scoreboard(rules, panels_of(rules, {ModuleId("S"): judges}))
    entry = EntryId("SHOW-01")
    stage.set_entry(Entry(entry, rules.code, "01"))
    for judge, score in zip(judges, "99988", strict=True):
        stage.put(entry, show.id, judge, value_cell(parse_points(score)))
    (mean,) = find(calculation(stage, entry), NodeKind.ASPECT, "S1.1").children
    assert mean.formula == "(9 + 9 + 8) ÷ 3"
    assert mean.result == 86_700
    assert [judge.id for judge in mean.children if judge.notes] == ["J1", "J5"]


def test_an_entry_outside_the_awards_is_told_so(board: Scoreboard) -> None:
    entry = marked(board, "01", "80", "333", 0, "25.01")
    board.set_entry(replace(board.entry(entry), competing=False))
    assert told(board, entry, "en", {}) == [
        "FITTER-01 takes part outside the awards and is ranked only among such entries.",
        "FITTER-01 stands at rank 1 with a total of 94.00.",
    ]
