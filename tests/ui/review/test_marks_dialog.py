"""A file of marks is looked at row by row before it is taken in, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.entries import value_cell
from app.domain.roles import Actor, Role
from app.services.marking import sheet
from app.services.station import Station
from app.storage import oplog, queries
from tests.services.marking_samples import J1, A, R, marking_station, points
from tests.ui.around import Around
from ui.screens.review.marks_dialog import MarksDialog
from ui.screens.review.screen import ReviewScreen

HEAD = "entry,aspect,judge,value\n"


@pytest.fixture
def station() -> Iterator[Station]:
    opened = marking_station()
    yield opened
    opened.close()


@pytest.fixture
def screen(qtbot: QtBot, around: Around) -> ReviewScreen:
    shown = ReviewScreen(around.context())
    qtbot.addWidget(shown)
    shown.show()
    return shown


def chosen(screen: ReviewScreen, around: Around, tmp_path: Path, rows: str) -> MarksDialog:
    around.person.path = tmp_path / "marks.csv"
    around.person.path.write_text(HEAD + rows, encoding="utf-8")
    screen.import_marks.click()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, MarksDialog)
    return dialog


def texts(dialog: MarksDialog, column: int) -> list[str]:
    return [str(dialog.model.index(n, column).data()) for n in range(dialog.model.rowCount())]


def test_sound_rows_are_taken_in_at_one_press(
    screen: ReviewScreen, station: Station, around: Around, tmp_path: Path
) -> None:
    dialog = chosen(screen, around, tmp_path, "01,A1.1,J1,2\n01,A1.2,J1,n\n01,A2.1,,1\n")
    assert texts(dialog, 5) == ["new mark"] * 3
    assert texts(dialog, 3) == ["Judge 1", "Judge 1", "Marking team"]
    assert dialog.go.text() == "Import marks (3)"
    dialog.go.click()
    assert sheet(station, R, A, "5127", J1).rows[0].held == value_cell(points("2"))
    assert around.announced == ["Marks imported: 3, already there: 0"]
    assert len(list(queries.current_marks(station.connection, R))) == 3


def test_the_same_file_once_more_has_nothing_new_and_writes_nothing(
    screen: ReviewScreen, station: Station, around: Around, tmp_path: Path
) -> None:
    rows = "01,A1.1,J1,2\n01,A2.1,,1\n"
    chosen(screen, around, tmp_path, rows).go.click()
    before = oplog.count(station.database)
    dialog = chosen(screen, around, tmp_path, rows)
    assert texts(dialog, 5) == ["stands already"] * 2
    assert "Nothing new" in dialog.banner.text
    assert not dialog.go.isEnabled()
    assert oplog.count(station.database) == before


def test_one_bad_row_keeps_the_whole_file_out(
    screen: ReviewScreen, station: Station, around: Around, tmp_path: Path
) -> None:
    dialog = chosen(screen, around, tmp_path, "01,A1.1,J1,2\n09,A1.1,J1,2\n02,A1.1,J1,7\n")
    assert texts(dialog, 0) == ["3", "4"]
    assert texts(dialog, 5) == [
        "Row 3: there is no entry 09 in this event.",
        "Row 4, A1.1: 7 is outside 0 to 3.",
    ]
    assert not dialog.go.isEnabled()
    dialog.only_problems.setChecked(False)
    assert texts(dialog, 0) == ["2", "3", "4"]
    dialog.reject()
    assert len(list(queries.current_marks(station.connection, R))) == 0


def test_replacing_a_mark_needs_a_reason(
    screen: ReviewScreen, station: Station, around: Around, tmp_path: Path
) -> None:
    chosen(screen, around, tmp_path, "01,A1.1,J1,2\n").go.click()
    dialog = chosen(screen, around, tmp_path, "01,A1.1,J1,3\n")
    assert texts(dialog, 5) == ["replaces 2 by 3"]
    dialog.go.click()
    assert "Give a reason" in dialog.banner.text
    dialog.reason.setText("paper says 3")
    dialog.go.click()
    assert sheet(station, R, A, "5127", J1).rows[0].held == value_cell(points("3"))


def test_a_file_without_the_columns_is_refused_with_a_sentence(
    screen: ReviewScreen, around: Around, tmp_path: Path
) -> None:
    around.person.path = tmp_path / "other.csv"
    around.person.path.write_text("a,b\n1,2\n", encoding="utf-8")
    screen.import_marks.click()
    assert "other.csv" in screen.banner.text


def test_a_judge_is_offered_no_import(qtbot: QtBot, station: Station, around: Around) -> None:
    station.actor = Actor(Role.JUDGE, J1)
    shown = ReviewScreen(around.context())
    qtbot.addWidget(shown)
    assert not shown.import_marks.isEnabled()
