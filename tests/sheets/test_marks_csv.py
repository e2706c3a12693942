"""Keyed marks from a file: every row as written, and the first missing thing by its place."""

from __future__ import annotations

from pathlib import Path

import pytest

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
