"""Any file a person may pick opens as rows, or gets one clear refusal."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from app.domain.errors import RuleBroken
from app.problems import Problem
from app.sheets.cells import Area, column_letter, number_of, text_of
from app.sheets.workbook import open_workbook, workbook_of
from tests.sheets.books import SAMPLES, save_xlsx


def refusal_of(file: str, content: bytes) -> str:
    with pytest.raises(RuleBroken) as refused:
        workbook_of(file, content)
    assert refused.value.details["file"] == file
    return refused.value.code


def sample_xlsx(tmp_path: Path) -> bytes:
    rows: list[list[object]] = [["姓名", "单位"], [], ["样例选手01", 12.5], ["样例选手02", "=1+1"]]
    return save_xlsx(tmp_path / "名单.xlsx", {"名单": rows, "空": []}).read_bytes()


def test_rows_keep_the_numbers_they_have_in_the_file(tmp_path: Path) -> None:
    book = workbook_of("名单.xlsx", sample_xlsx(tmp_path))
    first = book.sheets[0]
    assert first.name == "名单"
    assert first.row(3).number == 3
    assert first.row(3).cells == ("样例选手01", 12.5)
    assert first.row(2).is_blank
    assert first.row(99).cells == ()
    assert book.sheets[1].rows == ()


def test_a_formula_without_a_stored_result_is_named(tmp_path: Path) -> None:
    book = workbook_of("名单.xlsx", sample_xlsx(tmp_path))
    assert book.sheets[0].unfilled == ("B4",)
    assert book.sheets[0].row(4).at(1) is None


def test_a_formula_error_is_named_like_a_missing_result(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", {"S": [["x", "#REF!"]]})
    assert open_workbook(path).sheets[0].unfilled == ("B1",)


def test_numbers_that_are_shown_as_per_cent_are_named(tmp_path: Path) -> None:
    """50 % is 0.5 in the file; 50 and the text beside it are what they say."""
    book = Workbook()
    for row, (value, form) in enumerate(
        [(0.5, "0%"), (0.125, "0.0%"), (0.5, "[Red]-0%"), (50, "0.00"), ("50%", "0%"), (None, "0%")]
    ):
        book.active.cell(row + 1, 1, value).number_format = form
    book.save(tmp_path / "a.xlsx")
    assert open_workbook(tmp_path / "a.xlsx").sheets[0].percents == {"A1", "A2", "A3"}


def test_a_file_cut_short_anywhere_is_refused_as_one_thing(tmp_path: Path) -> None:
    whole = sample_xlsx(tmp_path)
    for length in range(4, len(whole), 61):
        assert refusal_of("a.xlsx", whole[:length]) == "sheet-damaged"


def test_a_file_with_any_bytes_changed_opens_or_is_refused(tmp_path: Path) -> None:
    whole = sample_xlsx(tmp_path)
    chance = random.Random(20260101)
    refused = []
    for _ in range(150):
        changed = bytearray(whole)
        for _ in range(4):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        try:
            workbook_of("a.xlsx", bytes(changed))
        except RuleBroken as refusal:
            refused.append(refusal.details["file"])
    assert set(refused) == {"a.xlsx"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7 and so on", "sheet-not-a-table"),
        (b"\x89PNG\r\n\x1a\n", "sheet-not-a-table"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "sheet-is-a-web-page"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "sheet-is-a-web-page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "sheet-damaged"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "sheet-encrypted",
        ),
        (b"name,\x01\x02\x03", "sheet-text-unreadable"),
        (b"\xff\xff\xff\xff", "sheet-text-unreadable"),
        (b'a,b\n"x"y,2\n', "sheet-row-unreadable"),
    ],
)
def test_what_is_no_table_is_told_by_its_content(content: bytes, code: str) -> None:
    assert refusal_of("表.xlsx", content) == code


def zipped(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def test_other_zipped_documents_are_refused() -> None:
    assert refusal_of("a.xlsx", zipped({"word/document.xml": b"<w/>"})) == "sheet-not-a-table"
    assert refusal_of("a.xlsx", zipped({"xl/workbook.bin": b"x"})) == "sheet-is-binary"


def test_a_file_that_swells_is_refused_before_it_fills_the_memory() -> None:
    bomb = zipped({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b" " * 30_000_000})
    assert len(bomb) < 100_000
    assert refusal_of("a.xlsx", bomb) == "sheet-swollen"


def test_two_cells_a_million_rows_apart_do_not_fill_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "far.xlsx"
    save_xlsx(path, {"S": [["x"]]})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].replace(
        b"</sheetData>",
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
    )
    far = zipped(parts | {"xl/worksheets/sheet1.xml": sheet})
    assert refusal_of("far.xlsx", far) == "sheet-too-many-rows"


ODS = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"


def open_document(rows: list[tuple[int, int, str]]) -> bytes:
    """Rows of (repeated rows, repeated columns, text); no text leaves the cells blank."""
    table = ""
    for down, across, text in rows:
        filled = f' office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        table += (
            f'<table:table-row table:number-rows-repeated="{down}">'
            f'<table:table-cell table:number-columns-repeated="{across}"'
            f"{filled if text else '/>'}</table:table-row>"
        )
    spaces = "".join(f' xmlns:{name}="{ODS.format(name)}"' for name in ("office", "table", "text"))
    content = (
        f"<office:document-content{spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="名单">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zipped(
        {
            "mimetype": SPREADSHEET,
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def with_sheet(tmp_path: Path, sheet: bytes) -> bytes:
    path = save_xlsx(tmp_path / "base.xlsx", {"S": [["x"]]})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return zipped(parts | {"xl/worksheets/sheet1.xml": sheet})


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="4294967295"><c r="A4294967295"><v>1</v></c></row>',
        '<row r="4294967295"><c><v>1</v></c></row>',
        '<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>',
        "<row r='1'><c r='A1048576'><is><t>x</t></is></c></row>",
    ],
)
def test_a_cell_beyond_every_sheet_is_refused_however_it_is_placed(
    tmp_path: Path, cells: str
) -> None:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'
    code = refusal_of("a.xlsx", with_sheet(tmp_path, sheet.encode()))
    assert code in {"sheet-too-many-rows", "sheet-too-many-columns"}


@pytest.mark.parametrize(
    "sheet",
    [
        b"<worksheet><sheetData><row>",
        b'<?xml version="1.0" encoding="UTF-99"?><worksheet/>',
        b'<!DOCTYPE w [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>',
    ],
)
def test_a_part_that_is_no_plain_xml_is_refused(tmp_path: Path, sheet: bytes) -> None:
    assert refusal_of("a.xlsx", with_sheet(tmp_path, sheet)) == "sheet-damaged"


def test_an_open_document_with_a_tag_left_open_is_refused() -> None:
    content = b"<office:body><table:table><table:table-row></table:table-row>"
    parts = {"mimetype": SPREADSHEET, "content.xml": content}
    assert refusal_of("a.ods", zipped(parts)) == "sheet-damaged"


def test_an_open_document_sheet_opens_with_its_blank_end() -> None:
    content = open_document([(1, 1, "姓名"), (1, 1, "样例选手01"), (1_048_000, 1024, "")])
    book = workbook_of("名单.ods", content)
    assert [row.cells for row in book.sheets[0].rows] == [("姓名",), ("样例选手01",)]


@pytest.mark.parametrize(
    "rows",
    [[(1_048_000, 1, "x")], [(1, 1, "x"), (900_000, 1, ""), (1, 1, "x")], [(1, 16_000, "x")]],
)
def test_an_open_document_that_repeats_itself_vastly_is_refused(
    rows: list[tuple[int, int, str]],
) -> None:
    assert refusal_of("a.ods", open_document(rows)).startswith("sheet-too-many-")


OLD = (SAMPLES / "roster.xls").read_bytes()
"""A roster of three rows as an .xls: 512-byte sectors, the workbook in one chain of them."""


def test_an_old_workbook_opens() -> None:
    book = workbook_of("roster.xls", OLD)
    assert [sheet.name for sheet in book.sheets] == ["名单"]
    assert [row.cells for row in book.sheets[0].rows] == [
        ("姓名", "单位", "身份证号"),
        ("样例选手01", "样例一厂", "11010519491231002X"),
        ("样例选手02", None, 3.5),
    ]
    assert book.sheets[0].merged == (Area(top=2, left=1, bottom=3, right=1),)


def test_an_old_workbook_cut_short_is_refused() -> None:
    for length in range(8, len(OLD) - 512, 97):
        assert refusal_of("a.xls", OLD[:length]) == "sheet-damaged"


def test_an_old_workbook_with_any_bytes_changed_opens_or_is_refused() -> None:
    chance = random.Random(20260102)
    refused = []
    for _ in range(400):
        changed = bytearray(OLD)
        for _ in range(3):
            changed[chance.randrange(len(changed))] = chance.choice((0, 1, 127, 255))
        try:
            workbook_of("a.xls", bytes(changed))
        except RuleBroken as refusal:
            refused.append(refusal.details["file"])
    assert set(refused) == {"a.xls"}


def test_an_old_workbook_whose_chain_bites_its_tail_is_refused() -> None:
    (table,) = struct.unpack_from("<I", OLD, 76)
    at = (table + 1) * 512
    links = struct.unpack_from("<128I", OLD, at)
    looped = [n if link == n + 1 else link for n, link in enumerate(links)]
    changed = OLD[:at] + struct.pack("<128I", *looped) + OLD[at + 512 :]
    assert refusal_of("a.xls", changed) == "sheet-damaged"


def test_an_old_workbook_with_a_cell_in_the_last_corner_is_refused() -> None:
    place = OLD.index(struct.pack("<HHHH", 0x027E, 10, 2, 2))  # the number in C3
    far = OLD[: place + 4] + struct.pack("<HH", 65535, 255) + OLD[place + 8 :]
    assert refusal_of("a.xls", far) == "sheet-too-many-columns"


@pytest.mark.parametrize(
    "content",
    [
        "姓名,单位\n样例选手01,样例一厂\n".encode(),
        "姓名,单位\n样例选手01,样例一厂\n".encode("utf-8-sig"),
        "姓名,单位\r\n样例选手01,样例一厂\r\n".encode("gb18030"),
        "姓名\t单位\r\n样例选手01\t样例一厂\r\n".encode("utf-16"),
        "姓名;单位\n样例选手01;样例一厂\n".encode(),
        "sep=;\n姓名;单位\n样例选手01;样例一厂\n".encode(),
        b'"' + '姓名","单位"\n"样例选手01","样例一厂"\n'.encode(),
    ],
)
def test_delimited_text_opens_in_every_usual_encoding(content: bytes) -> None:
    rows = [row for row in workbook_of("a.csv", content).sheets[0].rows if row.cells]
    assert [row.cells for row in rows] == [("姓名", "单位"), ("样例选手01", "样例一厂")]


def test_utf_16_without_a_mark_is_recognised() -> None:
    content = "entry;value\nROBOT-01;1,5\n".encode("utf-16-le")
    assert workbook_of("a.csv", content).sheets[0].row(2).cells == ("ROBOT-01", "1,5")


def test_decimal_commas_do_not_pass_for_separators() -> None:
    content = b"entry;mark\nA1;1,5\nA2;0,25\n"
    assert workbook_of("a.csv", content).sheets[0].row(3).cells == ("A2", "0,25")


def test_a_locked_open_document_is_refused() -> None:
    parts = {
        "mimetype": SPREADSHEET,
        "content.xml": b"noise",
        "META-INF/manifest.xml": b"<manifest:encryption-data/>",
    }
    assert refusal_of("a.ods", zipped(parts)) == "sheet-encrypted"


def test_a_field_longer_than_a_cell_can_be_is_refused() -> None:
    assert refusal_of("a.csv", b"a,b\n" + b"x" * 40_000 + b",1\n") == "sheet-field-too-long"
    assert refusal_of("a.csv", b"a\n" + b"x" * 200_000) == "sheet-row-unreadable"


@pytest.mark.parametrize("content", [b"", b"  \r\n", b"\xef\xbb\xbf", b"\x00\x00"])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(RuleBroken, match="sheet-file-empty"):
        open_workbook(path)


def test_a_workbook_without_any_cell_is_said_to_be_empty(tmp_path: Path) -> None:
    with pytest.raises(RuleBroken, match="sheet-file-empty"):
        open_workbook(save_xlsx(tmp_path / "a.xlsx", {"S": []}))


def test_a_file_that_is_gone_is_the_machines_problem(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="sheet-file-missing"):
        open_workbook(tmp_path / "none.xlsx")
    with pytest.raises(Problem, match="sheet-file-unreadable"):
        open_workbook(tmp_path)


def test_columns_are_named_as_a_spreadsheet_names_them() -> None:
    assert [column_letter(n) for n in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (0.5, "0.5"),
        (17.0, "17"),
        (0.1 + 0.2, "0.3"),
        (1.005, "1.005"),
        (100, "100"),
        ("0,5", "0.5"),
        (" 2.00 ", "2.00"),
        ("１．５", "1.5"),
        ("1\u00a0000", "1000"),
        ("-0.5", "-0.5"),
    ],
)
def test_numbers_are_read_exactly_however_they_are_written(value: float, number: str) -> None:
    read = number_of(value)
    assert read == Decimal(number)


@pytest.mark.parametrize(
    "value", ["", None, "1.2.3", "1e5", "x", True, float("inf"), float("nan"), "9" * 40]
)
def test_what_is_no_number_is_none(value: str | bool | float | None) -> None:
    assert number_of(value) is None


def test_values_read_as_a_person_sees_them() -> None:
    assert [text_of(value) for value in (5.0, 0.5, True, None, " x ", 0.1 + 0.2)] == [
        "5",
        "0.5",
        "TRUE",
        "",
        "x",
        "0.3",
    ]
