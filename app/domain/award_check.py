"""Whether the awards of an event, or of a standing over several, can be given as written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from app.domain.award_rules import Awards
from app.domain.errors import RuleBroken
from app.domain.method_check import is_too_fine


def check_awards(awards: Awards, event: str) -> Iterator[RuleBroken]:
    """What is wrong with the quotas."""
    percents = Decimal(0)
    for quota in awards.quotas:
        where = {"event": event, "award": quota.award}
        if not quota.award.strip():
            yield RuleBroken("award-without-name", event=event)
        if [quota.percent, quota.number, quota.within_percent].count(None) != 2:
            yield RuleBroken("quota-percent-or-number", **where)
        for percent in (quota.percent, quota.within_percent):
            if percent is not None and not _is_share(percent):
                yield RuleBroken("quota-percent", **where)
        if quota.percent is not None and _is_share(quota.percent):
            percents += quota.percent
        if quota.number is not None and quota.number < 1:
            yield RuleBroken("quota-number", **where)
        if quota.minimum is not None and is_too_fine(quota.minimum):
            yield RuleBroken("quota-minimum", **where)
    if percents > 100:
        yield RuleBroken("quota-percents-sum", event=event, sum=format(percents.normalize(), "f"))
    for name, times in Counter(quota.award for quota in awards.quotas).items():
        if times > 1:
            yield RuleBroken("award-repeated", event=event, id=name)


def _is_share(percent: Decimal) -> bool:
    return percent.is_finite() and 0 < percent <= 100
