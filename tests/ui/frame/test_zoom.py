"""At 200 % on the smallest laptop every screen keeps its main act in sight, nothing sideways."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from app.settings import Settings
from app.words import Language
from ui.context import Place
from ui.frame.desk_view import DeskView
from ui.main_window import MainWindow
from ui.opening import StationOpener
from ui.shots import Samples, make_samples
from ui.theme.fonts import find_families
from ui.widgets.buttons import KeyButton

WIDTH, HEIGHT, ZOOM = 1366, 768, 200


@pytest.fixture(scope="module", params=["zh", "en"])
def samples(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Language, Path, Samples]:
    home = tmp_path_factory.mktemp("home")
    return request.param, home, make_samples(home, request.param)


@pytest.fixture
def window(
    qapp: QApplication, samples: tuple[Language, Path, Samples]
) -> Iterator[tuple[MainWindow, Samples]]:
    language, home, made = samples
    settings = Settings(language=language, theme="light", zoom_percent=ZOOM)
    window = MainWindow(settings, StationOpener(home), find_families(), remembers=False)
    window.resize(WIDTH, HEIGHT)
    window.show()
    yield window, made
    window.close()
    qapp.processEvents()


@pytest.mark.parametrize("place", list(Place), ids=lambda place: place.value)
def test_nothing_is_out_of_sight_sideways_and_the_main_button_is_there(
    qapp: QApplication, window: tuple[MainWindow, Samples], place: Place
) -> None:
    shown, samples = window
    shown.open_path(samples.shown_at(place))
    assert isinstance(shown.view, DeskView)
    shown.view.go_to(place)
    qapp.processEvents()
    screen = shown.view.host.screen_in_front
    assert screen is not None
    areas = [one for one in shown.findChildren(QScrollArea) if one.isVisible()]
    assert [one.horizontalScrollBar().maximum() for one in areas] == [0] * len(areas)
    buttons = [one for one in screen.findChildren(KeyButton) if one.isVisible()]
    for button in buttons:
        if button.property("role") == "primary":
            assert seen(button), button.text()


def seen(button: QWidget) -> bool:
    """Is all of it shown, with nothing around it cutting it off?"""
    return button.visibleRegion().boundingRect().size() == button.size()
