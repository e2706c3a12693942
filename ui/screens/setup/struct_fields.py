"""A struct of the scheme as fields, whatever it holds: text, choices, flags, lists and rows.

Nothing here knows a rule: what a field is follows from its type, and whether the values make sense
together is said by the checks of the scheme. A field below another is named by a dotted path, one
in a list by its position: ``awards.scale.per``, ``awards.consequences.0.outcomes``.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from itertools import groupby
from typing import Any, TypeVar, cast, get_args, get_origin

import msgspec
from msgspec import Struct

from app.domain.errors import RuleBroken
from app.domain.methods import BenefitBand, BenefitKind
from app.domain.points import Rounding
from app.services.rule_changes import written
from ui.screens.setup.field_specs import Column, FieldSpec, Kind
from ui.screens.setup.typed_values import ROUNDINGS, choice_type, read_as, shown_as

_KIND_COLUMNS = ("code", "name", "name_en", "unit")
_STRETCHED = {"name", "name_en", "award", "award_en"}

S = TypeVar("S", bound=Struct)


def struct_field(owner: Struct, name: str, *, path: str, label: str) -> FieldSpec:
    """One field of ``owner``; ``path`` is how it will be named when it comes back as text."""
    kind, value = _type_of(owner, name), getattr(owner, name)
    row = row_type(kind)
    if row is not None:
        text = rows_text([cells for one in value for cells in _cells(one)])
        columns = _columns(row)
        return FieldSpec(path, Kind.ROWS, text, (), label, columns, _blank(row, columns))
    if kind is bool:
        return FieldSpec(path, Kind.FLAG, written(value), (), label)
    if (choices := choice_type(kind)) is not None:
        offered = tuple(str(one.value) for one in choices)
        offered = offered if choices is kind else ("", *offered)
        return FieldSpec(path, Kind.CHOICE, written(value), offered, label)
    return FieldSpec(path, Kind.TEXT, shown_as(name, value), (), label)


def with_text(owner: S, path: str, text: str) -> S:
    """The struct with one field as typed. Raises ``RuleBroken`` when it cannot be read."""
    name, _, below = path.partition(".")
    held: Any = getattr(owner, name)
    if not below:
        kind = _type_of(owner, name)
        row = row_type(kind)
        value = read_as(kind, name, text) if row is None else _read_rows(row, text)
    elif isinstance(held, tuple):
        place, _, below = below.partition(".")
        changed = with_text(held[int(place)], below, text)
        value = (*held[: int(place)], changed, *held[int(place) + 1 :])
    else:
        value = with_text(held, below, text)
    return msgspec.structs.replace(owner, **{name: value})


def rows_text(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells as the one text that a field takes."""
    return msgspec.json.encode(rows).decode()


def rows_of(text: str) -> list[tuple[str, ...]]:
    """The rows of such a text."""
    return msgspec.json.decode(text, type=list[tuple[str, ...]])


def row_type(kind: Any) -> type[Struct] | None:
    """The structs that a field is a list of, if it is one."""
    inner = get_args(kind)[0] if get_origin(kind) is tuple else None
    return inner if isinstance(inner, type) and issubclass(inner, Struct) else None


def _type_of(owner: Struct, name: str) -> Any:
    return next(one.type for one in msgspec.structs.fields(owner) if one.name == name)


def _columns(row: type[Struct]) -> tuple[Column, ...]:
    """A column for each field; a kind of benefit has a row for each of its bands."""
    if row is BenefitKind:
        return (*(_column(row, name) for name in _KIND_COLUMNS), *_columns(BenefitBand))
    return tuple(_column(row, spec.name) for spec in msgspec.structs.fields(row))


def _column(row: type[Struct], name: str) -> Column:
    kind = next(one.type for one in msgspec.structs.fields(row) if one.name == name)
    named: type[Enum] | None = choice_type(kind)
    choices = tuple(str(one.value) for one in named) if named else ()
    if kind is bool:
        choices = ("no", "yes")
    elif Rounding in get_args(kind):
        choices = ROUNDINGS
    is_text = not {int, Decimal}.intersection((kind, *get_args(kind)))
    return Column(name, choices, not is_text and not choices, name in _STRETCHED)


def _blank(row: type[Struct], columns: Sequence[Column]) -> tuple[str, ...]:
    """A row to add: what the scheme takes for granted, the rest empty for the person."""
    fields = {spec.name: spec for spec in msgspec.structs.fields(row)}
    found = []
    for column in columns:
        spec = fields.get(column.name)
        default = msgspec.NODEFAULT if spec is None else spec.default
        first = column.choices[0] if column.choices else ""
        found.append(first if default is msgspec.NODEFAULT else written(default))
    return tuple(found)


def _cells(value: Struct) -> list[tuple[str, ...]]:
    if isinstance(value, BenefitKind):
        own = tuple(getattr(value, name) for name in _KIND_COLUMNS)
        return [(*own, *_cells(band)[0]) for band in value.bands]
    names = (spec.name for spec in msgspec.structs.fields(value))
    return [tuple(shown_as(name, getattr(value, name)) for name in names)]


def _read_rows(row: type[Struct], text: str) -> tuple[Any, ...]:
    rows = list(enumerate(rows_of(text), start=1))
    if row is not BenefitKind:
        return tuple(_read_row(row, number, cells) for number, cells in rows)
    many = len(_KIND_COLUMNS)
    kinds = []
    for own, bands in groupby(rows, key=lambda numbered: numbered[1][:many]):
        texts = dict(zip(_KIND_COLUMNS, own, strict=True))
        read = tuple(
            cast(BenefitBand, _read_row(BenefitBand, number, cells[many:]))
            for number, cells in bands
        )
        kinds.append(BenefitKind(bands=read, **texts))
    return tuple(kinds)


def _read_row(row: type[Struct], number: int, cells: Sequence[str]) -> Struct:
    values = {}
    for spec, text in zip(msgspec.structs.fields(row), cells, strict=True):
        try:
            values[spec.name] = read_as(spec.type, spec.name, text)
        except RuleBroken as refused:
            raise RuleBroken(
                "cell-unreadable", row=number, column=spec.name, value=text.strip()[:20]
            ) from refused
    return row(**values)
