"""Judges, panels and entrants entered by hand."""

from __future__ import annotations

from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING

import pytest

from app.bootstrap import create_competition
from app.domain.entries import MarkState
from app.domain.errors import RuleBroken
from app.domain.facts import EntryRegistered, JudgeEnrolled, MarkGiven
from app.domain.ids import AspectId, EntryId, EventCode, JudgeId, ModuleId, SubcriterionId
from app.domain.methods import Judgement
from app.domain.points import Points
from app.domain.roles import Actor, Role
from app.domain.scheme import Aspect, Competition, Event, Module, Scheme, Subcriterion
from app.services import enrolment, entrants, roll, rules
from app.services.entrants import Entrant
from app.services.station import Station, record
from app.storage import oplog, people, queries
from app.storage.people import Person

if TYPE_CHECKING:
    from collections.abc import Iterator

ROBOT = EventCode("ROBOT")
A = ModuleId("A")
J1, J2, J3, J4 = (JudgeId(f"J{number}") for number in (1, 2, 3, 4))


@pytest.fixture
def station() -> Iterator[Station]:
    judged = Aspect(
        id=AspectId("A1.1"),
        name="样例评判",
        max=Decimal(2),
        method=Judgement(),
        descriptors=("差", "合格", "良", "优"),
    )
    part = Subcriterion(id=SubcriterionId("A1"), name="样例子项", aspects=(judged,))
    event = Event(
        code=ROBOT, name="样例赛项", modules=(Module(id=A, name="样例模块", subcriteria=(part,)),)
    )
    scheme = Scheme(competition=Competition(code="S-1", title="样例竞赛"), events=(event,))
    opened = create_competition(None, scheme)
    yield opened
    opened.close()


def enrol(station: Station, *units: str) -> None:
    for number, unit in zip(count(1), units, strict=False):
        enrolment.enrol(station, ROBOT, f"样例裁判{number}", unit)


def entrant(name: str, unit: str = "样例一厂", number: str = "") -> Entrant:
    return Entrant(event=ROBOT, person=Person(name=name), unit=unit, number=number)


def test_judges_are_numbered_as_they_are_enrolled_and_the_log_has_no_name(station: Station) -> None:
    enrol(station, "样例一厂", "")
    assert [(judge.id, judge.name) for judge in enrolment.judges(station, ROBOT)] == [
        ("J1", "样例裁判1"),
        ("J2", "样例裁判2"),
    ]
    bodies = [op.body.decode() for op in oplog.last(station.connection, 50)]
    assert not any("样例裁判" in body for body in bodies)
    enrolled = queries.latest(station.connection, JudgeEnrolled)
    assert enrolled is not None
    assert len(enrolled.fact.person_digest) == 64


def test_a_judge_who_stands_down_needs_a_reason_and_leaves_the_open_panel(station: Station) -> None:
    enrol(station, "", "", "", "")
    with pytest.raises(RuleBroken, match="stand-down-without-reason"):
        enrolment.stand_down(station, ROBOT, J2, "")
    enrolment.stand_down(station, ROBOT, J2, "样例理由")
    assert rules.panel(station, ROBOT, A) == ("J1", "J3", "J4")
    enrolment.stand_up(station, ROBOT, J2)
    assert rules.panel(station, ROBOT, A) == ("J1", "J2", "J3", "J4")


def test_a_panel_keeps_its_order_and_refuses_who_is_not_on_duty(station: Station) -> None:
    enrol(station, "", "", "", "")
    enrolment.set_panel(station, ROBOT, A, [J4, J1, J3])
    assert enrolment.panel_state(station, ROBOT, A).judges == ("J4", "J1", "J3")
    assert enrolment.panel_state(station, ROBOT, A).needed == 3
    with pytest.raises(RuleBroken, match="panel-names-judge-twice"):
        enrolment.set_panel(station, ROBOT, A, [J1, J1, J3])
    with pytest.raises(RuleBroken, match="judge-not-on-duty"):
        enrolment.set_panel(station, ROBOT, A, [J1, JudgeId("J9")])


def test_setting_the_same_panel_again_records_nothing(station: Station) -> None:
    enrol(station, "", "", "")
    assert enrolment.set_panel(station, ROBOT, A, [J1, J2, J3]) is not None
    assert enrolment.set_panel(station, ROBOT, A, [J1, J2, J3]) is None


def test_a_panel_changes_after_the_first_mark_only_with_a_reason(station: Station) -> None:
    enrol(station, "", "", "", "")
    enrolment.set_panel(station, ROBOT, A, [J1, J2, J3])
    entry = entrants.register(station, entrant("样例选手01"))
    mark = MarkGiven(
        event=ROBOT,
        entry=entry,
        aspect=AspectId("A1.1"),
        judge=J1,
        state=MarkState.VALUE,
        value=Points(20_000),
    )
    record(station, mark)
    with pytest.raises(RuleBroken, match="panel-change-without-reason"):
        enrolment.set_panel(station, ROBOT, A, [J1, J2, J4])
    enrolment.set_panel(station, ROBOT, A, [J1, J2, J4], reason="样例理由")
    assert rules.panel(station, ROBOT, A) == ("J1", "J2", "J4")


def test_a_judge_with_people_of_the_own_unit_is_warned_of(station: Station) -> None:
    enrol(station, "样例 一厂", "样例二厂", "")
    entrants.register(station, entrant("样例选手01", "样例一厂"))
    (conflict,) = enrolment.conflicts(station, ROBOT)
    assert (conflict.judge, conflict.modules, conflict.entries) == ("J1", ("A",), ("ROBOT-01",))


def test_a_walk_in_takes_the_next_number(station: Station) -> None:
    entrants.register(station, entrant("样例选手01", number="07"))
    assert entrants.register(station, entrant("样例选手02")) == "ROBOT-08"
    with pytest.raises(RuleBroken, match="entry-number-taken"):
        entrants.register(station, entrant("样例选手03", number="08"))


@pytest.mark.parametrize(
    ("taken", "following"),
    [([], "01"), (["01", "02"], "03"), (["099"], "100"), (["R7"], "01"), (["9"], "10")],
)
def test_the_next_number_is_as_wide_as_those_in_use(taken: list[str], following: str) -> None:
    assert entrants.next_number(taken) == following


def test_a_misspelt_name_is_corrected_with_a_reason_and_a_new_digest(station: Station) -> None:
    entry = entrants.register(station, entrant("样例选于01"))
    before = entrants.registration(station, entry).person_digest
    with pytest.raises(RuleBroken, match="entry-correction-without-reason"):
        entrants.correct(station, entry, entrant("样例选手01"), "")
    with pytest.raises(RuleBroken, match="entry-correction-changes-nothing"):
        entrants.correct(station, entry, entrant("样例选于01"), "样例理由")
    entrants.correct(station, entry, entrant("样例选手01"), "样例理由")
    person = people.find(station.connection, entry)
    recorded = queries.latest(station.connection, EntryRegistered, entry=EntryId("ROBOT-01"))
    assert person is not None
    assert recorded is not None
    assert person.name == "样例选手01"
    assert (recorded.reason, recorded.fact.person_digest != before) == ("样例理由", True)
    assert [entry.number for entry in roll.roll(station, ROBOT)] == ["01"]


def test_the_chief_alone_deletes_a_person_and_only_one_who_is_there(station: Station) -> None:
    entry = entrants.register(station, entrant("样例选手01"))
    station.actor = Actor(Role.CHECK_IN)
    with pytest.raises(RuleBroken, match="forget-needs-chief"):
        entrants.forget(station, entry)
    station.actor = Actor(Role.CHIEF)
    entrants.forget(station, entry)
    assert people.find(station.connection, entry) is None
    assert [one.number for one in roll.roll(station, ROBOT)] == ["01"]
    with pytest.raises(RuleBroken, match="forget-nobody"):
        entrants.forget(station, entry)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (entrant("  "), "entrant-without-name"),
        (entrant("样例选手01", number="0 1"), "entry-number-unusable"),
        (entrant("样例选手01", number="1" * 21), "entry-number-unusable"),
    ],
)
def test_an_entrant_nobody_could_call_is_refused(
    station: Station, wrong: Entrant, code: str
) -> None:
    with pytest.raises(RuleBroken, match=code):
        entrants.register(station, wrong)
