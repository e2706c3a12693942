"""Check-in at the keyboard: what Enter does, and what late arrivals ask for."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from app.domain.entries import EntryState
from app.domain.facts import CheckedIn, CompetitionSet, RulesFrozen
from app.domain.roles import Actor, Role
from app.domain.scheme import Competition, rules_hash
from app.services import checkin
from app.services.roll import entry
from app.services.station import Station, record, recording
from app.storage import queries
from app.words import Words
from tests.samples.floor import (
    MINUTE,
    NINE,
    ROBOT,
    WELD,
    SampleTime,
    entry_id,
    floor,
    register,
    robot_event,
)
from tests.ui.around import Person
from tests.ui.checkin.sample_view import SampleView
from ui.dialogs import ChosenReason
from ui.screens.checkin.presenter import CheckinPresenter
from ui.theme.tokens import Tone


class Desk:
    """A presenter with everything around it."""

    def __init__(self, station: Station) -> None:
        self.station = station
        self.view = SampleView()
        self.person = Person(picks=None)
        self.announced: list[str] = []
        self.presenter = CheckinPresenter(
            station, Words.load("en"), self.person, self.view, self.announced.append
        )
        self.presenter.show()

    def scan(self, text: str) -> None:
        self.presenter.typed(text)
        self.presenter.entered(text)

    def state_of(self, number: int) -> EntryState:
        return entry(self.station, entry_id(number)).state

    @property
    def word(self) -> str:
        card = self.view.last.card
        return card.word if card else ""

    @property
    def notice(self) -> str:
        notice = self.view.last.notice
        return notice.text if notice else ""


@pytest.fixture
def time() -> SampleTime:
    return SampleTime()


@pytest.fixture
def desk(time: SampleTime) -> Iterator[Desk]:
    station = floor(time=time)
    yield Desk(station)
    station.close()


def test_a_scan_checks_in_at_once_and_empties_the_field(desk: Desk) -> None:
    desk.scan("ROBOT-01")
    assert desk.state_of(1) is EntryState.CHECKED_IN
    assert desk.view.emptied == 1
    assert desk.word == "Checked in now"
    assert desk.announced == ["01 checked in."]


def test_a_second_return_from_the_scanner_does_nothing(desk: Desk) -> None:
    desk.scan("ROBOT-01")
    desk.presenter.entered("")
    assert desk.notice == ""
    assert desk.word == "Checked in now"


def test_the_card_shows_before_enter_is_pressed(desk: Desk) -> None:
    desk.presenter.typed("110105")
    assert desk.view.last.card is None
    desk.presenter.typed("11010519491231002X")
    card = desk.view.last.card
    assert card is not None
    assert (card.name, card.masked_id, card.tone) == (
        "样例选手01",
        "110105********002X",
        Tone.IDLE,
    )
    assert desk.state_of(1) is EntryState.REGISTERED


def test_several_matches_are_chosen_before_anybody_is_checked_in(desk: Desk) -> None:
    desk.presenter.typed("样例选手")
    assert [line.number for line in desk.view.last.matches] == ["01", "02", "06"]
    assert desk.view.last.chosen is None
    desk.presenter.entered("样例选手")
    assert desk.view.last.chosen == 0
    desk.presenter.move(2)
    desk.presenter.move(5)
    desk.presenter.entered("样例选手")
    assert desk.state_of(6) is EntryState.CHECKED_IN
    assert desk.state_of(1) is EntryState.REGISTERED


def test_nobody_found_says_so_and_empties_the_field(desk: Desk) -> None:
    desk.scan("99")
    assert desk.notice == "Nobody found for “99”. Check the number, or type the name."
    assert desk.view.emptied == 1


def test_somebody_checked_in_already_is_not_checked_in_again(desk: Desk) -> None:
    desk.scan("01")
    desk.scan("01")
    assert desk.notice == "This entrant is checked in already."
    assert len(queries.standing(desk.station.connection, CheckedIn)) == 1


def test_a_late_arrival_is_amber_and_the_desk_is_told_to_ask_the_chief(
    desk: Desk, time: SampleTime
) -> None:
    checkin.schedule_start(desk.station, ROBOT, NINE)
    time.pass_ms(7 * MINUTE)
    desk.station.actor = Actor(Role.CHECK_IN)
    desk.presenter.typed("01")
    card = desk.view.last.card
    assert card is not None
    assert (card.tone, card.word) == (Tone.ATTENTION, "Late by 7 min")
    desk.presenter.entered("01")
    assert desk.state_of(1) is EntryState.REGISTERED
    assert desk.person.asked == []
    assert desk.notice.startswith("This entrant is 7 min late. Only the chief judge can admit")


def test_the_chief_confirms_a_late_arrival(desk: Desk, time: SampleTime) -> None:
    checkin.schedule_start(desk.station, ROBOT, NINE)
    time.pass_ms(7 * MINUTE)
    desk.person.agrees = False
    desk.scan("01")
    assert desk.state_of(1) is EntryState.REGISTERED
    desk.person.agrees = True
    desk.scan("01")
    assert desk.state_of(1) is EntryState.CHECKED_IN
    assert desk.person.asked == ["Admit a late arrival?"] * 2


def test_after_the_limit_the_chief_gives_a_reason(desk: Desk, time: SampleTime) -> None:
    checkin.schedule_start(desk.station, ROBOT, NINE)
    time.pass_ms(20 * MINUTE)
    desk.scan("01")
    assert desk.state_of(1) is EntryState.REGISTERED
    desk.person.picks = ChosenReason("other", "样例：电梯故障")
    desk.scan("01")
    recorded = queries.latest(desk.station.connection, CheckedIn)
    assert recorded is not None
    assert recorded.reason == "样例：电梯故障"


def test_an_entrant_of_another_event_is_sent_there(desk: Desk) -> None:
    with recording(desk.station) as log:
        register(log, 44, "样例焊工", unit="样例一厂", event=WELD)

    weld = msgspec.structs.replace(robot_event(), code=WELD, name="焊工", name_en="Welding")
    record(desk.station, RulesFrozen(event=WELD, rules=weld, rules_hash=rules_hash(weld)))
    competition = Competition(code="SAMPLE", title="样例竞赛", venue="样例二号馆")
    record(desk.station, CompetitionSet(competition=competition))
    desk = Desk(desk.station)
    desk.scan("WELD-44")
    card = desk.view.last.card
    assert card is not None
    assert card.advice == "This entrant competes in Welding. Send them there: 样例二号馆."
    assert entry(desk.station, entry_id(44, WELD)).state is EntryState.REGISTERED
    desk.presenter.switch_to_their_event()
    assert desk.view.last.event == WELD
    assert desk.view.last.card is not None
    assert desk.view.last.card.can_check_in


def test_absence_withdrawal_and_taking_back(desk: Desk) -> None:
    desk.presenter.typed("01")
    desk.presenter.mark_absent()
    assert desk.word == "Absent"
    desk.presenter.take_back()
    assert desk.word == "Not here yet"
    desk.person.picks = ChosenReason("illness", "")
    desk.presenter.withdraw()
    assert desk.word == "Withdrawn"
    assert desk.announced == ["01 marked absent.", "Taken back: 01.", "01 has withdrawn."]


def test_all_missing_are_marked_absent_after_one_question(desk: Desk) -> None:
    desk.scan("01")
    desk.presenter.mark_missing_absent()
    assert desk.view.last.attendance.absent == 5
    desk.presenter.mark_missing_absent()
    assert desk.person.asked == ["Mark all missing absent?"]


def test_page_keys_go_through_the_units(desk: Desk) -> None:
    seen = []
    for _ in range(4):
        seen.append(desk.view.last.unit)
        desk.presenter.filter_unit(1)
    assert seen == [None, "样例一厂", "样例三厂", "样例二厂"]
    assert desk.view.last.unit is None
