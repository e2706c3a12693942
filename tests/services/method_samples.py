"""An open module with an aspect of every method that is not a plain number, and three judges.

Module T: T1 is what the team enters, T2 what each judge gives.
"""

from __future__ import annotations

from decimal import Decimal

from app.bootstrap import create_station
from app.domain.facts import CheckedIn, CompetitionSet, EntryRegistered, JudgeEnrolled, RulesFrozen
from app.domain.ids import AspectId, EntryId, EventCode, ModuleId, SubcriterionId
from app.domain.methods import (
    Benefit,
    BenefitBand,
    BenefitKind,
    Bonus,
    BonusItem,
    Carried,
    Choice,
    Closest,
    Fault,
    Faults,
    Gate,
    Item,
    Linear,
    Median,
    Method,
    Option,
    Overtime,
    RankPoints,
    StandardScore,
    Tally,
    TimeBand,
    TimeBands,
    TimeLinear,
    TimeRatio,
    WeightedPart,
    WeightedSum,
)
from app.domain.scheme import Aspect, Competition, Event, Module, Subcriterion, rules_hash
from app.services.station import Station, recording
from tests.services.marking_samples import J1, J2, J3

M, T = EventCode("M"), ModuleId("T")


def _of(number: int, name: str, name_en: str, most: str, method: Method, part: int = 1) -> Aspect:
    aspect = AspectId(f"T{part}.{number}")
    return Aspect(id=aspect, name=name, name_en=name_en, max=Decimal(most), method=method)


FAULTS = Faults(
    faults=(
        Fault("F1", "外观划伤", Decimal("0.5"), cap=4, name_en="Scratched"),
        Fault("F2", "工具掉落", Decimal(1), name_en="Tool dropped"),
        Fault("F3", "带电作业", fatal=True, name_en="Worked under voltage"),
    )
)
TALLY = Tally(
    items=(
        Item("R", "正确报出", Decimal(1), name_en="Right report"),
        Item("W", "误报", Decimal("-0.5"), name_en="False report"),
    )
)
WEIGHTED = WeightedSum(
    parts=(
        WeightedPart("A", "方案", Decimal("0.4"), name_en="Plan"),
        WeightedPart("B", "实施", Decimal("0.6"), name_en="Work"),
    )
)
BENEFIT = Benefit(
    kinds=(
        BenefitKind(
            "money",
            "节约金额",
            (
                BenefitBand(Decimal(100_000), Decimal(20), lowest=Decimal(10)),
                BenefitBand(Decimal(500_000), Decimal(30), lowest=Decimal(20)),
            ),
            unit="元",
            name_en="Money saved",
        ),
        BenefitKind(
            "hours", "节约工时", (BenefitBand(Decimal(40), Decimal(5)),), "h", "Hours saved"
        ),
    )
)
BONUS = Bonus(
    items=(
        BonusItem("PATENT", "发明专利", Decimal(3), name_en="Patent"),
        BonusItem("PAPER", "论文", Decimal(2), step=Decimal("0.5"), name_en="Paper"),
    )
)
QUALITY_BANDS = TimeBands(
    bands=(TimeBand(Decimal(600), Decimal(1)), TimeBand(Decimal(900), Decimal("0.5"))),
    scale=Decimal("0.2"),
    quality=Decimal(100),
)
CHOICE = Choice(
    options=(
        Option("full", "全部完成", Decimal(4), "All done"),
        Option("part", "部分完成", Decimal(2), "Partly done"),
        Option("none", "未完成", Decimal(0), "Not done"),
    )
)

TEAM_ASPECTS = (
    _of(1, "故障判断", "Finding", "4", CHOICE),
    _of(2, "操作扣分", "Faults of working", "10", FAULTS),
    _of(3, "找错", "Errors found", "10", TALLY),
    _of(4, "综合评价", "Overall", "20", WEIGHTED),
    _of(5, "经济效益", "Benefit", "30", BENEFIT),
    _of(6, "附加分", "Bonus", "4", BONUS),
    _of(7, "用时", "Time", "10", TimeLinear(full=Decimal(600), zero=Decimal(1200))),
    _of(8, "用时与质量", "Time and quality", "20", QUALITY_BANDS),
    _of(9, "超时", "Overtime", "5", Overtime(limit=Decimal(600), per=Decimal(1))),
    _of(10, "回收率", "Yield", "10", Linear(bad=Decimal(50), good=Decimal(100), unit="%")),
    _of(11, "竞速", "Race", "10", TimeRatio()),
    _of(12, "断电验电", "Isolated and tested", "0", Gate(clause="4.2")),
    _of(13, "初赛成绩", "Preliminary", "100", Carried(maximum=Decimal(3500))),
)
JUDGED_ASPECTS = (
    _of(1, "讲解", "Presentation", "10", Median(judges=3, highest=Decimal(10)), 2),
    _of(2, "答辩", "Questions", "10", Closest(judges=3, highest=Decimal(10), spread=Decimal(4)), 2),
    _of(3, "名次", "Place", "5", RankPoints((Decimal(5), Decimal(3), Decimal(1)), judges=3), 2),
    _of(4, "工艺", "Craft", "200", StandardScore(judges=3), 2),
)

EVENT = Event(
    code=M,
    name="样例全方法赛项",
    name_en="Sample event of all methods",
    modules=(
        Module(
            id=T,
            name="模块 T",
            name_en="Module T",
            blind=False,
            subcriteria=(
                Subcriterion(
                    id=SubcriterionId("T1"), name="测评", name_en="Team", aspects=TEAM_ASPECTS
                ),
                Subcriterion(
                    id=SubcriterionId("T2"), name="评委", name_en="Judges", aspects=JUDGED_ASPECTS
                ),
            ),
        ),
    ),
)


def method_station() -> Station:
    """Two entries checked in, three judges, the rules frozen."""
    station = create_station(None)
    with recording(station) as log:
        log.add(CompetitionSet(competition=Competition(code="M", title="样例竞赛")))
        log.add(RulesFrozen(event=M, rules=EVENT, rules_hash=rules_hash(EVENT)))
        for judge in (J1, J2, J3):
            log.add(JudgeEnrolled(event=M, judge=judge))
        for number in ("01", "02"):
            entry = EntryId(f"M-{number}")
            log.add(
                EntryRegistered(
                    event=M, entry=entry, number=number, unit="样例一厂", person_digest="0" * 64
                )
            )
            log.add(CheckedIn(event=M, entry=entry))
    return station
