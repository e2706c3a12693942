"""The frame on a real, empty competition file."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.problems import Problem
from app.words import Words
from ui.desk import Status
from ui.station_desk import StationOpener


def test_a_new_file_has_nothing_recorded_and_nobody_lacks_anything(
    station_home: Path, tmp_path: Path
) -> None:
    desk = StationOpener(station_home).create(tmp_path / "new.plumb")
    words = Words.load("en")
    assert (desk.title(words), list(desk.judges()), desk.find("x", words)) == ("", [], [])
    assert desk.status(words) == Status("", None, 0)
    desk.close()


def test_a_file_that_is_gone_is_named(station_home: Path, tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"file-not-found\(file=gone.plumb\)"):
        StationOpener(station_home).open(tmp_path / "gone.plumb")
