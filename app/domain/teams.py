"""Teams and delegations: marks of several people as one, and the overall ranking (团体).

A missing member counts 0; a team that shares one mark has it once, however many certificates are
printed. Domain rules 1.8 and 3.8.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from app.domain.medals import MEDAL_POINTS, Medal
from app.domain.points import SCALE, Exact
from app.domain.rounds import place_points
from app.domain.standings import ranks

__all__ = [
    "Delegation",
    "OverallRule",
    "Placing",
    "TeamKind",
    "TeamRule",
    "overall",
    "team_standings",
    "team_total",
]


class TeamKind(StrEnum):
    """How members' marks become the team's."""

    SUM = "sum"
    BEST = "best"
    MEAN = "mean"


class TeamRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """团体成绩: over ``members`` people, of whom the ``best`` count for that kind."""

    kind: TeamKind = TeamKind.SUM
    members: int = 3
    best: int = 3


def team_total(rule: TeamRule, marks: Sequence[Exact]) -> Exact:
    """The team's mark: the sum, the sum of the best, or the mean over all places of the team."""
    best_first = sorted(marks, reverse=True)
    match rule.kind:
        case TeamKind.SUM:
            return sum(best_first[: rule.members], start=Fraction(0))
        case TeamKind.BEST:
            return sum(best_first[: rule.best], start=Fraction(0))
        case TeamKind.MEAN:
            return Fraction(sum(best_first[: rule.members], start=Fraction(0))) / rule.members


def team_standings(
    rule: TeamRule, members: Mapping[str, Sequence[Sequence[Exact]]]
) -> dict[str, tuple[int, Exact]]:
    """Rank and total of every team. A member is a row of values: total, then what parts ties.

    Ties are parted by the team's second values, then its third, all made the same way.
    """
    values: dict[str, list[Exact]] = {}
    for team, people in members.items():
        width = max((len(person) for person in people), default=1)
        values[team] = [team_total(rule, [person[n] for person in people]) for n in range(width)]
    placed = ranks(values)
    return {
        team: (placed[team], values[team][0]) for team in sorted(placed, key=placed.__getitem__)
    }


@dataclass(frozen=True, slots=True)
class Placing:
    """Where a competitor or team of a delegation came in one event; a team is one competitor."""

    delegation: str
    event: str
    rank: int
    sharing: int = 1
    medal: Medal | None = None


class OverallRule(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """总团体: points for places, or without a table for medals (4, 3, 2, 1).

    ``best_per_event`` limits how many of a delegation score in one event, ``best_events`` in how
    many events it scores.
    """

    points: tuple[Decimal, ...] = ()
    best_per_event: int | None = None
    best_events: int | None = None


@dataclass(frozen=True, slots=True)
class Delegation:
    """One delegation's standing; ``average`` is over its competitors that were placed.

    ``counts`` are its first, second, third ... places, or gold, silver, bronze, medallion: they
    part equal totals.
    """

    name: str
    rank: int
    total: Exact
    average: Exact
    counts: tuple[int, ...]


def overall(rule: OverallRule, placings: Iterable[Placing]) -> tuple[Delegation, ...]:
    """The overall ranking of delegations, best first."""
    own: dict[str, list[Placing]] = {}
    for placing in placings:
        own.setdefault(placing.delegation, []).append(placing)
    totals = {name: _total(rule, placed) for name, placed in own.items()}
    counts = {name: _counts(rule, placed) for name, placed in own.items()}
    order = ranks({name: [totals[name], *counts[name]] for name in own})
    return tuple(
        Delegation(name, place, totals[name], totals[name] / len(own[name]), counts[name])
        for name, place in order.items()
    )


def _total(rule: OverallRule, placings: Sequence[Placing]) -> Fraction:
    by_event: dict[str, list[Fraction]] = {}
    for placing in placings:
        by_event.setdefault(placing.event, []).append(_points(rule, placing))
    sums = [
        sum(sorted(points, reverse=True)[: rule.best_per_event], Fraction(0))
        for points in by_event.values()
    ]
    return sum(sorted(sums, reverse=True)[: rule.best_events], Fraction(0))


def _points(rule: OverallRule, placing: Placing) -> Fraction:
    if rule.points:
        return Fraction(place_points(rule.points, placing.rank, placing.sharing))
    return Fraction(MEDAL_POINTS[placing.medal] * SCALE if placing.medal else 0)


def _counts(rule: OverallRule, placings: Sequence[Placing]) -> tuple[int, ...]:
    if rule.points:
        places = Counter(placing.rank for placing in placings)
        return tuple(places[place] for place in range(1, len(rule.points) + 1))
    medals = Counter(placing.medal for placing in placings)
    return tuple(medals[medal] for medal in Medal)
