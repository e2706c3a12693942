"""CIS marking schemes: the real one, the layouts that differ from it, and broken ones."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from app.domain.errors import RuleBroken
from app.domain.methods import (
    Band,
    Binary,
    Choice,
    Deduct,
    Direct,
    Fault,
    Faults,
    Gate,
    Item,
    Judgement,
    Ladder,
    Option,
    Panel,
    Tally,
    Tolerance,
)
from app.domain.scheme import Aspect
from app.domain.scheme_check import check_event
from app.sheets.cis import CisImport, read_cis_workbook
from tests.sheets.books import (
    BLOCKS,
    FOUR,
    REAL_CIS,
    TOP,
    Cells,
    aspect,
    cis_book,
    descriptor,
    heading,
    save_xlsx,
    subcriterion,
)

needs_real_file = pytest.mark.skipif(
    not REAL_CIS.exists(), reason="the real CIS scheme is not beside the project"
)
A1 = subcriterion("A1", "Preparation")
D0, D5, D1 = Decimal(0), Decimal("0.5"), Decimal(1)
BLANK = descriptor(3, None)


def read(tmp_path: Path, blocks: list[Cells], top: list[Cells] | None = None) -> CisImport:
    return read_cis_workbook(cis_book(tmp_path / "scheme.xlsx", blocks, top))


def only_aspect(tmp_path: Path, *rows: Cells) -> tuple[Aspect, list[str]]:
    found = read(tmp_path, [heading("A", 1), A1, *rows], [["Sample"]])
    return next(found.event.aspects()), [warning.code for warning in found.warnings]


def refusal(tmp_path: Path, blocks: list[Cells]) -> tuple[str, object]:
    with pytest.raises(RuleBroken) as refused:
        read(tmp_path, blocks)
    details = refused.value.details
    assert details["file"] == "scheme.xlsx"
    assert details["sheet"] == "CIS Marking Scheme Import"
    return refused.value.code, details["row"]


@needs_real_file
def test_the_real_scheme_adds_up_to_what_its_criteria_say() -> None:
    event = read_cis_workbook(REAL_CIS).event
    marks = {str(module.id): sum(a.max for a in module.aspects()) for module in event.modules}
    assert marks == {"A": 17, "B": 23, "C": 17, "D": 22, "E": 16, "F": 5}
    assert sum(marks.values()) == Decimal("100.00")
    assert [module.stated_max for module in event.modules] == [17, 23, 17, 22, 16, 5]


@needs_real_file
def test_the_real_scheme_keeps_its_parts() -> None:
    found = read_cis_workbook(REAL_CIS)
    event = found.event
    assert found.title == "17 Web Development"
    assert (event.code, event.name) == ("17", "Web Development")
    methods = [type(a.method) for a in event.aspects()]
    assert (methods.count(Binary), methods.count(Judgement), len(methods)) == (123, 26, 149)
    assert [(s.id, s.mark) for s in event.sections] == [
        ("1", 5),
        ("2", 5),
        ("3", 25),
        ("4", 25),
        ("5", 40),
    ]
    assert event.module("E").subcriteria[3].name == (
        "Task 3 - Creating web components - Limited Textarea"
    )
    assert [event.module(m).subcriteria[0].day for m in ("A", "C", "F")] == [1, 2, 3]
    last = event.aspect("F3.1")
    assert (last.name, last.max, last.section) == ("Idea is implemented in some way", 2, "5")
    assert event.aspect("A1.1").descriptors[0] == "All common elements are not responsive at all"
    assert check_event(event) == []
    assert [str(w) for w in found.warnings] == [
        "judged-share-unusual(event=17, percent=24, usual=20)"
    ]


def test_ids_are_the_position_under_the_subcriterion(tmp_path: Path) -> None:
    event = read(tmp_path, BLOCKS).event
    assert [a.id for a in event.aspects()] == ["A1.1", "A1.2", "B1.1"]
    assert (event.code, event.name) == ("09", "Sample Skill")
    assert [m.name for m in event.modules] == ["First part", "Second part"]
    assert event.aspect("A1.2").method == Judgement(judges=3, scale=3, spread=1)
    assert event.aspect("A1.2").descriptors == ("Level 0", "Level 1", "Level 2", "Level 3")


def test_a_layout_without_the_day_column_is_read(tmp_path: Path) -> None:
    old_heading: Cells = [
        "Sub Criteria ID",
        "Sub Criteria\nName",
        "Aspect Type",
        "Aspect Description",
        "Judg Score",
        "Extra Aspect Description OR Judgement Score Description",
        None,
        "Section",
        "Max Mark",
        "Criterion A",
        3,
    ]
    event = read(
        tmp_path,
        [
            old_heading,
            ["A", "Only part"],
            ["A1", "Preparation"],
            [None, None, "O", "Bench is set up", None, None, None, None, 1],
            [None, None, "S1", "Bench is tidy", None, None, None, None, "2,00"],
            *[[None, None, None, None, s, f"Level {s}"] for s in range(4)],
        ],
        [["Sample Skill"]],
    ).event
    assert [(a.id, a.max, type(a.method)) for a in event.aspects()] == [
        ("A1.1", 1, Binary),
        ("A1.2", 2, Judgement),
    ]
    assert event.modules[0].name == "Only part"
    assert event.modules[0].subcriteria[0].day == 1
    assert event.code == "CIS"


def test_a_russian_layout_is_read(tmp_path: Path) -> None:
    russian: Cells = [
        "Код",
        "Подкритерий",
        "Тип аспекта",
        "Аспект",
        "Судейский балл",
        "Методика проверки аспекта",
        "Требование или номинальный размер",
        "Проф. задача",
        "Макс. балл",
        "Критерий А",
        "Итог",
        "4,5",
    ]
    event = read(
        tmp_path,
        [
            russian,
            ["А1", "Подготовка"],  # a Cyrillic A
            [None, None, "Б", "Станок готов", None, None, None, None, "1,5"],
            [None, None, "B", "Стол чист", None, None, None, None, "0,5"],
            [None, None, "D", "Размер", None, None, "20 мм", None, "0,5"],
            [None, None, "J", "Порядок", None, None, None, None, 2],
            *[[None, None, None, None, s, f"Уровень {s}"] for s in range(4)],
        ],
        [["Образец"]],
    ).event
    assert [(a.id, a.max, type(a.method)) for a in event.aspects()] == [
        ("A1.1", Decimal("1.5"), Binary),
        ("A1.2", Decimal("0.5"), Binary),
        ("A1.3", Decimal("0.5"), Direct),
        ("A1.4", Decimal(2), Judgement),
    ]
    assert event.aspect("A1.3").requirement == "20 мм"


def test_a_chinese_layout_is_read(tmp_path: Path) -> None:
    chinese: Cells = [
        "子项\n编号",
        "评分子项名称",
        "评分日",
        "评分点类型",
        "评分点描述",
        "评判分",
        "补充说明",
        "要求",
        "职业标准条目",
        "计算行",
        "配分",
        "标准 A",
        "合计",
        3,
    ]
    chinese[0] = "子项编号"
    found = read(
        tmp_path,
        [
            chinese,
            ["A1", "准备", 2],
            aspect("M1", "工位整理", 1, section=None, requirement="每处不合格扣0.2分"),
            aspect("J2", "工艺", 2, section=None),
            *FOUR,
        ],
        [["样例赛项"]],
    )
    event = found.event
    assert event.modules[0].subcriteria[0].day == 2
    assert event.aspect("A1.1").method == Deduct(per=Decimal("0.2"))
    assert event.aspect("A1.2").method == Judgement()
    assert "cis-read-as-deduction" in [w.code for w in found.warnings]


def test_numbers_stored_as_text_count_as_numbers(tmp_path: Path) -> None:
    rows = [aspect("M", "One", " 0,25 "), aspect("M", "Two", "１.75", section="1")]
    event = read(tmp_path, [heading("A", "2"), A1, *rows]).event
    assert [a.max for a in event.aspects()] == [Decimal("0.25"), Decimal("1.75")]


def test_an_id_in_full_width_letters_is_the_plain_one(tmp_path: Path) -> None:
    part = subcriterion("Ａ１", "Sub", "Ｃ２")
    event = read(tmp_path, [heading("A", 1), part, aspect("M", "One", 1)]).event
    assert [(a.id, event.modules[0].subcriteria[0].day) for a in event.aspects()] == [("A1.1", 2)]


def test_headings_over_a_group_of_aspects_stay_with_its_aspects(tmp_path: Path) -> None:
    event = read(
        tmp_path,
        [
            heading("A", 3),
            A1,
            [None, None, None, None, "Front side"],
            aspect("M", "Flat", 1, extra="To the straight edge"),
            [None, "Rear side"],
            aspect("M", "Square", 1),
            [None, None, None, None, None, None, "Use the small square"],
            subcriterion("A2", "Finish"),
            aspect("M", "Clean", 1),
        ],
    ).event
    assert event.aspect("A1.1").note == "Front side\nTo the straight edge"
    assert event.aspect("A1.2").note == "Rear side\nUse the small square"
    assert event.aspect("A2.1").note == ""


def test_trailing_criteria_without_aspects_are_left_out(tmp_path: Path) -> None:
    top = [*TOP[:-1], ["C", "Third part", *[None] * 8, 0], ["D"], ["E", "Fifth part"], []]
    found = read(tmp_path, [*BLOCKS, heading("C", 0)], top)
    assert [m.id for m in found.event.modules] == ["A", "B"]
    assert [w.code for w in found.warnings if w.code.startswith("cis-")] == []


def test_a_criterion_with_marks_but_no_aspects_is_reported(tmp_path: Path) -> None:
    top = [*TOP[:-1], ["C", "Third part", *[None] * 8, 5], []]
    warnings = read(tmp_path, BLOCKS, top).warnings
    assert "cis-criterion-empty(part=C, stated=5, ours=0)" in [str(w) for w in warnings]


def test_stated_totals_that_are_wrong_are_reported_and_not_believed(tmp_path: Path) -> None:
    top = [list(row) for row in TOP]
    top[3][9] = 2  # section 1: its SUMIF stops one row short
    top[4][8] = 2  # section 2 should get 2 marks
    top[9][10] = 4  # criterion A
    blocks = [list(row) for row in BLOCKS]
    blocks[0][13] = 2.5  # head of block A
    blocks[-1][13] = 5
    warnings = [str(w) for w in read(tmp_path, blocks, top).warnings]
    for expected in (
        "cis-block-differs(part=A, stated=2.5, ours=3)",
        "cis-section-sum-differs(part=1, stated=2, ours=3)",
        "cis-total-differs(part=, stated=5, ours=4)",
        "stated-max-differs(event=09, module=A, stated=4, given=3)",
        "section-variation(event=09, section=2, stated=2, given=1, variation=1)",
    ):
        assert expected in warnings


def test_formulas_without_results_are_recomputed_and_reported(tmp_path: Path) -> None:
    blocks = [list(row) for row in BLOCKS]
    blocks[0][13] = "=SUM(K14:K15)"
    found = read(tmp_path, blocks)
    assert sum(a.max for a in found.event.aspects()) == 4
    assert "cis-formulas-empty(cell=N13, count=1)" in [str(w) for w in found.warnings]


@pytest.mark.parametrize(
    ("text", "method", "warning"),
    [
        ("Deduct 0.25 marks for each missing item", Deduct(per=Decimal("0.25")), "deduction"),
        ("minus 0,5 for every error", Deduct(per=Decimal("0.5")), "deduction"),
        ("每错一处扣 0.1 分", Deduct(per=Decimal("0.1")), "deduction"),
        ("минус 0,2 балла за каждую ошибку", Deduct(per=Decimal("0.2")), "deduction"),
        ("Deduct 0.1 for each scratch, 0.2 for each... -0.3 each dent", Direct(), "direct"),
        ("Partial marks may be given", Direct(), "direct"),
        ("No partial marks", Binary(), ""),
        ("0.25 marks for each good part", Direct(), "direct"),
        ("Deduct 5 marks for each missing item", Direct(), "direct"),
        ("0 Points if workspaces of other users are listed", Binary(), ""),
        ("At least 3 of 4 screws are tight", Binary(), ""),
    ],
)
def test_only_words_that_clearly_give_part_of_the_marks_change_the_method(
    tmp_path: Path, text: str, method: object, warning: str
) -> None:
    found, warnings = only_aspect(tmp_path, aspect("M", "Item", 1, section=None, extra=text))
    assert found.method == method
    assert [w for w in warnings if w.startswith("cis-read")] == (
        [f"cis-read-as-{warning}"] if warning else []
    )


def test_an_old_subjective_aspect_without_descriptors_becomes_a_panel(tmp_path: Path) -> None:
    found, warnings = only_aspect(tmp_path, aspect("S", "Looks", 1, section=None))
    assert found.method == Panel(
        judges=5, highest=Decimal(10), lowest=Decimal(1), drop_highest=1, drop_lowest=1
    )
    assert "cis-subjective-as-panel" in warnings


def with_calculations(
    tmp_path: Path, *rows: Cells, calculations: list[Cells] | None = None
) -> CisImport:
    sheet: list[Cells] = calculations or [
        ["Name", "Type", "Flag", "Parameters"],
        ["Steps", "CHOICE", 1, "NONE:::#x~x#0#-#HALF:::#x~x#0.5#-#ALL:::#x~x#1"],
        ["Gap", "REGULAR_DIFFERENCE_DEDUCTION", 0, "STEP:::#x~x#0.1#-#LOSS:::#x~x#0.25"],
        ["Odd", "SOMETHING_ELSE", 0, "A:::#x~x#1"],
    ]
    path = save_xlsx(
        tmp_path / "scheme.xlsx",
        {
            "CIS Marking Scheme Import": [["Sample"], heading("A", 2), A1, *rows],
            "Calculations": sheet,
        },
    )
    return read_cis_workbook(path)


def test_a_choice_is_applied_by_name_or_by_row(tmp_path: Path) -> None:
    found = with_calculations(
        tmp_path,
        aspect("M", "By name", 1, section=None, calculation="steps"),
        aspect("M", "By row", 1, section=None, calculation=2),
        aspect("M", "Plain", 1, section=None),
    )
    choice = Choice(
        options=(
            Option(code="NONE", name="NONE", mark=Decimal(0)),
            Option(code="HALF", name="HALF", mark=Decimal("0.5")),
            Option(code="ALL", name="ALL", mark=Decimal(1)),
        )
    )
    assert [a.method for a in found.event.aspects()] == [choice, choice, Binary()]
    assert not [w for w in found.warnings if w.code.startswith("cis-calc")]
    assert [f for f in check_event(found.event) if f.code.startswith("option")] == []


@pytest.mark.parametrize(
    ("parameters", "method"),
    [
        ("0:::#x~x#0#-#0.5:::#x~x#0,5#-#1:::#x~x#1", Ladder(marks=(D0, D5, D1))),
        (
            "0:::#x~x#Not done#-#1:::#x~x#Done; well",  # marks before their names
            Choice(
                options=(
                    Option(code="Not-done", name="Not done", mark=D0),
                    Option(code="Done-well", name="Done; well", mark=D1),
                )
            ),
        ),
        (
            "@;:::#x~x#0#-#Fit:::#x~x#1#-#Fit:::#x~x#0.5",  # names that cannot be typed, or repeat
            Choice(
                options=(
                    Option(code="1", name="@;", mark=D0),
                    Option(code="Fit", name="Fit", mark=D1),
                    Option(code="3", name="Fit", mark=D5),
                )
            ),
        ),
        ("NONE:::#x~x#0#-#ALL:::#x~x#100", Direct()),
        ("NONE:::#x~x#nought#-#ALL:::#x~x#1", Direct()),
        ("ONLY:::#x~x#1", Direct()),
        ("nothing that can be read", Direct()),
    ],
)
def test_a_choice_gives_the_marks_its_parameters_say(
    tmp_path: Path, parameters: str, method: object
) -> None:
    found = with_calculations(
        tmp_path,
        aspect("M", "Item", 1, section=None, calculation="C"),
        calculations=[["C", "CHOICE", 0, parameters]],
    )
    assert found.event.aspect("A1.1").method == method
    by_hand = [w.code for w in found.warnings if w.code == "cis-calculation-by-hand"]
    assert bool(by_hand) is isinstance(method, Direct)


def bands(*pairs: tuple[str, str]) -> tuple[Band, ...]:
    return tuple(Band(within=Decimal(within), mark=Decimal(mark)) for within, mark in pairs)


@pytest.mark.parametrize(
    ("parameters", "requirement", "method"),
    [
        (
            "NOMINAL:::#x~x#20#-#STEP:::#x~x#0.1#-#DEDUCTION:::#x~x#0.4",
            None,
            Tolerance(nominal=Decimal(20), bands=bands(("0", "1"), ("0.1", "0.6"), ("0.2", "0.2"))),
        ),
        (
            "STEP:::#x~x#0.1#-#LOSS:::#x~x#0.5#-#TOLERANCE:::#x~x#0.05",
            "12,5 mm",
            Tolerance(nominal=Decimal("12.5"), bands=bands(("0.05", "1"), ("0.15", "0.5"))),
        ),
        ("STEP:::#x~x#0.1#-#LOSS:::#x~x#0.5", "between 12 and 13", Direct()),
        ("NOMINAL:::#x~x#20#-#STEP:::#x~x#0#-#LOSS:::#x~x#0.5", None, Direct()),
        ("NOMINAL:::#x~x#20#-#STEP:::#x~x#1#-#LOSS:::#x~x#2", None, Direct()),
        ("NOMINAL:::#x~x#20#-#TARGET:::#x~x#21#-#STEP:::#x~x#1#-#LOSS:::#x~x#1", None, Direct()),
    ],
)
def test_a_deduction_by_difference_becomes_the_table_it_comes_to(
    tmp_path: Path, parameters: str, requirement: str | None, method: object
) -> None:
    found = with_calculations(
        tmp_path,
        aspect("M", "Item", 1, section=None, calculation="D", requirement=requirement),
        calculations=[["D", "REGULAR_DIFFERENCE_DEDUCTION", 0, parameters]],
    )
    assert found.event.aspect("A1.1").method == method
    told = "by-hand" if isinstance(method, Direct) else "as-tolerance"
    assert [str(w) for w in found.warnings if w.code.startswith("cis-calc")] == [
        f"cis-calculation-{told}(row=4, aspect=A1.1)"
    ]


def test_a_calculation_that_cannot_be_run_is_marked_by_hand_and_reported(tmp_path: Path) -> None:
    found = with_calculations(
        tmp_path,
        aspect("M", "By difference", 1, section=None, calculation="Gap"),
        aspect("M", "Choice above the maximum", "0.75", section=None, calculation="Steps"),
        aspect("M", "Unknown type", 1, section=None, calculation="Odd"),
    )
    assert [a.method for a in found.event.aspects()] == [Direct(), Direct(), Direct()]
    assert [str(w) for w in found.warnings if w.code.startswith("cis-calc")] == [
        "cis-calculation-by-hand(row=4, aspect=A1.1)",
        "cis-calculation-by-hand(row=5, aspect=A1.2)",
        "cis-calculation-by-hand(row=6, aspect=A1.3)",
    ]


def test_a_calculation_that_is_not_there_is_reported(tmp_path: Path) -> None:
    found = with_calculations(tmp_path, aspect("M", "Lost", 1, section=None, calculation="None"))
    assert found.event.aspect("A1.1").method == Binary()
    assert "cis-calculation-missing(row=4, aspect=A1.1)" in [str(w) for w in found.warnings]


@pytest.mark.parametrize(
    ("grades", "method"),
    [
        (
            [("Fully", 2), ("Partly", 1)],
            Choice(
                options=(
                    Option(code="Fully", name="Fully", mark=Decimal(2)),
                    Option(code="Partly", name="Partly", mark=D1),
                    Option(code="3", name="-", mark=D0),
                )
            ),
        ),
        (
            [("Left", "0,5"), ("Right", "1,5")],
            Tally(
                items=(
                    Item(code="1", name="Left", points=D5, cap=1),
                    Item(code="2", name="Right", points=Decimal("1.5"), cap=1),
                )
            ),
        ),
        ([("Scratch", "-0.5")], Faults(faults=(Fault(code="1", name="Scratch", points=D5),))),
        ([("One", "0.3"), ("Two", "0.4")], Direct()),
    ],
)
def test_marks_below_a_discrete_aspect_become_its_method(
    tmp_path: Path, grades: list[tuple[str, object]], method: object
) -> None:
    rows: list[Cells] = [[*[None] * 6, text, None, None, None, mark] for text, mark in grades]
    found, warnings = only_aspect(tmp_path, aspect("D", "Seam", 2, section=None), *rows)
    assert found.method == method
    kept = isinstance(method, Direct)
    assert ("cis-read-as-direct" if kept else "cis-grades-read") in warnings
    assert found.note == ("0.3: One\n0.4: Two" if kept else "")


def test_a_row_may_state_the_method_exactly(tmp_path: Path) -> None:
    stated = [None] * 6 + ['Method: { method = "deduct", per = 0.25 }']
    found, warnings = only_aspect(tmp_path, aspect("M", "Gap", 1, section=None), stated)
    assert (found.method, found.note) == (Deduct(per=Decimal("0.25")), "")
    assert [w for w in warnings if w.startswith("cis-read")] == []


@pytest.mark.parametrize("text", ["Method: { by eye }", 'Method: { method = "guess" }'])
def test_words_that_only_look_like_a_method_stay_a_note(tmp_path: Path, text: str) -> None:
    found, _ = only_aspect(tmp_path, aspect("M", "Gap", 1, section=None), [None] * 6 + [text])
    assert (found.method, found.note) == (Binary(), text)


@pytest.mark.parametrize("written", ["J1", "j", " J ", "С", "S2", "Ｊ"])
def test_judgement_is_told_however_its_type_is_written(tmp_path: Path, written: str) -> None:
    found, _ = only_aspect(tmp_path, aspect(written, "Looks", 1, section=None), *FOUR)
    assert found.method == Judgement()


@pytest.mark.parametrize("written", ["M3", "m", "O", "O2", "B", "Б", "И", "М", "О", "Ｍ"])
def test_measurement_is_told_however_its_type_is_written(tmp_path: Path, written: str) -> None:
    found, _ = only_aspect(tmp_path, aspect(written, "Fits", 1, section=None))
    assert found.method == Binary()


def test_an_old_layout_with_a_summary_of_its_criteria_is_read(tmp_path: Path) -> None:
    top: list[Cells] = [
        ["Skill: Sample Skill"],
        ["Test Project: Sample"],
        ["Criterion", "Description", "Meas (M)", "Judg (J)", "Total"],
        ["A", "First part", 1, 2, 3],
        [None, "Total", 1, 2, 3],
    ]
    old_heading: Cells = ["Sub Criteria ID", "Sub Criteria Name", "Aspect Type"]
    old_heading += ["Aspect Description", "Judg Score", "Extra Aspect Description", None, None]
    blocks: list[Cells] = [
        [*old_heading, "Max Mark", "Criterion A", 3],
        ["A", "First part"],
        ["A1", "Setup"],
        [None, None, "M", "Restored", None, None, None, None, 1, "A"],
        [None, None, "J", "Looks", None, None, None, None, 2, "A"],
        *[[None, None, None, None, score, f"Level {score}"] for score in range(4)],
    ]
    found = read(tmp_path, blocks, top)
    assert [(a.id, a.max) for a in found.event.aspects()] == [("A1.1", 1), ("A1.2", 2)]
    assert (found.event.name, found.event.modules[0].stated_max) == ("Sample Skill", 3)


def test_an_event_code_may_stand_in_a_row_of_its_own(tmp_path: Path) -> None:
    blocks = [heading("A", 1), A1, aspect("M", "Fits", 1, section=None)]
    event = read(tmp_path, blocks, [["3 axis milling"], ["Event code: MILL"]]).event
    assert (event.code, event.name) == ("MILL", "3 axis milling")


def test_only_a_gate_may_carry_no_mark(tmp_path: Path) -> None:
    gate = [None] * 6 + ['Method: { method = "gate" }']
    rows = [aspect("M", "Goggles", 0, section=None), gate, aspect("M", "Fits", 1, section=None)]
    event = read(tmp_path, [heading("A", 1), A1, *rows]).event
    assert (event.aspect("A1.1").method, event.aspect("A1.1").max) == (Gate(), 0)


@pytest.mark.parametrize(
    ("rows", "code", "row"),
    [
        ([aspect("M", "Too early", 1)], "cis-aspect-before-subcriterion", 14),
        ([A1, aspect("M", "No mark", None)], "cis-max-missing", 15),
        ([A1, aspect("M", "No mark", "many")], "cis-max-missing", 15),
        ([A1, aspect("M", "No mark", 0)], "cis-max-missing", 15),
        ([A1, aspect("M", "Fine", "0.00001")], "cis-max-too-fine", 15),
        ([A1, aspect("M", "", 1)], "cis-description-missing", 15),
        ([A1, aspect("X", "Odd", 1)], "cis-type-unknown", 15),
        ([A1, aspect("", "No type", 1)], "cis-type-missing", 15),
        ([A1, aspect("", "Total length of the weld", 1)], "cis-type-missing", 15),
        ([A1, aspect("M", "Ok", 1, section=7)], "cis-section-unknown", 15),
        ([A1, aspect("J", "Three", 1), *FOUR[:3]], "cis-descriptors-missing", 15),
        ([A1, aspect("J", "None", 1)], "cis-descriptors-missing", 15),
        ([A1, aspect("J", "Blank", 1), *FOUR[:3], BLANK], "cis-descriptors-missing", 15),
        ([A1, aspect("J", "Five", 1), *FOUR, descriptor(4, "x")], "cis-descriptor-astray", 20),
        ([A1, aspect("J", "Twice", 1), FOUR[0], FOUR[0]], "cis-descriptor-astray", 17),
        ([A1, aspect("M", "Measured", 1), *FOUR], "cis-descriptor-astray", 16),
        ([A1, aspect("M", "Ok", 1), A1], "cis-subcriterion-twice", 16),
    ],
)  # fmt: skip
def test_what_cannot_be_imported_is_refused_at_its_row(
    tmp_path: Path, rows: list[Cells], code: str, row: int
) -> None:
    assert refusal(tmp_path, [heading("A", 3), *rows]) == (code, row)


def test_a_workbook_without_a_scheme_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleBroken, match="cis-sheet-missing"):
        read_cis_workbook(save_xlsx(tmp_path / "a.xlsx", {"S": [["Milk", 2]]}))
    with pytest.raises(RuleBroken, match="cis-no-aspects"):
        read(tmp_path, [heading("A", 3)])
