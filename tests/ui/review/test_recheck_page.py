"""The recheck is announced, drawn and gone through by keyboard, by the chief judge alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.recheck import Verdict
from app.domain.roles import Actor, Role
from app.services.rechecking import recheck
from app.services.station import Station
from tests.services.marking_samples import marking_station
from tests.services.test_rechecking import R, recheck_station
from tests.ui.around import Around, around_of
from ui.context import Place
from ui.screens.review.recheck_dialog import RecheckDialog
from ui.screens.review.screen import PAGES, ReviewScreen

PLACE = PAGES.index("recheck")


@pytest.fixture
def station() -> Iterator[Station]:
    opened = recheck_station(10)
    yield opened
    opened.close()


def shown(qtbot: QtBot, around: Around) -> ReviewScreen:
    screen = ReviewScreen(around.context())
    qtbot.addWidget(screen)
    screen.show()
    screen.show_page("recheck")
    return screen


@pytest.fixture
def screen(qtbot: QtBot, around: Around) -> ReviewScreen:
    return shown(qtbot, around)


def drawn(screen: ReviewScreen) -> None:
    screen.recheck.go.click()
    screen.recheck.go.click()


def dialog() -> RecheckDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, RecheckDialog)
    return found


def test_one_button_leads_from_the_announcement_to_the_comparison(screen: ReviewScreen) -> None:
    page = screen.recheck
    tester = QAbstractItemModelTester(
        page.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    assert page.go.text() == "Announce the sample"
    assert not page.wrong.isVisibleTo(page)
    page.go.click()
    assert page.go.text() == "Draw the sample"
    assert "Hash of the seed" in page.status.text
    page.go.click()
    # 10 ranked: ceil(3.0) of the best, ceil(0.15 * 7) = ceil(1.05) of the rest.
    assert [page.model.index(line, 2).data() for line in range(page.model.rowCount())] == [
        *["among the best"] * 3,
        *["drawn"] * 2,
    ]
    assert page.go.text() == "Agrees with the paper"
    assert screen.tabs.tabText(PLACE) == "Recheck 5"
    assert tester.model() is page.model


def test_enter_says_that_an_entry_agrees_and_goes_on(
    qtbot: QtBot, screen: ReviewScreen, station: Station
) -> None:
    drawn(screen)
    for _ in range(5):
        qtbot.keyClick(screen.recheck.table, Qt.Key.Key_Return)
    found = recheck(station, R)
    assert found is not None
    assert found.verdict is Verdict.PASSED
    assert screen.recheck.status.text == (
        "The sample is done: errors in 0 of 5 (0%), within the limit of 5%."
    )


def test_enter_takes_no_error_back_unasked(
    qtbot: QtBot, screen: ReviewScreen, station: Station, around: Around
) -> None:
    drawn(screen)
    screen.recheck.wrong.click()
    asked = dialog()
    asked.note.setText("A1: 99, not 100")
    asked.count.setText("1")
    asked.go.click()
    around.person.agrees = False
    for _ in range(5):
        qtbot.keyClick(screen.recheck.table, Qt.Key.Key_Return)
    found = recheck(station, R)
    assert found is not None
    assert found.tally is not None
    assert (found.tally.checked, found.tally.wrong) == (5, 1)
    around.person.agrees = True
    screen.recheck.table.selectRow(0)
    qtbot.keyClick(screen.recheck.table, Qt.Key.Key_Return)
    found = recheck(station, R)
    assert found is not None
    assert found.verdict is Verdict.PASSED


def test_an_error_is_described_and_leads_to_marking(screen: ReviewScreen, around: Around) -> None:
    drawn(screen)
    screen.recheck.wrong.click()
    asked = dialog()
    asked.go.click()
    assert "what the paper says" in asked.banner.text
    asked.note.setText("A1: 99, not 100")
    asked.count.setText("1")
    asked.go.click()
    page = screen.recheck
    assert page.model.index(0, 3).data() == "errors 1 in A: A1: 99, not 100"
    page.table.selectRow(0)
    page.correct.click()
    assert around.went == [(Place.MARKING, {"event": "R", "module": "A", "work": "01"})]


def test_a_new_sample_asks_for_a_reason(
    screen: ReviewScreen, station: Station, around: Around
) -> None:
    drawn(screen)
    around.person.agrees = False
    screen.recheck.again.click()
    found = recheck(station, R)
    assert found is not None
    assert found.drawn is not None
    around.person.agrees = True
    screen.recheck.again.click()
    again = recheck(station, R)
    assert again is not None
    assert again.drawn is None


def test_the_record_is_printed_to_a_file(
    qtbot: QtBot, screen: ReviewScreen, around: Around, tmp_path: Path
) -> None:
    drawn(screen)
    around.person.path = tmp_path / "record.pdf"
    screen.recheck.print.click()
    qtbot.waitUntil(lambda: "Saved record.pdf" in around.announced)
    assert around.person.path.read_bytes().startswith(b"%PDF")


def test_nobody_but_the_chief_sees_the_sample(
    qtbot: QtBot, station: Station, around: Around
) -> None:
    screen = shown(qtbot, around)
    drawn(screen)
    station.actor = Actor(Role.SCOREKEEPER)
    screen = shown(qtbot, around)
    assert screen.recheck.model.rowCount() == 0
    assert not screen.recheck.go.isEnabled()


def test_the_page_is_there_only_where_the_rules_ask_for_it(qtbot: QtBot) -> None:
    plain = marking_station()
    with around_of(plain) as around:
        screen = shown(qtbot, around)
        assert not screen.tabs.isTabVisible(PLACE)
    plain.close()
