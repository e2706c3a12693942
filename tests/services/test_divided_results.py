"""A result of two divisions, from the marks to every list that shows it."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from app.domain.award_rules import ConsequenceRule, Outcome, OutcomeKind
from app.domain.certificate_holders import Holder
from app.domain.division_rules import DividedBy
from app.domain.errors import RuleBroken
from app.domain.facts import ResultStatus
from app.domain.scheme import Event
from app.services import certifying, hall, nomination_papers, papers, results, verifying
from app.services.certificate_content import Author
from app.services.station import Station
from app.sheets.result_tables import results_xlsx
from app.sheets.workbook import workbook_of
from app.words import Words
from tests.reports.reading import whole_text
from tests.samples.results import (
    DIVIDED,
    E1,
    E2,
    GROUPS,
    STAFF,
    STUDENTS,
    WELD,
    marked_event,
    publish,
)

ZH, EN = Words.load("zh"), Words.load("en")


def published(rules: Event = DIVIDED) -> Station:
    station = marked_event(rules=rules, groups=GROUPS)
    publish(station)
    return station


def test_the_snapshot_ranks_and_awards_each_division_by_itself() -> None:
    rows = results.in_force(published(), WELD).fact.rows
    assert [(row.division, row.entry[-2:], row.rank, row.award, row.state) for row in rows] == [
        (STAFF, "01", 1, "一等奖", "ranked"),
        (STAFF, "03", 2, "二等奖", "ranked"),
        (STAFF, "05", None, "", "absent"),
        (STUDENTS, "02", 1, "一等奖", "ranked"),
        (STUDENTS, "04", 2, "二等奖", "ranked"),
        (STUDENTS, "06", 1, "", "guest"),
    ]


def test_by_team_size_individuals_and_teams_say_what_they_are() -> None:
    rules = msgspec.structs.replace(DIVIDED, divided_by=DividedBy.MEMBERS)
    assert [row.division for row in results.in_force(published(rules), WELD).fact.rows] == [
        "individual"
    ] * 6
    assert {row.division for row in papers.results_list(published(rules), WELD, ZH).ranked} == {
        "个人"
    }


@pytest.mark.parametrize("group", ["", "教师组"])
def test_a_group_that_the_rules_do_not_know_keeps_the_result_back(group: str) -> None:
    station = marked_event(rules=DIVIDED, groups={**GROUPS, E2: group})
    found = results.blockers(station, WELD)
    assert [(why.code, why.details["count"], why.details["entries"]) for why in found] == [
        ("entries-undivided", 1, "WELD-02")
    ]
    with pytest.raises(RuleBroken, match="entries-undivided"):
        publish(station)


def test_the_posted_list_has_a_section_for_each_division_with_its_columns() -> None:
    listed = papers.results_list(published(), WELD, EN)
    assert [
        (row.division, row.entry, row.rank, row.scaled, row.medal) for row in listed.ranked
    ] == [
        ("Staff", "01", "1", "715", "Gold"),
        ("Staff", "03", "2", "685", "Silver"),
        ("Students", "02", "1", "728", "Gold"),
        ("Students", "04", "2", "673", "Silver"),
        ("Students", "06", "(1)", "", ""),
    ]
    assert [(row.division, row.entry) for row in listed.apart] == [("Staff", "05")]
    assert "approximation" in listed.note


def test_the_paper_prints_the_headings_of_the_divisions() -> None:
    made = io.BytesIO()
    papers.print_results(published(), WELD, EN, made)
    text = " ".join(whole_text(made.getvalue()).split())
    assert text.index("Staff") < text.index("715") < text.index("Students") < text.index("728")
    assert "Scaled (approx.)" in text


def test_the_workbook_says_the_division_of_every_row() -> None:
    table = papers.results_table(published(), WELD, ZH)
    sheet = workbook_of("a.xlsx", results_xlsx(table, ZH)).sheets[0]
    assert sheet.row(9).cells == (
        *("组别", "名次", "参赛编号", "姓名", "单位", "A 平焊", "B 立焊", "总分", "奖项"),
        *("标准分（近似）", "奖牌", "备注"),
    )
    assert sheet.row(10).cells[:4] == ("职工组", 1.0, "01", "样例选手01")
    assert sheet.row(10).cells[9:11] == (715.0, "金牌")


def test_what_parted_a_tie_stands_beside_the_lower_entry() -> None:
    station = marked_event()
    publish(station)
    listed = papers.results_list(station, WELD, ZH)
    assert [(row.entry, row.decided) for row in listed.ranked] == [
        ("02", ""),
        ("01", "模块 A"),
        ("03", ""),
        ("04", ""),
        ("06", ""),
    ]


def test_the_hall_knows_the_division_of_every_row() -> None:
    shown = hall.hall_view(published(), WELD, EN).snapshot
    assert shown is not None
    assert [(row.division, row.number, row.rank) for row in shown.rows] == [
        ("Staff", "01", 1),
        ("Staff", "03", 2),
        ("Students", "02", 1),
        ("Students", "04", 2),
        ("Students", "06", 1),
    ]


def test_what_follows_from_a_result_is_counted_within_a_division() -> None:
    rule = ConsequenceRule(
        id="R1",
        line="title",
        outcomes=(Outcome(kind=OutcomeKind.TITLE, name="样例称号"),),
        within_percent=Decimal(50),
    )
    awards = msgspec.structs.replace(DIVIDED.awards, consequences=(rule,), medals=None, scale=None)
    listed = nomination_papers.nominations_list(
        published(msgspec.structs.replace(DIVIDED, awards=awards)), WELD, ZH
    )
    # Half of two is one: the first of each division, though each has an equal in the other.
    assert [(row.division, row.entry, row.basis) for row in listed.rows] == [
        ("职工组", "01", "R1"),
        ("学生组", "02", "R1"),
    ]


def test_a_certificate_names_the_division_it_was_won_in() -> None:
    station = published()
    (issued,) = certifying.issue(station, WELD, [Holder(E1)], template="award")
    assert Author(station, WELD, "award").specimen(issued).group == "Staff"


def test_whoever_holds_the_file_finds_the_same_divisions(tmp_path: Path) -> None:
    path = tmp_path / "divided.plumb"
    station = marked_event(path, home=tmp_path, rules=DIVIDED, groups=GROUPS)
    publish(station)
    publish(station, ResultStatus.FINAL, reason="公示期满")
    station.close()
    report = verifying.verify(path)
    assert report.ok
