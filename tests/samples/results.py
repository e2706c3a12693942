"""A tiny event whose result is worked out by hand: two modules of ten marks, one panel mark each.

    entry  A     B     total  rank  why
    02     9.00  8.00  17.00  1     same total as 01, better in module A
    01     8.00  9.00  17.00  2
    03     7.00  7.00  14.00  3
    04     6.50  5.00  11.50  4     no award left
    06     10    10    20.00  1     outside the awards
    05     -     -     -            absent

One first, one second and one third prize. The people are plainly samples.

``DIVIDED`` are the same rules for staff and students apart, on a scale of 10 a mark about 700:

    staff     01  17.00  1  715 gold     students  02  17.00  1  728 gold
              03  14.00  2  685 silver             04  11.50  2  673 silver
              05  absent                           06  20.00  outside the awards
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec.structs import replace

from app.bootstrap import create_station
from app.domain.award_rules import MedalRule, ScaleKind, ScaleRule
from app.domain.division_rules import DividedBy, Group
from app.domain.entries import MarkState
from app.domain.facts import (
    CheckedIn,
    CompetitionSet,
    EntryRegistered,
    JudgeEnrolled,
    MarkedAbsent,
    MarkGiven,
    ModuleLocked,
    ModuleUnlocked,
    ResultsPublished,
    ResultStatus,
    RulesFrozen,
)
from app.domain.ids import (
    PANEL,
    AspectId,
    EntryId,
    EventCode,
    JudgeId,
    ModuleId,
    OpId,
    SubcriterionId,
)
from app.domain.methods import Direct
from app.domain.points import parse_points
from app.domain.scheme import (
    Aspect,
    Awards,
    Competition,
    Event,
    Module,
    Quota,
    Subcriterion,
    TieKey,
    rules_hash,
)
from app.services import results
from app.services.station import Station, recording
from app.storage import people, queries
from app.storage.people import Person
from tests.samples.floor import SampleTime

if TYPE_CHECKING:
    from pathlib import Path

WELD = EventCode("WELD")
A, B = ModuleId("A"), ModuleId("B")
E1, E2, E3, E4, E5, E6 = (EntryId(f"WELD-0{number}") for number in range(1, 7))
FIRST, SECOND, THIRD = "一等奖", "二等奖", "三等奖"

STAFF, STUDENTS = "职工组", "学生组"
GROUPS = {E1: STAFF, E2: STUDENTS, E3: STAFF, E4: STUDENTS, E5: STAFF, E6: STUDENTS}

PEOPLE = {
    E1: Person(name="样例选手01", name_en="Sample Entrant 01"),
    E2: Person(name="单样", name_en="Sample Entrant 02"),
    E3: Person(name="样例·长名选手〇三", name_en="Sample Entrant 03"),
    E4: Person(name="样例选手04"),
    E5: Person(name="样例选手05"),
    E6: Person(name="样例选手06"),
}
TEAMS = {
    **PEOPLE,
    E1: Person(name="样例一队", name_en="Sample Team 1", members=("样例甲", "单乙")),
    E2: Person(name="样例二队", name_en="Sample Team 2", members=("样例丙", "样例丁", "样例戊")),
}
"""The same with teams of two and of three where the best two individuals were."""

MARKS = {E1: ("8", "9"), E2: ("9", "8"), E3: ("7", "7"), E4: ("6.5", "5"), E6: ("10", "10")}

COMPETITION = Competition(
    code="SAMPLE-2026",
    title="样例职业技能竞赛",
    title_en="Sample Skills Competition",
    organisers=("样例主办单位",),
    starts="2026-11-14",
    ends="2026-11-16",
)


def _module(code: ModuleId, name: str, name_en: str) -> Module:
    aspect = Aspect(
        id=AspectId(f"{code}1.1"), name="成绩", name_en="Mark", max=Decimal(10), method=Direct()
    )
    part = Subcriterion(id=SubcriterionId(f"{code}1"), name="样例", aspects=(aspect,))
    return Module(id=code, name=name, name_en=name_en, blind=False, subcriteria=(part,))


EVENT = Event(
    code=WELD,
    name="焊接（样例）",
    name_en="Welding (sample)",
    modules=(_module(A, "平焊", "Flat welds"), _module(B, "立焊", "Vertical welds")),
    tie_keys=(TieKey(by="module:A"),),
    awards=Awards(
        quotas=(
            Quota(award=FIRST, award_en="First prize", number=1),
            Quota(award=SECOND, award_en="Second prize", number=1),
            Quota(award=THIRD, award_en="Third prize", number=1),
        )
    ),
)

DIVIDED = replace(
    EVENT,
    divided_by=DividedBy.GROUP,
    groups=(Group(name=STAFF, name_en="Staff"), Group(name=STUDENTS, name_en="Students")),
    awards=replace(
        EVENT.awards,
        scale=ScaleRule(kind=ScaleKind.LINEAR, per=Decimal(10)),
        medals=MedalRule(),
    ),
)


def marked_event(
    path: Path | None = None,
    *,
    home: Path | None = None,
    time: SampleTime | None = None,
    persons: Mapping[EntryId, Person] = PEOPLE,
    rules: Event = EVENT,
    groups: Mapping[EntryId, str] = MappingProxyType({}),
) -> Station:
    """Everything marked and both modules locked: ready to be published."""
    station = create_station(path, home=home, time=time or SampleTime())
    with recording(station) as log:
        log.add(CompetitionSet(competition=COMPETITION))
        log.add(RulesFrozen(event=WELD, rules=rules, rules_hash=rules_hash(rules)))
        log.add(JudgeEnrolled(event=WELD, judge=JudgeId("J1")))
        for place, (entry, person) in enumerate(persons.items(), start=1):
            digest = people.put(log.connection, entry, person, f"salt-{entry}")
            log.add(
                EntryRegistered(
                    event=WELD,
                    entry=entry,
                    number=entry.removeprefix("WELD-"),
                    unit=f"样例{'一二三四五六'[(place - 1) % 6]}厂",
                    person_digest=digest,
                    competing=entry != E6,
                    group=groups.get(entry, ""),
                    members=max(1, len(person.members)),
                )
            )
            here = MarkedAbsent if entry == E5 else CheckedIn
            log.add(here(event=WELD, entry=entry))
    for entry, (in_a, in_b) in MARKS.items():
        mark(station, entry, "A1.1", in_a)
        mark(station, entry, "B1.1", in_b)
    lock(station)
    return station


def published_event(
    path: Path | None = None,
    *,
    home: Path | None = None,
    time: SampleTime | None = None,
    status: ResultStatus = ResultStatus.PROVISIONAL,
) -> Station:
    """The same, published as revision 1."""
    station = marked_event(path, home=home, time=time)
    publish(station, status)
    return station


def mark(station: Station, entry: EntryId, aspect: str, value: str) -> OpId:
    """Give a mark, or replace the one that stands there."""
    held = list(
        queries.current_marks(
            station.connection, WELD, entry=entry, aspects=[AspectId(aspect)], judge=PANEL
        )
    )
    given = MarkGiven(
        event=WELD,
        entry=entry,
        aspect=AspectId(aspect),
        judge=PANEL,
        state=MarkState.VALUE,
        value=parse_points(value),
    )
    with recording(station) as log:
        return log.add(given, replaces=held[0].op_id if held else None).op_id


def lock(station: Station) -> None:
    with recording(station) as log:
        for module in (A, B):
            log.add(ModuleLocked(event=WELD, module=module, marks_digest="0" * 64))


def unlock(station: Station) -> None:
    with recording(station) as log:
        log.add(ModuleUnlocked(event=WELD, module=A), reason="样例更正")


def publish(
    station: Station, status: ResultStatus = ResultStatus.PROVISIONAL, reason: str = ""
) -> ResultsPublished:
    now = results.leaderboard(station, WELD)
    return results.publish(station, WELD, status, expected_hash=now.result_hash, reason=reason)
