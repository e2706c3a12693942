"""Every text exists in both languages, is translated, and can be filled where it is used.

A missing word shows up at a venue, in front of people, in the one dialog nobody had opened before.
"""

from __future__ import annotations

import ast
import re
import string
import tomllib
from functools import cache

import pytest

from app.paths import resource
from app.words import LANGUAGES, Words
from tests.architecture.sources import Module, calls, modules, strings

CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
# What an English screen shows in Chinese on purpose: the name of the language one can switch to.
CHINESE_IN_ENGLISH = ("中文", "中 / EN", "准绳")


@cache
def texts(language: str) -> dict[str, dict[str, str]]:
    """Area to key to text, the errors under ``error.<code>``."""
    areas: dict[str, dict[str, str]] = {}
    for path in sorted(resource("i18n", language).glob("*.toml")):
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        errors = document.pop("error", {})
        areas[path.stem] = document | {f"error.{code}": text for code, text in errors.items()}
    return areas


@cache
def known(language: str) -> dict[str, str]:
    every = Words.load("zh" if language == "zh" else "en").texts
    return {key: every[key] for key in every}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def where(module: Module, node: ast.expr) -> str:
    return f"{module.path}:{node.lineno}"


def unfilled(text: str, call: ast.Call) -> set[str]:
    """Placeholders of the text that this call does not fill; none if it passes a whole dict."""
    given = {keyword.arg for keyword in call.keywords}
    return set() if None in given else placeholders(text) - {str(name) for name in given}


def test_both_languages_have_the_same_areas() -> None:
    assert texts("en").keys() == texts("zh").keys()


def test_every_text_exists_in_both_languages_with_the_same_placeholders() -> None:
    problems = []
    for area, english in texts("en").items():
        chinese = texts("zh").get(area, {})
        problems += [f"{area}: {key} is in one language only" for key in english ^ chinese.keys()]
        for key in english.keys() & chinese.keys():
            if placeholders(english[key]) != placeholders(chinese[key]):
                problems.append(f"{area}: {key} has other placeholders in the other language")
    assert problems == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_flat_filled_and_their_placeholders_are_names(language: str) -> None:
    problems = []
    for area, entries in texts(language).items():
        for key, text in entries.items():
            if not isinstance(text, str) or not text.strip():
                problems.append(f"{area}: {key} is no text")
            elif not all(name.isidentifier() for name in placeholders(text)):
                problems.append(f"{area}: {key} has a placeholder without a name")
    assert problems == []


def test_an_error_code_has_its_sentence_in_one_area_only() -> None:
    areas_of: dict[str, list[str]] = {}
    for area, entries in texts("en").items():
        for key in entries:
            if key.startswith("error."):
                areas_of.setdefault(key, []).append(area)
    assert {key: areas for key, areas in areas_of.items() if len(areas) > 1} == {}


def test_english_texts_hold_no_chinese() -> None:
    problems = []
    for key, text in known("en").items():
        for allowed in CHINESE_IN_ENGLISH:
            text = text.replace(allowed, "")
        if CHINESE.search(text):
            problems.append(key)
    assert problems == []


def test_chinese_texts_are_translated() -> None:
    problems = []
    for key, text in known("zh").items():
        english_words = re.findall(r"[A-Za-z]{3,}", re.sub(r"\{.*?\}", "", text))
        if len(english_words) > 1 and not CHINESE.search(text):
            problems.append(f"{key}: {text}")
    assert problems == []


def test_every_refusal_and_problem_has_a_sentence_that_its_details_fill() -> None:
    problems = []
    for module in modules("app", "ui"):
        for call in calls(module, "RuleBroken", "Problem"):
            for code in strings(call.args[0]) if call.args else []:
                for language in LANGUAGES:
                    text = known(language).get(f"error.{code}")
                    if text is None:
                        problems.append(f"{where(module, call)} {code} has no words in {language}")
                    elif unfilled(text, call):
                        problems.append(f"{where(module, call)} {code} lacks details for: {text}")
    assert problems == []


def test_every_key_that_is_said_exists_and_is_filled() -> None:
    problems = []
    for module in modules("app", "ui"):
        for call in calls(module, "say"):
            for key in strings(call.args[0]) if call.args else []:
                text = known("en").get(key)
                if text is None:
                    problems.append(f"{where(module, call)} there is no text {key}")
                elif unfilled(text, call):
                    problems.append(f"{where(module, call)} {key} is not filled: {text}")
    assert problems == []


def test_every_key_that_is_put_together_begins_like_one_that_exists() -> None:
    problems = []
    for module in modules("app", "ui"):
        for call in calls(module, "say"):
            match call.args:
                case [ast.JoinedStr(values=[ast.Constant(value=str() as start), *_]), *_]:
                    if not any(key.startswith(start) for key in known("en")):
                        problems.append(f"{where(module, call)} no text begins with {start}")
                case _:
                    continue
    assert problems == []
