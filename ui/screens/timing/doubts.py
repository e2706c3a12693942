"""What is doubtful about the clocks at one moment: downtime to decide, jumps of the wall clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.countdown import format_duration
from app.domain.readings import Gap, Reading
from app.services.benches import Bench
from app.services.timing import ClockId
from app.words import Words


@dataclass(frozen=True, slots=True)
class Doubts:
    """Gaps nobody has decided about, or jumps nobody has read; ``text`` says which.

    Gaps come first: a jump is only told when there is nothing to decide.
    """

    gaps: tuple[tuple[ClockId, Gap], ...] = ()
    jumps: tuple[Reading, ...] = ()
    text: str = ""


def doubts_of(
    benches: Iterable[Bench], now: Reading, words: Words, *, told: frozenset[Reading]
) -> Doubts:
    """The doubts about the clocks of this laptop; those of others are for them to decide."""
    own = [(bench, bench.clock.at(now)) for bench in benches if bench.is_kept_here]
    gaps = [(bench, gap) for bench, face in own for gap in face.uncertain]
    if gaps:
        places = list(dict.fromkeys(bench.title for bench, _ in gaps))
        shown = ", ".join(places[:12]) + (" …" if len(places) > 12 else "")
        length = format_duration(max(gap.counted_ms for _, gap in gaps))
        text = words.say("timing.gaps", length=length, places=shown)
        return Doubts(gaps=tuple((bench.id, gap) for bench, gap in gaps), text=text)
    jumps = {jump.since: jump for _, face in own for jump in face.jumps if jump.since not in told}
    if not jumps:
        return Doubts()
    worst = max(jumps.values(), key=lambda jump: abs(jump.by_ms))
    seconds = f"{round(worst.by_ms / 1000):+d}"
    return Doubts(jumps=tuple(jumps), text=words.say("timing.jump", seconds=seconds))
