"""The hall screen: snapshots only, whole rows, and nothing that was not published."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import astuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from app.domain.facts import ResultStatus
from app.paths import resource
from app.services import hall
from app.services.hall import HallRow, HallSnapshot, HallView, OfStanding
from app.services.standings import combined_standing, publish_standing
from app.services.station import Station
from app.words import Words
from tests.samples.floor import SampleTime
from tests.samples.results import (
    E1,
    E4,
    WELD,
    lock,
    mark,
    marked_event,
    publish,
    unlock,
)
from tests.samples.season import M1, correct, publish_match, season_file
from ui.screens.results.hall_pages import PAGE_MS, HallPages
from ui.screens.results.hall_window import HallWindow, open_hall
from ui.theme.tokens import Mode, theme_of

EN = Words.load("en")
MINUTE = 60_000


@pytest.fixture
def time() -> SampleTime:
    return SampleTime()


@pytest.fixture
def station(time: SampleTime) -> Iterator[Station]:
    opened = marked_event(time=time)
    yield opened
    opened.close()


@pytest.fixture
def window(qtbot: QtBot, station: Station) -> Iterator[HallWindow]:
    made = HallWindow(station, EN, theme_of(Mode.LIGHT), WELD)
    made.resize(1920, 1080)
    made.show()
    yield made
    made.close()


def everything_shown(view: HallView) -> str:
    return repr(astuple(view))


def test_before_the_first_publication_the_hall_has_no_number_at_all(station: Station) -> None:
    view = hall.hall_view(station, WELD, EN)
    assert view == HallView("Sample Skills Competition", "Welding (sample)", None)


def test_no_unpublished_total_ever_reaches_the_hall(station: Station) -> None:
    publish(station)
    before = hall.hall_view(station, WELD, EN)
    unlock(station)
    for value in ("1.5", "2.25", "3.75", "9.75"):
        mark(station, E1, "A1.1", value)
        mark(station, E4, "B1.1", value)
        view = hall.hall_view(station, WELD, EN)
        assert view == before
        # 9 or 6.5 from the other module, plus what was just marked and is not published.
        for secret in (str(9 + float(value)), str(6.5 + float(value))):
            assert secret not in everything_shown(view)
    lock(station)
    publish(station, reason="复核更正")
    assert "18.75" in everything_shown(hall.hall_view(station, WELD, EN))


def test_the_hall_shows_those_with_a_rank_by_number_or_name(station: Station) -> None:
    publish(station)
    snapshot = hall.hall_view(station, WELD, EN).snapshot
    assert snapshot is not None
    assert snapshot.rows[0] == HallRow(1, False, "02", "Sample Entrant 02", "样例二厂", "17.00")
    assert [(row.rank, row.is_guest) for row in snapshot.rows] == [
        (1, False),
        (2, False),
        (3, False),
        (4, False),
        (1, True),
    ]


def test_a_standing_reaches_the_hall_as_it_was_published() -> None:
    season = season_file()
    wanted = OfStanding("season")
    assert hall.hall_view(season, wanted, EN) == HallView(
        "Sample Skills Competition", "Season points", None
    )
    now = combined_standing(season, "season")
    publish_standing(season, "season", expected_hash=now.standing_hash)
    before = hall.hall_view(season, wanted, EN)
    assert before.snapshot is not None
    assert before.snapshot.status is ResultStatus.FINAL
    # Who came to one match only has no rank, and is not on the wall.
    assert before.snapshot.rows == (
        HallRow(1, False, "M1-01", "Sample Entrant A", "样例一厂", "18.00"),
        HallRow(1, False, "M2-02", "Sample Entrant B", "样例二厂", "18.00"),
    )
    correct(season, M1, "丙", "96")
    publish_match(season, M1, reason="样例更正")
    assert hall.hall_view(season, wanted, EN) == before
    season.close()


@pytest.mark.usefixtures("qtbot")
def test_units_of_a_standing_stand_alone_in_their_rows() -> None:
    season = season_file()
    now = combined_standing(season, "overall")
    publish_standing(season, "overall", expected_hash=now.standing_hash)
    window = HallWindow(season, EN, theme_of(Mode.LIGHT), OfStanding("overall"))
    assert [(row.number, row.unit, row.total) for row in window.pages.shown] == [
        ("样例一厂", "", "11.00"),
        ("样例二厂", "", "10.00"),
        ("样例三厂", "", "4.00"),
    ]
    assert (window.texts.column_name, window.texts.column_unit) == ("Unit", "")
    window.close()
    season.close()


def test_what_the_hall_is_made_of_knows_no_marks_and_no_live_board() -> None:
    root = resource().parent
    paths = [root / "app/services/hall.py", *(root / "ui/screens/results").glob("hall_*.py")]
    assert len(paths) > 4
    forbidden = {"live", "results", "marking", "review", "scoreboard", "scoring", "ranking"}
    for path in paths:
        imported = {
            part
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            for part in _imported(node)
        }
        assert not imported & forbidden, path.name


def _imported(node: ast.AST) -> set[str]:
    match node:
        case ast.Import(names=names):
            return {part for name in names for part in name.name.split(".")}
        case ast.ImportFrom(module=str(module), names=names):
            # The package ui.screens.results is where the hall lives; what counts comes after it.
            below = module.removeprefix("ui.screens.results")
            return {*below.split("."), *(name.name for name in names)}
        case _:
            return set()


def pages_of(rows: int) -> HallPages:
    made = tuple(
        HallRow(number, False, f"{number:02d}", "", "样例一厂", "1.00")
        for number in range(1, rows + 1)
    )
    return HallPages(HallView("", "", HallSnapshot(1, ResultStatus.FINAL, 0, made)))


@pytest.mark.parametrize(
    ("rows", "pages", "last"), [(1, 1, 1), (12, 1, 12), (13, 2, 1), (28, 3, 4), (1136, 95, 8)]
)
def test_pages_hold_whole_rows_and_at_most_twelve(rows: int, pages: int, last: int) -> None:
    made = pages_of(rows)
    assert made.pages == pages
    made.turn(-1)
    assert (made.page, len(made.shown)) == (pages - 1, last)


def test_pages_turn_by_themselves_unless_held() -> None:
    made = pages_of(28)
    assert not made.passed(PAGE_MS - 1)
    assert made.passed(1)
    assert made.page == 1
    made.playing = False
    assert not made.passed(10 * PAGE_MS)
    made.playing = True
    made.turn(1)
    assert made.passed(PAGE_MS)
    assert made.page == 0


def test_a_shorter_result_leaves_no_page_beyond_its_end() -> None:
    made = pages_of(28)
    made.turn(2)
    made.take(pages_of(5).view)
    assert (made.page, len(made.shown)) == (0, 5)


def test_the_window_follows_a_publication_and_says_how_old_it_is(
    qtbot: QtBot, station: Station, window: HallWindow, time: SampleTime
) -> None:
    assert window.texts.as_of == ""
    publish(station)
    qtbot.waitUntil(lambda: window.pages.view.snapshot is not None)
    assert window.texts.as_of.endswith("revision 1 · Provisional")
    assert window.texts.age == "published just now"
    time.pass_ms(25 * MINUTE)
    window.tick(0)
    assert window.texts.age == "published 25 min ago"
    time.pass_ms(120 * MINUTE)
    window.tick(0)
    assert window.texts.age == "published 2 h ago"
    time.pass_ms(72 * 60 * MINUTE)
    window.tick(0)
    assert window.texts.age == "published 3 days ago"


def test_a_result_of_another_day_says_its_day(
    qtbot: QtBot, station: Station, window: HallWindow, time: SampleTime
) -> None:
    publish(station)
    qtbot.waitUntil(lambda: window.pages.view.snapshot is not None)
    assert re.match(r"As of \d\d:\d\d ·", window.texts.as_of)
    time.pass_ms(24 * 60 * MINUTE)
    window.tick(0)
    assert re.match(r"As of \d\d-\d\d \d\d:\d\d ·", window.texts.as_of)


def test_a_mark_that_is_not_published_does_not_even_repaint_the_hall(
    qtbot: QtBot, station: Station, window: HallWindow
) -> None:
    publish(station)
    qtbot.waitUntil(lambda: window.pages.view.snapshot is not None)
    before = window.pages.view
    with qtbot.assertNotEmitted(window.changed, wait=50):
        unlock(station)
        mark(station, E4, "A1.1", "10")
    assert window.pages.view is before


@pytest.mark.parametrize("size", [(1920, 1080), (3840, 2160)])
def test_letters_are_large_enough_for_twenty_metres(
    qtbot: QtBot, station: Station, window: HallWindow, size: tuple[int, int]
) -> None:
    publish(station)
    window.resize(*size)
    window.reload()
    picture = window.grab().toImage()
    tallest = _ink_height(picture, picture.height() * 26 // 100)
    # A digit of 2 % of the picture's height is 5 cm on a picture 2.5 m high.
    assert tallest >= picture.height() * 2 // 100


def _ink_height(picture: QImage, middle: int) -> int:
    """How high the ink stands that crosses this line in the total's column, in pixels."""
    ground = QColor(theme_of(Mode.LIGHT).colours.hall.text)
    columns = range(picture.width() * 86 // 100, picture.width() * 95 // 100)
    reach = picture.height() * 3 // 100
    lines = [
        y
        for y in range(middle - reach, middle + reach)
        if any(picture.pixelColor(x, y) == ground for x in columns)
    ]
    return max(lines) - min(lines) + 1 if lines else 0


def test_keys_turn_hold_and_close(qtbot: QtBot, station: Station) -> None:
    window = HallWindow(station, EN, theme_of(Mode.LIGHT), WELD)
    window.show()
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert not window.pages.playing
    assert open_hall(station) is window
    with qtbot.waitSignal(window.closed):
        qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert open_hall(station) is None


def test_the_hall_goes_dark_with_its_competition(qtbot: QtBot, time: SampleTime) -> None:
    station = marked_event(time=time)
    window = HallWindow(station, EN, theme_of(Mode.LIGHT), WELD)
    window.show()
    station.close()
    with qtbot.waitSignal(window.closed):
        window.tick(0)


def test_no_page_mixes_divisions() -> None:
    rows = tuple(
        HallRow(rank, is_guest=False, number=number, name="", unit="", total="1", division=division)
        for division, rank, number in (
            *(("Staff", rank, f"{rank:02}") for rank in range(1, 14)),
            *(("Students", rank, f"{20 + rank}") for rank in range(1, 4)),
        )
    )
    pages = HallPages(HallView("", "", HallSnapshot(1, ResultStatus.FINAL, 0, rows)))
    assert (pages.pages, pages.room_for) == (3, 12)
    seen = []
    for _ in range(pages.pages):
        seen.append((pages.division, [row.number for row in pages.shown]))
        pages.turn(1)
    assert seen == [
        ("Staff", [f"{rank:02}" for rank in range(1, 13)]),
        ("Staff", ["13"]),
        ("Students", ["21", "22", "23"]),
    ]
