"""Mark sheets: every aspect has its line and its rules, whatever method it is marked by."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from app.domain.errors import RuleBroken
from app.domain.ids import PANEL, AspectId, EventCode, ModuleId
from app.domain.methods import (
    Band,
    Binary,
    Carried,
    Closest,
    Count,
    Deduct,
    Direct,
    Judgement,
    Ladder,
    Linear,
    Method,
    Overtime,
    Panel,
    RankPoints,
    TimeBand,
    TimeBands,
    TimeLinear,
    TimeRatio,
    Tolerance,
)
from app.domain.roles import Actor, Role
from app.domain.scheme import Aspect
from app.reports.score_sheet import MeasurementLine, write_score_sheets
from app.services import rules
from app.services.mark_words import read_cell
from app.services.marking import commit_sheet, sheet
from app.services.rule_lines import rule_lines
from app.services.score_sheets import blank_sheets, filled_sheets
from app.sheets.scheme_files import templates
from app.words import Words
from tests.reports.reading import page_texts, whole_text
from tests.services.marking_samples import J1, A, B, R, complete_module_a, marking_station
from tests.services.method_samples import EVENT, M, T, method_station
from tests.templates.worked import DATA, run, worked

if TYPE_CHECKING:
    from pathlib import Path

KEYS = sorted(one.key for one in templates() if (DATA / f"{one.key}.toml").exists())
EN, ZH = Words.load("en"), Words.load("zh")


@pytest.mark.parametrize("key", KEYS)
def test_every_aspect_of_a_template_has_its_line_and_prints(key: str, tmp_path: Path) -> None:
    case = worked(key)
    station = run(case, tmp_path)
    for event in case.events:
        for module in rules.rules(station, event.code).modules:
            sheets = blank_sheets(station, event.code, module.id, ZH)
            lines = {line.aspect for line in sheets[0].measured}
            lines |= {line.aspect for line in sheets[0].judged}
            assert lines - {""} == {aspect.id for aspect in module.aspects()}
            assert write_score_sheets(sheets[:1], ZH, io.BytesIO()) >= 1
    station.close()


def test_what_is_required_of_a_judged_aspect_is_on_the_sheet(tmp_path: Path) -> None:
    station = run(worked("stage-lesson"), tmp_path)
    sheets = blank_sheets(station, EventCode("STORY"), ModuleId("A"), ZH)
    document = io.BytesIO()
    write_score_sheets(sheets[:1], ZH, document)
    assert "内容 40 %、语言表达 30 %、感染力 20 %" in whole_text(document.getvalue())
    station.close()


def of(method: Method, most: str = "10") -> Aspect:
    return Aspect(id=AspectId("A1.1"), name="样例", max=Decimal(most), method=method)


D = Decimal


@pytest.mark.parametrize(
    ("method", "lines"),
    [
        (Binary(), ("Met: 10; not met: 0",)),
        (Direct(step=D("0.5")), ("0–10 by 0.5",)),
        (Deduct(per=D("0.1")), ("0.1 off for each error; write how many",)),
        (Count(per=D("0.5")), ("0.5 for each one right, at most 10; write how many",)),
        (Ladder((D(0), D(5), D(10))), ("One of these marks: 0 / 5 / 10",)),
        (Carried(D(3500)), ("Earlier total out of 3500, scaled to 10",)),
        (
            Tolerance(D(120), (Band(D("0.1"), D(10)), Band(D("0.2"), D(5))), "mm"),
            (
                "Nominal 120 mm. Write what is measured",
                "off by at most 0.1: 10; off by at most 0.2: 5; more: 0",
            ),
        ),
        (
            Linear(bad=D(50), good=D(100), unit="%"),
            ("100 %: 10; 50 %: 0; on a line between. Write what is measured",),
        ),
        (
            TimeLinear(full=D(600), zero=D(1200), step=D(10)),
            (
                "Up to 10:00: 10; from 20:00 on: 0; on a line between",
                "Only whole steps of 0:10 count",
            ),
        ),
        (
            TimeLinear(full=D(960), zero=D(1200), step=D(60), each=D(3)),
            ("Up to 16:00: 10; slower: 3 for each whole 1:00 short of 20:00",),
        ),
        (
            TimeBands((TimeBand(D(600), D(1)), TimeBand(D(900), D("0.5"))), D("0.1"), D(0), D(100)),
            (
                "up to 10:00: × 1; up to 15:00: × 0.5; slower: 0",
                "Mark = 0.1 × factor × quality",
            ),
        ),
        (
            Overtime(D(5400), D(1), grace=D(30), cutoff=D(600)),
            (
                "Limit 1:30:00; 1 off for each 1:00 begun beyond it",
                "The first 0:30 beyond the limit cost nothing",
                "More than 10:00 beyond the limit: 0",
            ),
        ),
        (TimeRatio(), ("10 × best time of all ÷ own time",)),
        (Judgement(), ("0–3, each judge alone", "Scores more than 1 apart: the panel looks again")),
        (
            Panel(judges=7, highest=D(10), step=D("0.5"), drop_highest=1, drop_lowest=1),
            (
                "0–10 by 0.5",
                "Dropped: 1 highest, 1 lowest; the mean of the others counts",
            ),
        ),
        (
            Closest(judges=3, highest=D(10), spread=D(4)),
            (
                "0–10 by 1",
                "The 2 scores closest together count",
                "Scores more than 4 apart: the panel looks again",
            ),
        ),
        (
            RankPoints((D(10), D(6)), lower_wins=True),
            ("place 1: 10; place 2: 6", "The lowest value is first"),
        ),
    ],
)
def test_a_sheet_says_how_a_mark_comes_about(method: Method, lines: tuple[str, ...]) -> None:
    assert rule_lines(EN, of(method)) == lines


def test_every_method_but_those_told_by_their_parts_has_rules_in_both_languages() -> None:
    untold = {
        aspect.id
        for aspect in EVENT.aspects()
        if not (rule_lines(EN, aspect) and rule_lines(ZH, aspect))
    }
    # A weighted sum and a bonus are told by the line of each of their parts.
    assert untold == {"T1.4", "T1.6"}


def test_faults_are_listed_with_what_each_takes_off() -> None:
    station = method_station()
    (first, _) = blank_sheets(station, M, T, EN)
    place = next(n for n, line in enumerate(first.measured) if line.aspect == "T1.2")
    assert first.measured[place + 1 : place + 4] == (
        MeasurementLine("", "F1  Scratched", "−0.5 each, at most 4 times", ""),
        MeasurementLine("", "F2  Tool dropped", "−1 each", ""),
        MeasurementLine("", "F3  Worked under voltage", "leaves 0", ""),
    )
    station.close()


def test_a_sheet_of_an_open_module_is_headed_by_the_entry_number() -> None:
    station = marking_station()
    blind, opened = blank_sheets(station, R, A, ZH)[0], blank_sheets(station, R, B, ZH)[0]
    assert (blind.work_is, blind.work) == ("加密号", "2385")
    assert (opened.work_is, opened.work) == ("参赛号", "01")
    station.close()


def test_every_page_of_a_long_sheet_says_whose_it_is() -> None:
    station = method_station()
    document = io.BytesIO()
    write_score_sheets(blank_sheets(station, M, T, EN)[:1], EN, document)
    texts = page_texts(document.getvalue())
    assert len(texts) > 1
    assert all("Sample event of all methods · T · 01" in text for text in texts)
    station.close()


def test_a_filled_sheet_holds_scores_results_and_marks_in_words() -> None:
    station = marking_station()
    complete_module_a(station)
    first = filled_sheets(station, R, A, EN)[0]
    # (2+2+2)/3 x 2/3 is 1.33; three threes earn the whole mark.
    assert [(line.scores, line.mark) for line in first.judged] == [
        (("2", "2", "2"), "1.33"),
        (("3", "3", "3"), "1"),
    ]
    assert [(line.result, line.mark) for line in first.measured] == [
        ("Yes", "1"),
        ("120.05 mm", "2"),
    ]
    station.close()


def test_a_filled_sheet_names_the_faults_that_occurred() -> None:
    station = method_station()
    faults = next(aspect for aspect in EVENT.aspects() if aspect.id == "T1.2")
    cells = {faults.id: read_cell(faults, "F1=2;F2=1")}
    commit_sheet(station, sheet(station, M, T, "01", PANEL), cells, partial=True)
    lines = filled_sheets(station, M, T, EN)[0].measured
    place = next(n for n, line in enumerate(lines) if line.aspect == faults.id)
    # 10 less twice 0.5 and once 1 leaves 8.
    assert (lines[place].result, lines[place].mark) == ("", "8")
    assert [line.result for line in lines[place + 1 : place + 4]] == ["×2", "×1", ""]
    assert lines[place + 4].result == "–"
    station.close()


def test_a_judge_gets_no_filled_sheets() -> None:
    station = marking_station()
    station.actor = Actor(Role.JUDGE, J1)
    with pytest.raises(RuleBroken, match="scores-of-others-hidden"):
        filled_sheets(station, R, A, EN)
    assert len(blank_sheets(station, R, A, EN)) == 3
    station.close()
