"""Keyed marks from a file: every row as written, and the first missing thing by its place."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from app.domain.errors import RuleBroken
from app.sheets.marks_csv import KeyedMark, read_marks
from tests.sheets.books import save_xlsx


def csv_file(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "marks.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_rows_are_read_as_they_are_written(tmp_path: Path) -> None:
    text = (
        "entry,aspect,judge,value\nROBOT-01,A1.1,,1\n\nROBOT-01,A3.1,J2,2.50\n4711,A1.2,J1,absent\n"
    )
    assert read_marks(csv_file(tmp_path, text)) == (
        KeyedMark(row=2, entry="ROBOT-01", aspect="A1.1", judge="", value="1"),
        KeyedMark(row=4, entry="ROBOT-01", aspect="A3.1", judge="J2", value="2.50"),
        KeyedMark(row=5, entry="4711", aspect="A1.2", judge="J1", value="absent"),
    )


def test_chinese_headings_semicolons_and_decimal_commas_are_read(tmp_path: Path) -> None:
    text = "参赛编号;评分点;得分\n01;T1.1;87,5\n"
    assert read_marks(csv_file(tmp_path, text, "gb18030")) == (
        KeyedMark(row=2, entry="01", aspect="T1.1", judge="", value="87.5"),
    )


def test_a_number_out_of_a_workbook_is_the_decimal_that_was_typed(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        [],
        ["Value", "Entry", "Aspect", "Judge"],
        [2.675, 7, "A1.1", "J1"],
        [0.1 + 0.2, "ROBOT-07", "A1.2", None],
    ]
    path = save_xlsx(tmp_path / "marks.xlsx", {"Marks": rows})
    assert read_marks(path) == (
        KeyedMark(row=3, entry="7", aspect="A1.1", judge="J1", value="2.675"),
        KeyedMark(row=4, entry="ROBOT-07", aspect="A1.2", judge="", value="0.3"),
    )


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        (",A1.1,J1,1", "marks-entry-missing", "A"),
        ("ROBOT-01,,J1,1", "marks-aspect-missing", "B"),
        ("ROBOT-01,A1.1,J1,", "marks-value-missing", "D"),
    ],
)
def test_what_is_missing_is_named_by_row_and_column(
    tmp_path: Path, line: str, code: str, column: str
) -> None:
    path = csv_file(tmp_path, f"entry,aspect,judge,value\nROBOT-01,A1.1,J1,1\n{line}\n")
    with pytest.raises(RuleBroken) as refused:
        read_marks(path)
    assert refused.value == RuleBroken(code, file="marks.csv", row=3, column=column)


def test_a_formula_without_result_is_no_mark(tmp_path: Path) -> None:
    rows: list[list[object]] = [["entry", "aspect", "value"], ["ROBOT-01", "A1.1", "=1+1"]]
    path = save_xlsx(tmp_path / "marks.xlsx", {"Marks": rows})
    with pytest.raises(RuleBroken) as refused:
        read_marks(path)
    assert refused.value == RuleBroken("marks-cell-without-result", file="marks.xlsx", cell="C2")


def test_a_file_without_headings_or_marks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleBroken, match="marks-no-heading"):
        read_marks(csv_file(tmp_path, "ROBOT-01,A1.1,J1,1\n"))
    with pytest.raises(RuleBroken, match="marks-no-rows"):
        read_marks(csv_file(tmp_path, "entry,aspect,judge,value\n"))


def test_a_wide_table_has_a_column_for_each_aspect_or_judge(tmp_path: Path) -> None:
    text = '加密号,姓名,A1.1/J1,A1.1／J2,A2.1,总分\n5127,样例,2,3,1,6\n2385,样例,,缺考,"0,5",\n'
    assert read_marks(csv_file(tmp_path, text)) == (
        KeyedMark(row=2, entry="5127", aspect="A1.1", judge="J1", value="2"),
        KeyedMark(row=2, entry="5127", aspect="A1.1", judge="J2", value="3"),
        KeyedMark(row=2, entry="5127", aspect="A2.1", judge="", value="1"),
        KeyedMark(row=3, entry="2385", aspect="A1.1", judge="J2", value="缺考"),
        KeyedMark(row=3, entry="2385", aspect="A2.1", judge="", value="0.5"),
    )


def test_two_columns_of_a_wide_table_for_one_cell_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleBroken) as refused:
        read_marks(csv_file(tmp_path, "entry,A1.1/J1,A1.2,A1.1 / J1\n01,1,2,3\n"))
    assert refused.value == RuleBroken(
        "marks-column-twice", file="marks.csv", column="D", first="B", heading="A1.1 / J1"
    )


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (
            "entry,A1.1\n,1\n",
            RuleBroken("marks-entry-missing", file="marks.csv", row=2, column="A"),
        ),
        ("entry,A1.1\n01,\n", RuleBroken("marks-no-rows", file="marks.csv")),
        ("entry,name,total\n01,x,1\n", RuleBroken("marks-no-heading", file="marks.csv")),
    ],
)
def test_a_wide_table_that_lacks_something_is_refused(
    tmp_path: Path, text: str, refusal: RuleBroken
) -> None:
    with pytest.raises(RuleBroken) as refused:
        read_marks(csv_file(tmp_path, text))
    assert refused.value == refusal


def test_a_formula_without_result_in_a_wide_table_is_no_mark(tmp_path: Path) -> None:
    rows: list[list[object]] = [["entry", "A1.1"], ["ROBOT-01", "=1+1"]]
    path = save_xlsx(tmp_path / "marks.xlsx", {"Marks": rows})
    with pytest.raises(RuleBroken) as refused:
        read_marks(path)
    assert refused.value == RuleBroken("marks-cell-without-result", file="marks.xlsx", cell="B2")


def test_what_an_aspect_is_worth_is_never_taken_for_its_mark(tmp_path: Path) -> None:
    """On Chinese sheets 分值 stands for both; beside 得分 it is the maximum."""
    both = "参赛编号,评分点,分值,得分\n01,A1.1,60,55.5\n"
    assert [mark.value for mark in read_marks(csv_file(tmp_path, both))] == ["55.5"]
    alone = "参赛编号,评分点,分值\n01,A1.1,55.5\n"
    assert [mark.value for mark in read_marks(csv_file(tmp_path, alone))] == ["55.5"]


@pytest.mark.parametrize(
    ("headings", "columns"),
    [
        ("entry,aspect,mark,score", ("C", "D")),
        ("entry,参赛编号,aspect,value", ("A", "B")),
        ("entry,aspect,aspect,value", ("B", "C")),
        ("entry,参赛编号,A1.1,A1.2", ("A", "B")),
    ],
)
def test_two_columns_that_could_both_be_meant_are_refused(
    tmp_path: Path, headings: str, columns: tuple[str, str]
) -> None:
    with pytest.raises(RuleBroken) as refused:
        read_marks(csv_file(tmp_path, f"{headings}\n01,02,3,4\n"))
    assert refused.value.code == "marks-column-twice"
    assert (refused.value.details["first"], refused.value.details["column"]) == columns


@pytest.mark.parametrize("value", ["1,000", "-12,500", "999,999"])
def test_a_comma_that_may_part_thousands_is_refused(tmp_path: Path, value: str) -> None:
    path = csv_file(tmp_path, f'entry,aspect,value\n01,A1.1,"{value}"\n')
    with pytest.raises(RuleBroken) as refused:
        read_marks(path)
    assert refused.value.code == "marks-comma-unclear"
    assert (refused.value.details["cell"], refused.value.details["value"]) == ("C2", value)


@pytest.mark.parametrize(("typed", "read"), [("0,125", "0.125"), ("25,01", "25.01")])
def test_a_comma_that_can_only_be_a_decimal_one_is_read(
    tmp_path: Path, typed: str, read: str
) -> None:
    path = csv_file(tmp_path, f'entry,aspect,value\n01,A1.1,"{typed}"\n')
    assert [mark.value for mark in read_marks(path)] == [read]


def test_marks_on_a_second_sheet_are_never_left_out_in_silence(tmp_path: Path) -> None:
    first: list[list[object]] = [["entry", "A1.1"], ["01", 50]]
    path = save_xlsx(tmp_path / "marks.xlsx", {"Read me": [["Fill in"]], "Monday": first})
    assert [(mark.entry, mark.value) for mark in read_marks(path)] == [("01", "50")]
    save_xlsx(path, {"Monday": first, "Tuesday": [["entry", "A1.1"], ["02", 40]]})
    with pytest.raises(RuleBroken) as refused:
        read_marks(path)
    assert refused.value.code == "sheet-several-tables"
    assert refused.value.details["sheets"] == "Monday, Tuesday"


def test_a_mark_that_is_shown_as_per_cent_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["entry", "A1.1"])
    book.active.append(["01", 0.85])
    book.active["B2"].number_format = "0%"
    book.save(tmp_path / "marks.xlsx")
    with pytest.raises(RuleBroken) as refused:
        read_marks(tmp_path / "marks.xlsx")
    assert (refused.value.code, refused.value.details["cell"]) == ("marks-cell-percent", "B2")


def test_minutes_that_a_workbook_took_for_hours_are_refused(tmp_path: Path) -> None:
    """14:30 typed into a cell is stored as half past two in the afternoon."""
    rows: list[list[object]] = [["entry", "A1.1"], ["01", time(14, 30)]]
    path = save_xlsx(tmp_path / "marks.xlsx", {"Marks": rows})
    with pytest.raises(RuleBroken) as refused:
        read_marks(path)
    assert (refused.value.code, refused.value.details["cell"]) == ("marks-time-unclear", "B2")


def test_a_time_cell_that_says_hours_minutes_and_seconds_is_read(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["entry", "A1.1", "A1.2", "A1.3"],
        ["01", time(0, 14, 30), timedelta(minutes=14, seconds=30), time(0, 14, 30, 500_000)],
    ]
    path = save_xlsx(tmp_path / "marks.xlsx", {"Marks": rows})
    assert [mark.value for mark in read_marks(path)] == ["00:14:30", "0:14:30", "00:14:30.5"]
