"""What the hall may see: the published snapshot of an event or a combined standing (大屏).

Leak-proof by construction: this module knows the snapshot, names and units. It never asks for marks
or the live leaderboard, and what it hands out is all the hall screen gets.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TypeAlias

from app.domain.facts import (
    PublishedRow,
    ResultsPublished,
    ResultStatus,
    StandingPublished,
    StandingRow,
)
from app.domain.ids import EventCode
from app.domain.scheme import Event
from app.domain.standing_rules import SeasonRule
from app.services import roll, rules
from app.services.result_words import division_text
from app.services.roll import Registered
from app.services.station import Station
from app.storage import queries
from app.storage.queries import Recorded
from app.words import Words


@dataclass(frozen=True, slots=True)
class OfStanding:
    """A combined standing on the hall screen, in place of an event."""

    standing: str


HallSubject: TypeAlias = EventCode | OfStanding


@dataclass(frozen=True, slots=True)
class HallRow:
    """One line of the hall screen, finished text."""

    rank: int
    is_guest: bool
    number: str
    name: str
    unit: str
    total: str
    division: str = ""


@dataclass(frozen=True, slots=True)
class HallSnapshot:
    """A published result for the hall; ``published_at`` is UTC ms."""

    revision: int
    status: ResultStatus
    published_at: int
    rows: tuple[HallRow, ...]


@dataclass(frozen=True, slots=True)
class HallView:
    """What the hall sees; ``snapshot`` is ``None`` before the first publication.

    ``of_units`` says that units or delegations stand in the rows, not people.
    """

    competition: str
    event: str
    snapshot: HallSnapshot | None
    of_units: bool = False


def is_closed(station: Station) -> bool:
    """Whether the competition file was closed: then the hall screen has nothing to show."""
    try:
        station.connection.execute("SELECT 1")
    except sqlite3.ProgrammingError:
        return True
    return False


def hall_view(station: Station, subject: HallSubject, words: Words) -> HallView:
    """What is published of an event or a standing as the hall sees it: those with a rank."""
    competition = rules.competition(station)
    title = words.pick(competition.title, competition.title_en)
    match subject:
        case OfStanding(standing=wanted):
            return _standing_view(station, wanted, title, words)
        case event:
            known = rules.event(station, event)
            found = queries.latest(station.connection, ResultsPublished, event=event)
            snapshot = _snapshot(station, found, words) if found else None
            return HallView(title, words.pick(known.name, known.name_en), snapshot)


def _standing_view(station: Station, wanted: str, title: str, words: Words) -> HallView:
    published = queries.standing(station.connection, StandingPublished)
    found = next((it for it in reversed(published) if it.fact.rules.id == wanted), None)
    if found is None:
        known = rules.competition(station).standings
        names = [words.pick(it.name, it.name_en) for it in known if it.id == wanted]
        return HallView(title, "".join(names), None)
    fact = found.fact
    people = {it.entry.id: it for event in fact.sources for it in roll.registered(station, event)}
    snapshot = HallSnapshot(
        revision=fact.revision,
        status=fact.status,
        published_at=found.at,
        rows=tuple(
            _standing_row(row, row.rank, people.get(row.counted[0]) if row.counted else None, words)
            for row in fact.rows
            if row.rank is not None
        ),
    )
    of_units = not isinstance(fact.rules.rule, SeasonRule)
    return HallView(title, words.pick(fact.rules.name, fact.rules.name_en), snapshot, of_units)


def _standing_row(row: StandingRow, rank: int, who: Registered | None, words: Words) -> HallRow:
    """A unit by its name, a person by the first of the entries that count."""
    person = who.person if who and not row.of else None
    return HallRow(
        rank=rank,
        is_guest=False,
        number=row.of or row.counted[0],
        name=words.pick(person.name, person.name_en) if person else "",
        unit=who.entry.unit if who and not row.of else "",
        total=row.total,
    )


def _snapshot(station: Station, found: Recorded[ResultsPublished], words: Words) -> HallSnapshot:
    event = rules.event(station, found.fact.event)
    people = {one.entry.id: one for one in roll.registered(station, found.fact.event)}
    return HallSnapshot(
        revision=found.fact.revision,
        status=found.fact.status,
        published_at=found.at,
        rows=tuple(
            _row(event, row, row.rank, people.get(row.entry), words)
            for row in found.fact.rows
            if row.rank is not None
        ),
    )


def _row(
    event: Event, row: PublishedRow, rank: int, person: Registered | None, words: Words
) -> HallRow:
    behind = person.person if person else None
    return HallRow(
        rank=rank,
        is_guest=row.state == "guest",
        number=person.entry.number if person else row.entry,
        name=words.pick(behind.name, behind.name_en) if behind else "",
        unit=person.entry.unit if person else "",
        total=row.total,
        division=division_text(event, row.division, words),
    )
