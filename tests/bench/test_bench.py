"""The bench itself: every row of the budgets is there and in the shape that was promised."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

ROWS = [
    "one mark, ms",
    "one mark in a full file, ms",
    "mark to leaderboard, p95, ms",
    "rebuild from the log, s",
    "certificates, pages/s",
    "export a bundle, s",
    "merge a bundle, s",
    "start to a usable window, ms",
    "memory, finals open, MB",
    "memory, results shown, MB",
]


@pytest.mark.slow
def test_the_bench_measures_every_budget() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--quick", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    rows = json.loads(ran.stdout)["rows"]
    assert [row["name"] for row in rows] == ROWS
    for row in rows:
        assert list(row) == ["name", "value", "floor", "ratio", "budget", "ok"]
        assert row["value"] > 0
        assert row["floor"] > 0
        assert isinstance(row["ok"], bool)


def test_the_bench_refuses_a_measure_it_does_not_know() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench", "speed"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert "no measure speed" in ran.stderr
