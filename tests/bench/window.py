"""Starting the program and what it keeps in memory, against the barest window there is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import psutil

from tests.bench.finals import Finals
from tests.bench.probe import RESULTS, SETTLED, USABLE
from tests.bench.rows import Row, at_most, take_turns

MORE_MB = 150
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Started:
    """How a window came up: seconds until it could be used, and resident MB when it settled."""

    seconds: float
    settled_mb: float
    results_mb: float


def window(finals: Finals, rounds: int) -> Iterator[Row]:
    """A file with the finals in it, opened from the command line, its results looked at."""
    bare: list[Started] = []
    ours: list[Started] = []

    def start(what: str, said: list[Started]) -> float:
        said.append(_start(what, finals))
        return said[-1].seconds

    take_turns(lambda: start(str(finals.full), ours), lambda: start("bare", bare), rounds=rounds)
    value, floor = (median(one.seconds for one in said) for said in (ours, bare))
    yield at_most(3, "start to a usable window, ms", value * 1e3, floor * 1e3)
    least = median(one.settled_mb for one in bare)
    for name, most in (
        ("memory, finals open, MB", median(one.settled_mb for one in ours)),
        ("memory, results shown, MB", median(one.results_mb for one in ours)),
    ):
        ok = most - least <= MORE_MB
        yield Row(name, most, least, most / least, f"≤ +{MORE_MB} MB", ok)


def _start(what: str, finals: Finals) -> Started:
    """Start one window on a laptop of its own and read its memory at each stop."""
    with TemporaryDirectory(dir=finals.folder) as folder:
        home = Path(folder, "home")
        shutil.copytree(finals.home(finals.full), home)
        env = os.environ | {
            "QT_QPA_PLATFORM": "offscreen",
            "PLUMBLINE_HOME": str(home),
            # Compiled as on any laptop, wherever this runs and whatever it was told.
            "PYTHONPYCACHEPREFIX": str(finals.folder / "compiled"),
            "PYTHONDONTWRITEBYTECODE": "",
        }
        begun = perf_counter()
        with subprocess.Popen(
            [sys.executable, "-m", "tests.bench.probe", what],
            cwd=ROOT,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            _hear(process, USABLE)
            usable = perf_counter() - begun
            settled = _resident(process, SETTLED)
            shown = settled if what == "bare" else _resident(process, RESULTS)
        if process.returncode != 0:
            raise RuntimeError(f"the window ended with status {process.returncode}")
    return Started(usable, settled, shown)


def _resident(process: subprocess.Popen[str], when: str) -> float:
    """MB of the process at a stop; then it goes on."""
    _hear(process, when)
    found = psutil.Process(process.pid).memory_info().rss / 1e6
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()
    return float(found)


def _hear(process: subprocess.Popen[str], expected: str) -> None:
    assert process.stdout is not None
    heard = process.stdout.readline().strip()
    if heard != expected:
        raise RuntimeError(f"the window said {heard!r} instead of {expected!r}")
