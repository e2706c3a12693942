"""Standings over several events, as the published results give them (综合排名).

Nothing is read but snapshots in force, so a standing can never disagree with a result on the wall;
when an event gets a new revision, a standing that was published before says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.canonical import canonical_json
from app.domain.combined import CombinedRow, combine
from app.domain.errors import RuleBroken
from app.domain.facts import (
    CompetitionSet,
    ResultsPublished,
    ResultStatus,
    StandingPublished,
    StandingRow,
)
from app.domain.ids import EntryId, EventCode
from app.domain.points import Points, format_points
from app.domain.standing_rules import CombinedStanding, OverallRule, SeasonRule
from app.services import results, rules
from app.services.persons import Persons, persons_of
from app.services.standing_sources import persons_ranked, results_brought
from app.services.station import Station, recording
from app.storage import queries
from app.storage.queries import Recorded


@dataclass(frozen=True, slots=True)
class StandingTable:
    """A standing as it comes out now.

    ``unpublished`` are its events without a result, ``provisional`` those whose result may still
    change; ``doubts`` are entries that may be one person or several; ``same`` are those that are
    one. ``published`` is the snapshot in force, if any.
    """

    rules: CombinedStanding
    rows: tuple[StandingRow, ...]
    sources: Mapping[EventCode, str]
    unpublished: tuple[EventCode, ...]
    provisional: tuple[EventCode, ...]
    doubts: tuple[tuple[EntryId, ...], ...]
    same: tuple[tuple[EntryId, ...], ...]
    standing_hash: str
    published: Recorded[StandingPublished] | None

    @property
    def status(self) -> ResultStatus:
        """Final only when every result that it rests on is there and final."""
        is_open = self.unpublished or self.provisional
        return ResultStatus.PROVISIONAL if is_open else ResultStatus.FINAL

    @property
    def is_published(self) -> bool:
        """Whether the public already sees exactly this, under this status."""
        if self.published is None:
            return False
        fact = self.published.fact
        return (fact.standing_hash, fact.status) == (self.standing_hash, self.status)


def combined_standings(station: Station) -> tuple[CombinedStanding, ...]:
    """The standings this competition has; none before it is set up."""
    recorded = queries.latest(station.connection, CompetitionSet)
    return recorded.fact.competition.standings if recorded is not None else ()


def combined_standing(station: Station, wanted: str) -> StandingTable:
    """One standing by its code. Raises ``RuleBroken("standing-unknown")``."""
    found = next((it for it in combined_standings(station) if it.id == wanted), None)
    if found is None:
        raise RuleBroken("standing-unknown", standing=wanted)
    snapshots: dict[EventCode, Recorded[ResultsPublished]] = {}
    unpublished: list[EventCode] = []
    for event in _events(station, found):
        snapshot = results.published(station, event)
        if snapshot is None:
            unpublished.append(event)
        else:
            snapshots[event] = snapshot
    persons = persons_ranked(station, [snapshot.fact for snapshot in snapshots.values()])
    rows = _rows(station, found, [snapshot.fact for snapshot in snapshots.values()], persons)
    sources = {event: snapshot.fact.result_hash for event, snapshot in snapshots.items()}
    return StandingTable(
        rules=found,
        rows=rows,
        sources=sources,
        unpublished=tuple(unpublished),
        provisional=tuple(
            event
            for event, snapshot in snapshots.items()
            if snapshot.fact.status is ResultStatus.PROVISIONAL
        ),
        doubts=() if isinstance(found.rule, OverallRule) else persons.doubts,
        same=persons.same,
        standing_hash=standing_hash(found, sources, rows),
        published=published_standing(station, wanted),
    )


def standing_follows(station: Station, fact: StandingPublished) -> bool:
    """Whether a published standing, and its being final, follows from the results it names."""
    publications = [it.fact for it in queries.standing(station.connection, ResultsPublished)]
    of_hash = {(it.event, it.result_hash): it for it in publications}
    if any(source not in of_hash for source in fact.sources.items()):
        return False
    if fact.status is ResultStatus.FINAL:
        final = {(it.event, it.result_hash) for it in publications if it.status is fact.status}
        if not (final >= fact.sources.items() and fact.sources.keys() >= set(fact.rules.events)):
            return False
    persons = persons_of(fact.same)
    named = [of_hash[source] for source in fact.sources.items()]
    stated = standing_hash(fact.rules, fact.sources, fact.rows)
    return stated == fact.standing_hash and _rows(station, fact.rules, named, persons) == fact.rows


def standing_hash(
    standing: CombinedStanding, sources: Mapping[EventCode, str], rows: tuple[StandingRow, ...]
) -> str:
    """SHA-256 over the canonical form of rules, source hashes and rows, in hex; no names."""
    content = {"rules": standing, "sources": dict(sources), "rows": list(rows)}
    return hashlib.sha256(canonical_json(content)).hexdigest()


def published_standing(station: Station, wanted: str) -> Recorded[StandingPublished] | None:
    """The snapshot of a standing that the public sees."""
    found = [
        it
        for it in queries.standing(station.connection, StandingPublished)
        if it.fact.rules.id == wanted
    ]
    return found[-1] if found else None


def standing_blockers(table: StandingTable) -> list[RuleBroken]:
    """Why the standing cannot be published yet; empty when nothing stands in the way."""
    found = []
    if not table.rows:
        found.append(RuleBroken("standing-empty", standing=table.rules.id))
    if table.doubts:
        entries = ", ".join(table.doubts[0])
        found.append(RuleBroken("standing-persons-unclear", entries=entries))
    return found


def publish_standing(
    station: Station,
    wanted: str,
    *,
    expected_hash: str,
    reason: str = "",
    origin: object | None = None,
) -> StandingPublished:
    """Publish a standing as a new revision. Raises the first blocker when something is open.

    ``expected_hash`` is that of the standing the chief judge looked at. A revision after the first
    needs a reason. Events without a result are no blocker: a season is shown while it runs.
    """
    now = combined_standing(station, wanted)
    for blocker in standing_blockers(now):
        raise blocker
    if now.standing_hash != expected_hash:
        raise RuleBroken("standing-changed-meanwhile", standing=wanted)
    revision = now.published.fact.revision + 1 if now.published else 1
    if revision > 1 and not reason.strip():
        raise RuleBroken("revision-needs-reason", revision=revision)
    fact = StandingPublished(
        rules=now.rules,
        revision=revision,
        status=now.status,
        sources=now.sources,
        standing_hash=now.standing_hash,
        rows=now.rows,
        same=now.same,
    )
    with recording(station, origin=origin) as log:
        log.add(fact, reason=reason.strip())
        log.sign_head()
    return fact


def _events(station: Station, standing: CombinedStanding) -> list[EventCode]:
    return list(standing.events) or [event.code for event in rules.events(station)]


def _rows(
    station: Station,
    standing: CombinedStanding,
    snapshots: Iterable[ResultsPublished],
    persons: Persons,
) -> tuple[StandingRow, ...]:
    read = results_brought(station, snapshots, persons)
    return tuple(_row(standing, row) for row in combine(standing, read))


def _row(standing: CombinedStanding, row: CombinedRow) -> StandingRow:
    """The row as it is published: a person is known by the entries that count."""
    return StandingRow(
        of="" if isinstance(standing.rule, SeasonRule) else row.of,
        rank=row.rank,
        total=format_points(row.total, 2),
        counted=row.counted,
        left_out=row.left_out,
        star=row.star,
        average=_text(row.average),
        counts=row.counts,
        scores=_text(row.scores),
        mean=_text(row.mean),
        award=row.award,
    )


def _text(value: Points | None) -> str:
    return "" if value is None else format_points(value, 2)
