"""Which cue marks were reached, each exactly once, however unevenly the moments come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.clock import ClockState
from app.domain.countdown import cues_between
from app.domain.ids import ModuleId
from app.domain.readings import Reading
from app.domain.scheme import Event
from app.services.benches import Bench
from app.services.timing import ClockId


@dataclass(frozen=True, slots=True)
class Reached:
    """A mark that at least one clock of a module reached; 0 minutes is the end of the time."""

    module: ModuleId
    minutes: int


class CueTracker:
    """Remembers for every clock the remaining time it last acted upon.

    A clock seen for the first time is taken up where it stood at ``seen``, the last moment this
    laptop kept, so that a mark reached while the program was closed still sounds when it is back.
    """

    def __init__(self, seen: Reading | None) -> None:
        self._seen = seen
        self._acted: dict[ClockId, int] = {}

    def follow(self, event: Event, benches: Iterable[Bench], now: Reading) -> tuple[Reached, ...]:
        """The marks reached since the last call, each module and minute once, the latest last."""
        marks = {module.id: (*module.cue_minutes, 0) for module in event.modules}
        reached: dict[Reached, None] = {}
        for bench in benches:
            face = bench.clock.at(now)
            if face.state not in {ClockState.RUNNING, ClockState.OVER} or not bench.is_kept_here:
                self._acted.pop(bench.id, None)
                continue
            before_ms = self._acted.get(bench.id)
            if before_ms is None:
                before_ms = self._taken_up(bench, now)
            self._acted[bench.id] = face.remaining_ms
            for minutes in cues_between(
                marks[bench.id.module], before_ms=before_ms, after_ms=face.remaining_ms
            ):
                reached[Reached(bench.id.module, minutes)] = None
        return tuple(sorted(reached, key=lambda one: -one.minutes))

    def _taken_up(self, bench: Bench, now: Reading) -> int:
        last, seen = bench.clock.last, self._seen
        if last is None or seen is None or seen.boot != now.boot or seen.mono_ms < last.mono_ms:
            # Nothing was missed: what happened last to this clock was its start or a resumption.
            return bench.clock.at(last or now).remaining_ms
        return bench.clock.at(seen).remaining_ms
