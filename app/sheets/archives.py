"""Looks into a zipped workbook before a parser does: is it whole, and how large will it become.

A few kilobytes can claim a billion cells, and the parser would believe them and take the laptop's
memory. So every part is unpacked once here within limits, and the cells that hold something are
counted where they say they stand.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Container, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from xml.parsers import expat

from app.domain.errors import RuleBroken
from app.sheets.cells import column_letter

MOST_ROWS = 100_000
MOST_COLUMNS = 512
MOST_CELLS = 4_000_000  # the parser lays a sheet out as a full rectangle
_MOST_PARTS = 3_000
_MOST_UNPACKED = 256 * 1024 * 1024
_MOST_RATIO = 200
_SMALL = 8 * 1024 * 1024
_MOST_REPEATS = 2**20

_CELL_START = re.compile(rb"<(?:\w+:)?c(?=[\s/>])")
_ROW_START = re.compile(rb"<(?:\w+:)?row(?=[\s/>])")
_ROW_NUMBER = re.compile(rb"\sr\s*=\s*[\"']\s*(\d+)")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']\s*([A-Za-z]+)(\d+)")
_ERROR_TYPE = re.compile(rb"\bt\s*=\s*[\"']e[\"']")
_OTHER_TYPE = re.compile(rb"\bt\s*=\s*[\"'](?!n[\"'])")
_STYLE = re.compile(rb"\ss\s*=\s*[\"'](\d{1,6})[\"']")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_FILLED = re.compile(rb"<(?:\w+:)?(?:v|is|f)\b")
_RESULT = re.compile(rb"<(?:\w+:)?v\b[^>]*>[^<]")
_SHEET = re.compile(r"<(?:\w+:)?sheet\b([^>]*)>")
_CELL_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_CELL_STYLE = re.compile(r"<(?:\w+:)?xf\b([^>]*)>")
_NUMBER_FORMAT = re.compile(r"<(?:\w+:)?numFmt\b([^>]*)>")
_OWN_PERCENT_FORMATS = {"9", "10"}
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b([^>]*)>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*[\"']([^\"']*)[\"']")
_ODS_ROW_START = re.compile(rb"<table:table-row(?=[\s/>])")
_ODS_CELL_START = re.compile(rb"<table:(?:covered-)?table-cell(?=[\s/>])")
_ODS_ROWS_REPEATED = re.compile(rb"number-rows-repeated\s*=\s*[\"'](\d+)")
_ODS_COLUMNS_REPEATED = re.compile(rb"number-columns-repeated\s*=\s*[\"'](\d+)")
_ODS_HAS_VALUE = re.compile(rb"(?:office|calcext):value-type|<text:p")


@dataclass(frozen=True, slots=True)
class Parts:
    """The unpacked parts of a zipped workbook by their names inside it."""

    file: str
    names: tuple[str, ...]
    contents: dict[str, bytes]


class _Kind(Enum):
    FORMULA = auto()
    UNFILLED = auto()
    PERCENT = auto()


@dataclass(frozen=True, slots=True)
class Told:
    """Cells such as ``K5`` with a formula; ``unfilled`` hold no result or an error.

    ``percents`` show a hundred times the number that they hold.
    """

    cells: frozenset[str] = frozenset()
    unfilled: tuple[str, ...] = ()
    percents: frozenset[str] = frozenset()


def unpack(file: str, content: bytes) -> Parts:
    """Unpack and check every XML part. Refuses what is cut short, locked or far too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _refuse_oversized(file, members, len(content))
            if any(member.flag_bits & 0x1 for member in members):
                raise RuleBroken("sheet-encrypted", file=file)
            contents = {
                member.filename: archive.read(member)
                for member in members
                if member.filename.endswith((".xml", ".rels", "mimetype"))
            }
            if b"encryption-data" in contents.get("META-INF/manifest.xml", b""):
                raise RuleBroken("sheet-encrypted", file=file)
            _check_well_formed(contents)
            return Parts(file, tuple(member.filename for member in members), contents)
    except (
        expat.ExpatError,
        LookupError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        UnicodeError,
        RuntimeError,
    ) as broken:
        raise RuleBroken("sheet-damaged", file=file) from broken


def _check_well_formed(contents: dict[str, bytes]) -> None:
    """A tag that is never closed leaves the parser of .ods waiting for it at the end for ever."""
    for name, content in contents.items():
        if name.endswith(".xml"):
            reader = expat.ParserCreate()
            reader.StartDoctypeDeclHandler = _refuse_declarations
            reader.Parse(content, True)


def _refuse_declarations(*_declared: object) -> None:
    raise ValueError("no workbook declares entities of its own")


def _refuse_oversized(file: str, members: list[zipfile.ZipInfo], packed: int) -> None:
    unpacked = sum(member.file_size for member in members)
    swollen = unpacked > _SMALL and unpacked > packed * _MOST_RATIO
    if len(members) > _MOST_PARTS or unpacked > _MOST_UNPACKED or swollen:
        raise RuleBroken("sheet-swollen", file=file)


def told_of_cells(parts: Parts) -> dict[str, Told]:
    """By sheet name, what the parser does not tell of cells.

    Refuses a sheet whose filled cells reach beyond the limits.
    """
    found: dict[str, Told] = {}
    percent = _percent_styles(parts.contents.get("xl/styles.xml", b""))
    for name, part in _sheet_parts(parts):
        cells = list(_scan_sheet(parts.file, name, parts.contents[part], percent))
        found[name] = Told(
            frozenset(cell for cell, kind in cells if kind is not _Kind.PERCENT),
            tuple(cell for cell, kind in cells if kind is _Kind.UNFILLED),
            frozenset(cell for cell, kind in cells if kind is _Kind.PERCENT),
        )
    return found


def _percent_styles(styles: bytes) -> frozenset[bytes]:
    """The numbers of the cell styles that show per cent."""
    formats = _OWN_PERCENT_FORMATS | {
        found.get("numFmtId", "")
        for found in _attributes(_NUMBER_FORMAT, styles)
        if "%" in found.get("formatCode", "")
    }
    block = _CELL_STYLES.search(styles)
    cell_styles = _attributes(_CELL_STYLE, block.group() if block else b"")
    return frozenset(
        str(number).encode()
        for number, found in enumerate(cell_styles)
        if found.get("numFmtId") in formats
    )


def _sheet_parts(parts: Parts) -> Iterator[tuple[str, str]]:
    """Each sheet's name and the part that holds it; parts no workbook mentions go by their name."""
    targets = {
        found.get("Id", ""): _inside_xl(found.get("Target", ""))
        for found in _attributes(_RELATION, parts.contents.get("xl/_rels/workbook.xml.rels", b""))
    }
    named: set[str] = set()
    for found in _attributes(_SHEET, parts.contents.get("xl/workbook.xml", b"")):
        relation = next((value for key, value in found.items() if key.endswith(":id")), "")
        part = targets.get(relation, "")
        if part in parts.contents and part not in named:
            named.add(part)
            yield _unescaped(found.get("name", "")), part
    for part in parts.contents:
        if part.startswith("xl/worksheets/") and part.endswith(".xml") and part not in named:
            yield part, part


def _attributes(element: re.Pattern[str], xml: bytes) -> Iterator[dict[str, str]]:
    for found in element.finditer(xml.decode("utf-8", errors="replace")):
        yield dict(_ATTRIBUTE.findall(found.group(1)))


def _inside_xl(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _unescaped(text: str) -> str:
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'")):
        text = text.replace(entity, character)
    return text.replace("&amp;", "&")


def _scan_sheet(
    file: str, sheet: str, xml: bytes, percent: Container[bytes]
) -> Iterator[tuple[str, _Kind]]:
    """The cells there is something to tell of. A bare error counts as a formula too.

    Cut at the start tags: a pattern over whole cells would crawl on a sheet that closes none.
    """
    lowest = widest = 0
    row = -1  # what stands before the first row counts as row 0
    for text in _ROW_START.split(xml):
        stated = _ROW_NUMBER.search(_tag(text))
        row = _bounded(stated.group(1)) if stated else row + 1
        column = 0
        for cell in _CELL_START.split(text)[1:]:
            attributes = _tag(cell)
            placed = _REFERENCE.search(attributes)
            column = _column_number(placed.group(1)) if placed else column + 1
            if not _FILLED.search(cell):
                continue
            row_of_cell = _bounded(placed.group(2)) if placed else row
            lowest, widest = max(lowest, row_of_cell), max(widest, column)
            refuse_vast(file, sheet, lowest, widest)
            is_formula, is_error = _FORMULA.search(cell), _ERROR_TYPE.search(attributes)
            style = _STYLE.search(attributes)
            is_percent = style and style.group(1) in percent and not _OTHER_TYPE.search(attributes)
            if is_formula or is_error:
                has_result = bool(_RESULT.search(cell)) and not is_error
                kind = _Kind.FORMULA if has_result else _Kind.UNFILLED
                yield f"{column_letter(column - 1)}{row_of_cell}", kind
            if is_percent:
                yield f"{column_letter(column - 1)}{row_of_cell}", _Kind.PERCENT


def _tag(text: bytes) -> bytes:
    return text[: text.find(b">") + 1]


def _bounded(digits: bytes) -> int:
    """A count out of a file; beyond every limit the rest of its digits do not matter."""
    return int(digits.lstrip(b"0")[:9] or b"0")


def refuse_vast(file: str, sheet: str, rows: int, columns: int) -> None:
    """Raise when a sheet with this many rows and columns is more than the parser should lay out."""
    if rows > MOST_ROWS:
        raise RuleBroken("sheet-too-many-rows", file=file, sheet=sheet, limit=MOST_ROWS)
    if columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        raise RuleBroken("sheet-too-many-columns", file=file, sheet=sheet, limit=MOST_COLUMNS)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters[:6].upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def check_open_document(parts: Parts) -> None:
    """Refuse an .ods in which cells are repeated beyond the limits."""
    rows = blank_so_far = widest = 0
    for row in _ODS_ROW_START.split(parts.contents.get("content.xml", b""))[1:]:
        repeated = _repeats(parts.file, _ODS_ROWS_REPEATED, row[: row.find(b">")])
        if not _ODS_HAS_VALUE.search(row):
            # Blank rows at the end are written as one row repeated a million times; blank rows
            # count only once a filled one follows them.
            blank_so_far += repeated
            continue
        rows += blank_so_far + repeated
        blank_so_far = 0
        columns = blank_columns = 0
        for cell in _ODS_CELL_START.split(row)[1:]:
            across = _repeats(parts.file, _ODS_COLUMNS_REPEATED, cell[: cell.find(b">")])
            if _ODS_HAS_VALUE.search(cell):
                columns, blank_columns = columns + blank_columns + across, 0
            else:
                blank_columns += across
        widest = max(widest, columns)
        refuse_vast(parts.file, "", rows, widest)


def _repeats(file: str, pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    repeats = _bounded(found.group(1)) if found else 1
    if repeats > _MOST_REPEATS:
        # No sheet is that long, and the parser would count them one by one.
        raise RuleBroken("sheet-swollen", file=file)
    return repeats
