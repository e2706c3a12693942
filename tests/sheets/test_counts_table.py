"""Counts of output from a file: a row a count or a column a day, each refusal with its place."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest

from app.domain.errors import RuleBroken
from app.sheets.counts_table import KeyedCount, read_counts
from tests.sheets.books import save_xlsx


def csv_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "counts.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_long_table_has_a_row_for_each_count(tmp_path: Path) -> None:
    text = (
        "参赛编号,队伍,日期,完成数\n01,样例班组,2026/9/3,7\n\n"
        "02,,2026年9月3日,5.50\n03,,2026-09-03,\n"
    )
    assert read_counts(csv_file(tmp_path, text)) == (
        KeyedCount(row=2, entry="01", day="2026-09-03", quantity="7"),
        KeyedCount(row=4, entry="02", day="2026-09-03", quantity="5.5"),
    )


def test_the_columns_are_found_under_the_words_of_the_window(tmp_path: Path) -> None:
    text = "参赛号,参赛队,单位,9/1/2026\n01,样例班组01,样例一厂,7\n"
    with pytest.raises(RuleBroken, match="counts-day-unreadable"):
        read_counts(csv_file(tmp_path, text))
    sound = text.replace("9/1/2026", "2026/9/1")
    assert read_counts(csv_file(tmp_path, sound)) == (
        KeyedCount(row=2, entry="01", day="2026-09-01", quantity="7"),
    )


def test_a_wide_table_has_a_column_for_each_day(tmp_path: Path) -> None:
    path = tmp_path / "counts.xlsx"
    midnight = datetime.combine(date(2026, 9, 2), time())
    rows = [
        ["entry", "name", date(2026, 9, 1), midnight, "2026.9.3", "total"],
        [1, "Sample Crew 01", 2, None, 2.5, 4.5],
        ["02", "Sample Crew 02", 0, 3, None, 3],
    ]
    save_xlsx(path, {"counts": rows})
    assert read_counts(path) == (
        KeyedCount(row=2, entry="1", day="2026-09-01", quantity="2"),
        KeyedCount(row=2, entry="1", day="2026-09-03", quantity="2.5"),
        KeyedCount(row=3, entry="02", day="2026-09-01", quantity="0"),
        KeyedCount(row=3, entry="02", day="2026-09-02", quantity="3"),
    )


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("team,day\nA,1\n", "counts-no-heading(file=counts.csv)"),
        ("entry,day\n01,2026-09-03\n", "counts-no-heading(file=counts.csv)"),
        ("entry,name\n01,A\n", "counts-no-heading(file=counts.csv)"),
        ("entry,2026-09-03\n01,\n", "counts-no-rows(file=counts.csv)"),
        (
            "entry,2026-09-03,remark\n01,7,x\n",
            "counts-day-unreadable(file=counts.csv, row=1, column=C, value=remark)",
        ),
        (
            "entry,day,count\n01,3 Sept,7\n",
            "counts-day-unreadable(file=counts.csv, row=2, column=B, value=3 Sept)",
        ),
        (
            "entry,2026-09-30,2026/9/31\n01,7,4\n",
            "counts-day-unreadable(file=counts.csv, row=1, column=C, value=2026/9/31)",
        ),
        ("entry,day,count\n01,,7\n", "counts-day-missing(file=counts.csv, row=2, column=B)"),
        (
            "entry,day,count\n,2026-09-03,7\n",
            "marks-entry-missing(file=counts.csv, row=2, column=A)",
        ),
        (
            "entry,day,count\n01,2026-09-03,-7\n",
            "counts-quantity(file=counts.csv, cell=C2, value=-7)",
        ),
        (
            'entry,day,count\n01,2026-09-03,"1,000"\n',
            "marks-comma-unclear(file=counts.csv, cell=C2, value=1,000)",
        ),
        (
            "entry,2026-09-03,2026/9/3\n01,7,8\n",
            "marks-column-twice(file=counts.csv, column=C, first=B, heading=2026/9/3)",
        ),
    ],
)
def test_the_first_thing_that_is_wrong_is_told_with_its_place(
    tmp_path: Path, text: str, refused: str
) -> None:
    with pytest.raises(RuleBroken) as caught:
        read_counts(csv_file(tmp_path, text))
    assert str(caught.value) == refused
