"""The standings of a season of many matches (赛季积分): points for places, the best results count.

Domain rules 3.8.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from app.domain.points import Exact, Points, points_of
from app.domain.standing_rules import SeasonRule
from app.domain.standings import ranks

Of = TypeVar("Of", bound=str)


@dataclass(frozen=True, slots=True)
class SeasonRow:
    """One competitor's season: ``counted`` are the matches that count, best first.

    ``rank`` is ``None`` with too few matches. Equal totals are parted by the best result that
    counts, then the next; then the rank is shared.
    """

    of: str
    rank: int | None
    total: Exact
    counted: tuple[str, ...]
    left_out: tuple[str, ...]


def season(rule: SeasonRule, results: Mapping[Of, Mapping[str, Exact]]) -> tuple[SeasonRow, ...]:
    """The standings over ``results`` by match, in order of rank."""
    counted: dict[Of, list[str]] = {}
    values: dict[Of, list[Exact]] = {}
    for of, own in results.items():
        best_first = sorted(own, key=lambda match: (-own[match], match))
        counted[of] = best_first[: rule.best]
        marks = [own[match] for match in counted[of]]
        values[of] = [sum(marks, start=Fraction(0)), *marks]
    placed = ranks({of: own for of, own in values.items() if len(results[of]) >= rule.least})
    rows = [
        SeasonRow(
            of,
            placed.get(of),
            values[of][0],
            tuple(counted[of]),
            tuple(sorted(set(own) - set(counted[of]))),
        )
        for of, own in results.items()
    ]
    unranked = len(rows) + 1
    return tuple(sorted(rows, key=lambda row: (row.rank or unranked, -row.total, row.of)))


def place_points(points: Sequence[Decimal], rank: int, sharing: int = 1) -> Exact:
    """The points of a place; those who share it share the points of the places they span."""
    table = [points_of(mark) for mark in points]
    return Fraction(sum(table[rank - 1 : rank - 1 + sharing]), sharing)


def match_value(rule: SeasonRule, rank: int, sharing: int, total: Points) -> Exact:
    """What one match brings: points for the place, or the total itself without a table."""
    return place_points(rule.points, rank, sharing) if rule.points else total
