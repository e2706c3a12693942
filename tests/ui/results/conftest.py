"""A results screen on the event worked out by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.services.station import Station
from tests.samples.results import marked_event
from tests.ui.around import Around
from tests.ui.showing import bring_up
from ui.screens.results.screen import ResultsScreen


@pytest.fixture
def station() -> Iterator[Station]:
    opened = marked_event()
    yield opened
    opened.close()


@pytest.fixture
def open_results(qtbot: QtBot, around: Around) -> Iterator[Callable[[], ResultsScreen]]:
    made: list[ResultsScreen] = []

    def make() -> ResultsScreen:
        screen = ResultsScreen(around.context())
        made.append(screen)
        bring_up(qtbot, screen, (1366, 768))
        return screen

    yield make
    for screen in made:
        screen.close()
