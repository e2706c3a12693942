"""The manual of the TOML format says what the program reads: fields, types, defaults, examples."""

from __future__ import annotations

import re
import tomllib
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

import msgspec
import pytest
from msgspec import Struct

from app.domain.methods import Method
from app.domain.scheme import Scheme, Stages
from app.sheets.scheme_toml import parse_and_check
from tests.sheets.books import LEAST, ROOT

MANUALS = {
    "en": ROOT / "docs" / "manual" / "scheme-toml.md",
    "zh": ROOT / "docs" / "manual" / "scheme-toml.zh-CN.md",
}
LANGUAGES = tuple(MANUALS)
HEADING = re.compile(r"^#{2,4} `([\w.-]+)`", re.MULTILINE)
ROW = re.compile(r"^\| `(\w+)` \| (.*?) \| (.*?) \| (.+) \|$", re.MULTILINE)
EXAMPLE = re.compile(r"^```toml\n(.*?)^```$", re.MULTILINE | re.DOTALL)

KINDS: dict[object, tuple[str, str]] = {
    str: ("text", "文字"),
    int: ("whole number", "整数"),
    Decimal: ("number", "数"),
    bool: ("true or false", "true 或 false"),
}
WORDS = {
    "required": ("required", "必填"),
    "none": ("none", "无"),
    "empty": ("empty", "空"),
    "unset": ("not set", "不设"),
    "own": ("its own defaults", "按其各项默认"),
    "table": ("table", "表"),
    "list": ("list: {}", "列表：{}"),
    "method": ("a method", "评分方法"),
    "exact": ("table or `exact`", "表或 `exact`"),
}


def said(word: str, language: str) -> str:
    return WORDS[word][LANGUAGES.index(language)]


def kind_of(hint: Any, language: str, owner: type[Struct]) -> str:
    """What the type column has to say of a field."""
    if hint == Method:
        return said("method", language)
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        of_value = [one for one in typing.get_args(hint) if one is not type(None)]
        if owner is Stages:
            return said("exact", language)
        if all(isinstance(one, type) and issubclass(one, Struct) for one in of_value):
            return said("table", language)
        (hint,) = of_value
    if typing.get_origin(hint) is tuple:
        inner = kind_of(typing.get_args(hint)[0], language, owner)
        return said("list", language).format(inner)
    hint = getattr(hint, "__supertype__", hint)
    if isinstance(hint, type) and issubclass(hint, Struct):
        return said("table", language)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return ", ".join(f"`{member.value}`" for member in hint)
    return KINDS[hint][LANGUAGES.index(language)]


def default_of(field: Any, language: str, owner: type[Struct]) -> str:
    """What the default column has to say of a field."""
    if field.required:
        return said("required", language)
    default = field.default
    if field.default_factory is not msgspec.NODEFAULT:
        default = field.default_factory()
    if default is None:
        return "`exact`" if owner is Stages else said("unset", language)
    if default in ("", ()):
        return said("none" if default == () else "empty", language)
    if isinstance(default, Struct) and default.__struct_config__.tag:
        return f"`{default.__struct_config__.tag}`"
    is_table = isinstance(default[0] if isinstance(default, tuple) else default, Struct)
    return said("own", language) if is_table else f"`{literal(default)}`"


def literal(value: object) -> str:
    """A plain value as it is written in TOML, texts without their quotation marks."""
    match value:
        case bool():
            return str(value).lower()
        case Enum():
            return str(value.value)
        case tuple():
            return f"[{', '.join(map(literal, value))}]"
        case _:
            return str(value)


@dataclass(frozen=True)
class Documented:
    """A table that can be written: its type, and the names a heading may call it by."""

    struct: type[Struct]
    names: list[str]


def tables() -> list[Documented]:
    """Every table the reader knows, however deep."""
    found: dict[type[Struct], list[str]] = {}

    def visit(hint: Any, name: str) -> None:
        if isinstance(hint, type) and issubclass(hint, Struct):
            tag = hint.__struct_config__.tag
            own = str(tag) if tag else name
            if own not in found.setdefault(hint, []):
                found[hint].append(own)
                inside = "" if hint is Scheme else f"{own}."
                for field, inner in typing.get_type_hints(hint).items():
                    visit(inner, inside + field)
        for inner in typing.get_args(hint):
            visit(inner, name)

    visit(Scheme, "scheme")
    return [Documented(struct, names) for struct, names in found.items()]


def sections(language: str) -> dict[str, str]:
    """The text under each heading that names a table."""
    text = MANUALS[language].read_text(encoding="utf-8")
    starts = [*HEADING.finditer(text)]
    ends = [start.start() for start in starts[1:]] + [len(text)]
    return {
        start.group(1): text[start.end() : end] for start, end in zip(starts, ends, strict=True)
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_and_field_is_documented_with_its_type_and_default(language: str) -> None:
    written = sections(language)
    missing, wrong = [], []
    for table in tables():
        name = next((name for name in table.names if name in written), None)
        if name is None:
            missing.append(" or ".join(table.names))
            continue
        rows = {row[0]: row[1:3] for row in ROW.findall(written[name])}
        hints = typing.get_type_hints(table.struct)
        expected = {
            field.name: (
                kind_of(hints[field.name], language, table.struct),
                default_of(field, language, table.struct),
            )
            for field in msgspec.structs.fields(table.struct)
        }
        missing += [f"{name}.{field}" for field in expected if field not in rows]
        wrong += [
            f"{name}.{field}: {rows[field]}, not {expected.get(field)}"
            for field in rows
            if rows[field] != expected.get(field)
        ]
    assert missing == []
    assert wrong == []


def examples(language: str) -> Iterator[Any]:
    text = MANUALS[language].read_text(encoding="utf-8") if MANUALS[language].exists() else ""
    for example in EXAMPLE.finditer(text):
        line = text.count("\n", 0, example.start()) + 1
        yield pytest.param(example.group(1), id=f"{language}-line-{line}")


@pytest.mark.parametrize(
    "example", [example for language in LANGUAGES for example in examples(language)]
)
def test_every_example_can_be_used_as_it_stands(example: str) -> None:
    """A whole scheme, standings of a competition, the fields of one aspect, or of the event."""
    document = tomllib.loads(example)
    if "competition" in document:
        text = example
    elif "standings" in document:
        text = LEAST.replace('title = "样例"', f'title = "样例"\n{example}')
    elif "method" in document or "descriptors" in document:
        fields = ", ".join(line for line in example.splitlines() if line)
        text = LEAST.replace("max = 2.50", fields)
    else:
        text = LEAST.replace('name = "模块"', 'name = "模块"\nlimit_minutes = 60')
        text = text.replace('code = "E"', f'code = "E"\n{example}')
    _, faults = parse_and_check(text, "example.toml")
    assert [str(fault) for fault in faults] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_method_has_an_example(language: str) -> None:
    written = sections(language)
    tags = {str(kind.__struct_config__.tag) for kind in typing.get_args(Method)}
    assert {tag for tag in tags if f'method = "{tag}"' not in written.get(tag, "")} == set()


def test_both_languages_have_the_same_tables_and_examples() -> None:
    english, chinese = (sections(language) for language in LANGUAGES)
    assert list(english) == list(chinese)
    for name, text in english.items():
        assert text.count("```toml") == chinese[name].count("```toml"), name
