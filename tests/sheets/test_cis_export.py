"""CIS workbooks we write: they read back the same, and every total stands as formula and value."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace

from app.domain.errors import RuleBroken
from app.domain.methods import (
    Band,
    Binary,
    Choice,
    Count,
    Deduct,
    Direct,
    Fault,
    Faults,
    Gate,
    Judgement,
    Ladder,
    Median,
    Method,
    Option,
    Panel,
    Tolerance,
)
from app.domain.scheme import (
    Aspect,
    Event,
    Module,
    Section,
    Stages,
    Subcriterion,
    TieKey,
    rules_hash,
)
from app.problems import Problem
from app.sheets.cis import read_cis_workbook
from app.sheets.cis_export import write_cis_workbook
from app.sheets.scheme_files import read_scheme, templates
from app.words import LANGUAGES, Language, Words
from tests.sheets.books import BLOCKS, REAL_CIS, TOP, aspect, cis_book, heading, subcriterion

EN, ZH = Words.load("en"), Words.load("zh")
HALF = Decimal("0.5")
METHODS: list[Method] = [
    Binary(),
    Direct(),
    Direct(step=HALF),
    Deduct(per=Decimal("0.25")),
    Count(per=HALF),
    Ladder(marks=(Decimal(0), HALF, Decimal(2))),
    Choice(
        options=(
            Option(code="none", name="none", mark=Decimal(0)),
            Option(code="Half-done", name="Half done", mark=Decimal(1)),
            Option(code="all", name="all", mark=Decimal(2)),
        )
    ),
    Choice(options=(Option(code="x", name="An option known by another code", mark=Decimal(2)),)),
    Tolerance(nominal=Decimal(20), bands=(Band(within=HALF, mark=Decimal(2)),), unit="mm"),
    Faults(faults=(Fault(code="F1", name="漏气；=1", points=HALF, cap=2),)),
    Judgement(),
    Judgement(judges=5, scale=4, spread=2),
    Panel(judges=5, highest=Decimal(10), drop_highest=1, drop_lowest=1),
    Median(judges=3, highest=Decimal(10)),
]


def event_of(*aspects: Aspect, **fields: Any) -> Event:
    part = Subcriterion(id="A1", name="Part", aspects=aspects)
    module = Module(id="A", name="First", subcriteria=(part,))
    return Event(**({"code": "09", "name": "Sample Skill", "modules": (module,)} | fields))


def one(method: Method, **fields: Any) -> Event:
    return event_of(Aspect(id="A1.1", name="Thing", max=Decimal(2), method=method, **fields))


def written(tmp_path: Path, event: Event, words: Words = EN) -> tuple[Event, list[str]]:
    """What comes back, and what the writer said it could not carry."""
    lost = write_cis_workbook(event, tmp_path / "out.xlsx", words)
    return read_cis_workbook(tmp_path / "out.xlsx").event, [str(warning) for warning in lost]


def cells(path: Path, *, results: bool) -> dict[str, Any]:
    sheet = openpyxl.load_workbook(path, data_only=results).worksheets[0]
    return {cell.coordinate: cell.value for row in sheet for cell in row if cell.value is not None}


@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
@pytest.mark.skipif(not REAL_CIS.exists(), reason="the real CIS scheme is not beside the project")
def test_the_real_scheme_comes_back_with_the_same_rules_hash(tmp_path: Path, words: Words) -> None:
    event = read_cis_workbook(REAL_CIS).event
    again, lost = written(tmp_path, event, words)
    assert lost == []
    assert rules_hash(again) == rules_hash(event)


def test_a_workbook_of_our_tests_comes_back_the_same(tmp_path: Path) -> None:
    event = read_cis_workbook(cis_book(tmp_path / "in.xlsx", BLOCKS)).event
    again, lost = written(tmp_path, event)
    assert lost == []
    assert rules_hash(again) == rules_hash(event)


@pytest.mark.parametrize("method", METHODS, ids=lambda method: type(method).__name__)
@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_every_method_comes_back(tmp_path: Path, method: Method, words: Words) -> None:
    event = one(method, note="A note\nof two lines", requirement="20 mm")
    again, lost = written(tmp_path, event, words)
    assert lost == []
    assert again == event
    assert rules_hash(again) == rules_hash(event)


def test_descriptors_of_any_scale_come_back(tmp_path: Path) -> None:
    four = one(Judgement(), descriptors=("none", "some", "most", "all"))
    five = one(Judgement(scale=4), descriptors=("0", "some", "half", "most", "all"))
    assert written(tmp_path, four) == (four, [])
    assert written(tmp_path, five) == (five, [])


def test_words_that_look_like_a_deduction_do_not_change_a_method(tmp_path: Path) -> None:
    event = one(Binary(), requirement="Deduct 0.25 marks for each missing bolt")
    assert written(tmp_path, event) == (event, [])


def test_a_gate_without_a_mark_comes_back(tmp_path: Path) -> None:
    gate = Aspect(id="A1.1", name="Goggles", max=Decimal(0), method=Gate(clause="3.2"))
    event = event_of(gate, Aspect(id="A1.2", name="Weld", max=Decimal(2)))
    assert written(tmp_path, event) == (event, [])


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("17", "Web Development"),
        ("ROBOT", "工业机器人"),
        ("WELD", "3 axis milling"),
        ("09", "09 A"),
    ],
)
@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_code_and_name_come_back(tmp_path: Path, code: str, name: str, words: Words) -> None:
    event = replace(one(Binary()), code=code, name=name)
    assert written(tmp_path, event, words) == (event, [])


def test_what_the_layout_cannot_hold_is_listed_once_for_each_field(tmp_path: Path) -> None:
    event = one(Binary(), name_en="Thing in English")
    event = replace(
        event,
        modules=(replace(event.modules[0], limit_minutes=60, weight=Decimal(2)),),
        rounding=Stages(aspect=None),
        tie_keys=(TieKey(by="module:A"),),
    )
    again, lost = written(tmp_path, event, ZH)
    assert lost == [
        "cis-not-carried(event=09, field=weight, where=A, count=1)",
        "cis-not-carried(event=09, field=limit_minutes, where=A, count=1)",
        "cis-not-carried(event=09, field=name_en, where=A1.1, count=1)",
        "cis-not-carried(event=09, field=rounding, where=09, count=1)",
        "cis-not-carried(event=09, field=tie_keys, where=09, count=1)",
    ]
    assert again == one(Binary())


def test_english_names_are_written_for_english_readers(tmp_path: Path) -> None:
    again, lost = written(tmp_path, one(Binary(), name_en="Thing in English"), EN)
    assert again.aspect("A1.1").name == "Thing in English"
    assert "cis-not-carried(event=09, field=name, where=A1.1, count=1)" in lost


def test_ids_the_layout_does_not_know_are_replaced_and_said(tmp_path: Path) -> None:
    event = event_of(Aspect(id="weld", name="Weld", max=Decimal(1)))
    again, lost = written(tmp_path, event)
    assert [a.id for a in again.aspects()] == ["A1.1"]
    assert lost == ["cis-renumbered(event=09)"]


SECTIONED = event_of(
    Aspect(id="A1.1", name="One", max=Decimal("0.1"), section="1"),
    Aspect(id="A1.2", name="Two", max=Decimal("0.2"), section="1"),
    Aspect(id="A1.3", name="Three", max=Decimal("1.25"), section="2"),
    sections=(
        Section(id="1", name="Order", mark=HALF),
        Section(id="2", name="Making", mark=Decimal("1.25")),
    ),
)


def test_totals_are_formulas_over_every_row_with_their_results(tmp_path: Path) -> None:
    write_cis_workbook(SECTIONED, tmp_path / "out.xlsx", EN)
    formulas = cells(tmp_path / "out.xlsx", results=False)
    results = cells(tmp_path / "out.xlsx", results=True)
    # Title, code, two headings, two sections, their total, a gap; heading, one criterion, gaps.
    expected = {
        "J5": ("=SUMIF(I14:I19,A5,K14:K19)", 0.3),
        "K5": ("=ABS(I5-J5)", 0.2),
        "J6": ("=SUMIF(I14:I19,A6,K14:K19)", 1.25),
        "K6": ("=ABS(I6-J6)", 0),
        "K7": ("=SUM(K5:K6)", 0.2),
        "K11": ("=N14", 1.55),
        "N14": ("=SUM(K15:K19)", 1.55),
        "N21": ("=SUM(N14:N19)", 1.55),
    }
    found = {
        cell: (text, results[cell])
        for cell, text in formulas.items()
        if isinstance(text, str) and text.startswith("=")
    }
    assert found == expected
    assert [formulas[f"A{row}"] for row in (1, 5, 6, 11, 15)] == [
        "09 Sample Skill",
        1,
        2,
        "A",
        "A1",
    ]
    assert [formulas[f"K{row}"] for row in (16, 17, 18)] == [0.1, 0.2, 1.25]


def test_a_stated_maximum_stays_a_number_and_is_still_compared(tmp_path: Path) -> None:
    module = replace(SECTIONED.modules[0], stated_max=Decimal(17))
    event = replace(SECTIONED, modules=(module,))
    assert written(tmp_path, event) == (event, [])
    assert cells(tmp_path / "out.xlsx", results=False)["K11"] == 17
    warnings = [str(w) for w in read_cis_workbook(tmp_path / "out.xlsx").warnings]
    assert "stated-max-differs(event=09, module=A, stated=17, given=1.55)" in warnings


def test_a_computed_criterion_that_is_wrong_is_reported(tmp_path: Path) -> None:
    write_cis_workbook(SECTIONED, tmp_path / "out.xlsx", EN)
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    book.worksheets[0]["K16"] = 0.75  # the formulas lose their results, as a script leaves them
    book.save(tmp_path / "out.xlsx")
    found = read_cis_workbook(tmp_path / "out.xlsx")
    assert found.event.aspect("A1.1").max == Decimal("0.75")
    assert found.event.modules[0].stated_max is None
    assert "cis-formulas-empty(cell=J5, count=8)" in [str(w) for w in found.warnings]


def test_sections_that_a_sumif_would_mix_up_are_summed_exactly(tmp_path: Path) -> None:
    ids = ("1.1", "1.10", "A*", "Ab")
    event = event_of(
        *(
            Aspect(id=f"A1.{place}", name="x", max=Decimal(place), section=section)
            for place, section in enumerate(ids, start=1)
        ),
        sections=tuple(Section(id=section, name="x", mark=Decimal(1)) for section in ids),
    )
    assert written(tmp_path, event) == (event, [])
    formulas = cells(tmp_path / "out.xlsx", results=False)
    assert [formulas[f"J{row}"].partition("(")[0] for row in (5, 6, 7, 8)] == [
        "=SUMPRODUCT",
        "=SUMPRODUCT",
        "=SUMPRODUCT",
        "=SUMIF",
    ]


def test_a_name_that_begins_like_a_formula_is_a_name(tmp_path: Path) -> None:
    event = event_of(Aspect(id="A1.1", name="=HYPERLINK(1)", max=Decimal(1), note="=1+1"))
    assert written(tmp_path, event) == (event, [])


def test_ladders_and_choices_stand_in_the_calculations_sheet(tmp_path: Path) -> None:
    write_cis_workbook(one(METHODS[5]), tmp_path / "out.xlsx", EN)
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["CIS Marking Scheme Import", "Calculations"]
    rows = [tuple(cell.value for cell in row) for row in book["Calculations"].iter_rows()]
    assert rows == [
        ("Name", "Type", "Flag", "Parameters"),
        ("A1.1", "CHOICE", 0, "0:::#x~x#0#-#0.5:::#x~x#0.5#-#2:::#x~x#2"),
    ]


@pytest.mark.parametrize("key", [template.key for template in templates()])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shipped_template_keeps_its_aspects(tmp_path: Path, key: str, language: Language) -> None:
    path = next(template.path for template in templates() if template.key == key)
    for event in read_scheme(path).scheme.events:
        if not any(True for _ in event.aspects()):
            continue
        again, _ = written(tmp_path, event, Words.load(language))
        assert [(a.max, a.method, a.section) for a in again.aspects()] == [
            (a.max, a.method, a.section) for a in event.aspects()
        ]


def test_nothing_is_written_of_an_event_that_does_not_fit(tmp_path: Path) -> None:
    (tmp_path / "out.xlsx").write_bytes(b"before")
    with pytest.raises(RuleBroken, match="cis-sheet-missing"):
        write_cis_workbook(Event(code="1", name="Empty"), tmp_path / "out.xlsx", EN)
    with pytest.raises(RuleBroken, match="cis-description-missing"):
        write_cis_workbook(
            event_of(Aspect(id="A1.1", name=" ", max=Decimal(1))), tmp_path / "out.xlsx", EN
        )
    assert (tmp_path / "out.xlsx").read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["out.xlsx"]


def test_a_folder_that_is_not_there_is_a_problem_of_the_machine(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="sheet-not-written"):
        write_cis_workbook(one(Binary()), tmp_path / "none" / "out.xlsx", EN)


def test_a_computed_criterion_that_misses_a_row_is_reported(tmp_path: Path) -> None:
    """A workbook with results whose SUM stops short, as LibreOffice would save it."""
    import xlsxwriter

    rows = [*TOP[:10], ["B", "Second part"], [], heading("A", 3), subcriterion("A1", "Prep")]
    rows += [aspect("M", "One", 1), aspect("M", "Two", 1, section=2)]
    with xlsxwriter.Workbook(tmp_path / "short.xlsx") as book:
        sheet = book.add_worksheet("CIS Marking Scheme Import")
        for row, values in enumerate(rows):
            sheet.write_row(row, 0, values)
        sheet.write_formula("K10", "=SUM(K15:K15)", None, 1)
    found = read_cis_workbook(tmp_path / "short.xlsx")
    assert found.event.modules[0].stated_max is None
    assert "cis-criterion-differs(part=A, stated=1, ours=2)" in [str(w) for w in found.warnings]
