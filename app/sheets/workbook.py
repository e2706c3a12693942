"""Opens a spreadsheet of any usual kind safely: .xlsx, .xls, .ods or delimited text.

The kind is told from the content, never from the name. Whatever is wrong with the file, the caller
gets one ``RuleBroken`` (another file is needed) or one ``Problem`` (the disk failed).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.errors import RuleBroken
from app.file_heads import is_open_here
from app.problems import Problem
from app.sheets.archives import (
    MOST_COLUMNS,
    MOST_ROWS,
    Told,
    check_open_document,
    told_of_cells,
    unpack,
)
from app.sheets.cells import Area, CellValue, Row, Sheet, Workbook
from app.sheets.delimited import read_delimited
from app.sheets.old_workbooks import cleaned_xls

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

LARGEST_FILE = 50 * 1024 * 1024
_MEGABYTE = 1024 * 1024
_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_A_TABLE = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"SQLite ")
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"mime-version:")


def read_bytes(path: Path) -> bytes:
    """The file's bytes within the limit. ``Problem`` when the disk does not give them."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise RuleBroken("sheet-too-large", file=path.name, limit_mb=LARGEST_FILE // _MEGABYTE)
        if is_open_here(path):
            raise RuleBroken("sheet-not-a-table", file=path.name)
        content = path.read_bytes()
    except FileNotFoundError as missing:
        raise Problem("sheet-file-missing", file=path.name) from missing
    except OSError as failed:
        raise Problem("sheet-file-unreadable", file=path.name) from failed
    if not content.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise RuleBroken("sheet-file-empty", file=path.name)
    return content


def open_workbook(path: Path) -> Workbook:
    """Read every sheet of a file. A delimited text file is one sheet without a name."""
    return workbook_of(path.name, read_bytes(path))


def workbook_of(file: str, content: bytes) -> Workbook:
    """The same from bytes already read; ``file`` is the name used in errors."""
    if content.startswith(_ZIP):
        return _open_zipped(file, content)
    if content.startswith(_COMPOUND):
        return _open_compound(file, content)
    if content.startswith(_NOT_A_TABLE):
        raise RuleBroken("sheet-not-a-table", file=file)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:64].lower().startswith(_MARKUP):
        raise RuleBroken("sheet-is-a-web-page", file=file)
    return Workbook(file, (Sheet("", read_delimited(file, content)),))


def is_workbook(content: bytes) -> bool:
    """Whether bytes begin like a workbook rather than text."""
    return content.startswith((_ZIP, _COMPOUND))


def refuse_several(book: Workbook, tables: Sequence[Sheet]) -> None:
    """Raise where more than one sheet holds what is asked for: none may be left out in silence."""
    if len(tables) > 1:
        names = ", ".join(sheet.name for sheet in tables)
        raise RuleBroken("sheet-several-tables", file=book.file, sheets=names)


def _open_zipped(file: str, content: bytes) -> Workbook:
    parts = unpack(file, content)
    if "xl/workbook.bin" in parts.names:
        raise RuleBroken("sheet-is-binary", file=file)
    if "xl/workbook.xml" in parts.contents:
        return _parse(file, content, told_of_cells(parts))
    if "content.xml" in parts.contents and b"opendocument.spreadsheet" in (
        parts.contents.get("mimetype", b"")
    ):
        check_open_document(parts)
        return _parse(file, content, {})
    raise RuleBroken("sheet-not-a-table", file=file)


def _open_compound(file: str, content: bytes) -> Workbook:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise RuleBroken("sheet-encrypted", file=file)
    return _parse(file, cleaned_xls(file, content), {})


def _parse(file: str, content: bytes, told: dict[str, Told]) -> Workbook:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            sheets = tuple(
                _sheet(file, book.get_sheet_by_name(name), told.get(name, Told()))
                for name in book.sheet_names
            )
    except PasswordError as locked:
        raise RuleBroken("sheet-encrypted", file=file) from locked
    except (CalamineError, OSError, ValueError, OverflowError) as broken:
        raise RuleBroken("sheet-damaged", file=file) from broken
    except BaseException as broken:
        # A panic of the parser written in Rust is no Exception; only its name tells it apart.
        if type(broken).__name__ != "PanicException":
            raise
        raise RuleBroken("sheet-damaged", file=file) from broken
    if all(not sheet.rows for sheet in sheets):
        raise RuleBroken("sheet-file-empty", file=file)
    return Workbook(file, sheets)


def _sheet(file: str, sheet: CalamineSheet, told: Told) -> Sheet:
    rows = _rows(file, sheet.name, sheet.to_python(skip_empty_area=False))
    merged = (
        Area(top + 1, left, bottom + 1, right)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    return Sheet(sheet.name, rows, told.unfilled, tuple(merged), told.cells, told.percents)


def _rows(file: str, sheet: str, values: Sequence[Sequence[CellValue]]) -> tuple[Row, ...]:
    if len(values) > MOST_ROWS:
        raise RuleBroken("sheet-too-many-rows", file=file, sheet=sheet, limit=MOST_ROWS)
    if values and len(values[0]) > MOST_COLUMNS:
        raise RuleBroken("sheet-too-many-columns", file=file, sheet=sheet, limit=MOST_COLUMNS)
    return tuple(Row(number, _trimmed(cells)) for number, cells in enumerate(values, start=1))


def _trimmed(cells: Sequence[CellValue]) -> tuple[CellValue, ...]:
    end = len(cells)
    while end and cells[end - 1] == "":
        end -= 1
    return tuple(None if value == "" else value for value in cells[:end])
