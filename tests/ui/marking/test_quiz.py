"""A quiz is scored by keys alone: team, right or wrong, stake, next question, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.bootstrap import create_station
from app.changes import Changes, Topic
from app.domain.roles import Actor, Role
from app.services import rules
from app.services.entrants import Entrant, register
from app.services.quizzing import quiz
from app.services.setup import amend
from app.services.station import Station
from app.storage.people import Person
from tests.samples.floor import SampleTime
from tests.services.fed_samples import QUIZ, T2, fed_station, freeze_template
from tests.services.test_quizzing import RIGHT, WRONG, answer
from tests.ui.around import Around, around_of
from ui.context import AsksBeforeLeaving, CountsWaiting, NamesWhere, Reloads, TakesFocus
from ui.screens.marking import open_screen
from ui.screens.marking.place import MarkingPlace
from ui.screens.marking.quiz_screen import QuizScreen
from ui.screens.marking.screen import MarkingScreen


@pytest.fixture
def station() -> Iterator[Station]:
    opened = fed_station("quiz")
    yield opened
    opened.close()


@pytest.fixture
def place(qtbot: QtBot, around: Around) -> MarkingPlace:
    opened = open_screen(around.context())
    assert isinstance(opened, MarkingPlace)
    qtbot.addWidget(opened)
    opened.show()
    qtbot.waitExposed(opened)
    return opened


@pytest.fixture
def screen(place: MarkingPlace) -> QuizScreen:
    (page,) = place.pages
    assert isinstance(page, QuizScreen)
    return page


def press(qtbot: QtBot, screen: QuizScreen, keys: str) -> None:
    for key in keys:
        qtbot.keyClick(screen.record.table, key)


def scores(screen: QuizScreen) -> list[str]:
    return [tile.score.text() for tile in screen.tiles]


def test_it_offers_the_frame_what_a_screen_offers(place: MarkingPlace) -> None:
    for protocol in (Reloads, AsksBeforeLeaving, CountsWaiting, TakesFocus, NamesWhere):
        assert isinstance(place, protocol)
    assert place.where() == ("Quiz",)
    assert place.help_key == "quiz.help"
    assert place.leave()


def test_a_must_answer_round_goes_from_team_to_team_by_itself(
    screen: QuizScreen, qtbot: QtBot
) -> None:
    assert scores(screen) == ["100", "100", "100"]
    press(qtbot, screen, "RWR")
    assert scores(screen) == ["110", "100", "110"]
    assert screen.on_table.question.number == "2 / 2"
    assert screen.tiles[0].chip.word == "answers"
    press(qtbot, screen, "RRR")
    assert screen.on_table.worth.text().startswith("Every question of this round is done")
    press(qtbot, screen, "N")
    assert screen.presenter.round is not None
    assert screen.presenter.round.id == "BUZZ"
    assert screen.on_table.question.number.startswith("1 / ")


def test_whoever_buzzes_is_chosen_by_key_and_an_early_buzz_costs_points(
    screen: QuizScreen, qtbot: QtBot
) -> None:
    screen.presenter.choose_round("BUZZ")
    assert not screen.right.isEnabled(), "nobody has buzzed"
    press(qtbot, screen, "2E")
    assert scores(screen) == ["100", "90", "100"]
    assert screen.on_table.question.number == "1 / 10", "the question is still open"
    press(qtbot, screen, "3R")
    assert scores(screen) == ["100", "90", "110"]
    assert screen.on_table.question.number == "2 / 10"
    press(qtbot, screen, "N")
    assert screen.on_table.question.number == "3 / 10"
    press(qtbot, screen, "B")
    assert screen.on_table.question.number == "2 / 10"


def test_a_buzzer_round_is_over_when_nobody_wants_its_last_question(
    screen: QuizScreen, qtbot: QtBot
) -> None:
    screen.presenter.choose_round("BUZZ")
    press(qtbot, screen, "NNNNNNNNN")
    assert screen.on_table.question.number == "10 / 10"
    press(qtbot, screen, "N")
    assert screen.on_table.worth.text().startswith("Every question of this round is done")
    press(qtbot, screen, "B1R")
    assert scores(screen) == ["110", "100", "100"], "somebody wanted it after all"
    press(qtbot, screen, "N")
    assert screen.presenter.round is not None
    assert screen.presenter.round.id == "RISK"


def test_sudden_death_asks_the_tied_and_nobody_once_the_tie_is_parted(
    screen: QuizScreen, qtbot: QtBot
) -> None:
    press(qtbot, screen, "RRW")
    screen.presenter.choose_round("SUDDEN")
    assert [tile.chip.word for tile in screen.tiles] == ["answers", "waits", "waits"]
    press(qtbot, screen, "WR")
    assert screen.on_table.worth.text() == "No tie is left to be decided by sudden death."
    assert not screen.right.isEnabled()
    press(qtbot, screen, "N")
    assert not screen.right.isEnabled()


def test_with_more_than_nine_teams_each_is_chosen_by_two_digits(
    screen: QuizScreen, qtbot: QtBot, station: Station
) -> None:
    for number in range(4, 13):
        register(station, Entrant(QUIZ, Person(name=f"样例队{number:02d}"), members=3))
    screen.presenter.read_again()
    screen.presenter.choose_round("BUZZ")
    assert [tile.key.text() for tile in screen.tiles[8:]] == ["09", "10", "11", "12"]
    assert screen.keys.text().startswith("01–12 team")
    press(qtbot, screen, "1")
    assert screen.keys.text().startswith("Team 1_")
    press(qtbot, screen, "2R")
    assert scores(screen)[11] == "110"
    press(qtbot, screen, "13")
    assert "no team 13" in screen.banner.text


def test_a_partial_answer_gains_its_points_by_key(qtbot: QtBot, station: Station) -> None:
    event = rules.event(station, QUIZ)
    assert event.quiz is not None
    first, *others = event.quiz.rounds
    knows_parts = replace(first, part=Decimal("0.5"))
    quiz_rules = replace(event.quiz, rounds=(knows_parts, *others))
    amend(station, QUIZ, replace(event, quiz=quiz_rules), "样例：多选题按部分给分")
    with around_of(station) as around:
        shown = QuizScreen(around.context(), event)
        qtbot.addWidget(shown)
        with qtbot.waitExposed(shown):
            shown.show()
        press(qtbot, shown, "P")
        assert scores(shown) == ["100.5", "100", "100"]
        assert shown.tiles[0].chip.word == "partly"
        assert shown.on_table.worth.text() == "Partly right +0.5. Right +10, wrong −0"


def test_a_risk_question_wants_a_stake_first(screen: QuizScreen, qtbot: QtBot) -> None:
    screen.presenter.choose_round("RISK")
    press(qtbot, screen, "1W")
    assert "10 / 20 / 30" in screen.banner.text
    press(qtbot, screen, "DW")
    assert scores(screen)[0] == "70"


def test_the_chief_takes_an_earlier_answer_back_with_a_reason(
    screen: QuizScreen, qtbot: QtBot, station: Station, around: Around
) -> None:
    press(qtbot, screen, "RR")
    around.person.agrees = True
    screen.record.table.selectRow(1)
    qtbot.keyClick(screen.record.table, Qt.Key.Key_F2)
    assert scores(screen) == ["100", "110", "100"]
    assert [one.fact.entry for one in quiz(station, QUIZ).answers] == [T2]


def test_the_time_of_a_question_is_started_and_stopped(screen: QuizScreen, qtbot: QtBot) -> None:
    assert screen.on_table.time.number == "30"
    press(qtbot, screen, "T")
    assert screen.presenter.is_timing
    assert screen.on_table.clock.text() == "Stop time"
    press(qtbot, screen, "T")
    assert not screen.presenter.is_timing
    press(qtbot, screen, "R")
    assert screen.record.model.index(0, 3).data() == "–", "its time was not running"


def test_how_long_a_team_took_is_kept_with_its_answer(qtbot: QtBot) -> None:
    time = SampleTime()
    station = fed_station("quiz", time=time)
    with around_of(station) as around:
        shown = QuizScreen(around.context(), rules.event(station, QUIZ))
        qtbot.addWidget(shown)
        with qtbot.waitExposed(shown):
            shown.show()
        press(qtbot, shown, "T")
        time.pass_ms(7_260)
        press(qtbot, shown, "R")
        assert [one.fact.after_ms for one in quiz(station, QUIZ).answers] == [7_260]
        assert shown.record.model.index(0, 3).data() == "7.2 s"
    station.close()


def test_an_answer_recorded_elsewhere_shows_and_the_record_is_sound(
    place: MarkingPlace, screen: QuizScreen, station: Station
) -> None:
    tester = QAbstractItemModelTester(
        screen.record.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    answer(station, T2, "MUST", 1, RIGHT)
    answer(station, T2, "MUST", 2, WRONG)
    screen.presenter.read_again()
    assert tester.model() is screen.record.model
    assert screen.record.model.rowCount() == 2
    assert place.waiting() == 0


def test_marking_gains_the_page_of_a_quiz_while_it_is_open(qtbot: QtBot) -> None:
    with around_of(create_station(None)) as around:
        context = around.context()
        place = open_screen(context)
        assert isinstance(place, MarkingPlace)
        qtbot.addWidget(place)
        assert [type(page) for page in place.pages] == [MarkingScreen]
        freeze_template(context.station, "quiz")
        place.reload(Changes.to(Topic.RULES))
        assert [type(page) for page in place.pages] == [QuizScreen]
        page = place.page
        place.reload(Changes.to(Topic.RULES))
        assert place.page is page, "what is still asked for stays as it is"
        context.station.close()


def test_the_hall_follows_the_score_and_says_it_is_not_the_result(
    place: MarkingPlace, screen: QuizScreen, qtbot: QtBot
) -> None:
    press(qtbot, screen, "H")
    hall = screen.hall
    assert hall is not None
    assert hall.isVisible()
    press(qtbot, screen, "R")
    assert [(team.score, team.note, team.is_asked) for team in hall.teams] == [
        ("110", "right", False),
        ("100", "", True),
        ("100", "", False),
    ]
    assert hall.texts.question == "Must-answer, question 1"
    assert "published result decides" in hall.texts.caution
    press(qtbot, screen, "H")
    assert screen.hall is None
    press(qtbot, screen, "H")
    place.close()
    assert screen.hall is None, "it goes with the place"


def test_who_may_not_score_sees_the_scores_and_can_press_nothing(
    screen: QuizScreen, station: Station
) -> None:
    station.actor = Actor(Role.FLOOR)
    screen.presenter.read_again()
    assert not screen.right.isEnabled()
    assert not screen.record.void.isVisible()
