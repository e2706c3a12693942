"""The sheet of star allowances: who is paid what, and what it comes to."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
import python_calamine
from msgspec.structs import replace

from app.domain.award_rules import StarBand
from app.domain.errors import RuleBroken
from app.domain.facts import ResultStatus
from app.reports.allowance_sheet import AllowanceRow
from app.services.allowances import allowance_writer, event_allowances, standing_allowances
from app.services.standings import combined_standing, publish_standing
from app.words import Words
from tests.samples.results import EVENT, WELD, marked_event, publish
from tests.samples.season import M1, season_file

pytestmark = pytest.mark.usefixtures("station_home")
ZH = Words.load("zh")


def test_a_season_pays_its_stars_and_says_what_it_comes_to() -> None:
    station = season_file()
    sheet = standing_allowances(station, "season", ZH)
    # 甲 and 乙 share the first place: five stars, 500 a month for twelve months each.
    assert sheet.rows == (
        AllowanceRow("1", "样例选手甲", "样例一厂", "五星", "500", "12", "6000"),
        AllowanceRow("2", "样例选手乙", "样例二厂", "五星", "500", "12", "6000"),
    )
    assert sheet.total.sum == "12000"
    assert sheet.imprint.provisional, "nothing is published yet"
    now = combined_standing(station, "season")
    publish_standing(station, "season", expected_hash=now.standing_hash)
    imprint = standing_allowances(station, "season", ZH).imprint
    assert (imprint.provisional, imprint.revision) == (False, 1)
    assert imprint.result_hash == now.standing_hash
    station.close()


@pytest.mark.parametrize(("of", "name"), [("overall", "总团体"), ("teams", "团体")])
def test_where_nobody_is_paid_there_is_no_sheet(of: str, name: str) -> None:
    station = season_file()
    with pytest.raises(RuleBroken) as refused:
        standing_allowances(station, of, ZH)
    assert refused.value == RuleBroken("allowances-nobody", name=name)
    with pytest.raises(RuleBroken, match="allowances-nobody"):
        event_allowances(station, M1, ZH)
    station.close()


def test_a_published_result_pays_who_is_ranked_and_nobody_outside_the_awards() -> None:
    five = StarBand(grade="五星", at_least=Decimal(17), allowance=Decimal(500), months=12)
    four = StarBand(grade="四星", at_least=Decimal(14), allowance=Decimal("300.5"))
    three = StarBand(grade="三星", at_least=Decimal(11))
    awards = replace(EVENT.awards, stars=(five, four, three))
    station = marked_event(rules=replace(EVENT, awards=awards))
    with pytest.raises(RuleBroken, match="nothing-published"):
        event_allowances(station, WELD, ZH)
    publish(station)
    sheet = event_allowances(station, WELD, ZH)
    # 17 and 17 marks, then 14; 11.5 earns a grade without money, and 20 is a guest's (打星).
    assert sheet.rows == (
        AllowanceRow("1", "单样", "样例二厂", "五星", "500", "12", "6000"),
        AllowanceRow("2", "样例选手01", "样例一厂", "五星", "500", "12", "6000"),
        AllowanceRow("3", "样例·长名选手〇三", "样例三厂", "四星", "300.5", "", "300.5"),
    )
    assert sheet.total.sum == "12300.5"
    assert sheet.imprint.provisional
    publish(station, ResultStatus.FINAL, reason="样例")
    imprint = event_allowances(station, WELD, ZH).imprint
    assert (imprint.provisional, imprint.revision) == (False, 2)
    station.close()


def test_the_sheet_is_printed_and_written_as_a_workbook(tmp_path: Path) -> None:
    station = season_file()
    sheet = standing_allowances(station, "season", ZH)
    paper, book = tmp_path / "津贴.pdf", tmp_path / "津贴.xlsx"
    assert allowance_writer(station, sheet, ZH, paper)() == 2
    with pypdfium2.PdfDocument(paper) as printed:
        text = printed[0].get_textpage().get_text_bounded()
    for said in ("星级津贴发放表", "样例选手乙", "12000", "领取人签字", "批准"):
        assert said in text
    assert allowance_writer(station, sheet, ZH, book)() == 2
    rows = python_calamine.CalamineWorkbook.from_path(str(book)).get_sheet_by_index(0).to_python()
    place = next(n for n, row in enumerate(rows) if row[0] == "序号")
    assert rows[place + 1][:7] == [1, "样例选手甲", "样例一厂", "五星", 500, 12, 6000]
    assert rows[place + 3][:7] == ["", "合计", "", "", "", "", 12000]
    with pytest.raises(RuleBroken, match="list-form-unknown"):
        allowance_writer(station, sheet, ZH, tmp_path / "津贴.txt")
    station.close()
