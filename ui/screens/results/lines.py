"""The columns and rows of the leaderboard, with names where the role may see them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from app.domain.facts import PublishedRow
from app.domain.ids import EntryId, EventCode
from app.domain.scheme import Event
from app.services import roll
from app.services.result_words import award_text, rank_text, state_text
from app.services.roll import Registered
from app.services.station import Station
from app.words import Words
from ui.screens.results.rows import STATE_TONES, Column, Line, Listed
from ui.theme.tokens import Tone

_FOR_MODULES, _FOR_UNITS = 190, 250


class Lines:
    """Makes the rows of one event; a row that stayed the same stays the same object."""

    def __init__(
        self, station: Station, event: EventCode, words: Words, *, with_names: bool
    ) -> None:
        self._words = words
        self._with_names = with_names
        self._people: Mapping[EntryId, Registered] = {
            one.entry.id: one for one in roll.registered(station, event)
        }
        self._known: dict[EntryId, tuple[PublishedRow, Line]] = {}
        self._by: tuple[Event, Callable[[PublishedRow], Line]] | None = None

    def columns(self, event: Event) -> tuple[Column, ...]:
        say = self._words.say
        named = (
            (
                Column(say("results.name"), stretches=True),
                Column(say("results.unit"), width=11, needs=_FOR_UNITS),
            )
            if self._with_names
            else ()
        )
        return (
            Column(say("results.rank"), is_number=True, width=4),
            Column(say("results.entry"), width=4, stretches=not self._with_names),
            *named,
            *(
                Column(module.id, is_number=True, width=5, needs=_FOR_MODULES)
                for module in event.modules
            ),
            Column(say("results.total"), is_number=True, width=6),
            Column(say("results.award"), width=10),
            Column(say("results.state"), width=9),
        )

    def listed(self, event: Event, rows: Sequence[PublishedRow]) -> Listed:
        """All rows of a result by these rules."""
        if self._by is None or self._by[0] is not event:
            self._known = {}
            self._by = (event, lambda row: self._line(event, row))
        return Listed(rows, self._by[1])

    def _line(self, event: Event, row: PublishedRow) -> Line:
        known = self._known.get(row.entry)
        if known is not None and known[0] == row:
            return known[1]
        line = self._new_line(event, row)
        self._known[row.entry] = (row, line)
        return line

    def label(self, entry: EntryId) -> str:
        """An entry in one line: its number, and the name for who may see it."""
        named = self._name(self._people.get(entry))
        return " · ".join(part for part in (self.number(entry), named) if part)

    def number(self, entry: EntryId) -> str:
        person = self._people.get(entry)
        return person.entry.number if person else entry

    def _new_line(self, event: Event, row: PublishedRow) -> Line:
        words, person = self._words, self._people.get(row.entry)
        unit = person.entry.unit if person else ""
        named = (self._name(person), unit) if self._with_names else ()
        cells = (
            rank_text(row, words),
            person.entry.number if person else row.entry,
            *named,
            *(row.modules.get(module.id, "–") for module in event.modules),
            row.total or "–",
            award_text(event, row.award, words),
            state_text(event, row, words) or words.say("results.state_ranked"),
        )
        return Line(row.entry, cells, STATE_TONES.get(row.state, Tone.IDLE))

    def _name(self, person: Registered | None) -> str:
        if person is None or person.person is None or not self._with_names:
            return ""
        return self._words.pick(person.person.name, person.person.name_en)
