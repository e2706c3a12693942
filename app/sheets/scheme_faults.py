"""What is wrong with a scheme in TOML, as one refusal that names file, line and field.

The reader underneath says what it expected and where in the tree; a person needs the line, and what
could stand there instead.
"""

from __future__ import annotations

import re
import types
import typing
from enum import Enum
from typing import Any

import msgspec
from msgspec import Struct

from app.domain.errors import RuleBroken
from app.domain.scheme import Scheme
from app.sheets.toml_lines import Path, key_lines, line_at

_PLACE = re.compile(r" - at `\$(.*)`$")
_STEP = re.compile(r"\.([A-Za-z_]\w*)|\[(\d+)\]")
_NAMED = re.compile(r"`([^`]*)`")
_VALUE = re.compile(r"Invalid (?:enum )?value '?(.*?)'?$")
_EXPECTED = re.compile(r"Expected `([a-z]+)(?: \| null)?`")
_CODES = {
    "str": "scheme-field-not-text",
    "int": "scheme-field-not-whole",
    "decimal": "scheme-field-not-number",
    "bool": "scheme-field-not-yes-or-no",
    "array": "scheme-field-not-list",
    "object": "scheme-field-not-table",
}
_AT_LINE = re.compile(r"at line (\d+), column (\d+)")
_TWICE = re.compile(r"overwrite|twice|uplicate|immutable|mutate")
_FULL_WIDTH = re.compile(
    "[\uff1d\uff0c\u201c\u201d\u2018\u2019\u3010\u3011\uff5b\uff5d\uff3b\uff3d\uff03\u3002]"
)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|' + r"'[^']*'|#.*")
_LONGEST = 60

# The keys of details that name a thing in the scheme, the innermost first, and what names it there.
_NAMES = ("aspect", "subcriterion", "module", "component", "section", "reason", "award", "by", "id")
_NAMED_BY = ("id", "code", "award", "by")


def not_toml(message: str, text: str, source: str) -> RuleBroken:
    """The refusal of a document that is no TOML at all."""
    place = _AT_LINE.search(message)
    line = int(place.group(1)) if place else text.count("\n") + 1
    column = int(place.group(2)) if place else 1
    if _TWICE.search(message):
        return RuleBroken("scheme-key-twice", file=source, line=line)
    written = text.split("\n")[line - 1] if text else ""
    if sign := _FULL_WIDTH.search(_QUOTED.sub("", written)):
        return RuleBroken("scheme-full-width", file=source, line=line, sign=sign.group())
    return RuleBroken("scheme-not-toml", file=source, line=line, column=column)


def field_wrong(message: str, text: str, document: object, source: str) -> RuleBroken:
    """The refusal of a field: unknown, missing, or not what belongs there."""
    found = _PLACE.search(message)
    cause = _PLACE.sub("", message)
    path = path_of(found.group(1) if found else "")
    lines = key_lines(text)
    named = _NAMED.search(cause)

    def refusal(code: str, path: Path, **details: str) -> RuleBroken:
        where = shown(path, document)
        return RuleBroken(code, file=source, line=line_at(lines, path), field=where, **details)

    if cause.startswith("Object contains unknown field") and named:
        known = ", ".join(_choices(_type_at(path, document)))
        return refusal("scheme-field-unknown", (*path, named.group(1)), known=known)
    if cause.startswith("Object missing required field") and named:
        return refusal("scheme-field-missing", (*path, named.group(1)))
    if (value := _VALUE.search(cause)) is not None:
        choices = ", ".join(_choices(_type_at(path, document)))
        return refusal(
            "scheme-choice-unknown", path, value=value.group(1)[:_LONGEST], choices=choices
        )
    if cause == "Invalid decimal string":
        return refusal("scheme-field-not-number", path)
    expected = _EXPECTED.match(cause)
    if expected is not None and expected.group(1) in _CODES:
        return refusal(_CODES[expected.group(1)], path)
    return refusal("scheme-field-wrong", path, cause=cause)


def odd_number(value: str, path: Path, text: str, source: str) -> RuleBroken:
    """The refusal of a number such as 1e9 or nan; without a path it is looked for in the text."""
    line = line_at(key_lines(text), path) if path else _first_line_with(value, text)
    return RuleBroken("scheme-number-odd", file=source, line=line, value=value[:40])


def _first_line_with(value: str, text: str) -> int:
    wanted = re.compile(rf"(?<![\w.+-]){re.escape(value)}(?![\w.])")
    for number, line in enumerate(text.split("\n"), start=1):
        if wanted.search(_QUOTED.sub("", line)):
            return number
    return 1


def located(fault: RuleBroken, document: object, lines: dict[Path, int]) -> RuleBroken:
    """A fault of the scheme with the line of the thing it names, where it names one."""
    for key in _NAMES:
        name = fault.details.get(key)
        places = _named(document, name, (), fault.details.get("event")) if name else []
        if places:
            # Of things with one name it is the later one that has to go.
            return RuleBroken(fault.code, **fault.details, line=line_at(lines, places[-1]))
    return fault


def _named(found: object, name: object, path: Path, event: object) -> list[Path]:
    """The places of everything of that name, within the event where one is told."""
    match found:
        case dict():
            if (
                path[:1] == ("events",)
                and len(path) == 2
                and event not in (None, found.get("code"))
            ):
                return []
            own = [path] if any(found.get(key) == name for key in _NAMED_BY) else []
            inner = [_named(item, name, (*path, key), event) for key, item in found.items()]
            return own + [place for places in inner for place in places]
        case list():
            inner = [_named(item, name, (*path, n), event) for n, item in enumerate(found)]
            return [place for places in inner for place in places]
        case _:
            return []


def path_of(written: str) -> Path:
    """``.events[0].name`` as a path."""
    return tuple(int(index) if index else key for key, index in _STEP.findall(written))


def shown(path: Path, document: object) -> str:
    """A path as a person finds it: things with an id or code by that, others by their number."""
    parts: list[str] = []
    for step in path:
        document = _inside(document, step)
        if isinstance(step, str):
            parts.append(step)
            continue
        name = document.get("id", document.get("code")) if isinstance(document, dict) else None
        parts[-1] += f"[{name if isinstance(name, str) and name else step + 1}]"
    return ".".join(parts) or "-"


def _inside(document: object, step: str | int) -> object:
    match document:
        case dict():
            return document.get(step)
        case list() if isinstance(step, int) and step < len(document):
            return document[step]
        case _:
            return None


# ------------------------------------------------------------------------- what may stand there


def _type_at(path: Path, document: object) -> Any:
    """The type the scheme has at a path; a method is told by its tag in the document."""
    kind: Any = Scheme
    for step in path:
        kind = _one_of(kind, document)
        document = _inside(document, step)
        if isinstance(step, int):
            kind = typing.get_args(kind)[0] if typing.get_args(kind) else None
        elif _is_struct(kind) and step != kind.__struct_config__.tag_field:
            kind = typing.get_type_hints(kind).get(step)
        else:
            # The tag itself: every type of the union is a choice.
            return kind if kind is None or not _is_struct(kind) else [kind]
    return _one_of(kind, document)


def _one_of(kind: Any, document: object) -> Any:
    """Of a union the type that the document means, or all of them."""
    if typing.get_origin(kind) not in (typing.Union, types.UnionType):
        return kind
    kinds = [one for one in typing.get_args(kind) if one is not type(None)]
    if len(kinds) == 1:
        return kinds[0]
    tags = {one.__struct_config__.tag: one for one in kinds if _is_struct(one)}
    field = next(iter(tags.values())).__struct_config__.tag_field if tags else None
    tag = document.get(field) if isinstance(document, dict) else None
    return tags.get(tag, kinds)


def _choices(kind: Any) -> list[str]:
    """What a person may write: the fields of a table, the words of a choice, the methods."""
    if isinstance(kind, list):
        return sorted(str(one.__struct_config__.tag) for one in kind if _is_struct(one))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return [str(member.value) for member in kind]
    if not _is_struct(kind):
        return []
    config = kind.__struct_config__
    tag = [str(config.tag_field)] if config.tag is not None else []
    return tag + [field.name for field in msgspec.structs.fields(kind)]


def _is_struct(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct)
