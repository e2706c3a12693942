"""Clock readings, and what can be trusted of the time between two of them (计时读数).

Within one boot the monotonic count is the truth and the wall clock only a label. Across a reboot
only the wall clock is left, and a laptop's wall clock may lie: that stretch is a ``Gap`` which the
chief judge decides about.
"""

from __future__ import annotations

from dataclasses import dataclass

from msgspec import Struct

JUMP_TOLERANCE_MS = 2_000
"""How far wall and monotonic time may drift apart before it is recorded and shown."""


class Reading(Struct, frozen=True, forbid_unknown_fields=True):
    """One look at the clocks: UTC wall time, a count that goes on through suspend, and its boot."""

    wall_ms: int
    mono_ms: int
    boot: str


class Gap(Struct, frozen=True, forbid_unknown_fields=True):
    """A stretch of running time measured by the wall clock alone (存疑时段).

    ``wall_ms`` is the plain difference and negative when the wall clock went backwards;
    ``lost_ms`` is the chief judge's decision, ``None`` until there is one.
    """

    since: Reading
    until: Reading
    wall_ms: int
    lost_ms: int | None = None

    @property
    def counted_ms(self) -> int:
        """What the gap counts before the decision: a wall clock set back counts as nothing."""
        return max(0, self.wall_ms)

    @property
    def runs_backwards(self) -> bool:
        return self.wall_ms < 0


class ClockJump(Struct, frozen=True, forbid_unknown_fields=True):
    """The wall clock moved ``by_ms`` against the monotonic count within one boot (时钟跳变)."""

    since: Reading
    until: Reading
    by_ms: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """The time between two consecutive readings, and what is doubtful about it."""

    elapsed_ms: int
    gap: Gap | None = None
    jump: ClockJump | None = None


def stretch_between(since: Reading, until: Reading) -> Stretch:
    """Measure from one reading to a later one; never negative."""
    wall_ms = until.wall_ms - since.wall_ms
    if since.boot != until.boot:
        gap = Gap(since, until, wall_ms)
        return Stretch(gap.counted_ms, gap=gap)
    mono_ms = until.mono_ms - since.mono_ms
    by_ms = wall_ms - mono_ms
    jump = ClockJump(since, until, by_ms) if abs(by_ms) > JUMP_TOLERANCE_MS else None
    return Stretch(max(0, mono_ms), jump=jump)


def later_of(one: Reading, other: Reading) -> Reading:
    """The reading to measure on from: within one boot a stale one must not turn time back."""
    return one if one.boot == other.boot and one.mono_ms > other.mono_ms else other
