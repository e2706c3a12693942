"""A certificates screen on the published event worked out by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.samples.people_asked import Around
from tests.samples.results import published_event
from ui.screens.certificates.screen import CertificatesScreen


@pytest.fixture
def around() -> Iterator[Around]:
    made = Around(published_event())
    yield made
    made.tasks.close()
    made.station.close()


@pytest.fixture
def open_certificates(qtbot: QtBot, around: Around) -> Iterator[Callable[[], CertificatesScreen]]:
    made: list[CertificatesScreen] = []

    def make() -> CertificatesScreen:
        screen = CertificatesScreen(around.context())
        made.append(screen)
        qtbot.addWidget(screen)
        screen.resize(1366, 768)
        with qtbot.waitActive(screen):
            screen.show()
            screen.activateWindow()
        return screen

    yield make
    for screen in made:
        screen.close()
    qtbot.waitUntil(lambda: not around.tasks.busy)
