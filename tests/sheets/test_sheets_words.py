"""Importing the package loads no workbook library, and every warning it can give has words."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import app.sheets
from app.words import LANGUAGES, Words
from tests.sheets.books import ROOT

CODE = re.compile(r"(?:sheet|cis|scheme|roster|marks)(?:-[a-z]+)+")


def codes_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return {text for text in texts if isinstance(text, str) and CODE.fullmatch(text)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_the_package_mentions_has_words(language: str) -> None:
    (folder,) = app.sheets.__path__
    mentioned = set().union(*(codes_in(path) for path in Path(folder).glob("*.py")))
    assert len(mentioned) > 60
    known = Words.load("zh" if language == "zh" else "en").texts
    assert {code for code in mentioned if f"error.{code}" not in known} == set()


def test_every_sentence_of_the_area_is_about_a_code_the_package_mentions() -> None:
    (folder,) = app.sheets.__path__
    mentioned = set().union(*(codes_in(path) for path in Path(folder).glob("*.py")))
    area = (ROOT / "resources" / "i18n" / "en" / "sheets.toml").read_text(encoding="utf-8")
    written = set(re.findall(r"^((?:sheet|cis|scheme|roster|marks)-[a-z-]+) =", area, re.MULTILINE))
    assert written - mentioned == set()


def test_importing_the_package_loads_no_workbook_library() -> None:
    modules = "app.sheets.roster_preview, app.sheets.scheme_files, app.sheets.result_tables"
    script = f"import sys, {modules}; print({{'python_calamine', 'xlsxwriter'}} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "set()"
