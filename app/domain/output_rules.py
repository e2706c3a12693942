"""The rules of output counted by day (产量竞赛): periods with a target, each feeding one aspect.

What a count is worth stays with the method of the aspect, which takes the count of the period as
what was measured, or its share of the target of the team in per cent.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from msgspec import Struct

from app.domain.ids import AspectId
from app.domain.methods import Count, Direct, Linear, Method, Tolerance
from app.domain.typed import check_day


class CountedAs(StrEnum):
    """计分依据: what the count of a period is handed to the aspect as."""

    QUANTITY = "quantity"
    PERCENT = "percent"


class OutputPeriod(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """计数周期: the days from ``first`` to ``last`` (ISO dates, both included), and the target of
    each team that has none of its own in them."""

    feeds: AspectId
    first: str
    last: str
    target: Decimal
    counted_as: CountedAs = CountedAs.QUANTITY


class TeamTarget(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """本队目标: the target of the team with the number ``entry`` in the period that feeds the
    aspect, in place of the one for all."""

    feeds: AspectId
    entry: str
    target: Decimal


class OutputRules(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """产量规则: what is counted, and the periods in order. A day lies in one of them or in none."""

    unit: str = ""
    unit_en: str = ""
    periods: tuple[OutputPeriod, ...] = ()
    targets: tuple[TeamTarget, ...] = ()

    def period_of(self, day: str) -> OutputPeriod | None:
        """The period an ISO date lies in."""
        return next((one for one in self.periods if one.first <= day <= one.last), None)

    def target_of(self, period: OutputPeriod, number: str) -> Decimal:
        """The target of the team with this number: its own, else the one for all."""
        own = (
            one.target for one in self.targets if (one.feeds, one.entry) == (period.feeds, number)
        )
        return next(own, period.target)


def takes_counts(method: Method, counted_as: CountedAs) -> bool:
    """Whether what a period comes to can be the entry of this method: a share is no whole number,
    which is what things counted one by one are."""
    if counted_as is CountedAs.PERCENT and isinstance(method, Count):
        return False
    return isinstance(method, Linear | Tolerance | Count | Direct)


def output_faults(rules: OutputRules) -> Iterator[str]:
    """What is wrong with the periods, as the end of a fault's code."""
    if not rules.periods:
        yield "without-periods"
    if any(check_day(day) for one in rules.periods for day in (one.first, one.last)):
        yield "day"
    elif any(one.first > one.last for one in rules.periods) or any(
        before.last >= after.first for before, after in pairwise(rules.periods)
    ):
        yield "order"
    if any(one <= 0 for one in _figures(rules)):
        yield "target"
    if len({one.feeds for one in rules.periods}) < len(rules.periods):
        yield "aspect-twice"
    if len({(one.feeds, one.entry) for one in rules.targets}) < len(rules.targets):
        yield "team-twice"
    if not {one.feeds for one in rules.targets} <= {one.feeds for one in rules.periods}:
        yield "target-period"


def _figures(rules: OutputRules) -> tuple[Decimal, ...]:
    return (*(one.target for one in rules.periods), *(one.target for one in rules.targets))
