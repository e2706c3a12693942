"""The draw on screen: hash first, seed after, codes apart, and paper that can be re-run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from app.changes import Changes, Topic
from app.domain.draw import DrawConstraint, Placement
from app.domain.ids import JudgeId
from app.domain.roles import Actor, Role
from app.services import drawing
from app.services.drawing import PLACES, Stage
from app.services.station import Station
from app.services.works import work_codes
from app.words import Words
from tests.samples.floor import ROBOT, A, B, entry_id, floor
from tests.ui.around import Around
from tests.ui.showing import bring_up
from ui.context import Place
from ui.dialogs import ChosenReason
from ui.screens.draw import open_screen
from ui.screens.draw.model import CellsModel
from ui.screens.draw.screen import DrawScreen
from ui.screens.draw.shown import Grid, grid_of, grouped


@pytest.fixture
def station() -> Iterator[Station]:
    made = floor(checked_in=5)
    yield made
    made.close()


def opened(qtbot: QtBot, station: Station) -> tuple[DrawScreen, Around]:
    around = Around(station)
    screen = open_screen(around.context())
    assert isinstance(screen, DrawScreen)
    bring_up(qtbot, screen, (1180, 690))
    return screen, around


def go(screen: DrawScreen) -> None:
    QTest.keyClick(screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def stage(station: Station) -> Stage:
    return drawing.draw(station, ROBOT, A, PLACES).stage


def test_one_key_goes_through_commitment_draw_and_codes(qtbot: QtBot, station: Station) -> None:
    screen, around = opened(qtbot, station)
    assert screen.go.text() == "Fix the list, show the hash"
    assert not screen.hash.isVisible()
    go(screen)
    assert stage(station) is Stage.COMMITTED
    commitment = drawing.draw(station, ROBOT, A, PLACES).recipe
    assert commitment is not None
    assert screen.hash.text().replace(" ", "").replace("\n", "") == commitment.commitment
    assert not screen.seed.isVisible()
    assert screen.waiting() == 1
    go(screen)
    assert stage(station) is Stage.DRAWN
    assert screen.seed.isVisible()
    assert screen.grid.model().rowCount() == 3
    assert screen.go.text() == "Draw work codes"
    go(screen)
    assert len(work_codes(station, ROBOT, A)) == 5
    assert screen.go.text() == "Print record…"
    assert [line for line in around.announced if line][1:] == [
        "Module A is drawn.",
        "Work codes of module A are drawn.",
    ]
    assert screen.waiting() == 0


def test_verifying_draws_again_and_says_so(qtbot: QtBot, station: Station) -> None:
    screen, _ = opened(qtbot, station)
    go(screen)
    go(screen)
    QTest.keyClick(screen, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert screen.banner.text == "Drawn again from the record: the same result."


def test_drawing_again_starts_over_with_a_reason(qtbot: QtBot, station: Station) -> None:
    screen, around = opened(qtbot, station)
    go(screen)
    go(screen)
    around.person.picks = None
    screen.again.click()
    assert screen.go.text() == "Draw work codes"
    around.person.picks = ChosenReason("list", "")
    screen.again.click()
    assert screen.go.text() == "Fix the list, show the hash"
    assert stage(station) is Stage.DRAWN
    go(screen)
    committed = drawing.draw(station, ROBOT, A, PLACES).committed
    assert committed is not None
    assert committed.reason == "The list of entrants was wrong"
    assert stage(station) is Stage.COMMITTED


def test_the_choices_go_into_the_recipe(qtbot: QtBot, station: Station) -> None:
    screen, _ = opened(qtbot, station)
    screen.options.not_adjacent.click()
    screen.options.include_missing.click()
    screen.options.batches.setValue(3)
    go(screen)
    recipe = drawing.draw(station, ROBOT, A, PLACES).recipe
    assert recipe is not None
    assert recipe.constraints == (DrawConstraint.UNIT_NOT_IN_ONE_BATCH,)
    assert (len(recipe.entries), recipe.batches) == (6, 3)


def test_a_refusal_is_said_above_the_steps(qtbot: QtBot, station: Station) -> None:
    screen, _ = opened(qtbot, station)
    screen.options.batches.setValue(9)
    go(screen)
    assert screen.banner.text == "9 batches do not fit 5 entries: choose from 1 to 5."
    assert stage(station) is Stage.OPEN


def test_modules_are_chosen_in_the_list(qtbot: QtBot, station: Station) -> None:
    screen, _ = opened(qtbot, station)
    screen.modules.selectRow(1)
    assert screen.where() == ("Industrial robots (sample)", "B Sample module B")
    go(screen)
    assert drawing.draw(station, ROBOT, B, PLACES).stage is Stage.COMMITTED
    screen.focus_on({"event": "ROBOT", "module": "A"})
    assert screen.where()[1] == "A Sample module A"
    screen.reload(Changes.to(Topic.DRAW))
    assert screen.modules.model().index(1, 0).data() == (
        "B · Sample module B\nHash shown, not drawn"
    )


def test_it_opens_on_the_first_module_that_still_needs_something(
    qtbot: QtBot, station: Station
) -> None:
    screen, _ = opened(qtbot, station)
    go(screen)
    go(screen)
    assert opened(qtbot, station)[0].presenter.module == A
    go(screen)
    assert opened(qtbot, station)[0].presenter.module == B
    screen.focus_on({"event": "ROBOT"})
    assert screen.presenter.module == B


def test_the_record_is_printed_with_seed_and_places_and_without_codes(
    qtbot: QtBot, station: Station, tmp_path: Path
) -> None:
    screen, around = opened(qtbot, station)
    for _ in range(3):
        go(screen)
    around.person.path = tmp_path / "draw.pdf"
    go(screen)
    qtbot.waitUntil(lambda: "Saved as draw.pdf." in around.announced, timeout=20_000)
    text = words_of(tmp_path / "draw.pdf")
    seed = drawing.draw(station, ROBOT, A, PLACES).seed
    assert seed[:20] in text
    assert "样例选手01" in text
    assert not any(code in text for code in work_codes(station, ROBOT, A).values())
    around.tasks.close()


def test_the_sealed_map_is_for_those_who_keep_it(
    qtbot: QtBot, station: Station, tmp_path: Path
) -> None:
    screen, around = opened(qtbot, station)
    for _ in range(3):
        go(screen)
    around.person.path = tmp_path / "map.pdf"
    station.actor = Actor(Role.JUDGE, JudgeId("J1"))
    screen.print_map.click()
    assert [str(raised) for raised in around.failed] == ["code-map-sealed"]
    assert not (tmp_path / "map.pdf").exists()
    station.actor = Actor(Role.ENCRYPTION)
    screen.print_map.click()
    qtbot.waitUntil(lambda: "Saved as map.pdf." in around.announced, timeout=20_000)
    text = words_of(tmp_path / "map.pdf")
    assert all(code in text for code in work_codes(station, ROBOT, A).values())
    around.tasks.close()


def test_without_entrants_the_screen_points_to_set_up(qtbot: QtBot) -> None:
    station = floor(entrants=0)
    screen, around = opened(qtbot, station)
    button = screen.focusProxy()
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert around.went == [(Place.SETUP, {})]
    station.close()


def test_a_hash_is_read_out_in_groups_of_four() -> None:
    assert grouped("0123456789abcdef0123", in_line=4) == "0123 4567 89ab cdef\n0123"


def test_an_order_without_places_is_a_plain_list() -> None:
    placements = [Placement(entry_id(2), 1, 1), Placement(entry_id(1), 1, 2)]
    grid = grid_of(placements, {}, Words.load("en"))
    assert grid.headings == ("Order", "No.", "Name", "Unit")
    assert grid.rows == (("1", "ROBOT-02", "", ""), ("2", "ROBOT-01", "", ""))


def test_the_cells_model_is_a_sound_model(qtbot: QtBot) -> None:
    model = CellsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_grid(Grid(("a", "b"), (("1", "2"), ("3", "4"))))
    assert model.index(1, 1).data() == "4"
    tester.deleteLater()


def words_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text
