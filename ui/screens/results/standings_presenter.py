"""Decides what the page of combined standings shows, and publishes one when asked to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.domain.facts import StandingPublished
from app.domain.roles import may_record
from app.services.standing_lines import (
    NUMBERS,
    StandingLine,
    shown_columns,
    standing_lines,
    standing_name,
    standing_notes,
)
from app.services.standings import (
    StandingTable,
    combined_standing,
    combined_standings,
    publish_standing,
    standing_blockers,
)
from app.services.station import Station
from app.words import Words
from ui.dialogs import Confirmation, Questions, Reason
from ui.screens.results.rows import short_hash
from ui.theme.tokens import Tone

_BELOW = ("counted", "left_out")
"""What is said below the table for the chosen row."""


@dataclass(frozen=True, slots=True)
class ShownStanding:
    """One standing as the page shows it."""

    name: str = ""
    columns: tuple[str, ...] = ()
    numbers: frozenset[str] = frozenset()
    cells: tuple[tuple[str, ...], ...] = ()
    lines: tuple[StandingLine, ...] = ()
    state: str = ""
    tone: Tone = Tone.IDLE
    notes: str = ""
    publish: str = ""
    is_news: bool = False


class StandingsPresenter:
    """The standings of the competition, one chosen."""

    def __init__(self, station: Station, words: Words, ask: Questions) -> None:
        self._station, self._words, self._ask = station, words, ask
        self._table: StandingTable | None = None
        self.shown = ShownStanding()

    def names(self) -> list[str]:
        """What the standings are called, in the order of the scheme."""
        pick = self._words.pick
        return [pick(one.name, one.name_en) for one in combined_standings(self._station)]

    @property
    def may_publish(self) -> bool:
        """Whether publishing is for whoever sits here."""
        return may_record(self._station.actor, StandingPublished)

    def choose(self, place: int) -> ShownStanding:
        """Work out one standing as it comes out now."""
        words = self._words
        wanted = combined_standings(self._station)[place]
        table = self._table = combined_standing(self._station, wanted.id)
        lines = tuple(standing_lines(self._station, table, words))
        columns = tuple(name for name in shown_columns(lines) if name not in _BELOW)
        state, tone = self._state(table)
        self.shown = ShownStanding(
            name=standing_name(table, words),
            columns=columns,
            numbers=NUMBERS,
            cells=tuple(tuple(getattr(line, name) for name in columns) for line in lines),
            lines=lines,
            state=state,
            tone=tone,
            notes="  ".join(standing_notes(self._station, table, words)),
            publish=words.say("standings.publish", revision=self._next(table)),
            is_news=not table.is_published and bool(table.rows),
        )
        return self.shown

    def publish(self) -> int | None:
        """Publish what is shown; returns the revision, ``None`` when it was thought better of."""
        table = self._table
        assert table is not None
        for blocker in standing_blockers(table):
            raise blocker
        reason = ""
        if table.published is not None:
            offered = [
                Reason(code, self._words.say(f"results.reason_{code}"), needs_note=code == "other")
                for code in ("appeal", "correction", "other")
            ]
            revision = self._next(table)
            chosen = self._ask.reason(
                self._words.say("standings.reason"),
                self._words.say("results.reason_text", revision=revision),
                offered,
            )
            if chosen is None:
                return None
            label = self._words.say(f"results.reason_{chosen.code}")
            reason = " · ".join(
                part for part in ("" if chosen.code == "other" else label, chosen.note) if part
            )
        if not self._ask.confirm(self._confirmation(table)):
            return None
        fact = publish_standing(
            self._station, table.rules.id, expected_hash=table.standing_hash, reason=reason
        )
        return fact.revision

    def writer(self, target: Path) -> Callable[[], int]:
        """Writes the standing into a file; may run beside the window."""
        # The printing engine takes a third of a second to load: only when paper is wanted.
        from app.services.standing_papers import standing_writer

        assert self._table is not None
        return standing_writer(self._station, self._table.rules.id, self._words, target)

    def _state(self, table: StandingTable) -> tuple[str, Tone]:
        if table.published is None:
            return self._words.say("standings.draft"), Tone.IDLE
        revision = table.published.fact.revision
        if table.is_published:
            return self._words.say("standings.is-published", revision=revision), Tone.DONE
        return self._words.say("standings.is-stale", revision=revision), Tone.ATTENTION

    def _next(self, table: StandingTable) -> int:
        return table.published.fact.revision + 1 if table.published else 1

    def _confirmation(self, table: StandingTable) -> Confirmation:
        say, revision = self._words.say, self._next(table)
        first = [
            (say("results.confirm_place", rank=row.rank), f"{line.name or line.unit}  {row.total}")
            for row, line in list(zip(table.rows, self.shown.lines, strict=True))[:3]
            if row.rank is not None
        ]
        return Confirmation(
            title=say("standings.title"),
            what=say(
                "standings.confirm",
                name=self.shown.name,
                revision=revision,
                count=len(self.shown.lines),
            ),
            action=say("standings.publish", revision=revision),
            rows=(*first, (say("results.confirm_hash"), short_hash(table.standing_hash))),
        )
