"""Proposals (合理化建议) from their records: state, benefit, points, and which period counts them.

A proposal counts in one period only, that of its submission or that of its verification. Records of
two laptops may contradict each other: a step the rules do not know is left out and counted.
Source: domain rules 3.6.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from app.domain.errors import RuleBroken
from app.domain.facts.proposals import BenefitVerified, ProposalMoved, ProposalSubmitted
from app.domain.ids import EntryId, OpId
from app.domain.methods import Benefit
from app.domain.methods.proposals import benefit_mark
from app.domain.points import ZERO, Points, plain_points, points_of
from app.domain.proposal_rules import NEXT, CountedBy, Counts, ProposalRules, ProposalState
from app.domain.typed import NO_PARTS, known_parts, parse_measured

ProposalFact: TypeAlias = ProposalSubmitted | ProposalMoved | BenefitVerified

_AHEAD: Mapping[ProposalState, ProposalState] = {
    after: before for before, later in NEXT.items() for after in later
}
_VERIFIABLE = (ProposalState.IMPLEMENTED, ProposalState.VERIFIED)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal as it stands. ``reached`` are the states it has gone through, in order.

    ``verified_on`` is the day it passed verification, empty before that; ``ignored`` counts records
    that do not follow from those before them.
    """

    id: OpId
    entry: EntryId
    title: str
    submitted_on: str
    stated: str
    reached: tuple[ProposalState, ...] = (ProposalState.SUBMITTED,)
    verified: str = ""
    verified_on: str = ""
    mark: Points | None = None
    money: str = ""
    ignored: int = 0

    @property
    def state(self) -> ProposalState:
        return self.reached[-1]

    def has(self, state: ProposalState) -> bool:
        """Whether it has come through this state, and not back again."""
        return state in self.reached


def proposals_from(records: Iterable[tuple[OpId, ProposalFact]]) -> dict[OpId, Proposal]:
    """All proposals, from their records in replay order."""
    found: dict[OpId, Proposal] = {}
    for op, fact in records:
        match fact:
            case ProposalSubmitted():
                found[op] = Proposal(op, fact.entry, fact.title, fact.on, fact.stated)
            case ProposalMoved() if fact.proposal in found:
                found[fact.proposal] = _moved(found[fact.proposal], fact)
            case BenefitVerified() if fact.proposal in found:
                found[fact.proposal] = replace(found[fact.proposal], verified=fact.verified)
            case _:
                continue
    return found


def _moved(known: Proposal, fact: ProposalMoved) -> Proposal:
    if fact.state is _AHEAD.get(known.state):
        return _taken_back(known)
    if fact.state not in NEXT[known.state]:
        return replace(known, ignored=known.ignored + 1)
    is_verified = fact.state is ProposalState.VERIFIED
    return replace(
        known,
        reached=(*known.reached, fact.state),
        verified_on=fact.on if is_verified else known.verified_on,
        mark=fact.mark if fact.state is ProposalState.REVIEWED else known.mark,
        money=fact.money if fact.state is ProposalState.REWARDED else known.money,
    )


def _taken_back(known: Proposal) -> Proposal:
    left = known.state
    return replace(
        known,
        reached=known.reached[:-1],
        verified_on="" if left is ProposalState.VERIFIED else known.verified_on,
        mark=None if left is ProposalState.REVIEWED else known.mark,
        money="" if left is ProposalState.REWARDED else known.money,
    )


def step_back(known: Proposal) -> ProposalState | None:
    """The state that taking the last step back leads to."""
    return _AHEAD.get(known.state)


def may_move(
    rules: ProposalRules,
    known: Proposal,
    state: ProposalState,
    *,
    mark: Points | None = None,
    reason: str = "",
) -> RuleBroken | None:
    """Why a proposal cannot go to this state now, or ``None`` when it can."""
    is_back = state is step_back(known)
    if not is_back and state not in NEXT[known.state]:
        return RuleBroken("proposal-step", state=known.state.value, wanted=state.value)
    if (is_back or state is ProposalState.REJECTED) and not reason.strip():
        return RuleBroken("proposal-needs-reason")
    if is_back:
        return None
    if state is ProposalState.VERIFIED and rules.kinds and not known.verified:
        return RuleBroken("proposal-not-verified")
    if state is ProposalState.REVIEWED:
        most = points_of(rules.review_most)
        if most and (mark is None or not 0 <= mark <= most):
            return RuleBroken("proposal-mark", most=plain_points(most))
    return None


def may_verify(known: Proposal) -> RuleBroken | None:
    """Why the benefit of a proposal cannot be verified now, or ``None`` when it can."""
    if known.state in _VERIFIABLE:
        return None
    return RuleBroken("proposal-verify-when", state=known.state.value)


def check_benefit(rules: ProposalRules, text: str) -> RuleBroken | None:
    """Why this is no benefit the rules know, or ``None`` when it is."""
    try:
        for value in known_parts(text, [kind.code for kind in rules.kinds]).values():
            if parse_measured(value) < 0:
                return RuleBroken("benefit-negative", value=value[:40])
    except RuleBroken as refusal:
        return refusal
    return None


def proposal_points(rules: ProposalRules, known: Proposal) -> Points:
    """``points of the furthest state + marks of the verified benefit + the committee's mark``.

    A rejected proposal keeps the points of the state before unless the rules have points for
    ``rejected``, which may be 0; benefit counts once it is verified.
    """
    by_state = {one.state: points_of(one.points) for one in rules.states}
    reached = [by_state[state] for state in known.reached if state in by_state]
    points = reached[-1] if reached else ZERO
    if known.has(ProposalState.VERIFIED) and known.verified:
        kinds = Benefit(rules.kinds)
        ample = points_of(Decimal(10**9))
        points = Points(points + benefit_mark(kinds, ample, known.verified))
    return Points(points + (known.mark or ZERO))


def counted_on(rules: ProposalRules, known: Proposal) -> str:
    """The day that puts a proposal into a period; empty while it counts nowhere."""
    if rules.counted_by is CountedBy.SUBMISSION:
        return known.submitted_on
    return known.verified_on


def proposal_scores(
    rules: ProposalRules, entries: Iterable[EntryId], proposals: Iterable[Proposal]
) -> dict[EntryId, Points]:
    """Every entrant's points; who proposed nothing has none."""
    scores = dict.fromkeys(entries, ZERO)
    for one in proposals:
        if one.entry in scores:
            points, before = proposal_points(rules, one), scores[one.entry]
            is_sum = rules.counts is Counts.SUM
            scores[one.entry] = Points(before + points) if is_sum else max(before, points)
    return scores


def in_days(
    rules: ProposalRules, proposals: Iterable[Proposal], starts: str, ends: str
) -> list[Proposal]:
    """The proposals that count from one ISO date to another, both included; empty is unbounded."""
    return [
        one
        for one in proposals
        if (day := counted_on(rules, one)) and day >= starts and (not ends or day <= ends)
    ]


def benefit_total(proposals: Iterable[Proposal], code: str, *, verified: bool) -> Decimal:
    """What proposals save of one kind, as stated or, of those that passed it, as verified."""
    total = Decimal(0)
    for one in proposals:
        counts = one.has(ProposalState.VERIFIED) if verified else True
        text = (one.verified or NO_PARTS) if verified else one.stated
        total += parse_measured(known_or_none(text, code)) if counts else 0
    return total


def known_or_none(text: str, code: str) -> str:
    """One value out of a benefit, ``0`` when it is not in it."""
    for piece in text.split(";"):
        name, _, value = piece.partition("=")
        if name.strip() == code:
            return value.strip()
    return "0"
