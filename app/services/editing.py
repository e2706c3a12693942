"""Edits of a scheme that is being written: each takes the tree and returns another one.

A node is addressed by its place, not by its id, because in a draft two things may for a while have
the same id: ``(0,)`` is the first event, ``(0, 2)`` its third module, then sub-criterion, aspect.
What an edit leaves wrong is said by ``check_scheme``; nothing here refuses for that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import count
from typing import Any, TypeAlias, cast

import msgspec

from app.domain.ids import AspectId, EventCode, ModuleId, SubcriterionId
from app.domain.points import decimal_of, parse_points
from app.domain.scheme import (
    Aspect,
    Competition,
    Event,
    Module,
    Scheme,
    Subcriterion,
    TieKey,
)

Node: TypeAlias = Event | Module | Subcriterion | Aspect
Place: TypeAlias = tuple[int, ...]
"""One to four positions, counted from 0: event, module, sub-criterion, aspect."""

_BRANCHES = ("events", "modules", "subcriteria", "aspects")
_KEY_KINDS = ((), ("module", "time"), ("subcriterion",), ("aspect",))


def node(scheme: Scheme, place: Place) -> Node:
    """What stands at a place; ``IndexError`` when nothing does."""
    found: Any = scheme
    for branch, number in zip(_BRANCHES, place, strict=False):
        found = getattr(found, branch)[number]
    return cast("Node", found)


def children(parent: Node | Scheme) -> Sequence[Node]:
    """The nodes directly below, in order; none below an aspect."""
    match parent:
        case Scheme():
            return parent.events
        case Event():
            return parent.modules
        case Module():
            return parent.subcriteria
        case Subcriterion():
            return parent.aspects
        case Aspect():
            return ()


def with_competition(scheme: Scheme, competition: Competition) -> Scheme:
    """The same events under another heading."""
    return msgspec.structs.replace(scheme, competition=competition)


def with_node(scheme: Scheme, place: Place, changed: Node) -> Scheme:
    """The scheme with another node at a place. Tie keys follow an id that changes."""
    before = node(scheme, place)
    siblings = list(_siblings(scheme, place))
    siblings[place[-1]] = changed
    edited = _with_siblings(scheme, place, siblings)
    if len(place) > 1 and node_id(before) != node_id(changed):
        edited = _rename_in_tie_keys(edited, place, old=node_id(before), new=node_id(changed))
    return edited


def with_added(scheme: Scheme, parent: Place, added: Node) -> Scheme:
    """The scheme with one more node behind the others below ``parent``; ``()`` adds an event."""
    place = (*parent, len(_siblings(scheme, (*parent, 0))))
    return _with_siblings(scheme, place, [*_siblings(scheme, place), added])


def without(scheme: Scheme, place: Place) -> Scheme:
    """The scheme without a node and what is below it."""
    siblings = list(_siblings(scheme, place))
    del siblings[place[-1]]
    return _with_siblings(scheme, place, siblings)


def with_moved(scheme: Scheme, place: Place, by: int) -> tuple[Scheme, Place]:
    """The node moved up (``-1``) or down (``1``) among its siblings, and where it is now."""
    siblings = list(_siblings(scheme, place))
    target = max(0, min(len(siblings) - 1, place[-1] + by))
    siblings.insert(target, siblings.pop(place[-1]))
    return _with_siblings(scheme, place, siblings), (*place[:-1], target)


def node_id(named: Node) -> str:
    """The id by which people call it."""
    return named.code if isinstance(named, Event) else named.id


def new_child(scheme: Scheme, parent: Place, name: str) -> Node:
    """A child to add below ``parent``, with the next free id in the style of its place."""
    if not parent:
        return Event(code=EventCode(_free("E", (event.code for event in scheme.events))), name=name)
    match node(scheme, parent):
        case Event(modules=modules):
            return Module(id=ModuleId(_free_letter([module.id for module in modules])), name=name)
        case Module(id=module, subcriteria=parts):
            free = _free(module, (part.id for part in parts))
            return Subcriterion(id=SubcriterionId(free), name=name)
        case Subcriterion(id=part, aspects=aspects):
            free = _free(f"{part}.", (aspect.id for aspect in aspects))
            return Aspect(id=AspectId(free), name=name, max=Decimal(1))
        case Aspect():
            raise ValueError("nothing grows below an aspect")


def with_event_copied(scheme: Scheme, number: int) -> Scheme:
    """The event once more behind the others, its code and name numbered: one more match (一场)."""
    event = scheme.events[number]
    code = _renumbered(event.code, "", [other.code for other in scheme.events])
    name = _renumbered(event.name, " ", [other.name for other in scheme.events])
    name_en = _renumbered(event.name_en, " ", [other.name_en for other in scheme.events])
    copied = msgspec.structs.replace(
        event, code=EventCode(code), name=name, name_en=name_en if event.name_en else ""
    )
    return with_added(scheme, (), copied)


def parse_number(text: str) -> Decimal:
    """A number as typed into a form, at most four decimals; idle zeros are dropped."""
    number = decimal_of(parse_points(text)).normalize()
    # ``normalize`` writes 100 as 1E+2, which no person and no scheme file reads.
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


def _siblings(scheme: Scheme, place: Place) -> Sequence[Node]:
    parent = node(scheme, place[:-1]) if len(place) > 1 else scheme
    return children(parent)


def _with_siblings(scheme: Scheme, place: Place, siblings: Sequence[Node]) -> Scheme:
    branch = {_BRANCHES[len(place) - 1]: tuple(siblings)}
    if len(place) == 1:
        return msgspec.structs.replace(scheme, **branch)
    parent = msgspec.structs.replace(node(scheme, place[:-1]), **branch)
    return with_node(scheme, place[:-1], parent)


def _rename_in_tie_keys(scheme: Scheme, place: Place, *, old: str, new: str) -> Scheme:
    kinds = _KEY_KINDS[len(place) - 1]
    event = cast(Event, node(scheme, place[:1]))

    def renamed(key: TieKey) -> TieKey:
        kind, _, named = key.by.partition(":")
        follows = kind in kinds and named == old
        return msgspec.structs.replace(key, by=f"{kind}:{new}") if follows else key

    keys = tuple(renamed(key) for key in event.tie_keys)
    if keys == event.tie_keys:
        return scheme
    return with_node(scheme, place[:1], msgspec.structs.replace(event, tie_keys=keys))


def _free(prefix: str, taken: Iterable[str]) -> str:
    """``prefix`` with the number behind the last one in use."""
    numbers = [
        int(rest)
        for name in taken
        if name.startswith(prefix) and (rest := name[len(prefix) :]).isdecimal()
    ]
    return f"{prefix}{max(numbers, default=0) + 1}"


def _renumbered(name: str, gap: str, taken: Sequence[str]) -> str:
    """``name`` with the lowest number from 2 on that makes it another one, instead of its own."""
    stem = name.rstrip("0123456789").rstrip() or name
    numbered = (f"{stem}{gap}{number}" for number in count(2))
    return next(other for other in numbered if other not in taken)


def _free_letter(taken: Sequence[str]) -> str:
    letters = (letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if letter not in taken)
    return next(letters, None) or _free("M", taken)
