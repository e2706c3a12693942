"""The results workbook: numbers that calculate, text that stays text, the same bytes each time."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.problems import Problem
from app.sheets.cells import number_of
from app.sheets.result_tables import (
    ResultsTable,
    ResultsTableRow,
    results_xlsx,
    write_results_xlsx,
)
from app.sheets.workbook import open_workbook, workbook_of
from app.words import Words

TABLE = ResultsTable(
    competition="样例竞赛",
    event="工业机器人系统操作与运维",
    status="公示",
    revision="第 2 版",
    published="2026-11-16 09:00",
    made=dt.datetime(2026, 11, 16, 1, 0, tzinfo=dt.UTC),
    result_hash="ab" * 32,
    rules_hash="cd" * 32,
    modules=("A 机械与电气安装", "B 示教编程"),
    rows=(
        ResultsTableRow(
            rank="1",
            entry="ROBOT-07",
            name="样例选手01",
            unit="样例一厂",
            modules=("19.75", "28.10"),
            total="87.675",
            award="一等奖",
            why="总分最高",
        ),
        ResultsTableRow(
            rank="2",
            entry="ROBOT-03",
            name="=1+1",
            unit="@样例二厂",
            modules=("0.00", ""),
            total="0.00",
        ),
        ResultsTableRow(
            rank="",
            entry="ROBOT-05",
            name="样例选手03",
            unit="https://example.org",
            modules=("缺考", "-"),
            total="",
            state="缺考",
        ),
    ),
)
ZH = Words.load("zh")


def results_sheet(content: bytes) -> Worksheet:
    sheet = load_workbook(io.BytesIO(content))["成绩"]
    assert isinstance(sheet, Worksheet)
    return sheet


def test_the_workbook_reads_back_as_it_was_published() -> None:
    book = workbook_of("成绩.xlsx", results_xlsx(TABLE, ZH))
    assert [sheet.name for sheet in book.sheets] == ["成绩", "名次依据"]
    rows = [tuple(row.text(column) for column in range(9)) for row in book.sheets[0].rows]
    assert [row[:2] for row in rows[:7]] == [
        ("竞赛", "样例竞赛"),
        ("赛项", "工业机器人系统操作与运维"),
        ("状态", "公示"),
        ("版次", "第 2 版"),
        ("公布时间", "2026-11-16 09:00"),
        ("成绩校验码", "ab" * 32),
        ("规则校验码", "cd" * 32),
    ]
    assert rows[8] == (
        "名次",
        "参赛编号",
        "姓名",
        "单位",
        "A 机械与电气安装",
        "B 示教编程",
        "总分",
        "奖项",
        "备注",
    )
    assert rows[9] == (
        "1",
        "ROBOT-07",
        "样例选手01",
        "样例一厂",
        "19.75",
        "28.1",
        "87.675",
        "一等奖",
        "",
    )
    assert rows[11][:7] == ("", "ROBOT-05", "样例选手03", "https://example.org", "缺考", "-", "")
    assert book.sheets[1].row(2).cells == (1.0, "ROBOT-07", "总分最高")


def test_marks_are_numbers_shown_with_the_published_places() -> None:
    sheet = results_sheet(results_xlsx(TABLE, ZH))
    shown = [(sheet[place].value, sheet[place].number_format) for place in ("A10", "F10", "G10")]
    assert shown == [(1, "0"), (28.1, "0.00"), (87.675, "0.000")]
    assert (sheet["E11"].value, sheet["E11"].number_format) == (0, "0.00")


def test_text_that_looks_like_a_formula_or_a_link_stays_text() -> None:
    sheet = results_sheet(results_xlsx(TABLE, ZH))
    for place, text in (("C11", "=1+1"), ("D11", "@样例二厂"), ("D12", "https://example.org")):
        # openpyxl calls a string that begins with = a formula; the file itself says string.
        assert sheet[place].value == text
        assert sheet[place].hyperlink is None
    assert workbook_of("a.xlsx", results_xlsx(TABLE, ZH)).sheets[0].row(11).at(2) == "=1+1"
    assert workbook_of("a.xlsx", results_xlsx(TABLE, ZH)).sheets[0].unfilled == ()


def test_every_mark_a_scheme_can_give_survives_exactly() -> None:
    totals = ["0.0001", "87.6750", "99999.9999", "2.675", "1.005", "0.1", "33.3333", "-5.00"]
    rows = tuple(replace(TABLE.rows[0], total=total, modules=()) for total in totals)
    content = results_xlsx(replace(TABLE, modules=(), rows=rows), ZH)
    sheet = workbook_of("a.xlsx", content).sheets[0]
    read = [number_of(sheet.row(10 + line).at(4)) for line in range(len(totals))]
    assert read == [Decimal(total) for total in totals]


def test_a_number_the_workbook_would_bend_is_written_as_text() -> None:
    rows = (replace(TABLE.rows[0], total="123456789012.1234", modules=()),)
    content = results_xlsx(replace(TABLE, modules=(), rows=rows), ZH)
    assert workbook_of("a.xlsx", content).sheets[0].row(10).at(4) == "123456789012.1234"


def test_the_heading_stays_in_sight_and_on_every_page() -> None:
    sheet = results_sheet(results_xlsx(TABLE, ZH))
    assert sheet.freeze_panes == "A10"
    assert sheet.print_title_rows == "$9:$9"
    assert str(sheet.page_setup.paperSize) == "9"
    assert "ab" * 32 in str(sheet.oddFooter.left.text)


def test_without_reasons_there_is_no_second_sheet() -> None:
    rows = tuple(replace(row, why="") for row in TABLE.rows)
    book = workbook_of("a.xlsx", results_xlsx(replace(TABLE, rows=rows), Words.load("en")))
    assert [sheet.name for sheet in book.sheets] == ["Results"]
    assert book.sheets[0].row(9).text(0) == "Rank"


def test_the_same_table_gives_the_same_bytes() -> None:
    assert results_xlsx(TABLE, ZH) == results_xlsx(TABLE, ZH)


def test_a_file_is_replaced_only_by_a_whole_one(tmp_path: Path) -> None:
    target = tmp_path / "成绩.xlsx"
    target.write_bytes(b"old")
    write_results_xlsx(TABLE, target, ZH)
    assert len(open_workbook(target).sheets) == 2
    assert [path.name for path in tmp_path.glob("*.xlsx")] == ["成绩.xlsx"]
    assert list(tmp_path.glob(".*")) == []


def test_a_place_that_cannot_be_written_is_the_machines_problem(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="sheet-not-written"):
        write_results_xlsx(TABLE, tmp_path / "none" / "成绩.xlsx", ZH)
