"""A disk without room, at every moment a command may meet it: one line of advice, nothing lost.

The room is taken away by the limit POSIX puts on the size of a file, which the system enforces in
the middle of a write, and by SQLite's own limit on pages, which it reports as a full disk.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.bootstrap import open_station
from app.domain.errors import RuleBroken
from app.domain.ids import EntryId, EventCode, ModuleId, PANEL, AspectId
from app.domain.entries import value_cell
from app.domain.points import parse_points
from app.problems import Problem
from app.services import exchange, marking
from app.services.verifying import verify
from app.storage import oplog
from app.words import Words
from tests.journeys.laptops import MARKS, Laptop

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
