"""A sheet with every method is marked by keyboard, shown in words, and recorded as typed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.entries import RECUSED, Cell, measured_cell, value_cell
from app.domain.ids import PANEL, AspectId
from app.services.marking import sheet
from app.services.station import Station
from app.words import Language
from tests.services.marking_samples import J1, points
from tests.services.method_samples import M, T, method_station
from tests.ui.around import Around
from ui.dialogs import ChosenReason
from ui.screens.marking.row_details import DetailLine
from ui.screens.marking.screen import MarkingScreen
from ui.screens.marking.sheet_table import SheetTable
from ui.widgets.score_dialog import ScoreDialog

KEYS = {"\n": Qt.Key.Key_Return, "v": Qt.Key.Key_Down, "^": Qt.Key.Key_Up}


@pytest.fixture
def station() -> Iterator[Station]:
    opened = method_station()
    yield opened
    opened.close()


def screen_of(qtbot: QtBot, around: Around, language: Language) -> MarkingScreen:
    around.language = language
    shown = MarkingScreen(around.context())
    qtbot.addWidget(shown)
    shown.resize(1180, 680)
    shown.show()
    qtbot.waitExposed(shown)
    shown.activateWindow()
    shown.choose_judge(PANEL)
    shown.sheet.table.setFocus()
    return shown


@pytest.fixture
def screen(qtbot: QtBot, around: Around) -> MarkingScreen:
    return screen_of(qtbot, around, "en")


@pytest.fixture
def screen_zh(qtbot: QtBot, around: Around) -> MarkingScreen:
    return screen_of(qtbot, around, "zh")


def press(qtbot: QtBot, screen: MarkingScreen, keys: str) -> None:
    for key in keys:
        if key in KEYS:
            qtbot.keyClick(screen.sheet.table, KEYS[key])
        else:
            qtbot.keyClicks(screen.sheet.table, key)


def shown_marks(screen: MarkingScreen) -> list[str]:
    model = screen.sheet.model
    return [
        str(model.index(line, 3).data())
        for line in range(model.rowCount())
        if model.place_at(line) is not None
    ]


def details(screen: MarkingScreen) -> list[str]:
    model, editor = screen.sheet.model, screen.presenter.editor
    assert editor is not None
    lines: tuple[DetailLine, ...] = model.index(model.line_of(editor.cursor), 1).data(
        Qt.ItemDataRole.UserRole + 50
    )
    return [line.text for line in lines]


def compose(table: SheetTable, composing: str, committed: str) -> None:
    event = QInputMethodEvent(composing, [])
    event.setCommitString(committed)
    QApplication.sendEvent(table, event)


WHOLE_SHEET = (
    "2\n"  # part
    "3v1\n"
    "8v1\n"
    "80\n75.5\n"
    "650000@28v40\n"
    "No.14\n"
    "14:30\n"
    "14/30\n80\n"
    "11:05\n"
    "97.5\n"
    "75.2\n"
    "n"
)
RECORDED: dict[str, Cell] = {
    "T1.1": measured_cell("part"),
    "T1.2": measured_cell("F1=3;F2=1"),
    "T1.3": measured_cell("R=8;W=1"),
    "T1.4": measured_cell("A=80;B=75.5"),
    "T1.5": measured_cell("hours=40;money=650000@28"),
    "T1.6": measured_cell("PATENT=3@No.14"),
    "T1.7": measured_cell("14:30"),
    "T1.8": measured_cell("Q=80;T=14:30"),
    "T1.9": measured_cell("11:05"),
    "T1.10": measured_cell("97.5"),
    "T1.11": measured_cell("75.2"),
    "T1.12": value_cell(points("0")),
    "T1.13": measured_cell("3120"),
}


def test_every_method_is_entered_by_keyboard_and_read_back_in_words(
    screen: MarkingScreen, qtbot: QtBot, station: Station, around: Around
) -> None:
    press(qtbot, screen, WHOLE_SHEET + "\n3120\n")
    assert shown_marks(screen) == [
        "Partly done",
        "F1×3, F2×1",
        "R×8, W×1",
        "A 80, B 75.5",
        "hours 40 h, money 650000 元 → 28",
        "PATENT 3 (No.14)",
        "14:30",
        "Q 80, T 14:30",
        "11:05",
        "97.5 %",
        "75.2 s",
        "Not kept",
        "3120",
    ]
    around.person.agrees = True
    screen.commit()
    recorded = sheet(station, M, T, "01", PANEL)
    assert {row.aspect.id: row.held for row in recorded.rows} == RECORDED
    asked = dict(around.person.confirmed[-1].rows)
    assert asked["T1.2  Faults of working"] == (
        "F1  Scratched ×3; F2  Tool dropped ×1 · Takes off 2.5, leaves 7.5 of 10"
    )
    assert asked["T1.12  Isolated and tested"] == "Not kept: the module scores 0 (4.2)"


def test_the_same_sheet_reads_in_chinese(screen_zh: MarkingScreen, qtbot: QtBot) -> None:
    press(qtbot, screen_zh, WHOLE_SHEET)
    marks = shown_marks(screen_zh)
    assert (marks[0], marks[5], marks[10], marks[11]) == (
        "部分完成",
        "PATENT 3（No.14）",
        "75.2 秒",
        "不合格",
    )
    assert "N   不合格：本模块计 0 (4.2)" in details(screen_zh)


def test_the_row_says_what_each_fault_takes_off_while_they_are_counted(
    screen: MarkingScreen, qtbot: QtBot
) -> None:
    press(qtbot, screen, "1\n3v1")
    assert details(screen)[1:] == [
        "     F1  Scratched   −0.5 each, at most 4 times   ×3",
        "▸ F2  Tool dropped   −1 each   ×1",
        "     F3  Worked under voltage   leaves 0   –",
        "Takes off 2.5, leaves 7.5 of 10",
    ]
    press(qtbot, screen, "v1")
    assert details(screen)[-1] == "Takes off 10, leaves 0 of 10"


def test_down_leaves_the_parts_behind_the_last_and_takes_them(
    screen: MarkingScreen, qtbot: QtBot
) -> None:
    press(qtbot, screen, "1\n-vvv")
    editor = screen.presenter.editor
    assert editor is not None
    assert editor.row.aspect.id == "T1.3"
    assert editor.typed[AspectId("T1.2")] == measured_cell("-")
    assert shown_marks(screen)[1] == "none"


def test_a_missing_mark_within_a_band_keeps_the_row(screen: MarkingScreen, qtbot: QtBot) -> None:
    press(qtbot, screen, "vvvvvvvvvv")
    editor = screen.presenter.editor
    assert editor is not None
    editor.move_to(4)
    press(qtbot, screen, "650000\n")
    assert editor.refusal is not None
    assert editor.refusal.code == "benefit-mark"
    press(qtbot, screen, "@28\n")
    assert editor.typed[AspectId("T1.5")] == measured_cell("money=650000@28")


def test_a_time_that_is_none_is_refused_in_its_row(screen: MarkingScreen, qtbot: QtBot) -> None:
    editor = screen.presenter.editor
    assert editor is not None
    screen.presenter.move_to(6)
    press(qtbot, screen, "14:75\n")
    assert editor.refusal is not None
    assert editor.refusal.code == "time-unreadable"


def test_a_proof_is_written_with_an_input_method_and_digits_are_not(
    screen: MarkingScreen, qtbot: QtBot
) -> None:
    table = screen.sheet.table
    enabled = Qt.WidgetAttribute.WA_InputMethodEnabled
    assert not table.testAttribute(enabled)
    screen.presenter.move_to(5)
    assert table.testAttribute(enabled)
    compose(table, "zhengshu", "")
    assert shown_marks(screen)[5] == "zhengshu▏"
    compose(table, "", "证书")
    press(qtbot, screen, "\n")
    assert not table.testAttribute(enabled)
    assert shown_marks(screen)[5] == "PATENT 3 (证书)"


def test_a_judge_stands_down_by_one_key_or_from_the_whole_work(
    screen: MarkingScreen, qtbot: QtBot, around: Around
) -> None:
    screen.choose_judge(J1)
    screen.sheet.table.setFocus()
    press(qtbot, screen, "r\n")
    assert shown_marks(screen) == ["Judge stands down", "–", "–", "–"]
    around.person.picks = ChosenReason("recused", "")
    screen.cell_actions.fill_unset()
    editor = screen.presenter.editor
    assert editor is not None
    assert set(editor.typed.values()) == {RECUSED}
    assert len(editor.typed) == 4


def test_nobody_stands_down_from_the_sheet_of_the_team(screen: MarkingScreen, qtbot: QtBot) -> None:
    press(qtbot, screen, "r")
    assert shown_marks(screen)[0] == "–"


def test_parts_are_corrected_as_text_with_a_reason(
    screen: MarkingScreen, qtbot: QtBot, station: Station, around: Around
) -> None:
    around.person.agrees = True
    press(qtbot, screen, "1\n2\n")
    screen.commit(partial=True)
    screen.presenter.open_work("01", AspectId("T1.2"))
    screen.cell_actions.correct()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ScoreDialog)
    assert dialog.scores["mark"].text() == "F1=2"
    dialog.scores["mark"].setText("F2=1; F1=1")
    dialog.reason.setText("核对过纸质评分表")
    dialog.go.click()
    rows = {row.aspect.id: row.held for row in sheet(station, M, T, "01", PANEL).rows}
    assert rows[AspectId("T1.2")] == measured_cell("F1=1;F2=1")
