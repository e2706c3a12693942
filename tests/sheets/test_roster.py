"""Rosters: columns found by their headings, every row checked, nothing registered by accident."""

from __future__ import annotations

import time
from datetime import date
from datetime import time as time_of_day
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.domain.errors import RuleBroken
from app.domain.ids import EventCode
from app.domain.scheme import Event
from app.sheets.roster import Field, match_columns, read_roster
from app.sheets.roster_check import Severity
from app.sheets.roster_preview import Registration, RosterPreview, check_roster
from app.words import LANGUAGES, Words
from tests.sheets.books import Cells, save_xlsx

ROBOT = Event(code=EventCode("ROBOT"), name="工业机器人", name_en="Industrial robots")
WELD = Event(code=EventCode("WELD"), name="焊接技术", name_en="Welding")
HEADERS: Cells = ["序号", "姓名", "单位", "身份证号", "赛项"]


def preview(
    tmp_path: Path,
    rows: list[Cells],
    headers: Cells = HEADERS,
    events: tuple[Event, ...] = (ROBOT, WELD),
    **kwargs: object,
) -> RosterPreview:
    sheet = read_roster(save_xlsx(tmp_path / "名单.xlsx", {"名单": [headers, *rows]}))
    return check_roster(sheet, sheet.mapping, events, **kwargs)  # type: ignore[arg-type]


def person(name: str, identity: object = "11010519491231002X", event: str = "ROBOT") -> Cells:
    return [1, name, "样例一厂", identity, event]


def found(seen: RosterPreview) -> list[tuple[str, int, str, str]]:
    return [
        (problem.code, problem.row, problem.column, str(problem.severity))
        for row in seen.rows
        for problem in row.problems
    ]


# ------------------------------------------------------------------------------------------ columns


@pytest.mark.parametrize(
    ("headers", "mapping"),
    [
        (
            ["序号", "姓 名", "性别", "工作单位", "身份证号码", "手机", "参赛项目", "组别", "备注"],
            {
                Field.NAME: 1,
                Field.UNIT: 3,
                Field.ID_NUMBER: 4,
                Field.EVENT: 6,
                Field.GROUP: 7,
                Field.NOTE: 8,
            },
        ),
        (
            ["Entry No.", "Name", "Unit", "ID number", "Event", "Grade held", "Photo", "Team"],
            {
                Field.ENTRY: 0,
                Field.NAME: 1,
                Field.UNIT: 2,
                Field.ID_NUMBER: 3,
                Field.EVENT: 4,
                Field.GRADE: 5,
                Field.PHOTO: 6,
                Field.TEAM: 7,
            },
        ),
        (
            ["参赛选手姓名（与身份证一致）", "单位全称（盖章）", "证件类型", "证件号码", "打星"],
            {
                Field.NAME: 0,
                Field.UNIT: 1,
                Field.ID_KIND: 2,
                Field.ID_NUMBER: 3,
                Field.COMPETING: 4,
            },
        ),
        (
            ["联系人姓名", "单位地址", "指导教师姓名", "选手姓名", "单位名称", "现有职业等级"],
            {Field.NAME: 3, Field.UNIT: 4, Field.GRADE: 5},
        ),
        # A delegation stands for the unit only where no column names one.
        (["代表队", "姓名"], {Field.UNIT: 0, Field.NAME: 1}),
        (["代表队", "姓名", "单位"], {Field.DELEGATION: 0, Field.NAME: 1, Field.UNIT: 2}),
    ],
)
def test_columns_are_suggested_by_their_headings(
    headers: list[str], mapping: dict[Field, int]
) -> None:
    assert match_columns(headers) == mapping


def test_headings_are_found_below_a_title(tmp_path: Path) -> None:
    rows: list[Cells] = [
        ["2026 年样例竞赛报名表"],
        ["填报单位：", "样例一厂"],
        ["序号", "姓\n名", "单位"],
        [1, "样例选手01", "样例一厂"],
        [],
        [2, "样例选手02", "样例二厂"],
    ]
    sheet = read_roster(save_xlsx(tmp_path / "a.xlsx", {"说明": [["请先看说明"]], "名单": rows}))
    assert sheet.sheet == "名单"
    assert sheet.headers == ("序号", "姓名", "单位")
    assert [row.number for row in sheet.rows] == [4, 6]


def test_a_file_without_names_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleBroken, match="roster-no-heading"):
        read_roster(save_xlsx(tmp_path / "a.xlsx", {"S": [["Milk", 2]]}))
    with pytest.raises(RuleBroken, match="roster-no-rows"):
        read_roster(save_xlsx(tmp_path / "a.xlsx", {"S": [["姓名", "单位"]]}))


def test_a_list_on_a_second_sheet_is_never_left_out_in_silence(tmp_path: Path) -> None:
    robot, weld = person("样例选手01"), person("样例选手02", event="WELD")
    sheets: dict[str, list[Cells]] = {"说明": [["请逐行填写"]], "机器人": [HEADERS, robot]}
    path = save_xlsx(tmp_path / "名单.xlsx", {**sheets, "空表": [HEADERS]})
    assert len(read_roster(path).rows) == 1
    save_xlsx(path, {**sheets, "焊接": [HEADERS, weld]})
    with pytest.raises(RuleBroken) as refused:
        read_roster(path)
    assert refused.value.code == "sheet-several-tables"
    assert refused.value.details["sheets"] == "机器人, 焊接"


def test_a_roster_in_gb18030_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_bytes("姓名,单位\r\n样例选手䶮,样例一厂\r\n".encode("gb18030"))
    sheet = read_roster(path)
    seen = check_roster(sheet, sheet.mapping, [ROBOT])
    assert [r.person.name for r in seen.registrations] == ["样例选手䶮"]


def test_a_column_every_row_needs_must_be_chosen(tmp_path: Path) -> None:
    with pytest.raises(RuleBroken, match="roster-unit-column-missing"):
        preview(tmp_path, [["样例选手01", "ROBOT"]], ["姓名", "赛项"])
    with pytest.raises(RuleBroken, match="roster-event-column-missing"):
        preview(tmp_path, [["样例选手01", "样例一厂"]], ["姓名", "单位"])
    sheet = read_roster(save_xlsx(tmp_path / "a.xlsx", {"S": [HEADERS, person("样例选手01")]}))
    with pytest.raises(RuleBroken, match="roster-name-column-missing"):
        check_roster(sheet, {Field.UNIT: 2}, [ROBOT])


# --------------------------------------------------------------------------------------------- rows


def test_a_sound_row_becomes_a_registration(tmp_path: Path) -> None:
    headers: Cells = [
        "姓名",
        "单位",
        "身份证号",
        "赛项",
        "组别",
        "职业等级",
        "照片",
        "打星",
        "备注",
    ]
    seen = preview(
        tmp_path,
        [
            [
                "样例选手01",
                "样例一厂",
                "34052419800101001x",
                "焊接技术",
                "职工组",
                "高级工",
                "01.jpg",
            ],
            ["样例选手02", "样例一厂", "360426199101010071", "welding", "", "", "", "是", "外省"],
        ],
        headers,
    )
    assert found(seen) == []
    first, second = seen.registrations
    assert (first.event, first.number, first.unit) == ("WELD", "01", "样例一厂")
    assert (first.group, first.grade, first.competing) == ("职工组", "高级工", True)
    assert (first.person.name, first.person.id_number) == ("样例选手01", "34052419800101001X")
    assert (first.person.photo, first.rows, first.size) == ("01.jpg", (2,), 1)
    assert (second.number, second.competing, second.person.note) == ("02", False, "外省")


def test_a_registration_shows_no_personal_data(tmp_path: Path) -> None:
    seen = preview(tmp_path, [person("样例选手01")])
    shown = repr(seen)
    assert "样例选手01" not in shown
    assert "19491231" not in shown


@pytest.mark.parametrize(
    ("identity", "code", "severity"),
    [
        ("11010519491231002X", None, None),
        ("11010519491231002x", None, None),
        ("１１０１０５１９４９１２３１００２Ｘ", None, None),
        (" 110105 19491231 002X ", None, None),
        ("'440524188001010014", None, None),
        ("360426199101010072", "roster-id-check-digit", "error"),
        ("110105194913310021", "roster-id-birth-date", "error"),
        ("110105194902300028", "roster-id-birth-date", "error"),
        ("110105194912310000", "roster-id-tail-lost", "error"),
        (110105194912310021, "roster-id-number-cell", "error"),
        (110105194912310.0, "roster-id-truncated", "error"),
        ("110105194912310", "roster-id-truncated", "error"),
        ("110105200101020", "roster-id-truncated", "error"),
        ("1.10105E+17", "roster-id-scientific", "error"),
        ("110105194912310000.0", "roster-id-number-cell", "error"),
        ("110105491231002", "roster-id-old", "warning"),
        (110105491231002, "roster-id-old", "warning"),
        ("110105491331002", "roster-id-birth-date", "error"),
        ("11010519491231", "roster-id-length", "error"),
        ("E12345678", "roster-id-other-kind", "warning"),
        ("无", "roster-id-unreadable", "error"),
        ("", "roster-id-missing", "warning"),
        (True, "roster-id-unreadable", "error"),
    ],
)
def test_id_numbers_and_what_spreadsheets_do_to_them(
    tmp_path: Path, identity: object, code: str | None, severity: str | None
) -> None:
    expected = [(code, 2, "D", severity)] if code else []
    assert found(preview(tmp_path, [person("样例选手01", identity)])) == expected


@pytest.mark.parametrize(
    "identity",
    [
        "11010519491231002X",
        "440524188001010014",
        "34052419800101001X",
        "360426199101010071",
        "370101190102039973",
        "110101202311012176",
    ],
)
def test_published_example_numbers_are_valid(tmp_path: Path, identity: str) -> None:
    assert found(preview(tmp_path, [person("样例选手01", identity)])) == []


def test_an_old_id_number_is_extended(tmp_path: Path) -> None:
    seen = preview(tmp_path, [person("样例选手01", "110105491231002")])
    assert seen.registrations[0].person.id_number == "11010519491231002X"


def test_another_kind_of_document_is_taken_when_the_sheet_says_so(tmp_path: Path) -> None:
    headers: Cells = ["姓名", "单位", "证件类型", "证件号码"]
    rows: list[Cells] = [
        ["样例选手01", "样例一厂", "护照", "E12345678"],
        ["样例选手02", "样例一厂", "台湾居民来往大陆通行证", 12345678],
        ["样例选手03", "样例一厂", "居民身份证", "G23456789"],
        ["样例选手04", "样例一厂", "护照", "E?12"],
    ]
    seen = preview(tmp_path, rows, headers, (ROBOT,))
    assert found(seen) == [
        ("roster-id-other-kind", 4, "D", "warning"),
        ("roster-id-unreadable", 5, "D", "error"),
    ]
    assert seen.registrations[1].person.id_number == "12345678"


def test_names_are_put_straight_and_said_so(tmp_path: Path) -> None:
    rows = [
        person("样 例 甲", "11010519491231002X"),
        person("样例\u200b乙", "440524188001010014"),
        person("样例・丙", "34052419800101001X"),
        person("Sample  Entrant Ａ", "360426199101010071"),
        person("样例丁=1", "370101190102039973"),
        person("样例\ue863", "110101202311012176"),
        person("123", ""),
    ]
    seen = preview(tmp_path, rows)
    assert [r.person.name for r in seen.registrations] == [
        "样例甲",
        "样例乙",
        "样例·丙",
        "Sample Entrant A",
        "样例丁=1",
        "样例\ue863",
        "123",
    ]
    assert found(seen) == [
        ("roster-name-spaced", 2, "B", "warning"),
        ("roster-name-invisible", 3, "B", "warning"),
        ("roster-name-odd", 6, "B", "warning"),
        ("roster-name-odd", 8, "B", "warning"),
        ("roster-id-missing", 8, "D", "warning"),
    ]


def test_what_is_missing_is_said_at_its_column(tmp_path: Path) -> None:
    rows: list[Cells] = [
        [1, "", "样例一厂", "11010519491231002X", "ROBOT"],
        [2, "样例选手02", " ", "440524188001010014", "ROBOT"],
        [3, "样例选手03", "样例一厂", "34052419800101001X", ""],
        [4, "样例选手04", "样例一厂", "360426199101010071", "刺绣"],
        [5, "样例选手05", "样例一厂", "370101190102039973", "工业机器人（ROBOT）"],
        ["填表人：样例"],
    ]
    seen = preview(tmp_path, rows)
    assert found(seen) == [
        ("roster-name-missing", 2, "B", "error"),
        ("roster-unit-missing", 3, "C", "error"),
        ("roster-event-missing", 4, "E", "error"),
        ("roster-event-unknown", 5, "E", "error"),
    ]
    assert (len(seen.rows), seen.errors, seen.warnings) == (5, 4, 0)
    assert [r.rows for r in seen.registrations] == [(6,)]


def test_duplicates_are_found_across_the_sheet(tmp_path: Path) -> None:
    rows = [
        person("样例选手01", "11010519491231002X"),
        person("样例选手02", "11010519491231002x"),
        person("样例选手01", "440524188001010014"),
        person("样例选手01", "11010519491231002X", "WELD"),
    ]
    assert found(preview(tmp_path, rows)) == [
        ("roster-id-repeated", 3, "D", "error"),
        ("roster-person-repeated", 4, "B", "warning"),
        ("roster-id-other-event", 5, "D", "warning"),
    ]


def numbers(seen: RosterPreview) -> list[tuple[str, str]]:
    return [(r.event, r.number) for r in seen.registrations]


def numbered(tmp_path: Path, written: list[tuple[object, str]], **kwargs: object) -> RosterPreview:
    rows: list[Cells] = [
        [number, f"样例选手{position:02d}", "样例一厂", event]
        for position, (number, event) in enumerate(written, start=1)
    ]
    return preview(tmp_path, rows, ["参赛编号", "姓名", "单位", "赛项"], **kwargs)  # type: ignore[arg-type]


def test_open_numbers_follow_the_highest_of_their_event(tmp_path: Path) -> None:
    seen = numbered(
        tmp_path,
        [("", "ROBOT"), (7, "ROBOT"), ("", "WELD"), ("ROBOT-03", "ROBOT"), ("", "ROBOT")],
        taken={EventCode("ROBOT"): {"01", "09"}},
    )
    assert numbers(seen) == [
        ("ROBOT", "10"),
        ("ROBOT", "07"),
        ("ROBOT", "03"),
        ("ROBOT", "11"),
        ("WELD", "01"),
    ]


def test_numbers_used_twice_or_taken_are_refused(tmp_path: Path) -> None:
    seen = numbered(
        tmp_path,
        [("5", "ROBOT"), ("05", "ROBOT"), ("5", "WELD"), ("9", "ROBOT"), ("no 7!", "ROBOT")],
        taken={EventCode("ROBOT"): {"09"}},
    )
    assert found(seen) == [
        ("roster-number-repeated", 3, "A", "error"),
        ("roster-number-taken", 5, "A", "error"),
        ("roster-number-unusable", 6, "A", "error"),
    ]


def team_registration(seen: RosterPreview) -> Registration:
    (only,) = seen.registrations
    return only


def test_rows_of_one_team_form_one_entry(tmp_path: Path) -> None:
    headers: Cells = ["队伍", "姓名", "单位", "参赛编号"]
    rows: list[Cells] = [
        ["样例一队", "样例选手01", "样例一厂", 4],
        ["样例一队", "样例选手02", "样例一厂", ""],
    ]
    seen = preview(tmp_path, rows, headers, (ROBOT,))
    assert found(seen) == [("roster-team-together", 2, "A", "warning")]
    team = team_registration(seen)
    assert (team.number, team.size, team.rows) == ("04", 2, (2, 3))
    assert team.person.name == "样例一队"
    assert team.person.members == ("样例选手01", "样例选手02")


def test_one_tall_cell_stands_for_every_row_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    rows: list[Cells] = [
        ["姓名", "单位"],
        ["样例选手01", "样例一厂"],
        ["样例选手02"],
        ["样例选手03"],
        ["样例选手04"],
    ]
    save_xlsx(path, {"名单": rows})
    book = load_workbook(path)
    book["名单"].merge_cells("B2:B4")
    book.save(path)
    sheet = read_roster(path)
    seen = check_roster(sheet, sheet.mapping, [ROBOT])
    assert [r.unit for r in seen.registrations] == ["样例一厂"] * 3
    assert found(seen) == [("roster-unit-missing", 5, "B", "error")]


def test_a_team_member_who_does_not_fit_stops_the_team(tmp_path: Path) -> None:
    headers: Cells = ["队伍", "姓名", "单位"]
    rows: list[Cells] = [
        ["样例一队", "样例选手01", "样例一厂"],
        ["样例一队", "样例选手02", "样例二厂"],
    ]
    seen = preview(tmp_path, rows, headers, (ROBOT,))
    assert ("roster-team-mixed", 3, "A", "error") in found(seen)
    assert seen.registrations == ()


def test_an_unclear_answer_about_awards_is_asked_about(tmp_path: Path) -> None:
    headers: Cells = ["姓名", "单位", "打星"]
    rows: list[Cells] = [
        ["样例选手01", "样例一厂", "√"],
        ["样例选手02", "样例一厂", "否"],
        ["样例选手03", "样例一厂", "待定"],
    ]
    seen = preview(tmp_path, rows, headers, (ROBOT,))
    assert [r.competing for r in seen.registrations] == [False, True, True]
    assert found(seen) == [("roster-competing-unclear", 4, "C", "warning")]


def test_a_formula_without_result_is_no_blank_cell(tmp_path: Path) -> None:
    seen = preview(tmp_path, [["样例选手01", "=A1"]], ["姓名", "单位"], (ROBOT,))
    assert ("roster-cell-without-result", 2, "B", "error") in found(seen)


def test_a_number_that_a_workbook_made_a_date_of_is_refused(tmp_path: Path) -> None:
    """3-1 typed into a cell is stored as the first of March."""
    headers: Cells = ["参赛编号", "姓名", "单位", "备注"]
    rows: list[Cells] = [
        [date(2026, 3, 1), "样例选手01", "样例一厂"],
        ["3-2", "样例选手02", time_of_day(8, 30)],
        ["3-3", "样例选手03", "样例一厂", date(2026, 3, 1)],
    ]
    seen = preview(tmp_path, rows, headers, (ROBOT,))
    assert [one.number for one in seen.registrations] == ["3-3"]
    assert found(seen) == [
        ("roster-cell-is-date", 2, "A", "error"),
        ("roster-cell-is-date", 3, "C", "error"),
    ]


def test_every_problem_has_words_and_gives_nobody_away(tmp_path: Path) -> None:
    rows = [
        person("样 例 甲", "360426199101010072"),
        person("样例乙", "1101051949", "刺绣"),
        person("样例乙" * 60, "1101051949", ""),
    ]
    seen = preview(tmp_path, rows)
    problems = [problem for row in seen.rows for problem in row.problems]
    assert len(problems) >= 6
    assert {problem.severity for problem in problems} == {Severity.ERROR, Severity.WARNING}
    for language in LANGUAGES:
        for problem in problems:
            sentence = Words.load(language).explain(problem.refusal)
            assert "{" not in sentence
            assert "样例" not in sentence
            assert "1101051949" not in sentence


def test_the_finals_of_a_province_are_checked_in_a_moment(tmp_path: Path) -> None:
    rows = [
        [n, f"样例选手{n:04d}", f"样例{n % 97}厂", "", "ROBOT" if n % 2 else "WELD"]
        for n in range(1, 1137)
    ]
    sheet = read_roster(save_xlsx(tmp_path / "a.xlsx", {"名单": [HEADERS, *rows]}))
    started = time.perf_counter()
    seen = check_roster(sheet, sheet.mapping, (ROBOT, WELD))
    assert time.perf_counter() - started < 1
    assert len(seen.registrations) == 1136
    assert numbers(seen)[0] == ("ROBOT", "001")
