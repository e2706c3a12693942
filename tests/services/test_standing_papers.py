"""Combined standings in words: lines, notes, the paper and the workbook."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
import python_calamine

from app.domain.errors import RuleBroken
from app.domain.facts import ResultStatus
from app.services.standing_lines import (
    StandingOrder,
    in_order,
    standing_lines,
    standing_notes,
)
from app.services.standing_papers import standing_book, standing_paper, standing_writer
from app.services.standings import combined_standing, publish_standing
from app.words import Words
from tests.samples.season import M1, publish_match, season_file

pytestmark = pytest.mark.usefixtures("station_home")


def test_a_line_says_what_counts_what_does_not_and_what_is_paid() -> None:
    station = season_file()
    first, *_, last = standing_lines(
        station, combined_standing(station, "season"), Words.load("en")
    )
    assert (first.rank, first.name, first.unit) == ("1", "Sample Entrant A", "样例一厂")
    assert (first.star, first.allowance, first.months, first.sum) == (
        "Five stars",
        "500",
        "12",
        "6000",
    )
    assert first.counted == (
        "第 M1 场（样例）: place 1, 95.00, points 10; 第 M2 场（样例）: place 2, 80.00, points 8"
    )
    assert first.left_out == "第 M3 场（样例）: place 3, 70.00, points 6"
    assert (last.rank, last.name, last.star, last.sum) == ("–", "Sample Entrant C", "", "")
    station.close()


def test_a_unit_says_whose_places_count() -> None:
    station = season_file()
    first, *_ = standing_lines(station, combined_standing(station, "teams"), Words.load("zh"))
    assert (first.name, first.unit) == ("", "样例一厂")
    assert first.counted == (
        "样例选手甲 第 M1 场（样例） 第 1 名 95.00；样例选手丙 第 M1 场（样例） 第 3 名 85.00"
    )
    station.close()


def test_members_are_listed_by_whatever_is_compared() -> None:
    station = season_file()
    rows = combined_standing(station, "overall").rows
    # Points 11, 10, 4; average 2.75, 3.33, 4; scores 330 of four, 269 of three, 92 of one.
    assert [(row.of, row.scores, row.mean) for row in rows] == [
        ("样例一厂", "330.00", "82.50"),
        ("样例二厂", "269.00", "89.67"),
        ("样例三厂", "92.00", "92.00"),
    ]
    listed = {order: "".join(row.of[2] for row in in_order(rows, order)) for order in StandingOrder}
    assert listed == {
        StandingOrder.RANK: "一二三",
        StandingOrder.UNIT: "一三二",
        StandingOrder.AVERAGE: "三二一",
        StandingOrder.SCORES: "一二三",
        StandingOrder.MEAN: "三二一",
    }
    station.close()


def test_the_notes_name_what_it_was_made_from_and_what_is_missing() -> None:
    station = season_file(matches=(M1,))
    notes = standing_notes(station, combined_standing(station, "season"), Words.load("zh"))
    assert notes[0] == "依据各赛项已公布的成绩计算。"
    assert notes[1].startswith("第 M1 场（样例）：第 1 版成绩，校验码 ")
    assert notes[2:] == (
        "尚未公布成绩的赛项：第 M2 场（样例）；第 M3 场（样例）。",
        "名次为“–”者参赛场次不足，不排名次。",
    )
    station.close()


def test_the_paper_is_a_draft_until_exactly_this_is_published(tmp_path: Path) -> None:
    station = season_file()
    words = Words.load("zh")
    before = combined_standing(station, "overall")
    assert standing_paper(station, before, words).imprint.provisional
    publish_standing(station, "overall", expected_hash=before.standing_hash)
    published = standing_paper(station, combined_standing(station, "overall"), words)
    assert (published.imprint.provisional, published.imprint.revision) == (False, 1)
    assert [one.role for one in published.signatures] == ["裁判长", "监督", "主办单位"]

    target = tmp_path / "总团体.pdf"
    assert standing_writer(station, "overall", words, target)() == 3
    with pypdfium2.PdfDocument(target) as paper:
        text = paper[0].get_textpage().get_text_bounded()
    assert "总团体" in text
    assert "样例一厂" in text
    assert before.standing_hash in text
    station.close()


def test_the_paper_is_no_draft_once_published_but_says_which_result_may_still_change() -> None:
    station = season_file(matches=())
    publish_match(station, M1, status=ResultStatus.PROVISIONAL)
    words = Words.load("zh")
    now = combined_standing(station, "teams")
    publish_standing(station, "teams", expected_hash=now.standing_hash)
    table = combined_standing(station, "teams")
    paper = standing_paper(station, table, words)
    assert (paper.imprint.provisional, paper.imprint.revision) == (False, 1)
    assert paper.notes[0] == "已公布 · 第 1 版 · 公示"
    assert paper.notes[-1] == "尚在公示、不是最终成绩的赛项：第 M1 场（样例）。"
    assert ("状态", "公示") in standing_book(station, table, words).facts
    station.close()


def test_the_workbook_holds_numbers_as_numbers(tmp_path: Path) -> None:
    station = season_file()
    target = tmp_path / "season.xlsx"
    assert standing_writer(station, "season", Words.load("zh"), target)() == 4
    rows = python_calamine.CalamineWorkbook.from_path(str(target)).get_sheet_by_index(0).to_python()
    place = next(n for n, row in enumerate(rows) if row[0] == "名次")
    assert rows[place][:9] == [
        "名次",
        "姓名",
        "单位",
        "积分",
        "星级",
        "月津贴（元）",
        "月数",
        "津贴合计（元）",
        "计入",
    ]
    assert rows[place + 1][:8] == [1, "样例选手甲", "样例一厂", 18, "五星", 500, 12, 6000]
    station.close()


def test_any_other_ending_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    station = season_file()
    with pytest.raises(RuleBroken) as refused:
        standing_writer(station, "season", Words.load("zh"), tmp_path / "season.txt")
    assert refused.value == RuleBroken("list-form-unknown", file="season.txt")
    assert list(tmp_path.glob("season*")) == []
    station.close()
