"""Who goes up to the next round, and who stands by (晋级、递补). Domain rules 3.8.

Only the ranked are asked about: guests (打星) and those set apart never qualify. An event's
divisions are asked about one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
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


class LeftOut(StrEnum):
    """Why somebody does not go up although the rank alone would do."""

    UNIT_LIMIT = "unit-limit"
    SHARED_LAST = "shared-last"
    TOO_LOW = "too-low"


@dataclass(frozen=True, slots=True)
class Qualified:
    """Who goes up and who stands by (递补), each in order of rank, those who stepped up last.

    ``instead_of`` says for whom somebody stepped up; ``declined`` are those who were to go up or
    stood by and do not want to; ``left_out`` says why of everybody whose rank alone would do.
    """

    entries: tuple[EntryId, ...]
    reserves: tuple[EntryId, ...]
    instead_of: Mapping[EntryId, EntryId] = field(default_factory=dict)
    declined: tuple[EntryId, ...] = ()
    left_out: Mapping[EntryId, LeftOut] = field(default_factory=dict)


def qualify(
    rule: Qualification, contenders: Sequence[Contender], declined: Iterable[EntryId] = ()
) -> Qualified:
    """Who goes up from a ranking; ``contenders`` are in order of rank.

    For each of ``declined`` (放弃晋级), in the order in which they declined, the first reserve whom
    the limits allow steps up. The rest of the list stays as it was announced.
    """
    able = [one for one in contenders if not _is_too_low(rule, one)]
    going = _take(rule, able, rule.number)
    taken = set(going)
    reserves = _take(rule, [one for one in able if one.entry not in taken], rule.reserves)
    left_out = _left_out(rule, contenders, taken)
    units = {one.entry: one.unit for one in contenders}
    gone: list[EntryId] = []
    instead_of: dict[EntryId, EntryId] = {}
    for entry in declined:
        if entry in reserves:
            reserves.remove(entry)
            gone.append(entry)
        elif entry in going:
            going.remove(entry)
            gone.append(entry)
            stand_in = _stand_in(rule, going, reserves, units)
            if stand_in is not None:
                reserves.remove(stand_in)
                going.append(stand_in)
                instead_of[stand_in] = entry
    return Qualified(tuple(going), tuple(reserves), instead_of, tuple(gone), left_out)


def _stand_in(
    rule: Qualification,
    going: Sequence[EntryId],
    reserves: Sequence[EntryId],
    units: Mapping[EntryId, str],
) -> EntryId | None:
    if rule.number is not None and len(going) >= rule.number:
        return None
    of_unit = Counter(units[entry] for entry in going)
    return next(
        (
            entry
            for entry in reserves
            if rule.per_unit is None or not units[entry] or of_unit[units[entry]] < rule.per_unit
        ),
        None,
    )


def _is_too_low(rule: Qualification, one: Contender) -> bool:
    return rule.minimum is not None and one.total < points_of(rule.minimum)


def _left_out(
    rule: Qualification, contenders: Sequence[Contender], going: Collection[EntryId]
) -> dict[EntryId, LeftOut]:
    last = max((one.rank for one in contenders if one.entry in going), default=0)
    of_unit = Counter(one.unit for one in contenders if one.entry in going)
    sharing = Counter((one.rank, one.unit) for one in contenders)
    found = {}
    for one in contenders:
        if one.entry in going or one.rank > max(rule.number or 0, last):
            continue
        more = 1 if rule.boundary is BoundaryTie.INCLUDE else sharing[one.rank, one.unit]
        if _is_too_low(rule, one):
            found[one.entry] = LeftOut.TOO_LOW
        elif rule.per_unit is not None and one.unit and of_unit[one.unit] + more > rule.per_unit:
            found[one.entry] = LeftOut.UNIT_LIMIT
        else:
            found[one.entry] = LeftOut.SHARED_LAST
    return found


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
