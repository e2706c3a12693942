"""What a combined standing reads: the published results in force, row by row (综合排名的依据).

Nothing else of an event is looked at, neither its marks nor its rules beyond the prizes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.domain.combined import Result
from app.domain.facts import PublishedRow, ResultsPublished
from app.domain.ids import EntryId
from app.domain.medals import Medal
from app.domain.points import parse_points
from app.domain.scheme import Event
from app.services import roll, rules
from app.services.persons import Persons, same_persons
from app.services.result_columns import medals_won, scaled_scores
from app.services.results import Standing
from app.services.station import Station


def persons_ranked(station: Station, snapshots: Iterable[ResultsPublished]) -> Persons:
    """Who is the same among those ranked: whoever did not compete is in no row, and in no doubt."""
    return same_persons(
        it
        for snapshot in snapshots
        for ranked in [{row.entry for row in _ranked(snapshot)}]
        for it in roll.registered(station, snapshot.event)
        if it.entry.id in ranked
    )


def results_brought(
    station: Station, snapshots: Iterable[ResultsPublished], persons: Persons
) -> Iterator[Result]:
    """What every ranked row of these published results brings."""
    for fact in snapshots:
        event = rules.event(station, fact.event)
        entries = {entry.id: entry for entry in roll.roll(station, fact.event)}
        ranked = _ranked(fact)
        sharing = Counter((row.division, row.rank) for row in ranked)
        scores = scaled_scores(event, ranked)
        medals = _medals(event, ranked, scores)
        for row in ranked:
            assert row.rank is not None
            entry = entries.get(row.entry)
            yield Result(
                event=event.code,
                entry=row.entry,
                person=persons.of(row.entry),
                unit=entry.unit if entry else "",
                team=entry.delegation if entry else "",
                rank=row.rank,
                sharing=sharing[row.division, row.rank],
                total=parse_points(row.total),
                medal=medals.get(row.entry),
                scaled=scores.get(row.entry),
                modules={module: parse_points(mark) for module, mark in row.modules.items()},
            )


def _ranked(fact: ResultsPublished) -> list[PublishedRow]:
    """The rows that count; guests (打星) never do."""
    return [row for row in fact.rows if row.state == Standing.RANKED and row.rank is not None]


def _medals(
    event: Event, ranked: Sequence[PublishedRow], scores: Mapping[EntryId, int]
) -> Mapping[EntryId, Medal | None]:
    """Medals by scaled score; where an event gives none, its first four awards stand for them."""
    if event.awards.medals is not None:
        return medals_won(event, ranked, scores)
    stands_for = dict(zip((quota.award for quota in event.awards.quotas), Medal, strict=False))
    return {row.entry: stands_for.get(row.award) for row in ranked}
