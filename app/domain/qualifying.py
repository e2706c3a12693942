"""Who goes up to the next round, and who stands by (晋级、递补). Domain rules 3.8.

Only the ranked are asked about: guests (打星) and those set apart never qualify. An event's
divisions are asked about one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from app.domain.award_rules import BoundaryTie
from app.domain.errors import RuleBroken
from app.domain.ids import EntryId
from app.domain.method_check import is_too_fine
from app.domain.methods import Carried
from app.domain.points import Points, points_of
from app.domain.round_rules import Qualification
from app.domain.scheme import Aspect, Event


@dataclass(frozen=True, slots=True)
class Contender:
    """One ranked entry; without a unit it is held to no unit's limit."""

    entry: EntryId
    rank: int
    total: Points
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Qualified:
    """Who goes up and who stands by (递补), each in order of rank."""

    entries: tuple[EntryId, ...]
    reserves: tuple[EntryId, ...]


def qualify(rule: Qualification, contenders: Sequence[Contender]) -> Qualified:
    """Who goes up from a ranking; ``contenders`` are in order of rank."""
    able = [
        one for one in contenders if rule.minimum is None or one.total >= points_of(rule.minimum)
    ]
    going = _take(rule, able, rule.number)
    taken = set(going)
    reserves = _take(rule, [one for one in able if one.entry not in taken], rule.reserves)
    return Qualified(tuple(going), tuple(reserves))


def _take(
    rule: Qualification, contenders: Iterable[Contender], places: int | None
) -> list[EntryId]:
    """Rank by rank as long as there are places, for units that have any left."""
    chosen: list[EntryId] = []
    of_unit: Counter[str] = Counter()
    include = rule.boundary is BoundaryTie.INCLUDE
    for _, group in groupby(contenders, key=lambda one: one.rank):
        sharing = list(group)
        units = Counter(one.unit for one in sharing)
        going = [
            one
            for one in sharing
            if rule.per_unit is None
            or not one.unit
            or of_unit[one.unit] + (1 if include else units[one.unit]) <= rule.per_unit
        ]
        if places is not None and len(chosen) + (1 if include else len(going)) > places:
            break
        chosen += [one.entry for one in going]
        of_unit.update(one.unit for one in going)
    return chosen


def carried_aspect(event: Event) -> Aspect | None:
    """The aspect that the total of the round before fills; ``None`` unless there is just one."""
    found = [aspect for aspect in event.aspects() if isinstance(aspect.method, Carried)]
    return found[0] if len(found) == 1 else None


def check_qualification(event: Event) -> Iterator[RuleBroken]:
    """Everything that keeps the rules of going up, into this event and from it, from being used."""
    for rule in (event.selects, event.promotes):
        if rule is not None:
            yield from _faults(event, rule)


def _faults(event: Event, rule: Qualification) -> Iterator[RuleBroken]:
    limits = [limit for limit in (rule.number, rule.per_unit) if limit is not None]
    if any(limit < 1 for limit in limits) or rule.reserves < 0:
        yield RuleBroken("promotion-number", event=event.code)
    if not limits and rule.minimum is None:
        yield RuleBroken("promotion-without-limit", event=event.code)
    if rule.minimum is not None and is_too_fine(rule.minimum):
        yield RuleBroken("promotion-minimum", event=event.code)
