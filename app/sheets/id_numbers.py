"""Resident ID numbers (公民身份号码, GB 11643) as they arrive in spreadsheets.

A spreadsheet keeps fifteen digits of a number, so an eighteen-digit ID typed into a plain cell is
silently ruined; most of what is told apart here is that damage. A reading never quotes the number.
Domain rules 2.11.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, field

from app.sheets.cells import CellValue

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_RESIDENT_KINDS = {"", "身份证", "居民身份证", "二代身份证", "公民身份号码", "idcard", "residentid"}

_NEW = re.compile(r"\d{17}[\dX]", re.ASCII)
_OLD = re.compile(r"\d{15}", re.ASCII)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d{1,3}", re.ASCII)
_NUMBER_AS_TEXT = re.compile(r"\d{15,18}\.0+", re.ASCII)
_OTHER = re.compile(r"[0-9A-Z()\-/]{4,24}", re.ASCII)
_LETTER = re.compile(r"[A-Z]", re.ASCII)


@dataclass(frozen=True, slots=True)
class IdReading:
    """An ID number in its one form, and what stands against it.

    ``fault`` refuses it, ``remark`` only asks for a look; both are codes, ``""`` for nothing.
    """

    number: str = field(repr=False)
    fault: str = ""
    remark: str = ""
    length: int = 0


def read_id_number(value: CellValue, kind: str = "") -> IdReading:
    """Read a cell. ``kind`` is what the sheet calls the document, empty for a resident ID."""
    resident = re.sub(r"[\s_-]", "", kind).casefold() in _RESIDENT_KINDS
    match value:
        case None | "":
            return IdReading("", remark="roster-id-missing")
        case str():
            return _of_text(_plain(value), resident)
        case bool():
            return IdReading("", fault="roster-id-unreadable")
        case int() | float():
            return _of_number(value, resident)
        case _:
            return IdReading("", fault="roster-id-unreadable")


def check_character(first_seventeen: str) -> str:
    """The last character that belongs to the first seventeen digits."""
    total = sum(int(d) * w for d, w in zip(first_seventeen, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def _plain(text: str) -> str:
    """One width and case, without spaces, invisible marks and the apostrophe that forces text."""
    narrow = unicodedata.normalize("NFKC", text)
    kept = (c for c in narrow if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc"))
    return "".join(kept).lstrip("'‘’`").upper()


def _of_number(value: float, resident: bool) -> IdReading:
    # Fifteen digits is what a cell's number can hold; anything longer has lost its end.
    if value != value or abs(value) >= 10**15 or value != int(value):
        return IdReading("", fault="roster-id-number-cell")
    return _of_text(str(int(value)), resident)


def _of_text(text: str, resident: bool) -> IdReading:
    if not text:
        return IdReading("", remark="roster-id-missing")
    if resident and _NEW.fullmatch(text):
        return IdReading(text, fault=_fault_of_new(text))
    if resident and _OLD.fullmatch(text):
        return _of_old(text)
    if resident:
        return _of_odd_form(text)
    return IdReading(text, fault="" if _OTHER.fullmatch(text) else "roster-id-unreadable")


def _of_odd_form(text: str) -> IdReading:
    if _SCIENTIFIC.fullmatch(text):
        return IdReading(text, fault="roster-id-scientific")
    if _NUMBER_AS_TEXT.fullmatch(text):
        return IdReading(text, fault="roster-id-number-cell")
    if text.isdecimal():
        return IdReading(text, fault="roster-id-length", length=len(text))
    if _OTHER.fullmatch(text) and _LETTER.search(text):
        return IdReading(text, remark="roster-id-other-kind")
    return IdReading(text, fault="roster-id-unreadable")


def _fault_of_new(text: str) -> str:
    fits = check_character(text[:17]) == text[17]
    if not fits and text.endswith("000"):
        return "roster-id-tail-lost"
    if not _is_date(text[6:14]):
        return "roster-id-birth-date"
    return "" if fits else "roster-id-check-digit"


def _of_old(text: str) -> IdReading:
    # Whoever this would be by the old reading was born in 1919 or 1920; it is a new number cut off.
    if text[6:8] in ("19", "20") and _is_date(text[6:14]):
        return IdReading(text, fault="roster-id-truncated")
    if not _is_date("19" + text[6:12]):
        return IdReading(text, fault="roster-id-birth-date")
    seventeen = text[:6] + "19" + text[6:]
    return IdReading(seventeen + check_character(seventeen), remark="roster-id-old")


def _is_date(digits: str) -> bool:
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    if year < 1800:
        return False
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True
