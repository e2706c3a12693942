"""Whatever stands in the cells, the readers give a value or one refusal, never a crash."""

from __future__ import annotations

import re
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import RuleBroken
from app.domain.ids import EventCode
from app.domain.scheme import Event
from app.sheets.cells import CellValue, Row, Sheet, Workbook
from app.sheets.cis import cis_import_of
from app.sheets.delimited import read_delimited
from app.sheets.roster import roster_of
from app.sheets.roster_preview import check_roster
from app.sheets.workbook import workbook_of
from tests.sheets.books import BLOCKS, TOP, Cells

cells: st.SearchStrategy[CellValue] = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.sampled_from(
        ["A", "A1", "B2", "M", "J", "S", "D", "0", "3", "total", "姓名", "单位", "赛项", "身份证号"]
    ),
    st.integers(-3, 10**18),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.times(),
    st.timedeltas(),
)
changes = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 14), cells), max_size=12)
TEXTS: list[Cells] = [*TOP, *BLOCKS]
PIECES = st.sampled_from([b",", b";", b"\t", b"\r\n", b'"', b"'=", b"1", "焊".encode(), b"\xff"])
MARKS_OF_THE_FORMAT = re.compile("[,;\t\"'\ufeff]")  # what a reader may take away


def book_of(rows: list[Cells], name: str = "CIS Marking Scheme Import") -> Workbook:
    numbered = (Row(number, tuple(line)) for number, line in enumerate(rows, start=1))  # type: ignore[arg-type]
    return Workbook("any.xlsx", (Sheet(name, tuple(numbered)),))


def changed(rows: list[Cells], made: list[tuple[int, int, CellValue]]) -> list[Cells]:
    copied = [list(line) + [None] * (15 - len(line)) for line in rows]
    for row, column, value in made:
        copied[row % len(copied)][column] = value
    return copied


@given(changes)
def test_a_scheme_with_any_cells_changed_is_read_or_refused(
    made: list[tuple[int, int, CellValue]],
) -> None:
    with suppress(RuleBroken):
        found = cis_import_of(book_of(changed(TEXTS, made)))
        assert list(found.event.aspects())


@given(st.lists(st.lists(cells, min_size=5, max_size=5), min_size=1, max_size=8))
def test_a_roster_with_any_cells_is_checked_or_refused(rows: list[Cells]) -> None:
    heading: Cells = ["姓名", "单位", "身份证号", "赛项", "参赛编号"]
    event = Event(code=EventCode("ROBOT"), name="工业机器人")
    with suppress(RuleBroken):
        sheet = roster_of(book_of([heading, *rows]))
        seen = check_roster(sheet, sheet.mapping, [event])
        sound = [row.row for row in seen.rows if not row.has_error]
        assert sorted(n for r in seen.registrations for n in r.rows) == sound


@given(st.binary(max_size=300) | st.lists(PIECES, max_size=30).map(b"".join))
def test_any_bytes_are_rows_or_one_refusal(content: bytes) -> None:
    with suppress(RuleBroken):
        (sheet,) = workbook_of("any.csv", content).sheets
        assert sheet.name == ""
        assert [row.number for row in sheet.rows] == list(range(1, len(sheet.rows) + 1))
        assert all(row.cells[-1] for row in sheet.rows if row.cells)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_any_text_stands_in_the_cells_or_is_refused(text: str) -> None:
    with suppress(RuleBroken):
        rows = read_delimited("any.csv", text.encode())
        read = "".join(str(cell) for row in rows for cell in row.cells if cell is not None)
        assert MARKS_OF_THE_FORMAT.sub("", read) == MARKS_OF_THE_FORMAT.sub("", text)
