"""A module or a component rounded in a way of its own, as aerobic gymnastics does (domain 3.1)."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from app.domain.adding_up import adding_up_warnings
from app.domain.calculation import calculation
from app.domain.entries import Cell, Entry, measured_cell, value_cell
from app.domain.ids import (
    PANEL,
    AspectId,
    ComponentId,
    EntryId,
    EventCode,
    ModuleId,
    SubcriterionId,
)
from app.domain.methods import Direct, Linear, Method
from app.domain.points import Rounding, RoundingMode, parse_points, plain_points
from app.domain.scheme import Aspect, Component, Event, Module, Stages, Subcriterion
from app.domain.scheme_check import check_event
from app.domain.scoreboard import Scoreboard, panels_of

CUT = Rounding(3, RoundingMode.TRUNCATE)
ENTRY = EntryId("X-01")
THIRDS = Linear(bad=Decimal(0), good=Decimal(3))
BY_1_8 = Linear(bad=Decimal(0), good=Decimal(18))
"""For a maximum of 10: what is typed, divided by 1.8."""


def module(name: str, method: Method, own: Rounding | None = None, component: str = "c") -> Module:
    aspect = Aspect(id=AspectId(f"{name}1.1"), name=name, max=Decimal(10), method=method)
    part = Subcriterion(id=SubcriterionId(f"{name}1"), name=name, aspects=(aspect,))
    return Module(
        id=ModuleId(name),
        name=name,
        component=ComponentId(component),
        rounding=own,
        subcriteria=(part,),
    )


def board(event: Event, *typed: Cell) -> Scoreboard:
    made = Scoreboard(event, panels_of(event, {}))
    made.set_entry(Entry(ENTRY, event.code, "01"))
    for aspect, cell in zip(event.aspects(), typed, strict=True):
        made.put(ENTRY, aspect.id, PANEL, cell)
    return made


@pytest.mark.parametrize(
    ("typed", "difficulty", "total"),
    [
        # 4.7 / 1.8 = 2.6111... and 3.5 / 1.8 = 1.9444...
        ("4.7", "2.611", "11.071"),
        ("3.5", "1.944", "10.404"),
        # 5 / 1.8 = 2.7777...: cut off, not rounded up to 2.778.
        ("5", "2.777", "11.237"),
        ("18", "10", "18.46"),
    ],
)
def test_a_difficulty_is_divided_and_cut_while_the_rest_is_rounded(
    typed: str, difficulty: str, total: str
) -> None:
    event = Event(
        code=EventCode("X"),
        name="x",
        components=(Component(id=ComponentId("c")),),
        modules=(module("E", Direct(step=Decimal("0.001"))), module("D", BY_1_8, CUT)),
        rounding=Stages(aspect=None, module=Rounding(2), total=Rounding(3)),
    )
    assert check_event(event) == []
    assert list(adding_up_warnings(event)) == []
    made = board(event, value_cell(parse_points("8.455")), measured_cell(typed))
    score = made.score(ENTRY)
    assert [plain_points(int(part.mark)) for part in score.modules] == ["8.46", difficulty]
    assert plain_points(score.total) == total
    tree = calculation(made, ENTRY)
    assert tree.result == score.total
    assert [node.rounding for node in tree.children[0].children] == [Rounding(2), CUT]


def test_a_component_may_be_rounded_in_its_own_way() -> None:
    halves = (
        Component(id=ComponentId("a"), weight=Decimal("0.5"), rounding=CUT),
        Component(id=ComponentId("b"), weight=Decimal("0.5")),
    )
    event = Event(
        code=EventCode("X"),
        name="x",
        components=halves,
        modules=(module("A", THIRDS, None, "a"), module("B", THIRDS, None, "b")),
        rounding=Stages(aspect=None, component=Rounding(1), total=Rounding(4)),
    )
    # 10 * 2 / 3 = 6.6666...: cut to 6.666, rounded to 6.7; (6.666 + 6.7) / 2 = 6.683.
    score = board(event, measured_cell("2"), measured_cell("2")).score(ENTRY)
    assert [plain_points(int(part.mark)) for part in score.components] == ["6.666", "6.7"]
    assert plain_points(score.total) == "6.683"


def test_places_beyond_what_marks_can_hold_are_named_with_the_module() -> None:
    event = Event(
        code=EventCode("X"),
        name="x",
        components=(Component(id=ComponentId("c")),),
        modules=(module("A", THIRDS, Rounding(5)),),
    )
    (fault,) = check_event(event)
    assert (fault.code, fault.details["stage"]) == ("rounding-places", "A")
    fine = msgspec.structs.replace(event, modules=(module("A", THIRDS, Rounding(3)),))
    assert [finding.code for finding in adding_up_warnings(fine)] == ["parts-may-not-add"]
