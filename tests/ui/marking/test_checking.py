"""Somebody else checks a sheet by keyboard: typed again unseen, or compared with the paper."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.changes import Changes, Topic
from app.domain.checking_rules import EntryCheck
from app.domain.entries import value_cell
from app.domain.facts import CheckOutcome, SheetChecked
from app.domain.points import parse_points
from app.domain.roles import Actor, Role
from app.services.marking import sheet
from app.services.station import Station
from app.storage import queries
from app.words import Words
from tests.services.marking_samples import J1, A, R
from tests.services.test_sheet_checks import AB, CD, checked_station
from tests.ui.around import Around, around_of
from ui.screens.marking.difference_dialog import DifferenceDialog
from ui.screens.marking.screen import MarkingScreen
from ui.station_desk import StationDesk


@pytest.fixture
def station() -> Iterator[Station]:
    opened = checked_station()
    opened.actor = CD
    yield opened
    opened.close()


def opened(qtbot: QtBot, around: Around) -> MarkingScreen:
    screen = MarkingScreen(around.context())
    qtbot.addWidget(screen)
    screen.resize(1180, 680)
    screen.show()
    qtbot.waitExposed(screen)
    return screen


@pytest.fixture
def screen(qtbot: QtBot, around: Around) -> MarkingScreen:
    return opened(qtbot, around)


def type_keys(qtbot: QtBot, screen: MarkingScreen, keys: str) -> None:
    for key in keys:
        qtbot.keyClicks(screen.checking.sheet.table, key)
        qtbot.keyClick(screen.checking.sheet.table, Qt.Key.Key_Return)


def outcomes(station: Station) -> list[CheckOutcome]:
    return [one.fact.outcome for one in queries.standing(station.connection, SheetChecked)]


def test_the_sheet_to_check_is_open_and_shows_nothing(screen: MarkingScreen) -> None:
    assert screen.choices.modes.isVisibleTo(screen)
    screen.choose_mode("check")
    assert screen.checks
    part = screen.checking
    assert part.sheet.code.text() == "5127"
    marks = [part.sheet.model.index(line, 3).data() for line in (1, 2)]
    assert marks == ["–", "–"]
    assert part.entered.text() == "Scorekeeper AB"
    assert part.go.text() == "Compare"


def test_typed_again_the_same_it_is_checked(
    qtbot: QtBot, screen: MarkingScreen, station: Station
) -> None:
    screen.choose_mode("check")
    type_keys(qtbot, screen, "23")
    screen.checking.go.click()
    assert outcomes(station) == [CheckOutcome.AGREES]
    assert "everything agrees" in screen.checking.banner.text
    assert screen.checking.presenter.editor is None


def test_what_differs_is_settled_side_by_side(
    qtbot: QtBot, screen: MarkingScreen, station: Station
) -> None:
    screen.choose_mode("check")
    type_keys(qtbot, screen, "33")
    screen.checking.go.click()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, DifferenceDialog)
    (edit,) = dialog.paper.values()
    qtbot.keyClicks(edit, "3")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
    assert "reason" in dialog.banner.text
    qtbot.keyClicks(dialog.reason, "paper says 3")
    qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
    assert outcomes(station) == [CheckOutcome.CORRECTED]
    assert screen.focusWidget() is screen.checking.table, "there is no sheet left to type into"
    held = sheet(station, R, A, "5127", J1).rows[0].held
    assert held == value_cell(parse_points("3"))


def test_what_differs_can_be_left_to_the_chief(
    qtbot: QtBot, screen: MarkingScreen, station: Station
) -> None:
    screen.choose_mode("check")
    type_keys(qtbot, screen, "33")
    screen.checking.compare()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, DifferenceDialog)
    dialog.leave.click()
    assert outcomes(station) == [CheckOutcome.DIFFERS]
    states = [
        screen.checking.model.index(line, 2).data()
        for line, one in enumerate(screen.checking.presenter.lines)
        if one.aspects
    ]
    assert states == ["for the chief"]


def test_an_untyped_row_is_where_the_cursor_goes(qtbot: QtBot, screen: MarkingScreen) -> None:
    screen.choose_mode("check")
    type_keys(qtbot, screen, "2")
    screen.checking.compare()
    assert screen.checking.presenter.editor is not None
    assert screen.checking.presenter.editor.cursor == 1
    assert screen.checking.banner.text != ""


def test_ones_own_sheet_is_refused_with_a_sentence(screen: MarkingScreen, station: Station) -> None:
    station.actor = AB
    screen.focus_on({"module": "A", "work": "5127", "judge": "J1", "check": "yes"})
    assert screen.checks
    assert "somebody else has to check it" in screen.checking.banner.text


def test_a_judge_is_offered_no_checking(qtbot: QtBot, station: Station, around: Around) -> None:
    station.actor = Actor(Role.JUDGE, J1)
    screen = opened(qtbot, around)
    assert not screen.choices.modes.isVisibleTo(screen)


def test_confirming_asks_once_more_and_takes_one_key(qtbot: QtBot) -> None:
    station = checked_station(EntryCheck.CONFIRM)
    station.actor = CD
    with around_of(station) as around:
        screen = opened(qtbot, around)
        screen.choose_mode("check")
        assert screen.checking.go.text() == "Sheet agrees with the paper"
        marks = [screen.checking.sheet.model.index(line, 3).data() for line in (1, 2)]
        assert marks == ["2", "3"]
        screen.checking.go.click()
        assert [one.shown_large for one in around.person.confirmed] == ["5127"]
        assert outcomes(station) == [CheckOutcome.AGREES]
    station.close()


def test_entering_and_checking_are_a_key_apart(screen: MarkingScreen) -> None:
    screen.choose_mode("check")
    assert not screen.choices.sheets.isVisibleTo(screen)
    screen.choose_mode("enter")
    assert not screen.checks
    assert screen.choices.sheets.isVisibleTo(screen)


def test_what_was_typed_again_is_there_after_the_window_was_killed(
    qtbot: QtBot, station: Station, around: Around
) -> None:
    screen = opened(qtbot, around)
    screen.choose_mode("check")
    type_keys(qtbot, screen, "2")
    screen = opened(qtbot, around)
    screen.choose_mode("check")
    assert screen.checking.sheet.model.index(1, 3).data() == "2"
    type_keys(qtbot, screen, "3")
    screen.checking.go.click()
    assert outcomes(station) == [CheckOutcome.AGREES]


def test_a_check_can_be_taken_back_and_is_named_in_words(
    qtbot: QtBot, screen: MarkingScreen, station: Station
) -> None:
    screen.choose_mode("check")
    type_keys(qtbot, screen, "23")
    screen.checking.go.click()
    desk = StationDesk(station)
    assert desk.undoable(Words.load("en")) == "the check of work 5127, Judge 1"
    assert desk.undoable(Words.load("zh")) == "作品 5127（1 号裁判）的核对"
    desk.undo()
    screen.reload(Changes.to(Topic.SIGN_OFF))
    assert screen.checking.model.index(0, 2).data() == "to check"
    assert screen.checking.left.number == "1"
