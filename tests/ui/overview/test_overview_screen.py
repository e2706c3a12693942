"""The overview: progress in words and cells, and every block leading to its place."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import create_competition, create_station
from app.changes import Changes, Topic
from app.domain.facts import CheckedIn
from app.domain.ids import AspectId, EntryId, EventCode, ModuleId, SubcriterionId
from app.domain.scheme import Aspect, Competition, Event, Module, Scheme, Subcriterion
from app.services import entrants, setup
from app.services.entrants import Entrant
from app.services.station import Station, record
from app.storage.people import Person
from tests.ui.around import Around, around_of
from ui.context import Place
from ui.screens.overview.screen import OverviewScreen
from ui.theme.tokens import Tone

ROBOT, WELD = EventCode("ROBOT"), EventCode("WELD")


def event(code: EventCode) -> Event:
    aspect = Aspect(id=AspectId("A1.1"), name="样例评分点", max=Decimal(100))
    part = Subcriterion(id=SubcriterionId("A1"), name="样例子项", aspects=(aspect,))
    module = Module(
        id=ModuleId("A"), name="样例模块", limit_minutes=60, blind=False, subcriteria=(part,)
    )
    return Event(code=code, name=f"样例赛项{code}", modules=(module,))


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    scheme = Scheme(
        competition=Competition(code="S-1", title="样例竞赛"), events=(event(ROBOT), event(WELD))
    )
    opened = create_competition(tmp_path / "sample.plumb", scheme)
    for number in (1, 2):
        person = Person(name=f"样例选手0{number}")
        entrants.register(opened, Entrant(event=ROBOT, person=person, unit="样例一厂"))
    setup.freeze(opened, ROBOT)
    yield opened
    opened.close()


@pytest.fixture
def screen(qtbot: QtBot, qapp: QApplication, around: Around) -> OverviewScreen:
    shown = OverviewScreen(around.context())
    qtbot.addWidget(shown)
    shown.resize(1180, 680)
    shown.show()
    return shown


def test_an_empty_file_leads_to_setting_up(qtbot: QtBot) -> None:
    station = create_station(None)
    with around_of(station) as around:
        screen = OverviewScreen(around.context())
        qtbot.addWidget(screen)
        assert screen.empty.button is not None
        screen.empty.button.click()
    assert around.went == [(Place.SETUP, {})]
    station.close()


def test_each_event_has_a_row_with_a_cell_for_every_phase(screen: OverviewScreen) -> None:
    robot, weld = (strip.cells for strip in screen.rows.strips)
    assert [(cell.name, cell.word, cell.count) for cell in robot[:2]] == [
        ("Rules", "Done", ""),
        ("Check-in", "To do", "0 / 2"),
    ]
    assert weld[0].tone is Tone.ATTENTION
    assert robot[2].tone is None


def test_a_check_in_elsewhere_shows_after_a_reload(
    screen: OverviewScreen, station: Station
) -> None:
    record(station, CheckedIn(event=ROBOT, entry=EntryId("ROBOT-01")))
    screen.reload(Changes.to(Topic.CHECK_IN))
    assert screen.rows.strips[0].cells[1].count == "1 / 2"


def test_what_blocks_leads_to_its_place_by_enter(
    qtbot: QtBot, screen: OverviewScreen, around: Around
) -> None:
    shown = [screen.detail.blocks.item(row).text() for row in range(screen.detail.blocks.count())]
    assert shown == ["ROBOT: entries not checked in: 2.\n→ Check-in"]
    qtbot.keyClick(screen.detail.blocks, Qt.Key.Key_Return)
    assert around.went == [(Place.CHECKIN, {"event": "ROBOT"})]


def test_a_phase_leads_to_its_screen_by_the_arrow_keys(
    qtbot: QtBot, screen: OverviewScreen, around: Around
) -> None:
    strip = screen.rows.strips[0]
    strip.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return):
        qtbot.keyClick(strip, key)
    assert around.went == [(Place.TIMING, {"event": "ROBOT"})]


def test_a_cell_of_the_matrix_names_the_module(
    qtbot: QtBot, screen: OverviewScreen, around: Around
) -> None:
    strip = screen.detail.strips[0]
    strip.resize(600, strip.height())
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.cell_rect(2).center())
    assert around.went == [(Place.MARKING, {"event": "ROBOT", "module": "A"})]


def test_another_event_can_be_asked_for(screen: OverviewScreen) -> None:
    screen.focus_on({"event": "WELD"})
    assert screen.where() == ("样例赛项WELD",)
    assert "has no entrants" in screen.detail.blocks.item(1).text()


def test_the_chart_shows_modules_and_their_sum(screen: OverviewScreen) -> None:
    assert [(one.caption, one.numbers) for one in screen.detail.chart.shares] == [
        ("A", "0 / 2"),
        ("All", "0 / 2"),
    ]


def test_much_is_counted_beside_the_window(
    qtbot: QtBot, screen: OverviewScreen, station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.progress._LARGE", -1)
    record(station, CheckedIn(event=ROBOT, entry=EntryId("ROBOT-01")))
    screen.reload(Changes.to(Topic.CHECK_IN))
    screen.reload(Changes.to(Topic.CHECK_IN))
    qtbot.waitUntil(lambda: screen.rows.strips[0].cells[1].count == "1 / 2")


def test_a_large_file_is_open_before_it_is_counted(
    qtbot: QtBot, around: Around, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.progress._LARGE", -1)
    screen = OverviewScreen(around.context())
    qtbot.addWidget(screen)
    screen.show()
    assert screen.presenter.seen is None
    screen.focus_on({"event": "WELD"})
    qtbot.waitUntil(lambda: screen.where() == ("样例赛项WELD",))
    assert "has no entrants" in screen.detail.blocks.item(1).text()
