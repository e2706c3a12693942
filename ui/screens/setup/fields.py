"""A node of the scheme as fields of a form: what each shows, and how typed text becomes rules.

The only place that knows how a person writes a cue list, a ladder or a method's parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

import msgspec

from app.domain.errors import RuleBroken
from app.domain.method_check import check_method
from app.domain.methods import Judgement
from app.domain.scheme import (
    Aspect,
    Attempts,
    EntryCheck,
    Event,
    Module,
    Scheme,
    Subcriterion,
)
from app.domain.scheme_check import check_event
from app.services import editing
from app.services.editing import Node, Place, parse_number
from ui.screens.setup.field_specs import FieldSpec, Kind
from ui.screens.setup.method_fields import (
    METHODS,
    method_fields,
    method_tag,
    started,
)
from ui.screens.setup.rule_groups import SWITCHES, switched
from ui.screens.setup.struct_fields import with_text
from ui.screens.setup.typed_values import (
    ROUNDINGS,
    parts_of,
    read_rounding,
    read_whole,
    shown_as,
)

_PLAIN: Mapping[type[Node], tuple[tuple[str, Kind], ...]] = {
    Event: (
        ("code", Kind.TEXT),
        ("name", Kind.TEXT),
        ("name_en", Kind.TEXT),
        ("late_minutes", Kind.NUMBER),
        ("absent_ranked", Kind.FLAG),
        ("most", Kind.NUMBER),
        ("least_total", Kind.NUMBER),
    ),
    Module: (
        ("id", Kind.TEXT),
        ("name", Kind.TEXT),
        ("name_en", Kind.TEXT),
        ("component", Kind.CHOICE),
        ("weight", Kind.NUMBER),
        ("limit_minutes", Kind.NUMBER),
        ("cue_minutes", Kind.TEXT),
        ("workplaces", Kind.TEXT),
        ("blind", Kind.FLAG),
        ("judges_see_sum", Kind.FLAG),
        ("attempts", Kind.CHOICE),
        ("entry_check", Kind.CHOICE),
        ("rounding", Kind.CHOICE),
    ),
    Subcriterion: (
        ("id", Kind.TEXT),
        ("name", Kind.TEXT),
        ("name_en", Kind.TEXT),
        ("day", Kind.NUMBER),
    ),
    Aspect: (
        ("id", Kind.TEXT),
        ("name", Kind.TEXT),
        ("name_en", Kind.TEXT),
        ("max", Kind.NUMBER),
    ),
}


def fields_of(event: Event, node: Node) -> tuple[FieldSpec, ...]:
    """The fields of a node, in the order of the form."""
    specs = []
    for name, kind in _PLAIN[type(node)]:
        value = getattr(node, name)
        specs.append(FieldSpec(name, kind, shown_as(name, value), _choices(event, name)))
    if isinstance(node, Aspect):
        specs += _aspect_fields(event, node)
    return tuple(specs)


def _choices(event: Event, name: str) -> tuple[str, ...]:
    match name:
        case "component":
            return tuple(str(one.id) for one in event.components)
        case "attempts":
            return ("", *(one.value for one in Attempts))
        case "rounding":
            return ROUNDINGS
        case "entry_check":
            return tuple(one.value for one in EntryCheck)
        case _:
            return ()


def _aspect_fields(event: Event, aspect: Aspect) -> list[FieldSpec]:
    specs = [FieldSpec("method", Kind.CHOICE, method_tag(aspect.method), METHODS)]
    specs += method_fields(aspect.method)
    if isinstance(aspect.method, Judgement):
        lines = "\n".join(aspect.descriptors)
        specs.append(FieldSpec("descriptors", Kind.LINES, lines))
    if event.sections:
        sections = ("", *(section.id for section in event.sections))
        specs.append(FieldSpec("section", Kind.CHOICE, aspect.section, sections))
    specs.append(FieldSpec("requirement", Kind.LINES, aspect.requirement))
    specs.append(FieldSpec("note", Kind.LINES, aspect.note))
    return specs


def with_field(node: Node, name: str, text: str) -> Node:
    """The node with one field as typed. Raises ``RuleBroken`` when the text cannot be read."""
    if name == "method":
        aspect = cast(Aspect, node)
        if text == method_tag(aspect.method):
            return node
        return msgspec.structs.replace(aspect, method=started(text, aspect.max))
    if name in SWITCHES:
        return switched(cast(Event, node), name, is_on=text == "yes")
    if name not in _READERS:
        return with_text(node, name, text)
    return msgspec.structs.replace(node, **{name: _READERS[name](text.strip())})


def faults_of(event: Event, node: Node) -> Iterator[RuleBroken]:
    """What is wrong with a node by itself: an aspect's maximum, method and descriptors."""
    if isinstance(node, Aspect):
        yield from check_method(event, node)


def faults_after(scheme: Scheme, place: Place, name: str, text: str) -> list[RuleBroken]:
    """What would be wrong if a field of the node at ``place`` had this text.

    Of an aspect that is everything about it, of anything else only what was not wrong before.
    """
    event = cast(Event, editing.node(scheme, place[:1]))
    try:
        changed = with_field(editing.node(scheme, place), name, text)
    except RuleBroken as refused:
        return [refused]
    if isinstance(changed, Aspect):
        return list(faults_of(event, changed))
    after = editing.node(editing.with_node(scheme, place, changed), place[:1])
    before = check_event(event)
    return [one for one in check_event(cast(Event, after)) if one not in before]


def _read_workplaces(text: str) -> tuple[str, ...]:
    """A list of names, or just how many there are: ``7`` makes 01 to 07."""
    parts = parts_of(text)
    if len(parts) == 1 and parts[0].isdecimal() and len(parts[0]) < 3 and parts[0][0] != "0":
        return tuple(f"{number:02d}" for number in range(1, int(parts[0]) + 1))
    return tuple(parts)


def _read_lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


_READERS: Mapping[str, Callable[[str], Any]] = {
    "cue_minutes": lambda text: tuple(read_whole(part) for part in parts_of(text)),
    "workplaces": _read_workplaces,
    "descriptors": _read_lines,
    "rounding": read_rounding,
    "max": parse_number,
    "weight": parse_number,
}
