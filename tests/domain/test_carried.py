"""A total of an earlier round as a mark of this one, with results worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from app.domain.calculation import calculation
from app.domain.entries import Entry, measured_cell
from app.domain.errors import RuleBroken
from app.domain.ids import PANEL, AspectId, EntryId, EventCode, ModuleId, SubcriterionId
from app.domain.method_check import check_method
from app.domain.methods import Carried, check_text, text_mark
from app.domain.points import parse_points
from app.domain.scheme import Aspect, Event, Module, Subcriterion
from app.domain.scoreboard import Scoreboard, panels_of

HUNDRED = parse_points("100")
PRELIMINARY = Carried(maximum=Decimal(3500))


@pytest.mark.parametrize(
    ("total", "mark"),
    [
        ("3500", Fraction(1_000_000)),
        ("2800", Fraction(800_000)),
        # 100 x 3120 / 3500 = 89.142857..., 624/7 of a mark.
        ("3120", Fraction(6_240_000, 7)),
        ("0", Fraction(0)),
        ("3499.5", Fraction(6_999_000_000, 7000)),
    ],
)
def test_a_preliminary_total_becomes_a_mark_of_the_final(total: str, mark: Fraction) -> None:
    # National online preliminary: 3500 points are 30 % of the result (domain rules 2.4).
    assert text_mark(PRELIMINARY, HUNDRED, total) == mark


@pytest.mark.parametrize("total", ["3500.01", "-1"])
def test_a_total_that_there_cannot_be_is_refused(total: str) -> None:
    assert check_text(PRELIMINARY, HUNDRED, total) == RuleBroken(
        "carried-total-outside", value=total, maximum="3500"
    )


@pytest.mark.parametrize("maximum", ["0", "-100"])
def test_an_earlier_round_has_a_highest_total(maximum: str) -> None:
    aspect = Aspect(
        id=AspectId("P1.1"), name="初赛", max=Decimal(100), method=Carried(Decimal(maximum))
    )
    found = list(check_method(Event(code=EventCode("E"), name="样例"), aspect))
    assert [fault.code for fault in found] == ["carried-maximum"]


def test_the_calculation_shows_the_total_as_it_was_published() -> None:
    aspect = Aspect(id=AspectId("P1.1"), name="初赛", max=Decimal(100), method=PRELIMINARY)
    part = Subcriterion(id=SubcriterionId("P1"), name="初赛", aspects=(aspect,))
    module = Module(id=ModuleId("P"), name="初赛", subcriteria=(part,))
    event = Event(code=EventCode("E"), name="样例", modules=(module,))
    entry = Entry(EntryId("E-01"), event.code, "01")
    scores = Scoreboard(event, panels_of(event, {}))
    scores.set_entry(entry)
    scores.put(entry.id, aspect.id, PANEL, measured_cell("3120"))
    node = calculation(scores, entry.id)
    while node.id != "P1.1":
        (node,) = node.children
    assert (node.formula, node.result) == ("3120 ÷ 3500 × 100", parse_points("89.14"))
