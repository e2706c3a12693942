"""The window is closed in the middle of typing: what was typed is kept, or the person is asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import pytest
from PySide6.QtWidgets import QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from tests.journeys.hands import Hands, at_window
from tests.journeys.laptops import Laptop
from tests.services.test_sheet_checks import CD, checked_station
from ui.context import Place
from ui.opening import StationOpener

NOT_SAVED = "Not saved yet"
STEPS = "Steps of setting up"


class Sit(Protocol):
    """Sit down at the window of the laptop, with its file open."""

    def __call__(self) -> AbstractContextManager[Hands]: ...


@pytest.fixture
def sit(qtbot: QtBot, morning: Laptop) -> Sit:
    return lambda: at_window(qtbot, StationOpener(morning.home), morning.file)


@pytest.fixture
def hands(sit: Sit) -> Iterator[Hands]:
    with sit() as sitting:
        yield sitting


def open_sheet(hands: Hands) -> None:
    hands.go(Place.MARKING)
    hands.choose("Whose sheet", "Marking team")
    hands.tab_to("Mark sheet")


def step(hands: Hands, number: int) -> None:
    hands.tab_to(STEPS)
    hands.press("Home", *["Down"] * number)


def shown(hands: Hands, table: str, row: int, column: int) -> str:
    view = hands.tab_to(table)
    assert isinstance(view, QTableView)
    return str(view.model().index(row, column).data())


def field(hands: Hands, name: str) -> str:
    line = hands.tab_to(name)
    assert isinstance(line, QLineEdit)
    return line.text()


def test_a_mark_that_is_half_typed_stands_in_the_sheet_afterwards(sit: Sit) -> None:
    with sit() as hands:
        open_sheet(hands)
        hands.type("55.5")
        assert hands.window.close()
    with sit() as hands:
        open_sheet(hands)
        assert shown(hands, "Mark sheet", 1, 3) == "55.5"


def test_a_mark_that_cannot_stand_keeps_the_window_open(hands: Hands) -> None:
    open_sheet(hands)
    hands.type("60.5")
    assert not hands.window.close()
    assert shown(hands, "Mark sheet", 1, 3) == "60.5▏"
    hands.press("Escape")
    assert hands.window.close()


def test_a_sheet_half_typed_again_goes_on_where_it_was_left(
    qtbot: QtBot, station_home: Path, tmp_path: Path
) -> None:
    path = tmp_path / "day.plumb"
    checked_station(path=path).close()
    seen = []
    for _ in range(2):
        with at_window(qtbot, StationOpener(station_home), path) as hands:
            hands.desk.act_as(CD)
            hands.go(Place.MARKING)
            hands.choose("What to do", "Check")
            seen.append(shown(hands, "Mark sheet", 1, 3))
            hands.type("2")
            assert hands.window.close()
    assert seen == ["–", "2"]


def test_a_field_of_the_rules_is_taken_as_it_stands(sit: Sit) -> None:
    with sit() as hands:
        hands.go(Place.SETUP)
        hands.tab_to("Title in English")
        hands.type("Sample Games")
        assert hands.window.close()
    with sit() as hands:
        hands.go(Place.SETUP)
        assert field(hands, "Title in English") == "Sample Games"


def test_a_field_that_cannot_be_taken_is_asked_about(hands: Hands) -> None:
    hands.go(Place.SETUP)
    first_day = hands.tab_to("First day")
    hands.type("2026-13")
    with hands.answering(hands.key("Escape")) as said:
        assert not hands.window.close()
    assert NOT_SAVED in said
    assert "• First day: 2026-13" in said
    assert hands.focused is first_day
    hands.press("Ctrl+A", "Delete")
    assert hands.window.close()


@pytest.mark.parametrize(("number", "name"), [(3, "Name"), (4, "Name or team")])
def test_a_form_that_was_not_sent_is_asked_about_from_everywhere(
    hands: Hands, number: int, name: str
) -> None:
    hands.go(Place.SETUP)
    step(hands, number)
    hands.tab_to(name)
    hands.type("Sample Person 09")
    hands.go(Place.OVERVIEW)
    with hands.answering(hands.key("Escape")) as said:
        assert not hands.window.close()
    assert f"• {name}: Sample Person 09" in said
    hands.go(Place.SETUP)
    assert field(hands, name) == "Sample Person 09"


def test_a_form_that_was_sent_is_not_asked_about(hands: Hands) -> None:
    hands.go(Place.SETUP)
    step(hands, 4)
    hands.tab_to("Name or team")
    hands.type("Sample Entrant 03")
    hands.tab_to("Register")
    hands.press("Space")
    step(hands, 3)
    hands.tab_to("Name")
    hands.enter("Sample Judge 01")
    assert hands.window.close()


def test_a_new_language_builds_the_window_anew_so_it_asks_as_well(hands: Hands) -> None:
    hands.go(Place.SETUP)
    step(hands, 3)
    hands.tab_to("Name")
    hands.type("Sample Judge 09")
    with hands.answering(hands.key("Escape")) as said:
        hands.window.switch_language()
    assert "• Name: Sample Judge 09" in said
    assert field(hands, "Name") == "Sample Judge 09"
    with hands.answering(lambda: agree(hands)):
        hands.window.switch_language()
    assert hands.window.settings.language == "zh"


def agree(hands: Hands) -> None:
    """Tick that what is lost was read, and go on."""
    hands.press("Tab", "Space", "Ctrl+Return")
