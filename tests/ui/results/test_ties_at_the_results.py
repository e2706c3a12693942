"""Ties at the results screen: shown where publishing waits, put in order by keyboard, or drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from app.domain.roles import Actor, Role
from app.domain.scheme import OnRemaining
from app.services import live, ties
from app.services.station import Station
from tests.samples.results import E1, E2, WELD, mark, unlock
from tests.services.test_ties import tied_event
from tests.ui.around import Around
from ui.screens.results.lot_dialog import LotDialog
from ui.screens.results.screen import ResultsScreen
from ui.screens.results.tie_dialog import TieDialog

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

Open = Callable[[], ResultsScreen]
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def kind() -> OnRemaining:
    return OnRemaining.CHIEF


@pytest.fixture
def station(kind: OnRemaining) -> Iterator[Station]:
    opened = tied_event(kind)
    yield opened
    opened.close()


def opened(screen: ResultsScreen) -> TieDialog | LotDialog:
    screen.find_blockers()
    dialog = screen.ties.dialog(screen.ties.lines[0])
    dialog.show()
    assert isinstance(dialog, TieDialog | LotDialog)
    return dialog


def ranked(around: Around) -> list[tuple[str, int]]:
    return [(row.entry, row.rank) for row in live.board(around.station, WELD).ranking.rows][:2]


def test_a_tie_is_shown_with_its_rank_its_entries_and_what_parts_it(open_results: Open) -> None:
    screen = open_results()
    screen.find_blockers()
    (line,) = screen.ties.lines
    assert line.text == (
        "Shared rank 1, to be parted by ruling of the chief judge:"
        " 01 · Sample Entrant 01, 02 · Sample Entrant 02"
    )
    assert screen.ties.isVisible()
    assert not screen.go.isEnabled()


def test_the_chief_moves_an_entry_up_gives_the_reason_and_records_it(
    qtbot: QtBot, around: Around, open_results: Open
) -> None:
    screen = open_results()
    dialog = opened(screen)
    assert isinstance(dialog, TieDialog)
    qtbot.keyClick(dialog.entries, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.entries, Qt.Key.Key_Up, ALT)
    assert dialog.entries.item(0).text() == "Rank 1   02 · Sample Entrant 02"
    qtbot.keyClicks(dialog.reason, "Better seam")
    dialog.go.click()
    assert ranked(around) == [(E2, 1), (E1, 2)]
    screen.find_blockers()
    assert not screen.ties.isVisible()
    assert screen.go.isEnabled()


def test_without_a_reason_the_dialog_stays_and_says_so(
    qtbot: QtBot, around: Around, open_results: Open
) -> None:
    dialog = opened(open_results())
    dialog.go.click()
    assert dialog.isVisible()
    assert "reason" in dialog.banner.text.lower()
    assert ranked(around) == [(E1, 1), (E2, 1)]
    dialog.reject()


def test_a_decision_that_no_longer_holds_is_said(around: Around, open_results: Open) -> None:
    ties.decide(around.station, WELD, (E2, E1), reason="x")
    unlock(around.station)
    mark(around.station, E1, "A1.1", "8.5")
    screen = open_results()
    screen.find_blockers()
    (note,) = screen.ties.notes
    assert note == (
        "The decision on 02 · Sample Entrant 02, 01 · Sample Entrant 01 is not applied:"
        " the tie has changed, so the decision holds no more."
    )


def test_only_the_chief_sees_ties(around: Around, open_results: Open) -> None:
    around.station.actor = Actor(Role.CERTIFICATES)
    screen = open_results()
    screen.find_blockers()
    assert screen.ties.lines == ()


@pytest.mark.parametrize("kind", [OnRemaining.LOT])
def test_a_lot_shows_its_hash_before_it_can_be_drawn(
    qtbot: QtBot, around: Around, open_results: Open
) -> None:
    dialog = opened(open_results())
    assert isinstance(dialog, LotDialog)
    assert not dialog.go.isEnabled()
    dialog.show_hash.click()
    assert len(dialog.hash.text().replace(" ", "")) == 64
    assert not dialog.show_hash.isEnabled()
    dialog.go.click()
    assert [rank for _, rank in ranked(around)] == [1, 2]
