"""The parameters of a marking method as fields, and its catalogues and bands as rows.

Nothing here knows a method's formula: fields follow from the type of each parameter, and whether
they make sense together is said by the checks of the scheme.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any, cast, get_args, get_origin

import msgspec
from msgspec import Struct

from app.domain.errors import RuleBroken
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
from app.services.rule_changes import written
from ui.screens.setup.field_specs import Column, FieldSpec, Kind
from ui.screens.setup.typed_values import is_choice, read_as, shown_as

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
    "time-linear": {"step"},
}
"""Parameters whose name means something else in another method."""

_KIND_COLUMNS = ("code", "name", "name_en", "unit")
_STRETCHED = {"name", "name_en"}


def method_tag(method: Method) -> str:
    return str(method.__struct_config__.tag)


def started(tag: str, most: Decimal) -> Method:
    """A method with parameters to start from, fit for an aspect with this maximum."""
    return _STARTS[tag](most)


def method_fields(method: Method) -> list[FieldSpec]:
    """The parameters as fields, in the order of the scheme."""
    return [_field(method, spec) for spec in msgspec.structs.fields(type(method))]


def with_parameter(method: Method, name: str, text: str) -> Method:
    """The method with one parameter as typed. Raises ``RuleBroken`` when it cannot be read."""
    kind = next(one.type for one in msgspec.structs.fields(type(method)) if one.name == name)
    row = _row_type(kind)
    value = read_as(kind, name, text) if row is None else _read_rows(row, text)
    changed: Method = msgspec.structs.replace(method, **{name: value})
    return changed


def rows_text(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells as the one text that a field takes."""
    return msgspec.json.encode(rows).decode()


def rows_of(text: str) -> list[tuple[str, ...]]:
    """The rows of such a text."""
    return msgspec.json.decode(text, type=list[tuple[str, ...]])


def _field(method: Method, spec: msgspec.structs.FieldInfo) -> FieldSpec:
    tag, name, value = method_tag(method), spec.name, getattr(method, spec.name)
    label = f"param_{tag}_{name}" if name in _OWN_LABELS.get(tag, ()) else f"field_{name}"
    field = f"method.{name}"
    row = _row_type(spec.type)
    if row is not None:
        text = rows_text([cells for one in value for cells in _cells(one)])
        columns = _columns(row)
        return FieldSpec(field, Kind.ROWS, text, (), label, columns, _blank(row, columns))
    if spec.type is bool:
        return FieldSpec(field, Kind.FLAG, written(value), (), label)
    if is_choice(spec.type):
        return FieldSpec(field, Kind.CHOICE, written(value), tuple(spec.type), label)
    return FieldSpec(field, Kind.TEXT, shown_as(name, value), (), label)


def _row_type(kind: Any) -> type[Struct] | None:
    """The structs that a parameter is a list of, if it is one."""
    inner = get_args(kind)[0] if get_origin(kind) is tuple else None
    return inner if isinstance(inner, type) and issubclass(inner, Struct) else None


def _columns(row: type[Struct]) -> tuple[Column, ...]:
    """A column for each field; a kind of benefit has a row for each of its bands."""
    if row is BenefitKind:
        return (*(_column(row, name) for name in _KIND_COLUMNS), *_columns(BenefitBand))
    return tuple(_column(row, spec.name) for spec in msgspec.structs.fields(row))


def _column(row: type[Struct], name: str) -> Column:
    kind = next(one.type for one in msgspec.structs.fields(row) if one.name == name)
    choices = ("no", "yes") if kind is bool else ()
    is_text = kind is str
    return Column(name, choices, not is_text and not choices, name in _STRETCHED)


def _blank(row: type[Struct], columns: Sequence[Column]) -> tuple[str, ...]:
    """A row to add: what the scheme takes for granted, the rest empty for the person."""
    fields = {spec.name: spec for spec in msgspec.structs.fields(row)}
    found = []
    for column in columns:
        spec = fields.get(column.name)
        default = msgspec.NODEFAULT if spec is None else spec.default
        found.append("" if default is msgspec.NODEFAULT else written(default))
    return tuple(found)


def _cells(value: Struct) -> list[tuple[str, ...]]:
    if isinstance(value, BenefitKind):
        own = tuple(getattr(value, name) for name in _KIND_COLUMNS)
        return [(*own, *_cells(band)[0]) for band in value.bands]
    names = (spec.name for spec in msgspec.structs.fields(value))
    return [tuple(shown_as(name, getattr(value, name)) for name in names)]


def _read_rows(row: type[Struct], text: str) -> tuple[Any, ...]:
    rows = rows_of(text)
    if row is not BenefitKind:
        return tuple(_read_row(row, cells) for cells in rows)
    many = len(_KIND_COLUMNS)
    kinds = []
    for own, bands in groupby(rows, key=lambda cells: cells[:many]):
        texts = dict(zip(_KIND_COLUMNS, own, strict=True))
        read = tuple(cast(BenefitBand, _read_row(BenefitBand, one[many:])) for one in bands)
        kinds.append(BenefitKind(bands=read, **texts))
    return tuple(kinds)


def _read_row(row: type[Struct], cells: Sequence[str]) -> Struct:
    values = {}
    for spec, text in zip(msgspec.structs.fields(row), cells, strict=True):
        try:
            values[spec.name] = read_as(spec.type, spec.name, text)
        except RuleBroken as refused:
            raise RuleBroken("row-unreadable", row=" ".join(cells).strip()[:40]) from refused
    return row(**values)
