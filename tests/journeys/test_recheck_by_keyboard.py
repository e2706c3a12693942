"""A recheck from the announcement to the signed paper, in the real window, by keyboard alone.

Ten entries, 100 marks for the first and one less for each other: three of the best and two of the
rest are drawn. One error in five is above 5 %, so that everything is compared; the chief judge puts
the error right, and the record says so.
"""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.bootstrap import open_station
from app.domain.recheck import Verdict
from app.services.rechecking import recheck
from app.services.results import leaderboard
from app.time_source import SystemTime
from tests.journeys.hands import Hands, TimedOpener, at_window
from tests.reports.reading import whole_text
from tests.services.test_rechecking import R, recheck_station
from ui.context import Place


def test_an_error_above_the_limit_leads_to_every_entry_and_onto_paper(
    qtbot: QtBot, station_home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "recheck.plumb"
    recheck_station(10, path=file).close()
    opener = TimedOpener(station_home, SystemTime(station_home / "boot"))
    with at_window(qtbot, opener, file) as hands:
        draw(hands)
        find_an_error(hands)
        put_it_right(hands)
        compare_the_rest(hands)
        print_the_record(hands, tmp_path / "record.pdf")
    station = open_station(file, home=station_home)
    found = recheck(station, R)
    assert found is not None
    assert found.verdict is Verdict.COMPLETE
    first, second, *_ = leaderboard(station, R).rows
    assert [(row.entry, row.total) for row in (first, second)] == [
        ("R-01", "99.50"),
        ("R-02", "99.00"),
    ]
    station.close()


def draw(hands: Hands) -> None:
    hands.go(Place.REVIEW)
    hands.tab_to("Review", back=True)
    hands.press(*["Right"] * 7)
    hands.press("Ctrl+Return")
    assert hands.reads("Hash of the seed")
    hands.press("Ctrl+Return")
    assert hands.reads("0 of 5 compared")


def find_an_error(hands: Hands) -> None:
    """The best entry has 100 where its paper says 99.5."""

    def describe() -> None:
        hands.tab_to("What the paper says")
        hands.enter("A1: paper 99.5, entered 100")

    hands.tab_to("Entries to recheck")
    hands.press("Ctrl+Home")
    with hands.answering(describe):
        hands.press("F7")
    assert hands.reads("1 of 5 compared, errors in 1 (100%)")


def put_it_right(hands: Hands) -> None:
    hands.tab_to("Correct in Marking…")
    hands.press("Space")
    assert hands.desk.here is Place.MARKING

    def correct() -> None:
        hands.enter("99.5")
        hands.tab_to("Reason for the correction")
        hands.enter("Recheck: the paper says 99.5")

    with hands.answering(correct):
        hands.press("F2")


def compare_the_rest(hands: Hands) -> None:
    hands.go(Place.REVIEW)
    hands.tab_to("Entries to recheck")
    hands.press("Down", *["Return"] * 4)
    assert hands.reads("Errors above the limit of 5%: every entry has to be compared.")
    hands.press(*["Return"] * 5)
    assert hands.reads("The complete recheck is done: errors in 1 of 10 (10%).")


def print_the_record(hands: Hands, target: Path) -> None:
    hands.tab_to("Print record…")
    with hands.answering(hands.name_file(target)):
        hands.press("Space")
    hands.wait(target.exists)
    hands.wait(lambda: not hands.window.tasks.busy)
    text = " ".join(whole_text(target.read_bytes()).split())
    assert "A1: paper 99.5, entered 100" in text
