"""Which marking method a CIS aspect gets: from its type, its words and the Calculations sheet.

A CIS measurement is full mark or zero unless its text clearly says otherwise. Everything taken from
words is reported, so that the chief judge can correct it before the scheme is frozen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from app.domain.methods import Binary, Deduct, Direct, Judgement, Ladder, Method, Panel
from app.sheets.cells import Sheet, loosely, number_of

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
_PAIRS = "#-#"
_KEY_VALUE = ":::#x~x#"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A method and, when it was not plain from the type, the code of the warning to give."""

    method: Method
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Calculation:
    """A row of the Calculations sheet: ``name | type | flag | parameters``."""

    row: int
    name: str
    kind: str
    parameters: tuple[tuple[str, str], ...]


def aspect_type(text: str) -> str | None:
    """``M``, ``O``, ``B`` or ``D`` (measured), ``J`` or ``S`` (judged); a number after it is idle.

    ``None`` for anything else. Russian sheets write Б, И, Д and С.
    """
    found = _TYPE.fullmatch(text.strip().upper().translate(_CYRILLIC))
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


def measured_method(
    kind: str, words: str, maximum: Decimal, calculation: Calculation | None
) -> Chosen:
    """The method of a measured aspect; ``words`` are all its texts together."""
    if calculation is not None:
        return _calculated(calculation, maximum)
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


def _calculated(calculation: Calculation, maximum: Decimal) -> Chosen:
    if calculation.kind == "CHOICE":
        offered = {number_of(value) for _, value in calculation.parameters}
        marks = sorted(mark for mark in offered if mark is not None)
        fits = len(marks) == len(offered) >= 2 and marks[0] >= 0 and marks[-1] == maximum
        if fits:
            return Chosen(Ladder(marks=tuple(marks)))
    # A regular deduction by difference needs the nominal value, which the sheet leaves to a form
    # we cannot see; the mark is keyed directly and the person is told.
    return Chosen(Direct(), "cis-calculation-by-hand")


def calculations_of(sheet: Sheet | None) -> tuple[Calculation, ...]:
    """The rows of the Calculations sheet that name a calculation; a heading row is none."""
    if sheet is None:
        return ()
    return tuple(
        Calculation(row.number, row.text(0), kind, _parameters(row.text(3)))
        for row in sheet.rows
        if (kind := row.text(1).upper().replace(" ", "_")) and row.text(0) and row.text(3)
    )


def calculation_named(calculations: tuple[Calculation, ...], reference: str) -> Calculation | None:
    """The one an aspect refers to, by name or by its row in the Calculations sheet."""
    for calculation in calculations:
        if reference and loosely(reference) == loosely(calculation.name):
            return calculation
    for calculation in calculations:
        if reference == str(calculation.row):
            return calculation
    return None


def _parameters(text: str) -> tuple[tuple[str, str], ...]:
    """``KEY:::#x~x#value#-#KEY2:::#x~x#value2`` as pairs, in order."""
    pairs = []
    for part in text.split(_PAIRS):
        key, found, value = part.partition(_KEY_VALUE)
        if found:
            pairs.append((key.strip(), value.strip()))
    return tuple(pairs)
