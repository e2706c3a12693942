"""A marking screen on a real station, with answers prepared for its questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services.station import Station
from app.words import Words
from tests.services.marking_samples import marking_station
from tests.ui.frame.sample_desk import Answers
from ui.context import Place, ScreenContext
from ui.screens.marking.screen import MarkingScreen
from ui.tasks import Tasks
from ui.theme.tokens import Mode, theme_of


@dataclass
class Around:
    """What the frame offers a screen, remembered instead of shown."""

    answers: Answers = field(default_factory=Answers)
    went_to: list[tuple[Place, dict[str, str]]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    failed: list[Exception] = field(default_factory=list)

    def go_to(self, place: Place, /, **focus: str) -> None:
        self.went_to.append((place, focus))


@pytest.fixture
def station() -> Iterator[Station]:
    opened = marking_station()
    yield opened
    opened.close()


@pytest.fixture
def around() -> Around:
    return Around()


@pytest.fixture
def make_context(qapp: QApplication, around: Around) -> Iterator[Callable[..., ScreenContext]]:
    tasks = Tasks()

    def make(station: Station) -> ScreenContext:
        return ScreenContext(
            station=station,
            words=Words.load("en"),
            theme=theme_of(Mode.LIGHT),
            tasks=tasks,
            ask=around.answers,
            go_to=around.go_to,
            announce=around.said.append,
            fail=around.failed.append,
        )

    yield make
    tasks.close()


@pytest.fixture
def screen(
    qtbot: QtBot, station: Station, make_context: Callable[..., ScreenContext]
) -> MarkingScreen:
    shown = MarkingScreen(make_context(station))
    qtbot.addWidget(shown)
    shown.resize(1180, 680)
    shown.show()
    qtbot.waitExposed(shown)
    shown.activateWindow()
    shown.sheet.table.setFocus()
    return shown
