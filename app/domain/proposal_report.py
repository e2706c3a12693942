"""What a period of proposals came to: months, quarters, half-years, and their rates (统计).

Rates are exact fractions, ``None`` where there is nothing to divide by. Source: domain rules 3.6.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from msgspec.structs import replace

from app.domain.award_rules import Quota
from app.domain.entries import Entry
from app.domain.proposal_rules import ProposalRules, ProposalState, Span
from app.domain.proposals import Proposal, benefit_total, counted_on
from app.domain.scheme import Event

_MONTHS: Mapping[Span, int] = {Span.MONTH: 1, Span.QUARTER: 3, Span.HALF: 6}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One period: ``number`` is that of the month, quarter or half-year in its year, from 1."""

    year: int
    number: int
    span: Span

    @property
    def starts(self) -> str:
        return date(self.year, _MONTHS[self.span] * (self.number - 1) + 1, 1).isoformat()

    @property
    def ends(self) -> str:
        months = _MONTHS[self.span] * self.number
        after = date(self.year + months // 12, months % 12 + 1, 1)
        return (after - timedelta(days=1)).isoformat()


def period_of(day: str, span: Span) -> Period:
    """The period an ISO date lies in."""
    year, month = int(day[:4]), int(day[5:7])
    return Period(year, (month - 1) // _MONTHS[span] + 1, span)


def periods(rules: ProposalRules, proposals: Iterable[Proposal], span: Span) -> tuple[Period, ...]:
    """The periods in which anything counts, latest first."""
    days = {counted_on(rules, one) for one in proposals} - {""}
    return tuple(sorted({period_of(day, span) for day in days}, reverse=True))


def event_in(event: Event, rules: ProposalRules, period: Period | None) -> Event:
    """The event with the awards that a period has for itself."""
    own = tuple(
        Quota(award=one.award, award_en=one.award_en, number=one.number, minimum=one.minimum)
        for one in rules.period_awards
        if period is not None and one.span is period.span
    )
    return replace(event, awards=replace(event.awards, quotas=own)) if own else event


@dataclass(frozen=True, slots=True)
class BenefitLine:
    """One kind of benefit added up, as stated and as verified."""

    code: str
    stated: Decimal
    verified: Decimal


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """``accepted`` have come through acceptance, whatever became of them; ``proposers`` handed in
    at least one; ``people`` are all members of all entries."""

    count: int
    accepted: int
    adopted: int
    implemented: int
    proposers: int
    entries: int
    people: int
    benefit: tuple[BenefitLine, ...]

    @property
    def per_head(self) -> Fraction | None:
        """人均件数: proposals by people."""
        return _share(self.count, self.people)

    @property
    def participation(self) -> Fraction | None:
        """参与率: entries that proposed anything, by all entries."""
        return _share(self.proposers, self.entries)

    @property
    def adoption(self) -> Fraction | None:
        """采纳率: adopted by accepted."""
        return _share(self.adopted, self.accepted)

    @property
    def implementation(self) -> Fraction | None:
        """实施率: implemented by adopted."""
        return _share(self.implemented, self.adopted)


def report(
    rules: ProposalRules, entries: Sequence[Entry], proposals: Collection[Proposal]
) -> PeriodReport:
    """The figures of these proposals among these entries."""
    return PeriodReport(
        count=len(proposals),
        accepted=_reached(proposals, ProposalState.ACCEPTED),
        adopted=_reached(proposals, ProposalState.ADOPTED),
        implemented=_reached(proposals, ProposalState.IMPLEMENTED),
        proposers=len({one.entry for one in proposals} & {entry.id for entry in entries}),
        entries=len(entries),
        people=sum(entry.members for entry in entries),
        benefit=tuple(
            BenefitLine(
                kind.code,
                benefit_total(proposals, kind.code, verified=False),
                benefit_total(proposals, kind.code, verified=True),
            )
            for kind in rules.kinds
        ),
    )


def _reached(proposals: Iterable[Proposal], state: ProposalState) -> int:
    return sum(one.has(state) for one in proposals)


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None
