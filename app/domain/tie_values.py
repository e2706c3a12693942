"""What a tie key compares: the published value it reads of an entry (同分处理).

A key names a part of the event by its id; one that names nothing is found when the rules are read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from app.domain.errors import RuleBroken
from app.domain.ids import EntryId, ModuleId
from app.domain.points import Exact, Rounding, round_exact
from app.domain.scheme import Event, TieKey
from app.domain.scoring import EntryScore

UsedTimes: TypeAlias = Mapping[EntryId, Mapping[ModuleId, int]]
"""Whole seconds each entry used in each module, as on its time slip."""

TieValue: TypeAlias = Callable[[EntryScore], int | None]
"""How a key reads an entry: points, or whole seconds, ``None`` for a time nobody knows."""


def value_of(event: Event, key: TieKey, used_times: UsedTimes) -> TieValue:
    """How a tie key reads an entry's published value."""
    kind, _, name = key.by.partition(":")
    rounding = Rounding(key.places, event.rounding.total.mode)

    def published(value: Exact) -> int:
        return round_exact(value, rounding)

    match kind, _positions(event, kind).get(name):
        case "component", (place, _):
            return lambda score: published(score.components[place].mark)
        case "module", (place, _):
            return lambda score: published(score.modules[place].mark)
        case "subcriterion", (place, inner):
            return lambda score: published(score.modules[place].subcriteria[inner].mark)
        case "aspect", (place, _):
            return lambda score: published(score.aspects[place].mark or 0)
        case "base", _ if not name:
            return lambda score: published(score.base)
        case "time", _ if timed := timed_modules(event, name):
            return lambda score: _seconds(used_times.get(score.entry, {}), timed)
        case _:
            raise RuleBroken("tie-key-unknown", event=event.code, by=key.by)


def _positions(event: Event, kind: str) -> dict[str, tuple[int, int]]:
    """Where the things a tie key can name stand in an ``EntryScore``, by their id."""
    match kind:
        case "component":
            return {part.id: (place, 0) for place, part in enumerate(event.components)}
        case "module":
            return {module.id: (place, 0) for place, module in enumerate(event.modules)}
        case "aspect":
            return {aspect.id: (place, 0) for place, aspect in enumerate(event.aspects())}
        case "subcriterion":
            return {
                part.id: (place, inner)
                for place, module in enumerate(event.modules)
                for inner, part in enumerate(module.subcriteria)
            }
        case _:
            return {}


def names_something(event: Event, key: TieKey) -> bool:
    """Whether a tie key compares anything this event has."""
    kind, _, name = key.by.partition(":")
    if kind == "time":
        return bool(timed_modules(event, name))
    if kind == "base":
        return not name
    return name in _positions(event, kind)


def timed_modules(event: Event, name: str) -> tuple[ModuleId, ...]:
    """The modules whose used time a key compares: the named one, or all that have a clock."""
    return tuple(
        module.id for module in event.modules if module.limit_minutes and name in ("", module.id)
    )


def _seconds(used: Mapping[ModuleId, int], modules: tuple[ModuleId, ...]) -> int | None:
    times = [used[module] for module in modules if module in used]
    return sum(times) if len(times) == len(modules) else None
