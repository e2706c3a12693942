"""The timing wall by keys: what starts, stops, sounds and asks, with time moved by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.roles import Actor, Role
from app.services import drawing, heartbeat
from app.services.code_drawing import draw_work_codes
from app.services.station import Station
from app.services.timing import Loss, LossReason
from app.words import Words
from tests.samples.floor import (
    MINUTE,
    NINE,
    ROBOT,
    A,
    B,
    SampleTime,
    entry_id,
    floor,
    module,
    open_again,
    robot_event,
)
from tests.ui.around import Person
from tests.ui.timing.sample_view import SampleView
from ui.dialogs import ChosenReason
from ui.screens.timing.arrangement import ALL
from ui.screens.timing.grants import GrantAnswer, GrantQuestion
from ui.screens.timing.presenter import TimingPresenter
from ui.theme.tokens import Tone


class Wall:
    """A presenter with everything around it."""

    def __init__(self, station: Station) -> None:
        self.station = station
        self.view = SampleView()
        self.person = Person(picks=None)
        self.grant: GrantAnswer | None = None
        self.asked: list[GrantQuestion] = []
        self.announced: list[str] = []
        self.presenter = TimingPresenter(
            station,
            Words.load("en"),
            self.person,
            self._ask_grant,
            self.view,
            self.announced.append,
        )
        self.presenter.show()

    def _ask_grant(self, asked: GrantQuestion) -> GrantAnswer | None:
        self.asked.append(asked)
        return self.grant

    def pass_ms(self, length_ms: int) -> None:
        time = self.station.time
        assert isinstance(time, SampleTime)
        time.pass_ms(length_ms)
        self.presenter.tick()

    @property
    def times(self) -> list[str]:
        return [face.time for face in self.view.faces]

    @property
    def words(self) -> list[str]:
        return [face.word for face in self.view.faces]


@pytest.fixture
def station() -> Iterator[Station]:
    made = floor(checked_in=6)
    drawing.commit_draw(made, ROBOT, A)
    drawing.make_draw(made, ROBOT, A)
    draw_work_codes(made, ROBOT, A)
    yield made
    made.close()


@pytest.fixture
def wall(station: Station) -> Wall:
    return Wall(station)


def test_the_first_batch_of_the_first_module_is_ready_by_place_and_code(wall: Wall) -> None:
    (group,) = wall.view.groups
    assert group.title == "Batch 1  ·  Module A · Sample module A"
    assert [face.title for face in wall.view.faces] == ["01", "02", "03"]
    assert all(face.subtitle.isdecimal() for face in wall.view.faces)
    assert wall.times == ["1:00:00"] * 3
    assert wall.view.bar is not None
    assert wall.view.bar.ready == 3


def test_starting_all_asks_once_and_starts_everybody_together(wall: Wall) -> None:
    wall.person.agrees = False
    wall.presenter.start_all()
    assert wall.words == ["Ready"] * 3
    wall.person.agrees = True
    wall.presenter.start_all()
    assert wall.words == ["Running"] * 3
    assert wall.view.signals == 1
    assert wall.announced == ["3 clocks started."]
    wall.pass_ms(MINUTE)
    assert wall.times == ["59:00"] * 3


def test_a_tile_turns_amber_at_five_minutes_and_counts_up_in_red(wall: Wall) -> None:
    wall.presenter.start()
    wall.pass_ms(54 * MINUTE + 59_999)
    assert wall.view.faces[0].tone is Tone.RUNNING
    wall.pass_ms(1)
    assert (wall.view.faces[0].tone, wall.times[0]) == (Tone.ATTENTION, "5:00")
    wall.pass_ms(5 * MINUTE - 1)
    assert wall.times[0] == "0:01"
    wall.pass_ms(42_001)
    face = wall.view.faces[0]
    assert (face.tone, face.time, face.word, face.left) == (
        Tone.BLOCKED,
        "+0:42",
        "Over time",
        0,
    )


def test_each_cue_sounds_exactly_once_for_a_batch(wall: Wall) -> None:
    wall.presenter.start_all()
    for _ in range(61 * 60 * 4):
        wall.pass_ms(250)
    assert wall.view.cues == [("A", 15), ("A", 5), ("A", 1), ("A", 0)]
    assert wall.view.said == [
        "Module A: 15 min left.",
        "Module A: 5 min left.",
        "Module A: 1 min left.",
        "Module A: time is up.",
    ]


def test_a_late_tick_gives_every_mark_it_passed_and_says_the_last(wall: Wall) -> None:
    wall.presenter.start()
    wall.pass_ms(58 * MINUTE)
    assert wall.view.cues == [("A", 15), ("A", 5)]
    assert wall.view.said == ["Module A: 5 min left."]


def test_pausing_needs_a_reason_and_stops_time(wall: Wall) -> None:
    wall.presenter.start()
    wall.pass_ms(10 * MINUTE)
    wall.presenter.pause()
    assert wall.words[0] == "Running"
    wall.person.picks = ChosenReason("equipment", "样例")
    wall.presenter.pause()
    wall.pass_ms(5 * MINUTE)
    assert (wall.times[0], wall.words[0]) == ("50:00", "Paused · Equipment fault")
    wall.presenter.resume()
    assert wall.words[0] == "Running"


def test_stopping_asks_once_and_shows_the_time_used(wall: Wall) -> None:
    wall.presenter.start()
    wall.pass_ms(57 * MINUTE + 3_000)
    wall.presenter.stop()
    assert wall.words[0] == "Ended · used 57:03"
    assert wall.person.asked == ["Stop this clock?"]
    wall.presenter.stop()
    assert wall.person.asked == ["Stop this clock?"]


def test_time_is_granted_by_the_chief_for_what_was_lost(wall: Wall) -> None:
    wall.presenter.start()
    wall.pass_ms(20 * MINUTE)
    wall.grant = GrantAnswer(Loss(NINE + 5 * MINUTE, NINE + 9 * MINUTE, LossReason.POWER), "样例")
    wall.presenter.grant()
    assert wall.times[0] == "44:00"
    assert wall.asked == [GrantQuestion("01", NINE, NINE + 20 * MINUTE)]
    wall.presenter.grant()
    assert wall.view.refusals[-1].startswith("Part of this loss is covered already")
    wall.station.actor = Actor(Role.FLOOR)
    wall.presenter.grant()
    assert wall.view.refusals[-1].startswith("Granting time and deciding about uncertain time")


def test_the_verbs_follow_the_chosen_clock(wall: Wall) -> None:
    def can() -> frozenset[str]:
        assert wall.view.bar is not None
        return wall.view.bar.can

    assert can() == {"start"}
    wall.presenter.start()
    assert can() == {"pause", "stop", "grant", "slip", "submit"}
    wall.presenter.choose(wall.presenter.shown[1])
    assert can() == {"start"}
    assert wall.presenter.all_slips() == wall.presenter.shown[:1]
    assert wall.presenter.chosen_slip() == ()


def test_the_next_batch_comes_when_the_first_is_done(wall: Wall) -> None:
    wall.presenter.start_all()
    for one in wall.presenter.shown:
        wall.presenter.choose(one)
        wall.presenter.stop()
    (group,) = wall.view.groups
    assert group.title.startswith("Batch 2")
    assert wall.words == ["Ready"] * 3
    wall.presenter.choose_batch(1)
    assert [word[:5] for word in wall.words] == ["Ended"] * 3


def test_several_modules_are_shown_by_group_and_nobody_is_ready_twice(wall: Wall) -> None:
    wall.presenter.start_all()
    wall.presenter.choose_scope(ALL)
    assert [group.module for group in wall.view.groups] == [A, B]
    busy = [face.word for face in wall.view.faces[3:]]
    assert sorted(busy) == ["Ready"] * 3 + ["Works in module A"] * 3
    assert wall.view.bar is not None
    assert wall.view.bar.ready == 3


def test_somebody_looked_for_is_shown_where_they_work(wall: Wall) -> None:
    wall.presenter.focus_on(entry_id(6))
    assert any(one.entry == entry_id(6) for one in wall.presenter.shown)


def test_three_days_are_shown_in_hours() -> None:
    station = floor(
        entrants=1, checked_in=1, event=robot_event(module(A, blind=False, minutes=72 * 60))
    )
    wall = Wall(station)
    assert wall.times == ["72:00:00"]
    wall.presenter.start()
    wall.pass_ms(1)
    assert wall.times == ["72:00:00"]
    wall.pass_ms(1_000)
    assert wall.times == ["71:59:59"]
    station.close()


def test_after_a_crash_in_mid_module_the_wall_is_right_and_a_missed_cue_sounds_once(
    tmp_path: Path,
) -> None:
    time, path = SampleTime(), tmp_path / "sample.plumb"
    station = floor(path, time=time, checked_in=2)
    first = Wall(station)
    first.presenter.start_all()
    first.pass_ms(40 * MINUTE)
    heartbeat.beat(station)
    station.close()
    time.pass_ms(6 * MINUTE)
    again = open_again(path, time)
    wall = Wall(again)
    assert wall.times[:2] == ["14:00", "14:00"]
    assert wall.view.cues == [("A", 15)]
    wall.presenter.tick()
    assert Wall(again).view.cues == []
    again.close()


def test_after_a_reboot_the_chief_decides_once_for_all_clocks(tmp_path: Path) -> None:
    time, path = SampleTime(), tmp_path / "sample.plumb"
    station = floor(path, time=time, checked_in=2)
    Wall(station).presenter.start_all()
    time.pass_ms(20 * MINUTE)
    heartbeat.beat(station)
    station.close()
    time.reboot(4 * MINUTE)
    again = open_again(path, time)
    heartbeat.reopen_clocks(again)
    wall = Wall(again)
    assert wall.view.doubts.text == (
        "The laptop was down for 4:00 while clocks ran (01, 02). Did the entrants lose this time?"
    )
    assert wall.times[:2] == ["36:00", "36:00"]
    assert wall.words[:2] == ["Uncertain time"] * 2
    assert wall.presenter.waiting() == 2
    wall.presenter.decide_gaps(wall.view.doubts, give_back=True)
    assert wall.times[:2] == ["40:00", "40:00"]
    assert wall.view.doubts.text == ""
    assert wall.presenter.waiting() == 0
    again.close()


def test_a_jump_of_the_wall_clock_is_told_and_moves_no_clock(wall: Wall) -> None:
    wall.presenter.start()
    wall.pass_ms(10 * MINUTE)
    time = wall.station.time
    assert isinstance(time, SampleTime)
    time.wall_ms += 3_600_000
    wall.pass_ms(MINUTE)
    assert wall.times[0] == "49:00"
    assert wall.view.doubts.text.startswith("The wall clock of this laptop jumped by +3600 s.")
    wall.presenter.seen_jumps(wall.view.doubts)
    assert wall.view.doubts.text == ""


def test_without_a_frozen_event_there_is_nothing_to_time() -> None:
    station = floor(entrants=0)
    wall = Wall(station)
    assert wall.view.groups == ()
    assert wall.presenter.event is None
    station.close()
