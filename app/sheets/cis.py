"""Reads a marking scheme exported for the WorldSkills CIS into one event.

Every total is recomputed from the aspects in exact decimals; what the sheet states is compared and
reported, never believed, because a SUM range that stops one row short looks just as sure of itself.
Ids are positional: the third aspect under A1 is ``A1.3``. Domain rules 1.5.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from app.domain.errors import RuleBroken
from app.domain.ids import AspectId, EventCode, ModuleId, SubcriterionId
from app.domain.methods import Direct, Gate
from app.domain.scheme import Aspect, Event, Module, Section, Subcriterion
from app.domain.scheme_check import scheme_warnings
from app.sheets import cis_methods
from app.sheets.cells import Sheet, Workbook, loosely
from app.sheets.cis_calculations import (
    Calculation,
    Chosen,
    calculated,
    calculation_named,
    calculations_of,
)
from app.sheets.cis_layout import (
    CALCULATIONS_NAME,
    SHEET_NAME,
    StatedCriterion,
    StatedSection,
    block_columns,
    criteria_table,
    standards_table,
    stated_code,
    title_of,
)
from app.sheets.cis_rows import MOST_MARKS, SCORES, AspectDraft, Reading, read_blocks
from app.sheets.workbook import open_workbook

_SKILL_NUMBER = re.compile(r"([A-Z]{0,2}\d{1,3})[\s:.\-–—]+(\S.*)")
_WITHOUT_NUMBER = EventCode("CIS")


@dataclass(frozen=True, slots=True)
class CisImport:
    """What a CIS workbook says, with everything the chief judge should look at before freezing.

    ``warnings`` are refusals in form only, so that they have words: what the sheet states against
    what its aspects come to, methods taken from words, and the scheme's own warnings.
    """

    event: Event
    title: str
    warnings: tuple[RuleBroken, ...]


def read_cis_workbook(path: Path) -> CisImport:
    """Read the scheme in a CIS workbook.

    Raises ``RuleBroken`` with file, sheet and row for what cannot be imported: no scheme sheet, an
    aspect without type, maximum or sub-criterion, judgement without its four descriptors, a section
    the standards table does not have.
    """
    return cis_import_of(open_workbook(path))


def cis_import_of(book: Workbook) -> CisImport:
    """The same from a workbook already opened."""
    sheet, start = _scheme_sheet(book)
    above = sheet.rows[: start - 1]
    sections = tuple(standards_table(above))
    criteria = tuple(criteria_table(above))
    reading = read_blocks(book.file, sheet, start)
    calculations = calculations_of(
        next((s for s in book.sheets if loosely(s.name) == loosely(CALCULATIONS_NAME)), None)
    )
    title = title_of(sheet)
    # A criterion's mark that is computed from the aspects states nothing of its own.
    stated = {c.id: c.mark for c in criteria if c.cell not in sheet.formulas}
    modules, warnings = _modules(reading, sections, criteria, stated, calculations)
    code, name = code_and_name(title, stated_code(sheet))
    event = Event(
        code=code,
        name=name,
        modules=modules,
        sections=tuple(Section(id=s.id, name=s.name, mark=s.mark) for s in sections),
    )
    warnings += _stated_against_ours(event, reading, sections, criteria, stated)
    warnings += scheme_warnings(event)
    if sheet.unfilled:
        warnings.append(
            RuleBroken("cis-formulas-empty", cell=sheet.unfilled[0], count=len(sheet.unfilled))
        )
    return CisImport(event, title, tuple(warnings))


def _scheme_sheet(book: Workbook) -> tuple[Sheet, int]:
    """The scheme's sheet and the row of its first block heading; the named sheet goes first."""
    by_name = sorted(book.sheets, key=lambda sheet: loosely(sheet.name) != loosely(SHEET_NAME))
    for sheet in by_name:
        for row in sheet.rows:
            if block_columns(row) is not None:
                return sheet, row.number
    raise RuleBroken("cis-sheet-missing", file=book.file, wanted=SHEET_NAME)


def code_and_name(title: str, code: str) -> tuple[EventCode, str]:
    """What a title such as ``17 Web Development`` says, unless the code is stated apart."""
    if code:
        return EventCode(code), title or code
    numbered = _SKILL_NUMBER.fullmatch(title)
    if numbered is None:
        return _WITHOUT_NUMBER, title or _WITHOUT_NUMBER
    return EventCode(numbered.group(1)), numbered.group(2)


# -------------------------------------------------------------------------- what was read, built


def _modules(
    reading: Reading,
    sections: tuple[StatedSection, ...],
    criteria: tuple[StatedCriterion, ...],
    stated: dict[str, Decimal | None],
    calculations: tuple[Calculation, ...],
) -> tuple[tuple[Module, ...], list[RuleBroken]]:
    known_sections = {section.id for section in sections}
    names = {criterion.id: criterion.name for criterion in criteria}
    warnings: list[RuleBroken] = []
    subcriteria: dict[str, list[Subcriterion]] = {}
    for draft in reading.subcriteria:
        if not draft.aspects:
            warnings.append(RuleBroken("cis-subcriterion-empty", subcriterion=draft.id))
            continue
        aspects = []
        for position, aspect in enumerate(draft.aspects, start=1):
            identifier = AspectId(f"{draft.id}.{position}")
            _check_section(reading, aspect, known_sections)
            chosen = _method_of(reading, aspect, calculations)
            if aspect.max == 0 and not isinstance(chosen.method, Gate):
                raise reading.refusal("cis-max-missing", aspect.row, most=MOST_MARKS)
            if chosen.warning:
                warnings.append(RuleBroken(chosen.warning, row=aspect.row, aspect=identifier))
            aspects.append(_built(aspect, identifier, chosen))
        subcriteria.setdefault(draft.criterion, []).append(
            Subcriterion(
                id=SubcriterionId(draft.id),
                name=draft.name,
                day=draft.day,
                aspects=tuple(aspects),
            )
        )
    if not subcriteria:
        raise RuleBroken("cis-no-aspects", file=reading.file, sheet=reading.sheet)
    modules = []
    for letter, parts in subcriteria.items():
        modules.append(
            Module(
                id=ModuleId(letter),
                name=names.get(letter) or reading.names.get(letter) or letter,
                stated_max=stated.get(letter),
                subcriteria=tuple(parts),
            )
        )
    return tuple(modules), warnings


def _check_section(reading: Reading, aspect: AspectDraft, known: set[str]) -> None:
    if known and aspect.section and aspect.section not in known:
        raise reading.refusal("cis-section-unknown", aspect.row, section=aspect.section[:20])


def _method_of(
    reading: Reading, aspect: AspectDraft, calculations: tuple[Calculation, ...]
) -> Chosen:
    if aspect.method is not None:
        return Chosen(aspect.method)
    if cis_methods.is_judged(aspect.kind):
        found = len(aspect.descriptors)
        chosen = cis_methods.judged_method(aspect.kind, bool(found))
        if not chosen.warning and found != len(SCORES):
            raise reading.refusal("cis-descriptors-missing", aspect.row, found=found)
        return chosen
    words = "\n".join([aspect.name, aspect.requirement, *aspect.notes])
    calculation = calculation_named(calculations, aspect.calculation)
    if calculation is not None:
        return calculated(calculation, aspect.max, aspect.requirement)
    if aspect.grades:
        return cis_methods.graded_method(aspect.grades, aspect.max)
    chosen = cis_methods.measured_method(aspect.kind, words, aspect.max)
    missing = aspect.calculation and not chosen.warning
    return Chosen(chosen.method, "cis-calculation-missing") if missing else chosen


def _built(aspect: AspectDraft, identifier: AspectId, chosen: Chosen) -> Aspect:
    notes = list(aspect.notes)
    if aspect.grades and isinstance(chosen.method, Direct):
        notes += [f"{_plain(mark)}: {text}" for mark, text in aspect.grades]
    # A sheet must have four levels; where the scheme has none, its own score stands in each.
    unsaid = all(text == str(score) for score, text in aspect.descriptors.items())
    levels = [] if unsaid else sorted(aspect.descriptors)
    return Aspect(
        id=identifier,
        name=aspect.name,
        max=aspect.max,
        method=chosen.method,
        section=aspect.section,
        requirement=aspect.requirement,
        note="\n".join(notes),
        descriptors=tuple(aspect.descriptors[score] for score in levels),
    )


# -------------------------------------------------------------------- what the sheet says it is


def _stated_against_ours(
    event: Event,
    reading: Reading,
    sections: tuple[StatedSection, ...],
    criteria: tuple[StatedCriterion, ...],
    kept: dict[str, Decimal | None],
) -> list[RuleBroken]:
    ours = {
        str(module.id): sum((aspect.max for aspect in module.aspects()), Decimal(0))
        for module in event.modules
    }
    # A criterion with aspects has its stated mark in the module, which the scheme's own check
    # compares; left here are the criteria that came without any.
    stated = [
        ("cis-criterion-empty", criterion.id, criterion.mark, Decimal(0))
        for criterion in criteria
        if criterion.id not in ours
    ]
    stated += [
        ("cis-criterion-differs", criterion.id, criterion.mark, ours[criterion.id])
        for criterion in criteria
        if criterion.id in ours and criterion.id not in kept
    ]
    stated += [
        ("cis-block-differs", letter, mark, ours.get(letter, Decimal(0)))
        for letter, mark in reading.heads.items()
    ]
    for section in sections:
        own = sum(
            (aspect.max for aspect in event.aspects() if aspect.section == section.id), Decimal(0)
        )
        stated.append(("cis-section-sum-differs", section.id, section.aspect_marks, own))
    stated.append(("cis-total-differs", "", reading.total, sum(ours.values(), Decimal(0))))
    return [
        RuleBroken(code, part=part, stated=_plain(mark), ours=_plain(own))
        for code, part, mark, own in stated
        if mark is not None and mark != own
    ]


def _plain(number: Decimal) -> str:
    return format(number, "f")
