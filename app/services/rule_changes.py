"""What an amendment changes: two versions of an event's rules compared, place by place.

Things are the same when they have the same id, wherever they stand; what moved without changing is
told once as a new order of its parent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any

import msgspec
from msgspec import Struct

from app.domain.scheme import Event
from app.domain.standing_rules import CombinedStanding

_NAMES = ("id", "code", "award", "by")
"""The field that names a thing within its list, tried in this order."""


class ChangeKind(StrEnum):
    """What happened at a place."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One difference. ``where`` leads from the event down, e.g. ``("modules", "B", "B2.1")``.

    ``field`` is the field's name in the scheme; ``old`` and ``new`` are its values as text, empty
    where there was or is nothing.
    """

    kind: ChangeKind
    where: tuple[str, ...]
    field: str
    old: str = ""
    new: str = ""


def rules_difference(old: Event, new: Event) -> tuple[RuleChange, ...]:
    """Every place where the rules differ, in the order of the rules; empty when they are equal."""
    return tuple(_struct_changes(old, new, ()))


def standings_difference(
    old: Sequence[CombinedStanding], new: Sequence[CombinedStanding]
) -> tuple[RuleChange, ...]:
    """The same for standings over several events (综合排名)."""
    return tuple(_list_changes("standings", tuple(old), tuple(new), ()))


def changed_modules(changes: Sequence[RuleChange]) -> frozenset[str]:
    """The modules whose own rules are touched; what holds for the whole event is not in it."""
    return frozenset(
        change.where[1] for change in changes if len(change.where) > 1 and _in_modules(change)
    )


def _in_modules(change: RuleChange) -> bool:
    return change.where[0] == "modules"


def _struct_changes(old: Struct, new: Struct, where: tuple[str, ...]) -> Iterator[RuleChange]:
    if type(old) is not type(new):
        # Another method: its parameters cannot be compared one by one.
        yield RuleChange(ChangeKind.CHANGED, where[:-1], where[-1], written(old), written(new))
        return
    for spec in msgspec.structs.fields(type(old)):
        before, after = getattr(old, spec.name), getattr(new, spec.name)
        if before != after:
            yield from _value_changes(spec.name, before, after, where)


def _value_changes(
    field: str, before: Any, after: Any, where: tuple[str, ...]
) -> Iterator[RuleChange]:
    match before, after:
        case Struct(), Struct():
            yield from _struct_changes(before, after, (*where, field))
        case tuple(), tuple() if _named(before) and _named(after):
            yield from _list_changes(field, before, after, where)
        case _:
            yield RuleChange(ChangeKind.CHANGED, where, field, written(before), written(after))


def _list_changes(
    field: str, before: tuple[Struct, ...], after: tuple[Struct, ...], where: tuple[str, ...]
) -> Iterator[RuleChange]:
    old, new = ({_name(item): item for item in items} for items in (before, after))
    # Sub-criteria and aspects have ids that say where they belong; the lists need no names.
    below = where if field in {"subcriteria", "aspects"} else (*where, field)
    for name, item in old.items():
        if name not in new:
            yield RuleChange(ChangeKind.REMOVED, below, name, written(item))
        else:
            yield from _struct_changes(item, new[name], (*below, name))
    for name, item in new.items():
        if name not in old:
            yield RuleChange(ChangeKind.ADDED, below, name, new=written(item))
    stayed = [name for name in old if name in new]
    order = [name for name in new if name in old]
    if stayed != order:
        yield RuleChange(ChangeKind.MOVED, where, field, ", ".join(stayed), ", ".join(order))


def _named(items: tuple[Any, ...]) -> bool:
    return all(isinstance(item, Struct) and _name(item) for item in items)


def _name(item: Struct) -> str:
    return next((str(getattr(item, name)) for name in _NAMES if hasattr(item, name)), "")


def written(value: Any) -> str:
    """A value of the scheme as short plain text."""
    match value:
        case None | "":
            return ""
        case bool():
            return "yes" if value else "no"
        case Enum():
            return str(value.value)
        case Decimal():
            text = format(value, "f")
            return text.rstrip("0").rstrip(".") if "." in text else text
        case tuple():
            return ", ".join(written(item) for item in value)
        case Struct():
            return _written_struct(value)
        case _:
            return str(value)


def _written_struct(value: Struct) -> str:
    tag = value.__struct_config__.tag
    named = getattr(value, "name", "")
    if named:
        return f"{_name(value)} {named}".strip()
    parts = [str(tag)] if tag is not None else []
    for spec in msgspec.structs.fields(type(value)):
        item = getattr(value, spec.name)
        if item not in (None, "", ()):
            parts.append(f"{spec.name}={written(item)}")
    return " ".join(parts)
