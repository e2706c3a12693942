"""From cells to totals: every stage, state and penalty, with totals worked out by hand."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from app.domain.aspects import AspectResult, AspectState, aspect_result, judges_of
from app.domain.disputes import Claim, Dispute
from app.domain.entries import (
    ABSENT,
    NOT_ATTEMPTED,
    Cell,
    MarkState,
    Penalty,
    measured_cell,
    value_cell,
)
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
from app.domain.methods import Band, Direct, Judgement, Method, Panel, Tolerance
from app.domain.points import Points, Rounding, RoundingMode, format_points, parse_points
from app.domain.scheme import (
    Aspect,
    Attempts,
    Component,
    Event,
    Module,
    PenaltyEffect,
    Stages,
    Subcriterion,
)
from app.domain.scheme_check import check_event
from app.domain.score_effects import of_attempts
from app.domain.scoring import EntryScore, event_maximum, score_entry

J1, J2, J3 = (JudgeId(f"J{number}") for number in (1, 2, 3))
ENTRY = EntryId("ROBOT-07")
PLAIN = Event(code=EventCode("ROBOT"), name="robots")
CLASH = Dispute(
    (
        Claim(OpId("S7K2-000001"), value_cell(Points(0))),
        Claim(OpId("T9QX-000001"), value_cell(Points(10_000))),
    )
)


def aspect(name: str, method: Method, maximum: str = "1") -> Aspect:
    return Aspect(id=AspectId(name), name=name, max=Decimal(maximum), method=method)


WIRING = aspect("A1.1", Judgement())


def scores(text: str) -> dict[JudgeId, Cell | Dispute]:
    """One character a judge: a score, ``-`` not attempted, ``a`` absent, ``!`` disputed, unset."""
    signs = {"-": NOT_ATTEMPTED, "a": ABSENT, "!": CLASH}
    return {
        judge: signs.get(sign) or value_cell(parse_points(sign))
        for judge, sign in zip((J1, J2, J3), text, strict=True)
        if sign != " "
    }


@pytest.mark.parametrize(
    ("given", "state", "mark", "missing"),
    [
        ("223", AspectState.COMPLETE, 7_800, 0),
        ("000", AspectState.COMPLETE, 0, 0),
        ("   ", AspectState.UNSET, None, 3),
        ("2 3", AspectState.PARTIAL, None, 1),
        ("0 3", AspectState.PARTIAL, None, 1),
        ("113", AspectState.SPREAD_BROKEN, None, 0),
        ("---", AspectState.COMPLETE, 0, 0),
        ("22-", AspectState.SPREAD_BROKEN, None, 0),
        ("--a", AspectState.SPREAD_BROKEN, None, 0),
        ("22!", AspectState.DISPUTED, None, 0),
        ("2 !", AspectState.DISPUTED, None, 1),
    ],
)
def test_an_aspect_has_a_mark_only_when_all_its_judges_agree_enough(
    given: str, state: AspectState, mark: int | None, missing: int
) -> None:
    result = aspect_result(PLAIN, WIRING, scores(given), (J1, J2, J3))
    assert (result.state, result.mark, result.missing) == (state, mark, missing)


def test_nothing_attempted_scores_zero_but_is_shown_as_what_it_is() -> None:
    result = aspect_result(PLAIN, WIRING, scores("---"), (J1, J2, J3))
    assert result == AspectResult(AspectState.COMPLETE, Points(0), 0, MarkState.NOT_ATTEMPTED)
    zero = aspect_result(PLAIN, WIRING, scores("000"), (J1, J2, J3))
    assert zero == AspectResult(AspectState.COMPLETE, Points(0), 0, MarkState.VALUE)


def test_a_panel_with_too_few_judges_waits_for_the_rest() -> None:
    result = aspect_result(PLAIN, WIRING, scores("22 "), (J1, J2))
    assert (result.state, result.missing) == (AspectState.PARTIAL, 1)


def test_a_score_of_a_judge_outside_the_panel_does_not_count() -> None:
    cells = scores("223") | {JudgeId("J9"): value_cell(Points(0))}
    assert aspect_result(PLAIN, WIRING, cells, (J1, J2, J3)).mark == 7_800


def test_the_first_judges_appointed_enter_a_judged_aspect_and_the_team_the_rest() -> None:
    five = tuple(JudgeId(f"J{number}") for number in range(1, 6))
    assert judges_of(WIRING, five) == (J1, J2, J3)
    assert judges_of(aspect("A1.2", Direct()), five) == (PANEL,)


def test_a_measured_value_is_looked_up_as_it_was_typed() -> None:
    bands = (Band(Decimal("0.02"), Decimal(1)), Band(Decimal("0.05"), Decimal("0.5")))
    bore = aspect("A1.1", Tolerance(nominal=Decimal(25), bands=bands))
    result = aspect_result(PLAIN, bore, {PANEL: measured_cell("24.960")}, (PANEL,))
    assert result.mark == 5_000


def test_the_judge_stage_rounds_the_mean_before_it_is_scaled() -> None:
    # Mean 7.8928... rounds to 7.89; 7.89 * 1.6 = 12.624, so 12.62. Unrounded it would be 12.63.
    panel = Panel(
        judges=9, highest=Decimal(10), step=Decimal("0.25"), drop_highest=1, drop_lowest=1
    )
    skating = aspect("A1.1", panel, "16")
    judges = tuple(JudgeId(f"J{number}") for number in range(1, 10))
    given = ["7.5", "7.75", "8", "8", "7.75", "7.75", "8.25", "7.75", "8.25"]
    cells = {
        judge: value_cell(parse_points(text)) for judge, text in zip(judges, given, strict=True)
    }
    rounded = msgspec.structs.replace(PLAIN, rounding=Stages(judge=Rounding()))
    assert aspect_result(rounded, skating, cells, judges).mark == 126_200
    assert aspect_result(PLAIN, skating, cells, judges).mark == 126_300


def event_of(*modules: Module, **more: object) -> Event:
    return msgspec.structs.replace(PLAIN, modules=modules, **more)


def module(name: str, *maxima: str, **more: object) -> Module:
    """A module with one sub-criterion for each maximum, each holding one directly given aspect."""
    parts = tuple(
        Subcriterion(
            id=SubcriterionId(f"{name}{number}"),
            name=name,
            aspects=(aspect(f"{name}{number}.1", Direct(step=Decimal("0.0001")), maximum),),
        )
        for number, maximum in enumerate(maxima, 1)
    )
    return msgspec.structs.replace(Module(id=ModuleId(name), name=name, subcriteria=parts), **more)


def marks(event: Event, *texts: str | None) -> dict[AspectId, AspectResult]:
    aspects = list(event.aspects())
    return {
        one.id: aspect_result(event, one, {PANEL: value_cell(parse_points(text))}, (PANEL,))
        for one, text in zip(aspects, texts, strict=True)
        if text is not None
    }


def penalty(effect: PenaltyEffect, points: str = "0", module: str | None = None) -> Penalty:
    where = None if module is None else ModuleId(module)
    return Penalty(OpId("S7K2-000009"), ENTRY, where, "P1", effect, parse_points(points))


def total(score: EntryScore) -> str:
    return format_points(score.total, 2)


THEORY_AND_PRACTICE = event_of(
    module("T", "100", component=ComponentId("theory")),
    module("A", "100", weight=Decimal("0.4")),
    module("B", "100", weight=Decimal("0.6")),
    components=(
        Component(id=ComponentId("theory"), weight=Decimal("0.3")),
        Component(id=ComponentId("practice"), weight=Decimal("0.7")),
    ),
)


def test_components_and_modules_are_weighted() -> None:
    # Practice: 0.4 * 70 + 0.6 * 90.5 = 82.30; total: 0.3 * 81.25 + 0.7 * 82.30 = 81.985, so 81.99.
    score = score_entry(
        THEORY_AND_PRACTICE, ENTRY, marks(THEORY_AND_PRACTICE, "81.25", "70", "90.5")
    )
    assert score.component(ComponentId("practice")).mark == 823_000
    assert total(score) == "81.99"
    assert score.is_complete


def test_each_stage_rounds_only_where_the_scheme_names_it() -> None:
    third = Rounding(0)
    for stages, expected in (
        (Stages(aspect=None, total=Rounding(4)), "1.3332"),
        (Stages(aspect=Rounding(2), total=Rounding(4)), "1.3200"),
        (Stages(aspect=None, subcriterion=Rounding(1), total=Rounding(4)), "1.2000"),
        (Stages(aspect=None, module=third, total=Rounding(4)), "2.0000"),
        (Stages(aspect=None, component=third, total=Rounding(4)), "1.0000"),
        (Stages(aspect=None, total=Rounding(2, RoundingMode.FLOOR)), "1.3300"),
    ):
        event = event_of(module("A", "1", "1"), module("B", "1", "1"), rounding=stages)
        score = score_entry(event, ENTRY, marks(event, "0.3333", "0.3333", "0.3333", "0.3333"))
        assert format_points(score.total, 4) == expected


def test_a_mean_of_thirds_is_carried_exactly_until_the_total() -> None:
    # Three aspects of 1/3 each are exactly one mark; three times 0.33 would be 0.99.
    aspects = tuple(aspect(f"A1.{number}", Judgement()) for number in (1, 2, 3))
    part = Subcriterion(id=SubcriterionId("A1"), name="A1", aspects=aspects)
    event = event_of(
        Module(id=ModuleId("A"), name="A", subcriteria=(part,)), rounding=Stages(aspect=None)
    )
    results = {one.id: aspect_result(event, one, scores("111"), (J1, J2, J3)) for one in aspects}
    assert total(score_entry(event, ENTRY, results)) == "1.00"


def test_a_missing_mark_is_no_zero_and_keeps_the_entry_incomplete() -> None:
    event = event_of(module("A", "10", "10"), module("B", "80"))
    score = score_entry(event, ENTRY, marks(event, "8", None, "60"))
    assert not score.is_complete
    assert (score.missing, score.module(ModuleId("A")).missing) == (1, 1)
    assert total(score) == "68.00"
    assert format_points(score.most, 2) == "78.00"
    zero = score_entry(event, ENTRY, marks(event, "8", "0", "60"))
    assert (zero.is_complete, total(zero), format_points(zero.most, 2)) == (True, "68.00", "68.00")


def test_an_unsettled_aspect_counts_as_neither_marked_nor_missing() -> None:
    part = Subcriterion(id=SubcriterionId("A1"), name="A1", aspects=(WIRING,))
    event = event_of(Module(id=ModuleId("A"), name="A", subcriteria=(part,)))
    broken = {WIRING.id: aspect_result(event, WIRING, scores("113"), (J1, J2, J3))}
    score = score_entry(event, ENTRY, broken)
    assert (score.is_complete, score.missing, score.unsettled) == (False, 0, 1)
    assert (total(score), format_points(score.most, 2)) == ("0.00", "1.00")


TWO = event_of(module("A", "50"), module("B", "50"))


@pytest.mark.parametrize(
    ("penalties", "expected"),
    [
        ([penalty(PenaltyEffect.DEDUCT, "5", "A")], "65.00"),
        # Module A has 30: a deduction of 40 takes those 30 and nothing from module B.
        ([penalty(PenaltyEffect.DEDUCT, "40", "A")], "40.00"),
        ([penalty(PenaltyEffect.DEDUCT, "5"), penalty(PenaltyEffect.DEDUCT, "2.5", "B")], "62.50"),
        ([penalty(PenaltyEffect.DEDUCT, "75")], "0.00"),
        ([penalty(PenaltyEffect.MODULE_ZERO, module="A")], "40.00"),
        (
            [
                penalty(PenaltyEffect.MODULE_ZERO, module="A"),
                penalty(PenaltyEffect.DEDUCT, "5", "A"),
            ],
            "40.00",
        ),
        ([penalty(PenaltyEffect.EVENT_ZERO)], "0.00"),
        ([penalty(PenaltyEffect.EVENT_ZERO, module="B")], "0.00"),
        ([penalty(PenaltyEffect.DISQUALIFY)], "70.00"),
    ],
)
def test_penalties_take_marks_but_never_below_zero(penalties: list[Penalty], expected: str) -> None:
    score = score_entry(TWO, ENTRY, marks(TWO, "30", "40"), penalties)
    assert total(score) == expected
    assert score.is_complete


@pytest.mark.parametrize(
    ("least", "off", "expected"),
    [
        ("-100", "75", "-5.00"),
        ("-2", "75", "-2.00"),
        ("-100", "65", "5.00"),
    ],
)
def test_penalties_go_as_far_below_zero_as_the_rules_let_them(
    least: str, off: str, expected: str
) -> None:
    event = msgspec.structs.replace(TWO, least_total=Decimal(least))
    booked = [penalty(PenaltyEffect.DEDUCT, off)]
    assert total(score_entry(event, ENTRY, marks(TWO, "30", "40"), booked)) == expected


def test_a_total_that_penalties_may_not_even_lower_to_zero_is_refused() -> None:
    event = msgspec.structs.replace(TWO, least_total=Decimal(1))
    assert "least-above-zero" in [finding.code for finding in check_event(event)]


def test_a_voided_module_keeps_its_raw_marks_and_names_the_reason() -> None:
    gate = penalty(PenaltyEffect.MODULE_ZERO, module="A")
    module_a = score_entry(TWO, ENTRY, marks(TWO, "30", "40"), [gate]).module(ModuleId("A"))
    assert (module_a.raw, module_a.mark, module_a.zeroed_by) == (300_000, 0, ("P1",))


def test_a_deduction_says_how_much_it_really_took() -> None:
    score = score_entry(
        TWO, ENTRY, marks(TWO, "30", "40"), [penalty(PenaltyEffect.DEDUCT, "40", "A")]
    )
    assert score.module(ModuleId("A")).deducted == 300_000


def test_what_can_still_be_reached_is_less_the_deductions_too() -> None:
    event = event_of(module("A", "10", "10"), module("B", "80"))
    booked = [penalty(PenaltyEffect.DEDUCT, "3", "A"), penalty(PenaltyEffect.DEDUCT, "5")]
    score = score_entry(event, ENTRY, marks(event, "8", None, "60"), booked)
    # 8 - 3 + 60 - 5 = 60; the aspect that is missing may bring 10.
    assert (total(score), format_points(score.most, 2)) == ("60.00", "70.00")
    module_a = score.module(ModuleId("A"))
    assert (module_a.mark, module_a.most) == (50_000, 150_000)


def test_every_piece_of_work_to_be_done_again_keeps_the_entry_open() -> None:
    booked = [penalty(PenaltyEffect.REDO, module="A"), penalty(PenaltyEffect.REDO)]
    score = score_entry(TWO, ENTRY, marks(TWO, "30", "40"), booked)
    assert (score.is_complete, score.missing, score.unsettled) == (False, 0, 2)
    assert [one.unsettled for one in score.modules] == [1, 0]


def test_nothing_is_taken_from_who_has_nothing() -> None:
    booked = [penalty(PenaltyEffect.DEDUCT, "5", "A"), penalty(PenaltyEffect.DEDUCT, "5")]
    score = score_entry(TWO, ENTRY, marks(TWO, "0", "0"), booked)
    assert (score.deducted, score.module(ModuleId("A")).deducted) == (0, 0)


@pytest.mark.parametrize("rule", Attempts)
def test_no_attempt_made_is_worth_nothing(rule: Attempts) -> None:
    assert of_attempts(rule, [0, 0], [False, False]) == 0
    assert of_attempts(rule, [], []) == 0


def test_a_cap_is_named_where_it_limits_and_nowhere_else() -> None:
    cap = penalty(PenaltyEffect.CAP, "20", "A")
    score = score_entry(TWO, ENTRY, marks(TWO, "30", "40"), [cap])
    assert total(score) == "60.00"
    assert [one.capped_by for one in score.modules] == [("P1",), ()]
    assert score.capped_by == ()


def test_an_added_component_comes_on_top_by_its_weight() -> None:
    extra = Component(id=ComponentId("extra"), weight=Decimal("0.5"), added=True)
    event = event_of(
        module("A", "100"),
        module("X", "10", component=ComponentId("extra")),
        components=(Component(), extra),
    )
    score = score_entry(event, ENTRY, marks(event, "70", "9"))
    assert (total(score), score.base) == ("74.50", 700_000)


def test_a_disqualification_is_a_reason_not_a_score() -> None:
    score = score_entry(TWO, ENTRY, marks(TWO, "30", "40"), [penalty(PenaltyEffect.DISQUALIFY)])
    assert score.disqualified_by == ("P1",)


def test_a_faultless_entry_earns_the_maximum_of_the_event() -> None:
    assert event_maximum(THEORY_AND_PRACTICE) == 1_000_000
    assert event_maximum(TWO) == 1_000_000
