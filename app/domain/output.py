"""Output counted by day (产量): what stands, what it comes to in a period, the pace asked for.

Counts are exact decimals. A period in which a team has no count has no total: nothing counted is
not zero. Where two laptops counted one team and day apart from each other, neither count is taken
before somebody has said which is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from app.domain.entries import Cell, typed_cell, value_cell
from app.domain.errors import RuleBroken
from app.domain.facts.output import OutputCounted
from app.domain.ids import AspectId, EntryId, OpId
from app.domain.methods import takes_text
from app.domain.output_rules import CountedAs, OutputPeriod, OutputRules
from app.domain.points import Points, RoundingMode, divide
from app.domain.scheme import Aspect
from app.domain.typed import parse_measured

DayCell: TypeAlias = tuple[EntryId, str]
"""A team and a day."""

_LARGEST = Decimal(1_000_000_000)
_PLACES = 4


@dataclass(frozen=True, slots=True)
class CountRecord:
    """A count with the record it comes from and the one that it corrects."""

    op: OpId
    replaces: OpId | None
    fact: OutputCounted


@dataclass(frozen=True, slots=True)
class Counts:
    """What stands: ``by_day`` the count of each team and day, ``clashing`` where there are more."""

    by_day: Mapping[DayCell, Decimal]
    clashing: Mapping[DayCell, tuple[OpId, ...]]
    standing: Mapping[DayCell, OpId]

    def total(self, entry: EntryId, period: OutputPeriod) -> Decimal | None:
        """What a team put out in a period, ``None`` before anything of it is counted."""
        found = [
            quantity
            for (team, day), quantity in self.by_day.items()
            if team == entry and period.first <= day <= period.last
        ]
        return sum(found, Decimal(0)) if found else None


def counts_from(records: Iterable[CountRecord]) -> Counts:
    """The counts that stand, from records that were not undone, in replay order."""
    held: dict[DayCell, list[CountRecord]] = {}
    every = list(records)
    corrected = {one.replaces for one in every}
    for one in every:
        if one.op not in corrected:
            held.setdefault((one.fact.entry, one.fact.day), []).append(one)
    single = {cell: found[0] for cell, found in held.items() if len(found) == 1}
    return Counts(
        {cell: parse_measured(one.fact.quantity) for cell, one in single.items()},
        {cell: tuple(one.op for one in found) for cell, found in held.items() if len(found) > 1},
        {cell: one.op for cell, one in single.items()},
    )


def read_quantity(text: str) -> str:
    """A typed count as it is recorded. Raises ``RuleBroken``; a correction is no negative count."""
    value = parse_measured(text)
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int), "a plain decimal is finite"
    if not 0 <= value <= _LARGEST or -exponent > _PLACES:
        raise RuleBroken("output-quantity", value=text.strip()[:40])
    return plain_quantity(value)


def plain_quantity(value: Decimal) -> str:
    """A count without a sign that says nothing and without zeros at its end: ``20``, ``12.5``."""
    text = f"{abs(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def measured(period: OutputPeriod, total: Decimal, target: Decimal) -> Decimal:
    """What the aspect of a period takes: the count, or its share of the team's target in per cent.

    The share is exact and rounded once, half up to the four places that an entry takes.
    """
    match period.counted_as:
        case CountedAs.QUANTITY:
            return total
        case CountedAs.PERCENT:
            share = Fraction(total) * 100 * 10**_PLACES / Fraction(target)
            return Decimal(divide(share, 1, RoundingMode.HALF_UP)).scaleb(-_PLACES)


def output_cell(aspect: Aspect, value: Decimal) -> Cell:
    """The entry that what is measured in a period makes for the aspect it feeds.

    As a mark given directly it is worth at most the maximum.
    """
    cell = typed_cell(aspect, plain_quantity(value))
    if takes_text(aspect.method) or cell.value is None:
        return cell
    return value_cell(Points(min(cell.value, aspect.maximum)))


@dataclass(frozen=True, slots=True)
class Pace:
    """Where a team stands against its target of a period: ``per_day`` is what each of
    ``days_left`` still has to bring, ``None`` when nothing is missing or no day is left."""

    target: Decimal
    done: Decimal
    missing: Decimal
    days_left: int

    @property
    def per_day(self) -> Fraction | None:
        if not self.missing or not self.days_left:
            return None
        return Fraction(self.missing) / self.days_left


def pace(period: OutputPeriod, done: Decimal, *, target: Decimal, after: str) -> Pace:
    """The pace that the rest of a period asks for once a day (ISO) is over."""
    over = max(date.fromisoformat(after), date.fromisoformat(period.first) - timedelta(days=1))
    left = (date.fromisoformat(period.last) - over).days
    return Pace(target, done, max(target - done, Decimal(0)), max(left, 0))


def days_of(rules: OutputRules) -> tuple[str, ...]:
    """Every day from the first of the first period to the last of the last."""
    first, last = (
        date.fromisoformat(rules.periods[0].first),
        date.fromisoformat(rules.periods[-1].last),
    )
    return tuple((first + timedelta(days=n)).isoformat() for n in range((last - first).days + 1))


def target_by(rules: OutputRules, number: str, day: str) -> Fraction:
    """What the team with this number, at an even pace, has put out by the end of a day, over all
    periods."""
    shares = (_share(one, day) * Fraction(rules.target_of(one, number)) for one in rules.periods)
    return sum(shares, Fraction(0))


def done_by(counts: Counts, entry: EntryId, days: Iterable[str]) -> tuple[Decimal, ...]:
    """What a team has put out by the end of each day."""
    total, found = Decimal(0), []
    for day in days:
        total += counts.by_day.get((entry, day), Decimal(0))
        found.append(total)
    return tuple(found)


def last_counted(counts: Counts) -> str:
    """The last day with a count; empty before there is one."""
    return max((day for _, day in counts.by_day), default="")


def fed_periods(rules: OutputRules, days: Iterable[str]) -> tuple[AspectId, ...]:
    """The aspects that counts of these days feed. Raises ``RuleBroken`` for a day outside."""
    found: dict[AspectId, None] = {}
    for day in days:
        period = rules.period_of(day)
        if period is None:
            raise RuleBroken("output-day-outside", day=day[:40])
        found[period.feeds] = None
    return tuple(found)


def _share(period: OutputPeriod, day: str) -> Fraction:
    first, last, now = (date.fromisoformat(one) for one in (period.first, period.last, day))
    length = (last - first).days + 1
    return Fraction(min(max((now - first).days + 1, 0), length), length)
