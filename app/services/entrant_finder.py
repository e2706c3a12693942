"""Finding an entrant by anything a person or a scanner can give: code, ID number, name, initials.

Names stay on this laptop. The index is built once and thrown away when the roster changes: whoever
holds a finder calls ``forget`` then.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from app.domain.facts import EntryRegistered
from app.domain.ids import EntryId, EventCode
from app.services.station import Station
from app.storage import people, queries
from app.storage.people import Person

LONGEST_QUERY = 80

_HAN = "㐀", "鿿"
_RARE_HAN = "\U00020000", "\U0003ffff"

Readings = tuple[frozenset[str], ...]
"""For each sign of a name how it may be spelled: several ways for 曾, one for a letter."""


class Fit(IntEnum):
    """How well something was found, best first. A code or ID number leaves room for no other."""

    CODE = 0
    ID_NUMBER = 1
    NUMBER = 2
    NAME = 3
    INITIALS = 4
    NAME_BEGINS = 5
    SPELLING = 6
    INITIALS_BEGIN = 7
    NUMBER_ENDS = 8
    NAME_HAS = 9


@dataclass(frozen=True, slots=True)
class Found:
    """An entry that a query fits; ``elsewhere`` when it competes in another event than asked."""

    entry: EntryId
    event: EventCode
    number: str
    fit: Fit
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class _Known:
    entry: EntryId
    event: EventCode
    number: str
    name: str
    id_number: str
    spelled: Readings
    english: str


class EntrantFinder:
    """Every registered entry of the file, ready to be searched."""

    def __init__(self, station: Station) -> None:
        self._station = station
        self._known: list[_Known] | None = None

    def forget(self) -> None:
        """The roster changed: read it again at the next search."""
        self._known = None

    def find(self, query: str, event: EventCode | None = None, limit: int = 12) -> list[Found]:
        """The entries a query fits, best first.

        What names an entry for certain comes before what only resembles it; among equals the
        entries of ``event`` come before those of others.
        """
        wanted = _plain(query)[:LONGEST_QUERY]
        if not wanted:
            return []
        found = [
            Found(known.entry, known.event, known.number, fit, event not in {None, known.event})
            for known in self._everyone()
            if (fit := _fit(known, wanted)) is not None
        ]
        if any(one.fit <= Fit.ID_NUMBER for one in found):
            found = [one for one in found if one.fit <= Fit.ID_NUMBER]
        found.sort(key=lambda one: (one.elsewhere, one.fit, len(one.number), one.number))
        return found[:limit]

    def _everyone(self) -> list[_Known]:
        if self._known is None:
            self._known = _read(self._station)
        return self._known


def names_one(found: Sequence[Found]) -> bool:
    """Whether what was found first is meant for certain, and none of the others."""
    if not found:
        return False
    first, *others = found
    return not others or (
        first.fit <= Fit.NAME and all(one.fit > first.fit or one.elsewhere for one in others)
    )


def _read(station: Station) -> list[_Known]:
    registered: dict[EntryId, EntryRegistered] = {}
    for recorded in queries.standing(station.connection, EntryRegistered):
        registered[recorded.fact.entry] = recorded.fact
    persons = people.everyone(station.connection)
    signs: dict[str, frozenset[str]] = {}
    return [_known(fact, persons.get(fact.entry), signs) for fact in registered.values()]


def _known(
    fact: EntryRegistered, person: Person | None, signs: dict[str, frozenset[str]]
) -> _Known:
    name = person.name if person else ""
    english = _plain(person.name_en) if person else ""
    return _Known(
        entry=fact.entry,
        event=fact.event,
        number=_plain(fact.number),
        name=_plain(name),
        id_number=_plain(person.id_number) if person else "",
        spelled=tuple(_readings(name, signs)),
        english=english,
    )


def _readings(name: str, signs: dict[str, frozenset[str]]) -> Iterator[frozenset[str]]:
    for sign in _plain(name):
        if sign not in signs:
            signs[sign] = _spellings(sign)
        if signs[sign]:
            yield signs[sign]


def _spellings(sign: str) -> frozenset[str]:
    if _HAN[0] <= sign <= _HAN[1] or _RARE_HAN[0] <= sign <= _RARE_HAN[1]:
        # Reading the dictionary takes a tenth of a second: only where there are Chinese names.
        from pypinyin import Style, pinyin

        found = pinyin(sign, style=Style.NORMAL, heteronym=True, errors="ignore")
        return frozenset(reading for readings in found for reading in readings)
    return frozenset({sign}) if sign.isalnum() else frozenset()


def _fit(known: _Known, wanted: str) -> Fit | None:
    tests = (
        (Fit.CODE, wanted == _plain(known.entry)),
        (Fit.ID_NUMBER, bool(known.id_number) and wanted == known.id_number),
        (Fit.NUMBER, _same_number(known.number, wanted)),
        (Fit.NAME, wanted in {known.name, known.english}),
        (Fit.INITIALS, _begins(known.spelled, wanted) and len(known.spelled) == len(wanted)),
        (Fit.NAME_BEGINS, known.name.startswith(wanted) or known.english.startswith(wanted)),
        (Fit.SPELLING, len(wanted) > 1 and _spells(known.spelled, wanted)),
        (Fit.INITIALS_BEGIN, _begins(known.spelled, wanted)),
        (Fit.NUMBER_ENDS, wanted.isdecimal() and known.number.endswith(wanted)),
        (Fit.NAME_HAS, len(wanted) > 1 and (wanted in known.name or wanted in known.english)),
    )
    return next((fit for fit, fits in tests if fits), None)


def _same_number(number: str, wanted: str) -> bool:
    if number.isdecimal() and wanted.isdecimal():
        return number.lstrip("0") == wanted.lstrip("0")
    return number == wanted


def _begins(spelled: Readings, wanted: str) -> bool:
    """Whether the letters are the first ones of the first signs of the name."""
    if len(wanted) > len(spelled):
        return False
    return all(
        any(reading.startswith(letter) for reading in readings)
        for letter, readings in zip(wanted, spelled, strict=False)
    )


def _spells(spelled: Readings, wanted: str) -> bool:
    """Whether the letters spell out the name or its beginning: ``zhangs`` for 张三."""
    if not spelled:
        return False
    for reading in spelled[0]:
        if reading.startswith(wanted):
            return True
        if wanted.startswith(reading) and _spells(spelled[1:], wanted[len(reading) :]):
            return True
    return False


def _plain(text: str) -> str:
    """Full-width letters, spaces and the dot inside a name make no difference."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if not sign.isspace() and sign not in "·•・")
