"""A combined standing as lines of words: the same on screen, on paper and in the workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from app.domain.award_rules import StarBand
from app.domain.combined import result_points
from app.domain.facts import PublishedRow, StandingRow
from app.domain.ids import EntryId, EventCode
from app.domain.points import Points, parse_points, plain_points, points_of
from app.domain.standing_rules import OverallRule
from app.services import paper_heads, results, roll, rules
from app.services.persons import persons_of
from app.services.roll import Registered
from app.services.standing_changes import standing_amendments
from app.services.standing_sources import results_brought
from app.services.standings import StandingTable
from app.services.station import Station
from app.services.verification_words import grouped
from app.words import Words

NUMBERS = frozenset({"rank", "total", "average", "scores", "mean", "allowance", "months", "sum"})
"""The columns of numbers."""


@dataclass(frozen=True, slots=True)
class StandingLine:
    """One row as texts; what a standing does not have is empty throughout."""

    rank: str
    name: str
    unit: str
    total: str
    average: str
    scores: str
    mean: str
    counts: str
    award: str
    star: str
    allowance: str
    months: str
    sum: str
    counted: str
    left_out: str


class StandingOrder(StrEnum):
    """How the rows of delegations are listed for comparison; the ranks stay what they are.

    With medal points these are the five lists of the comparison of members. Domain rules 1.8.
    """

    RANK = "rank"
    UNIT = "unit"
    AVERAGE = "average"
    SCORES = "scores"
    MEAN = "mean"


def in_order(rows: Iterable[StandingRow], order: StandingOrder) -> tuple[StandingRow, ...]:
    """The rows in another order; what is level there stays in order of rank."""
    match order:
        case StandingOrder.RANK:
            return tuple(rows)
        case StandingOrder.UNIT:
            return tuple(sorted(rows, key=lambda row: row.of))
        case StandingOrder.AVERAGE | StandingOrder.SCORES | StandingOrder.MEAN:
            return tuple(sorted(rows, key=lambda row: -parse_points(getattr(row, order.value))))


def standing_lines(station: Station, table: StandingTable, words: Words) -> list[StandingLine]:
    """Every row of a standing, in its order."""
    wording = _Wording(station, table, words)
    return [wording.line(row) for row in table.rows]


def shown_columns(lines: Iterable[StandingLine]) -> list[str]:
    """The columns in which anything is said, in order."""
    said = list(lines)
    return [name for name in StandingLine.__slots__ if any(getattr(line, name) for line in said)]


def standing_notes(station: Station, table: StandingTable, words: Words) -> tuple[str, ...]:
    """What the standing was made from, what is missing, and who is in doubt."""
    notes = [words.say("standings.note")]
    for event in table.sources:
        fact = results.in_force(station, event).fact
        source = words.say(
            "standings.source",
            event=_event_name(station, event, words),
            revision=fact.revision,
            hash=grouped(fact.result_hash),
        )
        notes.append(source)
    notes += standing_caveats(station, table, words)
    overall = isinstance(table.rules.rule, OverallRule)
    if overall and all(rules.event(station, it).awards.scale for it in table.sources):
        notes.append(words.say("standings.scaled"))
    for one in standing_amendments(station, table.rules.id):
        at = paper_heads.local_minute(one.at)
        notes.append(words.say("standings.amended", at=at, reason=one.reason))
    if any(row.rank is None for row in table.rows):
        notes.append(words.say("standings.unranked"))
    notes += [words.say("standings.doubt", entries=", ".join(group)) for group in table.doubts]
    return tuple(notes)


def standing_caveats(station: Station, table: StandingTable, words: Words) -> list[str]:
    """Which events keep the standing from being final; empty when none does."""
    join = words.say("standings.join")
    unpublished, provisional = (
        join.join(_event_name(station, event, words) for event in events)
        for events in (table.unpublished, table.provisional)
    )
    said = []
    if unpublished:
        said.append(words.say("standings.unpublished", events=unpublished))
    if provisional:
        said.append(words.say("standings.provisional", events=provisional))
    return said


def standing_state(table: StandingTable, words: Words) -> str:
    """What the public sees: nothing yet, exactly this, or an earlier revision that differs."""
    status = words.say(f"results.status_{table.status.value}")
    if table.published is None:
        return words.say("standings.draft", status=status)
    revision = table.published.fact.revision
    if table.is_published:
        return words.say("standings.is-published", revision=revision, status=status)
    is_same = table.published.fact.standing_hash == table.standing_hash
    key = "standings.is-otherwise" if is_same else "standings.is-stale"
    return words.say(key, revision=revision, status=status)


def standing_name(table: StandingTable, words: Words) -> str:
    return words.pick(table.rules.name, table.rules.name_en)


def _event_name(station: Station, event: EventCode, words: Words) -> str:
    found = rules.event(station, event)
    return words.pick(found.name, found.name_en)


class _Wording:
    """What is looked up once for all rows."""

    def __init__(self, station: Station, table: StandingTable, words: Words) -> None:
        self._station, self._table, self._words = station, table, words
        self._stars: Mapping[str, StarBand] = {band.grade: band for band in table.rules.stars}
        self._awards = {it.award: it.award_en for it in table.rules.awards.quotas}

    def line(self, row: StandingRow) -> StandingLine:
        """One row in words."""
        words = self._words
        star = self._stars.get(row.star)
        paid = star if star is not None and star.allowance else None
        return StandingLine(
            rank="–" if row.rank is None else str(row.rank),
            name="" if row.of else self._name(row.counted[0]),
            unit=row.of or self._unit(row),
            total=row.total,
            average=row.average,
            scores=row.scores,
            mean=row.mean,
            counts=" / ".join(map(str, row.counts)),
            award=words.pick(row.award, self._awards.get(row.award, "")),
            star=words.pick(star.grade, star.grade_en) if star is not None else "",
            allowance=plain_points(points_of(paid.allowance)) if paid else "",
            months=str(paid.months) if paid and paid.months else "",
            sum=plain_points(points_of(paid.allowance * (paid.months or 1))) if paid else "",
            counted=self._entries(row.counted),
            left_out=self._entries(row.left_out),
        )

    @cached_property
    def _people(self) -> Mapping[EntryId, Registered]:
        events = self._table.sources
        return {it.entry.id: it for event in events for it in roll.registered(self._station, event)}

    @cached_property
    def _published(self) -> Mapping[EntryId, tuple[str, PublishedRow]]:
        return {
            row.entry: (_event_name(self._station, event, self._words), row)
            for event in self._table.sources
            for row in results.in_force(self._station, event).fact.rows
        }

    @cached_property
    def _points(self) -> Mapping[EntryId, Points | None]:
        snapshots = [results.in_force(self._station, event).fact for event in self._table.sources]
        brought = results_brought(self._station, snapshots, persons_of(self._table.same))
        return {it.entry: result_points(self._table.rules.rule, it) for it in brought}

    def _name(self, entry: EntryId) -> str:
        found = self._people.get(entry)
        if found is None or found.person is None:
            return entry
        return self._words.pick(found.person.name, found.person.name_en)

    def _unit(self, row: StandingRow) -> str:
        found = self._people.get(row.counted[0])
        return found.entry.unit if found is not None else ""

    def _entries(self, entries: Iterable[EntryId]) -> str:
        join = self._words.say("standings.join")
        return join.join(self._entry(entry) for entry in entries)

    def _entry(self, entry: EntryId) -> str:
        """``M1: place 1, 95.00, points 10``, and in a standing of units whose it is."""
        event, row = self._published[entry]
        words = self._words
        said = words.say("standings.counts-one", event=event, rank=row.rank or "", total=row.total)
        if (points := self._points[entry]) is not None:
            said += words.say("standings.counts-points", points=plain_points(points))
        if not self._table.rows or not self._table.rows[0].of:
            return said
        return f"{self._name(entry)} {said}"
