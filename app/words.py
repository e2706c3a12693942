"""Every sentence the station says, in Chinese and English, looked up by key.

The texts are flat TOML files in ``resources/i18n/<language>``, one for each area. The window and
the command line read the same ones, so an error reads the same wherever it is met.
"""

from __future__ import annotations

import locale
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app.domain.errors import Detail, RuleBroken
from app.paths import resource
from app.problems import Problem

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language by ``area.key``; an error's text is ``error.<code>``."""

    language: Language
    texts: dict[str, str]

    @staticmethod
    def load(language: Language) -> Words:
        texts: dict[str, str] = {}
        for path in sorted(resource("i18n", language).glob("*.toml")):
            texts.update(_texts_of(path))
        return Words(language, texts)

    def say(self, key: str, **details: Detail) -> str:
        """The text for ``key`` with its placeholders filled; an unknown key is a bug."""
        return self.texts[key].format(**details)

    def explain(self, refusal: RuleBroken | Problem) -> str:
        """The sentence for a refusal or a problem: what happened and what to do."""
        return self.say(f"error.{refusal.code}", **refusal.details)

    def pick(self, name: str, name_en: str) -> str:
        """A name out of the scheme in this language where it has one."""
        return name_en if self.language == "en" and name_en else name


def _texts_of(path: Path) -> dict[str, str]:
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    errors: dict[str, str] = document.pop("error", {})
    texts = {f"{path.stem}.{key}": text for key, text in document.items()}
    return texts | {f"error.{code}": text for code, text in errors.items()}


def system_language() -> Language:
    """Chinese on a Chinese machine, else English. ``LANG`` wins where it is set."""
    named = os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0] or ""
    return "zh" if named.lower().startswith(("zh", "chinese")) else "en"
