"""Every shipped template comes out at the result worked out by hand for its sample data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from app.cli.program import main
from app.domain.scheme import rules_hash
from app.services import results
from app.sheets.scheme_files import templates
from tests.templates.worked import DATA, as_table, nominated, run, scheme_of, worked

if TYPE_CHECKING:
    from pathlib import Path

KEYS = sorted(path.stem for path in DATA.glob("*.toml"))


@pytest.mark.parametrize("key", KEYS)
def test_a_template_comes_out_as_worked_out_by_hand(
    key: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = worked(key)
    station = run(case, tmp_path)
    for event in case.events:
        rows = results.in_force(station, event.code).fact.rows
        assert as_table(rows, list(event.expected[0])) == event.expected
        proposed = [
            {"entry": one.entry.rpartition("-")[2], "line": one.line, "rule": one.rule}
            for one in nominated(station, event.code)
        ]
        assert proposed == event.nominations
    station.close()
    for event in case.events:
        capsys.readouterr()
        path = str(tmp_path / f"{key}.plumb")
        assert main(["results", path, "--event", event.code, "--json"]) == 0
        said = json.loads(capsys.readouterr().out)
        assert (said["event"], said["status"]) == (event.code, "provisional")
        assert said["rules_hash"] == event.rules_hash
        printed = [(row["entry"], row["total"], row["award"]) for row in said["rows"]]
        assert printed == [
            (f"{event.code}-{row['entry']}", row["total"], row["award"]) for row in event.expected
        ]


@pytest.mark.parametrize("key", KEYS)
def test_the_rules_of_a_template_are_sound_and_have_their_hash(key: str) -> None:
    read = scheme_of(key)
    assert read.faults == ()
    assert read.warnings == ()
    hashes = {event.code: rules_hash(event) for event in read.scheme.events}
    assert hashes == {event.code: event.rules_hash for event in worked(key).events}


@pytest.mark.parametrize("key", KEYS)
def test_a_template_is_named_in_both_languages_throughout(key: str) -> None:
    template = next(one for one in templates() if one.key == key)
    assert all((template.title, template.title_en, template.sentence, template.sentence_en))
    for event in scheme_of(key).scheme.events:
        assert event.name_en
        assert all(part.name_en for part in event.components)
        assert all(part.name_en for part in event.modules)
        assert all(part.name_en for part in event.aspects())
        assert all(part.name_en for part in event.penalties)
        for module in event.modules:
            assert all(part.name_en for part in module.subcriteria), module.id
        assert all(quota.award_en for quota in event.awards.quotas)
