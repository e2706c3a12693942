"""The recheck page without Qt: where the sampling stands, and the acts on it."""

from __future__ import annotations

from contextlib import suppress

from app.domain.errors import RuleBroken
from app.domain.ids import EventCode, ModuleId
from app.domain.recheck import Verdict
from app.domain.roles import Role
from app.domain.scheme import Event
from app.services.mark_words import DASH, judge_name, time_text
from app.services.recheck_papers import best_text, found_text, percent, verdict_text, works_text
from app.services.rechecking import (
    Recheck,
    RecheckLine,
    commit_recheck,
    draw_recheck,
    note_right,
    note_wrong,
    recheck,
)
from app.services.station import Station
from app.words import Words
from ui.theme.tokens import Tone
from ui.widgets.text_model import Toned

_TONES = {
    Verdict.OPEN: Tone.RUNNING,
    Verdict.PASSED: Tone.DONE,
    Verdict.ALL_NEEDED: Tone.ATTENTION,
    Verdict.COMPLETE: Tone.DONE,
}


class RecheckPresenter:
    """Holds the last reading of one event's recheck."""

    def __init__(self, station: Station, words: Words) -> None:
        self._station = station
        self._words = words
        self.event: Event | None = None
        self.found: Recheck | None = None
        self.refusal: RuleBroken | None = None

    @property
    def is_asked(self) -> bool:
        return self.event is not None and self.event.recheck is not None

    @property
    def left(self) -> int:
        """Entries still to compare."""
        tallied = self.found.tally if self.found else None
        return tallied.needed - tallied.checked if tallied else 0

    def read(self, event: Event | None) -> None:
        """Take in the state on disk; the sample tells the ranking, so it is the chief's alone."""
        self.event, self.found, self.refusal = event, None, None
        if event is None or event.recheck is None:
            return
        if self._station.actor.role is not Role.CHIEF:
            self.refusal = RuleBroken("recheck-hidden")
            return
        with suppress(RuleBroken):
            self.found = recheck(self._station, event.code)

    def status(self) -> tuple[Tone, str]:
        """One sentence on where it stands."""
        found = self.found
        if found is None or found.committed is None:
            return Tone.IDLE, ""
        if found.tally is None:
            time = time_text(found.committed.at)
            hashed = found.committed.fact.commitment
            return Tone.RUNNING, self._words.say("recheck.announced", time=time, hash=hashed)
        return _TONES[found.verdict], verdict_text(self._words, found, found.tally)

    def why_empty(self) -> str:
        """What the page is for, until there is a sample."""
        if self.refusal is not None:
            return self._words.explain(self.refusal)
        if self.found is None:
            return ""
        rest = percent(self.found.rule.rest)
        best = best_text(self._words, self.found)
        return self._words.say("recheck.none-text", top=best, rest=rest)

    def rows(self) -> list[tuple[str | Toned, ...]]:
        return [self._row(line) for line in self.found.lines] if self.found else []

    def line(self, place: int) -> RecheckLine | None:
        lines = self.found.lines if self.found else ()
        return lines[place] if 0 <= place < len(lines) else None

    def announce(self, reason: str = "") -> None:
        commit_recheck(self._station, self._code, reason=reason, origin=self)

    def draw(self) -> int:
        """Draw; how many entries are in the sample."""
        draw_recheck(self._station, self._code, origin=self)
        self.read(self.event)
        return len(self.found.lines) if self.found else 0

    def agree(self, line: RecheckLine) -> None:
        note_right(self._station, self._code, line.entry, origin=self)

    def differ(self, line: RecheckLine, module: ModuleId | None, errors: str, note: str) -> None:
        """``errors`` as typed."""
        typed = errors.strip()
        count = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 4 else 0
        note_wrong(
            self._station,
            self._code,
            line.entry,
            module=module,
            errors=count,
            note=note,
            origin=self,
        )

    @property
    def _code(self) -> EventCode:
        if self.event is None:
            raise RuleBroken("competition-not-set-up")
        return self.event.code

    def _row(self, line: RecheckLine) -> tuple[str | Toned, ...]:
        words, done = self._words, line.done
        tone = Tone.IDLE
        if done is not None:
            tone = Tone.DONE if done.fact.is_right else Tone.ATTENTION
        corrections = ", ".join(
            f"{one.mark.aspect} {judge_name(words, one.mark.judge)}" for one in line.corrections
        )
        return (
            line.number,
            works_text(line),
            words.say(f"recheck.part-{line.part.value}"),
            Toned(found_text(words, done.fact if done else None), tone),
            corrections or DASH,
        )
