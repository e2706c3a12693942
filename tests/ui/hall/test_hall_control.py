"""The operator's end of the hall screen, which survives the screen it was opened from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.services.station import Station
from tests.samples.results import WELD, published_event
from tests.ui.around import Around
from ui.screens.results.hall_control import HallControl


@pytest.fixture
def station() -> Iterator[Station]:
    opened = published_event()
    yield opened
    opened.close()


def control_of(qtbot: QtBot, around: Around) -> HallControl:
    made = HallControl(around.context(), lambda: WELD)
    qtbot.addWidget(made)
    return made


def test_the_control_shows_itself_only_while_a_hall_screen_is_up(
    qtbot: QtBot, around: Around
) -> None:
    control = control_of(qtbot, around)
    assert control.isHidden()
    control.show_in_window()
    assert not control.isHidden()
    control.names.click()
    assert control.window_up is not None
    assert control.window_up.with_names
    control.play.click()
    assert not control.window_up.pages.playing
    assert control.play.text() == "Play"
    control.end.click()
    assert control.isHidden()


def test_a_new_control_finds_the_hall_screen_that_is_up(qtbot: QtBot, around: Around) -> None:
    first = control_of(qtbot, around)
    first.show_in_window()
    second = control_of(qtbot, around)
    assert second.window_up is first.window_up
    assert second.window_up is not None
    second.end.click()
    assert first.isHidden()
    assert second.isHidden()
