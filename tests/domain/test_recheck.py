"""Recheck sampling: sizes by the rule of the field, and a draw anybody can repeat."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from app.domain.checking_rules import RecheckRule
from app.domain.ids import EntryId, EventCode
from app.domain.recheck import Verdict, check_recheck, draw_sample, sample_sizes, tally
from app.domain.scheme import Event

RULE = RecheckRule()
SEED = bytes(range(32))


def ids(count: int) -> list[EntryId]:
    return [EntryId(f"E{number:02d}") for number in range(1, count + 1)]


@pytest.mark.parametrize(
    ("ranked", "top", "rest"),
    [(28, 9, 3), (0, 0, 0), (1, 1, 0), (10, 3, 2), (20, 6, 3), (100, 30, 11)],
)
def test_the_sizes_are_those_of_the_field(ranked: int, top: int, rest: int) -> None:
    # 28: 8.4 makes 9, of the other 19 are 2.85, which makes 3.
    assert sample_sizes(RULE, ranked) == (top, rest)


def test_a_fixed_number_of_the_best_takes_the_place_of_a_part() -> None:
    assert sample_sizes(RecheckRule(top_number=10), 28) == (10, 3)
    assert sample_sizes(RecheckRule(top_number=10), 6) == (6, 0)


def test_the_same_seed_draws_the_same_sample_whatever_order_the_rest_stands_in() -> None:
    ranked = ids(28)
    sample = draw_sample(RULE, ranked, SEED)
    turned = draw_sample(RULE, [*ranked[:9], *reversed(ranked[9:])], SEED)
    assert sample.top == tuple(ranked[:9])
    assert len(sample.rest) == 3
    assert set(sample.rest) <= set(ranked[9:])
    assert turned == sample
    assert draw_sample(RULE, ranked, bytes(32)).rest != sample.rest


def test_one_error_in_twenty_is_within_the_limit_and_two_are_not() -> None:
    sample = ids(20)
    one_wrong = {entry: entry != "E07" for entry in sample}
    two_wrong = one_wrong | {EntryId("E08"): False}
    assert tally(RULE, sample, ids(60), one_wrong).verdict is Verdict.PASSED
    found = tally(RULE, sample, ids(60), two_wrong)
    assert (found.verdict, found.needed, found.checked) == (Verdict.ALL_NEEDED, 60, 20)
    assert found.error_rate == Fraction(1, 10)


def test_the_verdict_waits_until_the_whole_sample_is_rechecked() -> None:
    sample = ids(4)
    found = tally(RULE, sample, ids(10), {EntryId("E01"): False})
    assert (found.verdict, found.checked, found.wrong) == (Verdict.OPEN, 1, 1)


def test_a_complete_recheck_is_over_when_everybody_has_been_rechecked() -> None:
    everyone = ids(6)
    done = {entry: entry != "E01" for entry in everyone}
    assert tally(RULE, everyone[:2], everyone, done).verdict is Verdict.COMPLETE


def test_nothing_and_everything_are_parts_that_can_be() -> None:
    for rule in (
        RecheckRule(top=Decimal(0), rest=Decimal(1), limit=Decimal(0)),
        RecheckRule(top=Decimal(1), rest=Decimal(0), limit=Decimal(1), top_number=0),
    ):
        event = Event(code=EventCode("R"), name="样例", recheck=rule)
        assert list(check_recheck(event)) == []


def test_parts_beyond_the_whole_are_refused() -> None:
    event = Event(code=EventCode("R"), name="样例", recheck=RecheckRule(top=Decimal(30)))
    assert [fault.details["field"] for fault in check_recheck(event)] == ["top"]
