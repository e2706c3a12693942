"""The frame on a real, empty competition file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.changes import Changes, Topic
from app.domain.facts import CompetitionSet
from app.domain.scheme import Competition
from app.paths import resource
from app.problems import Problem
from app.services import backups
from app.services.station import record
from app.settings import Settings
from app.storage import oplog
from app.words import Words
from tests.ui.around import Person
from ui.desk import Status
from ui.frame.desk_view import DeskView
from ui.frame.trouble import TroubleBanner
from ui.main_window import MainWindow
from ui.opening import StationOpener
from ui.tasks import Tasks


def test_a_new_file_has_nothing_recorded_and_nobody_lacks_anything(
    station_home: Path, tmp_path: Path
) -> None:
    desk = StationOpener(station_home).create(tmp_path / "new.plumb")
    words = Words.load("en")
    assert (desk.title(words), list(desk.judges()), desk.find("x", words)) == ("", [], [])
    assert desk.status() == Status("", None, 0)
    desk.close()


def test_a_record_is_shown_backed_up_once_and_counted_as_unshared(
    qtbot: QtBot, station_home: Path, tmp_path: Path
) -> None:
    desk = StationOpener(station_home).create(tmp_path / "new.plumb")
    sample = Competition(code="C", title="样例大赛", title_en="Sample finals")
    op = record(desk.station, CompetitionSet(competition=sample))
    assert desk.status() == Status(op.op_id, None, 2)
    tasks = Tasks()
    failures: list[Exception] = []
    desk.upkeep(tasks, failures.append)
    qtbot.waitUntil(lambda: not tasks.busy)
    desk.upkeep(tasks, failures.append)
    assert not tasks.busy
    assert failures == []
    assert desk.status().backup_age_ms is not None
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
    assert str(desk.status().trouble) == "file-gone(file=day.plumb)"
    desk.close()


@pytest.fixture
def day(
    qtbot: QtBot, station_home: Path, tmp_path: Path, answers: Person
) -> Iterator[tuple[MainWindow, Path]]:
    """The window on a file with one record and one backup."""
    path = tmp_path / "day.plumb"
    opener = StationOpener(station_home)
    desk = opener.create(path)
    record(desk.station, CompetitionSet(competition=Competition(code="C", title="样例大赛")))
    backups.back_up_now(desk.station)
    desk.close()
    settings = Settings(language="en", theme="light")
    window = MainWindow(settings, opener, ask=lambda _window: answers, remembers=False, file=path)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield window, path
    answers.agrees = True
    window.close()
    window.deleteLater()


def trouble_of(window: MainWindow) -> TroubleBanner:
    assert isinstance(window.view, DeskView)
    return window.view.trouble


@pytest.mark.skipif(os.name == "nt", reason="Windows does not let an open file be deleted")
def test_a_deleted_file_is_noticed_by_itself_and_work_goes_on_in_a_copy(
    qtbot: QtBot, day: tuple[MainWindow, Path], answers: Person
) -> None:
    window, path = day
    path.unlink()
    qtbot.waitUntil(lambda: trouble_of(window).isVisible())
    assert trouble_of(window).text.startswith("day.plumb is no longer where it was opened")
    answers.agrees = False
    window.close()
    assert window.isVisible()
    assert answers.confirmed[-1].lost == ("All records since the last backup or copy",)
    answers.path = path.with_name("copy.plumb")
    qtbot.mouseClick(button(trouble_of(window), "Save a copy…"), Qt.MouseButton.LeftButton)
    assert window.desk is not None
    assert window.desk.path == answers.path
    assert oplog.count(window.desk.station.database) == 2
    assert not trouble_of(window).isVisible()


def test_damage_met_in_the_window_offers_the_newest_good_backup(
    qtbot: QtBot, day: tuple[MainWindow, Path], answers: Person
) -> None:
    window, path = day
    assert window.desk is not None
    window.desk.station.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path.write_bytes(path.read_bytes()[:4096] + bytes(path.stat().st_size - 4096))
    window.desk.station.connection.execute("PRAGMA shrink_memory")
    assert isinstance(window.view, DeskView)
    window.view.refresh()
    assert trouble_of(window).text.startswith("day.plumb is damaged")
    answers.path = path.with_name("restored.plumb")
    restore = button(trouble_of(window), "Go on in the newest good backup…")
    qtbot.mouseClick(restore, Qt.MouseButton.LeftButton)
    assert window.desk.path == answers.path
    assert oplog.count(window.desk.station.database) == 2
    assert not trouble_of(window).isVisible()


def button(banner: TroubleBanner, label: str) -> QPushButton:
    (found,) = [one for one in banner.findChildren(QPushButton) if one.text() == label]
    return found


def test_a_new_file_begins_with_the_rules_of_a_template(station_home: Path, tmp_path: Path) -> None:
    desk = StationOpener(station_home).create(tmp_path / "day.plumb", resource("schemes/quiz.toml"))
    assert desk.title(Words.load("en")) == "Workers' quiz (sample)"
    desk.close()


def test_a_file_is_not_made_when_its_template_cannot_be_read(
    station_home: Path, tmp_path: Path
) -> None:
    with pytest.raises(Problem, match="sheet-file-missing"):
        StationOpener(station_home).create(tmp_path / "day.plumb", tmp_path / "none.toml")
    assert not (tmp_path / "day.plumb").exists()


def test_what_another_window_records_in_the_same_file_is_told_once(
    station_home: Path, tmp_path: Path
) -> None:
    opener = StationOpener(station_home)
    here = opener.create(tmp_path / "day.plumb")
    there = opener.open(tmp_path / "day.plumb")
    told: list[Changes] = []
    sample = CompetitionSet(competition=Competition(code="C", title="样例大赛"))
    record(here.station, sample)
    here.notice_others()
    here.changes.listen(told.append)
    here.notice_others()
    assert told == []
    record(there.station, sample)
    here.notice_others()
    here.notice_others()
    assert told == [Changes(frozenset(Topic))]
    here.close()
    there.close()
