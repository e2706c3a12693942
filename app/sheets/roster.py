"""Opens a roster (报名表) and suggests which column holds what.

The suggestion is only that: the screen shows it and the person may choose other columns before the
rows are checked by ``roster_check``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from pathlib import Path

from app.domain.errors import RuleBroken
from app.sheets.cells import Row, Sheet, Workbook
from app.sheets.workbook import open_workbook, refuse_several

_HEADING_ROWS = 20
_MOST_MERGED = 200_000
_IDLE = re.compile(r"[\s_\-*:：()（）\[\]【】/、.。]+")


class Field(StrEnum):
    """What a column of a roster can hold."""

    NAME = "name"
    UNIT = "unit"
    ID_NUMBER = "id-number"
    ID_KIND = "id-kind"
    ENTRY = "entry"
    EVENT = "event"
    GROUP = "group"
    GRADE = "grade"
    COMPETING = "competing"
    TEAM = "team"
    PHOTO = "photo"
    NOTE = "note"
    EARLIER = "earlier"
    DELEGATION = "delegation"


Mapping = dict[Field, int]
"""Columns counted from 0 by what they hold."""

_HEADINGS: dict[Field, tuple[str, ...]] = {
    Field.NAME: (
        "姓名",
        "选手姓名",
        "参赛选手姓名",
        "参赛选手",
        "参赛人员",
        "选手",
        "name",
        "fullname",
        "competitor",
        "competitorname",
        "participant",
        "entrant",
    ),
    Field.UNIT: (
        "单位",
        "工作单位",
        "所在单位",
        "单位名称",
        "参赛单位",
        "选送单位",
        "推荐单位",
        "代表队",
        "unit",
        "organisation",
        "organization",
        "company",
        "employer",
        "school",
    ),
    Field.ID_NUMBER: (
        "身份证号",
        "身份证号码",
        "身份证",
        "公民身份号码",
        "证件号码",
        "证件号",
        "idnumber",
        "idno",
        "idcard",
        "idcardno",
        "idcardnumber",
        "nationalid",
    ),
    Field.ID_KIND: ("证件类型", "证件种类", "idtype", "idkind", "kindofid"),
    Field.ENTRY: (
        "参赛编号",
        "参赛号",
        "选手编号",
        "参赛证号",
        "编号",
        "entryno",
        "entrynumber",
        "entry",
        "bib",
        "startnumber",
    ),
    Field.EVENT: (
        "赛项",
        "赛项名称",
        "赛项代码",
        "参赛赛项",
        "参赛项目",
        "竞赛项目",
        "项目",
        "工种",
        "event",
        "eventcode",
        "eventname",
        "skill",
        "trade",
    ),
    Field.GROUP: ("组别", "参赛组别", "group", "category"),
    Field.GRADE: (
        "职业等级",
        "技能等级",
        "职业技能等级",
        "职业资格等级",
        "现有职业等级",
        "现有等级",
        "grade",
        "gradeheld",
        "level",
    ),
    Field.COMPETING: ("打星", "是否打星", "打星参赛", "不计奖", "noncompeting", "guest"),
    Field.TEAM: ("队伍", "队名", "队伍名称", "团队", "团队名称", "team", "teamname"),
    Field.PHOTO: ("照片", "相片", "照片文件", "photo", "picture"),
    Field.NOTE: ("备注", "说明", "note", "notes", "remark", "remarks"),
    Field.EARLIER: (
        "上一轮成绩",
        "初赛成绩",
        "初赛总分",
        "预赛成绩",
        "选拔成绩",
        "选拔赛成绩",
        "总成绩",
        "总分",
        "成绩",
        "earliertotal",
        "preliminarytotal",
        "preliminaryscore",
        "total",
        "totalscore",
    ),
    # Where no column names a unit, this one is taken for it above.
    Field.DELEGATION: ("代表队", "所属代表队", "代表团", "delegation", "representing"),
}
"""The headings of each field, the plainest first: that one is meant where several are there."""

# For headings such as "参赛选手姓名（与身份证一致）" that no list foresees.
_CONTAINED: tuple[tuple[str, Field], ...] = (
    ("身份证号", Field.ID_NUMBER),
    ("证件号", Field.ID_NUMBER),
    ("证件类", Field.ID_KIND),
    ("参赛编号", Field.ENTRY),
    ("姓名", Field.NAME),
    ("等级", Field.GRADE),
    ("组别", Field.GROUP),
    ("打星", Field.COMPETING),
    ("照片", Field.PHOTO),
    ("初赛成绩", Field.EARLIER),
    ("赛项", Field.EVENT),
    ("单位", Field.UNIT),
)
_OTHERS_PEOPLE = re.compile(
    r"联系|领队|教练|指导|负责|推荐人|填表|紧急|监护|地址|性质|电话|手机|邮"
)


@dataclass(frozen=True, slots=True)
class RosterSheet:
    """A roster as opened: headings, the rows below them, and the suggested columns.

    The rows hold personal data and stay out of the ``repr``.
    """

    file: str
    sheet: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...] = field(repr=False)
    mapping: Mapping = field(default_factory=dict)
    unfilled: frozenset[str] = frozenset()
    merged: dict[tuple[int, int], str] = field(default_factory=dict, repr=False)
    """What a cell merged with those above it stands for, by row number and column."""


def read_roster(path: Path) -> RosterSheet:
    """Open a roster in .xlsx, .xls, .ods or delimited text.

    Raises ``RuleBroken`` when no row of the first twenty names a column of names, or nothing
    follows it.
    """
    return roster_of(open_workbook(path))


def roster_of(book: Workbook) -> RosterSheet:
    """The one sheet that has a heading row and entrants below it."""
    headed = [(sheet, heading) for sheet in book.sheets if (heading := _heading_row(sheet))]
    if not headed:
        raise RuleBroken("roster-no-heading", file=book.file)
    lists = [
        (sheet, heading, rows)
        for sheet, heading in headed
        if (rows := tuple(row for row in sheet.rows[heading.number :] if not row.is_blank))
    ]
    if not lists:
        raise RuleBroken("roster-no-rows", file=book.file)
    refuse_several(book, [sheet for sheet, *_ in lists])
    sheet, heading, rows = lists[0]
    headers = tuple("".join(heading.text(column).split()) for column in range(len(heading.cells)))
    return RosterSheet(
        file=book.file,
        sheet=sheet.name,
        headers=headers,
        rows=rows,
        mapping=match_columns(headers),
        unfilled=frozenset(sheet.unfilled),
        merged=_merged_downwards(sheet, heading.number),
    )


def _merged_downwards(sheet: Sheet, heading: int) -> dict[tuple[int, int], str]:
    """A unit written once beside its people is one tall cell; only its first row has the text."""
    covered = (
        ((row, area.left), sheet.row(area.top).text(area.left))
        for area in sheet.merged
        if area.left == area.right and area.top > heading
        for row in range(area.top + 1, min(area.bottom, len(sheet.rows)) + 1)
    )
    # Areas that overlap by the thousand are no spreadsheet's; they only cost time.
    return dict(islice(covered, _MOST_MERGED))


def _heading_row(sheet: Sheet) -> Row | None:
    """The row among the first ones that names most columns, a name column among them."""
    best: Row | None = None
    most = 0
    for row in sheet.rows[:_HEADING_ROWS]:
        found = match_columns([row.text(column) for column in range(len(row.cells))])
        if Field.NAME in found and len(found) > most:
            best, most = row, len(found)
    return best


def match_columns(headers: Sequence[str]) -> Mapping:
    """Which columns the headings point to; a column nobody needs (性别, 手机) is left alone."""
    plain = [_IDLE.sub("", unicodedata.normalize("NFKC", h)).casefold() for h in headers]
    found: Mapping = {}
    for wanted, names in _HEADINGS.items():
        free = {
            heading: column
            for column, heading in reversed(list(enumerate(plain)))
            if column not in found.values()
        }
        meant = next((name for name in names if name in free), None)
        if meant is not None:
            found[wanted] = free[meant]
    for part, wanted in _CONTAINED:
        for column, heading in enumerate(plain):
            taken = wanted in found or column in found.values()
            if part in heading and not taken and not _OTHERS_PEOPLE.search(heading):
                found[wanted] = column
    return found
