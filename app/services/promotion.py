"""Who goes up to the next round from a published result (晋级名单), and the roster for it.

Everything is worked out from the snapshot in force. The roster holds names and documents; it is
written only into the file somebody asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from app.domain.errors import RuleBroken
from app.domain.facts import (
    EntryRegistered,
    PromotionDeclined,
    PublishedRow,
    ResultsPublished,
)
from app.domain.ids import EntryId, EventCode
from app.domain.points import parse_points
from app.domain.qualifying import Contender, LeftOut, qualify
from app.services import entrants, results, rules
from app.services.next_roster import headings, person_lines
from app.services.results import Standing
from app.services.station import Station, recording
from app.sheets.plain_table import write_plain_table
from app.storage import people, queries
from app.storage.people import Person
from app.storage.queries import Recorded
from app.words import Words


@dataclass(frozen=True, slots=True)
class Promoted:
    """One entry that goes up or, with ``reserve`` from 1 on, stands by in that order.

    ``instead_of`` is the entry it stepped up for; ``left_out`` why it only stands by although its
    rank alone would do.
    """

    row: PublishedRow
    who: EntryRegistered
    reserve: int | None = None
    instead_of: EntryId | None = None
    left_out: LeftOut | None = None


@dataclass(frozen=True, slots=True)
class NotPromoted:
    """One entry that does not go up: it declined, with a reason, or a limit left it out."""

    row: PublishedRow
    who: EntryRegistered
    declined: str = ""
    left_out: LeftOut | None = None


@dataclass(frozen=True, slots=True)
class Promotion:
    """Everybody who goes up or stands by, division by division in order of rank; then who does not
    although the rank alone would do."""

    snapshot: Recorded[ResultsPublished]
    found: tuple[Promoted, ...]
    others: tuple[NotPromoted, ...] = ()


def promotion(station: Station, event: EventCode) -> Promotion:
    """Who goes up from here. Raises ``RuleBroken`` when nothing is published, when the rules send
    nobody up, or when nobody qualifies."""
    snapshot = results.in_force(station, event)
    rule = rules.event(station, event).promotes
    if rule is None:
        raise RuleBroken("promotion-no-rule", event=event)
    registered = entrants.registrations(station, event)
    ranked = [
        row
        for row in snapshot.fact.rows
        if row.state == Standing.RANKED and row.rank is not None and row.entry in registered
    ]
    declined = {
        it.fact.entry: it.reason
        for it in queries.standing(station.connection, PromotionDeclined, event=event)
    }
    found: list[Promoted] = []
    others: list[NotPromoted] = []
    for _, division in groupby(ranked, key=lambda row: row.division):
        rows = {row.entry: row for row in division}
        up = qualify(rule, [_contender(row, registered) for row in rows.values()], declined)
        found += [
            Promoted(rows[one], registered[one], instead_of=up.instead_of.get(one))
            for one in up.entries
        ]
        found += [
            Promoted(rows[one], registered[one], place, left_out=up.left_out.get(one))
            for place, one in enumerate(up.reserves, start=1)
        ]
        others += [NotPromoted(rows[one], registered[one], declined[one]) for one in up.declined]
        others += [
            NotPromoted(rows[one], registered[one], left_out=why)
            for one, why in up.left_out.items()
            if one not in up.entries and one not in up.reserves and one not in up.declined
        ]
    if not found and not others:
        raise RuleBroken("promotion-nobody", event=event)
    return Promotion(snapshot, tuple(found), tuple(others))


def decline(
    station: Station,
    event: EventCode,
    entry: EntryId,
    reason: str,
    *,
    origin: object | None = None,
) -> None:
    """Record that an entry gives its place away (放弃晋级); the next reserve steps up."""
    if not reason.strip():
        raise RuleBroken("declining-needs-reason", entry=entry)
    with recording(station, origin=origin) as log:
        if entry not in {one.row.entry for one in promotion(station, event).found}:
            raise RuleBroken("promotion-not-listed", entry=entry)
        log.add(PromotionDeclined(event=event, entry=entry), reason=reason.strip())


def promotion_roster(
    station: Station, event: EventCode, words: Words, target: Path
) -> Callable[[], int]:
    """What writes the roster of the next round as CSV or workbook and returns the entries on it.

    Everything is read already, so it may write on another thread.
    """
    found = promotion(station, event).found
    persons = people.everyone(station.connection)
    lines = [
        line
        for one in found
        for line in _lines(one, persons.get(one.who.entry) or Person(name=""), words)
    ]

    def write() -> int:
        write_plain_table(target, words.say("promotion.title"), headings(words), lines)
        return len(found)

    return write


def _contender(row: PublishedRow, registered: dict[EntryId, EntryRegistered]) -> Contender:
    unit = registered[row.entry].unit
    return Contender(row.entry, row.rank or 0, parse_points(row.total), unit)


def _lines(one: Promoted, person: Person, words: Words) -> Sequence[tuple[str, ...]]:
    note = "" if one.reserve is None else words.say("promotion.reserve", place=one.reserve)
    return person_lines(
        person,
        unit=one.who.unit,
        group=one.who.group,
        grade=one.who.grade,
        rank=str(one.row.rank),
        total=one.row.total,
        note=note,
    )
