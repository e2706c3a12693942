"""The clock of the sample day: it stands still until the story lets time pass."""

from __future__ import annotations

from app.domain.readings import Reading

MINUTE_MS = 60_000


class SampleTime:
    """A time source that only moves when told to; one boot, no drift."""

    def __init__(self, wall_ms: int) -> None:
        self._began_ms = wall_ms
        self._passed_ms = 0

    def reading(self) -> Reading:
        passed_ms = self._passed_ms
        return Reading(self._began_ms + passed_ms, 1_000_000 + passed_ms, "sample-day")

    def pass_minutes(self, minutes: float) -> None:
        """Let time go by."""
        self._passed_ms += round(minutes * MINUTE_MS)
