"""How judges' entries become an aspect's mark: one small function a method (评分方法).

Each method is a frozen ``Struct`` with its parameters, checked when the scheme is read, and every
function takes and returns exact numbers in ten-thousandths. A method never rounds: the stage that
called it does, once. The families are modules of this package; what is common to all is here.

There are three ways to enter: a number (``check_entry``, ``single_mark``), a text that is kept as
typed (``takes_text``, ``check_text``, ``text_mark``), and a score of each judge (``panels``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from app.domain.errors import RuleBroken
from app.domain.methods.carried import Carried, carried_mark
from app.domain.methods.catalogues import Fault, Faults, Item, Tally, faults_mark, tally_mark
from app.domain.methods.field import (
    FieldMethod,
    RankPoints,
    TimeRatio,
    fewest_in_field,
    field_mark,
    field_marks,
    field_shares,
    field_value,
)
from app.domain.methods.gates import Gate, GateEffect, gate_mark
from app.domain.methods.measured import (
    Band,
    Choice,
    Linear,
    Option,
    Tolerance,
    choice_mark,
    linear_mark,
    tolerance_mark,
)
from app.domain.methods.panels import (
    Closest,
    Judgement,
    Median,
    Panel,
    PanelMethod,
    check_score,
    dropped_places,
    fewest_scores,
    is_short,
    panel_mean,
    panel_spread_broken,
    scale_width,
    scaled_mark,
    spread_limit,
    top_score,
)
from app.domain.methods.proposals import (
    Benefit,
    BenefitBand,
    BenefitKind,
    Bonus,
    BonusItem,
    WeightedPart,
    WeightedSum,
    benefit_mark,
    bonus_mark,
    weighted_mark,
)
from app.domain.methods.single import (
    Binary,
    Count,
    Deduct,
    Direct,
    Ladder,
    Single,
    check_single,
    off_step,
    single_value_mark,
)
from app.domain.methods.standard_score import StandardScore
from app.domain.methods.timed import (
    Adjustment,
    Overtime,
    TimeBand,
    TimeBands,
    TimeLinear,
    overtime_mark,
    time_bands_mark,
    time_linear_mark,
)
from app.domain.points import SCALE, ZERO, Exact, Points
from app.domain.typed import format_parts, parse_measured, parse_parts

__all__ = [
    "Adjustment",
    "Band",
    "Benefit",
    "BenefitBand",
    "BenefitKind",
    "Binary",
    "Bonus",
    "BonusItem",
    "Carried",
    "Choice",
    "Closest",
    "Count",
    "Deduct",
    "Direct",
    "Fault",
    "Faults",
    "FieldMethod",
    "Gate",
    "GateEffect",
    "Item",
    "Judgement",
    "Ladder",
    "Linear",
    "Median",
    "Method",
    "Option",
    "Overtime",
    "Panel",
    "PanelMethod",
    "PartsMethod",
    "RankPoints",
    "StandardScore",
    "Tally",
    "TextMethod",
    "TimeBand",
    "TimeBands",
    "TimeLinear",
    "TimeRatio",
    "Tolerance",
    "WeightedPart",
    "WeightedSum",
    "canonical_text",
    "check_entry",
    "check_text",
    "dropped_places",
    "fewest_in_field",
    "fewest_scores",
    "field_mark",
    "field_marks",
    "field_shares",
    "field_value",
    "is_short",
    "judges_needed",
    "panel_mean",
    "scale_width",
    "scaled_mark",
    "single_mark",
    "spread_broken",
    "spread_limit",
    "takes_parts",
    "takes_text",
    "text_mark",
    "tolerance_mark",
    "top_score",
]

PartsMethod: TypeAlias = Faults | Tally | WeightedSum | Benefit | Bonus
"""Several named values in one cell; a time with quality is one as well."""

TextMethod: TypeAlias = (
    Tolerance
    | Linear
    | Carried
    | Choice
    | TimeLinear
    | TimeBands
    | Overtime
    | PartsMethod
    | FieldMethod
)
"""What was typed is kept as text: a measured value, a time, a choice, parts."""

Method: TypeAlias = Single | Gate | PanelMethod | TextMethod


def judges_needed(method: Method) -> int:
    """How many judges give a score of their own; 0 when a team agrees on a single value."""
    match method:
        case Judgement() | Panel() | Median() | Closest() | RankPoints() | StandardScore():
            return method.judges
        case _:
            return 0


def takes_text(method: Method) -> bool:
    """Whether a cell holds what was typed as text instead of a number of points."""
    return isinstance(method, TextMethod)


def takes_parts(method: Method) -> bool:
    """Whether that text is several named values."""
    match method:
        case TimeLinear() | TimeRatio() if method.adjustments:
            return True
        case TimeLinear() | TimeBands():
            return method.quality is not None
        case _:
            return isinstance(method, PartsMethod)


def canonical_text(method: Method, text: str) -> str:
    """What was typed, as it is recorded: parts in their one order, nothing else changed."""
    return format_parts(parse_parts(text)) if takes_parts(method) else text.strip()


def check_entry(method: Method, maximum: Points, value: Points) -> RuleBroken | None:
    """Why ``value`` cannot be entered for this method, or ``None`` when it can.

    ``value`` is what is typed: 0/1, a mark, a number of errors or hits, a judge's score.
    """
    match method:
        case Binary() | Direct() | Deduct() | Count() | Ladder():
            return check_single(method, maximum, value)
        case Gate():
            return off_step(value, ZERO, Points(SCALE), Points(SCALE))
        case Judgement() | Panel() | Median() | Closest():
            return check_score(method, value)
        case _:
            return None


def check_text(method: Method, maximum: Points, text: str) -> RuleBroken | None:
    """Why this text cannot be entered for the method, or ``None`` when it can."""
    try:
        match method:
            case RankPoints() | TimeRatio() | StandardScore():
                field_value(method, text)
            case _:
                text_mark(method, maximum, text)
    except RuleBroken as refusal:
        return refusal
    return None


def single_mark(method: Method, maximum: Points, value: Points) -> Points:
    """The mark for one agreed value of a measurement method. Domain rules 1.3."""
    match method:
        case Binary() | Direct() | Deduct() | Count() | Ladder():
            return single_value_mark(method, maximum, value)
        case Gate():
            return gate_mark(maximum, value)
        case _:
            raise TypeError(f"{type(method).__name__} has no single entered value")


def text_mark(method: Method, maximum: Points, text: str) -> Exact:
    """The mark for what was typed. Raises ``RuleBroken`` for a text that cannot be entered."""
    match method:
        case Tolerance():
            return tolerance_mark(method, parse_measured(text))
        case Linear():
            return linear_mark(method, maximum, parse_measured(text))
        case Carried():
            return carried_mark(method, maximum, text)
        case Choice():
            return choice_mark(method, text)
        case TimeLinear() | TimeBands() | Overtime():
            return _timed_mark(method, maximum, text)
        case Faults() | Tally() | WeightedSum() | Benefit() | Bonus():
            return _parts_mark(method, maximum, text)
        case _:
            raise TypeError(f"{type(method).__name__} has no mark of its own for a text")


def _timed_mark(method: TimeLinear | TimeBands | Overtime, maximum: Points, text: str) -> Exact:
    match method:
        case TimeLinear():
            return time_linear_mark(method, maximum, text)
        case TimeBands():
            return time_bands_mark(method, text)
        case Overtime():
            return overtime_mark(method, maximum, text)


def _parts_mark(method: PartsMethod, maximum: Points, text: str) -> Exact:
    match method:
        case Faults():
            return faults_mark(method, maximum, text)
        case Tally():
            return tally_mark(method, maximum, text)
        case WeightedSum():
            return weighted_mark(method, maximum, text)
        case Benefit():
            return benefit_mark(method, maximum, text)
        case Bonus():
            return bonus_mark(method, maximum, text)


def spread_broken(method: Method, scores: Sequence[Points]) -> bool:
    """Whether the judges lie further apart than the rules allow, so the panel must look again."""
    match method:
        case Judgement() | Panel() | Median() | Closest():
            return panel_spread_broken(method, scores)
        case _:
            return False
