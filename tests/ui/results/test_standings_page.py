"""Combined standings among the results: shown, explained, published, gone stale, written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.facts import ResultStatus
from app.services.hall import OfStanding
from tests.samples.season import M1, correct, publish_match, season_file
from tests.ui.around import Around
from tests.ui.showing import bring_up
from ui.dialogs import ChosenReason
from ui.screens.results.screen import ResultsScreen
from ui.screens.results.standings_page import StandingsPage

_TAB = 3


@pytest.fixture
def season() -> Iterator[Around]:
    made = Around(season_file(), language="zh")
    yield made
    made.tasks.close()
    made.station.close()


@pytest.fixture
def page(qtbot: QtBot, season: Around) -> Iterator[StandingsPage]:
    screen = ResultsScreen(season.context())
    bring_up(qtbot, screen, (1366, 768))
    screen.tabs.setCurrentIndex(_TAB)
    yield screen.standings
    screen.close()


def cells(page: StandingsPage) -> list[list[str]]:
    model = page.model
    return [
        [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_a_competition_without_standings_has_no_such_page(
    open_results: Callable[[], ResultsScreen],
) -> None:
    assert not open_results().tabs.isTabVisible(_TAB)


def test_the_season_stands_in_a_table_and_every_row_says_what_counts(page: StandingsPage) -> None:
    assert [page.choice.tabText(n) for n in range(3)] == ["赛季积分", "团体", "总团体"]
    assert cells(page)[0] == ["1", "样例选手甲", "样例一厂", "18.00", "五星", "500", "12", "6000"]
    assert page.why.text() == (
        "样例选手甲  计入：第 M1 场（样例） 第 1 名 95.00，积 10 分；"
        "第 M2 场（样例） 第 2 名 80.00，积 8 分。"
        "  未计入：第 M3 场（样例） 第 3 名 70.00，积 6 分。"
    )
    assert page.state.word == "草稿，未公布 · 公布后为“最终”"
    page.choice.setCurrentIndex(2)
    # 95 + 85 + 80 + 70 = 330, over the four that were placed.
    first = cells(page)[0]
    assert first == ["1", "样例一厂", "11.00", "2.75", "330.00", "82.50", "1 / 1 / 2 / 0"]


def test_publishing_asks_and_a_new_revision_of_a_match_shows(
    page: StandingsPage, season: Around
) -> None:
    page.publish.click()
    assert page.state.word == "已公布 · 第 1 版 · 最终"
    assert not page.publish.isEnabled()

    correct(season.station, M1, "丙", "96")
    publish_match(season.station, M1, reason="样例更正")
    page.work_out()
    assert page.state.word == "与已公布的第 1 版不同 · 再公布后为“最终”"
    assert page.publish.text() == "公布第 2 版（最终）"
    season.person.picks = ChosenReason("appeal", "")
    page.publish.click()
    assert page.state.word == "已公布 · 第 2 版 · 最终"


def test_publishing_names_the_results_that_may_still_change(
    page: StandingsPage, season: Around
) -> None:
    publish_match(season.station, M1, "样例", ResultStatus.PROVISIONAL)
    page.work_out()
    assert page.state.word == "草稿，未公布 · 公布后为“公示”"
    page.publish.click()
    (question,) = season.person.confirmed
    assert "尚在公示、不是最终成绩的赛项：第 M1 场（样例）。" in question.what
    assert page.state.word == "已公布 · 第 1 版 · 公示"


def test_the_hall_screen_follows_what_is_looked_at(page: StandingsPage, season: Around) -> None:
    screen = page.window()
    assert isinstance(screen, ResultsScreen)
    screen.hall.show_in_window()
    up = screen.hall.window_up
    assert up is not None
    assert up.shown == OfStanding("season")
    page.choice.setCurrentIndex(2)
    assert screen.hall.this_one.isVisible()
    screen.hall.this_one.click()
    assert up.shown == OfStanding("overall")
    screen.tabs.setCurrentIndex(0)
    screen.hall.this_one.click()
    assert up.shown == M1
    up.close()


def test_delegations_are_listed_in_another_order_and_keep_their_ranks(page: StandingsPage) -> None:
    assert page.order.isHidden()
    page.choice.setCurrentIndex(2)
    assert page.order.isVisible()
    page.order.setCurrentIndex(page.order.findText("按平均成绩"))
    assert [row[:2] for row in cells(page)] == [
        ["3", "样例三厂"],
        ["2", "样例二厂"],
        ["1", "样例一厂"],
    ]
    page.publish.click()
    assert page.state.word == "已公布 · 第 1 版 · 最终"
    page.choice.setCurrentIndex(0)
    assert cells(page)[0][1] == "样例选手甲"


def test_who_is_paid_an_allowance_is_written_as_a_sheet_of_its_own(
    page: StandingsPage, season: Around, qtbot: QtBot, tmp_path: Path
) -> None:
    target = tmp_path / "津贴.xlsx"
    season.person.path = target
    page.allowances.click()
    qtbot.waitUntil(target.is_file)
    page.choice.setCurrentIndex(2)
    assert page.allowances.isHidden()


def test_a_standing_is_written_beside_the_window(
    page: StandingsPage, season: Around, qtbot: QtBot, tmp_path: Path
) -> None:
    target = tmp_path / "赛季积分.xlsx"
    season.person.path = target
    page.save.click()
    qtbot.waitUntil(target.is_file)
