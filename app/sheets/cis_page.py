"""How the sheet of a CIS workbook is laid out for writing: every cell's text, number or formula.

Columns and landmarks are those of the exports met, domain rules 1.5. A formula comes with the exact
result it has to come to, so that a reader who cannot calculate sees the same totals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from app.domain.methods import judges_needed
from app.domain.scheme import Aspect, Event, Module, Section
from app.sheets.cis_calculations import calculation_for, parameters_text
from app.sheets.cis_methods import as_method_row, judged_method, measured_method
from app.sheets.cis_rows import SCORES
from app.words import Words

_MARK = 10  # K
_HEAD_MARK = 13  # N
_COLUMNS = (
    *("id", "name", "day", "type", "description", "score"),
    *("extra", "requirement", "section", "calculation", "max"),
)
_WHOLE = re.compile(r"[1-9]\d{0,8}", re.ASCII)
_ODD_CRITERION = re.compile(r"[<>=*?~]|^\s|\s$")


class Look(StrEnum):
    """How a cell is drawn."""

    PLAIN = "plain"
    TITLE = "title"
    HEADING = "heading"
    PART = "part"
    MARK = "mark"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and what it comes to."""

    text: str
    result: Decimal


@dataclass(frozen=True, slots=True)
class Cell:
    column: int
    value: str | int | Decimal | Formula
    look: Look = Look.PLAIN


Line: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of the scheme's sheet from row 1 on, and the rows of the Calculations sheet."""

    lines: tuple[Line, ...]
    calculations: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class _Places:
    """The rows, counted from 1, that formulas point to."""

    first: int
    last: int
    heads: tuple[int, ...]


def page_of(event: Event, code_line: str, title: str, words: Words) -> Page:
    """Lay out an event whose ids are already those of the layout."""
    calculations = _calculations(event)
    rows = {name: row for row, (name, _, _) in enumerate(calculations, start=2)}
    blocks = [tuple(_block_lines(module, rows)) for module in event.modules]
    top = _lines_above(event)
    heads, row = [], top + 1
    for block in blocks:
        heads.append(row)
        row += 1 + len(block)
    places = _Places(top + 1, row - 1, tuple(heads))
    lines = [*_top_lines(event, code_line, title, places, words)]
    for module, head, block in zip(event.modules, heads, blocks, strict=True):
        lines += (_block_heading(module, head, len(block), words), *block)
    lines += ((), _competition_line(event, places, words))
    return Page(tuple(lines), calculations)


def _calculations(event: Event) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (str(aspect.id), calculation[0], parameters_text(calculation[1]))
        for aspect in event.aspects()
        if (calculation := calculation_for(aspect.method)) is not None
    )


# ---------------------------------------------------------------------------------------- the top


def _lines_above(event: Event) -> int:
    standards = len(event.sections) + 4 if event.sections else 0
    return 2 + standards + len(event.modules) + 4


def _top_lines(
    event: Event, code_line: str, title: str, places: _Places, words: Words
) -> Iterator[Line]:
    yield (Cell(0, title, Look.TITLE),)
    yield (Cell(0, code_line, Look.TITLE),) if code_line else ()
    if event.sections:
        yield from _standards_lines(event, places, words)
    yield (Cell(0, words.say("sheets.cis_criteria"), Look.TITLE),)
    yield tuple(
        Cell(column, words.say(f"sheets.cis_criteria_{part}"), Look.HEADING)
        for column, part in ((0, "id"), (1, "name"), (_MARK, "mark"))
    )
    for module, head in zip(event.modules, places.heads, strict=True):
        own = Formula(f"=N{head}", _sum(module))
        mark = own if module.stated_max is None else module.stated_max
        yield (Cell(0, str(module.id)), Cell(1, module.name), Cell(_MARK, mark, Look.MARK))
    yield from ((), ())


def _standards_lines(event: Event, places: _Places, words: Words) -> Iterator[Line]:
    yield (Cell(0, words.say("sheets.cis_standards"), Look.TITLE),)
    yield tuple(
        Cell(column, words.say(f"sheets.cis_standards_{part}"), Look.HEADING)
        for column, part in ((0, "id"), (1, "name"), (8, "mark"), (9, "aspects"), (10, "variation"))
    )
    # Title, code, this heading and the one above it.
    first = 5
    variations = Decimal(0)
    for row, section in enumerate(event.sections, start=first):
        own = sum((a.max for a in event.aspects() if a.section == section.id), Decimal(0))
        variations += abs(section.mark - own)
        yield (
            Cell(0, _section(section.id)),
            Cell(1, section.name),
            Cell(8, section.mark, Look.MARK),
            Cell(9, Formula(_section_sum(event.sections, section, row, places), own), Look.MARK),
            Cell(10, Formula(f"=ABS(I{row}-J{row})", abs(section.mark - own)), Look.MARK),
        )
    last = first + len(event.sections) - 1
    yield (
        Cell(8, words.say("sheets.cis_standards_total"), Look.PART),
        Cell(_MARK, Formula(f"=SUM(K{first}:K{last})", variations), Look.TOTAL),
    )
    yield ()


def _section_sum(sections: tuple[Section, ...], section: Section, row: int, places: _Places) -> str:
    ids, marks = (f"{column}{places.first}:{column}{places.last}" for column in "IK")
    alike = sum(_as_criterion(other.id) == _as_criterion(section.id) for other in sections)
    if alike > 1 or _ODD_CRITERION.search(section.id):
        # SUMIF takes 1.10 for 1.1 and an asterisk for anything.
        return f"=SUMPRODUCT(--EXACT({ids},A{row}),{marks})"
    return f"=SUMIF({ids},A{row},{marks})"


def _as_criterion(identifier: str) -> object:
    """What SUMIF compares a section by: numbers as numbers, texts without regard to case."""
    try:
        return Decimal(identifier)
    except ArithmeticError:
        return identifier.casefold()


def _section(identifier: str) -> str | int:
    return int(identifier) if _WHOLE.fullmatch(identifier) else identifier


# ------------------------------------------------------------------------------------- the blocks


def _block_heading(module: Module, head: int, length: int, words: Words) -> Line:
    headings = [
        Cell(column, words.say(f"sheets.cis_column_{part}"), Look.HEADING)
        for column, part in enumerate(_COLUMNS)
    ]
    total = Formula(f"=SUM(K{head + 1}:K{head + max(1, length)})", _sum(module))
    return (
        *headings,
        Cell(11, words.say("sheets.cis_block", letter=str(module.id)), Look.HEADING),
        Cell(12, words.say("sheets.cis_block_total"), Look.HEADING),
        Cell(_HEAD_MARK, total, Look.TOTAL),
    )


def _block_lines(module: Module, calculations: dict[str, int]) -> Iterator[Line]:
    for part in module.subcriteria:
        yield (
            Cell(0, str(part.id), Look.PART),
            Cell(1, part.name, Look.PART),
            Cell(2, part.day, Look.PART),
        )
        for aspect in part.aspects:
            yield from _aspect_lines(aspect, calculations.get(str(aspect.id)))
    yield ()


def _aspect_lines(aspect: Aspect, calculation: int | None) -> Iterator[Line]:
    judged = judges_needed(aspect.method) > 0
    filled = (
        (3, "J" if judged else "M"),
        (4, aspect.name),
        (6, aspect.note),
        (7, aspect.requirement),
        (8, _section(aspect.section)),
        (9, "" if calculation is None else calculation),
    )
    texts = (Cell(column, value) for column, value in filled if value != "")
    yield (*texts, Cell(_MARK, aspect.max, Look.MARK))
    if not _is_plain(aspect, judged, calculation is not None):
        yield (Cell(6, as_method_row(aspect.method)),)
    if judged:
        levels = aspect.descriptors or tuple(str(score) for score in SCORES)
        for score, text in enumerate(levels):
            yield (Cell(5, score), Cell(6, text))


def _is_plain(aspect: Aspect, judged: bool, calculated: bool) -> bool:
    """Whether the method is the one the importer would choose without being told."""
    if calculated:
        return True
    if judged:
        return judged_method("J", True).method == aspect.method
    texts = "\n".join([aspect.name, aspect.requirement, aspect.note])
    chosen = measured_method("M", texts, aspect.max)
    return chosen.method == aspect.method and not chosen.warning


def _competition_line(event: Event, places: _Places, words: Words) -> Line:
    whole = sum((_sum(module) for module in event.modules), Decimal(0))
    return (
        Cell(11, words.say("sheets.cis_competition"), Look.PART),
        Cell(12, words.say("sheets.cis_block_total"), Look.PART),
        Cell(_HEAD_MARK, Formula(f"=SUM(N{places.first}:N{places.last})", whole), Look.TOTAL),
    )


def _sum(module: Module) -> Decimal:
    return sum((aspect.max for aspect in module.aspects()), Decimal(0))
