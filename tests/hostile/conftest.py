"""A laptop in the middle of a day, made once and copied for every attack on it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.journeys.laptops import Laptop, small_event
from tests.samples.welding import MARKS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def genuine(tmp_path_factory: pytest.TempPathFactory) -> Laptop:
    """Marked, signed, locked, published and exported to ``day.bundle``; ``morning.bundle`` was
    exported before the first mark. Never written to."""
    laptop = small_event(tmp_path_factory.mktemp("genuine"), marks="")
    laptop.do("export", laptop.file, "-o", laptop.folder / "morning.bundle")
    laptop.do("marks", laptop.file, laptop.write("marks.csv", MARKS))
    for step in ("sign", "lock", "publish"):
        laptop.do(step, laptop.file)
    laptop.do("export", laptop.file, "-o", laptop.folder / "day.bundle")
    return laptop


@pytest.fixture
def laptop(genuine: Laptop, tmp_path: Path) -> Laptop:
    """A copy with its own home, so that it is still the same station."""
    shutil.copytree(genuine.folder, tmp_path / "laptop")
    return Laptop(tmp_path / "laptop")


@pytest.fixture(scope="session")
def genuine_morning(tmp_path_factory: pytest.TempPathFactory) -> Laptop:
    """Two entries, rules in force, no mark yet. Never written to."""
    return small_event(tmp_path_factory.mktemp("morning"), marks="")


@pytest.fixture
def morning(genuine_morning: Laptop, tmp_path: Path) -> Laptop:
    """A copy of it."""
    shutil.copytree(genuine_morning.folder, tmp_path / "morning")
    return Laptop(tmp_path / "morning")
