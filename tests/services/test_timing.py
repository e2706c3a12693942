"""Clocks on the floor: batches, pauses, grants, and what is left after a crash or a reboot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.clock import ClockState
from app.domain.errors import RuleBroken
from app.domain.facts import ClockMoved
from app.domain.ids import EntryId, ModuleId
from app.domain.roles import Actor, Role
from app.services import clocks, drawing, heartbeat, rules, timing
from app.services.benches import Bench, benches, current_batch
from app.services.checkin import mark_absent
from app.services.code_drawing import draw_work_codes
from app.services.station import Station
from app.services.timing import ClockId, Loss, LossReason
from app.storage import queries
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

FLOOR = Actor(Role.FLOOR)


@pytest.fixture
def time() -> SampleTime:
    return SampleTime()


@pytest.fixture
def station(time: SampleTime) -> Iterator[Station]:
    opened = floor(time=time, checked_in=6)
    yield opened
    opened.close()


def at(number: int, module_id: ModuleId = A) -> ClockId:
    return ClockId(ROBOT, module_id, entry_id(number))


def face(station: Station, wanted: ClockId) -> tuple[ClockState, int, int]:
    """State, used and remaining time now."""
    event = rules.rules(station, ROBOT)
    clock = clocks.clock(station, event, module=wanted.module, entry=wanted.entry)
    shown = clock.at(station.time.reading())
    return shown.state, shown.used_ms, shown.remaining_ms


def bench(station: Station, wanted: ClockId) -> Bench:
    return next(one for one in benches(station, ROBOT) if one.id == wanted)


def test_a_batch_starts_at_one_reading(station: Station, time: SampleTime) -> None:
    ops = timing.start_batch(station, [at(1), at(2), at(3)])
    assert len(ops) == 3
    moved = [one.fact.moved for one in queries.standing(station.connection, ClockMoved)]
    assert {one.reading for one in moved} == {time.reading()}
    time.pass_ms(20 * MINUTE)
    assert face(station, at(2)) == (ClockState.RUNNING, 20 * MINUTE, 40 * MINUTE)


def test_a_batch_starts_whole_or_not_at_all(station: Station) -> None:
    timing.start(station, at(2))
    with pytest.raises(RuleBroken, match="clock-already-started"):
        timing.start_batch(station, [at(1), at(2), at(3)])
    assert face(station, at(1))[0] is ClockState.READY
    with pytest.raises(RuleBroken, match="clock-already-started"):
        timing.start_batch(station, [at(3), at(3)])
    assert face(station, at(3))[0] is ClockState.READY


def test_only_who_is_checked_in_starts_and_in_one_module_at_a_time() -> None:
    station = floor(checked_in=1)
    with pytest.raises(RuleBroken) as refused:
        timing.start(station, at(2))
    assert refused.value == RuleBroken("start-not-checked-in", entry="ROBOT-02")
    timing.start(station, at(1, A))
    with pytest.raises(RuleBroken) as refused:
        timing.start(station, at(1, B))
    assert refused.value == RuleBroken("clock-elsewhere", entry="01", module="A")
    timing.stop(station, at(1, A))
    timing.start(station, at(1, B))
    station.close()


def test_a_module_without_a_limit_has_no_clock() -> None:
    station = floor(checked_in=1, event=robot_event(module(A, blind=True, minutes=0)))
    with pytest.raises(RuleBroken, match="module-without-clock"):
        timing.start(station, at(1))
    assert benches(station, ROBOT) == ()
    station.close()


def test_a_pause_gives_its_time_back_and_says_why(station: Station, time: SampleTime) -> None:
    timing.start(station, at(1))
    time.pass_ms(10 * MINUTE)
    op = timing.pause(station, at(1), LossReason.EQUIPMENT, note="样例：控制柜跳闸")
    time.pass_ms(7 * MINUTE)
    assert face(station, at(1)) == (ClockState.PAUSED, 10 * MINUTE, 50 * MINUTE)
    timing.resume(station, at(1))
    time.pass_ms(3 * MINUTE)
    assert face(station, at(1)) == (ClockState.RUNNING, 13 * MINUTE, 47 * MINUTE)
    assert op.reason == "样例：控制柜跳闸"


def test_a_grant_is_the_chiefs_equals_the_loss_and_counts_once(
    station: Station, time: SampleTime
) -> None:
    timing.start(station, at(1))
    time.pass_ms(30 * MINUTE)
    loss = Loss(NINE + 10 * MINUTE, NINE + 14 * MINUTE, LossReason.POWER)
    station.actor = FLOOR
    with pytest.raises(RuleBroken, match="time-needs-chief"):
        timing.grant(station, at(1), loss)
    station.actor = Actor(Role.CHIEF)
    with pytest.raises(RuleBroken, match="grant-exceeds-loss"):
        timing.grant(station, at(1), loss, granted_ms=5 * MINUTE)
    timing.grant(station, at(1), loss)
    assert face(station, at(1)) == (ClockState.RUNNING, 30 * MINUTE, 34 * MINUTE)
    with pytest.raises(RuleBroken, match="loss-already-booked"):
        timing.grant(station, at(1), loss)


def test_the_time_of_a_pause_is_not_granted_again(station: Station, time: SampleTime) -> None:
    timing.start(station, at(1))
    time.pass_ms(10 * MINUTE)
    timing.pause(station, at(1), LossReason.EQUIPMENT)
    time.pass_ms(5 * MINUTE)
    timing.resume(station, at(1))
    loss = Loss(NINE + 9 * MINUTE, NINE + 12 * MINUTE, LossReason.EQUIPMENT)
    with pytest.raises(RuleBroken, match="loss-already-booked"):
        timing.grant(station, at(1), loss)


def test_floor_judges_run_clocks_and_others_do_not(station: Station) -> None:
    station.actor = FLOOR
    timing.start(station, at(1))
    timing.pause(station, at(1), LossReason.MEDICAL)
    timing.resume(station, at(1))
    timing.stop(station, at(1))
    station.actor = Actor(Role.SCOREKEEPER)
    with pytest.raises(RuleBroken, match="role-may-not"):
        timing.start(station, at(2))


def test_a_three_day_clock_is_as_exact_as_a_short_one(time: SampleTime) -> None:
    station = floor(
        checked_in=1, time=time, event=robot_event(module(A, blind=True, minutes=72 * 60))
    )
    timing.start(station, at(1))
    time.pass_ms(71 * 60 * MINUTE + 59 * MINUTE + 59_000)
    assert face(station, at(1))[2] == 1_000
    time.pass_ms(2_000)
    assert face(station, at(1))[::2] == (ClockState.OVER, -1_000)
    station.close()


def test_closing_the_program_in_mid_module_changes_no_clock(
    tmp_path: Path, time: SampleTime
) -> None:
    path = tmp_path / "sample.plumb"
    station = floor(path, time=time, checked_in=3)
    timing.start_batch(station, [at(1), at(2)])
    time.pass_ms(10 * MINUTE)
    timing.pause(station, at(2), LossReason.EQUIPMENT)
    station.close()  # the window is gone, the laptop runs on
    time.pass_ms(8 * MINUTE)
    again = open_again(path, time)
    assert heartbeat.reopen_clocks(again) == ()
    assert face(again, at(1)) == (ClockState.RUNNING, 18 * MINUTE, 42 * MINUTE)
    assert face(again, at(2)) == (ClockState.PAUSED, 10 * MINUTE, 50 * MINUTE)
    assert bench(again, at(1)).clock.at(time.reading()).uncertain == ()
    again.close()


def test_after_a_reboot_only_the_time_down_is_uncertain_until_the_chief_decides(
    tmp_path: Path, time: SampleTime
) -> None:
    path = tmp_path / "sample.plumb"
    station = floor(path, time=time, checked_in=3)
    timing.start_batch(station, [at(1), at(2)])
    time.pass_ms(10 * MINUTE)
    timing.pause(station, at(2), LossReason.EQUIPMENT)
    time.pass_ms(10 * MINUTE)
    heartbeat.beat(station)
    time.pass_ms(3_000)
    station.close()
    time.reboot(4 * MINUTE)
    again = open_again(path, time)
    assert heartbeat.reopen_clocks(again) == (at(1),)
    assert heartbeat.reopen_clocks(again) == ()
    time.pass_ms(MINUTE)
    # 20 min to the heartbeat, 3 s and 4 min by the wall clock alone, 1 min since.
    assert face(again, at(1)) == (ClockState.RUNNING, 25 * MINUTE + 3_000, 35 * MINUTE - 3_000)
    assert face(again, at(2)) == (ClockState.PAUSED, 10 * MINUTE, 50 * MINUTE)
    (gap,) = bench(again, at(1)).clock.at(time.reading()).uncertain
    assert gap.wall_ms == 4 * MINUTE + 3_000
    again.actor = FLOOR
    with pytest.raises(RuleBroken, match="time-needs-chief"):
        timing.review_gaps(again, [(at(1), gap)], give_back=True)
    again.actor = Actor(Role.CHIEF)
    timing.review_gaps(again, [(at(1), gap)], give_back=True)
    assert face(again, at(1)) == (ClockState.RUNNING, 21 * MINUTE, 39 * MINUTE)
    assert bench(again, at(1)).clock.at(time.reading()).uncertain == ()
    again.close()


def test_without_a_heartbeat_the_stretch_since_the_last_event_is_uncertain(
    tmp_path: Path, time: SampleTime
) -> None:
    path = tmp_path / "sample.plumb"
    station = floor(path, time=time, checked_in=1)
    timing.start(station, at(1))
    time.pass_ms(10 * MINUTE)
    station.close()
    time.reboot(2 * MINUTE)
    again = open_again(path, time)
    again.actor = Actor(Role.SCOREKEEPER)  # whoever sits there: the laptop came back
    assert heartbeat.reopen_clocks(again) == (at(1),)
    (gap,) = bench(again, at(1)).clock.at(time.reading()).uncertain
    assert gap.wall_ms == 12 * MINUTE
    again.close()


def test_a_clock_of_another_laptop_is_left_to_it(tmp_path: Path, time: SampleTime) -> None:
    path = tmp_path / "sample.plumb"
    station = floor(path, time=time, checked_in=1)
    timing.start(station, at(1))
    station.close()
    copy = tmp_path / "copy.plumb"
    copy.write_bytes(path.read_bytes())
    time.reboot(MINUTE)
    elsewhere = open_again(copy, time)
    assert heartbeat.reopen_clocks(elsewhere) == ()
    assert not bench(elsewhere, at(1)).is_kept_here
    elsewhere.close()


def test_benches_show_a_code_where_the_module_is_blind_and_a_name_where_it_is_open(
    station: Station,
) -> None:
    drawing.commit_draw(station, ROBOT, A)
    drawing.make_draw(station, ROBOT, A)
    assert bench(station, at(1, A)).identity == ""
    draw_work_codes(station, ROBOT, A)
    blind, opened = bench(station, at(1, A)), bench(station, at(1, B))
    assert blind.identity.isdecimal()
    assert blind.title in {"01", "02", "03"}
    assert (opened.identity, opened.title, opened.batch) == ("样例选手01", "01", 0)


def test_the_current_batch_is_the_one_under_way_then_the_next_to_start(
    station: Station, time: SampleTime
) -> None:
    drawing.commit_draw(station, ROBOT, A)
    drawing.make_draw(station, ROBOT, A)

    def in_module() -> list[Bench]:
        return [one for one in benches(station, ROBOT) if one.id.module == A]

    def start_of(batch: int) -> list[ClockId]:
        return [one.id for one in in_module() if one.batch == batch]

    assert [one.batch for one in in_module()] == [1, 1, 1, 2, 2, 2]
    assert current_batch(in_module()) == 1
    timing.start_batch(station, start_of(1))
    for wanted in start_of(1)[:2]:
        timing.stop(station, wanted)
    assert current_batch(in_module()) == 1
    timing.stop(station, start_of(1)[2])
    assert current_batch(in_module()) == 2
    timing.start_batch(station, start_of(2))
    for wanted in start_of(2):
        timing.stop(station, wanted)
    assert current_batch(in_module()) == 2


def test_who_does_not_come_has_no_bench() -> None:
    station = floor(checked_in=2)
    mark_absent(station, entry_id(3))
    entries: list[EntryId] = [one.id.entry for one in benches(station, ROBOT)]
    assert entry_id(3) not in entries
    assert not bench(station, at(4)).may_start
    assert bench(station, at(1)).may_start
    station.close()
