"""Proposals go step by step, count in one period, and earn by state, benefit and review."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from app.domain.award_rules import Awards, Quota
from app.domain.entries import Entry
from app.domain.facts.proposals import BenefitVerified, ProposalMoved, ProposalSubmitted
from app.domain.ids import AspectId, EntryId, EventCode, OpId
from app.domain.methods import BenefitBand, BenefitKind
from app.domain.points import Points
from app.domain.proposal_report import Period, event_in, period_of, periods, report
from app.domain.proposal_rules import (
    CountedBy,
    Counts,
    PeriodAward,
    ProposalRules,
    ProposalState,
    Span,
    StatePoints,
    proposal_faults,
)
from app.domain.proposals import (
    Proposal,
    ProposalFact,
    check_benefit,
    in_days,
    may_move,
    may_verify,
    proposal_points,
    proposal_scores,
    proposals_from,
)
from app.domain.scheme import Event
from app.domain.typed import check_day

S = ProposalState
EVENT = EventCode("IDEA")
A, B, C = (EntryId(f"IDEA-0{number}") for number in (1, 2, 3))
ONE, TWO = OpId("S7K2-000001"), OpId("S7K2-000002")
MONEY = BenefitKind(
    "money",
    "经济效益",
    (BenefitBand(Decimal(10_000), Decimal(5)), BenefitBand(Decimal(100_000), Decimal(15))),
)
HOURS = BenefitKind("hours", "节约工时", (BenefitBand(Decimal(10), Decimal(4)),))
RULES = ProposalRules(
    aspect=AspectId("P1.1"),
    kinds=(MONEY, HOURS),
    states=(
        StatePoints(state=S.SUBMITTED, points=Decimal(1)),
        StatePoints(state=S.ADOPTED, points=Decimal(3)),
        StatePoints(state=S.VERIFIED, points=Decimal(6)),
    ),
    review_most=Decimal(20),
)


def submitted(entry: EntryId = A, on: str = "2026-03-05", stated: str = "-") -> ProposalSubmitted:
    return ProposalSubmitted(event=EVENT, entry=entry, title="样例建议", on=on, stated=stated)


def moved(proposal: OpId, state: S, on: str = "2026-03-20", **more: object) -> ProposalMoved:
    fact = ProposalMoved(event=EVENT, entry=A, proposal=proposal, state=state, on=on)
    return ProposalMoved(**{name: getattr(fact, name) for name in fact.__struct_fields__} | more)


def verified(proposal: OpId, text: str) -> BenefitVerified:
    return BenefitVerified(event=EVENT, entry=A, proposal=proposal, on="2026-06-01", verified=text)


def records(*facts: ProposalFact) -> list[tuple[OpId, ProposalFact]]:
    return [(OpId(f"S7K2-{number:06d}"), fact) for number, fact in enumerate(facts, start=1)]


def through(*states: S) -> list[ProposalMoved]:
    return [moved(ONE, state) for state in states]


def the_one(*facts: ProposalFact) -> Proposal:
    return proposals_from(records(submitted(), *facts))[ONE]


def test_a_proposal_earns_for_its_furthest_state_its_verified_benefit_and_its_mark() -> None:
    adopted = the_one(*through(S.ACCEPTED, S.ADOPTED))
    assert proposal_points(RULES, adopted) == 30_000
    implemented = the_one(*through(S.ACCEPTED, S.ADOPTED, S.IMPLEMENTED), verified(ONE, "hours=40"))
    assert proposal_points(RULES, implemented) == 30_000, "benefit counts once it passed"
    done = the_one(
        *through(S.ACCEPTED, S.ADOPTED, S.IMPLEMENTED),
        verified(ONE, "hours=40;money=120000"),
        moved(ONE, S.VERIFIED, "2026-06-02"),
        moved(ONE, S.REVIEWED, "2026-06-20", mark=Points(175_000)),
    )
    # 6 for the state, 15 for the money, 4 for the hours, 17.5 by the committee
    assert proposal_points(RULES, done) == 425_000
    assert (done.verified_on, done.state) == ("2026-06-02", S.REVIEWED)


def test_a_rejected_proposal_keeps_what_it_earned_before() -> None:
    assert proposal_points(RULES, the_one(*through(S.ACCEPTED, S.REJECTED))) == 10_000


def test_a_step_the_rules_do_not_know_is_left_out_and_counted() -> None:
    known = the_one(moved(ONE, S.REWARDED), moved(ONE, S.ACCEPTED))
    assert (known.state, known.ignored) == (S.ACCEPTED, 1)


def test_a_step_back_takes_the_mark_of_that_step_with_it() -> None:
    states = through(S.ACCEPTED, S.ADOPTED, S.IMPLEMENTED, S.VERIFIED)
    known = the_one(*states, moved(ONE, S.REVIEWED, mark=Points(100_000)), moved(ONE, S.VERIFIED))
    assert (known.state, known.mark, known.verified_on) == (S.VERIFIED, None, "2026-03-20")


def test_the_reward_comes_with_its_step_and_goes_when_that_is_taken_back() -> None:
    states = through(S.ACCEPTED, S.ADOPTED, S.IMPLEMENTED, S.VERIFIED)
    reviewed = (*states, moved(ONE, S.REVIEWED, mark=Points(100_000), money="999"))
    assert the_one(*reviewed).money == "", "money belongs to the reward alone"
    rewarded = (*reviewed, moved(ONE, S.REWARDED, money="500"))
    assert the_one(*rewarded).money == "500"
    known = the_one(*rewarded, moved(ONE, S.REVIEWED))
    assert (known.state, known.money, known.mark) == (S.REVIEWED, "", 100_000)


def test_every_refused_step_says_why() -> None:
    fresh = the_one()
    accepted = the_one(*through(S.ACCEPTED))
    implemented = the_one(*through(S.ACCEPTED, S.ADOPTED, S.IMPLEMENTED))
    checked = replace(implemented, verified="-", reached=(*implemented.reached, S.VERIFIED))

    def code(known: Proposal, state: S, **more: object) -> str | None:
        found = may_move(RULES, known, state, **more)  # type: ignore[arg-type]
        return None if found is None else found.code

    assert code(fresh, S.ACCEPTED) is None
    assert code(fresh, S.ADOPTED) == "proposal-step"
    assert code(accepted, S.REJECTED) == "proposal-needs-reason"
    assert code(accepted, S.REJECTED, reason="已有同类措施") is None
    assert code(accepted, S.SUBMITTED) == "proposal-needs-reason"
    assert code(accepted, S.SUBMITTED, reason="误点") is None
    assert code(implemented, S.VERIFIED) == "proposal-not-verified"
    assert code(checked, S.REVIEWED) == "proposal-mark"
    assert code(checked, S.REVIEWED, mark=Points(200_001)) == "proposal-mark"
    assert code(checked, S.REVIEWED, mark=Points(200_000)) is None
    assert code(checked, S.REVIEWED, mark=Points(0)) is None
    assert code(checked, S.REVIEWED, mark=Points(-1)) == "proposal-mark"
    assert may_verify(implemented) is None
    refused = may_verify(accepted)
    assert refused is not None
    assert refused.code == "proposal-verify-when"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("-", None),
        ("money=1.5", None),
        ("money=0", None),
        ("lives=1", "part-unknown"),
        ("money=-1", "benefit-negative"),
    ],
)
def test_a_benefit_names_kinds_of_the_rules_and_is_not_negative(
    text: str, code: str | None
) -> None:
    found = check_benefit(RULES, text)
    assert (found and found.code) == code


def test_a_day_is_an_iso_date() -> None:
    assert check_day("2026-02-28") is None
    for text in ("2026-02-30", "28.2.2026", "20260228", ""):
        assert check_day(text) is not None, text


def test_an_entrants_proposals_add_up_or_the_best_counts() -> None:
    proposals = proposals_from(
        [
            (ONE, submitted(A)),
            (TWO, submitted(A)),
            (OpId("S7K2-000003"), moved(TWO, S.ACCEPTED)),
            (OpId("S7K2-000004"), moved(TWO, S.ADOPTED)),
        ]
    ).values()
    best = ProposalRules(aspect=RULES.aspect, states=RULES.states, counts=Counts.BEST)
    assert proposal_scores(RULES, (A, B), proposals) == {A: 40_000, B: 0}
    assert proposal_scores(best, (A, B), proposals) == {A: 30_000, B: 0}


def test_a_proposal_counts_in_the_period_of_its_submission_or_of_its_verification() -> None:
    states = through(S.ACCEPTED, S.ADOPTED, S.IMPLEMENTED)
    known = the_one(*states, verified(ONE, "-"), moved(ONE, S.VERIFIED, "2026-06-30"))
    later = ProposalRules(aspect=RULES.aspect, counted_by=CountedBy.VERIFICATION)
    assert in_days(RULES, [known], "2026-03-01", "2026-03-31") == [known]
    assert in_days(RULES, [known], "2026-06-01", "2026-06-30") == []
    assert in_days(RULES, [known], "2026-03-05", "2026-03-05") == [known]
    assert in_days(RULES, [known], "2026-03-06", "") == []
    assert in_days(RULES, [known], "", "2026-03-04") == []
    assert in_days(later, [known], "2026-03-01", "2026-03-31") == []
    assert in_days(later, [known], "2026-06-01", "2026-06-30") == [known]
    assert in_days(later, [the_one()], "", "") == [], "not verified yet"
    assert periods(later, [known, the_one()], Span.QUARTER) == (Period(2026, 2, Span.QUARTER),)


@pytest.mark.parametrize(
    ("day", "span", "number", "starts", "ends"),
    [
        ("2026-02-28", Span.MONTH, 2, "2026-02-01", "2026-02-28"),
        ("2028-02-29", Span.MONTH, 2, "2028-02-01", "2028-02-29"),
        ("2026-12-31", Span.MONTH, 12, "2026-12-01", "2026-12-31"),
        ("2026-08-15", Span.QUARTER, 3, "2026-07-01", "2026-09-30"),
        ("2026-06-30", Span.HALF, 1, "2026-01-01", "2026-06-30"),
        ("2026-07-01", Span.HALF, 2, "2026-07-01", "2026-12-31"),
    ],
)
def test_a_period_begins_and_ends_with_its_months(
    day: str, span: Span, number: int, starts: str, ends: str
) -> None:
    found = period_of(day, span)
    assert (found.number, found.starts, found.ends) == (number, starts, ends)


def test_a_month_has_its_own_awards_and_a_span_without_any_those_of_the_event() -> None:
    monthly = PeriodAward(span=Span.MONTH, award="改善之星", award_en="Star", minimum=Decimal(5))
    rules = ProposalRules(aspect=RULES.aspect, period_awards=(monthly,))
    assert list(proposal_faults(rules)) == []
    prize = Quota(award="一等奖", number=1)
    event = Event(code=EVENT, name="合理化建议", awards=Awards(quotas=(prize,)))
    march, spring = Period(2026, 3, Span.MONTH), Period(2026, 1, Span.QUARTER)
    assert event_in(event, rules, march).awards.quotas == (
        Quota(award="改善之星", award_en="Star", number=1, minimum=Decimal(5)),
    )
    assert event_in(event, rules, spring).awards.quotas == (prize,)
    assert event_in(event, rules, None).awards.quotas == (prize,)


@pytest.mark.parametrize(
    "award",
    [PeriodAward(span=Span.MONTH, award=" "), PeriodAward(span=Span.HALF, award="奖", number=0)],
)
def test_an_award_of_a_period_has_a_name_and_goes_to_somebody(award: PeriodAward) -> None:
    rules = ProposalRules(aspect=RULES.aspect, period_awards=(award,))
    assert list(proposal_faults(rules)) == ["period-award"]


def test_the_report_counts_heads_rates_and_benefits() -> None:
    entries = [Entry(A, EVENT, "01"), Entry(B, EVENT, "02", members=3), Entry(C, EVENT, "03")]
    states = (S.ACCEPTED, S.ADOPTED, S.IMPLEMENTED, S.VERIFIED)
    done = Proposal(
        ONE, A, "甲", "2026-03-01", "money=90000", (S.SUBMITTED, *states), "money=60000;hours=12"
    )
    rejected = Proposal(
        TWO, A, "乙", "2026-03-02", "money=1000", (S.SUBMITTED, S.ACCEPTED, S.REJECTED)
    )
    fresh = Proposal(OpId("S7K2-000003"), B, "丙", "2026-03-03", "hours=5")
    found = report(RULES, entries, [done, rejected, fresh])
    assert (found.count, found.accepted, found.adopted, found.implemented) == (3, 2, 1, 1)
    assert found.per_head == Fraction(3, 5)
    assert found.participation == Fraction(2, 3)
    assert found.adoption == Fraction(1, 2)
    assert found.implementation == 1
    money, hours = found.benefit
    assert (money.stated, money.verified) == (Decimal(91_000), Decimal(60_000))
    assert (hours.stated, hours.verified) == (Decimal(5), Decimal(12))
    nothing = report(RULES, [], [])
    assert (nothing.per_head, nothing.adoption) == (None, None)
