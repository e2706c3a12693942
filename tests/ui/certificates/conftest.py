"""A certificates screen on the published event worked out by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.services.station import Station
from tests.samples.results import published_event
from tests.ui.around import Around
from tests.ui.showing import bring_up
from ui.screens.certificates.screen import CertificatesScreen


@pytest.fixture
def station() -> Iterator[Station]:
    opened = published_event()
    yield opened
    opened.close()


@pytest.fixture
def open_certificates(qtbot: QtBot, around: Around) -> Iterator[Callable[[], CertificatesScreen]]:
    made: list[CertificatesScreen] = []

    def make() -> CertificatesScreen:
        screen = CertificatesScreen(around.context())
        made.append(screen)
        bring_up(qtbot, screen, (1366, 768))
        return screen

    yield make
    for screen in made:
        screen.close()
    qtbot.waitUntil(lambda: not around.tasks.busy)
