"""Entries of one event ranked and awarded apart: individuals and teams, staff and students."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest

from app.domain.award_rules import Awards, Quota, QuotaBase
from app.domain.awards import give_awards
from app.domain.division_rules import DividedBy, Group
from app.domain.divisions import check_divisions, is_unknown, printed_order
from app.domain.entries import Entry, EntryState, value_cell
from app.domain.explain import explain
from app.domain.ids import AspectId, EntryId, EventCode, JudgeId, ModuleId, SubcriterionId
from app.domain.methods import Direct
from app.domain.points import parse_points
from app.domain.ranking import ApartReason, rank
from app.domain.scheme import Aspect, Event, Module, OnRemaining, Subcriterion, rules_hash
from app.domain.scoreboard import Scoreboard

TEAM = JudgeId("TEAM")
A11 = AspectId("A1.1")
ASPECT = Aspect(id=A11, name="work", max=Decimal(100), method=Direct())
EVENT = Event(
    code=EventCode("X"),
    name="x",
    modules=(
        Module(
            id=ModuleId("A"),
            name="a",
            subcriteria=(Subcriterion(id=SubcriterionId("A1"), name="a", aspects=(ASPECT,)),),
        ),
    ),
)
BY_GROUP = msgspec.structs.replace(
    EVENT,
    divided_by=DividedBy.GROUP,
    groups=(Group(name="职工组", name_en="Staff"), Group(name="学生组", name_en="Students")),
)
BY_MEMBERS = msgspec.structs.replace(EVENT, divided_by=DividedBy.MEMBERS)


def board(event: Event, *given: tuple[str, str, str]) -> Scoreboard:
    """Entries by name, group and mark; a name in capitals is a team, one with a star a guest, no
    mark is an absent entry."""
    made = Scoreboard(event, {A11: (TEAM,)})
    for name, group, mark in given:
        entry = Entry(
            id=EntryId(name),
            event=event.code,
            number=name,
            group=group,
            competing="*" not in name,
            members=3 if name.isupper() else 1,
            state=EntryState.CHECKED_IN if mark else EntryState.ABSENT,
        )
        made.set_entry(entry)
        if mark:
            made.put(entry.id, A11, TEAM, value_cell(parse_points(mark)))
    return made


def test_ranks_begin_again_with_every_division() -> None:
    ranking = board(
        BY_GROUP,
        ("a", "学生组", "70"),
        ("b", "职工组", "60"),
        ("c", "学生组", "90"),
        ("d", "职工组", "60"),
        ("e", "职工组", "50"),
    ).ranking()
    assert [(row.division, row.entry, row.rank, row.shared) for row in ranking.rows] == [
        ("职工组", "b", 1, True),
        ("职工组", "d", 1, True),
        ("职工组", "e", 3, False),
        ("学生组", "c", 1, False),
        ("学生组", "a", 2, False),
    ]


def test_individuals_stand_before_teams_of_any_size() -> None:
    ranking = board(BY_MEMBERS, ("A", "", "99"), ("b", "", "10"), ("c", "", "20")).ranking()
    assert [(row.division, row.entry, row.rank) for row in ranking.rows] == [
        ("individual", "c", 1),
        ("individual", "b", 2),
        ("team", "A", 1),
    ]


def test_guests_and_those_set_apart_stay_in_their_division() -> None:
    ranking = board(
        BY_GROUP,
        ("a", "职工组", ""),
        ("b*", "职工组", "60"),
        ("c*", "学生组", "90"),
        ("d", "学生组", ""),
    ).ranking()
    assert [(row.division, row.entry, row.rank) for row in ranking.guests] == [
        ("职工组", "b*", 1),
        ("学生组", "c*", 1),
    ]
    assert [(row.division, row.entry, row.reason) for row in ranking.apart] == [
        ("职工组", "a", ApartReason.ABSENT),
        ("学生组", "d", ApartReason.ABSENT),
    ]


def test_equal_totals_in_two_divisions_are_no_tie() -> None:
    event = msgspec.structs.replace(BY_GROUP, on_remaining=OnRemaining.LOT)
    ranking = board(
        event,
        ("a", "职工组", "60"),
        ("b", "学生组", "60"),
        ("c", "学生组", "60"),
    ).ranking()
    assert ranking.open_ties == (("b", "c"),)


@pytest.mark.parametrize(
    ("base", "awards"),
    [
        # Of five staff 20 % is one, of ten students two. Registered with an absent one: 6 and 10.
        (QuotaBase.RANKED, ["一等奖", "", "", "", "", "一等奖", "一等奖"]),
        (QuotaBase.REGISTERED, ["一等奖", "", "", "", "", "一等奖", "一等奖"]),
    ],
)
def test_each_division_has_its_own_quota(base: QuotaBase, awards: list[str]) -> None:
    quotas = Awards(quotas=(Quota(award="一等奖", percent=Decimal(20)),), base=base)
    event = msgspec.structs.replace(BY_GROUP, awards=quotas)
    staff = [(f"s{n}", "职工组", str(50 - n)) for n in range(5)] + [("s9", "职工组", "")]
    students = [(f"t{n}", "学生组", str(90 - n)) for n in range(10)]
    made = board(event, *staff, *students)
    given = give_awards(event, made.entries(), made.ranking())
    shown = [f"s{n}" for n in range(5)] + ["t0", "t1"]
    assert [given[EntryId(name)] for name in shown] == awards
    assert [given[EntryId(f"t{n}")] for n in range(2, 10)] == [""] * 8
    assert given[EntryId("s9")] == ""


def test_a_division_with_too_few_entries_has_no_awards() -> None:
    quotas = Awards(quotas=(Quota(award="一等奖", number=1),), least_entries=2)
    event = msgspec.structs.replace(BY_GROUP, awards=quotas)
    made = board(event, ("a", "职工组", "60"), ("b", "学生组", "50"), ("c", "学生组", "40"))
    assert give_awards(event, made.entries(), made.ranking()) == {"a": "", "b": "一等奖", "c": ""}


def test_an_entry_is_compared_with_those_of_its_division() -> None:
    made = board(BY_GROUP, ("a", "职工组", "60"), ("b", "学生组", "90"), ("c", "学生组", "60"))
    ranking = made.ranking()
    first = explain(made, ranking, EntryId("a"))
    assert (first.above, first.below, first.sharing) == (None, None, ())
    second = explain(made, ranking, EntryId("c"))
    assert second.above is not None
    assert second.above.entry == "b"


def test_groups_that_the_rules_do_not_list_come_after_those_they_do() -> None:
    assert printed_order(BY_GROUP, ["", "学生组", "教师组", "职工组"]) == [
        "职工组",
        "学生组",
        "教师组",
        "",
    ]
    assert [is_unknown(BY_GROUP, name) for name in ("职工组", "教师组", "")] == [False, True, True]


def test_without_a_list_every_group_but_none_is_known() -> None:
    event = msgspec.structs.replace(EVENT, divided_by=DividedBy.GROUP)
    assert [is_unknown(event, name) for name in ("教师组", "")] == [False, True]
    assert not is_unknown(EVENT, "")


@pytest.mark.parametrize("names", [("",), (" 职工组",), ("职工组", "职工组")])
def test_a_group_needs_a_name_of_its_own(names: tuple[str, ...]) -> None:
    event = msgspec.structs.replace(EVENT, groups=tuple(Group(name=name) for name in names))
    assert [fault.code for fault in check_divisions(event)] == ["groups-unfit"]


def test_dividing_changes_the_hash_of_the_rules() -> None:
    assert len({rules_hash(event) for event in (EVENT, BY_GROUP, BY_MEMBERS)}) == 3


def test_an_event_that_is_not_divided_ranks_everybody_together() -> None:
    made = board(EVENT, ("A", "学生组", "1"), ("b", "", "2"))
    ranking = rank(EVENT, made.entries(), made.scores())
    assert [(row.entry, row.rank, row.division) for row in ranking.rows] == [
        ("b", 1, ""),
        ("A", 2, ""),
    ]
