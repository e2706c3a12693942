"""A laptop whose clock is wrong: the day goes on, the order of records stays, everything verifies.

The wall clock is the operating system's, so it is the system's function that is replaced here.
"""

from __future__ import annotations

import time
from itertools import cycle
from pathlib import Path

import pytest

from tests.journeys.laptops import Laptop
from tests.samples.welding import MARKS, ROSTER, SCHEME

DAY_NS = 86_400 * 10**9
NOON = 1_794_614_400 * 10**9
"""14 November 2026, 00:00 UTC."""

CLOCKS = {
    "a day back between two commands": (NOON, NOON - DAY_NS),
    "never set since the factory": (0, 3 * 10**9),
    "a hundred years ahead, then right": (NOON + 74 * 365 * DAY_NS, NOON),
    "ever further back": tuple(NOON - n * 3600 * 10**9 for n in range(20)),
    "stopped": (NOON,),
}


@pytest.fixture(params=CLOCKS)
def clock(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command finds another time, and it stands still while it runs."""
    times = cycle(CLOCKS[request.param])
    now = [next(times)]
    monkeypatch.setattr(time, "time_ns", lambda: now[0])
    plain = Laptop.run

    def run(laptop: Laptop, *arguments: object) -> object:
        now[0] = next(times)
        return plain(laptop, *arguments)

    monkeypatch.setattr(Laptop, "run", run)


@pytest.mark.usefixtures("clock")
def test_a_whole_event_runs_on_a_wrong_clock(tmp_path: Path) -> None:
    first, second = Laptop(tmp_path / "first"), Laptop(tmp_path / "second")
    for laptop in (first, second):
        laptop.folder.mkdir()
    scheme, roster = first.write("scheme.toml", SCHEME), first.write("roster.csv", ROSTER)
    start, back = first.folder / "start.bundle", second.folder / "back.bundle"
    first.do("new", first.file, "--scheme", scheme, "--roster", roster, "--award", "一等奖=1")
    first.do("export", first.file, "-o", start)
    second.do("join", second.file, start)
    second.do("marks", second.file, second.write("marks.csv", MARKS))
    second.do(
        *(
            "marks",
            second.file,
            second.write("again.csv", MARKS.replace("02,A1.1,,60", "02,A1.1,,30")),
        ),
        *("--reason", "样例更正"),
    )
    second.do("export", second.file, "-o", back)
    first.do("merge", first.file, back)
    for step in ("sign", "lock", "publish"):
        first.do(step, first.file)
    first.do("certificates", first.file, "-o", first.folder / "certificates.pdf")
    first.do("verify", first.file)
    first.do("rebuild", first.file)
    rows = first.asked("results", first.file)["rows"]
    # The correction counts whatever the clocks said: 30 + 40 x 1/3 = 43.33.
    assert [(row["entry"], row["total"]) for row in rows] == [
        ("WELD-01", "91.06"),
        ("WELD-02", "43.33"),
    ]


@pytest.mark.usefixtures("clock")
def test_backups_do_not_replace_one_another_on_a_wrong_clock(tmp_path: Path) -> None:
    first, second = Laptop(tmp_path / "first"), Laptop(tmp_path / "second")
    for laptop in (first, second):
        laptop.folder.mkdir()
    scheme, roster = first.write("scheme.toml", SCHEME), first.write("roster.csv", ROSTER)
    start, back = first.folder / "start.bundle", second.folder / "back.bundle"
    first.do("new", first.file, "--scheme", scheme, "--roster", roster)
    first.do("export", first.file, "-o", start)
    second.do("join", second.file, start)
    second.do("marks", second.file, second.write("marks.csv", MARKS))
    second.do("export", second.file, "-o", back)
    # Merging takes one backup and locking another.
    first.do("merge", first.file, back)
    first.do("sign", first.file)
    first.do("lock", first.file)
    backups = list((first.folder / "backups").glob("*.plumb"))
    assert len(backups) == 2
    for backup in backups:
        first.do("verify", backup)
