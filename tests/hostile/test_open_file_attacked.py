"""The competition file damaged, taken away or replaced while a station has it open."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.bootstrap import open_station
from app.domain.entries import value_cell
from app.domain.ids import PANEL, AspectId, EventCode, ModuleId
from app.domain.points import parse_points
from app.problems import Problem
from app.services import backups, exchange, marking, results, roll
from app.services.heartbeat import beat
from app.services.station import Station
from app.storage.database import open_file, writing
from tests.journeys.laptops import Laptop

WELD, A = EventCode("WELD"), ModuleId("A")

on_posix = pytest.mark.skipif(os.name == "nt", reason="Windows keeps hold of an open file")


@pytest.fixture
def station(laptop: Laptop) -> Iterator[Station]:
    with closing(open_station(laptop.file, home=laptop.home)) as opened:
        yield opened


@pytest.fixture
def early(morning: Laptop) -> Iterator[Station]:
    """Before the first mark."""
    with closing(open_station(morning.file, home=morning.home)) as opened:
        yield opened


def damage(path: Path) -> None:
    """Noise over everything that is behind the catalogue, under whoever has the file open."""
    size = path.stat().st_size
    with path.open("r+b") as stream:
        stream.seek(size // 3 // 4096 * 4096)
        stream.write(random.Random(8).randbytes(size - stream.tell()))


def mark(station: Station, value: str) -> None:
    seen = marking.sheet(station, WELD, A, "01", PANEL)
    marking.commit_sheet(station, seen, {AspectId("A1.1"): value_cell(parse_points(value))})


def trouble(station: Station) -> str:
    found = station.database.health.trouble
    return found.code if found else ""


def test_damage_met_by_any_reader_is_a_problem_and_ends_all_writing(
    laptop: Laptop, station: Station
) -> None:
    damage(laptop.file)
    for read in (
        lambda: results.leaderboard(station, WELD),
        lambda: roll.roll(station, WELD),
        lambda: exchange.ledger(station),
    ):
        with pytest.raises(Problem, match="file-damaged"):
            read()
    assert trouble(station) == "file-damaged"
    lies = laptop.file.read_bytes()
    with pytest.raises(Problem, match="file-damaged"):
        beat(station)
    assert laptop.file.read_bytes() == lies


def test_damage_met_by_a_worker_ends_writing_in_the_window_too(
    laptop: Laptop, station: Station
) -> None:
    with exchange.beside(station) as worker:
        damage(laptop.file)
        with pytest.raises(Problem, match="file-damaged"):
            exchange.ledger(worker)
    with pytest.raises(Problem, match="file-damaged"):
        beat(station)


@on_posix
def test_nothing_is_saved_in_a_file_that_was_deleted_and_a_copy_holds_everything(
    morning: Laptop, early: Station
) -> None:
    mark(early, "12.5")
    morning.file.unlink()
    with pytest.raises(Problem, match="file-gone"):
        beat(early)
    assert trouble(early) == "file-gone"
    copy = morning.folder / "rescued.plumb"
    backups.save_copy(early, copy)
    with closing(open_station(copy, home=morning.home)) as rescued:
        assert rescued.station_id == early.station_id
        (row,) = marking.sheet(rescued, WELD, A, "01", PANEL).rows
        assert row.held == value_cell(parse_points("12.5"))


@on_posix
def test_a_file_moved_away_takes_nothing_until_it_is_back(morning: Laptop, early: Station) -> None:
    elsewhere = morning.folder / "elsewhere.plumb"
    morning.file.rename(elsewhere)
    with pytest.raises(Problem, match="file-gone"):
        mark(early, "12.5")
    elsewhere.rename(morning.file)
    mark(early, "12.5")
    assert trouble(early) == ""
    morning.do("verify", morning.file)


@on_posix
def test_another_file_in_the_same_place_is_not_taken_for_ours(
    morning: Laptop, early: Station
) -> None:
    shutil.copy(morning.file, morning.folder / "old.plumb")
    (morning.folder / "old.plumb").replace(morning.file)
    with pytest.raises(Problem, match="file-gone"):
        mark(early, "12.5")
    with pytest.raises(Problem, match="file-gone"), exchange.beside(early):
        pass


@on_posix
def test_a_deleted_log_beside_the_file_is_noticed_before_the_next_record(
    morning: Laptop, early: Station
) -> None:
    """A power cut would take with it everything since the last checkpoint."""
    morning.file.with_name("day.plumb-wal").unlink()
    with pytest.raises(Problem, match="file-gone"):
        mark(early, "12.5")


def test_a_disk_without_room_is_trouble_until_it_takes_something_again(early: Station) -> None:
    (used,) = early.connection.execute("PRAGMA page_count").fetchone()
    early.connection.execute(f"PRAGMA max_page_count = {used}")
    with (
        pytest.raises(Problem, match="disk-full"),
        writing(early.database) as connection,
    ):
        connection.execute("INSERT INTO photos VALUES ('WELD-01', zeroblob(100000))")
    assert trouble(early) == "disk-full"
    beat(early)
    assert trouble(early) == ""


def test_the_newest_good_backup_is_found_behind_a_damaged_one(
    morning: Laptop, early: Station
) -> None:
    (good,) = backups.back_up_now(early)
    bad = good.with_name("day-20991231T000000000.plumb")
    shutil.copy(good, bad)
    damage(bad)
    assert backups.newest_good(early) == good
    restored = morning.folder / "restored.plumb"
    backups.restore(good, restored)
    with closing(open_file(restored)) as opened:
        assert opened.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    with pytest.raises(Problem, match="file-exists"):
        backups.restore(good, restored)
