"""A node of the scheme as fields of a form: what each shows, and how typed text becomes rules.

The only place that knows how a person writes a cue list, a ladder or a method's parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, cast

import msgspec

from app.domain.errors import RuleBroken
from app.domain.methods import (
    Band,
    Binary,
    Count,
    Deduct,
    Direct,
    Judgement,
    Ladder,
    Method,
    Panel,
    Tolerance,
)
from app.domain.scheme import Aspect, EntryCheck, Event, Module, RecheckRule, Subcriterion
from app.services.editing import Node, parse_number
from app.services.rule_changes import written

_COMMAS = str.maketrans("，、；;", ",,,,")
_LARGEST_WHOLE = 100_000


class Kind(Enum):
    """How a field is edited."""

    TEXT = "text"
    NUMBER = "number"
    LINES = "lines"
    FLAG = "flag"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field: ``name`` is the scheme's, ``choices`` the codes of a choice."""

    name: str
    kind: Kind
    value: str
    choices: tuple[str, ...] = ()


METHODS: Mapping[str, Method] = {
    "binary": Binary(),
    "direct": Direct(),
    "deduct": Deduct(per=Decimal("0.5")),
    "count": Count(per=Decimal("0.5")),
    "ladder": Ladder(marks=(Decimal(0), Decimal(1))),
    "tolerance": Tolerance(nominal=Decimal(0), bands=(Band(Decimal("0.1"), Decimal(1)),)),
    "judgement": Judgement(),
    "panel": Panel(judges=5, highest=Decimal(10)),
}
"""The methods by their tag, with parameters to start from."""

_PLAIN: Mapping[type[Node], tuple[tuple[str, Kind], ...]] = {
    Event: (
        ("code", Kind.TEXT),
        ("name", Kind.TEXT),
        ("name_en", Kind.TEXT),
        ("late_minutes", Kind.NUMBER),
        ("recheck", Kind.FLAG),
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
        ("entry_check", Kind.CHOICE),
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
        shown = _shown(value is not None if name == "recheck" else value)
        specs.append(FieldSpec(name, kind, shown, _choices(event, name)))
    if isinstance(node, Aspect):
        specs += _aspect_fields(event, node)
    return tuple(specs)


def _choices(event: Event, name: str) -> tuple[str, ...]:
    match name:
        case "component":
            return tuple(str(one.id) for one in event.components)
        case "entry_check":
            return tuple(one.value for one in EntryCheck)
        case _:
            return ()


def _aspect_fields(event: Event, aspect: Aspect) -> list[FieldSpec]:
    tag = method_tag(aspect.method)
    offered = tuple(METHODS) if tag in METHODS else (*METHODS, tag)
    specs = [FieldSpec("method", Kind.CHOICE, tag, offered)]
    # What the form cannot write yet is shown by its name alone; the scheme's file has the rest.
    parameters = msgspec.structs.fields(type(aspect.method)) if tag in METHODS else ()
    for spec in parameters:
        value = getattr(aspect.method, spec.name)
        shown = _shown_bands(value) if spec.name == "bands" else _shown(value)
        specs.append(FieldSpec(f"method.{spec.name}", Kind.TEXT, shown))
    if isinstance(aspect.method, Judgement):
        lines = "\n".join(aspect.descriptors)
        specs.append(FieldSpec("descriptors", Kind.LINES, lines))
    if event.sections:
        sections = ("", *(section.id for section in event.sections))
        specs.append(FieldSpec("section", Kind.CHOICE, aspect.section, sections))
    specs.append(FieldSpec("requirement", Kind.LINES, aspect.requirement))
    specs.append(FieldSpec("note", Kind.LINES, aspect.note))
    return specs


def method_tag(method: Method) -> str:
    return str(method.__struct_config__.tag)


def with_field(node: Node, name: str, text: str) -> Node:
    """The node with one field as typed. Raises ``RuleBroken`` when the text cannot be read."""
    if name == "method":
        return msgspec.structs.replace(node, method=METHODS[text]) if text in METHODS else node
    if name.startswith("method."):
        aspect = cast(Aspect, node)
        parameter = name.removeprefix("method.")
        now = getattr(aspect.method, parameter)
        value = _read(parameter, now, text)
        return msgspec.structs.replace(
            node, method=msgspec.structs.replace(aspect.method, **{parameter: value})
        )
    return msgspec.structs.replace(node, **{name: _read(name, getattr(node, name), text)})


_NUMBERS = {"per", "nominal", "step", "highest", "lowest", "max", "weight", "spread"}
_WHOLE = {
    "judges",
    "scale",
    "drop_highest",
    "drop_lowest",
    "least",
    "trim_from",
    "limit_minutes",
    "late_minutes",
    "day",
    "number",
}


def _read(name: str, now: Any, text: str) -> Any:
    stripped = text.strip()
    if name == "recheck":
        # The form turns it on and off; other parameters than the usual are written in the file.
        return (now or RecheckRule()) if stripped == "yes" else None
    if isinstance(now, Enum):
        return type(now)(stripped)
    if name in _READERS:
        return _READERS[name](stripped)
    if isinstance(now, bool):
        return stripped == "yes"
    if name in _WHOLE or (isinstance(now, int) and name == "spread"):
        return read_whole(stripped)
    if name == "spread" and not stripped:
        return None
    if name in _NUMBERS:
        return parse_number(stripped)
    return stripped


def read_whole(text: str) -> int:
    """A whole number, not negative."""
    if not text.isascii() or not text.isdecimal() or int(text) > _LARGEST_WHOLE:
        raise RuleBroken("whole-number-needed", value=text[:20])
    return int(text)


def parts_of(text: str) -> list[str]:
    """The pieces of a list typed with commas of either width."""
    return [part.strip() for part in text.translate(_COMMAS).split(",") if part.strip()]


def _read_workplaces(text: str) -> tuple[str, ...]:
    """A list of names, or just how many there are: ``7`` makes 01 to 07."""
    parts = parts_of(text)
    if len(parts) == 1 and parts[0].isdecimal() and len(parts[0]) < 3 and parts[0][0] != "0":
        return tuple(f"{number:02d}" for number in range(1, int(parts[0]) + 1))
    return tuple(parts)


def _read_bands(text: str) -> tuple[Band, ...]:
    """``0.05:2, 0.1:1`` is within 0.05 for 2 marks, within 0.1 for 1."""
    bands = []
    for part in parts_of(text.replace("：", ":")):
        within, colon, mark = part.partition(":")
        if not colon:
            raise RuleBroken("band-unreadable", value=part[:20])
        bands.append(Band(parse_number(within), parse_number(mark)))
    return tuple(bands)


def _read_lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


_READERS: Mapping[str, Callable[[str], Any]] = {
    "cue_minutes": lambda text: tuple(read_whole(part) for part in parts_of(text)),
    "workplaces": _read_workplaces,
    "marks": lambda text: tuple(parse_number(part) for part in parts_of(text)),
    "bands": _read_bands,
    "descriptors": _read_lines,
}


def _shown(value: object) -> str:
    return written(value)


def _shown_bands(bands: tuple[Band, ...]) -> str:
    return ", ".join(f"{written(band.within)}:{written(band.mark)}" for band in bands)
