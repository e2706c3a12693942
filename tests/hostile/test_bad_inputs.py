"""Whatever is named in the place of a scheme, a roster or marks: one line with file, place, cause.

Nothing may be written, and a file in an encoding of the trade must be read as what it says.
"""

from __future__ import annotations

import codecs
import io
import os
import random
import sys
import zipfile
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.journeys.laptops import Laptop
from tests.samples.welding import MARKS, ROSTER, SCHEME

COMMANDS: dict[str, Callable[[Laptop, Path], tuple[object, ...]]] = {
    "scheme": lambda laptop, path: ("scheme", path),
    "scheme --json": lambda laptop, path: ("scheme", path, "--json"),
    "new --scheme": lambda laptop, path: ("new", laptop.folder / "n.plumb", "--scheme", path),
    "new --roster": lambda laptop, path: (
        *("new", laptop.folder / "n.plumb", "--scheme", laptop.folder / "scheme.toml"),
        *("--roster", path),
    ),
    "roster": lambda laptop, path: ("roster", laptop.file, path),
    "marks": lambda laptop, path: ("marks", laptop.file, path),
    "counts": lambda laptop, path: ("counts", laptop.file, path),
    "select": lambda laptop, path: ("select", laptop.file, path),
}


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


GENUINE = workbook(("参赛编号", "姓名", "单位"), ("01", "样例选手01", "样例一厂"))
BAD: dict[str, bytes] = {
    "empty": b"",
    "blank": b" \r\n\r\n\t ",
    "a mark of UTF-8 alone": codecs.BOM_UTF8,
    "zeros": bytes(5_000),
    "noise": random.Random(3).randbytes(20_000),
    "text of other kind": b"Dear colleagues,\nplease find attached.\n",
    "a cut workbook": GENUINE[: len(GENUINE) // 2],
    "a cut workbook's tail": GENUINE[:-30],
    "a zip of something else": zipped(**{"readme.txt": b"hello"}),
    "a zip that swells": zipped(**{"xl/workbook.xml": bytes(300_000_000)}),
    "a blank workbook": workbook(),
    "a PDF": b"%PDF-1.7\n" + bytes(500),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(500),
    "a web page": b"<html><body><table><tr><td>1</td></tr></table></body></html>",
    "a database": b"SQLite format 3\x00" + bytes(4_080),
    "an old workbook's first bytes": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000),
    "UTF-16 cut in a letter": "参赛编号".encode("utf-16")[:-1],
    "a quotation mark left open": '参赛编号,姓名,单位\n01,"样例选手01,样例一厂\n'.encode(),
    "a huge field": f"参赛编号,姓名,单位\n01,{'样' * 400_000},样例一厂\n".encode(),
    "a thousand columns": ("参赛编号,姓名,单位" + ",x" * 20_000 + "\n").encode(),
    "control characters": "参赛编号,姓名,单位\n01,样例\x01选手,样例一厂\n".encode(),
    "Latin letters of an old system": b"entry,name,unit\n01,Sample \xff\xfe\x80,Unit\n",
}


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_wrong_input_is_refused_by_name(laptop: Laptop, command: str, bad: str) -> None:
    path = laptop.write("input.file", BAD[bad])
    assert "input.file" in laptop.refused(*COMMANDS[command](laptop, path))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_or_nothing_in_the_place_of_an_input_is_refused(
    laptop: Laptop, command: str
) -> None:
    missing, folder = laptop.folder / "gone.csv", laptop.folder / "some-folder"
    folder.mkdir()
    for path in (missing, folder):
        assert path.name in laptop.refused(*COMMANDS[command](laptop, path))


@pytest.mark.skipif(sys.platform != "linux", reason="only there may a name be any bytes")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_name_in_another_encoding_is_refused(laptop: Laptop, command: str) -> None:
    path = Path(os.fsdecode(os.fsencode(laptop.folder) + b"/\xc3\xfb\xb5\xa5.csv"))
    path.write_bytes(ROSTER.encode())
    assert "renam" in laptop.refused(*COMMANDS[command](laptop, path)).lower()


ENCODINGS = {
    "UTF-8": lambda text: text.encode(),
    "UTF-8 with a mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "GB18030": lambda text: text.encode("gb18030"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 with tabs": lambda text: text.replace(",", "\t").encode("utf-16"),
    "big-endian UTF-16": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_names_and_marks_are_read_in_the_encodings_of_the_trade(
    tmp_path: Path, encoding: str
) -> None:
    encoded = ENCODINGS[encoding]
    laptop = Laptop(tmp_path)
    scheme = laptop.write("scheme.toml", SCHEME)
    roster = laptop.write("roster.csv", encoded(ROSTER))
    marks = laptop.write("marks.csv", encoded(MARKS))
    laptop.do("new", laptop.file, "--scheme", scheme, "--roster", roster)
    laptop.do("marks", laptop.file, marks)
    rows = laptop.asked("results", laptop.file)["rows"]
    assert [(row["name"], row["unit"], row["total"]) for row in rows] == [
        ("样例选手01", "样例一厂", "91.06"),
        ("样例选手02", "样例二厂", "73.33"),
    ]


def test_formula_cells_without_a_result_are_named(morning: Laptop) -> None:
    roster = morning.write(
        "roster.xlsx", workbook(("参赛编号", "姓名", "单位"), ("03", "=A2", "样例一厂"))
    )
    said = morning.refused("roster", morning.file, roster)
    assert "roster.xlsx" in said
    assert "B2" in said or "2" in said
    marks = morning.write(
        "marks.xlsx", workbook(("entry", "aspect", "judge", "value"), ("01", "A1.1", "", "=1+1"))
    )
    said = morning.refused("marks", morning.file, marks)
    assert "marks.xlsx" in said
    assert "D2" in said


@pytest.mark.parametrize(
    ("value", "shown_as"),
    [(time(14, 30), "General"), (0.5, "0%"), ("1,000", "General"), (date(2026, 3, 1), "m-d")],
)
def test_a_mark_that_a_spreadsheet_may_have_changed_is_refused_by_its_cell(
    morning: Laptop, value: object, shown_as: str
) -> None:
    book = openpyxl.Workbook()
    book.active.append(("entry", "aspect", "judge", "value"))
    book.active.append(("01", "A1.1", "", value))
    if shown_as != "General":
        book.active["D2"].number_format = shown_as
    stream = io.BytesIO()
    book.save(stream)
    said = morning.refused("marks", morning.file, morning.write("m.xlsx", stream.getvalue()))
    assert "m.xlsx" in said
    assert "D2" in said or "Row 2" in said


def test_a_second_list_in_a_workbook_is_not_left_out_in_silence(morning: Laptop) -> None:
    book = openpyxl.Workbook()
    for sheet, number in ((book.active, "03"), (book.create_sheet("二"), "04")):
        sheet.append(("参赛编号", "姓名", "单位"))
        sheet.append((number, f"样例选手{number}", "样例一厂"))
    stream = io.BytesIO()
    book.save(stream)
    people = morning.write("people.xlsx", stream.getvalue())
    said = morning.refused("roster", morning.file, people)
    assert "people.xlsx" in said
    assert "二" in said


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ("99,A1.1,,50", "99"),
        ("01,Z9.9,,50", "Z9.9"),
        ("01,A1.1,J1,50", "J1"),
        ("01,A1.2,J9,1", "J9"),
        ("01,A1.2,,1", "A1.2"),
        ("01,A1.1,,61", "61"),
        ("01,A1.1,,-1", "-1"),
        ("01,A1.1,,50.123456", "50.123456"),
        ("01,A1.1,,1e3", "1e3"),
        ("01,A1.1,,nan", "nan"),
        ("01,A1.1,,五十", "五十"),
        ("01,A1.2,J1,4", "4"),
        ("01,A1.2,J1,1.5", "1.5"),
        (",A1.1,,50", "column A"),
        ("01,,,50", "column B"),
        ("01,A1.1,,", "column D"),
        ("01,A1.1,,50\n01,A1.1,,50", "row 3"),
        (f"01,A1.1,,{'9' * 5000}", "2"),
    ],
)
def test_a_mark_that_cannot_be_is_refused_with_file_row_and_cause(
    morning: Laptop, row: str, place: str
) -> None:
    marks = morning.write("keyed.csv", f"entry,aspect,judge,value\n{row}\n")
    said = morning.refused("marks", morning.file, marks)
    assert "keyed.csv" in said
    assert place.lower() in said.lower()
    assert len(said) < 400


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ("03,,样例一厂", "row 2"),
        ("03,样例选手03,", "row 2"),
        ("03,样例选手03,样例一厂\n03,样例选手04,样例一厂", "row 3"),
    ],
)
def test_a_roster_row_that_cannot_be_is_refused_with_file_row_and_cause(
    morning: Laptop, rows: str, place: str
) -> None:
    roster = morning.write("people.csv", f"参赛编号,姓名,单位\n{rows}\n")
    said = morning.refused("roster", morning.file, roster)
    assert "people.csv" in said
    assert place in said.lower()


def test_many_wrong_rows_are_one_line_and_a_list(morning: Laptop) -> None:
    rows = "".join(f"{n:02d},,样例一厂\n" for n in range(3, 9))
    roster = morning.write("people.csv", f"参赛编号,姓名,单位\n{rows}")
    ran = morning.run("roster", morning.file, roster)
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert ran.out.count("people.csv") == 6


def test_no_personal_data_is_said_of_a_refused_roster(morning: Laptop) -> None:
    wrong_id = "110101199001011111"
    roster = morning.write(
        "people.csv", f"参赛编号,姓名,身份证号,单位\n03,样例选手03,{wrong_id},样例一厂\n"
    )
    ran = morning.run("roster", morning.file, roster)
    assert "样例选手03" not in ran.err
    assert wrong_id not in ran.err
