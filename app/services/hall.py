"""What the hall may see: the published snapshot, and nothing else (大屏).

Leak-proof by construction: this module knows the snapshot, names and units. It never asks for marks
or the live leaderboard, and what it hands out is all the hall screen gets.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from app.domain.facts import PublishedRow, ResultsPublished, ResultStatus
from app.domain.ids import EventCode
from app.domain.scheme import Event
from app.services import roll, rules
from app.services.result_words import division_text
from app.services.roll import Registered
from app.services.station import Station
from app.storage import queries
from app.storage.queries import Recorded
from app.words import Words


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
    """What the hall sees of an event; ``snapshot`` is ``None`` before the first publication."""

    competition: str
    event: str
    snapshot: HallSnapshot | None


def is_closed(station: Station) -> bool:
    """Whether the competition file was closed: then the hall screen has nothing to show."""
    try:
        station.connection.execute("SELECT 1")
    except sqlite3.ProgrammingError:
        return True
    return False


def hall_view(station: Station, event: EventCode, words: Words) -> HallView:
    """The published result of an event as the hall sees it: those with a rank, in order."""
    found = queries.latest(station.connection, ResultsPublished, event=event)
    competition, known = rules.competition(station), rules.event(station, event)
    return HallView(
        competition=words.pick(competition.title, competition.title_en),
        event=words.pick(known.name, known.name_en),
        snapshot=_snapshot(station, found, words) if found else None,
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
