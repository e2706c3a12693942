"""The check-in screen by keyboard, as a scanner and a clerk use it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.changes import Changes, Topic
from app.services.attendance import attendance
from app.services.checkin import check_in
from app.services.station import Station
from app.words import Words
from tests.samples.floor import ROBOT, SampleTime, entry_id, floor
from tests.ui.around import Around
from tests.ui.showing import bring_up
from ui.context import Place
from ui.screens.checkin import open_screen
from ui.screens.checkin.model import LinesModel
from ui.screens.checkin.screen import CheckinScreen
from ui.screens.checkin.start_dialog import StartDialog
from ui.theme.tokens import Mode, theme_of


def opened(qtbot: QtBot, station: Station) -> tuple[CheckinScreen, Around]:
    around = Around(station)
    screen = open_screen(around.context())
    assert isinstance(screen, CheckinScreen)
    bring_up(qtbot, screen, (1180, 690))
    screen.setFocus()
    return screen, around


@pytest.fixture
def station() -> Iterator[Station]:
    made = floor(entrants=30, time=SampleTime())
    yield made
    made.close()


def test_thirty_scans_in_a_row_check_thirty_entrants_in(qtbot: QtBot, station: Station) -> None:
    screen, around = opened(qtbot, station)
    for number in range(1, 31):
        QTest.keyClicks(screen.field, f"ROBOT-{number:02d}\r")
    assert attendance(station, ROBOT).here == 30
    assert screen.field.text() == ""
    assert screen.field.hasFocus()
    assert screen.side.here.number == "30 / 30"
    assert around.failed == []


def test_arrow_keys_choose_among_several_and_enter_checks_in(
    qtbot: QtBot, station: Station
) -> None:
    screen, _ = opened(qtbot, station)
    QTest.keyClicks(screen.field, "ylxs")
    assert screen.matches.isVisible()
    QTest.keyClick(screen.field, Qt.Key.Key_Down)
    QTest.keyClick(screen.field, Qt.Key.Key_Down)
    QTest.keyClick(screen.field, Qt.Key.Key_Return)
    assert screen.card.name.text() == "样例选手02"
    assert screen.card.state.text() == "Checked in now"
    assert not screen.matches.isVisible()


def test_whatever_is_clicked_the_field_keeps_the_focus(qtbot: QtBot, station: Station) -> None:
    screen, _ = opened(qtbot, station)
    for table in (screen.side.units, screen.side.missing):
        qtbot.mouseClick(
            table.viewport(),
            Qt.MouseButton.LeftButton,
            pos=table.visualRect(table.model().index(1, 0)).center(),
        )
        assert screen.field.hasFocus()
    assert screen.side.missing.model().rowCount() < 30


def test_a_check_in_at_another_window_shows_here(qtbot: QtBot, station: Station) -> None:
    screen, _ = opened(qtbot, station)
    check_in(station, entry_id(1))
    screen.reload(Changes.to(Topic.CHECK_IN))
    assert screen.side.here.number == "1 / 30"
    assert screen.waiting() == 29


def test_found_entrants_are_shown_without_checking_them_in(qtbot: QtBot, station: Station) -> None:
    screen, _ = opened(qtbot, station)
    screen.focus_on({"event": "ROBOT", "entry": "ROBOT-05"})
    assert screen.card.name.text() == "欧阳样"
    assert attendance(station, ROBOT).here == 0
    assert screen.where() == ("Industrial robots (sample)",)


def test_the_start_is_set_to_the_minute_and_taken_away(qtbot: QtBot, station: Station) -> None:
    screen, _ = opened(qtbot, station)
    dialog = StartDialog(theme_of(Mode.LIGHT), Words.load("en"), None)
    qtbot.addWidget(dialog)
    dialog.time.setTime(QTime(9, 0, 42))
    dialog.go.click()
    assert dialog.start_ms is not None
    assert dialog.start_ms % 60_000 == 0
    screen.presenter.set_start(dialog.start_ms)
    assert screen.start.text() == "Start 09:00…"
    dialog.none.click()
    screen.presenter.set_start(dialog.start_ms)
    assert screen.start.text() == "Set start…"


def test_without_entrants_the_screen_offers_to_import_them(qtbot: QtBot) -> None:
    station = floor(entrants=0)
    screen, around = opened(qtbot, station)
    button = screen.focusProxy()
    assert isinstance(button, QWidget)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert around.went == [(Place.SETUP, {})]
    station.close()


def test_the_lines_model_is_a_sound_model(qtbot: QtBot) -> None:
    model = LinesModel(["No.", "Name"], frozenset({0}))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_lines([("1", "a"), ("2", "b")])
    assert model.index(1, 1).data() == "b"
    model.show_lines([])
    assert model.rowCount() == 0
    tester.deleteLater()
