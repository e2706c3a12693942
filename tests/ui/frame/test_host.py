"""Where the focus goes when a screen comes to the front."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import create_station
from app.services.station import Station
from tests.ui.around import Around
from tests.ui.showing import bring_up
from ui.context import Place, ScreenContext
from ui.frame.host import ScreenHost
from ui.theme.tokens import Mode, theme_of
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import column, scrolling


class LongForm(QWidget):
    """Opens with its first field; the last is far below it."""

    def __init__(self) -> None:
        super().__init__()
        theme = theme_of(Mode.LIGHT)
        self.fields = [QLineEdit() for _number in range(40)]
        self.area = scrolling(theme, *self.fields)
        self.setLayout(column(theme, self.area))
        self.setFocusProxy(self.fields[0])


@dataclass
class OneScreen:
    """A screen package that opens this widget."""

    form: QWidget

    def open_screen(self, _context: ScreenContext) -> QWidget:
        return self.form


@pytest.fixture
def station() -> Iterator[Station]:
    opened = create_station(None)
    yield opened
    opened.close()


def test_a_place_chosen_again_shows_the_field_that_takes_the_next_key(
    qtbot: QtBot, around: Around
) -> None:
    form = LongForm()
    host = ScreenHost(around.context(), lambda _place: OneScreen(form))
    bring_up(qtbot, host, (400, 300))
    host.show_place(Place.SETUP, {})
    bar = form.area.verticalScrollBar()
    bar.setValue(bar.maximum())
    host.show_place(Place.SETUP, {})
    assert host.focusWidget() is form.fields[0]
    qtbot.waitUntil(lambda: bar.value() == 0)


class NothingYet(QWidget):
    """A list to choose pages by, nothing to show, and where to begin."""

    def __init__(self) -> None:
        super().__init__()
        theme = theme_of(Mode.LIGHT)
        self.pages, self.hidden = QLineEdit(), QLineEdit()
        self.hidden.hide()
        self.empty = EmptyState(theme, "marking", "Nothing yet", "", "Begin", self.close)
        self.setLayout(column(theme, self.pages, self.hidden, self.empty))
        self.setFocusProxy(self.hidden)


def test_an_empty_screen_gives_the_focus_to_what_begins_it(qtbot: QtBot, around: Around) -> None:
    screen = NothingYet()
    host = ScreenHost(around.context(), lambda _place: OneScreen(screen))
    bring_up(qtbot, host)
    host.show_place(Place.MARKING, {})
    assert host.focusWidget() is screen.empty.button
