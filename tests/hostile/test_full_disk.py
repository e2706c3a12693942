"""A disk without room, at every moment a command may meet it: one line of advice, nothing lost.

The room is taken away by the limit POSIX puts on the size of a file, which the system enforces in
the middle of a write, and by SQLite's own limit on pages, which it reports as a full disk.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from app.bootstrap import open_station
from app.domain.entries import value_cell
from app.domain.ids import PANEL, AspectId, EventCode, ModuleId
from app.domain.points import parse_points
from app.problems import Problem
from app.services import marking, results
from app.services.station import Station
from app.words import Words
from tests.journeys.laptops import Laptop
from tests.samples.welding import MARKS

if TYPE_CHECKING:
    from pathlib import Path

resource = pytest.importorskip("resource", reason="only POSIX limits the size of a file")


@contextlib.contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


COMMANDS: dict[str, Callable[[Laptop], tuple[object, ...]]] = {
    "marks": lambda it: ("marks", it.file, it.folder / "marks.csv"),
    "roster": lambda it: ("roster", it.file, it.folder / "more.csv"),
    "export": lambda it: ("export", it.file, "-o", it.folder / "out.bundle"),
    "merge": lambda it: ("merge", it.file, it.folder / "news.bundle"),
    "rebuild": lambda it: ("rebuild", it.file),
    "join": lambda it: ("join", it.folder / "new.plumb", it.folder / "news.bundle"),
    "new": lambda it: (
        *("new", it.folder / "new.plumb", "--scheme", it.folder / "scheme.toml"),
        *("--roster", it.folder / "roster.csv"),
    ),
}


@pytest.fixture
def prepared(morning: Laptop, tmp_path: Path) -> Laptop:
    """With marks, more entrants and a bundle of another laptop waiting to be taken in."""
    morning.write("marks.csv", MARKS)
    more = "".join(f"{n:02d},样例选手{n:02d},样例一厂\n" for n in range(3, 60))
    morning.write("more.csv", f"参赛编号,姓名,单位\n{more}")
    morning.do("export", morning.file, "-o", morning.folder / "first.bundle")
    other = Laptop(tmp_path / "other")
    other.folder.mkdir()
    other.do("join", other.file, morning.folder / "first.bundle")
    other.do("marks", other.file, morning.folder / "marks.csv")
    other.do("export", other.file, "-o", morning.folder / "news.bundle")
    return morning


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_meets_a_full_disk_leaves_a_whole_file(
    prepared: Laptop, command: str
) -> None:
    refused = 0
    for room in (0, 100, 4_096, 20_000, 40_000, 60_000, 80_000, 100_000, 120_000, 160_000):
        with no_file_larger_than(room):
            ran = prepared.run(*COMMANDS[command](prepared))
        assert ran.status in {0, 2}, ran
        if ran.status == 2:
            refused += 1
            assert ran.err.count("\n") == 1, ran.err
            assert not list(prepared.folder.glob("*.part"))
            assert not list(prepared.folder.glob("new.plumb*")), room
        prepared.do("verify", prepared.file)
        prepared.do("results", prepared.file)
        if ran.status == 0:
            break
    assert refused
    if ran.status == 2:
        prepared.do(*COMMANDS[command](prepared))


WELD, A = EventCode("WELD"), ModuleId("A")


@contextlib.contextmanager
def no_more_pages(station: Station) -> Iterator[None]:
    """The file cannot grow, and hardly has a free page left."""
    (used,) = station.connection.execute("PRAGMA page_count").fetchone()
    station.connection.execute(f"PRAGMA max_page_count = {used}")
    try:
        yield
    finally:
        station.connection.execute("PRAGMA max_page_count = 1000000000")


def mark(station: Station, work: str, value: str) -> None:
    seen = marking.sheet(station, WELD, A, work, PANEL)
    marking.commit_sheet(station, seen, {AspectId("A1.1"): value_cell(parse_points(value))})


def mark_without_end(station: Station) -> None:
    mark(station, "01", "10")
    for number in range(11, 10_000):
        seen = marking.sheet(station, WELD, A, "01", PANEL)
        cell = value_cell(parse_points(str(number % 60)))
        marking.correct_mark(station, seen, AspectId("A1.1"), cell, "样例更正")


def test_marking_on_a_full_disk_keeps_what_was_saved_and_goes_on_when_there_is_room(
    morning: Laptop,
) -> None:
    station = open_station(morning.file, home=morning.home)
    board_before = results.leaderboard(station, WELD)
    with no_more_pages(station), pytest.raises(Problem) as refused:
        mark_without_end(station)
    assert refused.value.code == "disk-full"
    assert "此前已保存的内容都在" in Words.load("zh").explain(refused.value)
    (last,) = station.connection.execute(
        "SELECT op_id FROM ops WHERE kind = 'mark-given' ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    seen = marking.sheet(station, WELD, A, "01", PANEL)
    assert seen.rows[0].op == last
    mark(station, "02", "20")
    now = results.leaderboard(station, WELD)
    assert now.running != board_before.running
    station.close()
    again = open_station(morning.file, home=morning.home)
    assert results.leaderboard(again, WELD) == now
    again.close()
    morning.do("verify", morning.file)


def test_an_export_without_room_shares_nothing(morning: Laptop) -> None:
    older = morning.folder / "day.bundle"
    morning.do("export", morning.file, "-o", older)
    before = older.read_bytes()
    with no_file_larger_than(30_000):
        ran = morning.run("export", morning.file, "-o", older)
    assert ran.status == 2
    assert older.read_bytes() == before
    morning.do("merge", morning.file, older)


def test_a_key_that_cannot_be_read_is_replaced_by_a_new_one(morning: Laptop) -> None:
    """A station that lost its key goes on as another one; nothing of the old is in doubt."""
    for key in (morning.home / "keys").glob("*.json"):
        key.write_bytes(b"")
    morning.do("marks", morning.file, morning.write("marks.csv", MARKS))
    assert "of 2 stations" in morning.do("verify", morning.file)
    assert len([key for key in (morning.home / "keys").iterdir() if key.read_bytes()]) == 1
