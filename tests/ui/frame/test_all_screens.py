"""Every screen on a competition in the middle of its day: named, reachable, and nothing flashes up.

The real window with the real screens; what only one screen can do is tested with that screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.demo.midday import leave_at_midday
from app.settings import Settings
from app.time_source import SystemTime
from ui.context import Place
from ui.frame.desk_view import DeskView
from ui.frame.tab_order import next_in_tab_order
from ui.main_window import MainWindow
from ui.opening import StationOpener
from ui.screens.setup.presenter import Step

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
)
VISITS = [(place, "") for place in Place] + [(Place.SETUP, step.value) for step in Step]


class ShownWindows(QObject):
    """Remembers every window of its own that is shown and is none of those that should."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and not isinstance(watched, QMainWindow | QDialog | QMenu)
        ):
            self.seen.append(type(watched).__name__)
        return False


@pytest.fixture(scope="module")
def midday(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("midday")
    now = SystemTime(folder / "boot").reading()
    leave_at_midday(folder / "day.plumb", folder / "roster.csv", now, home=folder / "home")
    return folder


@pytest.fixture
def window(qtbot: QtBot, midday: Path) -> Iterator[MainWindow]:
    made = MainWindow(
        Settings(language="en", theme="light"), StationOpener(midday / "home"), remembers=False
    )
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.open_path(midday / "day.plumb")
    yield made
    made.close()
    made.deleteLater()


def visit(window: MainWindow, place: Place, step: str) -> QWidget:
    assert isinstance(window.view, DeskView)
    if step:
        window.view.go_to(place, step=step)
    else:
        window.view.go_to(place)
    QApplication.processEvents()
    screen = window.view.host.screen_in_front
    assert screen is not None
    return screen


@pytest.mark.parametrize(("place", "step"), VISITS)
def test_every_control_of_a_screen_has_a_name_for_a_screen_reader(
    window: MainWindow, place: Place, step: str
) -> None:
    visit(window, place, step)
    # A spin box and a list keep a nameless field and viewport inside; the outer one is announced.
    inner = (QComboBox, QAbstractSpinBox, QHeaderView, QAbstractItemView, QLineEdit)
    nameless = [
        f"{type(one).__name__} in {type(one.parentWidget()).__name__}"
        for one in window.findChildren(QWidget)
        if isinstance(one, CONTROLS)
        and not isinstance(one, QHeaderView)
        and one.isVisible()
        and not one.accessibleName()
        and not (isinstance(one, QAbstractButton) and one.text())
        and not isinstance(one.parentWidget(), inner)
    ]
    assert nameless == []


def test_every_screen_opens_in_a_file_with_nothing_in_it(
    window: MainWindow, midday: Path, tmp_path: Path
) -> None:
    StationOpener(midday / "home").create(tmp_path / "new.plumb").close()
    window.open_path(tmp_path / "new.plumb")
    assert isinstance(window.view, DeskView)
    assert window.desk is not None
    assert window.desk.path == tmp_path / "new.plumb"
    for place in Place:
        visit(window, place, "")
        assert window.view.banner.text == ""


@pytest.mark.parametrize(("place", "step"), VISITS)
def test_tab_reaches_every_control_of_a_screen_and_comes_back(
    window: MainWindow, place: Place, step: str
) -> None:
    screen = visit(window, place, step)
    assert window.focusWidget() is not None
    wanted = {
        one
        for one in screen.findChildren(QWidget)
        if isinstance(one, CONTROLS)
        and one.isVisible()
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None
    }
    reached: set[QWidget] = set()
    for _ in range(200):
        found = next_in_tab_order(window, forward=True)
        if found is None or found in reached:
            break
        found.setFocus()
        reached.add(found)
    missed = [f"{type(one).__name__} {one.accessibleName()}" for one in wanted - reached]
    assert missed == []


def test_opening_the_screens_shows_no_window_but_the_one(window: MainWindow) -> None:
    shown = ShownWindows()
    QApplication.instance().installEventFilter(shown)
    for place, step in VISITS:
        visit(window, place, step)
    QApplication.instance().removeEventFilter(shown)
    assert shown.seen == []


def test_a_place_opens_with_its_main_control_wherever_one_comes_from(
    window: MainWindow,
) -> None:
    visit(window, Place.RESULTS, "")
    visit(window, Place.CHECKIN, "")
    assert window.focusWidget().accessibleName() == "Scan or type"
    visit(window, Place.TIMING, "")
    assert window.focusWidget().accessibleName().startswith("01 ")


def test_cues_are_heard_while_clocks_run_though_nobody_looks_at_them(window: MainWindow) -> None:
    assert isinstance(window.view, DeskView)
    assert window.view.host.here is Place.OVERVIEW
    assert Place.TIMING in window.view.host.waiting()
