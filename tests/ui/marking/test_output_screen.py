"""Output is counted by keys alone: digits, Enter, a pasted column, another day, a correction."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import create_station
from app.changes import Changes, Topic
from app.domain.facts import OutputCounted
from app.domain.ids import EntryId, EventCode
from app.domain.roles import Actor, Role
from app.services import rules
from app.services.counting import count_history, count_output
from app.services.station import Station, recording
from app.storage import queries
from tests.reports.reading import page_texts
from tests.samples.floor import SampleTime
from tests.services.fed_samples import fed_station, freeze_template, give_own_target
from tests.ui.around import FIRST_OFFERED, Around, around_of
from tests.ui.showing import bring_up
from ui.context import AsksBeforeLeaving, CountsWaiting, NamesWhere, Place, Reloads, TakesFocus
from ui.dialogs import ChosenReason
from ui.screens.marking.output_screen import OutputScreen
from ui.widgets.empty_state import EmptyState

SHAFT = EventCode("SHAFT")
C1, C2, C3 = (EntryId(f"SHAFT-0{number}") for number in (1, 2, 3))
CTRL = Qt.KeyboardModifier.ControlModifier
BEFORE, COUNTED, TOTAL, MISSING, PER_DAY = 2, 3, 4, 5, 6
SEP_15_MS = 1_789_430_400_000
"""The 15th of September 2026, 00:00 UTC."""


@pytest.fixture
def station() -> Iterator[Station]:
    opened = fed_station("team-output")
    yield opened
    opened.close()


@pytest.fixture
def screen(qtbot: QtBot, station: Station, around: Around) -> OutputScreen:
    shown = OutputScreen(around.context(), rules.event(station, SHAFT))
    bring_up(qtbot, shown)
    return shown


def press(qtbot: QtBot, screen: OutputScreen, keys: str) -> None:
    """Digits and the point; ``↵`` is Enter."""
    for key in keys:
        qtbot.keyClick(screen.table, Qt.Key.Key_Return if key == "↵" else key)


def column(screen: OutputScreen, place: int) -> list[str]:
    return [str(screen.model.index(row, place).data()) for row in range(screen.model.rowCount())]


def held(station: Station) -> list[tuple[str, str, str]]:
    """Every count that was recorded, with its team and day."""
    found = queries.standing(station.connection, OutputCounted, event=SHAFT)
    return [(one.fact.entry, one.fact.day, one.fact.quantity) for one in found]


def test_it_offers_the_frame_what_a_screen_offers(screen: OutputScreen) -> None:
    for protocol in (Reloads, AsksBeforeLeaving, CountsWaiting, TakesFocus, NamesWhere):
        assert isinstance(screen, protocol)
    assert screen.where() == ("Shaft forgings, a month's campaign",)
    tester = QAbstractItemModelTester(
        screen.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    assert tester.model() is screen.model


def test_a_day_is_counted_with_digits_and_enter(
    qtbot: QtBot, screen: OutputScreen, station: Station, around: Around
) -> None:
    assert screen.day.text() == "2026-09-01"
    press(qtbot, screen, "7↵5.5↵0↵")
    assert held(station) == [
        (C1, "2026-09-01", "7"),
        (C2, "2026-09-01", "5.5"),
        (C3, "2026-09-01", "0"),
    ]
    assert column(screen, COUNTED) == ["7", "5.5", "0"]
    assert column(screen, MISSING) == ["13", "14.5", "20"]
    # 13, 14.5 and 20 over the nine days left are 1.44, 1.61 and 2.22.
    assert column(screen, PER_DAY) == ["1.5", "1.7", "2.3"]
    assert around.announced[0] == "1 count is recorded for 2026-09-01"
    assert screen.presenter.place == 2, "there is no team after the last"


def test_what_is_typed_shows_at_once_and_can_be_taken_back(
    qtbot: QtBot, screen: OutputScreen, station: Station
) -> None:
    press(qtbot, screen, "12")
    assert column(screen, COUNTED)[0].startswith("12")
    qtbot.keyClick(screen.table, Qt.Key.Key_Backspace)
    assert column(screen, COUNTED)[0].startswith("1")
    qtbot.keyClick(screen.table, Qt.Key.Key_Comma)
    assert column(screen, COUNTED)[0].startswith("1.")
    qtbot.keyClick(screen.table, Qt.Key.Key_Escape)
    assert column(screen, COUNTED) == ["–", "–", "–"]
    press(qtbot, screen, "↵")
    assert (held(station), screen.presenter.place) == ([], 1)
    qtbot.keyClick(screen.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert screen.presenter.place == 0


def test_what_is_no_count_is_refused_and_stays_typed(
    qtbot: QtBot, screen: OutputScreen, station: Station
) -> None:
    press(qtbot, screen, "1.23456↵")
    assert "1.23456 is no count" in screen.banner.text
    assert column(screen, COUNTED)[0].startswith("1.23456")
    assert held(station) == []


def test_a_column_of_a_spreadsheet_is_pasted_from_the_team_on(
    qtbot: QtBot, screen: OutputScreen, station: Station, around: Around
) -> None:
    QApplication.clipboard().setText("3\r\n\r\n4\r\n")
    qtbot.keyClick(screen.table, Qt.Key.Key_V, CTRL)
    assert held(station) == [(C1, "2026-09-01", "3"), (C3, "2026-09-01", "4")]
    assert around.announced == ["2 counts are recorded for 2026-09-01"]


@pytest.mark.parametrize(
    ("copied", "said"),
    [
        ("1\n2\n3\n4\n", "4 lines were copied, but from here on there are only 3 teams."),
        ("1\t2\n", "Row 1"),
        ("1\nmany\n", "many"),
    ],
)
def test_what_does_not_fit_is_pasted_not_at_all(
    qtbot: QtBot, screen: OutputScreen, station: Station, copied: str, said: str
) -> None:
    QApplication.clipboard().setText(copied)
    qtbot.keyClick(screen.table, Qt.Key.Key_V, CTRL)
    assert said in screen.banner.text
    assert held(station) == []


def test_a_correction_asks_for_a_reason_and_both_counts_stay_in_sight(
    qtbot: QtBot, screen: OutputScreen, station: Station, around: Around
) -> None:
    press(qtbot, screen, "7↵")
    screen.presenter.choose_team(0)
    around.person.agrees = False
    press(qtbot, screen, "6↵")
    assert column(screen, COUNTED)[0].startswith("6"), "still typed"
    assert len(held(station)) == 1
    around.person.agrees, around.person.picks = True, ChosenReason("recount", "")
    press(qtbot, screen, "↵")
    history = count_history(station, SHAFT, C1)
    assert [(one.fact.quantity, one.reason) for one in history] == [("7", ""), ("6", "Recounted")]
    screen.presenter.choose_team(0)
    record = screen.record.model
    assert [record.index(row, 1).data() for row in range(record.rowCount())] == ["6", "7"]
    assert record.index(1, 3).data() == "corrected since"


def test_what_stands_already_asks_nothing(
    qtbot: QtBot, screen: OutputScreen, station: Station, around: Around
) -> None:
    press(qtbot, screen, "7↵")
    screen.presenter.choose_team(0)
    around.person.agrees = False
    press(qtbot, screen, "7.0↵")
    assert len(held(station)) == 1
    assert screen.presenter.place == 1


def test_another_day_is_reached_by_keys_and_shows_the_day_before(
    qtbot: QtBot, screen: OutputScreen, station: Station
) -> None:
    press(qtbot, screen, "7")
    qtbot.keyClick(screen, Qt.Key.Key_PageDown, CTRL)
    assert held(station) == [(C1, "2026-09-01", "7")], "what was typed is recorded first"
    assert screen.day.text() == "2026-09-02"
    assert column(screen, BEFORE) == ["7", "–", "–"]
    assert column(screen, COUNTED) == ["–", "–", "–"]
    qtbot.keyClick(screen, Qt.Key.Key_PageUp, CTRL)
    qtbot.keyClick(screen, Qt.Key.Key_PageUp, CTRL)
    assert screen.day.text() == "2026-09-01", "there is no day before the first"


def test_a_day_is_typed_and_one_in_no_period_is_refused(qtbot: QtBot, screen: OutputScreen) -> None:
    screen.day.setFocus()
    screen.day.setText("2026-09-12")
    qtbot.keyClick(screen.day, Qt.Key.Key_Return)
    assert screen.about.text().startswith("Done in the middle ten days · 2026-09-11")
    assert "day 2 of 10" in screen.about.text()
    screen.day.setText("2026-10-01")
    qtbot.keyClick(screen.day, Qt.Key.Key_Return)
    assert screen.banner.text == (
        "2026-10-01 lies in no period of this event. Choose a day of a period."
    )
    assert screen.presenter.day == "2026-09-12"


def test_it_opens_on_today_where_today_is_counted(qtbot: QtBot) -> None:
    station = create_station(None, time=SampleTime(SEP_15_MS))
    freeze_template(station, "team-output")
    with around_of(station) as around:
        shown = OutputScreen(around.context(), rules.event(station, SHAFT))
        qtbot.addWidget(shown)
        assert shown.presenter.day == "2026-09-15"
    station.close()


def test_without_a_team_the_way_to_check_in_is_offered(qtbot: QtBot) -> None:
    station = create_station(None)
    freeze_template(station, "team-output")
    with around_of(station) as around:
        shown = OutputScreen(around.context(), rules.event(station, SHAFT))
        qtbot.addWidget(shown)
        (empty,) = shown.findChildren(EmptyState)
        assert empty.button is not None
        empty.button.click()
    assert around.went == [(Place.CHECKIN, {})]
    station.close()


def test_marks_that_lag_behind_the_counts_are_carried_over(
    screen: OutputScreen, station: Station, around: Around
) -> None:
    with recording(station) as log:
        # What a merge brings in: a count without the mark that follows from it.
        log.add(OutputCounted(event=SHAFT, entry=C1, day="2026-09-03", quantity="6"))
    screen.reload(Changes.to(Topic.MARKS))
    assert screen.waiting() == 1
    assert screen.carry.isVisible()
    screen.carry.click()
    assert around.announced == ["Marks carried over: 1"]
    assert (screen.waiting(), screen.carry.isVisible()) == (0, False)
    (mark,) = queries.current_marks(station.connection, SHAFT, entry=C1)
    assert (mark.aspect, mark.measured) == ("A1.1", "6")


def test_a_file_is_taken_in_with_one_reason_for_what_it_changes(
    qtbot: QtBot, screen: OutputScreen, station: Station, around: Around, tmp_path: Path
) -> None:
    around.person.path = tmp_path / "counts.csv"
    around.person.path.write_text("entry,2026-09-01,2026-09-02\n01,8,3\n02,,4\n")
    press(qtbot, screen, "7")
    around.person.agrees = False
    screen.import_counts.click()
    assert held(station) == [(C1, "2026-09-01", "7")], "what was typed, and nothing of the file"
    around.person.agrees, around.person.picks = True, ChosenReason(FIRST_OFFERED, "")
    screen.import_counts.click()
    assert around.announced[-1] == "Recorded from counts.csv: 3 counts"
    assert column(screen, COUNTED) == ["8", "–", "–"]
    assert count_history(station, SHAFT, C1)[1].reason == "Typed by mistake"


def test_a_file_that_cannot_be_read_is_refused_with_its_place(
    screen: OutputScreen, station: Station, around: Around, tmp_path: Path
) -> None:
    around.person.path = tmp_path / "counts.csv"
    around.person.path.write_text("entry,day,count\n01,2026-09-01,many\n")
    screen.import_counts.click()
    assert screen.banner.text.startswith("“counts.csv”, cell C2: many is no count.")
    assert held(station) == []


def test_who_may_not_count_sees_the_table_and_types_nothing(
    qtbot: QtBot, screen: OutputScreen, station: Station
) -> None:
    station.actor = Actor(Role.FLOOR)
    screen.presenter.read_again()
    press(qtbot, screen, "7↵")
    assert not screen.import_counts.isEnabled()
    assert held(station) == []
    assert column(screen, COUNTED) == ["–", "–", "–"]


def test_the_target_shown_is_that_of_the_team_the_cursor_is_on(
    screen: OutputScreen, station: Station
) -> None:
    give_own_target(station)
    screen.presenter.choose_day("2026-09-03")
    assert screen.about.text().endswith("Target of 01: 20 shafts")
    screen.presenter.choose_team(2)
    assert screen.about.text().endswith("Target of 03: 25 shafts")


def test_progress_is_shown_printed_and_exported(
    qtbot: QtBot, screen: OutputScreen, station: Station, around: Around, tmp_path: Path
) -> None:
    count_output(station, SHAFT, {(C1, "2026-09-02"): "7", (C2, "2026-09-11"): "8"})
    screen.tabs.setCurrentIndex(1)
    progress = screen.progress
    model = progress.model
    assert [model.index(0, place).data() for place in (0, 3, 5, 6)] == ["01", "7", "35.0 %", "13"]
    progress.periods.setCurrentIndex(1)
    progress.periods.activated.emit(1)
    assert [model.index(1, place).data() for place in (0, 3, 5)] == ["02", "8", "40.0 %"]
    around.person.path = tmp_path / "progress.pdf"
    qtbot.keyClick(screen, Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: around.announced == ["Saved: progress.pdf"], timeout=20_000)
    assert "Progress of output" in page_texts((tmp_path / "progress.pdf").read_bytes())[0]
    around.person.path = tmp_path / "progress.xlsx"
    progress.export.click()
    qtbot.waitUntil(lambda: around.announced[1:] == ["Saved: progress.xlsx"], timeout=20_000)
    assert (tmp_path / "progress.xlsx").exists()
    assert around.failed == []
