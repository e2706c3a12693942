"""Review from the first blocker to the lock: everything open is listed, and put right from here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import create_station
from app.changes import Changes, Topic
from app.domain.entries import MarkState
from app.domain.facts import MarkGiven
from app.domain.ids import AspectId
from app.domain.points import Points
from app.domain.roles import Actor, Role
from app.services.penalties import ledger
from app.services.signing_off import is_locked
from app.services.station import Station, record
from tests.services.marking_samples import (
    E1,
    J1,
    J2,
    J3,
    A,
    R,
    complete_module_a,
    judged,
    marking_station,
)
from tests.ui.around import FIRST_OFFERED, Around, around_of
from tests.ui.showing import bring_up
from ui.context import CountsWaiting, NamesWhere, Place, Reloads, TakesFocus
from ui.dialogs import ChosenReason
from ui.screens.review.penalty_dialog import PenaltyDialog
from ui.screens.review.screen import PAGES, ReviewScreen
from ui.widgets.score_dialog import ScoreDialog
from ui.widgets.table import TONE, Table

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    opened = marking_station(tmp_path / "day.plumb")
    yield opened
    opened.close()


@pytest.fixture
def screen(qapp: QApplication, qtbot: QtBot, around: Around) -> ReviewScreen:
    shown = ReviewScreen(around.context())
    qtbot.addWidget(shown)
    shown.resize(1180, 680)
    shown.show()
    return shown


def again(screen: ReviewScreen) -> None:
    screen.reload(Changes.to(Topic.MARKS))


def texts(table: Table) -> list[list[str]]:
    model = table.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def apart(station: Station) -> None:
    judged(station, "5127", J1, "0 3")
    judged(station, "5127", J2, "2 3")
    judged(station, "5127", J3, "2 3")


def enter(qtbot: QtBot, table: Table, line: int = 0) -> None:
    table.selectRow(line)
    qtbot.keyClick(table, Qt.Key.Key_Return)


def test_it_offers_all_the_frame_can_use(screen: ReviewScreen) -> None:
    for protocol in (Reloads, CountsWaiting, TakesFocus, NamesWhere):
        assert isinstance(screen, protocol)
    assert screen.where() == ("Sample event", "A Module A")


def test_the_models_are_sound(screen: ReviewScreen, station: Station) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(page.model, mode) for page in screen.pages.values()]
    apart(station)
    again(screen)
    assert all(tester.model() for tester in testers)


def test_the_tabs_count_what_is_open(screen: ReviewScreen, station: Station) -> None:
    apart(station)
    again(screen)
    shown = [place for place in range(len(PAGES)) if screen.tabs.isTabVisible(place)]
    assert [screen.tabs.tabText(place) for place in shown] == [
        "Blockers 5",
        "Missing 18",
        "Too far apart 1",
        "Worth a look 0",
        "Disputes 0",
        "Penalties 0",
        "Sign and lock",
    ]
    assert screen.waiting() == 1


def test_the_tab_counts_missing_marks_before_the_codes_are_drawn(qtbot: QtBot) -> None:
    uncoded = marking_station(codes=False)
    with around_of(uncoded) as around:
        screen = ReviewScreen(around.context())
        qtbot.addWidget(screen)
        reading = screen.presenter.reading
        assert reading is not None
        assert reading.matrix is None
        assert screen.tabs.tabText(PAGES.index("missing")) == "Missing 24"
    uncoded.close()


def test_a_blocker_leads_to_where_it_is_put_right(
    screen: ReviewScreen, qtbot: QtBot, station: Station
) -> None:
    apart(station)
    again(screen)
    shown = texts(screen.pages["blockers"].table)
    assert shown[1] == [
        "A",
        "Module A: in 1 place the judges lie too far apart (A1.1). The panel marks them again.",
        "Too far apart ›",
    ]
    enter(qtbot, screen.pages["blockers"].table, 1)
    assert PAGES[screen.tabs.currentIndex()] == "spread"


def test_the_matrix_says_in_word_and_number_what_is_missing_and_opens_the_sheet(
    screen: ReviewScreen, qtbot: QtBot, station: Station, around: Around
) -> None:
    judged(station, "5127", J2, "2 3")
    again(screen)
    screen.show_page("missing")
    table = screen.pages["missing"].table
    assert texts(table)[1] == ["5127", "none of 2", "all 2", "none of 2", "none of 2"]
    assert table.model().index(1, 2).data(TONE) is not table.model().index(1, 1).data(TONE)
    table.setCurrentIndex(table.model().index(1, 3))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert around.went == [
        (Place.MARKING, {"event": "R", "module": "A", "judge": "J3", "work": "5127"})
    ]


def test_a_spread_violation_is_voted_again_with_a_reason(
    screen: ReviewScreen, qtbot: QtBot, station: Station, around: Around
) -> None:
    apart(station)
    again(screen)
    enter(qtbot, screen.pages["spread"].table)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ScoreDialog)
    for edit in dialog.scores.values():
        edit.setText("2")
    dialog.reason.setText("对照标准重评")
    dialog.go.click()
    assert texts(screen.pages["spread"].table) == []
    assert around.announced == ["New scores recorded for work 5127"]


def test_the_chief_lets_scores_too_far_apart_stand_with_a_reason(
    screen: ReviewScreen, qtbot: QtBot, station: Station, around: Around
) -> None:
    apart(station)
    again(screen)
    screen.show_page("spread")
    around.person.picks = ChosenReason(FIRST_OFFERED, "两次商议后仍不一致")
    qtbot.keyClick(screen, Qt.Key.Key_F6)
    assert texts(screen.pages["spread"].table) == []
    assert around.announced == ["The scores of work 5127 stand"]
    assert not screen.stand.isEnabled()


def test_a_dispute_is_settled_by_choosing_a_record(
    screen: ReviewScreen, qtbot: QtBot, station: Station, around: Around
) -> None:
    for value in (1, 2):
        mark = MarkGiven(
            event=R,
            entry=E1,
            aspect=AspectId("A1.1"),
            judge=J1,
            state=MarkState.VALUE,
            value=Points(value * 10_000),
        )
        last = record(station, mark)
    again(screen)
    assert texts(screen.pages["disputes"].table) == [
        ["5127", "A1.1  Routing", "Judge 1", "1  ≠  2"]
    ]
    around.person.picks = ChosenReason(last.op_id, "样例：第二份为准")
    enter(qtbot, screen.pages["disputes"].table)
    assert texts(screen.pages["disputes"].table) == []


def test_a_penalty_is_booked_and_lifted_and_stays_in_the_ledger(
    screen: ReviewScreen, station: Station, around: Around
) -> None:
    screen.show_page("penalties")
    screen.give.click()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PenaltyDialog)
    dialog.number.setText("99")
    dialog.go.click()
    assert "99" in dialog.banner.text
    dialog.number.setText("02")
    dialog.note.setText("迟到 3 分钟")
    dialog.go.click()
    assert texts(screen.pages["penalties"].table)[0][:5] == ["02", "A", "Late", "−2", "迟到 3 分钟"]
    around.person.picks = ChosenReason(FIRST_OFFERED, "核实后不属实")
    screen.lift.click()
    assert texts(screen.pages["penalties"].table)[0][6] == "lifted: 核实后不属实"
    assert len(ledger(station, R)) == 1


def test_a_deduction_is_asked_for_only_where_the_rules_leave_it_open(
    screen: ReviewScreen, station: Station
) -> None:
    screen.acts.give_penalty()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PenaltyDialog)
    assert not dialog.points.isVisible()
    dialog.reason.setCurrentIndex(dialog.reason.findData("OPEN"))
    assert dialog.points.isVisible()
    dialog.number.setText("01")
    dialog.points.setText("1.5")
    dialog.go.click()
    assert texts(screen.pages["penalties"].table)[0][3] == "−1.5"


def test_everybody_signs_and_the_chief_locks_unlocks_and_locks_again(
    screen: ReviewScreen, station: Station, around: Around
) -> None:
    complete_module_a(station)
    again(screen)
    screen.show_page("signing")
    assert not screen.signing.lock.isEnabled()
    for _judge in range(4):
        # Whoever has signed gives the place to the next.
        screen.signing.sign.click()
    assert [row[1] for row in texts(screen.signing.table)] == ["signed"] * 4
    assert screen.signing.lock.isEnabled()
    screen.signing.lock.click()
    assert is_locked(station, R, A)
    assert around.announced[-1] == "Module A is locked and backed up"
    around.person.picks = ChosenReason(FIRST_OFFERED, "申诉成立")
    screen.signing.unlock.click()
    assert not is_locked(station, R, A)
    assert screen.signing.lock.isEnabled(), "no mark changed, so the signatures hold"


def test_nothing_is_locked_when_the_chief_says_no(
    screen: ReviewScreen, station: Station, around: Around
) -> None:
    complete_module_a(station)
    again(screen)
    for line in range(4):
        screen.signing.table.selectRow(line)
        screen.signing.sign.click()
    around.person.agrees = False
    screen.signing.lock.click()
    assert not is_locked(station, R, A)


def test_a_judge_signs_the_own_sheets_and_sees_nobodys_scores(
    screen: ReviewScreen, station: Station
) -> None:
    apart(station)
    station.actor = Actor(Role.JUDGE, J2)
    again(screen)
    assert texts(screen.pages["spread"].table) == []
    screen.signing.table.selectRow(0)
    assert not screen.signing.sign.isEnabled()
    screen.signing.table.selectRow(1)
    assert screen.signing.sign.isEnabled()
    assert not screen.signing.lock.isEnabled()


def test_the_frame_can_name_module_and_page(screen: ReviewScreen) -> None:
    screen.focus_on({"event": "R", "module": "B", "page": "signing"})
    assert screen.where()[-1] == "B Module B"
    assert PAGES[screen.tabs.currentIndex()] == "signing"


def test_what_has_to_come_first_is_reached_by_key(qtbot: QtBot) -> None:
    empty = create_station(None)
    with around_of(empty) as around:
        shown = ReviewScreen(around.context())
        bring_up(qtbot, shown)
        qtbot.keyClick(shown.focusWidget(), Qt.Key.Key_Space)
    empty.close()
    assert around.went == [(Place.SETUP, {})]
