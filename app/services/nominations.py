"""What follows from a published result (拟推荐名单): medals, stars and proposals, to be signed.

Everything is worked out from the snapshot in force. A nomination proposes and says by which rule;
it never confers anything, and the scaled scores beside it are an approximation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.award_rules import StarBand
from app.domain.consequences import Candidate, Nomination, Setting, nominations, star_of
from app.domain.divisions import by_division
from app.domain.errors import RuleBroken
from app.domain.facts import EntryRegistered, PublishedRow, ResultsPublished
from app.domain.ids import ComponentId, EntryId, EventCode
from app.domain.medals import Medal
from app.domain.points import Points, Rounding, parse_points, round_exact
from app.domain.scheme import Event
from app.services import results, roll, rules
from app.services.live import board
from app.services.result_columns import medals_won, scaled_scores
from app.services.results import Standing
from app.services.roll import Registered
from app.services.station import Station
from app.storage import queries
from app.storage.queries import Recorded


@dataclass(frozen=True, slots=True)
class Nominee:
    """An entry for which something follows. ``held`` is the skill level on the roster; ``scaled``,
    ``medal`` and ``star`` are ``None`` where the rules have none or the entry reaches none."""

    row: PublishedRow
    who: Registered | None
    held: str
    scaled: int | None
    medal: Medal | None
    star: StarBand | None
    proposed: tuple[Nomination, ...]


@dataclass(frozen=True, slots=True)
class Nominees:
    """Everybody for whom something follows from ``snapshot``, by division and rank."""

    event: Event
    snapshot: Recorded[ResultsPublished]
    found: tuple[Nominee, ...]


def nominees(station: Station, event: EventCode) -> Nominees:
    """Who is proposed for what. Raises ``RuleBroken`` when nothing is published, when nothing
    follows for anybody, or when the marks that a rule asks about have changed since."""
    snapshot = results.in_force(station, event)
    found = rules.event(station, event)
    ranked = [row for row in snapshot.fact.rows if row.state == Standing.RANKED]
    totals = {row.entry: parse_points(row.total) for row in ranked}
    scores = scaled_scores(found, ranked)
    medals = medals_won(found, ranked, scores)
    proposed: dict[EntryId, list[Nomination]] = {}
    for own in by_division(ranked).values():
        for one in nominations(
            found.awards.consequences,
            _setting(station, own),
            _candidates(station, found, own, totals),
        ):
            proposed.setdefault(one.entry, []).append(one)
    people = {one.entry.id: one for one in roll.registered(station, event)}
    held = _held(station, event)
    listed = [
        Nominee(
            row,
            people.get(row.entry),
            held.get(row.entry, ""),
            scores.get(row.entry),
            medals.get(row.entry),
            star_of(found.awards.stars, totals[row.entry]),
            tuple(proposed.get(row.entry, ())),
        )
        for row in ranked
    ]
    following = tuple(one for one in listed if one.proposed or one.medal or one.star)
    if not following:
        raise RuleBroken("nobody-nominated", event=event)
    return Nominees(found, snapshot, following)


def _setting(station: Station, ranked: Sequence[PublishedRow]) -> Setting:
    competition = rules.competition(station)
    return Setting(competition.tier, competition.rank_class, len(ranked))


def _candidates(
    station: Station,
    event: Event,
    ranked: Sequence[PublishedRow],
    totals: Mapping[EntryId, Points],
) -> list[Candidate]:
    entries = {entry.id: entry for entry in roll.roll(station, event.code)}
    held = _held(station, event.code)
    components = _components(station, event, ranked)
    return [
        Candidate(
            row.entry,
            row.rank or 0,
            totals[row.entry],
            award=row.award,
            group=entries[row.entry].group,
            held=held.get(row.entry, ""),
            members=entries[row.entry].members,
            components=components.get(row.entry, {}),
        )
        for row in ranked
        if row.entry in entries
    ]


def _held(station: Station, event: EventCode) -> Mapping[EntryId, str]:
    """The skill level each entry holds, as last registered."""
    registered = queries.standing(station.connection, EntryRegistered, event=event)
    return {it.fact.entry: it.fact.grade.strip() for it in registered}


def _components(
    station: Station, event: Event, ranked: Sequence[PublishedRow]
) -> Mapping[EntryId, Mapping[ComponentId, Points]]:
    """The marks of the components as published, where a rule asks about one.

    The snapshot holds none, so they come from the marks, as long as those still give it.
    """
    if not any(rule.minima for rule in event.awards.consequences):
        return {}
    if not results.leaderboard(station, event.code).is_published:
        raise RuleBroken("nominations-result-changed", event=event.code)
    scores = board(station, event.code).scores
    rounding = Rounding(event.rounding.total.places, event.rounding.total.mode)
    return {
        row.entry: {
            part.id: round_exact(score.mark, rounding)
            for part, score in zip(
                event.components, scores.score(row.entry).components, strict=True
            )
        }
        for row in ranked
    }
