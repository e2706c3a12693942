"""The columns and rows of the leaderboard, with names where the role may see them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from app.domain.facts import PublishedRow
from app.domain.ids import EntryId, EventCode
from app.domain.scheme import Event
from app.services import roll
from app.services.live import LiveBoard
from app.services.result_columns import Beside, ResultColumns, may_tie, summed_components
from app.services.result_words import award_text, division_text, rank_text, state_text
from app.services.roll import Registered
from app.services.station import Station
from app.words import Words
from ui.screens.results.rows import STATE_TONES, Column, Line, Listed
from ui.theme.tokens import Tone

_FOR_MODULES, _FOR_UNITS, _FOR_COMPONENTS = 190, 250, 220
_OPTIONAL = (
    ("scaled", 12, 190, 0),
    ("medal", 7, 0, 0),
    ("star", 7, 0, 0),
    ("decided", 12, 280, 170),
)
"""Columns that only some rules have: width, and the room they need beside another and alone."""


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
        self._by: tuple[Event, ResultColumns, Callable[[PublishedRow], Line]] | None = None

    def columns(self, event: Event, *, with_marks: bool) -> tuple[Column, ...]:
        """The columns these rules have; ``with_marks`` also what only the marks tell."""
        say = self._words.say
        parts = summed_components(event) if with_marks else ()
        named = (
            (
                # Where there is no room for both, the name stays whole and the unit is cut.
                Column(say("results.name"), width=20, stretches=True),
                Column(say("results.unit"), stretches=True, needs=_FOR_UNITS),
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
            *(
                Column(
                    self._words.pick(part.name, part.name_en),
                    is_number=True,
                    width=6,
                    needs=_FOR_COMPONENTS,
                )
                for part in parts
            ),
            Column(say("results.total"), is_number=True, width=6),
            Column(say("results.award"), width=10),
            *(
                Column(
                    say(f"results.{name}"),
                    is_number=name == "scaled",
                    width=width,
                    needs=needs,
                    least=least,
                )
                for name, width, needs, least in _OPTIONAL
                if _has(event, name, with_marks=with_marks)
            ),
            Column(say("results.state"), width=9),
        )

    def listed(
        self, event: Event, rows: Sequence[PublishedRow], board: LiveBoard | None = None
    ) -> Listed:
        """All rows of a result by these rules; ``board`` is that of its marks, if at hand."""
        beside = ResultColumns(event, rows, self._words, board)
        same = self._by is not None and self._by[0] is event and beside.read_alike(self._by[1])
        if self._by is None or not same:
            self._known = {}
            self._by = (event, beside, lambda row: self._line(event, beside, row))
        if event.divided_by is None:
            return Listed(rows, self._by[2])
        divisions = dict.fromkeys(row.division for row in rows)
        headings = {name: division_text(event, name, self._words) for name in divisions}
        return Listed(rows, self._by[2], headings)

    def _line(self, event: Event, beside: ResultColumns, row: PublishedRow) -> Line:
        known = self._known.get(row.entry)
        if known is not None and known[0] == row:
            return known[1]
        line = self._new_line(event, beside.of(row), row, with_marks=beside.has_marks)
        self._known[row.entry] = (row, line)
        return line

    def label(self, entry: EntryId) -> str:
        """An entry in one line: its number, and the name for who may see it."""
        named = self._name(self._people.get(entry))
        return " · ".join(part for part in (self.number(entry), named) if part)

    def number(self, entry: EntryId) -> str:
        person = self._people.get(entry)
        return person.entry.number if person else entry

    def _new_line(
        self, event: Event, beside: Beside, row: PublishedRow, *, with_marks: bool
    ) -> Line:
        words, person = self._words, self._people.get(row.entry)
        unit = person.entry.unit if person else ""
        named = (self._name(person), unit) if self._with_names else ()
        cells = (
            rank_text(row, words),
            person.entry.number if person else row.entry,
            *named,
            *(row.modules.get(module.id, "–") for module in event.modules),
            *(mark or "–" for mark in beside.components),
            row.total or "–",
            award_text(event, row.award, words),
            *(
                getattr(beside, name)
                for name, *_ in _OPTIONAL
                if _has(event, name, with_marks=with_marks)
            ),
            state_text(event, row, words) or words.say("results.state_ranked"),
        )
        return Line(row.entry, cells, STATE_TONES.get(row.state, Tone.IDLE))

    def _name(self, person: Registered | None) -> str:
        if person is None or person.person is None or not self._with_names:
            return ""
        return self._words.pick(person.person.name, person.person.name_en)


def _has(event: Event, column: str, *, with_marks: bool) -> bool:
    """Whether there is this column: by the rules, and what parted a tie beside the marks only."""
    match column:
        case "scaled":
            return event.awards.scale is not None
        case "medal":
            return event.awards.medals is not None
        case "star":
            return bool(event.awards.stars)
        case _:
            return with_marks and may_tie(event)
