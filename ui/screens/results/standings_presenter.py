"""Decides what the page of combined standings shows, and publishes one when asked to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from app.domain.facts import ResultStatus, StandingPublished
from app.domain.roles import may_record
from app.domain.standing_rules import OverallRule
from app.services.standing_lines import (
    NUMBERS,
    StandingLine,
    StandingOrder,
    in_order,
    shown_columns,
    standing_caveats,
    standing_lines,
    standing_name,
    standing_notes,
    standing_state,
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
from ui.dialogs import Confirmation, Questions
from ui.screens.results.publishing import ask_reason
from ui.screens.results.rows import short_hash
from ui.theme.tokens import Tone

_BELOW = ("counted", "left_out")
"""What is said below the table for the chosen row."""


@dataclass(frozen=True, slots=True)
class ShownStanding:
    """One standing as the page shows it."""

    standing: str = ""
    name: str = ""
    columns: tuple[str, ...] = ()
    numbers: frozenset[str] = frozenset()
    cells: tuple[tuple[str, ...], ...] = ()
    lines: tuple[StandingLine, ...] = ()
    is_compared: bool = False
    pays: bool = False
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
        self.order = StandingOrder.RANK

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
        is_compared = isinstance(wanted.rule, OverallRule)
        order = self.order if is_compared else StandingOrder.RANK
        listed = replace(table, rows=in_order(table.rows, order))
        lines = tuple(standing_lines(self._station, listed, words))
        columns = tuple(name for name in shown_columns(lines) if name not in _BELOW)
        self.shown = ShownStanding(
            standing=wanted.id,
            name=standing_name(table, words),
            columns=columns,
            numbers=NUMBERS,
            cells=tuple(tuple(getattr(line, name) for name in columns) for line in lines),
            lines=lines,
            is_compared=is_compared,
            pays=any(line.allowance for line in lines),
            state=standing_state(table, words),
            tone=self._tone(table),
            notes="  ".join(standing_notes(self._station, table, words)),
            publish=words.say(
                "standings.publish",
                revision=self._next(table),
                status=words.say(f"results.status_{table.status.value}"),
            ),
            is_news=not table.is_published and bool(table.rows),
        )
        return self.shown

    def publish(self) -> int | None:
        """Publish what is shown; returns the revision, ``None`` when it was thought better of."""
        table = self._table
        assert table is not None
        for blocker in standing_blockers(table):
            raise blocker
        reason: str | None = ""
        if table.published is not None:
            reason = ask_reason(
                self._ask,
                self._words,
                self._next(table),
                is_becoming_final=self._is_becoming_final(table),
            )
        if reason is None:
            return None
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

    def allowance_writer(self, target: Path) -> Callable[[], int]:
        """Writes the sheet of allowances into a file; may run beside the window."""
        # As above.
        from app.services.allowances import allowance_writer, standing_allowances

        assert self._table is not None
        sheet = standing_allowances(self._station, self._table.rules.id, self._words)
        return allowance_writer(self._station, sheet, self._words, target)

    def _tone(self, table: StandingTable) -> Tone:
        if table.is_published and table.status is ResultStatus.FINAL:
            return Tone.DONE
        return Tone.IDLE if table.published is None else Tone.ATTENTION

    def _is_becoming_final(self, table: StandingTable) -> bool:
        before = table.published.fact.status if table.published else None
        return before is ResultStatus.PROVISIONAL and table.status is ResultStatus.FINAL

    def _next(self, table: StandingTable) -> int:
        return table.published.fact.revision + 1 if table.published else 1

    def _confirmation(self, table: StandingTable) -> Confirmation:
        words, say, revision = self._words, self._words.say, self._next(table)
        status = say(f"results.status_{table.status.value}")
        lines = standing_lines(self._station, table, words)
        first = [
            (say("results.confirm_place", rank=row.rank), f"{line.name or line.unit}  {row.total}")
            for row, line in list(zip(table.rows, lines, strict=True))[:3]
            if row.rank is not None
        ]
        return Confirmation(
            title=say("standings.title"),
            what="\n\n".join(
                (
                    say(
                        "standings.confirm",
                        name=self.shown.name,
                        revision=revision,
                        count=len(lines),
                    ),
                    *standing_caveats(self._station, table, words),
                )
            ),
            action=say("standings.publish", revision=revision, status=status),
            rows=(
                (say("results.confirm_status"), status),
                *first,
                (say("results.confirm_hash"), short_hash(table.standing_hash)),
            ),
        )
