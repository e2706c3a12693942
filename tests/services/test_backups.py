"""Backups: where they go, how many stay, and that they can be restored; the status line's facts."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from app.bootstrap import create_station, open_station
from app.domain.errors import RuleBroken
from app.domain.facts import CompetitionSet
from app.domain.scheme import Competition
from app.problems import Problem
from app.services import backups
from app.services.station import Station, record
from app.settings import Settings, save_settings
from tests.samples.floor import SampleTime

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


MINUTE = 60_000


@pytest.fixture
def time() -> SampleTime:
    return SampleTime()


@pytest.fixture
def station(tmp_path: Path, time: SampleTime) -> Iterator[Station]:
    opened = create_station(tmp_path / "day.plumb", home=tmp_path / "home", time=time)
    note(opened, "样例竞赛")
    yield opened
    opened.close()


def note(station: Station, title: str) -> None:
    record(station, CompetitionSet(competition=Competition(code="S", title=title)))


def beside(station: Station) -> list[Path]:
    assert station.path is not None
    return sorted((station.path.parent / "backups").iterdir())


def test_a_backup_lies_beside_the_file_and_opens_as_it_was(station: Station) -> None:
    (taken,) = backups.back_up_now(station)
    assert beside(station) == [taken]
    note(station, "改过的标题")
    copy = sqlite3.connect(taken)
    assert copy.execute("SELECT count(*) FROM ops").fetchone() == (2,)
    copy.close()


def test_a_second_folder_gets_one_too(station: Station, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    save_settings(station.home, Settings(backup_folder=str(stick)))
    assert [path.parent.name for path in backups.back_up_now(station)] == ["backups", "stick"]


def test_a_stick_that_was_taken_out_is_a_problem_but_the_first_backup_is_there(
    station: Station, tmp_path: Path
) -> None:
    save_settings(station.home, Settings(backup_folder=str(tmp_path / "gone")))
    with pytest.raises(Problem, match="backup-failed"):
        backups.back_up_now(station)
    assert len(beside(station)) == 1
    assert not (tmp_path / "gone").exists()
    assert backups.status(station).backup_age_ms == 0


def test_a_file_in_memory_has_nothing_to_back_up() -> None:
    station = create_station(None)
    assert backups.back_up_now(station) == []
    assert not backups.is_due(station)
    with pytest.raises(RuleBroken, match="backup-none"):
        backups.restore_drill(station)
    station.close()


def test_the_latest_are_kept_and_of_older_ones_the_last_of_each_hour(
    station: Station, time: SampleTime
) -> None:
    for _ in range(36):  # every five minutes for three hours
        backups.back_up_now(station)
        time.pass_ms(5 * MINUTE)
    # From 22:13 to 01:08: the twelve since 00:13, and the last of the hours 22 and 23.
    times = [path.stem.split("T")[1][:4] for path in beside(station)]
    assert len(times) == 14
    assert times[:4] == ["2258", "2358", "0013", "0018"]
    assert times[-1] == "0108"


def test_a_backup_taken_on_a_clock_that_stands_or_went_back_is_there_and_replaces_none(
    station: Station, time: SampleTime
) -> None:
    for _ in range(14):
        time.pass_ms(1)
        backups.back_up_now(station)
    time.pass_ms(-14)
    for _ in range(3):
        before = set(beside(station))
        (taken,) = backups.back_up_now(station)
        assert taken.is_file()
        assert taken not in before
        # The newest by name is the one taken last.
        assert beside(station)[-1] == taken


def test_backups_go_on_when_the_clock_was_set_back(station: Station, time: SampleTime) -> None:
    backups.back_up_now(station)
    time.pass_ms(-600 * MINUTE)
    assert not backups.is_due(station)
    note(station, "改过的标题")
    assert backups.is_due(station)
    (taken,) = backups.back_up_now(station)
    assert backups.newest_good(station) == taken
    assert not backups.is_due(station)


def test_backups_of_a_file_whose_name_begins_alike_are_left_alone(
    station: Station, time: SampleTime, tmp_path: Path
) -> None:
    other = create_station(tmp_path / "day-X.plumb", home=tmp_path / "home", time=time)
    (theirs,) = backups.back_up_now(other)
    other.close()
    assert backups.newest_good(station) is None
    for _ in range(20):
        time.pass_ms(1)
        backups.back_up_now(station)
    assert theirs.is_file()
    assert backups.newest_good(station) != theirs


def test_a_backup_is_due_after_a_few_minutes_and_something_new(
    station: Station, time: SampleTime
) -> None:
    assert backups.is_due(station)
    backups.back_up_now(station)
    assert not backups.is_due(station)
    time.pass_ms(6 * MINUTE)
    assert not backups.is_due(station)
    note(station, "改过的标题")
    assert backups.is_due(station)
    save_settings(station.home, Settings(backup_minutes=0))
    assert not backups.is_due(station)


def test_a_restore_drill_reads_the_newest_backup_and_says_what_it_lacks(
    station: Station, time: SampleTime
) -> None:
    backups.back_up_now(station)
    time.pass_ms(1 * MINUTE)
    note(station, "第二个标题")
    backups.back_up_now(station)
    note(station, "第三个标题")
    drill = backups.restore_drill(station)
    assert (drill.records, drill.behind) == (3, 1)
    assert drill.path == beside(station)[-1]


def test_a_restore_drill_finds_a_damaged_backup(station: Station) -> None:
    (taken,) = backups.back_up_now(station)
    content = bytearray(taken.read_bytes())
    content[4096 * 2 : 4096 * 12] = bytes(4096 * 10)
    taken.write_bytes(content)
    with pytest.raises(Problem):
        backups.restore_drill(station)


def test_a_restore_drill_finds_a_backup_that_is_of_another_history(
    station: Station, tmp_path: Path
) -> None:
    (taken,) = backups.back_up_now(station)
    copy = sqlite3.connect(taken)
    copy.execute("DROP TRIGGER ops_never_change")
    copy.execute("UPDATE ops SET reason = 'changed' WHERE seq = 2")
    copy.commit()
    copy.close()
    with pytest.raises(Problem, match="backup-damaged"):
        backups.restore_drill(station)


def test_the_status_line_is_told_record_age_and_what_is_unshared(
    station: Station, time: SampleTime
) -> None:
    facts = backups.status(station)
    assert (facts.record, facts.backup_age_ms, facts.unshared) == (
        f"{station.station_id}-000002",
        None,
        2,
    )
    backups.back_up_now(station)
    time.pass_ms(3 * MINUTE)
    assert backups.status(station).backup_age_ms == 180_000


def test_a_restored_backup_goes_on_under_the_same_station_until_records_were_shared(
    station: Station, tmp_path: Path
) -> None:
    (taken,) = backups.back_up_now(station)
    assert station.path is not None
    station.close()
    for path in station.path.parent.glob("day.plumb*"):
        path.unlink()
    shutil.copy(taken, station.path)
    again = open_station(station.path, home=station.home)
    assert again.station_id == station.station_id
    again.close()


def test_the_name_of_a_backup_holds_its_time(station: Station) -> None:
    (taken,) = backups.back_up_now(station)
    at = datetime.fromtimestamp(station.now_ms() / 1000, UTC)
    assert taken.name.startswith(f"day-{at:%Y%m%dT%H%M%S}")
