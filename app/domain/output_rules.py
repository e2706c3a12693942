"""The rules of output counted by day (产量竞赛): periods with a target, each feeding one aspect.

What a count is worth stays with the method of the aspect, which takes the count of the period as
what was measured. The target is what progress is shown against; it gives no mark by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct

from app.domain.ids import AspectId
from app.domain.methods import Count, Direct, Linear, Method, Tolerance
from app.domain.typed import check_day


class OutputPeriod(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """计数周期: the days from ``first`` to ``last`` (ISO dates, both included), and the target of
    each team in them."""

    feeds: AspectId
    first: str
    last: str
    target: Decimal


class OutputRules(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """产量规则: what is counted, and the periods in order. A day lies in one of them or in none."""

    unit: str = ""
    unit_en: str = ""
    periods: tuple[OutputPeriod, ...] = ()

    def period_of(self, day: str) -> OutputPeriod | None:
        """The period an ISO date lies in."""
        return next((one for one in self.periods if one.first <= day <= one.last), None)


def takes_counts(method: Method) -> bool:
    """Whether the count of a period can be the entry of this method."""
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
    if any(one.target <= 0 for one in rules.periods):
        yield "target"
    if len({one.feeds for one in rules.periods}) < len(rules.periods):
        yield "aspect-twice"
