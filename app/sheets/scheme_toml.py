"""Schemes as TOML: the form a person can read, mail and edit.

``format_scheme`` writes what ``parse_scheme`` reads back as an equal scheme. Numbers never pass
through a binary float. A ``[template]`` table, which only shipped templates have, is about the file
and not part of the scheme.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from typing import Any

import msgspec
from msgspec import Struct

from app.domain.errors import RuleBroken
from app.domain.methods import Method
from app.domain.scheme import Scheme, Stages
from app.domain.scheme_check import check_scheme
from app.sheets.scheme_faults import field_wrong, located, not_toml, odd_number
from app.sheets.toml_lines import MOST_LEVELS, Path, key_lines, too_deep_line

_LONGEST_TEXT = 2_000_000
_PLAIN = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,10})?", re.ASCII)
_LINE_WIDTH = 100
_UNROUNDED = "exact"
_UNSET = "none"
_ALWAYS_WRITTEN = {"id", "name"}  # a line without them is hard to talk about
_TABLES = {"competition"}
_TABLE_ARRAYS = {"events", "modules", "subcriteria"}


def parse_scheme(text: str, source: str) -> Scheme:
    """Read a scheme; ``source`` is the file's name for errors.

    Raises ``RuleBroken`` with file, line and the field's path.
    """
    return _scheme(_rules(text, source), text, source)


def parse_and_check(text: str, source: str) -> tuple[Scheme, list[RuleBroken]]:
    """The same with everything that keeps the scheme from being used, each fault at its line."""
    document = _rules(text, source)
    scheme = _scheme(document, text, source)
    faults = check_scheme(scheme)
    lines = key_lines(text) if faults else {}
    return scheme, [located(fault, document, lines) for fault in faults]


def _rules(text: str, source: str) -> dict[str, Any]:
    document = _document(text, source)
    document.pop("template", None)
    _unround(document)
    return document


def _scheme(document: dict[str, Any], text: str, source: str) -> Scheme:
    try:
        scheme = msgspec.convert(document, Scheme)
    except msgspec.ValidationError as wrong:
        raise field_wrong(str(wrong), text, document, source) from wrong
    _refuse_odd_numbers(scheme, text, source)
    return scheme


def _refuse_odd_numbers(struct: Struct, text: str, source: str) -> None:
    """A number may also be written as text, which has not been through the check of numbers."""
    for path, number in _numbers(msgspec.to_builtins(struct, builtin_types=(Decimal,)), ()):
        if not _PLAIN.fullmatch(str(number)):
            raise odd_number(str(number), path, text, source)


def template_table(text: str, source: str) -> dict[str, str]:
    """The ``[template]`` table of a shipped scheme; empty when there is none."""
    return msgspec.convert(_document(text, source).get("template", {}), dict[str, str])


def _document(text: str, source: str) -> dict[str, Any]:
    if len(text) > _LONGEST_TEXT:
        raise RuleBroken("scheme-too-long", file=source)
    if line := too_deep_line(text):
        raise RuleBroken("scheme-too-deep", file=source, line=line, most=MOST_LEVELS)

    def exact(number: str) -> Decimal:
        if not _PLAIN.fullmatch(number.replace("_", "")):
            raise odd_number(number, (), text, source)
        return Decimal(number.replace("_", ""))

    try:
        return tomllib.loads(text, parse_float=exact)
    except tomllib.TOMLDecodeError as wrong:
        raise not_toml(str(wrong), text, source) from wrong
    except ValueError as wrong:
        # An integer of ten thousand digits.
        raise RuleBroken("scheme-not-toml", file=source, line=1, column=1) from wrong


def _unround(document: dict[str, Any]) -> None:
    """TOML cannot write nothing, so a word stands where a field with another default is not set."""
    for event in _dicts(document.get("events")):
        for stages in _dicts([event.get("rounding")]):
            for stage, rounding in stages.items():
                stages[stage] = None if rounding == _UNROUNDED else rounding
        for awards in _dicts([event.get("awards")]):
            for medals in _dicts([awards.get("medals")]):
                for field, value in medals.items():
                    medals[field] = None if value == _UNSET else value


def _dicts(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _numbers(value: object, path: Path) -> Iterator[tuple[Path, Decimal]]:
    match value:
        case Decimal():
            yield path, value
        case dict():
            for key, item in value.items():
                yield from _numbers(item, (*path, key))
        case list() | tuple():
            for place, item in enumerate(value):
                yield from _numbers(item, (*path, place))


# ------------------------------------------------------------------------------------------ methods


def format_method(method: Method) -> str:
    """One marking method as an inline table: ``{ method = "deduct", per = 0.25 }``."""
    return _inline(method)


def parse_method(text: str, source: str) -> Method:
    """Read what ``format_method`` wrote. Refuses as ``parse_scheme`` does."""
    table = _document(f"method = {text}", source).get("method")
    try:
        method: Method = msgspec.convert(table, Method)
    except msgspec.ValidationError as wrong:
        raise RuleBroken("scheme-not-toml", file=source, line=1, column=1) from wrong
    _refuse_odd_numbers(method, text, source)
    return method


# ------------------------------------------------------------------------------------------ writing


def format_scheme(scheme: Scheme) -> str:
    """The scheme as TOML: tables down to the sub-criteria, one aspect a line."""
    return "\n".join(_table(scheme, "")).strip() + "\n"


def _table(struct: Struct, path: str) -> Iterator[str]:
    """Plain fields first, then tables: TOML reads a field after a table as the table's."""
    fields = dict(_set_fields(struct))
    for name, value in fields.items():
        if name not in _TABLES | _TABLE_ARRAYS:
            yield from _assignment(name, value)
    for name, value in fields.items():
        inner = f"{path}.{name}" if path else name
        if name in _TABLES:
            yield from ("", f"[{inner}]", *_table(value, inner))
        elif name in _TABLE_ARRAYS:
            for item in value:
                yield from ("", f"[[{inner}]]", *_table(item, inner))


def _set_fields(struct: Struct) -> Iterator[tuple[str, Any]]:
    """The fields that differ from their default. One that is not set is a word."""
    tag = struct.__struct_config__.tag
    if tag is not None:
        yield str(struct.__struct_config__.tag_field), tag
    for spec in msgspec.structs.fields(type(struct)):
        value = getattr(struct, spec.name)
        default = spec.default
        if spec.default_factory is not msgspec.NODEFAULT:
            default = spec.default_factory()
        if spec.required or spec.name in _ALWAYS_WRITTEN or value != default:
            nothing = _UNROUNDED if isinstance(struct, Stages) else _UNSET
            yield spec.name, nothing if value is None else value


def _assignment(name: str, value: object) -> Iterator[str]:
    line = f"{name} = {_inline(value)}"
    is_list_of_things = isinstance(value, tuple) and any(isinstance(v, Struct) for v in value)
    if isinstance(value, tuple) and (is_list_of_things or len(line) > _LINE_WIDTH):
        yield f"{name} = ["
        yield from (f"  {_inline(item)}," for item in value)
        yield "]"
    else:
        yield line


def _inline(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case Enum():
            return _quoted(str(value.value))
        case str():
            return _quoted(value)
        case int():
            return str(value)
        case Decimal():
            return format(value, "f")
        case tuple():
            items = [_inline(item) for item in value]
            # A line break is allowed inside a list, though not in the table around it.
            joint = ",\n    " if sum(map(len, items)) > _LINE_WIDTH else ", "
            return f"[{joint.join(items)}]"
        case Struct():
            inner = ", ".join(f"{name} = {_inline(part)}" for name, part in _set_fields(value))
            return f"{{ {inner} }}" if inner else "{}"
        case _:
            raise TypeError(f"no TOML form for {type(value).__name__}")


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    shown = (
        character if character.isprintable() or character in "\u3000\u00a0" else _escape(character)
        for character in escaped
    )
    return f'"{"".join(shown)}"'


def _escape(character: str) -> str:
    short = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return short.get(character) or f"\\U{ord(character):08X}"
