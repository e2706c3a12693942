"""Writes an event as a workbook in the layout of the CIS, and says what that layout cannot hold.

Nothing about that is guessed: the workbook is read back as any other would be, and every field that
comes back different is named. Only then is it put on disk.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from app.domain.errors import RuleBroken
from app.domain.ids import AspectId, ModuleId, SubcriterionId
from app.domain.scheme import Aspect, Event, Module
from app.sheets.cells import column_letter
from app.sheets.cis import cis_import_of, code_and_name
from app.sheets.cis_layout import CALCULATIONS_NAME, SHEET_NAME
from app.sheets.cis_page import Cell, Formula, Look, Page, page_of
from app.sheets.whole_files import write_whole
from app.sheets.workbook import workbook_of
from app.words import Words

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_LETTERS = re.compile(r"[A-Z]{1,2}")
_A4 = 9
_FONT = "Arial"
_WIDTHS = (9, 26, 9, 8, 44, 7, 48, 30, 9, 12, 8, 13, 8, 9)
_LINE_HEIGHT = 13.5
_MOST_LINES = 30  # 409 points is the most a row can have
_LOOKS: dict[Look, dict[str, Any]] = {
    Look.PLAIN: {},
    Look.TITLE: {"bold": True, "font_size": 12, "text_wrap": False},
    Look.HEADING: {"bold": True, "bg_color": "#DDE6EE", "bottom": 1, "valign": "vcenter"},
    Look.PART: {"bold": True},
    Look.MARK: {"num_format": "0.00##"},
    Look.TOTAL: {"bold": True, "num_format": "0.00##", "top": 1},
}
_WITHIN = {"modules", "subcriteria", "aspects", "sections"}


def write_cis_workbook(event: Event, target: Path, words: Words) -> tuple[RuleBroken, ...]:
    """Write the workbook; an existing file is replaced only by a whole new one.

    Returns what the layout could not carry, as refusals in form only. Raises ``RuleBroken`` for an
    event that the layout cannot hold at all (one without aspects), ``Problem`` for the disk.
    """
    content, lost = cis_workbook(event, target.name, words)
    write_whole(target, content)
    return lost


def cis_workbook(event: Event, name: str, words: Words) -> tuple[bytes, tuple[RuleBroken, ...]]:
    """The same as bytes; ``name`` is the file's in errors."""
    spoken = _spoken(event, words)
    fitted = _fitted(spoken)
    lost = [] if fitted == spoken else [RuleBroken("cis-renumbered", event=event.code)]
    title, code_line = _imprint(fitted, words)
    content = _xlsx(page_of(fitted, code_line, title, words))
    read = cis_import_of(workbook_of(name, content)).event
    differing = [*_differing(_renumbered_like(event, fitted), read, event.code)]
    for field, where in _by_field(differing).items():
        lost.append(
            RuleBroken(
                "cis-not-carried", event=event.code, field=field, where=where[0], count=len(where)
            )
        )
    return content, tuple(lost)


def _renumbered_like(event: Event, fitted: Event) -> Event:
    """The event itself with the ids of the fitted one, so that only what else is lost differs."""
    modules = tuple(
        replace(
            module,
            id=other.id,
            subcriteria=tuple(
                replace(
                    part,
                    id=same.id,
                    aspects=tuple(
                        replace(aspect, id=like.id)
                        for aspect, like in zip(part.aspects, same.aspects, strict=True)
                    ),
                )
                for part, same in zip(module.subcriteria, other.subcriteria, strict=True)
            ),
        )
        for module, other in zip(event.modules, fitted.modules, strict=True)
    )
    return replace(event, modules=modules)


def _spoken(event: Event, words: Words) -> Event:
    """The event with every name in the language of the words; the layout has room for one."""

    def named(struct: Any) -> Any:
        return replace(struct, name=words.pick(struct.name, struct.name_en))

    everything: Event = named(event)
    modules = tuple(
        replace(
            named(module),
            subcriteria=tuple(
                replace(named(part), aspects=tuple(named(aspect) for aspect in part.aspects))
                for part in module.subcriteria
            ),
        )
        for module in event.modules
    )
    return replace(everything, modules=modules)


def _fitted(event: Event) -> Event:
    """The event with ids as the layout has them; its own where they already are."""
    if all(_fits(module) for module in event.modules):
        return event
    letters = (column_letter(place) for place in count())
    modules = tuple(
        _lettered(module, letter) for module, letter in zip(event.modules, letters, strict=False)
    )
    return replace(event, modules=modules)


def _fits(module: Module) -> bool:
    """Whether ids are a letter or two, that and a number, and that with the position."""
    parts = module.subcriteria
    return (
        _LETTERS.fullmatch(module.id) is not None
        and all(re.fullmatch(rf"{module.id}\d{{1,3}}", part.id, re.ASCII) for part in parts)
        and all(
            aspect.id == f"{part.id}.{place}"
            for part in parts
            for place, aspect in enumerate(part.aspects, start=1)
        )
    )


def _lettered(module: Module, letter: str) -> Module:
    parts = tuple(
        replace(
            part,
            id=SubcriterionId(f"{letter}{number}"),
            aspects=tuple(_placed(part.aspects, f"{letter}{number}")),
        )
        for number, part in enumerate(module.subcriteria, start=1)
    )
    return replace(module, id=ModuleId(letter), subcriteria=parts)


def _placed(aspects: tuple[Aspect, ...], part: str) -> Iterator[Aspect]:
    for place, aspect in enumerate(aspects, start=1):
        yield replace(aspect, id=AspectId(f"{part}.{place}"))


def _imprint(event: Event, words: Words) -> tuple[str, str]:
    """The title and, where the title cannot bear it, a line with the event's code."""
    title = f"{event.code} {event.name}"
    if code_and_name(title, "") == (event.code, event.name):
        return title, ""
    return event.name, words.say("sheets.cis_event_code", code=event.code)


# ----------------------------------------------------------------------------- what comes back


def _differing(ours: Struct, read: Struct, where: str) -> Iterator[tuple[str, str]]:
    """Each field that differs, with the innermost thing it belongs to."""
    for field in msgspec.structs.fields(type(ours)):
        own, other = getattr(ours, field.name), getattr(read, field.name)
        if own == other:
            continue
        if field.name in _WITHIN and len(own) == len(other):
            for item, its in zip(own, other, strict=True):
                yield from _differing(item, its, str(item.id))
        else:
            yield field.name, where


def _by_field(differing: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for field, where in differing:
        found.setdefault(field, []).append(where)
    return found


# ------------------------------------------------------------------------------------- the file


def _xlsx(page: Page) -> bytes:
    import xlsxwriter

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        looks = {
            look: book.add_format(
                {"font_name": _FONT, "font_size": 10, "text_wrap": True, "valign": "top"} | drawn
            )
            for look, drawn in _LOOKS.items()
        }
        sheet = book.add_worksheet(SHEET_NAME)
        for row, line in enumerate(page.lines):
            if (tall := max((_lines_needed(cell) for cell in line), default=1)) > 1:
                # Said outright: not every program fits the height of rows it did not write.
                sheet.set_row(row, _LINE_HEIGHT * min(tall, _MOST_LINES))
            for cell in line:
                _write(sheet, row, cell, looks)
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        _write_calculations(book, page)
    return made.getvalue()


def _lines_needed(cell: Cell) -> int:
    """How many lines a text takes in its column; a Chinese character is two letters wide."""
    if not isinstance(cell.value, str) or cell.look is Look.TITLE:
        return 1
    room = max(1, _WIDTHS[cell.column] - 1)
    widths = (
        sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)
        for line in cell.value.split("\n")
    )
    return sum(max(1, -(-width // room)) for width in widths)


def _write(sheet: Worksheet, row: int, cell: Cell, looks: dict[Look, Any]) -> None:
    look = looks[cell.look]
    match cell.value:
        case Formula(text=text, result=result):
            sheet.write_formula(row, cell.column, text, look, float(result))
        case str():
            sheet.write_string(row, cell.column, cell.value, look)
        case int() | Decimal():
            sheet.write_number(row, cell.column, float(cell.value), look)


def _write_calculations(book: Workbook, page: Page) -> None:
    """Always there, as in the official file; empty when no aspect needs one."""
    sheet = book.add_worksheet(CALCULATIONS_NAME)
    if page.calculations:
        for column, heading in enumerate(("Name", "Type", "Flag", "Parameters")):
            sheet.write_string(0, column, heading)
    for row, (name, kind, parameters) in enumerate(page.calculations, start=1):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, kind)
        sheet.write_number(row, 2, 0)
        sheet.write_string(row, 3, parameters)
