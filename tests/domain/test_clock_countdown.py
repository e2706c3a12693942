"""What people see and hear of a clock: displays, cue marks, deadlines and late arrivals."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.countdown import (
    Arrival,
    cues_between,
    format_duration,
    format_remaining,
    lateness,
)


@pytest.mark.parametrize(
    ("remaining_ms", "shown"),
    [
        (10_747_000, "2:59:07"),
        (1_199_000, "19:59"),
        (1_198_001, "19:59"),
        (259_199_000, "71:59:59"),
        (259_200_000, "72:00:00"),
        (3_600_000, "1:00:00"),
        (59_001, "1:00"),
        (1, "0:01"),
        (0, "0:00"),
        (-1, "+0:00"),
        (-42_000, "+0:42"),
        (-42_999, "+0:42"),
        (-3_723_000, "+1:02:03"),
    ],
)
def test_remaining_time_is_shown_rounded_up_and_overtime_down(
    remaining_ms: int, shown: str
) -> None:
    assert format_remaining(remaining_ms) == shown


@pytest.mark.parametrize(
    ("used_ms", "shown"), [(0, "0:00"), (999, "0:00"), (61_999, "1:01"), (10_747_000, "2:59:07")]
)
def test_used_time_counts_finished_seconds(used_ms: int, shown: str) -> None:
    assert format_duration(used_ms) == shown


def test_a_cue_sounds_in_the_step_that_reaches_its_mark() -> None:
    marks = (15, 5, 1, 0)
    assert cues_between(marks, before_ms=900_001, after_ms=900_000) == (15,)
    assert cues_between(marks, before_ms=900_000, after_ms=899_999) == ()
    assert cues_between(marks, before_ms=500, after_ms=-200) == (0,)


def test_marks_passed_while_the_program_was_closed_come_together_latest_last() -> None:
    assert cues_between([1, 5, 15, 0, 5], before_ms=1_000_000, after_ms=30_000) == (15, 5, 1)


def test_time_added_crosses_no_mark() -> None:
    assert cues_between([15, 5, 1, 0], before_ms=240_000, after_ms=540_000) == ()


@given(st.lists(st.integers(-100_000, 1_300_000), min_size=2))
def test_steps_put_end_to_end_give_every_mark_exactly_once(moments: list[int]) -> None:
    falling = [1_300_001, *sorted(moments, reverse=True), -100_001]
    heard = [
        mark
        for before, after in pairwise(falling)
        for mark in cues_between([15, 5, 1, 0], before_ms=before, after_ms=after)
    ]
    assert heard == [15, 5, 1, 0]


@pytest.mark.parametrize(
    ("delay_ms", "arrival"),
    [
        (-600_000, Arrival.ON_TIME),
        (0, Arrival.ON_TIME),
        (1, Arrival.LATE),
        (1_199_999, Arrival.LATE),
        (1_200_000, Arrival.ABSENT),
        (5_000_000, Arrival.ABSENT),
    ],
)
def test_twenty_minutes_late_is_an_absence(delay_ms: int, arrival: Arrival) -> None:
    start = 1_700_000_000_000
    found = lateness(start_wall_ms=start, now_wall_ms=start + delay_ms, limit_min=20)
    assert found is arrival
