"""The results screen by keyboard, live, and its model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.changes import Changes, Topic
from app.domain.award_rules import StarBand
from app.domain.errors import RuleBroken
from app.domain.facts import PublishedRow
from app.domain.roles import Actor, Role
from app.services import results
from app.services.station import Station
from tests.samples.results import (
    DIVIDED,
    E1,
    E2,
    E4,
    EVENT,
    GROUPS,
    WELD,
    lock,
    mark,
    marked_event,
    publish,
    unlock,
)
from tests.ui.around import Around
from tests.ui.showing import bring_up
from ui.context import Place
from ui.screens.results.model import LeaderboardModel
from ui.screens.results.rows import Column, Line, Listed
from ui.screens.results.screen import ResultsScreen
from ui.theme.styling import apply_theme
from ui.theme.tokens import Mode, Tone, theme_of
from ui.widgets.table import Cells

Open = Callable[[], ResultsScreen]


def text(screen: ResultsScreen, row: int, column: int) -> str:
    return str(screen.model.index(row, column).data())


def test_a_mark_repaints_only_the_rows_it_changed(
    qtbot: QtBot, station: Station, open_results: Open
) -> None:
    screen = open_results()
    screen.table.selectRow(1)
    repainted: list[tuple[int, int]] = []

    def note(first: QModelIndex, last: QModelIndex) -> None:
        repainted.append((first.row(), last.row()))

    screen.model.dataChanged.connect(note)
    mark(station, E4, "A1.1", "7")
    screen.reload(Changes.to(Topic.MARKS))
    assert repainted == [(3, 3)]
    assert text(screen, 3, 6) == "12.00"
    assert screen.table.currentIndex().row() == 1


def test_the_chosen_entry_stays_chosen_when_it_moves(station: Station, open_results: Open) -> None:
    screen = open_results()
    screen.focus_on({"entry": E1})
    assert screen.table.currentIndex().row() == 1
    mark(station, E1, "A1.1", "10")
    screen.reload(Changes.to(Topic.MARKS))
    assert screen.table.currentIndex().row() == 0
    assert "rank 1" in screen.why.sentences.text()


def test_escape_closes_why_this_rank(qtbot: QtBot, open_results: Open) -> None:
    screen = open_results()
    screen.table.setFocus()
    qtbot.keyClick(screen.table, Qt.Key.Key_Down)
    assert screen.why.isVisible()
    qtbot.keyClick(screen.table, Qt.Key.Key_Escape)
    assert not screen.why.isVisible()


def test_ctrl_enter_publishes_what_is_shown(
    qtbot: QtBot, around: Around, open_results: Open
) -> None:
    screen = open_results()
    qtbot.waitUntil(screen.go.isEnabled)
    qtbot.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert results.in_force(around.station, WELD).fact.revision == 1
    assert around.announced == ["Revision 1 is published."]
    assert screen.go.text() == "Publish revision 2 · Final"


def test_publishing_once_more_what_the_public_sees_is_not_what_comes_next(
    qtbot: QtBot, around: Around, open_results: Open
) -> None:
    publish(around.station)
    screen = open_results()
    assert (screen.go.text(), screen.go.property("role")) == (
        "Publish revision 2 · Final",
        "primary",
    )
    screen.publishing.status.setCurrentIndex(0)
    screen.publishing.status.activated.emit(0)
    assert not screen.go.property("role")


def test_a_blocker_goes_to_where_it_is_put_right(
    qtbot: QtBot, around: Around, open_results: Open
) -> None:
    unlock(around.station)
    screen = open_results()
    screen.find_blockers()
    assert not screen.go.isEnabled()
    screen.strip.buttons[0].click()
    assert around.went == [(Place.REVIEW, {"event": "WELD"})]


def test_a_refusal_is_shown_at_the_screen(qtbot: QtBot, around: Around, open_results: Open) -> None:
    screen = open_results()
    screen.find_blockers()
    unlock(around.station)
    mark(around.station, E4, "A1.1", "9")
    lock(around.station)
    screen.go.click()
    assert "changed while you were looking" in screen.banner.text
    assert results.published(around.station, WELD) is None


def test_the_list_and_the_workbook_are_written_beside_the_window(
    qtbot: QtBot, around: Around, open_results: Open, tmp_path: Path
) -> None:
    screen = open_results()
    for key, name in ((Qt.Key.Key_P, "list.pdf"), (Qt.Key.Key_E, "table.xlsx")):
        around.person.path = tmp_path / name
        qtbot.keyClick(screen, key, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil((tmp_path / name).exists)
        qtbot.waitUntil(lambda: not around.tasks.busy)
    assert around.announced == ["Saved as list.pdf.", "Saved as table.xlsx."]


def test_the_allowances_of_a_published_result_are_written_as_a_sheet(
    qtbot: QtBot, tmp_path: Path
) -> None:
    stars = (StarBand(grade="五星", at_least=Decimal(17), allowance=Decimal(500), months=12),)
    rules = replace(EVENT, awards=replace(EVENT.awards, stars=stars))
    around = Around(marked_event(rules=rules))
    screen = ResultsScreen(around.context())
    bring_up(qtbot, screen)
    assert screen.allowances.isHidden(), "nobody is paid by a draft"
    publish(around.station)
    screen.reload(Changes.to(Topic.RESULTS))
    assert screen.allowances.isVisible()
    screen.tabs.setCurrentWidget(screen.standings)
    assert screen.allowances.isHidden()
    screen.tabs.setCurrentIndex(0)
    around.person.path = tmp_path / "sheet.xlsx"
    screen.allowances.click()
    qtbot.waitUntil(lambda: around.announced == ["Saved as sheet.xlsx."])
    around.person.path = tmp_path / "sheet.txt"
    screen.allowances.click()
    assert around.failed == [RuleBroken("list-form-unknown", file="sheet.txt")]
    screen.close()
    around.tasks.close()
    around.station.close()


def test_whoever_is_not_the_chief_waits_for_the_publication(
    qtbot: QtBot, around: Around, open_results: Open
) -> None:
    around.station.actor = Actor(Role.CERTIFICATES)
    screen = open_results()
    assert not screen.table.isVisible()
    around.station.actor = Actor(Role.CHIEF)
    publish(around.station)
    around.station.actor = Actor(Role.CERTIFICATES)
    screen.reload(Changes.to(Topic.RESULTS))
    assert screen.table.isVisible()
    assert not screen.go.isVisible()


def bars(screen: ResultsScreen) -> list[tuple[list[float], list[float]]]:
    """Where the bars of each module begin in the chart, and how high they are."""
    # The chart library takes a third of a second to load.
    from pyqtgraph import BarGraphItem, PlotWidget

    items = screen.chart.findChild(PlotWidget).getPlotItem().items
    drawn = [item.opts for item in items if isinstance(item, BarGraphItem)]
    return [(list(one["y0"]), list(one["height"])) for one in drawn]


def test_the_chart_stacks_the_modules_in_the_order_of_the_table(
    station: Station, open_results: Open
) -> None:
    screen = open_results()
    screen.tabs.setCurrentIndex(1)
    assert bars(screen) == [
        ([0.0, 0.0, 0.0, 0.0, 0.0], [9.0, 8.0, 7.0, 6.5, 10.0]),
        ([9.0, 8.0, 7.0, 6.5, 10.0], [8.0, 9.0, 7.0, 5.0, 10.0]),
    ]
    mark(station, E4, "A1.1", "7.5")
    screen.reload(Changes.to(Topic.MARKS))
    assert bars(screen)[0][1] == [9.0, 8.0, 7.0, 7.5, 10.0]


def test_the_model_keeps_the_rules_of_item_models(qtmodeltester: ModelTester) -> None:
    model = LeaderboardModel()
    columns = (Column("Rank", is_number=True), Column("State"))

    def word(row: PublishedRow) -> Line:
        return Line(row.entry, (str(row.rank), row.state), Tone.DONE)

    first, second = (PublishedRow(e, n, "", "", {}, "x") for n, e in enumerate((E1, E4), 1))
    model.show(columns, Listed((first, second), word))
    qtmodeltester.check(model)
    changed: list[int] = []
    model.dataChanged.connect(lambda start, _end: changed.append(start.row()))
    assert not model.show(columns, Listed((first, replace(second, state="y")), word))
    assert changed == [1]
    assert model.index(1, 1).data() == "y"
    assert model.show(columns, Listed((first,), word))
    qtmodeltester.check(model)


def test_the_table_looks_as_the_style_would_draw_it(
    qapp: QApplication, qtbot: QtBot, open_results: Open
) -> None:
    apply_theme(qapp, theme_of(Mode.LIGHT))
    screen = open_results()
    screen.table.setColumnWidth(2, 64)
    screen.table.selectRow(2)
    screen.table.clearFocus()
    qtbot.wait(0)
    drawn = screen.table.viewport().grab().toImage()
    screen.table.setItemDelegate(Cells(screen._theme, screen.table))
    assert screen.table.viewport().grab().toImage() == drawn


@pytest.fixture
def divided(qtbot: QtBot) -> Iterator[ResultsScreen]:
    around = Around(marked_event(rules=DIVIDED, groups=GROUPS))
    screen = ResultsScreen(around.context())
    bring_up(qtbot, screen, (1366, 768))
    yield screen
    screen.close()
    around.tasks.close()
    around.station.close()


def test_each_division_stands_under_its_heading(divided: ResultsScreen) -> None:
    model = divided.model
    assert [model.text(row, 0) for row in range(model.rowCount())] == [
        *("Staff", "1", "2", ""),
        *("Students", "1", "2", "(1)"),
    ]
    spans = [divided.table.columnSpan(row, 0) for row in range(model.rowCount())]
    assert spans == [model.columnCount(), 1, 1, 1, model.columnCount(), 1, 1, 1]


def test_the_arrow_keys_pass_over_the_heading_of_a_division(
    qtbot: QtBot, divided: ResultsScreen
) -> None:
    divided.table.setFocus()
    divided.table.selectRow(3)
    qtbot.keyClick(divided.table, Qt.Key.Key_Down)
    assert divided.model.entry_at(divided.table.currentIndex().row()) == E2
    why = divided.presenter.why(E2)
    assert why is not None
    assert why.heading == "02 · Sample Entrant 02 · Students"


def test_a_heading_is_no_entry(divided: ResultsScreen, qtmodeltester: ModelTester) -> None:
    assert divided.model.entry_at(0) is None
    assert divided.model.row_of(E2) == 5
    qtmodeltester.check(divided.model)
