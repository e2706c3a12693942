"""The technical review is worked out when it is looked at, section by section, and printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.domain.roles import Actor, Role
from app.services.station import Station
from app.services.technical_sections import SECTIONS
from tests.services.test_technical_review import R, review_station
from tests.ui.around import Around
from ui.screens.results.screen import ResultsScreen
from ui.screens.results.technical_page import TechnicalPage


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    opened = review_station(tmp_path / "sample.plumb")
    yield opened
    opened.close()


def shown(qtbot: QtBot, around: Around) -> TechnicalPage:
    page = TechnicalPage(around.context(), lambda: R)
    qtbot.addWidget(page)
    page.resize(1100, 500)
    page.show()
    qtbot.waitUntil(lambda: page.review is not None or bool(page.banner.text))
    return page


def texts(page: TechnicalPage, column: int) -> list[str]:
    return [str(page.model.index(n, column).data()) for n in range(page.model.rowCount())]


def test_every_section_has_its_table(qtbot: QtBot, around: Around) -> None:
    page = shown(qtbot, around)
    tester = QAbstractItemModelTester(
        page.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    firsts = {}
    for place, name in enumerate(SECTIONS):
        page.sections.setCurrentIndex(place)
        firsts[name] = texts(page, 0)
    assert firsts["modules"] == ["T", "P"]
    assert firsts["aspects"] == ["P1", "P2", "T1"]
    assert firsts["judges"] == ["Judge 1", "Judge 2"]
    assert firsts["times"] == []
    assert "4 complete entries" in page.as_of.text()
    assert tester.model() is page.model


def test_it_prints_to_a_file(qtbot: QtBot, around: Around, tmp_path: Path) -> None:
    around.person.path = tmp_path / "review.pdf"
    page = shown(qtbot, around)
    page.print.click()
    qtbot.waitUntil(lambda: "Saved review.pdf" in around.announced)
    assert around.person.path.read_bytes().startswith(b"%PDF")


def test_nobody_but_the_chief_is_offered_it(qtbot: QtBot, station: Station, around: Around) -> None:
    station.actor = Actor(Role.SCOREKEEPER)
    page = shown(qtbot, around)
    assert "Only the chief judge" in page.banner.text
    assert not page.print.isEnabled()
    screen = ResultsScreen(around.context())
    qtbot.addWidget(screen)
    assert not screen.tabs.isTabVisible(2)
