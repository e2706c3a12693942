"""A set-up screen on a real file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import create_competition
from app.services.station import Station
from app.words import Words
from tests.ui.around import Around
from tests.ui.setup.sample_scheme import sample_scheme
from ui.context import ScreenContext
from ui.screens.setup.presenter import SetupPresenter
from ui.screens.setup.screen import SetupScreen


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    opened = create_competition(tmp_path / "sample.plumb", sample_scheme())
    yield opened
    opened.close()


@pytest.fixture
def presenter(station: Station) -> SetupPresenter:
    return SetupPresenter(station, Words.load("en"))


@pytest.fixture
def context(qapp: QApplication, around: Around) -> ScreenContext:
    return around.context()


@pytest.fixture
def screen(qtbot: QtBot, context: ScreenContext) -> SetupScreen:
    shown = SetupScreen(context)
    qtbot.addWidget(shown)
    shown.resize(1180, 680)
    shown.show()
    qtbot.waitExposed(shown)
    shown.activateWindow()
    return shown
