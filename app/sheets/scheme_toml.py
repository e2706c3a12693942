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
from app.domain.scheme import Scheme

_LONGEST_TEXT = 2_000_000
_PLAIN = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,10})?", re.ASCII)
_AT_LINE = re.compile(r"at line (\d+), column (\d+)")
_PATH = re.compile(r" - at `\$(.*)`$")
_STEP = re.compile(r"\.([A-Za-z_]\w*)|\[(\d+|\.\.\.)\]")
_LINE_WIDTH = 100
_UNROUNDED = "exact"
_ALWAYS_WRITTEN = {"id", "name"}  # a line without them is hard to talk about
_TABLES = {"competition"}
_TABLE_ARRAYS = {"events", "modules", "subcriteria"}


def parse_scheme(text: str, source: str) -> Scheme:
    """Read a scheme; ``source`` is the file's name for errors.

    Raises ``RuleBroken`` with file, line and the field's path.
    """
    document = _document(text, source)
    document.pop("template", None)
    _unround(document)
    try:
        scheme = msgspec.convert(document, Scheme)
    except msgspec.ValidationError as wrong:
        raise _field_refused(str(wrong), text, document, source) from wrong
    _refuse_odd_numbers(scheme, source)
    return scheme


def _refuse_odd_numbers(struct: Struct, source: str) -> None:
    """A number may also be written as text, which has not been through the check of numbers."""
    for number in _numbers(msgspec.to_builtins(struct, builtin_types=(Decimal,))):
        if not _PLAIN.fullmatch(str(number)):
            raise RuleBroken("scheme-number-odd", file=source, value=str(number)[:40])


def template_table(text: str, source: str) -> dict[str, str]:
    """The ``[template]`` table of a shipped scheme; empty when there is none."""
    return msgspec.convert(_document(text, source).get("template", {}), dict[str, str])


def _document(text: str, source: str) -> dict[str, Any]:
    if len(text) > _LONGEST_TEXT:
        raise RuleBroken("scheme-too-long", file=source)

    def exact(number: str) -> Decimal:
        if not _PLAIN.fullmatch(number.replace("_", "")):
            raise RuleBroken("scheme-number-odd", file=source, value=number[:40])
        return Decimal(number.replace("_", ""))

    try:
        return tomllib.loads(text, parse_float=exact)
    except tomllib.TOMLDecodeError as wrong:
        place = _AT_LINE.search(str(wrong))
        line, column = (int(place.group(1)), int(place.group(2))) if place else (_lines(text), 1)
        raise RuleBroken("scheme-not-toml", file=source, line=line, column=column) from wrong
    except (RecursionError, ValueError) as wrong:
        # A thousand brackets deep, or an integer of ten thousand digits.
        raise RuleBroken("scheme-not-toml", file=source, line=1, column=1) from wrong


def _unround(document: dict[str, Any]) -> None:
    """TOML has no way to write "none": a stage that does not round is written as a word."""
    for event in _dicts(document.get("events")):
        for stages in _dicts([event.get("rounding")]):
            for stage, rounding in stages.items():
                stages[stage] = None if rounding == _UNROUNDED else rounding


def _dicts(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _numbers(value: object) -> Iterator[Decimal]:
    match value:
        case Decimal():
            yield value
        case dict():
            for item in value.values():
                yield from _numbers(item)
        case list() | tuple():
            for item in value:
                yield from _numbers(item)


def _lines(text: str) -> int:
    return text.count("\n") + 1


def _field_refused(message: str, text: str, document: dict[str, Any], source: str) -> RuleBroken:
    """The refusal for a field of the wrong type or name, at the line of the thing it belongs to."""
    found = _PATH.search(message)
    path = found.group(1) if found else ""
    return RuleBroken(
        "scheme-field-wrong",
        file=source,
        line=_line_of(path, text, document),
        field=path.removeprefix(".") or "-",
        cause=_PATH.sub("", message),
    )


def _line_of(path: str, text: str, document: object) -> int:
    """The line where the innermost named thing on the path is written, else the first."""
    names: list[str] = []
    for key, index in _STEP.findall(path):
        match document:
            case dict() if key in document:
                document = document[key]
            case list() if index.isdigit() and int(index) < len(document):
                document = document[int(index)]
            case _:
                break
        if isinstance(document, dict):
            name = document.get("id", document.get("code"))
            names += [name] if isinstance(name, str) else []
    for name in reversed(names):
        wanted = re.compile(rf"\b(?:id|code)\s*=\s*[\"']{re.escape(name)}[\"']")
        for number, line in enumerate(text.splitlines(), start=1):
            if wanted.search(line):
                return number
    return 1


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
    _refuse_odd_numbers(method, source)
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
    """The fields that differ from their default. An unset rounding stage is written as a word."""
    tag = struct.__struct_config__.tag
    if tag is not None:
        yield str(struct.__struct_config__.tag_field), tag
    for spec in msgspec.structs.fields(type(struct)):
        value = getattr(struct, spec.name)
        default = spec.default
        if spec.default_factory is not msgspec.NODEFAULT:
            default = spec.default_factory()
        if spec.required or spec.name in _ALWAYS_WRITTEN or value != default:
            yield spec.name, _UNROUNDED if value is None else value


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
