"""Workbooks made for the tests, as bytes on disk and never as mocks."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "tests" / "samples"
REAL_CIS = ROOT.parent / "shared" / "data" / "cis" / "ES2023_marking_scheme_Web_Development_17.xlsx"

Cells = list[object]


def save_xlsx(path: Path, sheets: dict[str, list[Cells]]) -> Path:
    """Write sheets of rows; a text that begins with ``=`` becomes a formula without a result."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for cells in rows:
            sheet.append(cells)
    book.save(path)
    return path


HEADING: Cells = [
    "Sub\nCriterion\nID",
    "Sub Criterion\nName or Description",
    "Day of Marking",
    "Aspect\nType\nM = Meas\nJ = Judg",
    "Aspect - Description",
    "Judg Score",
    "Extra Aspect Description (Meas or Judg)\nOR\nJudgement Score Description (Judg only)",
    "Requirement\n(Measurement Only)",
    "WSOS Section",
    "Calculation Row \n(Export only)",
    "Max\nMark",
]


def heading(letter: str, mark: object) -> Cells:
    return [*HEADING, f"Criterion {letter}", "Total\nMark", mark]


def subcriterion(identifier: str, name: str, day: object = 1) -> Cells:
    return [identifier, name, day]


def aspect(
    kind: str,
    name: str,
    mark: object,
    *,
    section: object = 1,
    extra: str | None = None,
    requirement: str | None = None,
    calculation: object = None,
) -> Cells:
    return [
        None,
        None,
        None,
        kind,
        name,
        None,
        extra,
        requirement,
        section,
        calculation,
        mark,
    ]


def descriptor(score: object, text: str | None) -> Cells:
    return [None, None, None, None, None, score, text]


FOUR = [descriptor(score, f"Level {score}") for score in range(4)]

TOP: list[Cells] = [
    ["09 Sample Skill"],
    [],
    ["Section", "WSOS Marks", *[None] * 6, "WSOS Marks", "Aspect Marks", "Variation"],
    [1, "Work organisation", *[None] * 6, 3, 3, 0],
    [2, "Making", *[None] * 6, 1, 1, 0],
    [*[None] * 8, "Total Variation", None, 0],
    [],
    ["Criteria"],
    ["ID", "Name", *[None] * 8, "Mark"],
    ["A", "First part", *[None] * 8, 3],
    ["B", "Second part", *[None] * 8, 1],
    [],
]
"""Twelve rows above the first block: sections 1 and 2, criteria A and B."""

BLOCKS: list[Cells] = [
    heading("A", 3),
    subcriterion("A1", "Preparation"),
    aspect("M", "Bench is set up", 1),
    aspect("J", "Bench is tidy", 2),
    *FOUR,
    heading("B", 1),
    subcriterion("B1", "Making", 2),
    aspect("M", "Part is made", 1, section=2),
    [*[None] * 11, "Competition", "Total\nMark", 4],
]


def cis_book(path: Path, blocks: list[Cells], top: list[Cells] | None = None) -> Path:
    rows = [*(TOP if top is None else top), *blocks]
    return save_xlsx(path, {"CIS Marking Scheme Import": rows})


LEAST = """
[competition]
code = "C"
title = "样例"

[[events]]
code = "E"
name = "样例赛项"

[[events.modules]]
id = "A"
name = "模块"

[[events.modules.subcriteria]]
id = "A1"
name = "子项"
aspects = [
  { id = "A1.1", name = "评分点", max = 2.50 },
]
"""
"""The least scheme in TOML that can be read: lines count from the empty first one."""
