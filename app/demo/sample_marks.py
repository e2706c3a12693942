"""Sample marks: what judges might enter for a work of a given skill, the same for the same seed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from random import Random

from app.domain.entries import Cell, measured_cell, value_cell
from app.domain.ids import PANEL, JudgeId
from app.domain.methods import (
    Binary,
    Count,
    Deduct,
    Direct,
    Judgement,
    Ladder,
    Method,
    Panel,
    Tolerance,
    judges_needed,
)
from app.domain.points import SCALE, Points, points_of
from app.domain.scheme import Aspect


def sample_cells(
    aspect: Aspect, judges: Sequence[JudgeId], skill: float, chance: Random
) -> dict[JudgeId, Cell]:
    """What each judge enters, or the team as one. ``skill`` runs from 0 to 1."""
    needed = judges_needed(aspect.method)
    if not needed:
        return {PANEL: _agreed(aspect.method, aspect.maximum, skill, chance)}
    scores = _scores(aspect.method, skill, chance)
    return {judge: value_cell(score) for judge, score in zip(judges[:needed], scores, strict=True)}


def _agreed(method: Method, maximum: Points, skill: float, chance: Random) -> Cell:
    """One value a marking team agrees on."""
    hit = chance.random() < skill
    match method:
        case Tolerance(nominal=nominal, bands=bands):
            band = bands[min(_misses(len(bands), skill, chance), len(bands) - 1)]
            share = Decimal(chance.randrange(1, 10)) / 10
            side = 1 if nominal == 0 or hit else -1
            return measured_cell(f"{nominal + side * band.within * share:.3f}")
        case Binary():
            return value_cell(Points(SCALE if hit else 0))
        case Deduct(per=per):
            errors = _misses(int(maximum / points_of(per)), skill, chance)
            return value_cell(Points(errors * SCALE))
        case Count(per=per):
            most = int(maximum / points_of(per))
            return value_cell(Points((most - _misses(most, skill, chance)) * SCALE))
        case Ladder(marks=marks):
            steps = sorted(points_of(mark) for mark in marks)
            return value_cell(steps[len(steps) - 1 - _misses(len(steps) - 1, skill, chance)])
        case Direct(step=step):
            steps_in_all = maximum // points_of(step)
            lost = round(steps_in_all * (1 - skill) * chance.uniform(0.6, 1.3))
            return value_cell(Points(max(0, steps_in_all - lost) * points_of(step)))
        case _:
            raise TypeError(f"{type(method).__name__} is not agreed on by a team")


def _scores(method: Method, skill: float, chance: Random) -> list[Points]:
    """One score a judge, close enough together that no spread rule is broken."""
    match method:
        case Judgement(judges=judges, scale=scale):
            base = min(scale - 1, int(skill * scale))
            return [Points((base + chance.randrange(2)) * SCALE) for _ in range(judges)]
        case Panel(judges=judges, highest=highest, step=step):
            top = points_of(highest) // points_of(step)
            middle = round(top * skill)
            return [
                Points(max(0, min(top, middle + chance.randrange(-2, 3))) * points_of(step))
                for _ in range(judges)
            ]
        case _:
            raise TypeError(f"{type(method).__name__} has no judges of its own")


def _misses(most: int, skill: float, chance: Random) -> int:
    """How many of ``most`` chances go wrong."""
    return sum(chance.random() > skill for _ in range(most))
