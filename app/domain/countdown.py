"""What people see and hear of a clock: durations as text, cue marks, late arrival.

The display never shows ``0:00`` before time is really up: remaining time is rounded up to the next
second, used time and overtime down.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

MINUTE_MS = 60_000


class Arrival(StrEnum):
    """按时, 迟到 (the chief judge decides), 缺考."""

    ON_TIME = "on-time"
    LATE = "late"
    ABSENT = "absent"


def lateness(*, start_wall_ms: int, now_wall_ms: int, limit_min: int) -> Arrival:
    """How an arrival counts; a delay that reaches ``limit_min`` minutes is an absence."""
    delay_ms = now_wall_ms - start_wall_ms
    if delay_ms <= 0:
        return Arrival.ON_TIME
    return Arrival.LATE if delay_ms < limit_min * MINUTE_MS else Arrival.ABSENT


def cues_between(cue_minutes: Iterable[int], *, before_ms: int, after_ms: int) -> tuple[int, ...]:
    """The cue marks (minutes left) crossed while remaining time fell from before to after.

    Latest mark last. A mark belongs to the step that reaches it, so that steps put end to end give
    each mark exactly once; after a restart, pass the remaining time last acted upon as before.
    """
    crossed = {minutes for minutes in cue_minutes if after_ms <= minutes * MINUTE_MS < before_ms}
    return tuple(sorted(crossed, reverse=True))


def format_duration(duration_ms: int) -> str:
    """Used time in whole seconds begun and finished: ``19:59``, ``2:59:07``, ``71:59:59``."""
    return _in_seconds(max(0, duration_ms) // 1_000)


def format_remaining(remaining_ms: int) -> str:
    """Remaining time, rounded up; past the end the overtime, rounded down: ``+0:42``."""
    if remaining_ms < 0:
        return "+" + format_duration(-remaining_ms)
    return _in_seconds(-(-remaining_ms // 1_000))


def _in_seconds(seconds: int) -> str:
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
