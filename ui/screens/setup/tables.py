"""The short lists of an event as tables: awards, tie keys, penalties, components.

Each list has columns of text or of a few choices; a row that cannot be read is refused whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import msgspec

from app.domain.errors import RuleBroken
from app.domain.ids import ComponentId
from app.domain.points import Rounding, RoundingMode
from app.domain.scheme import (
    BoundaryTie,
    Component,
    Direction,
    Event,
    PenaltyEffect,
    PenaltyReason,
    Quota,
    QuotaBase,
    QuotaRounding,
    Section,
    TieKey,
)
from app.services.editing import parse_number
from ui.screens.setup.field_specs import Column
from ui.screens.setup.typed_values import ROUNDINGS, read_rounding, read_whole, shown_as

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One list of an event: its columns, its rows, a row to add, and how rows become rules."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[Event], Sequence[Any]]
    read: Callable[[Cells], Any]
    put: Callable[[Event, tuple[Any, ...]], Event]
    blank: Cells

    def cells(self, event: Event) -> tuple[Cells, ...]:
        """The rows as text."""
        return tuple(
            tuple(shown_as(column.name, getattr(row, column.name)) for column in self.columns)
            for row in self.rows(event)
        )

    def changed(self, event: Event, rows: Sequence[Cells]) -> Event:
        """The event with these rows. Raises ``RuleBroken`` when one cannot be read."""
        return self.put(event, tuple(self.read(row) for row in rows))


def _quota(cells: Cells) -> Quota:
    award, award_en, percent, number, minimum = (cell.strip() for cell in cells)
    return Quota(
        award=award,
        award_en=award_en,
        percent=parse_number(percent.rstrip("%")) if percent else None,
        number=read_whole(number) if number else None,
        minimum=parse_number(minimum) if minimum else None,
    )


def _tie_key(cells: Cells) -> TieKey:
    by, direction, places = (cell.strip() for cell in cells)
    return TieKey(by=by, direction=Direction(direction), places=read_whole(places))


def _penalty(cells: Cells) -> PenaltyReason:
    code, name, name_en, effect, points, then, times = (cell.strip() for cell in cells)
    return PenaltyReason(
        code=code,
        name=name,
        name_en=name_en,
        effect=PenaltyEffect(effect),
        points=parse_number(points or "0"),
        then=then,
        times=read_whole(times or "1"),
    )


def _component(cells: Cells) -> Component:
    component, name, name_en, weight, added, rounding = (cell.strip() for cell in cells)
    return Component(
        id=ComponentId(component),
        name=name,
        name_en=name_en,
        weight=parse_number(weight),
        added=added == "yes",
        rounding=read_rounding(rounding),
    )


def _section(cells: Cells) -> Section:
    section, name, mark = (cell.strip() for cell in cells)
    return Section(id=section, name=name, mark=parse_number(mark))


def tie_choices(event: Event) -> tuple[str, ...]:
    """Everything that can break a tie in this event, by the code a tie key names it with."""
    timed = [module for module in event.modules if module.limit_minutes]
    return (
        *(["base"] if any(component.added for component in event.components) else []),
        *(f"component:{component.id}" for component in event.components),
        *(f"module:{module.id}" for module in event.modules),
        *(["time"] if timed else []),
        *(f"time:{module.id}" for module in timed),
    )


def tables_of(event: Event) -> Mapping[str, TableSpec]:
    """The lists of an event by name."""
    specs = (
        TableSpec(
            "components",
            (
                Column("id"),
                Column("name", stretches=True),
                Column("name_en", stretches=True),
                Column("weight", is_number=True),
                Column("added", ("no", "yes")),
                Column("rounding", ROUNDINGS),
            ),
            lambda it: it.components,
            _component,
            lambda it, rows: msgspec.structs.replace(it, components=rows),
            ("new", "", "", "0", "no", ""),
        ),
        TableSpec(
            "sections",
            (Column("id"), Column("name", stretches=True), Column("mark", is_number=True)),
            lambda it: it.sections,
            _section,
            lambda it, rows: msgspec.structs.replace(it, sections=rows),
            ("", "", "0"),
        ),
        TableSpec(
            "awards",
            (
                Column("award", stretches=True),
                Column("award_en", stretches=True),
                Column("percent", is_number=True),
                Column("number", is_number=True),
                Column("minimum", is_number=True),
            ),
            lambda it: it.awards.quotas,
            _quota,
            lambda it, rows: msgspec.structs.replace(
                it, awards=msgspec.structs.replace(it.awards, quotas=rows)
            ),
            ("", "", "10", "", ""),
        ),
        TableSpec(
            "tie_keys",
            (
                Column("by", tie_choices(event), stretches=True),
                Column("direction", tuple(Direction)),
                Column("places", is_number=True),
            ),
            lambda it: it.tie_keys,
            _tie_key,
            lambda it, rows: msgspec.structs.replace(it, tie_keys=rows),
            (tie_choices(event)[0] if tie_choices(event) else "", "higher", "2"),
        ),
        TableSpec(
            "penalties",
            (
                Column("code"),
                Column("name", stretches=True),
                Column("name_en", stretches=True),
                Column("effect", tuple(PenaltyEffect)),
                Column("points", is_number=True),
                Column("then"),
                Column("times", is_number=True),
            ),
            lambda it: it.penalties,
            _penalty,
            lambda it, rows: msgspec.structs.replace(it, penalties=rows),
            ("NEW", "", "", "deduct", "1", "", "1"),
        ),
    )
    return {spec.name: spec for spec in specs}


AWARD_TYPES: Mapping[str, type[QuotaBase | QuotaRounding | BoundaryTie]] = {
    "base": QuotaBase,
    "rounding": QuotaRounding,
    "boundary": BoundaryTie,
}
"""How quotas are counted: the choices of each field."""

AWARD_FLAGS = ("cumulative", "at_least_one_first")


def with_award_choice(event: Event, name: str, choice: str) -> Event:
    """The event with another way of counting quotas; flags are ``yes`` and ``no``."""
    if name in AWARD_TYPES:
        value: Any = AWARD_TYPES[name](choice)
    elif name in AWARD_FLAGS:
        value = choice == "yes"
    else:
        raise RuleBroken("award-choice-unknown", value=choice[:20])
    return msgspec.structs.replace(
        event, awards=msgspec.structs.replace(event.awards, **{name: value})
    )


STAGES = ("judge", "aspect", "subcriterion", "module", "component", "total")
"""The stages at which a value can be rounded, in the order of the calculation."""


def with_rounding(event: Event, stage: str, places: str, mode: str) -> Event:
    """The event with another rounding at a stage; without ``places`` there is none."""
    rounding = Rounding(int(places), RoundingMode(mode)) if places else None
    stages = msgspec.structs.replace(event.rounding, **{stage: rounding})
    return msgspec.structs.replace(event, rounding=stages)


def section_sums(event: Event) -> tuple[tuple[str, Decimal, Decimal], ...]:
    """Each section of the occupational standard: its id, its marks wanted, and those given."""
    given: dict[str, Decimal] = {}
    for aspect in event.aspects():
        given[aspect.section] = given.get(aspect.section, Decimal(0)) + aspect.max
    return tuple((one.id, one.mark, given.get(one.id, Decimal(0))) for one in event.sections)
