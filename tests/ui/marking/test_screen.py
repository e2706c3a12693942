"""A sheet is marked from the first key to the commit without the mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.changes import Changes, Topic
from app.domain.entries import value_cell
from app.domain.errors import RuleBroken
from app.domain.ids import PANEL, AspectId
from app.domain.roles import Actor, Role
from app.services.marking import sheet, typed
from app.services.marking_queue import SheetState, queue
from app.services.station import Station
from app.storage import oplog
from tests.services.marking_samples import (
    J1,
    J2,
    J3,
    A,
    B,
    R,
    complete_module_a,
    judged,
    marking_station,
    points,
)
from tests.ui.around import Around, around_of
from ui.context import (
    AsksBeforeLeaving,
    CountsWaiting,
    NamesWhere,
    Place,
    Reloads,
    ScreenContext,
    TakesFocus,
)
from ui.screens.marking.screen import MarkingScreen
from ui.widgets.score_dialog import ScoreDialog


def press(qtbot: QtBot, screen: MarkingScreen, keys: str) -> None:
    """Characters as they are; ``\\n`` is Enter."""
    for key in keys:
        if key == "\n":
            qtbot.keyClick(screen.sheet.table, Qt.Key.Key_Return)
        else:
            qtbot.keyClicks(screen.sheet.table, key)


def shown_marks(screen: MarkingScreen) -> list[str]:
    model = screen.sheet.model
    return [
        str(model.index(line, 3).data())
        for line in range(model.rowCount())
        if model.place_at(line) is not None
    ]


def dialog(screen: MarkingScreen) -> ScoreDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, ScoreDialog)
    return found


def test_it_offers_all_the_frame_can_use(screen: MarkingScreen) -> None:
    for protocol in (Reloads, AsksBeforeLeaving, CountsWaiting, TakesFocus, NamesWhere):
        assert isinstance(screen, protocol)
    assert screen.where() == ("Sample event", "A Module A", "Judge 1")
    assert screen.waiting() == 3


def test_it_opens_on_the_first_unfinished_work_with_unset_shown_as_a_dash(
    screen: MarkingScreen,
) -> None:
    assert screen.sheet.code.text() == "2385"
    assert shown_marks(screen) == ["–", "–"]


def test_the_models_are_sound(screen: MarkingScreen, qtbot: QtBot) -> None:
    testers = [
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        for model in (screen.sheet.model, screen.queue.model)
    ]
    press(qtbot, screen, "2\n3\n")
    screen.step_work(1)
    screen.choose_judge(PANEL)
    assert all(tester.model() for tester in testers)


def test_a_whole_sheet_by_keyboard_is_repeated_large_and_recorded(
    screen: MarkingScreen, qtbot: QtBot, station: Station, around: Around
) -> None:
    around.person.agrees = True
    before = oplog.count(station.database)
    press(qtbot, screen, "2\n0\n")
    assert shown_marks(screen) == ["2", "0"]
    assert oplog.count(station.database) == before, "typed is not recorded"
    qtbot.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (asked,) = around.person.confirmed
    assert asked.shown_large == "2385"
    assert asked.rows == (("A1.1  Routing", "2"), ("A1.2  Order", "0"))
    assert oplog.count(station.database) == before + 2
    assert around.announced == ["Saved: 2 marks for work 2385"]
    assert screen.sheet.code.text() == "5127", "the next work"


def test_enter_in_a_list_of_choices_goes_to_the_sheet(screen: MarkingScreen, qtbot: QtBot) -> None:
    screen.choices.sheets.setFocus()
    qtbot.keyClick(screen.choices.sheets, Qt.Key.Key_Return)
    assert screen.focusWidget() is screen.sheet.table


def test_a_recorded_mark_that_is_typed_over_is_shown_beside_the_new_one(
    screen: MarkingScreen, qtbot: QtBot, station: Station, around: Around
) -> None:
    judged(station, "2385", J1, "2 0")
    screen.reload(Changes.to(Topic.MARKS))
    press(qtbot, screen, "3\n")
    screen.commit()
    asked = around.person.confirmed[-1]
    assert asked.rows == (("A1.1  Routing", "2 → 3"), ("A1.2  Order", "0"))
    assert "1 recorded mark is replaced" in asked.what
    assert asked.careful


def test_a_no_at_the_confirm_step_records_nothing_and_keeps_the_typing(
    screen: MarkingScreen, qtbot: QtBot, station: Station, around: Around
) -> None:
    around.person.agrees = False
    before = oplog.count(station.database)
    press(qtbot, screen, "2\n0\n")
    screen.commit()
    assert oplog.count(station.database) == before
    assert shown_marks(screen) == ["2", "0"]


def test_an_incomplete_sheet_goes_to_the_first_unset_row_and_says_so(
    screen: MarkingScreen, qtbot: QtBot, around: Around
) -> None:
    press(qtbot, screen, "2")
    screen.commit()
    assert around.person.confirmed == []
    assert "A1.2" in screen.banner.text
    assert screen.presenter.editor is not None
    assert screen.presenter.editor.cursor == 1


def test_a_refused_mark_says_why_in_its_row(screen: MarkingScreen, qtbot: QtBot) -> None:
    press(qtbot, screen, "7")
    model = screen.sheet.model
    line = model.line_of(0)
    details = [one.text for one in model.index(line, 1).data(Qt.ItemDataRole.UserRole + 50)]
    assert details[-1] == "7 is outside 0 to 3."
    assert model.index(line, 4).data() == "refused"


def test_the_descriptors_stand_under_the_row_with_the_cursor_only(screen: MarkingScreen) -> None:
    model = screen.sheet.model
    detail = Qt.ItemDataRole.UserRole + 50
    assert [one.text for one in model.index(model.line_of(0), 1).data(detail)] == [
        "To type: 0–3",
        "0   below",
        "1   meets",
        "2   exceeds in part",
        "3   excellent",
    ]
    assert model.index(model.line_of(1), 1).data(detail) == ()


def test_what_is_typed_is_on_disk_at_once_and_back_when_the_screen_is_opened_again(
    screen: MarkingScreen, qtbot: QtBot, station: Station, context: ScreenContext
) -> None:
    press(qtbot, screen, "2")
    kept = typed(station, sheet(station, R, A, "2385", J1))
    assert kept.cells == {AspectId("A1.1"): value_cell(points("2"))}
    again = MarkingScreen(context)
    qtbot.addWidget(again)
    assert shown_marks(again) == ["2", "–"]


def test_leaving_takes_a_half_typed_number_and_stays_for_one_that_is_refused(
    screen: MarkingScreen, qtbot: QtBot, station: Station
) -> None:
    screen.choose_module(B)
    screen.choose_judge(PANEL)
    press(qtbot, screen, "7.5")
    assert screen.leave()
    assert typed(station, sheet(station, R, B, "01", PANEL)).cells
    press(qtbot, screen, "7.3")
    assert not screen.leave()


def test_a_scanned_code_opens_its_work(screen: MarkingScreen, qtbot: QtBot) -> None:
    qtbot.keyClicks(screen.queue.scan, "6089")
    qtbot.keyClick(screen.queue.scan, Qt.Key.Key_Return)
    assert screen.sheet.code.text() == "6089"
    screen.queue.scan.setFocus()
    qtbot.keyClicks(screen.queue.scan, "1234")
    qtbot.keyClick(screen.queue.scan, Qt.Key.Key_Return)
    assert screen.focusWidget() is screen.queue.scan, "or the next scan is typed as marks"
    assert "1234" in screen.banner.text
    assert screen.sheet.code.text() == "6089"
    qtbot.keyClicks(screen.queue.scan, "5127")
    qtbot.keyClick(screen.queue.scan, Qt.Key.Key_Return)
    assert screen.sheet.code.text() == "5127"


def test_the_sum_is_shown_only_where_the_rules_let_judges_see_it(
    screen: MarkingScreen, qtbot: QtBot
) -> None:
    assert not screen.side.sum.isVisibleTo(screen)
    screen.choose_module(B)
    screen.choose_judge(PANEL)
    press(qtbot, screen, "7.5\n")
    assert screen.side.sum.isVisibleTo(screen)
    assert screen.side.sum.number == "7.50"


def test_judges_too_far_apart_open_the_panels_row_for_the_chief(
    screen: MarkingScreen, qtbot: QtBot, station: Station, around: Around
) -> None:
    judged(station, "2385", J2, "3 3")
    judged(station, "2385", J3, "3 3")
    screen.reload(Changes.to(Topic.MARKS))
    around.person.agrees = True
    press(qtbot, screen, "0\n3\n")
    screen.commit()
    asked = dialog(screen)
    assert [edit.accessibleName() for edit in asked.scores.values()] == [
        "Judge 1",
        "Judge 2",
        "Judge 3",
    ]
    for edit, text in zip(asked.scores.values(), ("2", "3", "3"), strict=True):
        edit.setText(text)
    asked.go.click()
    assert "write in a few words" in asked.banner.text
    asked.reason.setText("重新比对标准")
    asked.go.click()
    assert queue(station, R, A, J1)[0].state is SheetState.COMPLETE


def test_a_judge_is_told_to_call_the_chief_and_sees_no_other_scores(
    qtbot: QtBot, station: Station, context: ScreenContext, around: Around
) -> None:
    judged(station, "2385", J2, "3 3")
    judged(station, "2385", J3, "3 3")
    station.actor = Actor(Role.JUDGE, J1)
    screen = MarkingScreen(context)
    qtbot.addWidget(screen)
    screen.show()
    assert screen.presenter.judges == (J1, PANEL)
    around.person.agrees = True
    press(qtbot, screen, "0\n3\n")
    screen.commit()
    assert QApplication.activeModalWidget() is None
    assert "A1.1" in screen.banner.text
    assert not screen.side.panel.isVisibleTo(screen)


def test_a_correction_needs_a_reason_and_replaces_the_mark(
    screen: MarkingScreen, qtbot: QtBot, station: Station
) -> None:
    complete_module_a(station)
    screen.reload(Changes.to(Topic.MARKS))
    screen.open_work("2385")
    screen.cell_actions.correct()
    asked = dialog(screen)
    asked.scores["mark"].setText("1")
    asked.go.click()
    assert "needs a reason" in asked.banner.text
    asked.reason.setText("录入有误")
    asked.go.click()
    assert shown_marks(screen) == ["1", "3"]


def test_marks_recorded_elsewhere_are_shown_and_typing_under_them_is_set_aside(
    screen: MarkingScreen, qtbot: QtBot, station: Station
) -> None:
    press(qtbot, screen, "0")
    judged(station, "2385", J1, "3 3")
    # judged drops the draft of the sheet it commits: type again on what the screen still shows
    press(qtbot, screen, "1")
    screen.reload(Changes.to(Topic.MARKS))
    assert shown_marks(screen) == ["3", "3"]
    assert "A1.1 1" in screen.banner.text


def test_without_work_codes_it_says_what_comes_first_and_goes_there(qtbot: QtBot) -> None:
    station = marking_station(codes=False)
    with around_of(station) as around:
        screen = MarkingScreen(around.context())
        qtbot.addWidget(screen)
        screen.choose_module(A)
        assert screen.waiting() == 0
        assert screen.presenter.obstacle == RuleBroken("work-codes-missing", module="A")
        assert screen.empty is not None
        assert screen.empty.button is not None
        screen.empty.button.click()
    assert around.went == [(Place.DRAW, {})]
    station.close()


def test_the_frame_can_name_module_sheet_work_and_aspect(screen: MarkingScreen) -> None:
    screen.focus_on({"event": "R", "module": "A", "judge": "J2", "work": "6089", "aspect": "A1.2"})
    assert screen.where()[-1] == "Judge 2"
    assert screen.sheet.code.text() == "6089"
    assert screen.presenter.editor is not None
    assert screen.presenter.editor.row.aspect.id == "A1.2"
