"""A list becomes the file that the ending of its name asks for."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import pytest

from app.domain.errors import RuleBroken
from app.problems import Problem
from app.services.list_files import list_writer
from app.sheets.list_table import ListTable
from app.sheets.workbook import open_workbook
from app.words import Words

ZH = Words.load("zh")
TABLE = ListTable(
    title="样例名单",
    facts=(),
    made=datetime(2026, 11, 14, tzinfo=UTC),
    headings=("编号", "姓名"),
    numbers=frozenset(),
    lines=(("01", "样例选手01"),),
)


def unwanted() -> NoReturn:
    raise AssertionError("was not asked for")


def test_the_paper_is_written_only_when_it_is_its_turn(tmp_path: Path) -> None:
    target = tmp_path / "list.PDF"
    write = list_writer(
        target, ZH, rows=7, paper=lambda: target.write_bytes(b"%PDF"), table=unwanted
    )
    assert not target.exists()
    assert write() == 7
    assert target.read_bytes() == b"%PDF"


def test_the_workbook_holds_what_stood_when_it_was_asked_for(tmp_path: Path) -> None:
    target, asked = tmp_path / "list.XLSX", []

    def table() -> ListTable:
        asked.append(TABLE)
        return TABLE

    write = list_writer(target, ZH, rows=1, paper=unwanted, table=table)
    assert asked == [TABLE]
    assert write() == 1
    (sheet,) = open_workbook(target).sheets
    assert sheet.rows[-1].cells == ("01", "样例选手01")


def test_another_ending_or_a_folder_that_is_not_there_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(RuleBroken) as refused:
        list_writer(tmp_path / "list.txt", ZH, rows=1, paper=unwanted, table=unwanted)
    assert refused.value == RuleBroken("list-form-unknown", file="list.txt")
    with pytest.raises(Problem) as nowhere:
        list_writer(tmp_path / "gone" / "list.pdf", ZH, rows=1, paper=unwanted, table=unwanted)
    assert nowhere.value.code == "target-no-place"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such thing on this system")
def test_what_is_no_ordinary_file_is_not_replaced_by_one(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "list.pdf")
    with pytest.raises(Problem, match="target-no-place"):
        list_writer(tmp_path / "list.pdf", ZH, rows=1, paper=unwanted, table=unwanted)
