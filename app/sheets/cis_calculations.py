"""The Calculations sheet of a CIS workbook, ``name | type | flag | parameters``, in and out.

Only what a row says without guessing becomes a method as it stands. What the form in the CIS knows
and the sheet does not is read as the nearest table and reported, or left to be typed by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from app.domain.methods import Band, Choice, Direct, Ladder, Method, Option, Tolerance
from app.sheets.cells import Sheet, loosely, number_of

_PAIRS = "#-#"
_KEY_VALUE = ":::#x~x#"
_MOST_BANDS = 200
_LONGEST_CODE = 20
_NOT_IN_CODES = re.compile(r"[\s=;@,\"'\x00-\x1f\x7f]+")
_NUMBERS = re.compile(r"[+-]?\d+(?:[.,]\d+)?")

# What a parameter of a deduction by difference is for, told by a word in its key; the first that
# fits decides, so that DEDUCTION_PER_STEP is the loss and not the step.
_PURPOSES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "nominal",
        ("nominal", "target", "expected", "correct", "reference", "标准值", "公称", "номин"),
    ),
    ("free", ("tolerance", "allow", "free", "公差", "допуск")),
    ("loss", ("deduct", "loss", "penalty", "mark", "point", "扣", "балл", "вычет")),
    ("step", ("step", "difference", "interval", "步", "每", "шаг", "разниц")),
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A method and, when it was not plain from the sheet, the code of the warning to give."""

    method: Method
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Calculation:
    """A row of the Calculations sheet."""

    row: int
    name: str
    kind: str
    parameters: tuple[tuple[str, str], ...]


def calculations_of(sheet: Sheet | None) -> tuple[Calculation, ...]:
    """The rows of the Calculations sheet that name a calculation; a heading row is none."""
    if sheet is None:
        return ()
    return tuple(
        Calculation(row.number, row.text(0), kind, parameters_of(row.text(3)))
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


def calculated(calculation: Calculation, maximum: Decimal, requirement: str) -> Chosen:
    """The method of an aspect that refers to this calculation, for a person to key if need be."""
    reader = _READERS.get(calculation.kind)
    chosen = reader(calculation, maximum, requirement) if reader else None
    return chosen or Chosen(Direct(), "cis-calculation-by-hand")


def _choice(calculation: Calculation, maximum: Decimal, _requirement: str) -> Chosen | None:
    """CHOICE: one of several findings. Names that are the marks themselves make a plain ladder.

    The marks may stand before or after their names. They say which mark each finding gets only
    when the best of them is the aspect's maximum.
    """
    offered = _marks_and_names(calculation.parameters)
    if offered is None:
        return None
    marks = [mark for mark, _ in offered]
    if len(marks) < 2 or min(marks) < 0 or max(marks) != maximum:
        return None
    if all(number_of(name) == mark for mark, name in offered) and len(set(marks)) == len(marks):
        return Chosen(Ladder(marks=tuple(sorted(marks))))
    return Chosen(choice_of(offered))


def _marks_and_names(pairs: tuple[tuple[str, str], ...]) -> list[tuple[Decimal, str]] | None:
    for texts in (pairs, tuple((value, key) for key, value in pairs)):
        numbered = [(number_of(mark), name) for name, mark in texts]
        offered = [(mark, name) for mark, name in numbered if mark is not None]
        if offered and len(offered) == len(numbered):
            return offered
    return None


def choice_of(offered: list[tuple[Decimal, str]]) -> Choice:
    """Findings with their marks as options, each with a code that can be typed."""
    options: list[Option] = []
    for place, (mark, name) in enumerate(offered, start=1):
        code = code_of(name)
        if not code or any(option.code == code for option in options):
            code = str(place)
        options.append(Option(code=code, name=name, mark=mark))
    return Choice(options=tuple(options))


def code_of(name: str) -> str:
    """A name as something short that can be typed: ``Half done`` is ``Half-done``."""
    return _NOT_IN_CODES.sub("-", name)[:_LONGEST_CODE].strip("-")


def _regular_deduction(
    calculation: Calculation, maximum: Decimal, requirement: str
) -> Chosen | None:
    """REGULAR_DIFFERENCE_DEDUCTION: so much off for every started step away from the nominal value.

    Written out as the table of tolerances it comes to. The nominal value may be a parameter or the
    only number of the requirement. No public file says what the form calls its fields, so they are
    told by their words and the person is asked to look.
    """
    given = _by_purpose(calculation.parameters)
    in_words = _NUMBERS.findall(requirement)
    if "nominal" not in given and len(in_words) == 1:
        given["nominal"] = Decimal(in_words[0].replace(",", "."))
    if not {"nominal", "step", "loss"} <= given.keys():
        return None
    step, loss, free = given["step"], given["loss"], given.get("free", Decimal(0))
    if step <= 0 or free < 0 or not 0 < loss <= maximum or maximum / loss > _MOST_BANDS:
        return None
    bands = tuple(
        Band(within=free + step * times, mark=maximum - loss * times)
        for times in range(int((maximum / loss).to_integral_value(ROUND_CEILING)))
    )
    return Chosen(Tolerance(nominal=given["nominal"], bands=bands), "cis-calculation-as-tolerance")


def _by_purpose(pairs: tuple[tuple[str, str], ...]) -> dict[str, Decimal]:
    """The numbers among the parameters by what they are for; nothing when two claim the same."""
    given: dict[str, Decimal] = {}
    for key, value in pairs:
        number, heading = number_of(value), loosely(key)
        for purpose, words in _PURPOSES:
            if number is not None and any(word in heading for word in words):
                if purpose in given:
                    return {}
                given[purpose] = number
                break
    return given


_READERS: dict[str, Callable[[Calculation, Decimal, str], Chosen | None]] = {
    "CHOICE": _choice,
    "REGULAR_DIFFERENCE_DEDUCTION": _regular_deduction,
}


def calculation_for(method: Method) -> tuple[str, tuple[tuple[str, str], ...]] | None:
    """The type and parameters that a method can be written as and read back from, or ``None``."""
    match method:
        case Ladder(marks=marks) if sorted(marks) == list(marks):
            return "CHOICE", tuple((f"{mark:f}", f"{mark:f}") for mark in marks)
        case Choice(options=options):
            pairs = tuple((option.name, f"{option.mark:f}") for option in options)
            offered = _marks_and_names(pairs)
            return ("CHOICE", pairs) if offered and choice_of(offered) == method else None
        case _:
            return None


def parameters_of(text: str) -> tuple[tuple[str, str], ...]:
    """``KEY:::#x~x#value#-#KEY2:::#x~x#value2`` as pairs, in order."""
    pairs = []
    for part in text.split(_PAIRS):
        key, found, value = part.partition(_KEY_VALUE)
        if found:
            pairs.append((key.strip(), value.strip()))
    return tuple(pairs)


def parameters_text(pairs: tuple[tuple[str, str], ...]) -> str:
    return _PAIRS.join(f"{key}{_KEY_VALUE}{value}" for key, value in pairs)
