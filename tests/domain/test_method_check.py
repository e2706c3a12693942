"""What the parameters of a method are refused for, each fault by its code and in both languages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest

from app.domain.ids import AspectId, EventCode
from app.domain.method_check import check_method
from app.domain.methods import (
    Adjustment,
    Benefit,
    BenefitBand,
    BenefitKind,
    Binary,
    Bonus,
    BonusItem,
    Choice,
    Closest,
    Fault,
    Faults,
    Gate,
    GateEffect,
    Item,
    Judgement,
    Linear,
    Median,
    Method,
    Option,
    Overtime,
    Panel,
    RankPoints,
    StandardScore,
    Tally,
    TimeBand,
    TimeBands,
    TimeLinear,
    TimeRatio,
    WeightedPart,
    WeightedSum,
)
from app.domain.scheme import Aspect, Event
from app.words import LANGUAGES, Words

D = Decimal
EVENT = Event(code=EventCode("X"), name="x")


def found(method: Method, maximum: str = "10") -> list[str]:
    aspect = Aspect(id=AspectId("A1.1"), name="a", max=D(maximum), method=method)
    findings = list(check_method(EVENT, aspect))
    for language in LANGUAGES:
        words = Words.load(language)
        assert all(words.explain(finding) for finding in findings)
    return [finding.code for finding in findings]


FAULT = Fault("F1", "f", D(1))
TOUCHED = Adjustment("F1", "touched", D(5))
BANDS = TimeBands((TimeBand(D(60), D(10)), TimeBand(D(90), D(5))))
KIND = BenefitKind("money", "m", (BenefitBand(D(0), D(4), D(1)), BenefitBand(D(9), D(10), D(5))))
PANEL = Panel(judges=5, highest=D(10), drop_highest=1, drop_lowest=1)
LATE = Overtime(limit=D(300), per=D(1))


def changed(method: Method, **fields: Any) -> Any:
    return msgspec.structs.replace(method, **fields)


@pytest.mark.parametrize(
    "method",
    [
        Faults((FAULT, Fault("F2", "fatal", fatal=True)), most=D(5)),
        Tally((Item("R", "right", D("1.5")), Item("W", "wrong", D(-1)))),
        Linear(D(5), D(1)),
        Choice((Option("A", "a", D(10)), Option("B", "b", D(0)))),
        TimeLinear(D(60), D(120), D(20)),
        TimeLinear(D(960), D(1200), D(60), D(3)),  # four minutes of 3 make 12, of which 10 count
        TimeLinear(D(600), D(1200), D(60), D(1)),
        BANDS,
        LATE,
        TimeRatio(),
        TimeLinear(D(0), D(600), adjustments=(TOUCHED, Adjustment("B", "early", D(-10), cap=1))),
        TimeRatio(adjustments=(TOUCHED,)),
        RankPoints((D(10), D(8), D(8), D(0)), judges=5),
        StandardScore(judges=5, centre=D(7), per=D(1), least=1),
        WeightedSum((WeightedPart("A", "a", D("0.4")), WeightedPart("B", "b", D("0.6")))),
        Benefit((KIND,)),
        Bonus((BonusItem("C", "c", D(2), step=D("0.5")),)),
        Median(judges=3, highest=D(10)),
        Closest(judges=3, highest=D(10)),
        changed(PANEL, least=3, trim_from=5),
        Gate(GateEffect.CAP, cap=D(59)),
    ],
)
def test_sound_parameters_have_no_findings(method: Method) -> None:
    assert found(method) == []


def test_only_a_gate_may_carry_no_mark() -> None:
    assert found(Gate(), "0") == []
    assert found(Binary(), "0") == ["aspect-max-not-positive"]


@pytest.mark.parametrize(
    ("method", "code"),
    [
        (Faults(()), "items-empty"),
        (Faults((FAULT, FAULT)), "items-repeated"),
        (Faults((msgspec.structs.replace(FAULT, code="F 1"),)), "item-code-unusable"),
        (Faults((msgspec.structs.replace(FAULT, points=D(0)),)), "fault-points"),
        (Faults((msgspec.structs.replace(FAULT, fatal=True),)), "fault-points"),
        (Faults((msgspec.structs.replace(FAULT, cap=0),)), "item-cap"),
        (Faults((FAULT,), most=D(11)), "faults-cap-outside"),
        (Faults((msgspec.structs.replace(FAULT, points=D("0.00001")),)), "aspect-number-too-fine"),
        (Tally((Item("R", "r", D(0)), Item("S", "s", D(1)))), "item-points-zero"),
        (Tally((Item("R", "r", D(-1)),)), "tally-earns-nothing"),
        (Tally((Item("R", "r", D(1), cap=-1),)), "item-cap"),
        (Linear(D(3), D(3)), "linear-range-empty"),
        (Linear(D("NaN"), D(3)), "method-number-not-finite"),
        (Choice(()), "items-empty"),
        (Choice((Option("A", "a", D(11)),)), "options-outside-max"),
        (Choice((Option("A", "a", D(9)),)), "options-miss-max"),
        (TimeLinear(D(60), D(60)), "time-range-empty"),
        (TimeLinear(D(60), D(100), D(15)), "time-step-uneven"),
        (TimeLinear(D(1000), D(1200), D(60), D(3)), "time-each-unfit"),
        (TimeLinear(D(1020), D(1200), D(60), D(3)), "time-each-unfit"),
        (TimeLinear(D(60), D(120), each=D(3)), "time-each-unfit"),
        (TimeLinear(D(60), D(120), D(60), D(11)), "time-each-unfit"),
        (TimeLinear(D(60), D(120), D(60), D(-1)), "time-each-unfit"),
        (TimeLinear(D(60), D(100), quality=D(0)), "time-quality-unfit"),
        (TimeLinear(D(60), D(100), quality=D(10), least_quality=D(11)), "time-quality-unfit"),
        (TimeLinear(D(60), D(100), least_quality=D(1)), "time-quality-unfit"),
        (TimeLinear(D(60), D(100), watches=0), "watches-unfit"),
        (changed(BANDS, watches=4), "watches-unfit"),
        (changed(LATE, watches=-1), "watches-unfit"),
        (TimeRatio(watches=0), "watches-unfit"),
        (
            TimeRatio(adjustments=(msgspec.structs.replace(TOUCHED, code="T"),)),
            "adjustment-code-taken",
        ),
        (TimeRatio(adjustments=(TOUCHED, TOUCHED)), "items-repeated"),
        (TimeRatio(adjustments=(msgspec.structs.replace(TOUCHED, cap=0),)), "item-cap"),
        (
            TimeLinear(D(0), D(60), adjustments=(msgspec.structs.replace(TOUCHED, adds=D(0)),)),
            "adjustment-without-seconds",
        ),
        (TimeBands(()), "time-bands-empty"),
        # The typing error of the real system: 1026 for 1126 stands out of order.
        (
            changed(
                BANDS,
                bands=(TimeBand(D(1110), D(10)), TimeBand(D(1026), D(5)), TimeBand(D(1140), D(1))),
            ),
            "time-bands-overlap",
        ),
        (
            changed(BANDS, bands=(TimeBand(D(60), D(5)), TimeBand(D(90), D(10)))),
            "time-bands-reward-slowness",
        ),
        (changed(BANDS, quality=D(0)), "time-bands-quality"),
        (changed(BANDS, offset=D(-1)), "time-bands-negative"),
        (changed(BANDS, quality=D(2)), "time-bands-miss-max"),
        (changed(LATE, interval=D(0)), "overtime-unfit"),
        (changed(LATE, grace=D(20), cutoff=D(10)), "overtime-unfit"),
        (changed(LATE, per=D(11)), "per-item-mark-outside"),
        (RankPoints(()), "rank-table-empty"),
        (RankPoints((D(10), D(5), D(6))), "rank-table-rises"),
        (RankPoints((D(9), D(5))), "rank-table-misses-max"),
        (RankPoints((D(10),), lowest=D(5), highest=D(5)), "panel-range-empty"),
        (StandardScore(judges=3), "standard-score-unfit"),
        (StandardScore(judges=3, centre=D(7), per=D(0)), "standard-score-unfit"),
        (StandardScore(judges=0, centre=D(7)), "panel-without-judges"),
        (StandardScore(judges=3, centre=D(7), least=4), "panel-least-unfit"),
        (StandardScore(judges=3, centre=D(7), highest=D(0)), "panel-range-empty"),
        (WeightedSum((WeightedPart("A", "a", D("0.9")),)), "weighted-parts-sum"),
        (WeightedSum((WeightedPart("A", "a", D(1), step=D(3)),)), "weighted-part-range"),
        (Benefit((BenefitKind("m", "m", ()),)), "benefit-bands-empty"),
        (
            Benefit((BenefitKind("m", "m", (BenefitBand(D(9), D(1)), BenefitBand(D(9), D(2)))),)),
            "benefit-bands-overlap",
        ),
        (
            Benefit(
                (BenefitKind("m", "m", (BenefitBand(D(0), D(5)), BenefitBand(D(9), D(9), D(4)))),)
            ),
            "benefit-marks-overlap",
        ),
        (Benefit((BenefitKind("m", "m", (BenefitBand(D(0), D(11)),)),)), "benefit-outside-max"),
        (Bonus((BonusItem("C", "c", D(2), step=D("0.3")),)), "bonus-points"),
        (Median(judges=0, highest=D(10)), "panel-without-judges"),
        (Median(judges=3, highest=D(0)), "panel-range-empty"),
        (Closest(judges=3, highest=D(10), keep=4), "closest-keeps-none"),
        (Closest(judges=3, highest=D(10), within=D(-1)), "closest-keeps-none"),
        (Closest(judges=3, highest=D(10), trim_from=4), "closest-trim-unfit"),
        (Closest(judges=3, highest=D(10), trim_from=2), "closest-trim-unfit"),
        (Closest(judges=4, highest=D(10), within=D(1), trim_from=4), "closest-trim-unfit"),
        (Median(judges=3, highest=D(10), least=4), "panel-least-unfit"),
        (changed(PANEL, trim_from=6), "panel-trim-unfit"),
        (Gate(GateEffect.CAP), "gate-cap"),
        (Gate(GateEffect.REDO, cap=D(5)), "gate-cap"),
    ],
)
def test_a_parameter_that_makes_no_sense_is_named(method: Method, code: str) -> None:
    assert found(method) == [code]


@pytest.mark.parametrize(
    "method",
    [
        Judgement(judges=1, scale=1, spread=0),
        Judgement(scale=3, spread=3),
        Panel(judges=1, highest=D(10)),
        Panel(judges=3, highest=D(10), drop_highest=1, drop_lowest=1),
        Panel(judges=3, highest=D(10), least=3, trim_from=3),
        Panel(judges=3, highest=D(10), spread=D(0)),
        Panel(judges=3, highest=D(10), lowest=D(5), spread=D(5)),
        Panel(judges=3, highest=D(5), lowest=D(-5)),
        Closest(judges=3, highest=D(10), keep=1),
        Closest(judges=3, highest=D(10), keep=3),
        Closest(judges=3, highest=D(10), within=D(0)),
        Closest(judges=3, highest=D(10), trim_from=3),
    ],
)
def test_a_panel_may_go_to_the_edge_of_what_makes_sense(method: Method) -> None:
    assert found(method) == []


@pytest.mark.parametrize(
    ("method", "code"),
    [
        (Judgement(judges=0), "panel-without-judges"),
        (Judgement(scale=0, spread=0), "judgement-scale-empty"),
        (Judgement(spread=-1), "spread-outside-scale"),
        (Judgement(scale=3, spread=4), "spread-outside-scale"),
        (Panel(judges=3, highest=D(10), drop_highest=-1), "panel-drop-negative"),
        (Panel(judges=3, highest=D(10), drop_lowest=-1), "panel-drop-negative"),
        (
            Panel(judges=2, highest=D(10), drop_highest=1, drop_lowest=1),
            "panel-drops-everyone",
        ),
        (Panel(judges=3, highest=D(10), drop_highest=3), "panel-drops-everyone"),
        (Panel(judges=3, highest=D(10), trim_from=-1), "panel-trim-unfit"),
        (Panel(judges=3, highest=D(10), least=-1), "panel-least-unfit"),
        (Panel(judges=3, highest=D(5), lowest=D(5)), "panel-range-empty"),
        (Panel(judges=3, highest=D(0), lowest=D(-5)), "panel-range-empty"),
        (Panel(judges=3, highest=D(10), step=D(0)), "panel-step-uneven"),
        (Panel(judges=3, highest=D(10), step=D(-1)), "panel-step-uneven"),
        (Panel(judges=3, highest=D(10), step=D(3)), "panel-step-uneven"),
        (Panel(judges=3, highest=D(10), spread=D(-1)), "spread-outside-scale"),
        (Panel(judges=3, highest=D(10), lowest=D(5), spread=D(6)), "spread-outside-scale"),
        (Closest(judges=3, highest=D(10), keep=0), "closest-keeps-none"),
    ],
)
def test_a_panel_beyond_the_edge_is_named(method: Method, code: str) -> None:
    assert found(method) == [code]
