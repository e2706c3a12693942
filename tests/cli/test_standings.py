"""``standings`` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli.program import main
from tests.samples.results import published_event
from tests.samples.season import season_file

pytestmark = pytest.mark.usefixtures("station_home")


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "season.plumb"
    season_file(path, home=tmp_path).close()
    return path


def test_standings_are_one_object(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["standings", str(file), "--standing", "overall", "--json"]) == 0
    (overall,) = json.loads(capsys.readouterr().out)["standings"]
    assert overall["standing"] == "overall"
    assert overall["status"] == "draft"
    assert overall["rows"][2] == {
        "rank": 3,
        "name": "",
        "unit": "样例三厂",
        "total": "4.00",
        "award": "",
        "star": "",
        "counted": ["M3-04"],
        "left_out": [],
    }


def test_without_a_code_every_standing_is_shown(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["standings", str(file)]) == 0
    said = capsys.readouterr().out
    assert [name for name in ("Season points", "Teams", "Overall") if name in said] == [
        "Season points",
        "Teams",
        "Overall",
    ]


def test_a_standing_is_written_as_a_file(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = file.with_name("season.xlsx")
    assert main(["standings", str(file), "--standing", "season", "-o", str(out)]) == 0
    assert capsys.readouterr().out == "4 rows in season.xlsx.\n"
    assert out.is_file()


def test_which_of_several_is_written_has_to_be_said(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = file.with_name("any.pdf")
    assert main(["standings", str(file), "-o", str(out)]) == 2
    assert "season, teams, overall" in capsys.readouterr().err
    assert not out.exists()


def test_a_competition_without_standings_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "weld.plumb"
    published_event(path, home=tmp_path).close()
    assert main(["standings", str(path)]) == 2
    assert "This competition has no combined standings." in capsys.readouterr().err
