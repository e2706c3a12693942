"""A small event for marking: a blind module with every kind of entry, and an open one.

Module A is blind: A1.1 and A1.2 are judged by J1 to J3 on 0-3, A2.1 is met or not, A2.2 measured.
Module B is open: B1.1 is given directly, B1.2 by a panel of three on 0-10 without a spread rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from app.bootstrap import create_station
from app.domain.entries import Cell, measured_cell, value_cell
from app.domain.facts import (
    CheckedIn,
    CompetitionSet,
    DrawMade,
    EntryRegistered,
    JudgeEnrolled,
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
    WorkCode,
)
from app.domain.methods import Band, Direct, Judgement, Panel, Tolerance
from app.domain.points import Points, parse_points
from app.domain.scheme import (
    Aspect,
    Competition,
    Event,
    Module,
    PenaltyEffect,
    PenaltyReason,
    Subcriterion,
    rules_hash,
)
from app.services.marking import commit_sheet, sheet
from app.services.station import Station, recording

if TYPE_CHECKING:
    from pathlib import Path

R, A, B = EventCode("R"), ModuleId("A"), ModuleId("B")
J1, J2, J3 = JudgeId("J1"), JudgeId("J2"), JudgeId("J3")
E1, E2, E3 = EntryId("R-1"), EntryId("R-2"), EntryId("R-3")
CODES = {E1: WorkCode("5127"), E2: WorkCode("2385"), E3: WorkCode("6089")}

DESCRIPTORS = ("below", "meets", "exceeds in part", "excellent")

EVENT = Event(
    code=R,
    name="样例赛项",
    name_en="Sample event",
    modules=(
        Module(
            id=A,
            name="模块 A",
            name_en="Module A",
            subcriteria=(
                Subcriterion(
                    id=SubcriterionId("A1"),
                    name="工艺",
                    name_en="Workmanship",
                    aspects=(
                        Aspect(
                            id=AspectId("A1.1"),
                            name="走线",
                            name_en="Routing",
                            max=Decimal(2),
                            method=Judgement(),
                            descriptors=DESCRIPTORS,
                        ),
                        Aspect(
                            id=AspectId("A1.2"),
                            name="整理",
                            name_en="Order",
                            max=Decimal(1),
                            method=Judgement(),
                            descriptors=DESCRIPTORS,
                        ),
                    ),
                ),
                Subcriterion(
                    id=SubcriterionId("A2"),
                    name="测量",
                    name_en="Measuring",
                    day=2,
                    aspects=(
                        Aspect(
                            id=AspectId("A2.1"),
                            name="急停有效",
                            name_en="Emergency stop works",
                            max=Decimal(1),
                        ),
                        Aspect(
                            id=AspectId("A2.2"),
                            name="基准尺寸",
                            name_en="Datum size",
                            max=Decimal(2),
                            method=Tolerance(
                                nominal=Decimal(120),
                                bands=(Band(within=Decimal("0.1"), mark=Decimal(2)),),
                                unit="mm",
                            ),
                        ),
                    ),
                ),
            ),
        ),
        Module(
            id=B,
            name="模块 B",
            name_en="Module B",
            blind=False,
            judges_see_sum=True,
            subcriteria=(
                Subcriterion(
                    id=SubcriterionId("B1"),
                    name="成果",
                    aspects=(
                        Aspect(
                            id=AspectId("B1.1"),
                            name="成绩",
                            name_en="Score",
                            max=Decimal(10),
                            method=Direct(step=Decimal("0.5")),
                        ),
                        Aspect(
                            id=AspectId("B1.2"),
                            name="现场汇报",
                            name_en="Presentation",
                            max=Decimal(5),
                            method=Panel(judges=3, highest=Decimal(10), step=Decimal("0.5")),
                        ),
                    ),
                ),
            ),
        ),
    ),
    penalties=(
        PenaltyReason(code="LATE", name="迟到", name_en="Late", points=Decimal(2)),
        PenaltyReason(
            code="DISTURB", name="干扰他人", name_en="Disturbing", points=Decimal(5), then="SAFETY"
        ),
        PenaltyReason(code="OPEN", name="现场认定", name_en="As found", points=Decimal(0)),
        PenaltyReason(
            code="SAFETY",
            name="违反安全规程",
            name_en="Safety breach",
            effect=PenaltyEffect.MODULE_ZERO,
        ),
    ),
)


def marking_station(path: Path | None = None, *, codes: bool = True) -> Station:
    """A station with the event frozen, three judges, and three entries checked in and coded."""
    station = create_station(path)
    with recording(station) as log:
        log.add(CompetitionSet(competition=Competition(code="T", title="样例竞赛")))
        log.add(RulesFrozen(event=R, rules=EVENT, rules_hash=rules_hash(EVENT)))
        for judge in (J1, J2, J3):
            log.add(JudgeEnrolled(event=R, judge=judge))
        for place, entry in enumerate((E1, E2, E3), start=1):
            number = f"0{place}"
            log.add(
                EntryRegistered(
                    event=R, entry=entry, number=number, unit="样例一厂", person_digest="0" * 64
                )
            )
            log.add(CheckedIn(event=R, entry=entry))
        if codes:
            log.add(
                DrawMade(
                    event=R,
                    module=A,
                    committed=OpId("S7K2-000001"),
                    seed="00",
                    placements=(),
                    codes=CODES,
                )
            )
    return station


def points(text: str) -> Points:
    return parse_points(text)


def scores(text: str, *aspects: str) -> Mapping[AspectId, Cell]:
    """``scores("2 3", "A1.1", "A1.2")``: judges' scores in the order of the aspects."""
    values = [value_cell(parse_points(one)) for one in text.split()]
    return dict(zip(map(AspectId, aspects), values, strict=True))


def judged(station: Station, work: str, judge: JudgeId, text: str) -> None:
    """Commit a judge's sheet of module A: two scores."""
    seen = sheet(station, R, A, work, judge)
    commit_sheet(station, seen, scores(text, "A1.1", "A1.2"))


def measured(station: Station, work: str, met: str = "1", size: str = "120.05") -> None:
    """Commit the team's sheet of module A."""
    seen = sheet(station, R, A, work, PANEL)
    cells = {AspectId("A2.1"): value_cell(parse_points(met)), AspectId("A2.2"): measured_cell(size)}
    commit_sheet(station, seen, cells)


def complete_module_a(station: Station) -> None:
    """Every sheet of module A filled, the judges within the spread."""
    for work in CODES.values():
        for judge in (J1, J2, J3):
            judged(station, work, judge, "2 3")
        measured(station, work)
