"""The marking methods to choose from, what each starts with, and its parameters as fields.

Nothing here knows a method's formula; whether parameters make sense together is said by the checks
of the scheme.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from app.domain.methods import (
    Band,
    Benefit,
    BenefitBand,
    BenefitKind,
    Binary,
    Bonus,
    BonusItem,
    Carried,
    Choice,
    Closest,
    Count,
    Deduct,
    Direct,
    Fault,
    Faults,
    Gate,
    Item,
    Judgement,
    Ladder,
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
    Tolerance,
    WeightedPart,
    WeightedSum,
)
from ui.screens.setup.field_specs import FieldSpec
from ui.screens.setup.struct_fields import struct_field

_HALF, _ONE, _TEN, _HUNDRED = Decimal("0.5"), Decimal(1), Decimal(10), Decimal(100)

_STARTS: Mapping[str, Callable[[Decimal], Method]] = {
    "binary": lambda _: Binary(),
    "direct": lambda _: Direct(),
    "deduct": lambda most: Deduct(per=min(_HALF, most)),
    "count": lambda most: Count(per=min(_HALF, most)),
    "ladder": lambda most: Ladder(marks=(Decimal(0), most)),
    "choice": lambda most: Choice((Option("A", "", most), Option("B", "", Decimal(0)))),
    "tolerance": lambda most: Tolerance(Decimal(0), (Band(Decimal("0.1"), most),)),
    "linear": lambda _: Linear(bad=Decimal(0), good=Decimal(100)),
    "carried": lambda _: Carried(maximum=_HUNDRED),
    "faults": lambda most: Faults((Fault("F1", "", min(_HALF, most)),)),
    "tally": lambda _: Tally((Item("R", "", _ONE), Item("W", "", -_HALF))),
    "judgement": lambda _: Judgement(),
    "panel": lambda _: Panel(judges=5, highest=_TEN),
    "median": lambda _: Median(judges=5, highest=_TEN),
    "closest": lambda _: Closest(judges=3, highest=_TEN),
    "rank-points": lambda most: RankPoints((most,)),
    "standard-score": lambda most: StandardScore(
        judges=3, centre=most / 2, per=most / 10, highest=_HUNDRED
    ),
    "time-linear": lambda _: TimeLinear(full=Decimal(600), zero=Decimal(1200)),
    "time-bands": lambda most: TimeBands((TimeBand(Decimal(600), most),)),
    "time-ratio": lambda _: TimeRatio(),
    "overtime": lambda most: Overtime(limit=Decimal(3600), per=min(_ONE, most)),
    "weighted": lambda _: WeightedSum(
        (WeightedPart("A", "", _HALF), WeightedPart("B", "", _HALF)),
    ),
    "benefit": lambda most: Benefit((BenefitKind("A", "", (BenefitBand(_ONE, most),)),)),
    "bonus": lambda _: Bonus((BonusItem("A", "", _ONE),)),
    "gate": lambda _: Gate(),
}

METHODS = tuple(_STARTS)
"""The tags of the methods, in the order in which they are offered."""

_OWN_LABELS = {
    "time-bands": {"scale", "bands"},
    "overtime": {"limit", "per"},
    "gate": {"cap"},
    "carried": {"maximum"},
    "closest": {"within", "trim_from"},
    "rank-points": {"points", "judges", "lowest", "highest"},
    "standard-score": {"centre", "per", "sample"},
    "faults": {"most"},
    "time-linear": {"step", "each"},
}
"""Parameters whose name means something else in another method."""


def method_tag(method: Method) -> str:
    return str(method.__struct_config__.tag)


def started(tag: str, most: Decimal) -> Method:
    """A method with parameters to start from, fit for an aspect with this maximum."""
    return _STARTS[tag](most)


def method_fields(method: Method) -> list[FieldSpec]:
    """The parameters as fields, in the order of the scheme."""
    tag = method_tag(method)
    own = _OWN_LABELS.get(tag, set())
    return [
        struct_field(
            method,
            name,
            path=f"method.{name}",
            label=f"param_{tag}_{name}" if name in own else f"field_{name}",
        )
        for name in method.__struct_fields__
    ]
