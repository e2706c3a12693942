"""When a printed module can hold a digit that the printed total hides."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.domain.adding_up import is_printable
from app.domain.ids import EventCode, ModuleId
from app.domain.penalty_rules import PenaltyReason
from app.domain.points import Rounding
from app.domain.scheme import Attempts, Event, Module, PenaltyEffect, Stages

TWO, THREE = Rounding(2), Rounding(3)


def printable(
    stages: Stages,
    *penalties: str,
    own: Rounding | None = None,
    attempts: Attempts | None = None,
) -> bool:
    module = Module(id=ModuleId("A"), name="a", rounding=own, attempts=attempts)
    booked = tuple(
        PenaltyReason(code=f"P{n}", name="p", effect=PenaltyEffect.DEDUCT, points=Decimal(points))
        for n, points in enumerate(penalties)
    )
    event = Event(
        code=EventCode("X"), name="x", modules=(module,), rounding=stages, penalties=booked
    )
    return is_printable(event, module)


@pytest.mark.parametrize(
    ("stages", "adds_up"),
    [
        (Stages(aspect=TWO, total=TWO), True),
        (Stages(aspect=None, total=TWO), False),
        (Stages(aspect=THREE, total=TWO), False),
        (Stages(aspect=TWO, total=Rounding(1)), False),
        (Stages(aspect=TWO, total=THREE), True),
        # The sub-criterion adds aspects up, so its own stage is what counts.
        (Stages(aspect=None, subcriterion=TWO, total=TWO), True),
        (Stages(aspect=TWO, subcriterion=THREE, total=TWO), False),
        (Stages(aspect=None, module=TWO, total=TWO), True),
        (Stages(aspect=TWO, module=THREE, total=TWO), False),
    ],
)
def test_the_last_stage_below_the_total_decides(stages: Stages, adds_up: bool) -> None:
    assert printable(stages) is adds_up


def test_the_rounding_of_a_module_itself_goes_before_that_of_the_stage() -> None:
    assert printable(Stages(aspect=None, total=TWO), own=TWO)
    assert printable(Stages(aspect=None, module=THREE, total=TWO), own=TWO)
    assert not printable(Stages(aspect=None, module=TWO, total=TWO), own=THREE)


@pytest.mark.parametrize(
    ("attempts", "adds_up"),
    [(Attempts.BEST, True), (Attempts.LAST, True), (Attempts.MEAN, False)],
)
def test_only_a_mean_of_attempts_makes_new_digits(attempts: Attempts, adds_up: bool) -> None:
    assert printable(Stages(aspect=TWO, total=TWO), attempts=attempts) is adds_up
    assert printable(Stages(aspect=TWO, module=TWO, total=TWO), attempts=attempts)


@pytest.mark.parametrize(
    ("points", "places", "adds_up"),
    [
        ("0.05", 2, True),
        ("0.005", 2, False),
        ("0.5", 1, True),
        ("0.05", 1, False),
        ("2", 0, True),
        ("0.5", 0, False),
        ("0.0001", 4, True),
    ],
)
def test_a_deduction_finer_than_the_total_is_hidden(
    points: str, places: int, adds_up: bool
) -> None:
    stages = Stages(aspect=Rounding(places), total=Rounding(places))
    assert printable(stages, "1", points) is adds_up
