"""The screenshot maker pictures every place at the size that is asked for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.settings import Settings
from ui.context import Place
from ui.shots import make_samples, take_shots


def test_every_place_is_pictured(qapp: QApplication, tmp_path: Path) -> None:
    samples = make_samples(tmp_path, "zh")
    folder = tmp_path / "shots"
    folder.mkdir()
    sizes = ((1366, 768),)
    taken = list(
        take_shots(Settings(language="zh", theme="light"), folder, samples, tmp_path, sizes)
    )
    pictured = {path.name: QImage(str(path)).size().toTuple() for path in taken}
    places = {f"{number:02d}-{place.value}" for number, place in enumerate(Place, start=1)}
    screens = [f"{name}-zh-1366x768.png" for name in {"00-welcome", *places}]
    assert {pictured[name] for name in screens} == {*sizes}
    # A dialog has its own size, which has to fit.
    assert all(width <= 1366 and height <= 768 for width, height in pictured.values())
