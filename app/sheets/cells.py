"""What an opened spreadsheet is here: plain rows of values that know where they stood.

Rows count from 1 and columns are letters, as the person sees them in the file. Values are what the
file holds and nothing has been guessed yet: text stays text, and a number is read through
``number_of`` so that it becomes an exact decimal.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

CellValue: TypeAlias = (
    str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None
)

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_PERHAPS_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}", re.ASCII)
_SPACES = re.compile(r"[\s\u00a0\u3000]+")
_FRACTION_PLACES = 9
_MOST_DIGITS = 32
_TOO_LARGE = 10**15


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the file and its values up to the last filled one."""

    number: int
    cells: tuple[CellValue, ...]

    def at(self, column: int) -> CellValue:
        """The value in a column counted from 0, ``None`` beyond the end of the row."""
        return self.cells[column] if 0 <= column < len(self.cells) else None

    def text(self, column: int) -> str:
        return text_of(self.at(column))

    @property
    def is_blank(self) -> bool:
        return all(not text_of(value) for value in self.cells)


@dataclass(frozen=True, slots=True)
class Area:
    """Cells merged into one: row numbers from 1, columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``unfilled`` names cells such as ``K5`` whose formula holds no usable result.

    ``merged`` are the areas merged into one cell, as first and last row and column; .ods files do
    not tell them, nor do they tell ``formulas``, the cells whose value is a result, and
    ``percents``, those that show a hundred times what they hold.
    """

    name: str
    rows: tuple[Row, ...]
    unfilled: tuple[str, ...] = ()
    merged: tuple[Area, ...] = ()
    formulas: frozenset[str] = frozenset()
    percents: frozenset[str] = frozenset()

    def row(self, number: int) -> Row:
        """The row of that number, empty when the sheet ends before it."""
        return self.rows[number - 1] if 1 <= number <= len(self.rows) else Row(number, ())


@dataclass(frozen=True, slots=True)
class Workbook:
    """An opened file; ``file`` is its name without the folder."""

    file: str
    sheets: tuple[Sheet, ...]


def column_letter(column: int) -> str:
    """``0`` is ``A``, ``25`` is ``Z``, ``26`` is ``AA``."""
    letters = ""
    rest = column + 1
    while rest:
        rest, last = divmod(rest - 1, 26)
        letters = chr(ord("A") + last) + letters
    return letters


def text_of(value: CellValue) -> str:
    """A value as a person reads it, with outer spaces gone; an empty cell is ``""``."""
    match value:
        case None:
            return ""
        case str():
            return value.strip()
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return str(value)
        case float():
            return format(exact_of(value), "f")
        case dt.timedelta():
            return str(value)
        case _:
            return value.isoformat()


def exact_of(value: float) -> Decimal:
    """The decimal a person typed into a cell that a workbook stores as a binary number.

    The shortest decimal that reads back as the same binary number is what was typed. A result of
    arithmetic such as 0.1 + 0.2 carries noise in its seventeenth digit, so it is settled at nine
    places first, far below any mark and far above the noise.
    """
    shortest = Decimal(repr(value))
    if not shortest.is_finite() or abs(shortest) >= _TOO_LARGE:
        return shortest
    settled = round(shortest, _FRACTION_PLACES)
    kept = settled if abs(shortest - settled) < Decimal("1e-11") else shortest
    return kept.to_integral_value() if kept == kept.to_integral_value() else kept.normalize()


def number_of(value: CellValue) -> Decimal | None:
    """A number out of a cell: a number, or text such as ``0,5``, ``１.５`` or `` 2.00 ``.

    ``None`` when the cell is empty or holds anything else, or a number no mark can be; a comma
    is taken as a decimal comma, which is what the sheets that use one mean.
    """
    number = _decimal_of(value)
    return number if number is not None and abs(number) < _TOO_LARGE else None


def may_be_thousands(text: str) -> bool:
    """Whether the comma of ``1,000`` or ``25,013`` may part thousands as well as decimals."""
    plain = _SPACES.sub("", unicodedata.normalize("NFKC", text))
    return _PERHAPS_THOUSANDS.fullmatch(plain) is not None


def _decimal_of(value: CellValue) -> Decimal | None:
    match value:
        case bool():
            return None
        case int():
            return Decimal(value)
        case float():
            exact = exact_of(value)
            return exact if exact.is_finite() else None
        case str():
            plain = _SPACES.sub("", unicodedata.normalize("NFKC", value)).replace(",", ".")
            if len(plain) > _MOST_DIGITS or not _NUMBER.fullmatch(plain):
                return None
            return Decimal(plain)
        case _:
            return None


def loosely(text: str) -> str:
    """A heading reduced to what matters: one case, one width, no line breaks or double spaces."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()
