"""Power loss: what the screen called saved is there afterwards, however often the power goes.

A child process marks without a pause and prints the id of each record once it is on disk; the
parent kills it at moments nobody chose. Killing a process is not pulling a plug, but whatever was
not handed to the system by then is gone just the same, and the half-written transaction is there.
"""

from __future__ import annotations

import random
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from app.bootstrap import create_station, open_station
from app.domain.ops import first_break
from app.paths import resource
from app.storage import oplog, projections

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

KILLS = 50

MARK_WITHOUT_END = """
import itertools, sys
from pathlib import Path
from app.bootstrap import open_station
from app.domain.entries import MarkState
from app.domain.facts import MarkGiven
from app.services.station import record, recording

station = open_station(Path(sys.argv[1]), home=Path(sys.argv[2]))
replaced = None
for count in itertools.count():
    given = MarkGiven(
        event="ROBOT", entry=f"ROBOT-{count % 28:02d}", aspect="A1.1", judge="J1",
        state=MarkState.VALUE, value=count * 100,
    )
    if count % 5:
        ops = [record(station, given, replaces=replaced)]
    else:
        with recording(station) as log:
            ops = [log.add(given), log.sign_head()]
    replaced = ops[0].op_id if count % 28 == 27 else None
    for op in ops:
        print(op.op_id, flush=True)
"""


def derived(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    marks = connection.execute("SELECT * FROM marks ORDER BY position").fetchall()
    return marks + connection.execute("SELECT * FROM standing ORDER BY position").fetchall()


@pytest.mark.slow
def test_fifty_kills_in_the_middle_of_marking_lose_nothing_that_was_saved(tmp_path: Path) -> None:
    path, home = tmp_path / "day.plumb", tmp_path / "home"
    create_station(path, home=home).close()
    chance = random.Random(20261120)
    saved: set[str] = set()
    for _ in range(KILLS):
        saved |= mark_until_killed(path, home, lines=chance.randrange(1, 60))
        station = open_station(path, home=home)
        held = {row[0] for row in station.connection.execute("SELECT op_id FROM ops")}
        station.close()
        assert saved <= held
    station = open_station(path, home=home)
    assert len(saved) > KILLS
    assert len(oplog.heads(station.connection)) == 1
    for owner in oplog.heads(station.connection):
        assert first_break(oplog.chain(station.connection, owner)) is None
    live = derived(station.connection)
    projections.rebuild(station.database)
    assert derived(station.connection) == live
    station.close()


def mark_until_killed(path: Path, home: Path, *, lines: int) -> set[str]:
    """Start the child, kill it some time after it has reported so many records; what it reported.

    What lies in the pipe when it dies was printed after its commit, so it counts as well.
    """
    command = [sys.executable, "-c", MARK_WITHOUT_END, str(path), str(home)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, cwd=resource().parent, encoding="utf-8"
    ) as child:
        assert child.stdout is not None
        reported = [child.stdout.readline() for _ in range(lines)]
        child.kill()
        reported += child.stdout.readlines()
    # A line cut off by the kill was not shown to anybody.
    return {line.strip() for line in reported if line.endswith("\n")}
