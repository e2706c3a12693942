"""The clock of one entry in one module (模块计时), computed from its events and never from ticks.

    used = run time - pauses - what the chief judge set aside
    remaining = limit + grants - used

so closing the window, killing the program or rebooting the laptop changes nothing. ``apply``
refuses an event that makes no sense; ``replay`` keeps such events apart instead: two laptops may
each have pressed start, and a merged record must still be readable. A program that comes back after
a reboot records ``ClockReopened`` for each clock under way: it shortens the doubtful stretch from
"since the last event" to "while the laptop was down".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.clock_bookings import Pause, booked_spans, decided_spans, refuse_twice
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
from app.domain.countdown import format_duration, format_remaining
from app.domain.errors import RuleBroken
from app.domain.readings import ClockJump, Gap, Reading, later_of, stretch_between


class ClockState(StrEnum):
    """未开始, 进行中, 已暂停, 已超时, 已结束. ``OVER`` is running past the end of the time."""

    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    OVER = "over"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class RefusedEvent:
    """An event in the record that could not take effect where it stands, and why."""

    event: ClockEvent
    refusal: RuleBroken


@dataclass(frozen=True, slots=True)
class ClockFace:
    """What a clock shows at one reading. ``remaining_ms`` is negative once time is up.

    ``uncertain`` holds the gaps nobody has decided about, ``jumps`` every disagreement of wall and
    monotonic time.
    """

    state: ClockState
    used_ms: int
    remaining_ms: int
    uncertain: tuple[Gap, ...]
    jumps: tuple[ClockJump, ...]
    paused_for: str | None

    @property
    def overtime_ms(self) -> int:
        return max(0, -self.remaining_ms)


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock after its last event; never ``OVER`` here, for that depends on the reading."""

    limit_ms: int
    state: ClockState = ClockState.READY
    started: Reading | None = None
    stopped: Reading | None = None
    last: Reading | None = None
    elapsed_ms: int = 0
    """Run time without pauses, before the chief judge's decisions about gaps."""
    pauses: tuple[Pause, ...] = ()
    grants: tuple[TimeGranted, ...] = ()
    gaps: tuple[Gap, ...] = ()
    jumps: tuple[ClockJump, ...] = ()
    refused: tuple[RefusedEvent, ...] = ()

    @property
    def granted_ms(self) -> int:
        return sum(grant.granted_ms for grant in self.grants)

    @property
    def used_ms(self) -> int:
        """Used time up to the last event (用时); the final figure once the clock has stopped."""
        return self.elapsed_ms - sum(gap.lost_ms or 0 for gap in self.gaps)

    @property
    def overtime_ms(self) -> int:
        """By how much the time was exceeded up to the last event (超时)."""
        return max(0, self.used_ms - self.limit_ms - self.granted_ms)

    def at(self, now: Reading) -> ClockFace:
        """What the clock shows at ``now``."""
        moved = advanced(self, now)
        remaining_ms = moved.limit_ms + moved.granted_ms - moved.used_ms
        runs = moved.state is ClockState.RUNNING
        return ClockFace(
            state=ClockState.OVER if runs and remaining_ms <= 0 else moved.state,
            used_ms=moved.used_ms,
            remaining_ms=remaining_ms,
            uncertain=tuple(gap for gap in moved.gaps if gap.lost_ms is None),
            jumps=moved.jumps,
            paused_for=moved.pauses[-1].reason if moved.state is ClockState.PAUSED else None,
        )


def replay(limit_ms: int, events: Iterable[ClockEvent]) -> Clock:
    """The clock after ``events`` in record order; what cannot take effect goes to ``refused``."""
    clock = Clock(limit_ms)
    for event in events:
        try:
            clock = apply(clock, event)
        except RuleBroken as refusal:
            clock = replace(clock, refused=(*clock.refused, RefusedEvent(event, refusal)))
    return clock


def apply(clock: Clock, event: ClockEvent) -> Clock:
    """The clock after one more event; raises the first of ``may_apply``'s reasons."""
    for refusal in may_apply(clock, event):
        raise refusal
    match event:
        case ClockStarted(reading):
            return replace(clock, state=ClockState.RUNNING, started=reading, last=reading)
        case ClockReopened(reading, last_seen):
            return advanced(advanced(clock, last_seen), reading)
    moved = advanced(clock, event.reading)
    match event:
        case ClockPaused(reading, reason):
            opened = (*moved.pauses, Pause(reason, reading))
            return replace(moved, state=ClockState.PAUSED, pauses=opened)
        case ClockResumed(reading):
            return replace(_close_pause(moved, reading), state=ClockState.RUNNING)
        case TimeGranted():
            return replace(moved, grants=(*moved.grants, event))
        case ClockStopped(reading):
            closed = _close_pause(moved, reading)
            return replace(closed, state=ClockState.STOPPED, stopped=reading)
        case ClockReviewed():
            decided = tuple(
                Gap(gap.since, gap.until, gap.wall_ms, event.lost_ms)
                if gap.since == event.since
                else gap
                for gap in moved.gaps
            )
            return replace(moved, gaps=decided)


def advanced(clock: Clock, now: Reading) -> Clock:
    """The clock with its time run on to ``now``, as far as it runs."""
    if clock.last is None or clock.state is ClockState.STOPPED:
        return clock
    stretch = stretch_between(clock.last, now)
    jumps = (*clock.jumps, stretch.jump) if stretch.jump else clock.jumps
    last = later_of(clock.last, now)
    if clock.state is ClockState.PAUSED:
        # Whatever is doubtful about paused time cannot change the used time: nothing to decide.
        return replace(clock, last=last, jumps=jumps)
    gaps = (*clock.gaps, stretch.gap) if stretch.gap else clock.gaps
    elapsed_ms = clock.elapsed_ms + stretch.elapsed_ms
    return replace(clock, last=last, elapsed_ms=elapsed_ms, gaps=gaps, jumps=jumps)


def _close_pause(clock: Clock, reading: Reading) -> Clock:
    if clock.state is not ClockState.PAUSED:
        return clock
    *before, pause = clock.pauses
    return replace(clock, pauses=(*before, replace(pause, until=reading)))


def may_apply(clock: Clock, event: ClockEvent) -> list[RuleBroken]:
    """Why ``event`` cannot take effect; empty when nothing stands in the way."""
    match event:
        case ClockStarted():
            return may_start(clock)
        case ClockPaused():
            return may_pause(clock)
        case ClockResumed():
            return may_resume(clock)
        case TimeGranted():
            return may_grant(clock) or _wrong_with_grant(clock, event)
        case ClockStopped():
            return may_stop(clock)
        case ClockReopened():
            return _not_under_way(clock)
        case ClockReviewed():
            return _wrong_with_review(advanced(clock, event.reading), event)


def may_start(clock: Clock) -> list[RuleBroken]:
    """Why the clock cannot be started."""
    return [] if clock.state is ClockState.READY else [RuleBroken("clock-already-started")]


def may_pause(clock: Clock) -> list[RuleBroken]:
    """Why the clock cannot be paused."""
    if clock.state is ClockState.PAUSED:
        return [RuleBroken("clock-already-paused")]
    return _not_under_way(clock)


def may_resume(clock: Clock) -> list[RuleBroken]:
    """Why the clock cannot be resumed."""
    if clock.state is ClockState.RUNNING:
        return [RuleBroken("clock-not-paused")]
    return _not_under_way(clock)


def may_grant(clock: Clock) -> list[RuleBroken]:
    """Why no time can be granted now, whatever the amount: only time that runs can be lost."""
    return _not_under_way(clock)


def may_stop(clock: Clock) -> list[RuleBroken]:
    """Why the clock cannot be stopped."""
    return _not_under_way(clock)


def _not_under_way(clock: Clock) -> list[RuleBroken]:
    match clock.state:
        case ClockState.READY:
            return [RuleBroken("clock-not-started")]
        case ClockState.STOPPED:
            return [RuleBroken("clock-stopped")]
        case _:
            return []


def _wrong_with_grant(clock: Clock, grant: TimeGranted) -> list[RuleBroken]:
    if grant.granted_ms <= 0:
        return [RuleBroken("grant-not-positive")]
    if grant.lost_from_ms is None and grant.lost_to_ms is None:
        return []
    if grant.lost_from_ms is None or grant.lost_to_ms is None:
        return [RuleBroken("loss-span-unreadable")]
    span = (grant.lost_from_ms, grant.lost_to_ms)
    lost_ms = grant.lost_to_ms - grant.lost_from_ms
    if lost_ms <= 0:
        return [RuleBroken("loss-span-unreadable")]
    assert clock.started is not None
    if grant.lost_from_ms < clock.started.wall_ms or grant.lost_to_ms > grant.reading.wall_ms:
        return [RuleBroken("loss-outside-run")]
    if grant.granted_ms > lost_ms:
        granted, lost = format_remaining(grant.granted_ms), format_duration(lost_ms)
        return [RuleBroken("grant-exceeds-loss", granted=granted, lost=lost)]
    booked = booked_spans(clock.pauses, clock.grants, grant.reading)
    return refuse_twice(span, [*booked, *decided_spans(clock.gaps)])


def _wrong_with_review(clock: Clock, review: ClockReviewed) -> list[RuleBroken]:
    gap = next((gap for gap in clock.gaps if gap.since == review.since), None)
    if gap is None:
        return [RuleBroken("gap-unknown")]
    if gap.lost_ms is not None:
        return [RuleBroken("gap-already-decided")]
    hidden_time = review.lost_ms < 0 and not gap.runs_backwards
    if review.lost_ms > gap.counted_ms or hidden_time:
        return [RuleBroken("gap-loss-out-of-range", most=format_duration(gap.counted_ms))]
    if review.lost_ms <= 0:
        return []
    span = (gap.since.wall_ms, gap.until.wall_ms)
    return refuse_twice(span, booked_spans(clock.pauses, clock.grants, review.reading))
