"""Who gets which award from a ranking, by quota (奖项设置).

Every division of an event has the quotas for itself. A fractional quota is settled level by level
or on the running sum, as the scheme says; for 23 entries and 10/20/30 % that is the difference
between 2/4/6 and 2/4/7. Entries outside the awards (打星) are neither counted nor awarded. Domain
rules 2.9.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import groupby
from operator import itemgetter

from app.domain.divisions import by_division, division_of
from app.domain.entries import Entry, EntryState
from app.domain.ids import EntryId
from app.domain.points import Points, RoundingMode, divide, points_of
from app.domain.ranking import RankedRow, Ranking
from app.domain.scheme import Awards, BoundaryTie, Event, QuotaBase, QuotaRounding

_MODES = {
    QuotaRounding.FLOOR: RoundingMode.FLOOR,
    QuotaRounding.CEIL: RoundingMode.CEIL,
    QuotaRounding.HALF_UP: RoundingMode.HALF_UP,
}


def award_base(awards: Awards, entries: Iterable[Entry], rows: Iterable[RankedRow]) -> int:
    """How many competing entries a percentage is taken of; ``rows`` are those ranked.

    Checked in are those who came, also when disqualified later, and those who were ranked without
    anybody checking them in; who withdrew is not counted.
    """
    competing = [entry for entry in entries if entry.competing]
    ranked = {row.entry for row in rows}
    match awards.base:
        case QuotaBase.REGISTERED:
            return len(competing)
        case QuotaBase.RANKED:
            return len(ranked)
        case QuotaBase.CHECKED_IN:
            came = (EntryState.CHECKED_IN, EntryState.DISQUALIFIED)
            return sum(entry.state in came or entry.id in ranked for entry in competing)


def _bounds(awards: Awards, base: int) -> list[int]:
    """The last place that each award reaches down to."""
    mode = _MODES[awards.rounding]
    bounds: list[int] = []
    exact, settled = Fraction(0), 0
    for quota in awards.quotas:
        if quota.within_percent is not None:
            exact = max(exact, Fraction(quota.within_percent) * base / 100)
            settled = max(settled, divide(exact, 1, mode))
        else:
            share = Fraction(quota.number or 0)
            if quota.percent is not None:
                share = Fraction(quota.percent) * base / 100
            exact += share
            size = divide(share, 1, mode)
            settled = divide(exact, 1, mode) if awards.cumulative else settled + size
        if awards.at_least_one_first and base:
            settled = max(settled, 1)
        bounds.append(settled)
    return bounds


def give_awards(event: Event, entries: Iterable[Entry], ranking: Ranking) -> dict[EntryId, str]:
    """The award of every entry, ``""`` for none.

    Entries sharing a rank get the same award: where they straddle the last place of one, all of
    them get it or none does, and the places they take are taken from what follows. A place whose
    minimum nobody reaches stays vacant; it is not handed down.
    """
    given = {row.entry: "" for row in (*ranking.rows, *ranking.guests)}
    given |= {row.entry: "" for row in ranking.apart}
    known = list(entries)
    for division, rows in by_division(ranking.rows).items():
        own = known
        if event.divided_by is not None:
            own = [entry for entry in known if division_of(event, entry) == division]
        base = award_base(event.awards, own, rows)
        names = awarded(event.awards, base, [(row.rank, row.total) for row in rows])
        given |= zip((row.entry for row in rows), names, strict=True)
    return given


def awarded(awards: Awards, base: int, places: Iterable[tuple[int, Points]]) -> list[str]:
    """The award of every place, given as rank and total in order of rank; ``""`` for none."""
    given: list[str] = []
    bounds = _bounds(awards, base) if base >= awards.least_entries else []
    vacant = 0
    for _, group in groupby(places, key=itemgetter(0)):
        sharing = list(group)
        level = _level(awards, bounds, sharing, vacant)
        rank, total = sharing[0]
        while level < len(bounds) and not _reaches(awards, level, total):
            vacant = max(vacant, bounds[level] - rank + 1)
            level += 1
            # A level may be empty on the running sum: nobody falls into it from above either.
            while level < len(bounds) and bounds[level] == bounds[level - 1]:
                level += 1
        name = awards.quotas[level].award if level < len(bounds) else ""
        given += [name] * len(sharing)
    return given


def _level(
    awards: Awards, bounds: Sequence[int], sharing: Sequence[tuple[int, Points]], vacant: int
) -> int:
    """The award these places fall into; the number of awards for none."""
    first = sharing[0][0]
    place = first + vacant
    if awards.boundary is BoundaryTie.EXCLUDE and not (awards.at_least_one_first and first == 1):
        place += len(sharing) - 1
    return next((level for level, bound in enumerate(bounds) if place <= bound), len(bounds))


def _reaches(awards: Awards, level: int, total: Points) -> bool:
    minimum = awards.quotas[level].minimum
    return minimum is None or total >= points_of(minimum)
