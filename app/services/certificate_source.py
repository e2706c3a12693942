"""What certificates are given for: the published result of an event, or a published standing.

Both come down to the same: a revision, its hash, and who has won what, in order of rank.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from app.domain.award_rules import CertificatesFor
from app.domain.certificate_holders import Holder, holders_of_entry, holders_of_unit
from app.domain.errors import RuleBroken
from app.domain.facts import (
    CertificateIssued,
    ResultsPublished,
    ResultStatus,
    StandingPublished,
)
from app.domain.ids import EntryId, EventCode
from app.domain.standing_rules import CombinedStanding
from app.services import results, roll, rules
from app.services.persons import persons_of
from app.services.standings import combined_standings, published_standing
from app.services.station import Station


@dataclass(frozen=True, slots=True)
class OfStanding:
    """A combined standing (综合排名), by its code; an event is named by its code alone."""

    standing: str

    def __str__(self) -> str:
        return self.standing


Occasion: TypeAlias = EventCode | OfStanding
"""What a certificate was won in. Its ``str`` is the code that numbers and codes on paper carry."""


@dataclass(frozen=True, slots=True)
class Won:
    """Somebody who gets a certificate by the snapshot."""

    holder: Holder
    rank: int | None
    award: str


@dataclass(frozen=True, slots=True)
class Source:
    """The snapshot that certificates follow. ``same`` leads from an entry to its person's first."""

    revision: int
    status: ResultStatus
    result_hash: str
    won: tuple[Won, ...]
    same: Mapping[EntryId, EntryId] = field(default_factory=dict)

    def holder_of(self, fact: CertificateIssued) -> Holder:
        """Who holds an issued certificate: a person of a season is one under every entry."""
        entry = self.same.get(fact.entry, fact.entry)
        return Holder(entry, fact.member, fact.of)


def occasions(station: Station) -> tuple[Occasion, ...]:
    """Whatever certificates may be given for: every event, then every standing with awards."""
    events = (event.code for event in rules.events(station))
    awarding = (it for it in combined_standings(station) if it.awards.quotas)
    return (*events, *(OfStanding(it.id) for it in awarding))


def rules_of(station: Station, occasion: OfStanding) -> CombinedStanding:
    """The rules of a standing as they are now. Raises ``RuleBroken("standing-unknown")``."""
    for found in combined_standings(station):
        if found.id == occasion.standing:
            return found
    raise RuleBroken("standing-unknown", standing=occasion.standing)


def occasion_of(fact: CertificateIssued) -> Occasion:
    """What an issued certificate was won in."""
    return OfStanding(fact.standing) if fact.standing else fact.event


def source(station: Station, occasion: Occasion) -> Source | None:
    """The snapshot in force; ``None`` before anything is published."""
    match occasion:
        case OfStanding(standing):
            standings = published_standing(station, standing)
            return _of_standing(station, standings.fact) if standings else None
        case event:
            snapshot = results.published(station, event)
            return _of_event(station, snapshot.fact) if snapshot else None


def source_in_force(station: Station, occasion: Occasion) -> Source:
    """The same, where there must be one; raises ``RuleBroken`` where nothing is published."""
    found = source(station, occasion)
    if found is not None:
        return found
    if isinstance(occasion, OfStanding):
        raise RuleBroken("standing-not-published", standing=occasion.standing)
    raise RuleBroken("nothing-published", event=occasion)


def _of_event(station: Station, fact: ResultsPublished) -> Source:
    rule = rules.event(station, fact.event).awards.certificates
    sizes = _sizes(station, rule, (fact.event,))
    won = (
        Won(holder, row.rank, row.award)
        for row in fact.rows
        if row.award
        for holder in holders_of_entry(row.entry, sizes.get(row.entry, 1), rule)
    )
    return Source(fact.revision, fact.status, fact.result_hash, tuple(won))


def _sizes(
    station: Station, rule: CertificatesFor, events: Iterable[EventCode]
) -> Mapping[EntryId, int]:
    """How many people each entry is; not looked up where that makes no difference."""
    if rule is CertificatesFor.ENTRY:
        return {}
    return {it.id: it.members for event in events for it in roll.roll(station, event)}


def _of_standing(station: Station, fact: StandingPublished) -> Source:
    same = persons_of(fact.same).first_entry
    won = tuple(_won_in_standing(station, fact, same))
    return Source(fact.revision, fact.status, fact.standing_hash, won, same)


def _won_in_standing(
    station: Station, fact: StandingPublished, same: Mapping[EntryId, EntryId]
) -> Iterator[Won]:
    rule = fact.rules.awards.certificates
    sizes = _sizes(station, rule, fact.sources)
    for row in fact.rows:
        if not row.award:
            continue
        entries = tuple(dict.fromkeys(same.get(entry, entry) for entry in row.counted))
        if row.of:
            holders = holders_of_unit(row.of, entries, rule)
        else:
            holders = holders_of_entry(entries[0], sizes.get(entries[0], 1), rule)
        for holder in holders:
            yield Won(holder, row.rank, row.award)
