"""The clock of the sample day: it stands still until the story lets time pass."""

from __future__ import annotations

from app.domain.readings import Reading

MINUTE_MS = 60_000


class SampleTime:
    """A time source that only moves when told to; one boot, no drift."""

    def __init__(self, wall_ms: int, *, mono_ms: int = 1_000_000, boot: str = "sample-day") -> None:
        self._began = Reading(wall_ms, mono_ms, boot)
        self.passed_ms = 0

    @staticmethod
    def from_reading(began: Reading) -> SampleTime:
        """A day on the boot of a real reading, so that its clocks go on when the file is opened."""
        return SampleTime(began.wall_ms, mono_ms=began.mono_ms, boot=began.boot)

    def reading(self) -> Reading:
        began, passed_ms = self._began, self.passed_ms
        return Reading(began.wall_ms + passed_ms, began.mono_ms + passed_ms, began.boot)

    def pass_minutes(self, minutes: float) -> None:
        """Let time go by."""
        self.passed_ms += round(minutes * MINUTE_MS)
