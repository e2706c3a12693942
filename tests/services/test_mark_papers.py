"""The papers of marking besides the mark sheets: forms of many works, summaries, lists, scheme."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal

import pytest
from msgspec.structs import replace

from app.cli.program import program
from app.domain.errors import RuleBroken
from app.domain.facts import RulesFrozen
from app.domain.ids import ComponentId, ModuleId
from app.domain.roles import Actor, Role
from app.domain.scheme import Component, Section, rules_hash
from app.reports.marking_lists import MissingLine, ViolationLine
from app.reports.scheme_paper import SectionLine
from app.services import panel_rows
from app.services.mark_grids import blank_grids, filled_grids
from app.services.mark_papers import MarkPaper, fill_in
from app.services.mark_summaries import mark_summaries
from app.services.marking import commit_sheet, sheet
from app.services.marking_lists import judgement_violations, missing_marks
from app.services.scheme_papers import scheme_paper
from app.services.station import Station, recording
from app.words import Words
from tests.reports.reading import page_size, page_texts
from tests.services.marking_samples import (
    EVENT,
    J1,
    J2,
    J3,
    A,
    B,
    R,
    complete_module_a,
    judged,
    marking_station,
    measured,
    scores,
)

EN, ZH = Words.load("en"), Words.load("zh")


@pytest.mark.parametrize("wanted", MarkPaper)
@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_every_paper_prints_in_both_languages(wanted: MarkPaper, words: Words) -> None:
    station = marking_station()
    complete_module_a(station)
    document = io.BytesIO()
    pages = fill_in(station, R, wanted, words)(document)
    assert pages == len(page_texts(document.getvalue()))
    station.close()


def test_a_landscape_form_has_works_across_and_a_line_a_judge() -> None:
    station = marking_station()
    (form,) = blank_grids(station, R, A, EN)
    assert form.works == ("2385", "5127", "6089")
    assert [(line.aspect, line.judge) for line in form.lines] == [
        ("A1.1", "J1"),
        ("", "J2"),
        ("", "J3"),
        ("A1.2", "J1"),
        ("", "J2"),
        ("", "J3"),
        ("A2.1", ""),
        ("A2.2", ""),
    ]
    document = io.BytesIO()
    fill_in(station, R, MarkPaper.BLANK_GRID, EN, A)(document)
    assert page_size(document.getvalue()) == (297, 210)
    station.close()


def test_a_filled_form_holds_what_was_entered_and_what_it_comes_to() -> None:
    station = marking_station()
    complete_module_a(station)
    (form,) = filled_grids(station, R, A, EN)
    assert form.lines[0].cells == ("2", "2", "2")
    assert form.lines[-1].cells == ("120.05 mm", "120.05 mm", "120.05 mm")
    # 1.33 for three twos of 2.00, 1 for three threes of 1.00, 1 and 2 measured.
    assert form.totals == ("5.33", "5.33", "5.33")
    (empty,) = filled_grids(station, R, B, EN)
    assert empty.totals == ("4 missing", "4 missing", "4 missing")
    station.close()


def test_a_summary_of_what_is_not_published_is_a_draft_without_a_name() -> None:
    station = marking_station()
    complete_module_a(station)
    first = mark_summaries(station, R, EN)[0]
    assert first.imprint.provisional
    assert first.facts == (
        ("Entry number", "01"),
        ("State of the result", "Draft, not published"),
    )
    assert [(line.id, line.maximum, line.mark) for line in first.lines] == [
        ("A", "6", "5.33"),
        ("A1", "3", "2.33"),
        ("A2", "3", "3.00"),
        ("B", "15", "4 missing"),
        ("B1", "15", ""),
        ("", "21", "not complete"),
    ]
    assert [line.day for line in first.lines if line.day] == ["1", "2", "1"]
    station.close()


def test_a_summary_says_what_marks_are_weighted_by_and_sums_no_component_that_is_open() -> None:
    station = marking_station()
    complete_module_a(station)
    practice, theory = ComponentId("practice"), ComponentId("theory")
    first, second = EVENT.modules
    changed = replace(
        EVENT,
        modules=(replace(first, weight=Decimal(2)), replace(second, component=theory)),
        components=(
            Component(id=practice, name="实操", weight=Decimal("0.6")),
            Component(id=theory, name="理论", name_en="Theory", weight=Decimal("0.4")),
        ),
    )
    with recording(station) as log:
        fact = RulesFrozen(event=R, rules=changed, rules_hash=rules_hash(changed))
        log.add(fact, reason="sample amendment")
    lines = mark_summaries(station, R, EN)[0].lines
    assert [(line.name, line.mark) for line in lines if line.is_sum] == [
        ("Module A (weight 2)", "5.33"),
        ("Module B", "4 missing"),
        # Twice 5.33.
        ("Practice (weight 0.6)", "10.66"),
        ("Theory (weight 0.4)", "not complete"),
        ("Total", "not complete"),
    ]
    station.close()


def test_missing_marks_are_listed_by_work_and_sheet() -> None:
    station = marking_station()
    judged(station, "2385", J1, "2 3")
    measured(station, "2385")
    seen = sheet(station, R, A, "2385", J2)
    commit_sheet(station, seen, scores("2", "A1.1"), partial=True)
    found = missing_marks(station, R, EN, A).rows
    assert found[:2] == (
        MissingLine("A", "2385", "Judge 2", "1", "A1.2"),
        MissingLine("A", "2385", "Judge 3", "2", "the whole sheet"),
    )
    # Two works untouched: three judges and the team each.
    assert len(found) == 2 + 2 * 4
    station.close()


def lines_of(station: Station, wanted: MarkPaper) -> list[str]:
    document = io.BytesIO()
    fill_in(station, R, wanted, EN, A)(document)
    (text,) = page_texts(document.getvalue())
    return text.splitlines()[1:-2]


def test_the_working_lists_are_printed_for_the_chief_to_sign() -> None:
    station = marking_station()
    complete_module_a(station)
    assert lines_of(station, MarkPaper.MISSING) == [
        *("Missing marks", "Sample event"),
        *("No mark is missing.", "Chief judge"),
    ]
    assert lines_of(station, MarkPaper.VIOLATIONS) == [
        *("Judgement rule violations", "Sample event"),
        *("No score breaks the rules of judgement.", "Chief judge"),
    ]
    station.close()
    station = marking_station()
    judged(station, "2385", J1, "3 3")
    assert lines_of(station, MarkPaper.MISSING)[2:5] == [
        "Module Work Sheet of Missing Aspects",
        "A 2385 Judge 2 2 the whole sheet",
        "A 2385 Judge 3 2 the whole sheet",
    ]
    assert lines_of(station, MarkPaper.VIOLATIONS)[2:4] == [
        "Work Aspect What is assessed Scores Finding",
        "2385 A1.1 Routing J1 3, J2 –, J3 – no score of J2, J3",
    ]
    station.close()


@pytest.mark.parametrize("listing", [missing_marks, judgement_violations])
def test_of_a_module_there_is_not_nothing_is_said_to_be_in_order(
    listing: Callable[..., object],
) -> None:
    station = marking_station()
    with pytest.raises(RuleBroken, match="module-unknown"):
        listing(station, R, EN, ModuleId("Z"))
    station.close()


def test_scores_too_far_apart_and_judges_missing_are_violations() -> None:
    station = marking_station()
    judged(station, "2385", J1, "3 3")
    judged(station, "2385", J2, "1 3")
    judged(station, "2385", J3, "2 3")
    judged(station, "5127", J1, "2 2")
    assert judgement_violations(station, R, EN, A).rows == (
        ViolationLine("2385", "A1.1", "Routing", "J1 3, J2 1, J3 2", "2 apart, allowed 1"),
        ViolationLine("5127", "A1.1", "Routing", "J1 2, J2 –, J3 –", "no score of J2, J3"),
        ViolationLine("5127", "A1.2", "Order", "J1 2, J2 –, J3 –", "no score of J2, J3"),
    )
    (row,) = panel_rows.spread_violations(station, R, A)
    panel_rows.let_stand(station, row, "sample: seen together on video")
    first = judgement_violations(station, R, EN, A).rows[0]
    assert first.finding == "let stand: sample: seen together on video"
    station.close()


def test_the_scheme_compares_each_section_with_what_it_was_promised() -> None:
    station = marking_station()
    module = EVENT.modules[0]
    first, *rest = module.subcriteria
    aspects = tuple(replace(aspect, section="1") for aspect in first.aspects)
    changed = replace(
        EVENT,
        modules=(replace(module, subcriteria=(replace(first, aspects=aspects), *rest)),),
        sections=(
            Section(id="1", name="样例条目一", mark=Decimal(2)),
            Section(id="2", name="样例条目二", mark=Decimal(1)),
        ),
    )
    with recording(station) as log:
        fact = RulesFrozen(event=R, rules=changed, rules_hash=rules_hash(changed))
        log.add(fact, reason="sample amendment")
    assert scheme_paper(station, R, EN).sections == (
        SectionLine("1", "样例条目一", "2", "3", "1", is_off=True),
        SectionLine("2", "样例条目二", "1", "0", "1", is_off=True),
        SectionLine("", "without a section", "", "3", "", is_off=True),
        SectionLine("", "Total variation", "3", "6", "2", is_off=True),
    )
    station.close()


def test_a_judge_gets_nothing_that_shows_scores_of_others() -> None:
    station = marking_station()
    station.actor = Actor(Role.JUDGE, J1)
    for wanted in (
        MarkPaper.FILLED,
        MarkPaper.FILLED_GRID,
        MarkPaper.SUMMARY,
        MarkPaper.VIOLATIONS,
    ):
        with pytest.raises(RuleBroken, match="scores-of-others-hidden"):
            fill_in(station, R, wanted, EN, A)
    station.close()


def test_the_command_line_offers_every_paper() -> None:
    sheets = program(EN).commands["sheets"]
    kind = next(one for one in sheets.params if one.name == "kind")
    assert list(kind.type.choices) == [one.value for one in MarkPaper]  # type: ignore[attr-defined]
