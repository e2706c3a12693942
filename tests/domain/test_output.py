"""Counts of output by day: what stands, totals of periods, and the pace that is left."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from msgspec import structs

from app.domain.entries import measured_cell, value_cell
from app.domain.errors import RuleBroken
from app.domain.facts.output import OutputCounted
from app.domain.fed_check import check_fed, fed_aspects
from app.domain.ids import AspectId, EntryId, EventCode, ModuleId, OpId, SubcriterionId
from app.domain.methods import Binary, Count, Direct, Linear, Method
from app.domain.output import (
    CountRecord,
    Counts,
    counts_from,
    days_of,
    done_by,
    fed_periods,
    measured,
    output_cell,
    pace,
    read_quantity,
    target_by,
)
from app.domain.output_rules import (
    CountedAs,
    OutputPeriod,
    OutputRules,
    TeamTarget,
    output_faults,
)
from app.domain.points import Points
from app.domain.scheme import Aspect, Event, Module, Subcriterion

A, B = EntryId("E-01"), EntryId("E-02")
Q1, Q2 = AspectId("Q1.1"), AspectId("Q1.2")
FIRST = OutputPeriod(feeds=Q1, first="2026-09-01", last="2026-09-10", target=Decimal(20))
SECOND = OutputPeriod(feeds=Q2, first="2026-09-11", last="2026-09-20", target=Decimal(30))
RULES = OutputRules(unit="根", periods=(FIRST, SECOND))


def record(
    op: str, quantity: str, *, entry: EntryId = A, day: str = "2026-09-01", replaces: str = ""
) -> CountRecord:
    fact = OutputCounted(event=EventCode("E"), entry=entry, day=day, quantity=quantity)
    return CountRecord(OpId(op), OpId(replaces) if replaces else None, fact)


def counted(*records: CountRecord) -> Counts:
    return counts_from(records)


def aspect(method: Method, wanted: AspectId = Q1) -> Aspect:
    return Aspect(id=wanted, name="样例产量", max=Decimal(20), method=method)


def event(*periods: OutputPeriod, method: Method | None = None) -> Event:
    own = method or Linear(Decimal(0), Decimal(20))
    part = Subcriterion(
        id=SubcriterionId("Q1"), name="样例", aspects=(aspect(own), aspect(own, Q2))
    )
    return Event(
        code=EventCode("E"),
        name="样例赛项",
        modules=(Module(id=ModuleId("Q"), name="样例", subcriteria=(part,)),),
        output=OutputRules(periods=periods),
    )


def faults(*periods: OutputPeriod, method: Method | None = None) -> list[str]:
    return [fault.code for fault in check_fed(event(*periods, method=method))]


def test_a_correction_takes_the_place_of_the_count_it_corrects() -> None:
    found = counted(record("S-1", "3"), record("S-2", "2.5", replaces="S-1"))
    assert found.by_day == {(A, "2026-09-01"): Decimal("2.5")}
    assert found.standing == {(A, "2026-09-01"): "S-2"}


def test_when_the_correction_is_undone_the_first_count_stands_again() -> None:
    assert counted(record("S-1", "3")).by_day == {(A, "2026-09-01"): 3}


def test_two_counts_of_one_day_that_do_not_know_of_each_other_clash_and_neither_counts() -> None:
    found = counted(record("S-1", "3"), record("T-1", "4"), record("S-2", "5", entry=B))
    assert found.clashing == {(A, "2026-09-01"): ("S-1", "T-1")}
    assert found.by_day == {(B, "2026-09-01"): 5}


def test_a_period_adds_up_its_own_days_and_nothing_counted_is_not_zero() -> None:
    found = counted(
        record("S-1", "3"),
        record("S-2", "4.5", day="2026-09-10"),
        record("S-3", "9", day="2026-09-11"),
        record("S-4", "0", entry=B),
    )
    assert found.total(A, FIRST) == Decimal("7.5")
    assert found.total(A, SECOND) == 9
    assert found.total(B, FIRST) == 0
    assert found.total(B, SECOND) is None


@pytest.mark.parametrize(
    ("typed", "recorded"),
    [("20", "20"), ("020", "20"), ("12.50", "12.5"), ("0", "0"), ("-0", "0"), (".5", "0.5")],
)
def test_a_count_is_recorded_in_one_way_of_writing(typed: str, recorded: str) -> None:
    assert read_quantity(typed) == recorded


@pytest.mark.parametrize("typed", ["-1", "1000000001", "0.00001"])
def test_a_count_out_of_range_is_refused(typed: str) -> None:
    with pytest.raises(RuleBroken, match="output-quantity"):
        read_quantity(typed)


def test_a_count_that_is_no_number_is_refused() -> None:
    with pytest.raises(RuleBroken, match="number-unreadable"):
        read_quantity("many")


def test_the_count_is_what_was_measured_or_as_a_mark_at_most_the_maximum() -> None:
    linear, hits = aspect(Linear(Decimal(0), Decimal(20))), aspect(Count(Decimal("0.5")))
    assert output_cell(linear, Decimal("54.50")) == measured_cell("54.5")
    assert output_cell(aspect(Direct()), Decimal(54)) == value_cell(Points(200_000))
    assert output_cell(hits, Decimal(12)) == value_cell(Points(120_000))


@pytest.mark.parametrize(
    ("typed", "recorded"), [("1000000000", "1000000000"), ("0.0001", "0.0001")]
)
def test_the_largest_and_the_finest_count_can_be_recorded(typed: str, recorded: str) -> None:
    assert read_quantity(typed) == recorded


def test_the_pace_is_the_rest_of_the_target_by_the_days_left() -> None:
    after_four = pace(FIRST, Decimal(7), target=Decimal(20), after="2026-09-04")
    assert (after_four.missing, after_four.days_left) == (Decimal(13), 6)
    assert after_four.per_day == Fraction(13, 6)
    assert pace(FIRST, Decimal(7), target=Decimal(20), after="2026-08-20").days_left == 10, (
        "not begun yet"
    )
    assert pace(FIRST, Decimal(7), target=Decimal(20), after="2026-09-12").per_day is None, (
        "no day is left"
    )
    assert pace(FIRST, Decimal(21), target=Decimal(20), after="2026-09-04").missing == 0
    assert pace(FIRST, Decimal(21), target=Decimal(20), after="2026-09-04").per_day is None


def test_the_target_line_rises_evenly_within_each_period() -> None:
    days = days_of(RULES)
    assert (len(days), days[0], days[1], days[-1]) == (
        20,
        "2026-09-01",
        "2026-09-02",
        "2026-09-20",
    )
    assert target_by(RULES, "01", "2026-09-01") == 2
    assert target_by(RULES, "01", "2026-09-10") == 20
    assert target_by(RULES, "01", "2026-09-15") == 35
    assert target_by(RULES, "01", "2026-09-20") == 50


def test_what_is_done_adds_up_over_the_days() -> None:
    found = counted(record("S-1", "3"), record("S-2", "4", day="2026-09-03"))
    done = done_by(found, A, ("2026-09-01", "2026-09-02", "2026-09-03"))
    assert [int(one) for one in done] == [3, 3, 7]


def test_a_day_belongs_to_one_period_or_is_refused() -> None:
    assert fed_periods(RULES, ("2026-09-01", "2026-09-11", "2026-09-02")) == (Q1, Q2)
    with pytest.raises(RuleBroken, match="output-day-outside"):
        fed_periods(RULES, ("2026-09-21",))


def test_a_team_has_its_own_target_in_the_periods_that_name_it() -> None:
    own = OutputRules(
        periods=(FIRST, SECOND), targets=(TeamTarget(feeds=Q1, entry="03", target=Decimal(45)),)
    )
    assert (own.target_of(FIRST, "03"), own.target_of(SECOND, "03")) == (45, 30)
    assert own.target_of(FIRST, "04") == 20
    # Half of 45 after five of ten days; then 45 and half of 30.
    assert target_by(own, "03", "2026-09-05") == Fraction(45, 2)
    assert target_by(own, "03", "2026-09-15") == 60
    assert target_by(own, "04", "2026-09-15") == 35


def test_a_share_of_the_target_is_rounded_half_up_to_four_places() -> None:
    share = structs.replace(FIRST, counted_as=CountedAs.PERCENT)
    assert measured(FIRST, Decimal("12.5"), Decimal(45)) == Decimal("12.5")
    # 1/3 and 2/3 of a hundred; 1/2000000 of a hundred is 0.00005, the half itself.
    assert measured(share, Decimal(15), Decimal(45)) == Decimal("33.3333")
    assert measured(share, Decimal(30), Decimal(45)) == Decimal("66.6667")
    assert measured(share, Decimal(1), Decimal(2_000_000)) == Decimal("0.0001")
    assert measured(share, Decimal(54), Decimal(45)) == 120


def test_targets_of_single_teams_that_cannot_be_used_are_refused() -> None:
    def with_targets(*targets: tuple[str, str, int]) -> list[str]:
        own = tuple(
            TeamTarget(feeds=AspectId(feeds), entry=entry, target=Decimal(target))
            for feeds, entry, target in targets
        )
        return list(output_faults(OutputRules(periods=(FIRST,), targets=own)))

    assert with_targets((Q1, "03", 45), (Q1, "04", 45)) == []
    assert with_targets((Q1, "03", 45), (Q1, "03", 40)) == ["team-twice"]
    assert with_targets((Q1, "03", 0)) == ["target"]
    assert with_targets((Q2, "03", 45)) == ["target-period"]


def test_each_period_fills_the_aspect_it_names() -> None:
    assert fed_aspects(event(FIRST, SECOND)) == (Q1, Q2)
    assert faults(FIRST, SECOND) == []


def test_periods_that_cannot_be_used_are_refused() -> None:
    def other(**changes: object) -> OutputPeriod:
        fields = {"feeds": Q2, "first": "2026-09-11", "last": "2026-09-20", "target": Decimal(1)}
        return OutputPeriod(**(fields | changes))  # type: ignore[arg-type]

    assert faults() == ["output-without-periods"]
    assert faults(FIRST, other(first="2026-09-10")) == ["output-order"]
    assert faults(FIRST, other(last="2026-09-01")) == ["output-order"]
    assert faults(FIRST, other(last="20 September")) == ["output-day"]
    assert faults(FIRST, other(target=Decimal(0))) == ["output-target"]
    assert faults(FIRST, other(feeds=Q1)) == ["output-aspect-twice"]
    assert faults(FIRST, other(feeds=AspectId("Q9"))) == ["output-aspect"]
    assert faults(FIRST, method=Binary()) == ["output-aspect"]
    share = structs.replace(FIRST, counted_as=CountedAs.PERCENT)
    assert faults(FIRST, method=Count(per=Decimal(1))) == []
    assert faults(share, method=Direct()) == []
    assert faults(share, method=Count(per=Decimal(1))) == ["output-aspect"]
