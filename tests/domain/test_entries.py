"""Cells and penalties: what may stand in the record of an entry."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.domain.entries import (
    NOT_ATTEMPTED,
    Cell,
    MarkState,
    Penalty,
    check_cell,
    check_penalty,
    is_option,
    measured_cell,
    parse_measured,
    typed_cell,
    value_cell,
)
from app.domain.errors import RuleBroken
from app.domain.ids import AspectId, EntryId, EventCode, ModuleId, OpId
from app.domain.methods import Band, Choice, Fault, Faults, Option, Tolerance
from app.domain.points import Points
from app.domain.scheme import Aspect, Event, Module, PenaltyEffect, PenaltyReason

CHECKED = Aspect(id=AspectId("A1.1"), name="pump stopped", max=Decimal(2))
BORE = Aspect(
    id=AspectId("A1.2"),
    name="bore",
    max=Decimal(2),
    method=Tolerance(nominal=Decimal(25), bands=(Band(Decimal("0.02"), Decimal(2)),)),
)
FAULTS = Aspect(
    id=AspectId("A1.3"),
    name="faults",
    max=Decimal(2),
    method=Faults((Fault("A", "a", Decimal(1)), Fault("B", "b", Decimal(1)))),
)
FINDING = Aspect(
    id=AspectId("A1.4"),
    name="finding",
    max=Decimal(2),
    method=Choice((Option("absent", "a", Decimal(2)),)),
)
ENTRY, GATE = EntryId("ROBOT-07"), "GATE"


def refusal(aspect: Aspect, cell: Cell) -> str | None:
    found = check_cell(aspect, cell)
    return found.code if found else None


def test_a_cell_holds_what_its_method_asks_for() -> None:
    assert refusal(CHECKED, value_cell(Points(10_000))) is None
    assert refusal(BORE, measured_cell("25.013")) is None
    assert refusal(CHECKED, NOT_ATTEMPTED) is None
    assert refusal(CHECKED, value_cell(Points(20_000))) == "mark-out-of-range"
    assert refusal(CHECKED, measured_cell("25")) == "mark-needs-value"
    assert refusal(BORE, value_cell(Points(0))) == "mark-needs-measured"
    assert refusal(BORE, measured_cell("25,01")) == "number-unreadable"
    assert refusal(CHECKED, Cell(MarkState.ABSENT, Points(0))) == "mark-state-with-value"
    assert refusal(BORE, Cell(MarkState.ABSENT, None, "25")) == "mark-state-with-value"


def test_a_cell_never_holds_a_mark_and_a_measured_value_at_once() -> None:
    both = Cell(MarkState.VALUE, Points(10_000), "25.013")
    assert refusal(CHECKED, both) == "mark-needs-value"
    assert refusal(BORE, both) == "mark-needs-measured"
    assert refusal(CHECKED, Cell(MarkState.VALUE)) == "mark-needs-value"


def test_what_is_typed_is_kept_as_the_method_keeps_it() -> None:
    assert typed_cell(BORE, " 25.010 ") == measured_cell("25.010")
    assert typed_cell(CHECKED, "1.5") == value_cell(Points(15_000))
    assert typed_cell(FAULTS, "B=2;A=1") == measured_cell("A=1;B=2")


def test_only_a_code_on_offer_is_an_option() -> None:
    assert is_option(FINDING, "absent"), "also where it looks like a state"
    assert not is_option(FINDING, "B")
    assert not is_option(CHECKED, "absent")


@pytest.mark.parametrize("text", ["", "1e2", "25 mm", "NaN", "1" * 33])
def test_a_measured_value_is_a_plain_decimal(text: str) -> None:
    with pytest.raises(RuleBroken):
        parse_measured(text)


def test_a_measured_value_keeps_every_decimal() -> None:
    assert parse_measured(" -0.0000125 ") == Decimal("-0.0000125")


def booked(effect: PenaltyEffect, module: str | None, points: int = 0) -> str | None:
    rules = Event(
        code=EventCode("ROBOT"),
        name="robots",
        modules=(Module(id=ModuleId("A"), name="A"),),
        penalties=(PenaltyReason(code=GATE, name="gate"),),
    )
    where = None if module is None else ModuleId(module)
    penalty = Penalty(OpId("S7K2-000001"), ENTRY, where, GATE, effect, Points(points))
    found = check_penalty(rules, penalty)
    return found.code if found else None


def test_a_penalty_carries_what_its_effect_needs() -> None:
    assert booked(PenaltyEffect.DEDUCT, "A", 5_000) is None
    assert booked(PenaltyEffect.DEDUCT, None, 5_000) is None
    assert booked(PenaltyEffect.DEDUCT, None, 0) == "penalty-needs-points"
    assert booked(PenaltyEffect.MODULE_ZERO, "A") is None
    assert booked(PenaltyEffect.MODULE_ZERO, None) == "penalty-needs-module"
    assert booked(PenaltyEffect.DISQUALIFY, None) is None
    with pytest.raises(RuleBroken, match="module-unknown"):
        booked(PenaltyEffect.DEDUCT, "Z", 5_000)
