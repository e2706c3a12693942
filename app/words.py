"""Every sentence the station says, in Chinese and English, looked up by key.

The texts are flat TOML files in ``resources/i18n/<language>``, one for each area. The window and
the command line read the same ones, so an error reads the same wherever it is met.
"""

from __future__ import annotations

import locale
import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from app.domain.errors import Detail, RuleBroken
from app.paths import resource
from app.problems import Problem

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")

_ERROR = "error"


class Texts:
    """The texts of a folder by ``area.key``. A file is read when its area is first asked for: to
    read them all would take longer than to build the window that shows the first."""

    __slots__ = ("_by_area", "_folder")

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._by_area: dict[str, dict[str, str]] = {}

    def __getitem__(self, key: str) -> str:
        area, _, name = key.partition(".")
        return self._area(area)[name]

    def __contains__(self, key: str) -> bool:
        area, _, name = key.partition(".")
        return name in self._area(area)

    def __iter__(self) -> Iterator[str]:
        areas = (path.stem for path in self._folder.glob("*.toml"))
        return (f"{area}.{name}" for area in (*areas, _ERROR) for name in self._area(area))

    def get(self, key: str, default: str) -> str:
        area, _, name = key.partition(".")
        return self._area(area).get(name, default)

    def _area(self, area: str) -> dict[str, str]:
        found = self._by_area.get(area)
        if found is None:
            found = self._errors() if area == _ERROR else _read(self._folder / f"{area}.toml")
            found.pop(_ERROR, None)
            self._by_area[area] = found
        return found

    def _errors(self) -> dict[str, str]:
        """Every area's; a code says nothing of the area it comes from."""
        files = map(_read, sorted(self._folder.glob("*.toml")))
        return {code: text for texts in files for code, text in texts.get(_ERROR, {}).items()}


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language by ``area.key``; an error's text is ``error.<code>``."""

    language: Language
    texts: Texts

    @staticmethod
    def load(language: Language) -> Words:
        return Words(language, Texts(resource("i18n", language)))

    def say(self, key: str, **details: Detail) -> str:
        """The text for ``key`` with its placeholders filled; an unknown key is a bug.

        ``{count:mark is|marks are}`` says the first of the two for one, else the second.
        """
        text = self.texts[key]
        if "|" not in text:
            return text.format(**details)
        return text.format(**{name: _Filled(value) for name, value in details.items()})

    def explain(self, refusal: RuleBroken | Problem) -> str:
        """The sentence for a refusal or a problem: what happened and what to do."""
        return self.say(f"error.{refusal.code}", **refusal.details)

    def pick(self, name: str, name_en: str) -> str:
        """A name out of the scheme in this language where it has one."""
        return name_en if self.language == "en" and name_en else name


@dataclass(frozen=True, slots=True)
class _Filled:
    """What fills a placeholder, able to choose between one and many."""

    value: Detail

    def __str__(self) -> str:
        return str(self.value)

    def __format__(self, wanted: str) -> str:
        one, bar, many = wanted.partition("|")
        if not bar:
            return format(self.value, wanted)
        return one if self.value in (1, "1") else many


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def system_language() -> Language:
    """Chinese on a Chinese machine, else English. ``LANG`` wins where it is set."""
    named = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return "zh" if named.lower().startswith(("zh", "chinese")) else "en"
