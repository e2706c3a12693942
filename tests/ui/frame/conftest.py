"""A theme, words and windows for the tests of the frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.settings import Settings
from app.words import Words
from tests.ui.around import Person
from tests.ui.frame.sample_desk import SampleOpener, SampleScreens
from ui.main_window import MainWindow
from ui.theme.tokens import Mode, Theme, theme_of


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return theme_of(Mode.LIGHT)


@pytest.fixture
def words() -> Words:
    return Words.load("en")


@pytest.fixture
def answers() -> Person:
    return Person()


@pytest.fixture
def screens() -> SampleScreens:
    return SampleScreens()


@pytest.fixture
def opener() -> SampleOpener:
    return SampleOpener()


@pytest.fixture
def make_window(
    qtbot: QtBot, opener: SampleOpener, screens: SampleScreens, answers: Person
) -> Iterator[Callable[[Settings], MainWindow]]:
    made: list[MainWindow] = []

    def make(settings: Settings) -> MainWindow:
        window = MainWindow(settings, opener, load=screens, ask=lambda _window: answers)
        made.append(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    yield make
    answers.agrees = True
    for screen in screens.made:
        screen.may_go = True
    for window in made:
        window.close()
        window.deleteLater()


@pytest.fixture
def window(make_window: Callable[[Settings], MainWindow]) -> MainWindow:
    return make_window(Settings(language="en", theme="light"))
