"""Which marking method a CIS aspect gets: from its type, its rows and the Calculations sheet.

A CIS measurement is full mark or zero unless its text clearly says otherwise. Everything taken from
words is reported, so that the chief judge can correct it before the scheme is frozen. A row
``Method: {...}`` below an aspect, which our own export writes, says it exactly.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from app.domain.errors import RuleBroken
from app.domain.methods import (
    Binary,
    Deduct,
    Direct,
    Fault,
    Faults,
    Item,
    Judgement,
    Method,
    Panel,
    Tally,
)
from app.sheets.cis_calculations import Chosen, choice_of
from app.sheets.scheme_toml import format_method, parse_method

_MEASUREMENT = {"M", "O", "B", "D"}
_JUDGEMENT = {"J", "S"}
_CYRILLIC = str.maketrans("БИДСМОВ", "BMDJMOB")
_TYPE = re.compile(r"([A-Z])\d*")
_NUMBER = r"(\d{1,3}(?:[.,]\d{1,4})?)"
_MARKS_EN = r"(?:marks?|points?|pts?)"
_EACH_EN = r"(?:for each|for every|per|each)"
_DEDUCTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:deduct|minus|subtract|[-−–])\s*{_NUMBER}\s*{_MARKS_EN}?\s*{_EACH_EN}\b",
        rf"每[^，。；,;\n]{{0,12}}?扣\s*{_NUMBER}\s*分",
        rf"(?:вычет|вычесть|минус|[-−–])\s*{_NUMBER}\s*(?:балл\w*)?\s*за кажд",
    )
)
_PARTIAL = re.compile(
    r"(?<!no )partial(?:ly)? (?:marks?|points?|credit)|"
    r"\d\s*(?:marks?|points?|pts?)\s*(?:for each|for every|per|each)\b|"
    r"每[^，。；,;\n]{0,12}?得\s*\d|酌情|部分得分|частичн\w* балл|балл\w* за кажд",
    re.IGNORECASE,
)
_METHOD_ROW = re.compile(r"(?:method|评分方法)\s*[:：]\s*(\{.*\})", re.IGNORECASE | re.DOTALL)


def aspect_type(text: str) -> str | None:
    """``M``, ``O``, ``B`` or ``D`` (measured), ``J`` or ``S`` (judged); a number after it is idle.

    ``None`` for anything else. Russian sheets write Б, И, Д and С, Chinese ones at times
    full-width letters.
    """
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    found = _TYPE.fullmatch(plain.translate(_CYRILLIC))
    letter = found.group(1) if found else ""
    return letter if letter in _MEASUREMENT | _JUDGEMENT else None


def is_judged(kind: str) -> bool:
    return kind in _JUDGEMENT


def judged_method(kind: str, has_descriptors: bool) -> Chosen:
    """Judgement of three on 0 to 3. An old subjective aspect without descriptors is a panel.

    Before 2015 five judges showed 1 to 10, highest and lowest dropped; domain rules 1.2.
    """
    if kind == "S" and not has_descriptors:
        old = Panel(judges=5, highest=Decimal(10), lowest=Decimal(1), drop_highest=1, drop_lowest=1)
        return Chosen(old, "cis-subjective-as-panel")
    return Chosen(Judgement())


def method_row(text: str) -> Method | None:
    """The method that a row of extra description states, ``None`` for any other text."""
    found = _METHOD_ROW.fullmatch(text)
    if found is None:
        return None
    try:
        return parse_method(found.group(1), "")
    except RuleBroken:
        return None  # somebody's own words after all; they stay a note


def as_method_row(method: Method) -> str:
    """The text that ``method_row`` reads back."""
    return f"Method: {format_method(method)}"


def graded_method(grades: list[tuple[Decimal, str]], maximum: Decimal) -> Chosen:
    """A discrete aspect with a mark in each of its extra rows, as Russian sheets have them.

    Marks that add up to the maximum are parts, a best one that equals it makes them a choice, and
    all below zero are deductions.
    """
    marks, named = [mark for mark, _ in grades], list(enumerate(grades, start=1))
    if max(marks) == maximum and min(marks) >= 0:
        offered = grades if min(marks) == 0 else [*grades, (Decimal(0), "-")]
        return Chosen(choice_of(offered), "cis-grades-read")
    if sum(marks) == maximum and min(marks) > 0:
        items = [Item(code=str(n), name=text, points=mark, cap=1) for n, (mark, text) in named]
        return Chosen(Tally(items=tuple(items)), "cis-grades-read")
    if max(marks) < 0:
        faults = [Fault(code=str(n), name=text, points=-mark) for n, (mark, text) in named]
        return Chosen(Faults(faults=tuple(faults)), "cis-grades-read")
    return Chosen(Direct(), "cis-read-as-direct")


def measured_method(kind: str, words: str, maximum: Decimal) -> Chosen:
    """The method of a measured aspect; ``words`` are all its texts together."""
    if kind == "B":
        return Chosen(Binary())
    deducted = _deducted_each(words)
    if len(deducted) == 1 and 0 < min(deducted) <= maximum:
        return Chosen(Deduct(per=min(deducted)), "cis-read-as-deduction")
    if kind == "D" or deducted or _PARTIAL.search(words):
        return Chosen(Direct(), "cis-read-as-direct")
    return Chosen(Binary())


def _deducted_each(words: str) -> set[Decimal]:
    """The amounts the text takes off for each error."""
    return {
        Decimal(found.replace(",", ".")) for pattern in _DEDUCTS for found in pattern.findall(words)
    }
