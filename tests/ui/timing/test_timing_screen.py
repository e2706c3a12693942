"""The wall on screen: keys, sizes, the hall clock, paper, and the cost of forty tiles."""

from __future__ import annotations

import time as wall_time
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.clock import ClockState
from app.services import clocks, drawing, rules
from app.services.code_drawing import draw_work_codes
from app.services.station import Station
from app.services.timing import ClockId, start_batch
from app.words import Words
from tests.reports.reading import page_texts
from tests.samples.floor import MINUTE, ROBOT, A, SampleTime, entry_id, floor, module, robot_event
from tests.ui.around import Around
from tests.ui.showing import bring_up
from ui.dialogs import ChosenReason
from ui.screens.timing import shots
from ui.screens.timing.grant_dialog import GrantDialog
from ui.screens.timing.grants import GrantQuestion
from ui.screens.timing.grid import best_grid, neighbour
from ui.screens.timing.screen import TimingScreen
from ui.screens.timing.wall import HallWall
from ui.theme.tokens import Mode, theme_of
from ui.widgets.cue import Cue


@pytest.fixture
def station() -> Iterator[Station]:
    made = floor(checked_in=6)
    drawing.commit_draw(made, ROBOT, A)
    drawing.make_draw(made, ROBOT, A)
    draw_work_codes(made, ROBOT, A)
    yield made
    made.close()


def opened(qtbot: QtBot, station: Station) -> tuple[TimingScreen, Around, list[Cue]]:
    around, sounded = Around(station), []
    screen = TimingScreen(around.context(), sounded.append)
    bring_up(qtbot, screen, (1180, 690))
    screen.wall.tiles[0].setFocus()
    return screen, around, sounded


def states(station: Station) -> list[ClockState]:
    event = rules.rules(station, ROBOT)
    return sorted(clock.state for clock in clocks.clocks(station, event).values())


def test_space_starts_p_pauses_r_resumes_and_s_stops(qtbot: QtBot, station: Station) -> None:
    screen, around, sounded = opened(qtbot, station)
    tile = screen.wall.tiles[0]
    QTest.keyClick(tile, Qt.Key.Key_Space)
    assert states(station) == [ClockState.RUNNING]
    assert sounded == [Cue.START]
    around.person.picks = ChosenReason("equipment", "")
    QTest.keyClick(screen, Qt.Key.Key_P)
    assert states(station) == [ClockState.PAUSED]
    QTest.keyClick(screen, Qt.Key.Key_R)
    assert states(station) == [ClockState.RUNNING]
    QTest.keyClick(screen, Qt.Key.Key_S)
    assert states(station) == [ClockState.STOPPED]


def test_arrows_move_and_the_next_space_starts_that_clock(qtbot: QtBot, station: Station) -> None:
    screen, _, _ = opened(qtbot, station)
    QTest.keyClick(screen.wall.tiles[0], Qt.Key.Key_Right)
    assert screen.wall.tiles[1].hasFocus() or screen.wall.tiles[2].hasFocus()
    here = screen.wall.focused_id()
    assert here is not None
    QTest.keyClick(screen.wall, Qt.Key.Key_Space)
    event = rules.rules(station, ROBOT)
    assert list(clocks.clocks(station, event)) == [(here.entry, A)]


def test_ctrl_enter_starts_all_that_are_ready(qtbot: QtBot, station: Station) -> None:
    screen, around, _ = opened(qtbot, station)
    assert screen.bar.start_all.text() == "Start all ready (3)"
    QTest.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert states(station) == [ClockState.RUNNING] * 3
    assert around.announced == ["3 clocks started."]
    assert not screen.bar.start_all.isEnabled()


def test_cues_can_be_tried_beforehand(qtbot: QtBot, station: Station) -> None:
    screen, around, sounded = opened(qtbot, station)
    qtbot.mouseClick(screen.bar.try_cues, Qt.MouseButton.LeftButton)
    assert sounded == [Cue.WARNING]
    assert around.announced == ["This is how a cue looks and sounds."]
    assert states(station) == []


def test_the_hall_clock_shows_no_work_codes(qtbot: QtBot, station: Station) -> None:
    screen, _, _ = opened(qtbot, station)
    screen.open_hall()
    assert screen.hall is not None
    faces = [tile.face for tile in screen.hall.wall.tiles]
    assert [face.title for face in faces] == ["01", "02", "03"]
    assert [face.subtitle for face in faces] == ["", "", ""]
    assert all(tile.face.subtitle for tile in screen.wall.tiles)
    screen.close()
    assert screen.hall is None


def test_the_screenshots_have_the_hall_clock(qtbot: QtBot, station: Station) -> None:
    ((name, hall),) = shots(Around(station).context())
    qtbot.addWidget(hall)
    assert name == "hall"
    assert isinstance(hall, HallWall)
    assert len(hall.wall.tiles) == 3


def test_the_time_slips_are_printed_for_every_clock_that_started(
    qtbot: QtBot, station: Station, tmp_path: Path
) -> None:
    screen, around, _ = opened(qtbot, station)
    QTest.keyClick(screen.wall.tiles[0], Qt.Key.Key_Space)
    station.time.pass_ms(57 * MINUTE + 3_000)  # type: ignore[attr-defined]
    QTest.keyClick(screen, Qt.Key.Key_S)
    around.person.path = tmp_path / "slips.pdf"
    QTest.keyClick(screen, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: bool(around.announced), timeout=20_000)
    assert around.announced == ["1 time slip in slips.pdf."]
    document = pypdfium2.PdfDocument(tmp_path / "slips.pdf")
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert "57:03" in text
    assert "样例选手" not in text
    around.tasks.close()


def test_what_was_handed_in_gets_its_receipt_with_the_same_key(
    qtbot: QtBot, station: Station, tmp_path: Path
) -> None:
    screen, around, _ = opened(qtbot, station)
    around.person.path = tmp_path / "work.zip"
    around.person.path.write_bytes(b"abc")
    QTest.keyClick(screen.wall.tiles[0], Qt.Key.Key_Space)
    QTest.keyClick(screen, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: len(around.announced) == 1)
    assert around.announced[0].startswith("Submission of 01 received in time.")
    around.person.picks = ChosenReason("receipt", "")
    around.person.path = tmp_path / "receipt.pdf"
    QTest.keyClick(screen, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: len(around.announced) == 2, timeout=20_000)
    assert around.announced[1] == "1 receipt in receipt.pdf."
    (text,) = page_texts((tmp_path / "receipt.pdf").read_bytes())
    assert "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" in text
    assert "样例选手" not in text
    around.tasks.close()


def test_forty_tiles_of_a_72_hour_module_cost_little_and_fit(qtbot: QtBot) -> None:
    time = SampleTime()
    event = robot_event(module(A, blind=False, minutes=72 * 60, places=40))
    station = floor(time=time, entrants=40, checked_in=40, event=event)
    drawing.commit_draw(station, ROBOT, A)
    drawing.make_draw(station, ROBOT, A)
    start_batch(station, [ClockId(ROBOT, A, entry_id(number)) for number in range(1, 41)])
    screen, _, _ = opened(qtbot, station)
    assert len(screen.wall.tiles) == 40
    assert all(screen.wall.rect().contains(tile.geometry()) for tile in screen.wall.tiles)
    queries: list[str] = []
    station.connection.set_trace_callback(queries.append)
    began = wall_time.perf_counter()
    for _ in range(20):
        time.pass_ms(1_000)
        screen.presenter.tick()
    each_ms = (wall_time.perf_counter() - began) * 1000 / 20
    station.connection.set_trace_callback(None)
    assert queries == []
    assert each_ms < 50
    assert {tile.face.time for tile in screen.wall.tiles} == {"71:59:40"}
    screen.close()
    station.close()


@pytest.mark.parametrize(
    ("sizes", "width", "height", "columns"),
    [([1], 1100, 500, 1), ([2], 1100, 500, 2), ([7], 1100, 500, 4), ([40], 1100, 500, 8)],
)
def test_a_grid_makes_its_tiles_as_large_as_can_be(
    sizes: list[int], width: int, height: int, columns: int
) -> None:
    assert best_grid(sizes, width=width, height=height, gap=8).columns == columns


def test_arrows_cross_from_group_to_group_and_stop_at_the_edge() -> None:
    sizes = [3, 2]  # with two columns: 0 1 / 2 / 3 4
    assert neighbour(sizes, 2, 1, (0, 1)) == 2
    assert neighbour(sizes, 2, 2, (0, 1)) == 3
    assert neighbour(sizes, 2, 4, (0, -1)) == 2
    assert neighbour(sizes, 2, 0, (0, -1)) == 0
    assert neighbour(sizes, 2, 4, (1, 0)) == 4
    assert neighbour(sizes, 2, 0, (-1, 0)) == 0


def test_a_grant_is_as_long_as_the_loss_that_is_typed(qtbot: QtBot) -> None:
    now_ms = 1_700_000_000_000
    asked = GrantQuestion("03", now_ms - 60 * MINUTE, now_ms)
    dialog = GrantDialog(theme_of(Mode.LIGHT), Words.load("en"), asked)
    qtbot.addWidget(dialog)
    dialog.since.setDateTime(dialog.until.dateTime().addSecs(-90))
    dialog.note.setText("样例")
    dialog.go.click()
    assert dialog.answer is not None
    assert dialog.answer.loss.length_ms == 90_000
    dialog.since.setDateTime(dialog.until.dateTime())
    assert not dialog.go.isEnabled()


def test_d_receives_a_film_and_the_tile_says_so(
    qtbot: QtBot, station: Station, tmp_path: Path
) -> None:
    screen, around, _ = opened(qtbot, station)
    QTest.keyClick(screen.wall.tiles[0], Qt.Key.Key_Space)
    station.time.pass_ms(61 * MINUTE)  # type: ignore[attr-defined]
    around.person.path = tmp_path / "film.mp4"
    around.person.path.write_bytes(b"abc")
    QTest.keyClick(screen, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: bool(around.announced), timeout=20_000)
    (told,) = around.announced
    assert told.startswith("Submission of 01 received 1:00 late. SHA-256 ba7816bf8f01cfea4141")
    screen.presenter.show()
    assert screen.wall.tiles[0].face.word == "Handed in 1:00 late"
    around.person.picks = None
    QTest.keyClick(screen, Qt.Key.Key_D)
    assert around.person.asked[-1] == (
        "01 has handed in already. Print the receipt, or say why another one is handed in: "
        "all stay in the record, and the last one counts."
    )
    around.tasks.close()
