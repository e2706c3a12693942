"""Marks are written and read the same everywhere: unset, zero and the states never look alike."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.domain.entries import ABSENT, NOT_ATTEMPTED, Cell, measured_cell, value_cell
from app.domain.errors import RuleBroken
from app.domain.ids import AspectId
from app.domain.methods import (
    Adjustment,
    Binary,
    Count,
    Direct,
    Judgement,
    Ladder,
    Method,
    Panel,
    TimeLinear,
    Tolerance,
)
from app.domain.points import parse_points
from app.domain.scheme import Aspect
from app.services.mark_words import asked_text, cell_text, giver_name, maximum_text, read_cell
from app.services.method_words import (
    full_words,
    part_codes,
    part_worth,
    result_words,
    typed_words,
)
from app.services.rule_lines import rule_lines
from app.words import Language, Words


def aspect(method: Method, most: str = "2") -> Aspect:
    return Aspect(id=AspectId("A1.1"), name="样例", max=Decimal(most), method=method)


GAUGE = Tolerance(nominal=Decimal(120), bands=(), unit="mm")


@pytest.mark.parametrize(
    ("method", "cell", "zh", "en"),
    [
        (Judgement(), None, "–", "–"),
        (Judgement(), value_cell(parse_points("0")), "0", "0"),
        (Judgement(), NOT_ATTEMPTED, "未做", "Not attempted"),
        (Direct(), ABSENT, "缺考", "Absent"),
        (Direct(), value_cell(parse_points("2.5")), "2.5", "2.5"),
        (Binary(), value_cell(parse_points("1")), "是", "Yes"),
        (Binary(), value_cell(parse_points("0")), "否", "No"),
        (GAUGE, measured_cell("119.950"), "119.950 mm", "119.950 mm"),
    ],
)
def test_a_cell_is_written_as_what_it_says(
    method: Method, cell: Cell | None, zh: str, en: str
) -> None:
    assert cell_text(Words.load("zh"), aspect(method), cell) == zh
    assert cell_text(Words.load("en"), aspect(method), cell) == en


@pytest.mark.parametrize(
    ("language", "method", "asked"),
    [
        ("en", Judgement(), "0–3"),
        ("en", Direct(step=Decimal("0.5")), "0–2 by 0.5"),
        ("en", Panel(judges=5, highest=Decimal(10), step=Decimal("0.5")), "0–10 by 0.5"),
        ("zh", Count(per=Decimal("0.1")), "正确处数"),
        ("zh", GAUGE, "实测值，mm"),
        ("zh", Ladder(marks=(Decimal(0), Decimal("0.5"), Decimal(1))), "0 / 0.5 / 1"),
    ],
)
def test_what_may_be_entered_is_said(language: Language, method: Method, asked: str) -> None:
    assert asked_text(Words.load(language), aspect(method)) == asked


def test_typed_text_becomes_a_cell() -> None:
    assert read_cell(aspect(Judgement()), " 2 ") == value_cell(parse_points("2"))
    assert read_cell(aspect(Direct()), "2,5") == value_cell(parse_points("2.5"))
    assert read_cell(aspect(GAUGE), "119.950") == measured_cell("119.950")
    assert read_cell(aspect(GAUGE), "x") == NOT_ATTEMPTED


def test_empty_text_is_no_mark_and_never_a_zero() -> None:
    with pytest.raises(RuleBroken, match="mark-needs-value"):
        read_cell(aspect(Judgement()), "")
    with pytest.raises(RuleBroken, match="mark-needs-measured"):
        read_cell(aspect(GAUGE), "  ")


def test_what_adjusts_a_time_is_said_by_name_with_its_seconds() -> None:
    words = Words.load("en")
    touched = Adjustment("F1", "碰杆", Decimal(5), name_en="Pole touched")
    early = Adjustment("B", "提前", Decimal(-10), cap=1, name_en="Done early")
    run = TimeLinear(Decimal(0), Decimal(600), adjustments=(touched, early))
    assert typed_words(words, run, "F1=2;T=7:32.4") == "F1×2, T 7:32.4"
    assert full_words(words, run, "F1=2;T=7:32.4") == "F1  Pole touched ×2; T  Time 7:32.4"
    assert [part_worth(words, run, code) for code in part_codes(run)] == [
        "min:s",
        "+5 s each",
        "−10 s each, at most 1 time",
    ]
    timed = aspect(run, "600")
    assert rule_lines(words, timed)[-1] == "Time that counts = time taken + penalties − bonuses"
    assert result_words(words, timed, "F1=2;T=7:32.4") == "Comes to 137.6 of 600"


def test_a_maximum_has_two_places_unless_it_needs_more() -> None:
    assert maximum_text(aspect(Direct(), "1.5")) == "1.50"
    assert maximum_text(aspect(Direct(), "0.125")) == "0.1250"


def test_who_gave_a_mark_is_called_by_role_or_number() -> None:
    words = Words.load("en")
    assert giver_name(words, "chief") == "Chief judge"
    assert giver_name(words, "judge:J2") == "Judge 2"
