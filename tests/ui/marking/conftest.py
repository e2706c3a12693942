"""A marking screen on a real station."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services.station import Station
from tests.services.marking_samples import marking_station
from tests.ui.around import Around
from ui.context import ScreenContext
from ui.screens.marking.screen import MarkingScreen


@pytest.fixture
def station() -> Iterator[Station]:
    opened = marking_station()
    yield opened
    opened.close()


@pytest.fixture
def context(qapp: QApplication, around: Around) -> ScreenContext:
    return around.context()


@pytest.fixture
def screen(qtbot: QtBot, context: ScreenContext) -> MarkingScreen:
    shown = MarkingScreen(context)
    qtbot.addWidget(shown)
    shown.resize(1180, 680)
    shown.show()
    qtbot.waitExposed(shown)
    shown.activateWindow()
    shown.sheet.table.setFocus()
    return shown
