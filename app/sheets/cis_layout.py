"""Where things stand in a CIS marking scheme sheet: tables and columns found by their headings.

Real files differ in columns, language and line breaks inside headings, so nothing is addressed by a
fixed row or letter. Domain rules 1.5 lists the layouts met.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from app.sheets.cells import Row, Sheet, column_letter, loosely, number_of

SHEET_NAME = "CIS Marking Scheme Import"
CALCULATIONS_NAME = "Calculations"

# In this order: the first one that a heading contains decides. "Extra Aspect Description" would
# otherwise be taken for the description, "Judgement Score Description" for the score.
_ROLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("calculation", ("calculation", "计算", "расчет", "расчёт")),
    ("requirement", ("requirement", "要求", "требовани")),
    (
        "extra",
        ("extra aspect", "score description", "补充", "评分描述", "等级描述", "методика", "дополн"),
    ),
    ("score", ("judg score", "judgement score", "judgment score", "评判分", "等级分", "судейск")),
    ("day", ("day of marking", "评分日", "评判日", "день")),
    ("type", ("aspect type", "类型", "тип")),
    (
        "id",
        (
            "sub criterion id",
            "sub criteria id",
            "sub-criterion id",
            "子项编号",
            "子标准编号",
            "код",
            "id подкрит",
            "id субкрит",
        ),
    ),
    (
        "name",
        ("criterion name", "criteria name", "子项名称", "子标准名称", "подкритери", "субкритери"),
    ),
    ("section", ("wsos", "wsss", "section", "职业标准", "标准条目", "проф", "раздел")),
    ("max", ("max mark", "max. mark", "maximum mark", "最高分", "满分", "配分", "分值", "макс")),
    ("description", ("aspect", "评分点", "评分项", "аспект")),
)
_NEEDED = {"type", "description", "max"}

_BLOCK_HEAD = re.compile(r"(?:criterion|критерий|标准|模块|评分项)\s*([a-z]{1,2})")
_COMPETITION = re.compile(r"competition|competition total|竞赛|总计|соревнование|итого")
_STANDARD_MARKS = re.compile(r"(?:wsos|wsss|标准|стандарт|спецификац).*(?:mark|分|балл)")
_ASPECT_MARKS = re.compile(r"(?:aspect|评分点|аспект).*(?:mark|分|балл)")
_CRITERIA_HEADINGS = {"id", "criterion", "编号", "编号 id", "标准", "код", "критерий"}
_MARK_HEADINGS = {"mark", "marks", "total", "分值", "分值 mark", "分数", "балл", "баллы"}
_CRITERION = re.compile(r"[A-Z]{1,2}")
_TITLE_LABEL = re.compile(r"^(?:skill|test project|赛项|компетенция)\s*[:：]\s*", re.IGNORECASE)
_CODE_LABEL = re.compile(r"(?:event code|赛项代码)\s*[:：]\s*(\S{1,40})", re.IGNORECASE)
_TITLE_ROWS = 10

# Cyrillic capitals typed for the Latin ones they look like.
LOOKALIKES = str.maketrans("АВСЕКМНОРТХ", "ABCEKMHOPTX")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one block, counted from 0; -1 where this layout has none."""

    type: int
    description: int
    max: int
    id: int = 0
    name: int = 1
    day: int = -1
    score: int = -1
    extra: int = -1
    requirement: int = -1
    section: int = -1
    calculation: int = -1


@dataclass(frozen=True, slots=True)
class StatedSection:
    """A row of the standards table, with what it says the aspects come to."""

    row: int
    id: str
    name: str
    mark: Decimal
    aspect_marks: Decimal | None


@dataclass(frozen=True, slots=True)
class StatedCriterion:
    """A row of the criteria table; ``cell`` holds the mark."""

    row: int
    id: str
    name: str
    mark: Decimal | None
    cell: str


def block_columns(row: Row) -> Columns | None:
    """The columns of a block that starts with this heading row, ``None`` for any other row."""
    found: dict[str, int] = {}
    for column, value in enumerate(row.cells):
        if not isinstance(value, str):
            continue
        heading = loosely(value)
        for role, words in _ROLES:
            if any(word in heading for word in words):
                found.setdefault(role, column)
                break
    return Columns(**found) if found.keys() >= _NEEDED else None


def block_head(row: Row) -> tuple[str, Decimal] | None:
    """``Criterion A | Total Mark | 17`` at the right end of a heading row."""
    marks = [number for value in row.cells if (number := number_of(value)) is not None]
    for value in row.cells:
        if isinstance(value, str) and (named := _BLOCK_HEAD.fullmatch(loosely(value))):
            return (named.group(1).upper(), marks[-1]) if marks else None
    return None


def competition_total(row: Row, columns: Columns) -> Decimal | None:
    """``Competition | Total Mark | 100`` to the right of the aspects."""
    beyond = row.cells[columns.max + 1 :]
    if not any(isinstance(v, str) and _COMPETITION.fullmatch(loosely(v)) for v in beyond):
        return None
    marks = [number for value in beyond if (number := number_of(value)) is not None]
    return marks[-1] if marks else None


def title_of(sheet: Sheet) -> str:
    """The first text of the sheet, without a label such as ``Skill:``."""
    for row in sheet.rows[:_TITLE_ROWS]:
        for column in range(len(row.cells)):
            if text := row.text(column):
                return _TITLE_LABEL.sub("", " ".join(text.split()))
    return ""


def stated_code(sheet: Sheet) -> str:
    """The event's code where a row of its own states it, which our export writes when it must."""
    for row in sheet.rows[:_TITLE_ROWS]:
        if found := _CODE_LABEL.fullmatch(row.text(0)):
            return found.group(1)
    return ""


def standards_table(rows: tuple[Row, ...]) -> Iterator[StatedSection]:
    """The standards sections above the first block; nothing when there is no such table."""
    mark_column = aspect_column = -1
    for row in rows:
        if mark_column < 0:
            mark_column, aspect_column = _standards_columns(row)
            continue
        section = row.text(0)
        mark = number_of(row.at(mark_column))
        if not section or mark is None:
            return
        aspect_marks = number_of(row.at(aspect_column))
        yield StatedSection(row.number, section, row.text(1), mark, aspect_marks)


def _standards_columns(row: Row) -> tuple[int, int]:
    mark_column = aspect_column = -1
    for column, value in enumerate(row.cells):
        heading = loosely(value) if isinstance(value, str) else ""
        if _ASPECT_MARKS.search(heading):
            aspect_column = column
        elif column and _STANDARD_MARKS.search(heading):
            mark_column = column
    return mark_column, aspect_column


def criteria_table(rows: tuple[Row, ...]) -> Iterator[StatedCriterion]:
    """The criteria above the first block with their stated marks."""
    mark_column = -1
    for row in rows:
        if mark_column < 0:
            mark_column = _criteria_mark_column(row)
            continue
        letter = row.text(0).upper().translate(LOOKALIKES)
        if _CRITERION.fullmatch(letter):
            mark = number_of(row.at(mark_column))
            cell = f"{column_letter(mark_column)}{row.number}"
            yield StatedCriterion(row.number, letter, row.text(1), mark, cell)


def _criteria_mark_column(row: Row) -> int:
    if loosely(row.text(0)) not in _CRITERIA_HEADINGS:
        return -1
    headed = [
        column for column in range(1, len(row.cells)) if loosely(row.text(column)) in _MARK_HEADINGS
    ]
    return headed[-1] if headed else -1
