"""Keyed marks come in whole or not at all, and a refusal names the row."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.domain.entries import NOT_ATTEMPTED, measured_cell, value_cell
from app.domain.errors import RuleBroken
from app.domain.facts import DrawMade
from app.domain.ids import PANEL, EntryId, JudgeId, ModuleId, OpId, WorkCode
from app.domain.roles import Actor, Role
from app.services import rules
from app.services.marking import sheet
from app.services.marks_import import (
    KeyedMark,
    MarksImport,
    RowState,
    examine_marks,
    import_marks,
)
from app.services.signing_off import sign_sheets
from app.services.station import Station, recording
from app.storage import oplog, queries
from tests.services.fed_samples import QUIZ, fed_station
from tests.services.marking_samples import (
    E1,
    E2,
    E3,
    J1,
    A,
    B,
    R,
    complete_module_a,
    marking_station,
    points,
)


@pytest.fixture
def station() -> Iterator[Station]:
    opened = marking_station()
    yield opened
    opened.close()


def rows(*lines: str) -> list[KeyedMark]:
    """``entry,aspect,judge,value``, numbered from 2 as in a file with a heading."""
    return [KeyedMark(number, *line.split(",")) for number, line in enumerate(lines, start=2)]


def test_a_number_that_a_workbook_took_the_zero_from_is_still_that_entry(station: Station) -> None:
    assert import_marks(station, R, rows("1,A1.1,J1,2", "2,A1.1,J1,1")) == MarksImport(2, 0)
    with pytest.raises(RuleBroken) as raised:
        import_marks(station, R, rows("1,A1.2,J1,2", "01,A1.2,J1,2"))
    assert raised.value == RuleBroken("marks-row-repeated", row=3, first=2)


def test_rows_by_entry_number_id_and_work_code_become_marks(station: Station) -> None:
    done = import_marks(
        station,
        R,
        rows("01,A1.1,J1,2", "R-1,A1.2,J1,not-attempted", "5127,A2.1,,1", "01,A2.2,PANEL,119.95"),
    )
    assert done == MarksImport(4, 0)
    own = sheet(station, R, A, "5127", J1)
    team = sheet(station, R, A, "5127", PANEL)
    assert [row.held for row in own.rows] == [value_cell(points("2")), NOT_ATTEMPTED]
    assert [row.held for row in team.rows] == [value_cell(points("1")), measured_cell("119.95")]


def test_a_work_code_stands_for_whom_it_was_drawn_for_in_the_module_of_the_aspect(
    station: Station,
) -> None:
    give_codes(station, B, {E2: "5127", E3: "2385", E1: "6089"})
    import_marks(station, R, rows("5127,A2.1,,1", "5127,B1.1,,7"))
    marks = queries.current_marks(station.connection, R)
    assert {(mark.entry, mark.aspect) for mark in marks} == {(E1, "A2.1"), (E2, "B1.1")}


def test_what_is_one_entrys_number_and_anothers_code_is_refused(station: Station) -> None:
    give_codes(station, B, {E1: "02", E2: "5127", E3: "03"})
    with pytest.raises(RuleBroken) as raised:
        import_marks(station, R, rows("02,B1.1,,7"))
    assert raised.value == RuleBroken("marks-row-two-entries", row=2, entry="02")
    assert import_marks(station, R, rows("R-2,B1.1,,7", "03,B1.1,,6")) == MarksImport(2, 0)


def give_codes(station: Station, module: ModuleId, codes: dict[EntryId, str]) -> None:
    with recording(station) as log:
        log.add(
            DrawMade(
                event=R,
                module=module,
                committed=OpId("S7K2-000009"),
                seed="00",
                placements=(),
                codes={entry: WorkCode(code) for entry, code in codes.items()},
            )
        )


@pytest.mark.parametrize(
    ("line", "broken"),
    [
        ("09,A1.1,J1,2", RuleBroken("marks-row-entry", row=3, entry="09")),
        ("01,Z9,J1,2", RuleBroken("marks-row-aspect", row=3, aspect="Z9")),
        ("01,A1.1,J9,2", RuleBroken("marks-row-judge", row=3, aspect="A1.1", judge="J9")),
        ("01,A2.1,J1,1", RuleBroken("marks-row-judge", row=3, aspect="A2.1", judge="J1")),
        ("01,A1.1,J1,x", RuleBroken("marks-row-unreadable", row=3, aspect="A1.1", value="x")),
        ("01,A1.1,J1,", RuleBroken("marks-row-unreadable", row=3, aspect="A1.1", value="")),
        (
            "01,A1.1,J1,4",
            RuleBroken(
                "marks-row-out-of-range", row=3, aspect="A1.1", value="4", low="0", high="3"
            ),
        ),
        (
            "01,A1.1,J1,1.5",
            RuleBroken("marks-row-off-step", row=3, aspect="A1.1", value="1.5", step="1"),
        ),
        ("02,A1.1,J1,3", RuleBroken("marks-row-repeated", row=3, first=2)),
    ],
)
def test_one_row_that_cannot_be_taken_leaves_nothing_recorded(
    station: Station, line: str, broken: RuleBroken
) -> None:
    before = oplog.count(station.database)
    with pytest.raises(RuleBroken) as raised:
        import_marks(station, R, rows("02,A1.1,J1,2", line))
    assert raised.value == broken
    assert oplog.count(station.database) == before


def test_the_same_file_twice_changes_nothing(station: Station) -> None:
    import_marks(station, R, rows("01,A1.1,J1,2"))
    before = oplog.count(station.database)
    assert import_marks(station, R, rows("01,A1.1,J1,2")) == MarksImport(0, 1)
    assert oplog.count(station.database) == before


def test_a_mark_that_differs_is_replaced_only_with_a_reason(station: Station) -> None:
    import_marks(station, R, rows("01,A1.1,J1,2"))
    with pytest.raises(RuleBroken) as raised:
        import_marks(station, R, rows("01,A1.1,J1,3"))
    assert raised.value == RuleBroken("marks-row-differs", row=2, aspect="A1.1", judge="J1")
    import_marks(station, R, rows("01,A1.1,J1,3"), reason="二次录入核对")
    assert oplog.last(station.connection, 1)[0].reason == "二次录入核对"


def test_a_signed_mark_is_not_replaced_by_a_file(station: Station) -> None:
    complete_module_a(station)
    sign_sheets(station, R, A, J1)
    with pytest.raises(RuleBroken) as raised:
        import_marks(station, R, rows("01,A1.1,J1,3"), reason="二次录入核对")
    assert raised.value == RuleBroken("marks-row-signed", row=2, module="A", judge="J1")


def test_an_examination_tells_of_every_row_and_records_nothing(station: Station) -> None:
    import_marks(station, R, rows("01,A1.1,J1,2"))
    before = oplog.count(station.database)
    found = examine_marks(
        station,
        R,
        rows("01,A1.1,J1,2", "01,A1.1,J2,3", "02,A1.1,J1,9", "01,A1.1,J2,3", "09,A1.1,J1,2"),
    )
    assert [one.state.value for one in found] == ["same", "new", "problem", "problem", "problem"]
    codes = [one.refusal.code if one.refusal else "" for one in found]
    assert codes == ["", "", "marks-row-out-of-range", "marks-row-repeated", "marks-row-entry"]
    (differs,) = examine_marks(station, R, rows("01,A1.1,J1,3"))
    assert differs.state.value == "replaces"
    assert oplog.count(station.database) == before


def test_a_judge_learns_nothing_of_others_from_a_file(station: Station) -> None:
    import_marks(station, R, rows("01,A1.1,J1,2"))
    station.actor = Actor(Role.JUDGE, JudgeId("J2"))
    (found,) = examine_marks(station, R, rows("01,A1.1,J1,2"))
    assert found.refusal is not None
    assert found.refusal.code == "judge-not-own"


def test_a_mark_that_follows_from_a_quiz_is_not_imported() -> None:
    quiz = fed_station("quiz")
    aspect = rules.rules(quiz, QUIZ).quiz
    assert aspect is not None
    row = KeyedMark(2, "01", aspect.aspect, "", "120")
    with pytest.raises(RuleBroken) as refused:
        import_marks(quiz, QUIZ, [row])
    assert refused.value == RuleBroken("marks-row-fed", row=2, aspect=aspect.aspect)
    assert [one.state for one in examine_marks(quiz, QUIZ, [row])] == [RowState.PROBLEM]
    quiz.close()
