"""Which stretches of a run were given back already (已补时段), so that no loss counts twice.

Spans are wall times in ms, from and to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from app.domain.clock_events import TimeGranted
from app.domain.errors import RuleBroken
from app.domain.readings import Gap, Reading, stretch_between

Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pause:
    """One pause; ``until`` is ``None`` while it is open."""

    reason: str
    since: Reading
    until: Reading | None = None

    def length_ms(self, now: Reading) -> int:
        return stretch_between(self.since, self.until or now).elapsed_ms


def booked_spans(
    pauses: Iterable[Pause], grants: Iterable[TimeGranted], now: Reading
) -> list[Span]:
    """The stretches that pauses and earlier grants cover; an open pause reaches until ``now``."""
    booked = [(pause.since.wall_ms, (pause.until or now).wall_ms) for pause in pauses]
    booked += [
        (grant.lost_from_ms, grant.lost_to_ms)
        for grant in grants
        if grant.lost_from_ms is not None and grant.lost_to_ms is not None
    ]
    return booked


def decided_spans(gaps: Iterable[Gap]) -> list[Span]:
    """The uncertain stretches of which the chief judge has set something aside."""
    return [(gap.since.wall_ms, gap.until.wall_ms) for gap in gaps if (gap.lost_ms or 0) > 0]


def refuse_twice(span: Span, booked: Iterable[Span]) -> list[RuleBroken]:
    """Why this stretch cannot be given back: part of it was already."""
    for since, until in booked:
        if since < span[1] and span[0] < until:
            return [RuleBroken("loss-already-booked")]
    return []
