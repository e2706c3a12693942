"""Module clocks: used and remaining time worked out by hand, across pauses, grants and reboots."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.clock import (
    Clock,
    ClockState,
    apply,
    may_grant,
    may_pause,
    may_resume,
    may_start,
    may_stop,
    replay,
)
from app.domain.clock_events import (
    ClockEvent,
    ClockPaused,
    ClockReopened,
    ClockResumed,
    ClockReviewed,
    ClockStarted,
    ClockStopped,
    TimeGranted,
)
from app.domain.errors import RuleBroken
from app.domain.readings import Reading

NINE = 1_700_000_000_000
"""A wall time that stands for 09:00:00."""
TWENTY_MINUTES = 1_200_000
TWO_HOURS = 7_200_000
THREE_DAYS = 259_200_000


def at(seconds: float, *, boot: str = "A", wall_off_ms: int = 0) -> Reading:
    """A reading so long after nine; boot A was 5,000 s old then, any other begins at nine."""
    ms = round(seconds * 1000)
    return Reading(NINE + ms + wall_off_ms, ms + (5_000_000 if boot == "A" else 0), boot)


def code_of(clock: Clock, event: ClockEvent) -> str:
    with pytest.raises(RuleBroken) as refused:
        apply(clock, event)
    return refused.value.code


def test_a_clock_nobody_started_shows_its_whole_limit() -> None:
    face = replay(TWENTY_MINUTES, []).at(at(500))
    assert (face.state, face.used_ms, face.remaining_ms) == (ClockState.READY, 0, 1_200_000)


def test_a_running_clock_counts_from_its_start() -> None:
    face = replay(TWENTY_MINUTES, [ClockStarted(at(10))]).at(at(70))
    assert (face.state, face.used_ms, face.remaining_ms) == (ClockState.RUNNING, 60_000, 1_140_000)
    assert face.uncertain == ()


def test_time_stands_still_in_a_pause() -> None:
    events: list[ClockEvent] = [ClockStarted(at(0)), ClockPaused(at(300), "power")]
    paused = replay(TWENTY_MINUTES, events).at(at(420))
    assert (paused.state, paused.used_ms, paused.paused_for) == (
        ClockState.PAUSED,
        300_000,
        "power",
    )
    resumed = replay(TWENTY_MINUTES, [*events, ClockResumed(at(420))]).at(at(480))
    assert (resumed.state, resumed.used_ms) == (ClockState.RUNNING, 360_000)
    assert (paused.remaining_ms, resumed.remaining_ms) == (900_000, 840_000)


def test_granted_time_is_added_to_what_remains() -> None:
    events: list[ClockEvent] = [ClockStarted(at(0)), TimeGranted(at(600), 90_000, "equipment")]
    face = replay(TWENTY_MINUTES, events).at(at(660))
    assert (face.used_ms, face.remaining_ms) == (660_000, 630_000)


def test_a_clock_is_over_from_the_very_moment_time_is_up() -> None:
    clock = replay(TWENTY_MINUTES, [ClockStarted(at(0))])
    assert clock.at(at(1199.999)).state is ClockState.RUNNING
    assert clock.at(at(1200)).state is ClockState.OVER
    late = clock.at(at(1242))
    assert (late.remaining_ms, late.overtime_ms) == (-42_000, 42_000)


def test_stopping_late_keeps_the_overtime() -> None:
    clock = replay(TWENTY_MINUTES, [ClockStarted(at(0)), ClockStopped(at(1215.5))])
    face = clock.at(at(9_000))
    assert (face.state, face.used_ms, face.remaining_ms) == (
        ClockState.STOPPED,
        1_215_500,
        -15_500,
    )
    assert (clock.used_ms, clock.overtime_ms, face.overtime_ms) == (1_215_500, 15_500, 15_500)


def test_stopping_while_paused_ends_the_pause_with_it() -> None:
    events: list[ClockEvent] = [
        ClockStarted(at(0)),
        ClockPaused(at(60), "fault"),
        ClockStopped(at(100)),
    ]
    clock = replay(TWENTY_MINUTES, events)
    assert clock.used_ms == 60_000
    assert clock.pauses[0].length_ms(at(500)) == 40_000
    assert clock.at(at(500)).paused_for is None


def test_seventy_two_hours_run_like_twenty_minutes() -> None:
    clock = replay(THREE_DAYS, [ClockStarted(at(0))])
    face = clock.at(at(172_801))
    assert (face.used_ms, face.remaining_ms) == (172_801_000, 86_399_000)
    assert clock.at(at(259_200)).state is ClockState.OVER


def test_within_one_boot_the_monotonic_reading_wins_and_the_jump_is_shown() -> None:
    clock = replay(TWENTY_MINUTES, [ClockStarted(at(0))])
    face = clock.at(at(60, wall_off_ms=3_600_000))
    assert face.used_ms == 60_000
    assert [jump.by_ms for jump in face.jumps] == [3_600_000]
    assert face.uncertain == ()


def test_a_drift_of_two_seconds_is_tolerated_and_one_millisecond_more_is_not() -> None:
    clock = replay(TWENTY_MINUTES, [ClockStarted(at(0))])
    assert clock.at(at(60, wall_off_ms=-2_000)).jumps == ()
    assert [jump.by_ms for jump in clock.at(at(60, wall_off_ms=-2_001)).jumps] == [-2_001]


def test_a_jump_stays_on_the_record_after_the_next_event() -> None:
    events: list[ClockEvent] = [
        ClockStarted(at(0)),
        ClockPaused(at(60, wall_off_ms=5_000), "fault"),
    ]
    clock = replay(TWENTY_MINUTES, events)
    assert [jump.by_ms for jump in clock.jumps] == [5_000]


def test_a_reboot_in_the_middle_is_counted_by_the_wall_and_flagged() -> None:
    face = replay(TWO_HOURS, [ClockStarted(at(0))]).at(at(3_600, boot="B"))
    assert (face.used_ms, face.remaining_ms) == (3_600_000, 3_600_000)
    assert [(gap.since, gap.until, gap.wall_ms) for gap in face.uncertain] == [
        (at(0), at(3_600, boot="B"), 3_600_000)
    ]


def test_a_reopened_program_narrows_the_gap_to_the_time_it_was_down() -> None:
    events: list[ClockEvent] = [
        ClockStarted(at(0)),
        ClockReopened(at(3_192, boot="B"), last_seen=at(3_000)),
    ]
    face = replay(TWO_HOURS, events).at(at(3_200, boot="B"))
    assert face.used_ms == 3_200_000
    assert [gap.wall_ms for gap in face.uncertain] == [192_000]


def test_a_program_killed_and_reopened_in_one_boot_leaves_nothing_uncertain() -> None:
    events: list[ClockEvent] = [ClockStarted(at(0)), ClockReopened(at(400), last_seen=at(300))]
    face = replay(TWO_HOURS, events).at(at(500))
    assert (face.used_ms, face.uncertain) == (500_000, ())


def test_the_chief_judge_can_set_aside_part_of_a_gap() -> None:
    events: list[ClockEvent] = [
        ClockStarted(at(0)),
        ClockReopened(at(3_192, boot="B"), last_seen=at(3_000)),
        ClockReviewed(at(3_300, boot="B"), since=at(3_000), lost_ms=150_000, reason="power"),
    ]
    face = replay(TWO_HOURS, events).at(at(3_400, boot="B"))
    assert (face.used_ms, face.remaining_ms, face.uncertain) == (3_250_000, 3_950_000, ())


def test_a_gap_may_be_decided_after_the_clock_has_stopped() -> None:
    events: list[ClockEvent] = [
        ClockStarted(at(0)),
        ClockReopened(at(1_100, boot="B"), last_seen=at(1_000)),
        ClockStopped(at(1_260, boot="B")),
        ClockReviewed(at(1_500, boot="B"), since=at(1_000), lost_ms=100_000, reason="power"),
    ]
    before = replay(TWENTY_MINUTES, events[:3])
    after = replay(TWENTY_MINUTES, events)
    assert (before.used_ms, before.overtime_ms) == (1_260_000, 60_000)
    assert (after.used_ms, after.overtime_ms) == (1_160_000, 0)


def test_a_wall_clock_set_back_by_a_reboot_counts_as_nothing_and_is_flagged() -> None:
    back = at(100, boot="B", wall_off_ms=-86_400_000)
    face = replay(TWENTY_MINUTES, [ClockStarted(at(0))]).at(back)
    assert face.used_ms == 0
    assert [gap.runs_backwards for gap in face.uncertain] == [True]


def test_time_hidden_by_a_wall_clock_set_back_can_be_counted_by_decision() -> None:
    back = at(100, boot="B", wall_off_ms=-86_400_000)
    review = ClockReviewed(back, since=at(0), lost_ms=-100_000, reason="battery")
    assert replay(TWENTY_MINUTES, [ClockStarted(at(0)), review]).used_ms == 100_000


def test_a_reboot_during_a_pause_needs_no_decision() -> None:
    events: list[ClockEvent] = [
        ClockStarted(at(0)),
        ClockPaused(at(60), "power"),
        ClockResumed(at(600, boot="B")),
    ]
    face = replay(TWENTY_MINUTES, events).at(at(610, boot="B"))
    assert (face.used_ms, face.uncertain) == (70_000, ())


def test_a_stale_reading_never_turns_a_clock_back() -> None:
    events: list[ClockEvent] = [
        ClockStarted(at(0)),
        TimeGranted(at(100), 5_000, "fault"),
        ClockStopped(at(90)),
    ]
    assert replay(TWENTY_MINUTES, events).used_ms == 100_000


def test_time_measured_once_is_not_measured_again_after_a_stale_reading() -> None:
    events: list[ClockEvent] = [ClockStarted(at(0)), TimeGranted(at(100), 5_000, "fault")]
    events += [ClockPaused(at(90), "fault"), ClockResumed(at(95)), ClockStopped(at(130))]
    assert replay(TWENTY_MINUTES, events).used_ms == 130_000


def test_a_decision_is_about_one_gap_and_leaves_the_others_open() -> None:
    events: list[ClockEvent] = [
        ClockStarted(at(0)),
        ClockReopened(at(400, boot="B"), last_seen=at(300)),
        ClockReopened(at(700, boot="C"), last_seen=at(600, boot="B")),
        ClockReviewed(at(800, boot="C"), since=at(300), lost_ms=30_000, reason="power"),
    ]
    clock = replay(TWENTY_MINUTES, events)
    assert clock.used_ms == 770_000
    assert [gap.lost_ms for gap in clock.gaps] == [30_000, None]
    assert [gap.since for gap in clock.at(at(900, boot="C")).uncertain] == [at(600, boot="B")]


def test_a_gap_whose_loss_was_granted_already_can_still_be_closed_as_used() -> None:
    events: list[ClockEvent] = [
        ClockStarted(at(0)),
        ClockReopened(at(400, boot="B"), last_seen=at(300)),
        TimeGranted(at(600, boot="B"), 60_000, "power", NINE + 300_000, NINE + 360_000),
        ClockReviewed(at(700, boot="B"), since=at(300), lost_ms=0, reason="granted"),
    ]
    face = replay(TWENTY_MINUTES, events).at(at(700, boot="B"))
    assert (face.remaining_ms, face.uncertain) == (560_000, ())


def test_a_clock_starts_once_only() -> None:
    running = replay(TWENTY_MINUTES, [ClockStarted(at(0))])
    assert code_of(running, ClockStarted(at(1))) == "clock-already-started"


def test_a_clock_that_was_not_started_cannot_be_paused_resumed_granted_or_stopped() -> None:
    ready = replay(TWENTY_MINUTES, [])
    reasons = [may_pause(ready), may_resume(ready), may_grant(ready), may_stop(ready)]
    assert reasons == [[RuleBroken("clock-not-started")]] * 4
    assert may_start(ready) == []


def test_a_stopped_clock_cannot_be_paused_resumed_granted_or_stopped_again() -> None:
    stopped = replay(TWENTY_MINUTES, [ClockStarted(at(0)), ClockStopped(at(9))])
    reasons = [may_pause(stopped), may_resume(stopped), may_grant(stopped), may_stop(stopped)]
    assert reasons == [[RuleBroken("clock-stopped")]] * 4


def test_a_running_clock_has_no_pause_to_end_and_a_paused_one_no_second_pause() -> None:
    running = replay(TWENTY_MINUTES, [ClockStarted(at(0))])
    paused = apply(running, ClockPaused(at(5), "fault"))
    assert code_of(running, ClockResumed(at(6))) == "clock-not-paused"
    assert code_of(paused, ClockPaused(at(6), "fault")) == "clock-already-paused"
    assert (may_pause(running), may_resume(paused), may_stop(paused)) == ([], [], [])


@pytest.mark.parametrize("granted_ms", [0, -1])
def test_a_grant_of_nothing_is_refused(granted_ms: int) -> None:
    running = replay(TWENTY_MINUTES, [ClockStarted(at(0))])
    assert code_of(running, TimeGranted(at(5), granted_ms, "fault")) == "grant-not-positive"


def grant(granted_s: int, lost_from_s: int, lost_to_s: int) -> TimeGranted:
    loss = (NINE + lost_from_s * 1000, NINE + lost_to_s * 1000)
    return TimeGranted(at(900), granted_s * 1000, "fault", *loss)


def test_a_loss_that_a_pause_covers_is_not_granted_as_well() -> None:
    clock = replay(
        TWENTY_MINUTES,
        [ClockStarted(at(0)), ClockPaused(at(300), "fault"), ClockResumed(at(400))],
    )
    assert code_of(clock, grant(60, 350, 450)) == "loss-already-booked"
    assert apply(clock, grant(100, 200, 300)).granted_ms == 100_000
    assert apply(clock, grant(50, 400, 450)).granted_ms == 50_000


def test_an_open_pause_covers_everything_up_to_now() -> None:
    clock = replay(TWENTY_MINUTES, [ClockStarted(at(0)), ClockPaused(at(300), "fault")])
    assert code_of(clock, grant(60, 800, 860)) == "loss-already-booked"


def test_one_loss_is_not_granted_twice() -> None:
    clock = apply(replay(TWENTY_MINUTES, [ClockStarted(at(0))]), grant(60, 300, 360))
    assert code_of(clock, grant(10, 350, 360)) == "loss-already-booked"


def test_a_loss_set_aside_in_a_gap_is_not_granted_as_well_nor_the_other_way_round() -> None:
    events: list[ClockEvent] = [
        ClockStarted(at(0)),
        ClockReopened(at(400, boot="B"), last_seen=at(300)),
    ]
    review = ClockReviewed(at(500, boot="B"), since=at(300), lost_ms=100_000, reason="power")
    undecided = replay(TWENTY_MINUTES, events)
    on_b = TimeGranted(at(600, boot="B"), 60_000, "power", NINE + 300_000, NINE + 360_000)
    assert code_of(apply(undecided, review), on_b) == "loss-already-booked"
    assert code_of(apply(undecided, on_b), review) == "loss-already-booked"


def test_a_grant_is_never_more_than_the_loss() -> None:
    clock = replay(TWENTY_MINUTES, [ClockStarted(at(0))])
    with pytest.raises(RuleBroken) as refused:
        apply(clock, grant(61, 300, 360))
    assert refused.value == RuleBroken("grant-exceeds-loss", granted="1:01", lost="1:00")


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (grant(10, -20, -5), "loss-outside-run"),
        (grant(10, 880, 910), "loss-outside-run"),
        (grant(10, 300, 300), "loss-span-unreadable"),
        (TimeGranted(at(900), 10, "fault", lost_from_ms=NINE), "loss-span-unreadable"),
    ],
)
def test_a_loss_must_be_a_stretch_of_the_run(event: TimeGranted, code: str) -> None:
    assert code_of(replay(TWENTY_MINUTES, [ClockStarted(at(0))]), event) == code


def test_a_gap_is_decided_once_and_within_its_length() -> None:
    events: list[ClockEvent] = [
        ClockStarted(at(0)),
        ClockReopened(at(400, boot="B"), last_seen=at(300)),
    ]
    clock = replay(TWENTY_MINUTES, events)

    def review(since: Reading, lost_ms: int) -> ClockReviewed:
        return ClockReviewed(at(500, boot="B"), since=since, lost_ms=lost_ms, reason="power")

    assert code_of(clock, review(at(299), 5)) == "gap-unknown"
    assert code_of(clock, review(at(300), 100_001)) == "gap-loss-out-of-range"
    assert code_of(clock, review(at(300), -1)) == "gap-loss-out-of-range"
    decided = apply(clock, review(at(300), 0))
    assert decided.at(at(600, boot="B")).uncertain == ()
    assert code_of(decided, review(at(300), 5)) == "gap-already-decided"


def test_a_second_start_in_a_merged_record_is_kept_apart_and_changes_nothing() -> None:
    second = ClockStarted(at(30, boot="C"))
    clock = replay(TWENTY_MINUTES, (ClockStarted(at(0)), second, ClockStopped(at(60))))
    assert clock.used_ms == 60_000
    assert [(kept.event, kept.refusal.code) for kept in clock.refused] == [
        (second, "clock-already-started")
    ]


def test_events_travel_as_plain_json() -> None:
    event = ClockPaused(Reading(NINE, 5_000_000, "A"), "power")
    text = (
        b'{"type":"paused","reading":{"wall_ms":1700000000000,"mono_ms":5000000,"boot":"A"},'
        b'"reason":"power"}'
    )
    assert msgspec.json.encode(event) == text
    assert msgspec.json.decode(text, type=ClockEvent) == event


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[ClockEvent], Reading]:
    """A start and then anything at all, a few of it across reboots and lying wall clocks."""
    boot, mono, wall = 0, 5_000_000, NINE

    def tick() -> Reading:
        nonlocal boot, mono, wall
        step = draw(st.integers(0, 900_000))
        if draw(st.integers(0, 9)) == 0:
            boot, mono = boot + 1, 0
        mono, wall = mono + step, wall + step + draw(st.sampled_from([0, 0, 0, 3_000, -7_000]))
        return Reading(wall, mono, str(boot))

    events: list[ClockEvent] = [ClockStarted(tick())]
    for number in range(draw(st.integers(0, 8))):
        match draw(st.integers(0, 3)):
            case 0:
                events.append(ClockPaused(tick(), f"reason-{number}"))
            case 1:
                events.append(ClockResumed(tick()))
            case 2:
                events.append(TimeGranted(tick(), draw(st.integers(1, 600_000)), "fault"))
            case _:
                events.append(ClockReopened(tick(), last_seen=events[-1].reading))
    return events, tick()


@given(histories())
def test_used_and_remaining_always_make_up_limit_and_grants(
    history: tuple[list[ClockEvent], Reading],
) -> None:
    events, now = history
    clock = replay(TWO_HOURS, events)
    face = clock.at(now)
    assert face.used_ms + face.remaining_ms == 7_200_000 + clock.granted_ms
    assert face.used_ms >= 0


@given(histories(), st.integers(1, 100_000_000))
def test_a_pause_of_any_length_never_changes_the_used_time(
    history: tuple[list[ClockEvent], Reading], length_ms: int
) -> None:
    events, now = history
    clock = replay(TWO_HOURS, events)
    if may_pause(clock):
        clock = apply(clock, ClockResumed(now))
    paused = apply(clock, ClockPaused(now, "fault"))
    later = Reading(now.wall_ms + length_ms, now.mono_ms + length_ms, now.boot)
    resumed = apply(paused, ClockResumed(later))
    assert paused.used_ms == paused.at(later).used_ms == resumed.used_ms


@given(st.integers(0, 7_000_000), st.integers(0, 600_000), st.integers(0, 600_000))
def test_a_reboot_with_a_true_wall_clock_changes_no_figure(
    ran_ms: int, down_ms: int, more_ms: int
) -> None:
    whole = replay(TWO_HOURS, [ClockStarted(at(0))]).at(at((ran_ms + down_ms + more_ms) / 1000))
    seen, back = at(ran_ms / 1000), at((ran_ms + down_ms) / 1000, boot="B")
    broken = replay(TWO_HOURS, [ClockStarted(at(0)), ClockReopened(back, last_seen=seen)])
    face = broken.at(at((ran_ms + down_ms + more_ms) / 1000, boot="B"))
    assert (face.used_ms, face.state) == (whole.used_ms, whole.state)
