"""The frame on a real, empty competition file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.facts import CompetitionSet
from app.domain.scheme import Competition
from app.problems import Problem
from app.services.station import record
from app.words import Words
from ui.desk import Status
from ui.opening import StationOpener
from ui.tasks import Tasks


def test_a_new_file_has_nothing_recorded_and_nobody_lacks_anything(
    station_home: Path, tmp_path: Path
) -> None:
    desk = StationOpener(station_home).create(tmp_path / "new.plumb")
    words = Words.load("en")
    assert (desk.title(words), list(desk.judges()), desk.find("x", words)) == ("", [], [])
    assert desk.status(words) == Status("", None, 0)
    desk.close()


def test_a_record_is_shown_backed_up_once_and_counted_as_unshared(
    qtbot: QtBot, station_home: Path, tmp_path: Path
) -> None:
    desk = StationOpener(station_home).create(tmp_path / "new.plumb")
    words = Words.load("en")
    sample = Competition(code="C", title="样例大赛", title_en="Sample finals")
    op = record(desk.station, CompetitionSet(competition=sample))
    assert desk.status(words) == Status(op.op_id, None, 2)
    tasks = Tasks()
    failures: list[Exception] = []
    desk.upkeep(tasks, failures.append)
    qtbot.waitUntil(lambda: not tasks.busy)
    desk.upkeep(tasks, failures.append)
    assert not tasks.busy
    assert failures == []
    assert desk.status(words).backup_age_ms is not None
    assert len(list((tmp_path / "backups").glob("*.plumb"))) == 1
    tasks.close()
    desk.close()


def test_a_file_that_is_gone_is_named(station_home: Path, tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"file-not-found\(file=gone.plumb\)"):
        StationOpener(station_home).open(tmp_path / "gone.plumb")


@pytest.mark.skipif(os.name == "nt", reason="Windows does not let an open file be deleted")
def test_a_file_deleted_under_the_program_is_no_longer_called_saved(
    station_home: Path, tmp_path: Path
) -> None:
    desk = StationOpener(station_home).create(tmp_path / "day.plumb")
    (tmp_path / "day.plumb").unlink()
    assert desk.status(Words.load("en")).trouble == (
        "There is no file day.plumb any more. It may have been moved or the USB stick taken out."
    )
    desk.close()
