"""Proposals are handed in, moved on step by step and ranked by period from one screen."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from app.changes import Changes
from app.domain.proposal_rules import ProposalState, Span
from app.domain.roles import Actor, Role
from app.reports.proposals_ranking import write_proposals_ranking
from app.services import fed_marks
from app.services.proposal_papers import ranking_paper, ranking_table
from app.services.station import Station
from app.sheets.proposal_tables import write_ranking_xlsx
from app.sheets.workbook import open_workbook
from app.words import Words
from tests.reports.reading import whole_text
from tests.services.fed_samples import IDEA, P1, P2, fed_station
from tests.services.test_proposing import MARCH, done, hand_in, take
from tests.ui.around import Around
from tests.ui.showing import bring_up
from ui.screens.marking import open_screen
from ui.screens.marking.place import MarkingPlace
from ui.screens.marking.proposals_screen import ProposalsScreen
from ui.widgets.form_dialog import FormDialog


@pytest.fixture
def station() -> Iterator[Station]:
    opened = fed_station("proposals")
    yield opened
    opened.close()


@pytest.fixture
def place(qtbot: QtBot, station: Station, around: Around) -> MarkingPlace:
    done(station, P1)
    take(station, hand_in(station, P2, "改进点检表"), ProposalState.ACCEPTED)
    opened = open_screen(around.context())
    assert isinstance(opened, MarkingPlace)
    qtbot.addWidget(opened)
    opened.show()
    qtbot.waitExposed(opened)
    return opened


@pytest.fixture
def screen(place: MarkingPlace) -> ProposalsScreen:
    (page,) = place.pages
    assert isinstance(page, ProposalsScreen)
    return page


def dialog() -> FormDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, FormDialog)
    return found


def fill(form: FormDialog, **values: str) -> None:
    for name, value in values.items():
        editor = form.editors[name.replace("benefit_", "benefit:")]
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findData(value))
        else:
            assert isinstance(editor, QLineEdit)
            editor.setText(value)


def states(station: Station) -> dict[str, ProposalState]:
    return {one.title: one.state for one in fed_marks.proposals(station, IDEA).values()}


def test_the_list_shows_states_in_words_with_the_points(screen: ProposalsScreen) -> None:
    model = screen.model
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    rows = [
        [str(model.index(row, column).data()) for column in (2, 3, 4)]
        for row in range(model.rowCount())
    ]
    assert sorted(rows) == [["优化工装夹具", "Rewarded", "61.5"], ["改进点检表", "Accepted", "2"]]
    assert tester.model() is model


def test_a_proposal_is_handed_in_and_a_faulty_one_stays_in_the_dialog(
    screen: ProposalsScreen, station: Station, around: Around
) -> None:
    screen.hand_in()
    form = dialog()
    fill(form, title="更换标签", entry=P2, on="2026-04-31", benefit_hours="12")
    form.go.click()
    assert form.banner.text == "2026-04-31 is no date. Write it as 2026-03-31."
    fill(form, on="2026-04-30")
    form.go.click()
    assert states(station)["更换标签"] is ProposalState.SUBMITTED
    assert around.announced == ["Handed in: 更换标签"]
    assert screen.detail.title.text() == "更换标签"


def test_a_step_is_taken_by_key_and_asks_for_what_belongs_to_it(
    screen: ProposalsScreen, qtbot: QtBot, station: Station
) -> None:
    chosen = next(one for one in screen.presenter.proposals if one.title == "改进点检表")
    screen.presenter.choose(chosen.id)
    qtbot.keyClick(screen.list, Qt.Key.Key_F4)
    assert states(station)["改进点检表"] is ProposalState.ADOPTED
    qtbot.keyClick(screen.list, Qt.Key.Key_F4)
    dialog().go.click()
    assert states(station)["改进点检表"] is ProposalState.IMPLEMENTED
    qtbot.keyClick(screen.list, Qt.Key.Key_F4)
    fill(dialog(), benefit_money="60000")
    dialog().go.click()
    assert states(station)["改进点检表"] is ProposalState.VERIFIED
    qtbot.keyClick(screen.list, Qt.Key.Key_F4)
    fill(dialog(), mark="41")
    dialog().go.click()
    assert dialog().banner.text == "The committee gives a mark from 0 to 40."
    dialog().reject()
    qtbot.keyClick(screen.list, Qt.Key.Key_F8)
    dialog().go.click()
    assert "only with a reason" in dialog().banner.text
    dialog().reject()


def test_a_scorekeeper_sees_no_step_back(screen: ProposalsScreen, station: Station) -> None:
    station.actor = Actor(Role.SCOREKEEPER)
    screen.presenter.read_again()
    assert screen.presenter.back() is None


def test_the_ranking_of_a_quarter_shows_figures_and_order(screen: ProposalsScreen) -> None:
    screen.tabs.setCurrentIndex(1)
    screen.presenter.choose_span(Span.QUARTER)
    assert screen.periods.periods.currentText() == "2026, quarter 1"
    model = screen.periods.model
    rows = [
        [str(model.index(row, column).data()) for column in (1, 2, 5, 6, 7, 8)]
        for row in range(model.rowCount())
    ]
    assert screen.periods.table.isColumnHidden(0), "one division needs no name"
    assert rows == [
        ["1", "01", "1", "1", "61.50", "First prize"],
        ["2", "02", "1", "0", "2.00", "Second prize"],
    ]


def test_the_ranking_is_printed_and_exported(
    screen: ProposalsScreen, around: Around, station: Station, tmp_path: Path
) -> None:
    words = Words.load("en")
    target = BytesIO()
    pages = write_proposals_ranking(ranking_paper(station, IDEA, MARCH, words), words, target)
    text = whole_text(target.getvalue())
    assert pages == 1
    for part in (
        "Ranking of proposals",
        "counted by the day of submission",
        "61.50",
        "50.0 %",
        "Review committee",
    ):
        assert part in text, part
    path = tmp_path / "ranking.xlsx"
    write_ranking_xlsx(ranking_table(station, IDEA, MARCH, words), path, words)
    (sheet,) = open_workbook(path).sheets
    assert sheet.name == "Ranking"
    assert "样例队01" in str(sheet.rows)
    assert "'Benefit', 'Stated', 'Verified'" in str(sheet.rows)


def test_the_first_proposal_is_handed_in_from_the_empty_screen_by_key(
    qtbot: QtBot, station: Station, around: Around
) -> None:
    place = open_screen(around.context())
    bring_up(qtbot, place)
    qtbot.keyClick(place.focusWidget(), Qt.Key.Key_Space)
    assert dialog().windowTitle() == "Hand in a proposal"
    dialog().reject()
    hand_in(station, P2, "改进点检表")
    assert isinstance(place, MarkingPlace)
    place.reload(Changes(frozenset(), frozenset(), None))
    (page,) = place.pages
    assert isinstance(page, ProposalsScreen)
    assert place.focusWidget() is page.list
