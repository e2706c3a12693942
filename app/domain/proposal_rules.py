"""The rules of proposals (合理化建议): what one earns, when it counts, its states.

The points of an entrant's proposals are carried into one aspect that is given directly; everything
after that, the ranking included, is as in any event. Source: domain rules 3.6.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from app.domain.ids import AspectId
from app.domain.methods import BenefitKind


class ProposalState(StrEnum):
    """How far a proposal has come: 提交, 受理, 立项 or 不采纳, 实施, 验收, 评审, 奖励."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    ADOPTED = "adopted"
    REJECTED = "rejected"
    IMPLEMENTED = "implemented"
    VERIFIED = "verified"
    REVIEWED = "reviewed"
    REWARDED = "rewarded"


NEXT: Mapping[ProposalState, tuple[ProposalState, ...]] = {
    ProposalState.SUBMITTED: (ProposalState.ACCEPTED,),
    ProposalState.ACCEPTED: (ProposalState.ADOPTED, ProposalState.REJECTED),
    ProposalState.ADOPTED: (ProposalState.IMPLEMENTED,),
    ProposalState.REJECTED: (),
    ProposalState.IMPLEMENTED: (ProposalState.VERIFIED,),
    ProposalState.VERIFIED: (ProposalState.REVIEWED,),
    ProposalState.REVIEWED: (ProposalState.REWARDED,),
    ProposalState.REWARDED: (),
}
"""The steps forward. Back goes one step at a time, by the chief judge and with a reason."""


class CountedBy(StrEnum):
    """Which day puts a proposal into a period; it counts in that one and no other."""

    SUBMISSION = "submission"
    VERIFICATION = "verification"


class Counts(StrEnum):
    """What an entrant's proposals come to: all of them together, or the best one."""

    SUM = "sum"
    BEST = "best"


class Span(StrEnum):
    """How long a period is (月、季、半年)."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"


class PeriodAward(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """周期奖项: an award of every month, quarter or half-year; ``minimum`` is the least points that
    earn it. Those of one span are given in the order listed."""

    span: Span
    award: str
    award_en: str = ""
    number: int = 1
    minimum: Decimal | None = None


class StatePoints(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """Points for a proposal that has reached ``state``; those of the furthest state count.

    One turned down keeps those of the states it came through, unless ``rejected`` has its own.
    """

    state: ProposalState
    points: Decimal


class ProposalRules(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """合理化建议规则: points by state reached, by verified benefit, and by the committee's mark.

    ``kinds`` are what is saved in a year or month (yuan, hours, hazards) with marks by bands;
    ``review_most`` is the highest mark the committee may give. ``starts`` and ``ends`` (ISO dates,
    both included) bound what counts in the event's own result. A span without ``period_awards`` has
    the awards of the event.
    """

    aspect: AspectId
    counted_by: CountedBy = CountedBy.SUBMISSION
    counts: Counts = Counts.SUM
    kinds: tuple[BenefitKind, ...] = ()
    states: tuple[StatePoints, ...] = ()
    review_most: Decimal = Decimal(0)
    starts: str = ""
    ends: str = ""
    period_awards: tuple[PeriodAward, ...] = ()


def proposal_faults(rules: ProposalRules) -> Iterator[str]:
    """What is wrong with the rules, as the end of a fault's code."""
    if len({one.state for one in rules.states}) < len(rules.states):
        yield "state-repeated"
    if rules.review_most < 0 or any(one.points < 0 for one in rules.states):
        yield "negative"
    if any(band.lowest is not None for kind in rules.kinds for band in kind.bands):
        yield "band-range"
    if rules.starts and rules.ends and rules.starts > rules.ends:
        yield "dates"
    if any(one.number < 1 or not one.award.strip() for one in rules.period_awards):
        yield "period-award"
