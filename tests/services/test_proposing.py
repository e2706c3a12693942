"""Proposals are followed step by step; points, periods and rates come from that record alone."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from app.domain.division_rules import DividedBy
from app.domain.errors import RuleBroken
from app.domain.facts import RulesFrozen
from app.domain.ids import EntryId, OpId
from app.domain.points import Points
from app.domain.proposal_report import Period
from app.domain.proposal_rules import ProposalState, Span, StatePoints
from app.domain.roles import Actor, Role
from app.domain.scheme import rules_hash
from app.services import fed_marks, results, rules
from app.services.proposal_papers import ranking_table
from app.services.proposing import Step, move, period_ranking, steps, submit
from app.services.station import Station, recording
from app.services.undo import last_undoable, undo_last
from app.words import Words
from tests.services.fed_samples import IDEA, P1, P2, P3, fed_station

if TYPE_CHECKING:
    from collections.abc import Iterator

S = ProposalState
MARCH, APRIL = Period(2026, 3, Span.MONTH), Period(2026, 4, Span.MONTH)


@pytest.fixture
def station() -> Iterator[Station]:
    opened = fed_station("proposals")
    yield opened
    opened.close()


def hand_in(station: Station, entry: EntryId, title: str, on: str = "2026-03-05") -> OpId:
    return submit(station, IDEA, entry, title, on=on, stated={"money": "150000", "hours": ""})


def take(station: Station, proposal: OpId, *states: S, on: str = "2026-03-20") -> None:
    for state in states:
        move(station, IDEA, proposal, Step(state, on))


def done(station: Station, entry: EntryId) -> OpId:
    """A proposal all the way: 10 for verification, 20 for the money, 31.5 by the committee."""
    proposal = hand_in(station, entry, "优化工装夹具")
    take(station, proposal, S.ACCEPTED, S.ADOPTED, S.IMPLEMENTED)
    verified = {"money": "120000"}
    move(station, IDEA, proposal, Step(S.VERIFIED, "2026-04-02", verified=verified))
    move(station, IDEA, proposal, Step(S.REVIEWED, "2026-04-10", mark=Points(315_000)))
    move(station, IDEA, proposal, Step(S.REWARDED, "2026-04-12", money="2000"))
    return proposal


def test_points_by_state_benefit_and_review_rank_the_entrants(station: Station) -> None:
    done(station, P1)
    take(station, hand_in(station, P2, "改进点检表"), S.ACCEPTED, S.ADOPTED)
    rows = results.leaderboard(station, IDEA).rows
    assert [(row.entry, row.rank, row.total, row.award) for row in rows] == [
        (P1, 1, "61.50", "一等奖"),
        (P2, 2, "5.00", "二等奖"),
        (P3, 3, "0.00", ""),
    ]


def test_every_step_stays_in_the_record_with_who_and_why(station: Station) -> None:
    proposal = hand_in(station, P1, "优化工装夹具")
    take(station, proposal, S.ACCEPTED)
    move(station, IDEA, proposal, Step(S.REJECTED, "2026-03-21", reason="已有同类措施"))
    move(station, IDEA, proposal, Step(S.ACCEPTED, "2026-03-22", reason="重新评议"))
    assert [one.reason for one in steps(station, IDEA, proposal)] == [
        "", "", "已有同类措施", "重新评议",
    ]  # fmt: skip
    assert fed_marks.proposals(station, IDEA)[proposal].state is S.ACCEPTED


def test_what_becomes_of_a_proposal_is_for_the_chief(station: Station) -> None:
    station.actor = Actor(Role.SCOREKEEPER)
    proposal = hand_in(station, P1, "优化工装夹具")
    take(station, proposal, S.ACCEPTED)
    with pytest.raises(RuleBroken, match="proposal-needs-chief"):
        take(station, proposal, S.ADOPTED)
    with pytest.raises(RuleBroken, match="proposal-needs-chief"):
        move(station, IDEA, proposal, Step(S.SUBMITTED, "2026-03-21", reason="误点"))
    station.actor = Actor(Role.CHIEF)
    take(station, proposal, S.ADOPTED)
    station.actor = Actor(Role.FLOOR)
    with pytest.raises(RuleBroken, match="role-may-not"):
        hand_in(station, P1, "又一条")


@pytest.mark.parametrize(
    ("entry", "title", "on", "money", "code"),
    [
        (P1, " ", "2026-03-05", "1", "proposal-without-title"),
        (P1, "甲", "2026-3-5", "1", "day-unreadable"),
        (EntryId("IDEA-09"), "甲", "2026-03-05", "1", "entry-unknown"),
        (P1, "甲", "2026-03-05", "many", "number-unreadable"),
        (P1, "甲", "2026-03-05", "-5", "benefit-negative"),
    ],
)
def test_a_faulty_proposal_is_refused_and_leaves_nothing(
    station: Station, entry: EntryId, title: str, on: str, money: str, code: str
) -> None:
    with pytest.raises(RuleBroken, match=code):
        submit(station, IDEA, entry, title, on=on, stated={"money": money})
    assert fed_marks.proposals(station, IDEA) == {}


def verified(money: str) -> Step:
    return Step(S.VERIFIED, "2026-03-20", verified={"money": money})


def test_a_benefit_is_verified_after_it_was_implemented(station: Station) -> None:
    proposal = hand_in(station, P1, "优化工装夹具")
    with pytest.raises(RuleBroken, match="proposal-verify-when"):
        move(station, IDEA, proposal, verified("1"))
    take(station, proposal, S.ACCEPTED, S.ADOPTED, S.IMPLEMENTED)
    with pytest.raises(RuleBroken, match="proposal-not-verified"):
        take(station, proposal, S.VERIFIED)
    move(station, IDEA, proposal, verified("9000"))
    # 10 for the state; 9,000 yuan reaches no band.
    assert fed_marks.scores(station, rules.rules(station, IDEA))[P1] == 100_000


def test_undo_takes_the_last_step_back_with_its_points(station: Station) -> None:
    proposal = hand_in(station, P1, "优化工装夹具")
    take(station, proposal, S.ACCEPTED)
    label = last_undoable(station)
    assert label is not None
    assert (label.kind, label.details["title"]) == ("proposal_step", "优化工装夹具")
    undo_last(station)
    assert fed_marks.proposals(station, IDEA)[proposal].state is S.SUBMITTED
    assert results.leaderboard(station, IDEA).rows[0].total == "1.00"
    undo_last(station)
    assert fed_marks.proposals(station, IDEA) == {}


def test_whoever_had_every_proposal_turned_down_gets_no_award_of_the_period(
    station: Station,
) -> None:
    rejected = hand_in(station, P1, "更换标签")
    take(station, rejected, S.ACCEPTED)
    move(station, IDEA, rejected, Step(S.REJECTED, "2026-03-21", reason="成本过高"))
    hand_in(station, P2, "改进点检表")
    march = period_ranking(station, IDEA, MARCH)
    # 2 for having been accepted, and 1 for having been handed in.
    assert [(row.number, row.points, row.award) for row in march.rows] == [
        ("01", 20_000, ""),
        ("02", 10_000, "二等奖"),
    ]


def test_a_period_ranks_who_proposed_in_it_and_gives_its_figures(station: Station) -> None:
    done(station, P1)
    take(station, hand_in(station, P2, "改进点检表"), S.ACCEPTED, S.ADOPTED)
    rejected = hand_in(station, P2, "更换标签", on="2026-04-01")
    take(station, rejected, S.ACCEPTED)
    move(station, IDEA, rejected, Step(S.REJECTED, "2026-04-02", reason="成本过高"))
    march = period_ranking(station, IDEA, MARCH)
    assert [(row.number, row.rank, row.points, row.award) for row in march.rows] == [
        ("01", 1, 615_000, "一等奖"),
        ("02", 2, 50_000, "二等奖"),
    ]
    assert march.report.count == 2
    assert march.report.adoption == Fraction(1)
    assert march.report.per_head == Fraction(2, 9), "three teams of three"
    april = period_ranking(station, IDEA, APRIL)
    assert [(row.number, row.points, row.adopted) for row in april.rows] == [("02", 20_000, 0)]
    assert april.report.adoption == 0
    assert period_ranking(station, IDEA, None).report.count == 3


def test_no_award_of_a_period_goes_to_proposals_without_a_point(station: Station) -> None:
    event = rules.rules(station, IDEA)
    assert event.proposals is not None
    states = (StatePoints(state=S.ADOPTED, points=Decimal(5)),)
    changed = replace(event, proposals=replace(event.proposals, states=states))
    with recording(station) as log:
        frozen = RulesFrozen(event=IDEA, rules=changed, rules_hash=rules_hash(changed))
        log.add(frozen, reason="只计采纳的建议")
    take(station, hand_in(station, P1, "优化工装夹具"), S.ACCEPTED, S.ADOPTED)
    hand_in(station, P2, "改进点检表")
    march = period_ranking(station, IDEA, MARCH)
    assert [(row.number, row.rank, row.points, row.award) for row in march.rows] == [
        ("01", 1, 50_000, "一等奖"),
        ("02", 2, 0, ""),
    ]


def test_a_ranking_by_division_names_it_in_every_line(station: Station) -> None:
    words = Words.load("zh")
    hand_in(station, P1, "优化工装夹具")
    assert ranking_table(station, IDEA, MARCH, words).headings[0] == "名次"
    changed = replace(rules.rules(station, IDEA), divided_by=DividedBy.MEMBERS)
    with recording(station) as log:
        frozen = RulesFrozen(event=IDEA, rules=changed, rules_hash=rules_hash(changed))
        log.add(frozen, reason="个人与团体分别排名")
    made = ranking_table(station, IDEA, MARCH, words)
    assert made.headings[:3] == ("组别", "名次", "编号")
    assert made.lines[0][:3] == ("团体", "1", "01")
    assert [made.headings[place] for place in sorted(made.numbers)] == [
        *("名次", "件数", "采纳", "得分")
    ]
