"""Blank sheets: every aspect has its line, whatever method it is marked by."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from app.reports.score_sheet import write_score_sheets
from app.services import rules
from app.services.score_sheets import blank_sheets
from app.sheets.scheme_files import templates
from app.words import Words
from tests.templates.worked import DATA, run, worked

if TYPE_CHECKING:
    from pathlib import Path

KEYS = sorted(one.key for one in templates() if (DATA / f"{one.key}.toml").exists())


@pytest.mark.parametrize("key", KEYS)
def test_every_aspect_of_a_template_has_its_line_and_prints(key: str, tmp_path: Path) -> None:
    case, words = worked(key), Words.load("zh")
    station = run(case, tmp_path)
    for event in case.events:
        for module in rules.rules(station, event.code).modules:
            sheets = blank_sheets(station, event.code, module.id, words)
            lines = {line.aspect for line in sheets[0].measured}
            lines |= {line.aspect for line in sheets[0].judged}
            assert lines - {""} == {aspect.id for aspect in module.aspects()}
            assert write_score_sheets(sheets[:1], words, io.BytesIO()) >= 1
    station.close()
