"""What can happen to a module clock (计时事件), each with the reading it happened at.

These are stored as they are inside the records of a competition: a field may be added with a
default, none may change its meaning. The JSON tag is ``type``.
"""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from app.domain.readings import Reading


class ClockStarted(Struct, frozen=True, forbid_unknown_fields=True, tag="started"):
    """开始."""

    reading: Reading


class ClockPaused(Struct, frozen=True, forbid_unknown_fields=True, tag="paused"):
    """暂停, with a reason code: time stands still until resumed."""

    reading: Reading
    reason: str


class ClockResumed(Struct, frozen=True, forbid_unknown_fields=True, tag="resumed"):
    """继续."""

    reading: Reading


class TimeGranted(Struct, frozen=True, forbid_unknown_fields=True, tag="granted"):
    """补时 by the chief judge, equal to a loss while the clock ran on, and no more.

    ``lost_from_ms`` and ``lost_to_ms`` are wall times of the loss where they are known; they are
    what shows that the same loss is not booked twice.
    """

    reading: Reading
    granted_ms: int
    reason: str
    lost_from_ms: int | None = None
    lost_to_ms: int | None = None


class ClockStopped(Struct, frozen=True, forbid_unknown_fields=True, tag="stopped"):
    """结束."""

    reading: Reading


class ClockReopened(Struct, frozen=True, forbid_unknown_fields=True, tag="reopened"):
    """The program came back: ``last_seen`` is the last reading it had saved before it went down."""

    reading: Reading
    last_seen: Reading


class ClockReviewed(Struct, frozen=True, forbid_unknown_fields=True, tag="reviewed"):
    """The chief judge's decision about the gap that began at ``since``: ``lost_ms`` of it do not
    count as used. Negative only where the wall clock went backwards and hid time that was used.
    """

    reading: Reading
    since: Reading
    lost_ms: int
    reason: str


ClockEvent: TypeAlias = (
    ClockStarted
    | ClockPaused
    | ClockResumed
    | TimeGranted
    | ClockStopped
    | ClockReopened
    | ClockReviewed
)
