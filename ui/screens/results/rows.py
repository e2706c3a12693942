"""What the results screen shows, as plain values: no Qt, no station."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from app.domain.errors import RuleBroken
from app.domain.facts import PublishedRow, ResultStatus
from app.domain.ids import EntryId, EventCode
from app.domain.ranking import ApartReason
from app.services.results import Standing
from ui.theme.tokens import Tone

STATE_TONES: Mapping[str, Tone] = {
    Standing.RANKED: Tone.DONE,
    Standing.GUEST: Tone.IDLE,
    ApartReason.INCOMPLETE: Tone.RUNNING,
    ApartReason.ABSENT: Tone.IDLE,
    ApartReason.WITHDRAWN: Tone.IDLE,
    ApartReason.DISQUALIFIED: Tone.BLOCKED,
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table; numbers stand at the right, ``width`` is in digits.

    Beside "why this rank?", where the same can be read, it is shown only when the screen is at
    least ``needs`` grid steps wide, and by itself when it is at least ``least``.
    """

    title: str
    is_number: bool = False
    width: int = 0
    stretches: bool = False
    needs: int = 0
    least: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One row as shown; ``tone`` belongs to the last cell, the state."""

    entry: EntryId
    cells: tuple[str, ...]
    tone: Tone


class Listed:
    """The rows of a result, each put into words when it is first asked for.

    One mark moves hundreds of rows, of which a window shows thirty. ``word`` is the same object for
    as long as equal rows read the same. With ``headings`` of its divisions, each of them begins
    with a line that is no entry.
    """

    def __init__(
        self,
        rows: Sequence[PublishedRow] = (),
        word: Callable[[PublishedRow], Line] | None = None,
        headings: Mapping[str, str] | None = None,
    ) -> None:
        self._rows: Sequence[PublishedRow | str] = _under(headings, rows) if headings else rows
        self.headings = _headed(self._rows) if headings else ()
        """The places at which a division begins."""
        self._word = word
        self._made: dict[int, Line] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, place: int) -> Line:
        made = self._made.get(place)
        if made is None:
            row = self._rows[place]
            assert self._word is not None
            assert isinstance(row, PublishedRow), "a heading is asked for by heading_at"
            made = self._made[place] = self._word(row)
        return made

    def __iter__(self) -> Iterator[Line]:
        return (self[place] for place in range(len(self)) if self.heading_at(place) is None)

    def heading_at(self, place: int) -> str | None:
        """The heading of a division, where one stands."""
        if not self.headings:
            return None
        row = self._rows[place]
        return row if isinstance(row, str) else None

    def entry_at(self, place: int) -> EntryId | None:
        row = self._rows[place]
        return None if isinstance(row, str) else row.entry

    def place_of(self, entry: EntryId) -> int | None:
        return next((n for n in range(len(self)) if self.entry_at(n) == entry), None)

    def changed_since(self, before: Listed) -> list[int]:
        """The places, of as many, where something else stands now."""
        if self._word is not before._word:
            return list(range(len(self)))
        pairs = enumerate(zip(before._rows, self._rows, strict=True))
        return [place for place, (old, new) in pairs if old is not new and old != new]


def _under(headings: Mapping[str, str], rows: Sequence[PublishedRow]) -> list[PublishedRow | str]:
    listed: list[PublishedRow | str] = []
    for division, own in groupby(rows, key=lambda row: row.division):
        listed += [headings[division], *own]
    return listed


def _headed(listed: Sequence[PublishedRow | str]) -> tuple[int, ...]:
    return tuple(place for place, row in enumerate(listed) if isinstance(row, str))


@dataclass(frozen=True, slots=True)
class Standings:
    """How the result stands: what the strip above the table says.

    ``revision`` and ``status`` are those of the snapshot in force, 0 and ``None`` before the first.
    ``is_public`` says that the public already sees exactly what the table shows.
    """

    tone: Tone
    word: str
    text: str
    result_hash: str
    revision: int
    status: ResultStatus | None
    is_public: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """The whole screen. Without ``standings`` there is nothing this role may see yet."""

    events: tuple[tuple[EventCode, str], ...]
    event: EventCode | None
    columns: tuple[Column, ...] = ()
    lines: Listed = field(default_factory=Listed)
    rows: tuple[PublishedRow, ...] = ()
    standings: Standings | None = None
    may_publish: bool = False
    is_live: bool = False
    publish_as: ResultStatus = ResultStatus.PROVISIONAL


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing that stands in the way of publishing, and the place where it is put right."""

    why: RuleBroken
    place: str


@dataclass(frozen=True, slots=True)
class Step:
    """A node of the calculation as the tree shows it."""

    what: str
    formula: str
    result: str
    notes: str
    children: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Why:
    """Why this rank: the heading, the sentences a competitor can be told, the calculation."""

    heading: str
    sentences: tuple[str, ...]
    tree: Step | None


def short_hash(result_hash: str) -> str:
    """The first sixteen characters in groups of four, to be compared by reading aloud."""
    return " ".join(result_hash[start : start + 4] for start in range(0, 16, 4)).upper()
