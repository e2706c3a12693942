"""What is typed into a cell besides a mark: a measured value, a time, or several named parts.

Several values in one cell (fault counts by code, a benefit by kind) are one canonical text,
``code=value;code=value`` in the order of the codes, and ``-`` for none. It stands where a measured
value stands, so records, tables, drafts and digests carry it without knowing of parts, and two
people who keyed the same have keyed the same text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from app.domain.errors import RuleBroken

_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_LONGEST_NUMBER = 32
_TIME = re.compile(r"(?:(?:(\d{1,4}):)?(\d{1,4}):)?(\d{1,6}(?:\.\d{1,4})?)", re.ASCII)
_CODE = re.compile(r"[^\s=;@,\"'\x00-\x1f\x7f]{1,20}")
_PART_VALUE = re.compile(r"[^=;\x00-\x1f\x7f]{1,80}")
_LONGEST_PARTS = 2000
_SIXTY = 60

NO_PARTS = "-"
WATCHES_JOINT = "+"
"""Between the readings of several watches: ``14:30.2+14:30.4``."""


def parse_measured(text: str) -> Decimal:
    """Read a measured value exactly; any number of decimals, no exponent, no unit."""
    stripped = text.strip()
    if len(stripped) > _LONGEST_NUMBER or not _DECIMAL.fullmatch(stripped):
        raise RuleBroken("number-unreadable", value=stripped[:40])
    return Decimal(stripped)


def parse_seconds(text: str) -> Decimal:
    """Read a time as seconds: ``905``, ``15:05``, ``0:15:05.2``; never negative."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise RuleBroken("time-unreadable", value=text.strip()[:40])
    hours, minutes, seconds = found.groups()
    if minutes is not None and Decimal(seconds) >= _SIXTY:
        raise RuleBroken("time-unreadable", value=text.strip()[:40])
    if hours is not None and int(minutes) >= _SIXTY:
        raise RuleBroken("time-unreadable", value=text.strip()[:40])
    return Decimal(seconds) + 60 * int(minutes or 0) + 3600 * int(hours or 0)


def check_day(text: str) -> RuleBroken | None:
    """Why this is no ISO date, or ``None`` when it is."""
    try:
        is_iso = date.fromisoformat(text).isoformat() == text
    except ValueError:
        is_iso = False
    return None if is_iso else RuleBroken("day-unreadable", value=text[:40])


def timed_by(watches: int, text: str) -> Fraction:
    """The seconds that so many watches come to: the middle reading, of two their mean.

    Every watch has to be read. Domain rules 3.3.
    """
    readings = sorted(Fraction(parse_seconds(one)) for one in text.split(WATCHES_JOINT))
    if len(readings) != watches:
        raise RuleBroken("time-readings", value=text.strip()[:40], watches=watches)
    half = watches // 2
    return readings[half] if watches % 2 else (readings[half - 1] + readings[half]) / 2


def is_part_code(code: str) -> bool:
    """Whether a scheme may name a part so: up to 20 characters, none that parts are written in."""
    return code != NO_PARTS and _CODE.fullmatch(code) is not None


def parse_parts(text: str) -> dict[str, str]:
    """Read parts, in whatever order they were typed. Raises ``RuleBroken`` at the first fault."""
    stripped = text.strip()
    if stripped == NO_PARTS:
        return {}
    parts: dict[str, str] = {}
    for piece in stripped.split(";") if len(stripped) <= _LONGEST_PARTS else ("",):
        code, _, value = (half.strip() for half in piece.partition("="))
        if not _CODE.fullmatch(code) or not _PART_VALUE.fullmatch(value):
            raise RuleBroken("parts-unreadable", value=piece.strip()[:40])
        if code in parts:
            raise RuleBroken("part-repeated", part=code)
        parts[code] = value
    return parts


def format_parts(parts: Mapping[str, str]) -> str:
    """Parts as their one canonical text. Raises ``RuleBroken`` for what could not be read back."""
    text = ";".join(f"{code}={parts[code].strip()}" for code in sorted(parts)) or NO_PARTS
    if parse_parts(text) != {code: value.strip() for code, value in parts.items()}:
        raise RuleBroken("parts-unreadable", value=text[:40])
    return text


def known_parts(text: str, codes: Iterable[str]) -> dict[str, str]:
    """The parts of a text, refused when one is not in the scheme."""
    parts, known = parse_parts(text), set(codes)
    for code in parts:
        if code not in known:
            raise RuleBroken("part-unknown", part=code)
    return parts


def all_parts(text: str, codes: Iterable[str], *, beside: Iterable[str] = ()) -> dict[str, str]:
    """The same where every one of ``codes`` must be given; those ``beside`` them may be."""
    wanted = tuple(codes)
    parts = known_parts(text, (*wanted, *beside))
    missing = [code for code in wanted if code not in parts]
    if missing:
        raise RuleBroken("part-missing", codes=", ".join(missing))
    return parts


def part_count(code: str, value: str) -> int:
    """A part that is a number of times, 0 to 999."""
    if not (value.isascii() and value.isdecimal()) or len(value) > 3:
        raise RuleBroken("part-count", part=code, value=value[:40])
    return int(value)
