"""A standing over the results of several events: who counts with which result (综合排名).

It reads results as they were published and nothing else. What every row counted and what it left
out stay with it, so that the standing can be explained and worked out again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.domain.award_check import check_awards
from app.domain.award_rules import Awards
from app.domain.awards import awarded
from app.domain.consequences import star_of, stars_fault
from app.domain.errors import RuleBroken
from app.domain.ids import EntryId, EventCode, ModuleId
from app.domain.medals import Medal
from app.domain.method_check import is_too_fine
from app.domain.points import SCALE, Exact, Points, Rounding, points_of, round_exact
from app.domain.season import match_value, season
from app.domain.standing_rules import (
    QUOTA_RULES,
    CombinedStanding,
    OverallBy,
    OverallRule,
    SeasonRule,
    Sides,
    StandingRule,
    TeamKind,
    TeamRule,
)
from app.domain.standings import ranks
from app.domain.teams import Placing, counting, overall, placing_points, team_total


@dataclass(frozen=True, slots=True)
class Result:
    """One ranked row of a published result. ``person`` is the same in every event of a person.

    ``team`` is the one the roster names; ``scaled`` a score that can be compared between events.
    """

    event: EventCode
    entry: EntryId
    person: str
    unit: str
    rank: int
    sharing: int
    total: Points
    medal: Medal | None = None
    team: str = ""
    scaled: int | None = None
    modules: Mapping[ModuleId, Points] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CombinedRow:
    """One person, unit or delegation in a combined standing; ``total`` has two places.

    ``rank`` is ``None`` with too few matches. ``counted`` and ``left_out`` are entries, best first;
    ``average``, ``counts``, ``scores`` and ``mean`` are those of a ``Delegation``.
    """

    of: str
    rank: int | None
    total: Points
    counted: tuple[EntryId, ...]
    left_out: tuple[EntryId, ...] = ()
    star: str = ""
    average: Points | None = None
    counts: tuple[int, ...] = ()
    scores: Points | None = None
    mean: Points | None = None
    award: str = ""


def combine(standing: CombinedStanding, results: Iterable[Result]) -> tuple[CombinedRow, ...]:
    """The standing over ``results``, in order of rank."""
    rows = _rows(standing, list(results))
    places = [(row.rank, row.total) for row in rows if row.rank is not None]
    awards = iter(awarded(standing.awards, len(places), places))
    return tuple(row if row.rank is None else replace(row, award=next(awards)) for row in rows)


def _rows(standing: CombinedStanding, results: Sequence[Result]) -> list[CombinedRow]:
    match standing.rule:
        case SeasonRule() as rule:
            return list(_season(standing, rule, results))
        case TeamRule() as rule:
            return list(_teams(standing, rule, results))
        case OverallRule() as rule:
            return list(_overall(standing, rule, results))


def _season(
    standing: CombinedStanding, rule: SeasonRule, results: Sequence[Result]
) -> Iterator[CombinedRow]:
    brought: dict[str, dict[str, Exact]] = {}
    for it in results:
        value = match_value(rule, it.rank, it.sharing, it.total)
        brought.setdefault(it.person, {})[it.entry] = value
    for row in season(rule, brought):
        total = _published(row.total)
        counted = tuple(EntryId(entry) for entry in row.counted)
        left_out = tuple(EntryId(entry) for entry in row.left_out)
        star = _star(standing, total) if row.rank is not None else ""
        yield CombinedRow(row.of, row.rank, total, counted, left_out, star)


def _teams(
    standing: CombinedStanding, rule: TeamRule, results: Sequence[Result]
) -> Iterator[CombinedRow]:
    people: dict[str, list[Result]] = {}
    again: dict[str, list[EntryId]] = {}
    members: set[str] = set()
    for it in sorted(results, key=lambda it: (-it.total, it.entry)):
        side = _side(rule, it)
        if not side:
            continue
        # Nobody fills two places of a team: of several events of one person the best counts.
        if it.person in members:
            again.setdefault(side, []).append(it.entry)
        else:
            members.add(it.person)
            people.setdefault(side, []).append(it)
    totals = {
        side: _published(team_total(rule, [it.total for it in own])) for side, own in people.items()
    }
    most = counting(rule)
    values = {
        side: [
            totals[side],
            *(sum(it.modules.get(part, 0) for it in own[:most]) for part in rule.tie_modules),
        ]
        for side, own in people.items()
    }
    for side, place in ranks(values).items():
        entries = tuple(it.entry for it in people[side])
        star = _star(standing, totals[side])
        left_out = (*entries[most:], *again.get(side, ()))
        yield CombinedRow(side, place, totals[side], entries[:most], left_out, star)


def _overall(
    standing: CombinedStanding, rule: OverallRule, results: Sequence[Result]
) -> Iterator[CombinedRow]:
    entries: dict[str, list[EntryId]] = {}
    placings: list[Placing] = []
    is_scaled = all(it.scaled is not None for it in results)
    for it in results:
        # Who belongs to no side scores for none.
        side = _side(rule, it)
        if side:
            entries.setdefault(side, []).append(it.entry)
            score = Points((it.scaled or 0) * SCALE) if is_scaled else it.total
            placings.append(_placing(side, it, score))
    for one in overall(rule, placings):
        counted = tuple(placing.entry for placing in one.scoring)
        left_out = tuple(sorted(set(entries[one.name]) - set(counted)))
        total = _published(one.total)
        yield CombinedRow(
            of=one.name,
            rank=one.rank,
            total=total,
            counted=counted,
            left_out=left_out,
            star=_star(standing, total),
            average=_published(one.average),
            counts=one.counts,
            scores=_published(one.scores),
            mean=_published(one.mean),
        )


def _placing(side: str, it: Result, score: Points) -> Placing:
    return Placing(side, it.event, it.rank, it.sharing, it.medal, it.entry, it.total, score)


def result_points(rule: StandingRule, result: Result) -> Points | None:
    """What one result brings for its place, counted or not; ``None`` where totals are added."""
    match rule:
        case SeasonRule(points=points) if points:
            return _published(match_value(rule, result.rank, result.sharing, result.total))
        case OverallRule(by=by) if by is not OverallBy.TOTALS:
            return _published(placing_points(rule, _placing("", result, result.total)))
        case _:
            return None


def _side(rule: TeamRule | OverallRule, result: Result) -> str:
    return result.unit if rule.of is Sides.UNIT else result.team


def _published(value: Exact) -> Points:
    return round_exact(value, Rounding())


def _star(standing: CombinedStanding, total: Points) -> str:
    found = star_of(standing.stars, total)
    return found.grade if found is not None else ""


def check_standings(
    standings: Sequence[CombinedStanding], events: Iterable[EventCode]
) -> Iterator[RuleBroken]:
    """What keeps these rules from being used."""
    known = set(events)
    for repeated, times in Counter(it.id for it in standings).items():
        if times > 1:
            yield RuleBroken("standing-repeated", standing=repeated)
    for one in standings:
        for event in (*one.events, *_weighted(one.rule)):
            if event not in known:
                yield RuleBroken("standing-event-unknown", standing=one.id, event=event)
        if not _is_usable(one.rule):
            yield RuleBroken("standing-rule-unfit", standing=one.id)
        if stars_fault(one.stars):
            yield RuleBroken("standing-stars-unfit", standing=one.id)
        only_quotas = Awards(**{name: getattr(one.awards, name) for name in QUOTA_RULES})
        if one.awards != only_quotas or any(check_awards(one.awards, one.id)):
            yield RuleBroken("standing-awards-unfit", standing=one.id)


def _weighted(rule: StandingRule) -> list[EventCode]:
    return [it.event for it in rule.weights] if isinstance(rule, OverallRule) else []


def _is_usable(rule: StandingRule) -> bool:
    """Whether the numbers can be met. A season may still have fewer matches than will count."""
    match rule:
        case SeasonRule(best=best, points=points, least=least):
            counts = least >= 1 and (best is None or best >= 1)
            return counts and _falls([points_of(it) for it in points])
        case TeamRule(kind=kind, members=members, best=best):
            return members >= 1 and (kind is not TeamKind.BEST or 1 <= best <= members)
        case OverallRule(
            points=points, best_per_event=per_event, best_events=best, weights=weights
        ):
            limits = all(limit is None or limit >= 1 for limit in (per_event, best))
            events = [it.event for it in weights]
            heavy = all(not is_too_fine(it.weight) and it.weight > 0 for it in weights)
            once = len(events) == len(set(events))
            return limits and heavy and once and _falls([points_of(it) for it in points])


def _falls(points: Sequence[Points]) -> bool:
    return list(points) == sorted(points, reverse=True) and min(points, default=0) >= 0
