"""The short lists of an event as tables: components, sections, awards, tie keys, penalties.

What a table holds follows from the structs of its list; only what a new row starts from, and what
can break a tie, is told here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from app.domain.award_rules import CertificatesFor
from app.domain.scheme import BoundaryTie, Event, QuotaBase, QuotaRounding
from app.words import Words
from ui.screens.setup.field_specs import FieldSpec
from ui.screens.setup.struct_fields import struct_field

TABLES: Mapping[str, str] = {
    "components": "components",
    "sections": "sections",
    "awards": "awards.quotas",
    "tie_keys": "tie_keys",
    "penalties": "penalties",
}
"""The path of each list, by the name of its table, in the order of the tabs."""

_BLANKS: Mapping[str, tuple[str, ...]] = {
    "components": ("new", "", "", "0", "no", ""),
    "sections": ("", "", "0"),
    "awards": ("", "", "10", "", "", ""),
    "penalties": ("NEW", "", "", "deduct", "1", "", "1"),
}


def table_of(event: Event, name: str) -> FieldSpec:
    """One of the lists as a field of rows."""
    path = TABLES[name]
    owner = event.awards if path.startswith("awards.") else event
    spec = struct_field(owner, path.rpartition(".")[2], path=path, label=f"table_{name}")
    if name != "tie_keys":
        return replace(spec, blank=_BLANKS[name])
    targets = tie_targets(event)
    by = replace(spec.columns[0], choices=targets, stretches=True)
    blank = (next(iter(targets), ""), "higher", "2")
    return replace(spec, columns=(by, *spec.columns[1:]), blank=blank)


def tie_targets(event: Event) -> tuple[str, ...]:
    """Everything that can break a tie in this event, by the code a tie key names it with."""
    timed = [module for module in event.modules if module.limit_minutes]
    parts = [part for module in event.modules for part in module.subcriteria]
    return (
        *(["base"] if any(component.added for component in event.components) else []),
        *(f"component:{component.id}" for component in event.components),
        *(f"module:{module.id}" for module in event.modules),
        *(["time"] if timed else []),
        *(f"time:{module.id}" for module in timed),
        *(f"subcriterion:{part.id}" for part in parts),
        *(f"aspect:{aspect.id}" for aspect in event.aspects()),
    )


def tie_words(words: Words, event: Event, code: str) -> str:
    """What a tie key compares, with the name of it."""
    kind, colon, wanted = code.partition(":")
    if not colon:
        return words.say(f"setup.choice_{code}")
    named: dict[str, Any] = {
        "component": event.components,
        "module": event.modules,
        "time": event.modules,
        "subcriterion": [part for module in event.modules for part in module.subcriteria],
        "aspect": event.aspects(),
    }
    found = next((one for one in named.get(kind, ()) if one.id == wanted), None)
    name = words.pick(found.name, found.name_en) if found is not None else ""
    return f"{words.say(f'setup.tie_{kind}', id=wanted)}  {name}".rstrip()


AWARD_TYPES: Mapping[str, type[QuotaBase | QuotaRounding | BoundaryTie | CertificatesFor]] = {
    "base": QuotaBase,
    "rounding": QuotaRounding,
    "boundary": BoundaryTie,
    "certificates": CertificatesFor,
}
"""How quotas are counted and who of a team gets a certificate: the choices of each field."""

AWARD_FLAGS = ("cumulative", "at_least_one_first")


STAGES = ("judge", "aspect", "subcriterion", "module", "component", "total")
"""The stages at which a value can be rounded, in the order of the calculation."""


def section_sums(event: Event) -> tuple[tuple[str, Decimal, Decimal], ...]:
    """Each section of the occupational standard: its id, its marks wanted, and those given."""
    given: dict[str, Decimal] = {}
    for aspect in event.aspects():
        given[aspect.section] = given.get(aspect.section, Decimal(0)) + aspect.max
    return tuple((one.id, one.mark, given.get(one.id, Decimal(0))) for one in event.sections)
