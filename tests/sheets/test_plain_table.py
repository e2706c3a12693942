"""The list of those who go up is read back as a roster, column by column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from app.domain.errors import RuleBroken
from app.sheets.plain_table import write_plain_table
from app.sheets.roster import Field, read_roster
from app.words import LANGUAGES, Language, Words

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ("name", "unit", "id", "id_kind", "team", "group", "grade", "rank", "total", "note")
LINE = ("样例选手01", "样例一厂", "000000200001010000", "", "", "", "", "1", "94.90", "")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_next_file_knows_every_column_it_takes(
    tmp_path: Path, ending: str, language: Language
) -> None:
    words = Words.load(language)
    target = tmp_path / f"next.{ending}"
    headings = tuple(words.say(f"promotion.{name}") for name in COLUMNS)
    write_plain_table(target, words.say("promotion.title"), headings, [LINE])
    read = read_roster(target)
    assert read.mapping == {
        Field.NAME: 0,
        Field.UNIT: 1,
        Field.ID_NUMBER: 2,
        Field.ID_KIND: 3,
        Field.TEAM: 4,
        Field.GROUP: 5,
        Field.GRADE: 6,
        Field.EARLIER: 8,
        Field.NOTE: 9,
    }
    (row,) = read.rows
    # Eighteen digits stay text, and so does a total with its last zero.
    assert (row.text(2), row.text(8)) == ("000000200001010000", "94.90")


def test_a_name_is_never_a_formula(tmp_path: Path) -> None:
    target = tmp_path / "next.csv"
    write_plain_table(target, "晋级名单", ("姓名", "单位"), [("=1+1", "样例一厂")])
    assert target.read_text(encoding="utf-8-sig").splitlines() == ["姓名,单位", "'=1+1,样例一厂"]
    assert read_roster(target).rows[0].text(0) == "=1+1"


def test_what_is_typed_into_a_workbook_stays_what_was_typed(tmp_path: Path) -> None:
    """In a cell of no format 14:30 becomes a time of day and 3-1 a date."""
    target = tmp_path / "form.xlsx"
    write_plain_table(target, "A", ("参赛编号", "A1.1"), [("01", ""), ("02", "")])
    sheet = load_workbook(target).active
    cells = [sheet.cell(row, column) for row in (2, 3) for column in (1, 2)]
    assert {cell.number_format for cell in cells} == {"@"}
    assert sheet.column_dimensions["B"].number_format == "@"


def test_any_other_kind_of_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleBroken) as refused:
        write_plain_table(tmp_path / "next.pdf", "晋级名单", ("姓名",), [])
    assert refused.value == RuleBroken("table-form-unknown", file="next.pdf")
