"""Teams and delegations: marks of several people as one, and the overall ranking (团体).

A missing member counts 0; a team that shares one mark has it once, however many certificates are
printed. Domain rules 1.8 and 3.8.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.domain.ids import EntryId
from app.domain.medals import MEDAL_POINTS, Medal
from app.domain.points import SCALE, ZERO, Exact, Points
from app.domain.season import place_points
from app.domain.standing_rules import OverallBy, OverallRule, TeamKind, TeamRule
from app.domain.standings import ranks

_NONE = EntryId("")


def counting(rule: TeamRule) -> int:
    """How many marks of a team count at the most."""
    return rule.best if rule.kind is TeamKind.BEST else rule.members


def team_total(rule: TeamRule, marks: Sequence[Exact]) -> Exact:
    """The team's mark: the sum, the sum of the best, or the mean over all places of the team."""
    total = Fraction(sum(sorted(marks, reverse=True)[: counting(rule)]))
    return total / rule.members if rule.kind is TeamKind.MEAN else total


@dataclass(frozen=True, slots=True)
class Placing:
    """Where a competitor or team of a delegation came in one event; a team is one competitor.

    ``score`` is what the comparison of members adds up: the total, or the scaled score.
    """

    delegation: str
    event: str
    rank: int
    sharing: int = 1
    medal: Medal | None = None
    entry: EntryId = _NONE
    total: Points = ZERO
    score: Points = ZERO


@dataclass(frozen=True, slots=True)
class Delegation:
    """One delegation's standing; ``average`` is over its competitors that were placed.

    ``counts`` are its first, second, third ... places, or gold, silver, bronze, medallion: they
    part equal totals. ``scoring`` are the placings that count, those of its best event first;
    ``scores`` and ``mean`` are the sum and the mean of the scores of all that were placed.
    """

    name: str
    rank: int
    total: Exact
    average: Exact
    counts: tuple[int, ...]
    scoring: tuple[Placing, ...]
    scores: Exact
    mean: Exact


def overall(rule: OverallRule, placings: Iterable[Placing]) -> tuple[Delegation, ...]:
    """The overall ranking of delegations, best first."""
    own: dict[str, list[Placing]] = {}
    for placing in placings:
        own.setdefault(placing.delegation, []).append(placing)
    scoring = {name: _scoring(rule, placed) for name, placed in own.items()}
    totals = {name: _sum(rule, placed) for name, placed in scoring.items()}
    counts = {name: _counts(rule, placed) for name, placed in own.items()}
    order = ranks({name: [totals[name], *counts[name]] for name in own})
    scores = {name: sum(it.score for it in placed) for name, placed in own.items()}
    return tuple(
        Delegation(
            name=name,
            rank=place,
            total=totals[name],
            average=totals[name] / len(own[name]),
            counts=counts[name],
            scoring=scoring[name],
            scores=scores[name],
            mean=Fraction(scores[name], len(own[name])),
        )
        for name, place in order.items()
    )


def _scoring(rule: OverallRule, placings: Sequence[Placing]) -> tuple[Placing, ...]:
    """The placings that count: the best of each event, in the best events."""
    by_event: dict[str, list[Placing]] = {}
    for placing in sorted(placings, key=lambda it: (-placing_points(rule, it), it.event, it.entry)):
        by_event.setdefault(placing.event, []).append(placing)
    best = [own[: rule.best_per_event] for own in by_event.values()]
    best.sort(key=lambda own: -_sum(rule, own))
    return tuple(it for own in best[: rule.best_events] for it in own if placing_points(rule, it))


def _sum(rule: OverallRule, placings: Iterable[Placing]) -> Fraction:
    return sum((placing_points(rule, it) for it in placings), start=Fraction(0))


def placing_points(rule: OverallRule, placing: Placing) -> Fraction:
    """What one place brings, the weight of its event included."""
    weight = next((it.weight for it in rule.weights if it.event == placing.event), 1)
    return _unweighted(rule, placing) * Fraction(weight)


def _unweighted(rule: OverallRule, placing: Placing) -> Fraction:
    if rule.by is OverallBy.TOTALS:
        return Fraction(placing.total)
    if rule.points:
        return Fraction(place_points(rule.points, placing.rank, placing.sharing))
    return Fraction(MEDAL_POINTS[placing.medal] * SCALE if placing.medal else 0)


def _counts(rule: OverallRule, placings: Sequence[Placing]) -> tuple[int, ...]:
    if rule.by is OverallBy.TOTALS:
        return ()
    if rule.points:
        places = Counter(placing.rank for placing in placings)
        return tuple(places[place] for place in range(1, len(rule.points) + 1))
    medals = Counter(placing.medal for placing in placings)
    return tuple(medals[medal] for medal in Medal)
