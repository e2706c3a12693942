"""The technical review of four sample entries, every figure worked out by hand.

entry  theory  P1  P2 (J1, J2)   practice  total = 0.3 theory + 0.7 practice
R-1    90      60  10, 8 -> 36   96        94.20
R-2    80      45   6, 6 -> 24   69        72.30
R-3    60      30   4, 6 -> 20   50        53.00
R-4    50      15   2, 2 ->  8   23        31.10
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from app.bootstrap import create_station
from app.domain.entries import MarkState
from app.domain.errors import RuleBroken
from app.domain.facts import (
    CompetitionSet,
    EntryRegistered,
    JudgeEnrolled,
    MarkGiven,
    PanelSet,
    RulesFrozen,
)
from app.domain.ids import (
    PANEL,
    AspectId,
    ComponentId,
    EntryId,
    EventCode,
    JudgeId,
    ModuleId,
    SubcriterionId,
)
from app.domain.methods import Direct, Panel
from app.domain.points import Points
from app.domain.roles import CHIEF, Actor, Role
from app.domain.scheme import (
    Aspect,
    Competition,
    Component,
    Event,
    Module,
    Subcriterion,
    rules_hash,
)
from app.reports.technical_review import write_technical_review
from app.services.station import Station, recording
from app.services.technical_papers import technical_report
from app.services.technical_review import technical_review
from app.services.technical_sections import SECTIONS, section
from app.services.technical_wording import fact_lines, minutes_text, signed_text
from app.words import Words
from tests.reports.reading import whole_text

R = EventCode("R")
THEORY, PRACTICE = ComponentId("theory"), ComponentId("practice")
J1, J2 = JudgeId("J1"), JudgeId("J2")


def _module(code: str, component: ComponentId, *aspects: Aspect) -> Module:
    part = Subcriterion(id=SubcriterionId(f"{code}x"), name="样例", aspects=aspects)
    return Module(
        id=ModuleId(code),
        name=f"样例模块{code}",
        component=component,
        blind=False,
        subcriteria=(part,),
    )


T1 = Aspect(id=AspectId("T1"), name="理论", max=Decimal(100), method=Direct())
P1 = Aspect(id=AspectId("P1"), name="尺寸", max=Decimal(60), method=Direct())
P2 = Aspect(
    id=AspectId("P2"), name="外观", max=Decimal(40), method=Panel(judges=2, highest=Decimal(10))
)
EVENT = Event(
    code=R,
    name="样例赛项",
    name_en="Sample event",
    components=(
        Component(id=THEORY, name="理论", weight=Decimal("0.3")),
        Component(id=PRACTICE, name="实操", weight=Decimal("0.7")),
    ),
    modules=(_module("T", THEORY, T1), _module("P", PRACTICE, P1, P2)),
)
MARKS = ((90, 60, 10, 8), (80, 45, 6, 6), (60, 30, 4, 6), (50, 15, 2, 2))


def review_station(path: Path | None = None) -> Station:
    station = create_station(path)
    with recording(station) as log:
        log.add(CompetitionSet(competition=Competition(code="T", title="样例竞赛")))
        log.add(RulesFrozen(event=R, rules=EVENT, rules_hash=rules_hash(EVENT)))
        for judge in (J1, J2):
            log.add(JudgeEnrolled(event=R, judge=judge))
        log.add(PanelSet(event=R, module=ModuleId("P"), judges=(J1, J2)))
        for number, marks in enumerate(MARKS, start=1):
            entry = EntryId(f"R-{number}")
            log.add(
                EntryRegistered(
                    event=R,
                    entry=entry,
                    number=f"0{number}",
                    unit="样例一厂",
                    person_digest="0" * 64,
                )
            )
            cells = ((T1, PANEL), (P1, PANEL), (P2, J1), (P2, J2))
            for (aspect, judge), mark in zip(cells, marks, strict=True):
                log.add(
                    MarkGiven(
                        event=R,
                        entry=entry,
                        aspect=aspect.id,
                        judge=judge,
                        state=MarkState.VALUE,
                        value=Points(mark * 10_000),
                    )
                )
    return station


@pytest.fixture
def station() -> Iterator[Station]:
    opened = review_station()
    yield opened
    opened.close()


def test_totals_lie_as_worked_out_by_hand(station: Station) -> None:
    found = technical_review(station, R).distribution
    assert found is not None
    assert (found.count, found.mean, found.median) == (4, 626_500, 626_500)
    assert (found.highest, found.lowest) == (942_000, 311_000)
    assert found.pass_rate == Fraction(1, 2)
    assert found.bands == (1, 0, 1, 0, 2)


def test_modules_and_aspects_have_their_rates_and_discrimination(station: Station) -> None:
    review = technical_review(station, R)
    figures = {one.id: (one.rate, one.discrimination, one.lost) for one in review.modules}
    assert figures["P"] == (Fraction(595, 1000), Fraction(73, 100), 405_000)
    assert figures["T"] == (Fraction(7, 10), Fraction(4, 10), 300_000)
    aspects = {one.id: (one.rate, one.discrimination, one.lost) for one in review.aspects}
    assert aspects["P1"] == (Fraction(625, 1000), Fraction(3, 4), 225_000)
    assert aspects["P2"] == (Fraction(55, 100), Fraction(7, 10), 180_000)
    # The theory mark is a module of its own: it comes last in the table, and not in the chart.
    assert [one.id for one in review.most_lost] == ["P1", "P2"]


def test_judges_are_compared_on_a_scale_of_a_hundred(station: Station) -> None:
    review = technical_review(station, R)
    first, second = review.judges
    # J1 less J2 of a hundred: +20, 0, -20, 0; the second half less the first is -10 less +10.
    assert (first.judge, first.scores, first.deviation, first.spread) == ("J1", 4, 0, 100_000)
    assert (first.agreement, first.drift) == (Fraction(1, 2), -200_000)
    assert (second.judge, second.drift) == ("J2", 200_000)
    assert review.agreement == Fraction(1, 2)


def test_theory_and_practice_are_related(station: Station) -> None:
    # 1650 / sqrt(1000 * 2845) = 0.97823
    assert technical_review(station, R).correlation == Fraction(9782, 10_000)


def test_incomplete_entries_do_not_count(station: Station) -> None:
    with recording(station) as log:
        log.add(
            EntryRegistered(
                event=R, entry=EntryId("R-5"), number="05", unit="样例一厂", person_digest="0" * 64
            )
        )
    assert technical_review(station, R).entries == 4


def test_only_the_chief_sees_it(station: Station) -> None:
    station.actor = Actor(Role.SCOREKEEPER)
    with pytest.raises(RuleBroken) as refused:
        technical_review(station, R)
    assert refused.value.code == "technical-hidden"
    station.actor = CHIEF


def test_the_figures_read_as_on_paper(station: Station) -> None:
    words = Words.load("en")
    review = technical_review(station, R)
    facts = dict(fact_lines(review, words))
    assert facts["Mean"] == "62.65"
    assert facts["Theory with practice (r)"] == "+0.98"
    judges = section(words, review, "judges")
    assert judges.rows[0] == ("Judge 1", "4", "0.00", "10.00", "50.0%", "−20.00")
    assert [bar.label for bar in section(words, review, "totals").bars] == [
        "≥ 90",
        "80 – <90",
        "70 – <80",
        "60 – <70",
        "< 60",
    ]
    assert (minutes_text(Fraction(2304)), minutes_text(Fraction(3725))) == ("38:24", "1:02:05")
    assert signed_text(Fraction(-1, 1000)) == "0.00"


def test_nobody_can_be_found_in_it(station: Station, tmp_path: Path) -> None:
    target = tmp_path / "review.pdf"
    words = Words.load("en")
    assert write_technical_review(technical_report(station, R, words), words, target) == 1
    text = whole_text(target.read_bytes())
    assert "62.65" in text
    shown = " ".join(
        cell
        for name in SECTIONS
        for row in section(words, technical_review(station, R), name).rows
        for cell in row
    )
    for identity in ("R-1", "R-4", "样例一厂"):
        assert identity not in text
        assert identity not in shown
