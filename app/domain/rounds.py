"""From one round to the next: marks carried over, who qualifies, the best of a season (赛程).

An earlier round reaches a later one by weight, as an imported component, or only as a list of who
may come. Domain rules 2.4 and 3.8.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import TypeVar

from msgspec import Struct

from app.domain.award_rules import BoundaryTie
from app.domain.errors import RuleBroken
from app.domain.ids import EntryId
from app.domain.points import Exact, Points, Rounding, plain_points, points_of, round_exact
from app.domain.ranking import RankedRow
from app.domain.standings import ranks

Of = TypeVar("Of", bound=str)


class CarryOver(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """成绩带入: a total out of ``maximum`` becomes a mark out of ``to``, e.g. 3500 points 100.

    The mark is imported like a theory score; its weight is that of its component, often 0.3.
    """

    maximum: Decimal
    to: Decimal = Decimal(100)
    rounding: Rounding = Rounding()


def carried_mark(rule: CarryOver, total: Points) -> Points:
    """``total * to / maximum``, rounded once. Raises ``RuleBroken`` for a total beyond it."""
    maximum = points_of(rule.maximum)
    if not 0 <= total <= maximum:
        raise RuleBroken(
            "carried-total-outside", value=plain_points(total), maximum=plain_points(maximum)
        )
    return round_exact(Fraction(total * points_of(rule.to), maximum), rule.rounding)


class Qualification(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """晋级规则: the best ``places``, at most ``per_unit`` of a unit, then ``reserves``.

    ``None`` sets no limit. ``boundary`` says whether all go who share the last place, or none.
    """

    places: int | None = None
    per_unit: int | None = None
    reserves: int = 0
    minimum: Decimal | None = None
    boundary: BoundaryTie = BoundaryTie.INCLUDE


@dataclass(frozen=True, slots=True)
class Qualified:
    """Who goes up and who stands by (递补), each in order of rank."""

    entries: tuple[EntryId, ...]
    reserves: tuple[EntryId, ...]


def qualify(
    rule: Qualification, rows: Sequence[RankedRow], unit_of: Mapping[EntryId, str]
) -> Qualified:
    """Who goes up from a ranking. Its guests are never among its ``rows``."""
    taken: Counter[str] = Counter()
    able = [row for row in rows if rule.minimum is None or row.total >= points_of(rule.minimum)]
    chosen = _take(rule, able, rule.places, unit_of, taken)
    rest = [row for row in able if row.entry not in chosen]
    reserves = _take(rule, rest, rule.reserves, unit_of, Counter())
    return Qualified(tuple(chosen), tuple(reserves))


def _take(
    rule: Qualification,
    rows: Iterable[RankedRow],
    places: int | None,
    unit_of: Mapping[EntryId, str],
    taken: Counter[str],
) -> list[EntryId]:
    """Rank by rank as long as there are places, for units that have any left."""
    chosen: list[EntryId] = []
    include = rule.boundary is BoundaryTie.INCLUDE
    for _, group in groupby(rows, key=lambda row: row.rank):
        sharing = [row.entry for row in group]
        units = Counter(unit_of[entry] for entry in sharing)
        going = [
            entry
            for entry in sharing
            if rule.per_unit is None
            or taken[unit_of[entry]] + (1 if include else units[unit_of[entry]]) <= rule.per_unit
        ]
        if places is not None and len(chosen) + (1 if include else len(going)) > places:
            break
        chosen += going
        taken.update(unit_of[entry] for entry in going)
    return chosen


class SeasonRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """赛季积分: the ``best`` results of a season count, all of them when ``None``.

    With ``points`` a place earns points, beyond the table none; without, totals are added. Who came
    to fewer than ``least`` matches is not ranked.
    """

    best: int | None = None
    points: tuple[Decimal, ...] = ()
    least: int = 1


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


def match_points(rule: SeasonRule, rows: Sequence[RankedRow]) -> dict[EntryId, Exact]:
    """What one match brings everybody: points by place, or the total itself."""
    if not rule.points:
        return {row.entry: row.total for row in rows}
    sharing = Counter(row.rank for row in rows)
    return {row.entry: place_points(rule.points, row.rank, sharing[row.rank]) for row in rows}
