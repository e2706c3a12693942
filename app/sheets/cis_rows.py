"""Walks the blocks of a CIS sheet row by row and keeps what each aspect said, with its row.

A row is told by which columns it fills: a sub-criterion (id), an aspect (type), a descriptor
(score), more text for the aspect above, or a heading over a group of aspects.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal

from app.domain.errors import RuleBroken
from app.domain.methods import Method
from app.domain.points import PLACES
from app.sheets import cis_methods
from app.sheets.cells import Row, Sheet, number_of
from app.sheets.cis_layout import (
    LOOKALIKES,
    Columns,
    block_columns,
    block_head,
    competition_total,
)

SCORES = (0, 1, 2, 3)
MOST_MARKS = 1000
_MOST_LEVELS = 101
_SUBCRITERION = re.compile(r"([A-Z]{1,2})\d{1,3}")
_CRITERION = re.compile(r"[A-Z]{1,2}")
_TOTAL_LABEL = re.compile(
    r"(?:sub[- ]?|grand )?totals?(?: marks?)?:?|合计|总分|小计|总计|итого:?", re.IGNORECASE
)


@dataclass(slots=True)
class AspectDraft:
    """An aspect as its rows gave it."""

    row: int
    kind: str
    name: str
    max: Decimal
    section: str
    requirement: str
    notes: list[str]
    calculation: str
    descriptors: dict[int, str] = field(default_factory=dict)
    grades: list[tuple[Decimal, str]] = field(default_factory=list)
    method: Method | None = None


@dataclass(slots=True)
class SubcriterionDraft:
    """A sub-criterion and the aspects met under it."""

    id: str
    name: str
    day: int
    aspects: list[AspectDraft] = field(default_factory=list)

    @property
    def criterion(self) -> str:
        return self.id.rstrip("0123456789")


@dataclass(slots=True)
class Reading:
    """What has been read so far, row by row."""

    file: str
    sheet: str
    columns: Columns
    subcriteria: list[SubcriterionDraft] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    heads: dict[str, Decimal] = field(default_factory=dict)
    total: Decimal | None = None
    heading: str = ""

    def refusal(self, code: str, row: int, **details: str | int) -> RuleBroken:
        return RuleBroken(code, file=self.file, sheet=self.sheet, row=row, **details)


def read_blocks(file: str, sheet: Sheet, start: int) -> Reading:
    """Read every block from the first heading row on. Refuses the first row that makes no sense."""
    columns = block_columns(sheet.row(start))
    assert columns is not None
    reading = Reading(file, sheet.name, columns)
    for row in sheet.rows[start - 1 :]:
        if (next_columns := block_columns(row)) is not None:
            reading.columns = next_columns
            reading.heading = ""
            if head := block_head(row):
                reading.heads[head[0]] = head[1]
        elif not row.is_blank:
            _read_row(reading, row)
    return reading


def _read_row(reading: Reading, row: Row) -> None:
    columns = reading.columns
    if (total := competition_total(row, columns)) is not None:
        reading.total = total
    _read_subcriterion(reading, row)
    description, score = row.text(columns.description), row.text(columns.score)
    has_max = number_of(row.at(columns.max)) is not None
    if row.text(columns.type):
        _read_aspect(reading, row)
    elif score:
        _read_descriptor(reading, row)
    elif description and has_max and not _TOTAL_LABEL.fullmatch(description):
        raise reading.refusal("cis-type-missing", row.number)
    elif description:
        reading.heading = description
    elif (extra := row.text(columns.extra)) and (aspect := _current_aspect(reading)):
        _read_extra(aspect, extra, number_of(row.at(columns.max)))


def _read_subcriterion(reading: Reading, row: Row) -> None:
    # Full-width letters and digits, as a Chinese keyboard writes them, are the plain ones.
    written = unicodedata.normalize("NFKC", row.text(reading.columns.id))
    identifier = written.upper().translate(LOOKALIKES)
    name = " ".join(row.text(reading.columns.name).split())
    if _SUBCRITERION.fullmatch(identifier):
        if any(known.id == identifier for known in reading.subcriteria):
            raise reading.refusal("cis-subcriterion-twice", row.number, subcriterion=identifier)
        day = re.search(r"\d+", row.text(reading.columns.day))
        reading.subcriteria.append(
            SubcriterionDraft(identifier, name or identifier, int(day.group()[:2]) if day else 1)
        )
        reading.heading = ""
    elif _CRITERION.fullmatch(identifier):
        reading.names.setdefault(identifier, name)
    elif (identifier or name) and not row.text(reading.columns.type):
        # A heading over a group of aspects. It has no mark of its own; the aspects keep it.
        reading.heading = name or row.text(reading.columns.id)


def _read_aspect(reading: Reading, row: Row) -> None:
    columns, written = reading.columns, row.text(reading.columns.type)
    kind = cis_methods.aspect_type(written)
    if kind is None:
        raise reading.refusal("cis-type-unknown", row.number, type=written[:20])
    if not reading.subcriteria:
        raise reading.refusal("cis-aspect-before-subcriterion", row.number)
    name = " ".join(row.text(columns.description).split())
    if not name:
        raise reading.refusal("cis-description-missing", row.number)
    maximum = number_of(row.at(columns.max))
    if maximum is None or not 0 <= maximum <= MOST_MARKS:
        raise reading.refusal("cis-max-missing", row.number, most=MOST_MARKS)
    if maximum != round(maximum, PLACES):
        raise reading.refusal("cis-max-too-fine", row.number, places=PLACES)
    notes = [text for text in (reading.heading, row.text(columns.extra)) if text]
    reading.subcriteria[-1].aspects.append(
        AspectDraft(
            row=row.number,
            kind=kind,
            name=name,
            max=maximum,
            section=row.text(columns.section),
            requirement=row.text(columns.requirement),
            notes=notes,
            calculation=row.text(columns.calculation),
        )
    )


def _read_extra(aspect: AspectDraft, text: str, mark: Decimal | None) -> None:
    if (method := cis_methods.method_row(text)) is not None:
        aspect.method = method
    elif mark is not None and aspect.kind == "D":
        aspect.grades.append((mark, text))
    else:
        aspect.notes.append(text)


def _read_descriptor(reading: Reading, row: Row) -> None:
    aspect = _current_aspect(reading)
    score = number_of(row.at(reading.columns.score))
    if aspect is None or score is None or not _belongs(aspect, score):
        raise reading.refusal("cis-descriptor-astray", row.number)
    if text := row.text(reading.columns.extra):
        aspect.descriptors[int(score)] = text


def _belongs(aspect: AspectDraft, score: Decimal) -> bool:
    """Whether the aspect may have a descriptor of this score. A stated method has its own scale."""
    levels = len(SCORES) if aspect.method is None else _MOST_LEVELS
    is_level = score in range(levels) and int(score) not in aspect.descriptors
    return cis_methods.is_judged(aspect.kind) and is_level


def _current_aspect(reading: Reading) -> AspectDraft | None:
    aspects = reading.subcriteria[-1].aspects if reading.subcriteria else []
    return aspects[-1] if aspects else None
