"""Changing the rules of a standing that people already go by (综合排名规则变更).

A standing is settled once it was published, or the rules of one of its events were frozen after it
was set up. From then on the draft only proposes: what it says of a settled standing counts when it
is recorded with a reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from msgspec.structs import replace

from app.domain.combined import check_standings
from app.domain.errors import RuleBroken
from app.domain.facts import CompetitionSet, RulesFrozen, StandingPublished
from app.domain.ops import Op
from app.domain.scheme import Competition
from app.domain.standing_rules import CombinedStanding
from app.services import rules
from app.services.rule_changes import RuleChange, standings_difference
from app.services.station import Station, recording
from app.storage import queries
from app.storage.queries import Recorded


@dataclass(frozen=True, slots=True)
class StandingAmendment:
    """One change to a standing in force: what, why, when (UTC ms) and who."""

    changes: tuple[RuleChange, ...]
    reason: str
    at: int
    by: str


def settled_standings(station: Station) -> dict[str, CombinedStanding]:
    """The standings in force that change only with a reason, by their codes."""
    versions = _versions(station)
    if not versions:
        return {}
    published = {it.fact.rules.id for it in queries.standing(station.connection, StandingPublished)}
    freezings = queries.standing(station.connection, RulesFrozen)

    def is_settled(standing: CombinedStanding) -> bool:
        since = next(it.order for it in versions if standing.id in _standings(it))
        later = (it.fact.event for it in freezings if it.order > since)
        return standing.id in published or any(
            not standing.events or event in standing.events for event in later
        )

    return {name: it for name, it in _standings(versions[-1]).items() if is_settled(it)}


def heading_in_force(station: Station, drafted: Competition) -> Competition:
    """The drafted heading as it counts: settled standings are what they were.

    Raises ``RuleBroken("standing-is-settled")`` when the draft has one of them no more.
    """
    settled = settled_standings(station)
    for name in settled:
        if all(it.id != name for it in drafted.standings):
            raise RuleBroken("standing-is-settled", standing=name)
    return replace(drafted, standings=tuple(settled.get(it.id, it) for it in drafted.standings))


def heading_in_hand(station: Station, drafted: Competition) -> Competition:
    """The drafted heading to show and edit.

    A draft that is just a former version of a settled standing proposes nothing: the change came
    from another laptop, as did a settled standing that the draft does not have.
    """
    settled = settled_standings(station)
    former = {name: _former(station, name) for name in settled}
    kept = tuple(settled[it.id] if it in former.get(it.id, ()) else it for it in drafted.standings)
    arrived = settled.keys() - {it.id for it in drafted.standings}
    return replace(drafted, standings=(*kept, *(settled[name] for name in sorted(arrived))))


def proposed_standings(
    station: Station, drafted: Sequence[CombinedStanding]
) -> tuple[RuleChange, ...]:
    """What the draft would change in settled standings."""
    settled = settled_standings(station)
    wanted = [it for it in drafted if it.id in settled]
    return standings_difference([settled[it.id] for it in wanted], wanted)


def amend_standings(
    station: Station,
    wanted: Sequence[CombinedStanding],
    reason: str,
    *,
    origin: object | None = None,
) -> Op:
    """Put changed rules of standings in force, with a reason that everyone can read later."""
    if not reason.strip():
        raise RuleBroken("amendment-without-reason")
    if not proposed_standings(station, wanted):
        raise RuleBroken("standing-amendment-changes-nothing")
    for fault in check_standings(wanted, [event.code for event in rules.events(station)]):
        raise fault
    heading = replace(rules.competition(station), standings=tuple(wanted))
    with recording(station, origin=origin) as log:
        op = log.add(CompetitionSet(competition=heading), reason=reason.strip())
        log.sign_head()
    return op


def standing_amendments(station: Station, wanted: str) -> tuple[StandingAmendment, ...]:
    """Every change to a standing that was made with a reason, oldest first."""
    found = []
    for before, after in pairwise(_versions(station)):
        old, new = _standings(before).get(wanted), _standings(after).get(wanted)
        if after.reason and old is not None and new is not None and old != new:
            changes = standings_difference([old], [new])
            found.append(StandingAmendment(changes, after.reason, after.at, after.by))
    return tuple(found)


def _versions(station: Station) -> list[Recorded[CompetitionSet]]:
    return queries.standing(station.connection, CompetitionSet)


def _standings(recorded: Recorded[CompetitionSet]) -> dict[str, CombinedStanding]:
    return {it.id: it for it in recorded.fact.competition.standings}


def _former(station: Station, wanted: str) -> list[CombinedStanding]:
    """The versions of a standing before the one in force."""
    held = [_standings(it).get(wanted) for it in _versions(station)]
    return [it for it in held[:-1] if it is not None and it != held[-1]]
