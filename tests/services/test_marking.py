"""A sheet is committed whole or not at all, and nobody's mark is overwritten unseen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from app.bootstrap import open_station
from app.domain.entries import NOT_ATTEMPTED, measured_cell, value_cell
from app.domain.errors import RuleBroken
from app.domain.facts import CheckedIn, EntryWithdrawn, MarkGiven
from app.domain.ids import PANEL, AspectId, ModuleId
from app.domain.points import Points
from app.domain.roles import Actor, Role
from app.services.live import board
from app.services.mark_history import HistoryState, mark_history
from app.services.marking import (
    Committed,
    commit_sheet,
    correct_mark,
    keep_typing,
    sheet,
    typed,
)
from app.services.marking_queue import SheetState, Work, queue, sheets_for
from app.services.signing_off import sign_sheets
from app.services.station import Station, record
from app.storage import oplog, queries
from tests.services.marking_samples import (
    E1,
    J1,
    J2,
    J3,
    A,
    B,
    R,
    complete_module_a,
    judged,
    marking_station,
    measured,
    points,
    scores,
)

if TYPE_CHECKING:
    from pathlib import Path

A11, A12, A21, A22 = (AspectId(f"A{part}") for part in ("1.1", "1.2", "2.1", "2.2"))


@pytest.fixture
def station() -> Iterator[Station]:
    opened = marking_station()
    yield opened
    opened.close()


def refusal(broken: pytest.ExceptionInfo[RuleBroken]) -> tuple[str, dict[str, object]]:
    return broken.value.code, dict(broken.value.details)


def test_a_blind_module_shows_work_codes_in_their_own_order_and_an_open_one_entry_numbers(
    station: Station,
) -> None:
    assert [work.label for work in queue(station, R, A)] == ["2385", "5127", "6089"]
    assert [work.label for work in queue(station, R, B)] == ["01", "02", "03"]


def test_nothing_of_a_blind_sheet_says_whose_work_it_is(station: Station) -> None:
    shown = repr(sheet(station, R, A, "5127", J1)) + repr(queue(station, R, A, J1))
    assert "R-1" not in shown
    assert "'01'" not in shown
    assert "样例一厂" not in shown


def test_a_blind_module_without_codes_says_what_is_missing() -> None:
    station = marking_station(codes=False)
    with pytest.raises(RuleBroken) as broken:
        queue(station, R, A)
    assert refusal(broken) == ("work-codes-missing", {"module": "A"})
    station.close()


def test_a_judge_has_the_judged_aspects_and_the_team_the_measured_ones(station: Station) -> None:
    assert sheets_for(station, R, A) == (J1, J2, J3, PANEL)
    own = sheet(station, R, A, "5127", J2)
    team = sheet(station, R, A, "5127", PANEL)
    assert [row.aspect.id for row in own.rows] == [A11, A12]
    assert [row.aspect.id for row in team.rows] == [A21, A22]
    assert own.unset == 2


def test_the_queue_counts_what_is_unset_on_one_sheet_and_on_all(station: Station) -> None:
    assert queue(station, R, A, J1)[1] == Work("5127", SheetState.EMPTY, 2, 2, 0)
    assert queue(station, R, A)[1] == Work("5127", SheetState.EMPTY, 8, 8, 0)
    judged(station, "5127", J1, "2 3")
    assert queue(station, R, A, J1)[1] == Work("5127", SheetState.COMPLETE, 0, 2, 0)
    assert queue(station, R, A)[1] == Work("5127", SheetState.STARTED, 6, 8, 0)


def test_an_absent_or_withdrawn_entry_leaves_the_queue(station: Station) -> None:
    record(station, EntryWithdrawn(event=R, entry=E1))
    assert [work.label for work in queue(station, R, A)] == ["2385", "6089"]


def test_a_committed_sheet_is_one_transaction_of_marks_in_the_log(station: Station) -> None:
    before = oplog.count(station.database)
    done = commit_sheet(station, sheet(station, R, A, "5127", J1), scores("2 3", "A1.1", "A1.2"))
    assert done == Committed(2, 0, ())
    assert oplog.count(station.database) == before + 2
    given = oplog.last(station.connection, 2)
    assert {op.kind for op in given} == {"mark-given"}
    assert len({op.at for op in given}) == 1


def test_a_mark_reaches_the_score(station: Station) -> None:
    for judge, text in ((J1, "2 3"), (J2, "2 3"), (J3, "3 3")):
        judged(station, "5127", judge, text)
    measured(station, "5127")
    # (2+2+3) * 2 / 9 = 1.56, full order 1, stop works 1, 0.05 off earns 2
    assert board(station, R).scores.score(E1).module(A).mark == points("5.56")


def test_a_cell_the_rules_do_not_allow_leaves_the_whole_sheet_unrecorded(
    station: Station,
) -> None:
    before = oplog.count(station.database)
    seen = sheet(station, R, A, "5127", J1)
    with pytest.raises(RuleBroken) as broken:
        commit_sheet(station, seen, scores("2 4", "A1.1", "A1.2"))
    assert refusal(broken) == ("mark-out-of-range", {"value": "4", "low": "0", "high": "3"})
    assert oplog.count(station.database) == before


def test_an_incomplete_sheet_is_refused_unless_it_is_allowed_to_be_partial(
    station: Station,
) -> None:
    seen = sheet(station, R, A, "5127", J1)
    with pytest.raises(RuleBroken) as broken:
        commit_sheet(station, seen, scores("2", "A1.1"))
    assert refusal(broken) == ("sheet-incomplete", {"unset": 1, "first": "A1.2"})
    assert commit_sheet(station, seen, scores("2", "A1.1"), partial=True).given == 1
    assert queue(station, R, A, J1)[1].unset == 1


def test_zero_not_attempted_and_unset_are_three_things(station: Station) -> None:
    seen = sheet(station, R, A, "5127", J1)
    commit_sheet(station, seen, {A11: value_cell(Points(0)), A12: NOT_ATTEMPTED})
    held = [row.held for row in sheet(station, R, A, "5127", J1).rows]
    assert held == [value_cell(Points(0)), NOT_ATTEMPTED]
    assert [row.held for row in sheet(station, R, A, "5127", J2).rows] == [None, None]


def test_what_already_stands_is_not_recorded_again(station: Station) -> None:
    judged(station, "5127", J1, "2 3")
    before = oplog.count(station.database)
    again = commit_sheet(station, sheet(station, R, A, "5127", J1), scores("1 3", "A1.1", "A1.2"))
    assert again == Committed(1, 1, ())
    assert oplog.count(station.database) == before + 1


def test_a_changed_mark_names_the_record_it_replaces(station: Station) -> None:
    judged(station, "5127", J1, "2 3")
    first = sheet(station, R, A, "5127", J1).rows[0].op
    judged(station, "5127", J1, "1 3")
    last = oplog.last(station.connection, 1)[0]
    assert first is not None
    assert last.replaces == first


def test_a_cell_somebody_else_changed_meanwhile_refuses_the_sheet(station: Station) -> None:
    seen = sheet(station, R, A, "5127", J1)
    judged(station, "5127", J1, "2 3")
    before = oplog.count(station.database)
    with pytest.raises(RuleBroken) as broken:
        commit_sheet(station, seen, scores("0 0", "A1.1", "A1.2"))
    assert refusal(broken) == ("sheet-stale", {"aspect": "A1.1", "work": "5127"})
    assert oplog.count(station.database) == before


def test_an_aspect_of_another_judge_is_not_on_the_sheet(station: Station) -> None:
    seen = sheet(station, R, A, "5127", J1)
    with pytest.raises(RuleBroken) as broken:
        commit_sheet(station, seen, {A21: value_cell(points("1"))}, partial=True)
    assert refusal(broken) == ("aspect-not-on-sheet", {"aspect": "A2.1", "judge": "J1"})


def test_a_judge_opens_the_own_and_the_teams_sheet_and_no_other(station: Station) -> None:
    station.actor = Actor(Role.JUDGE, J2)
    assert sheets_for(station, R, A) == (J2, PANEL)
    with pytest.raises(RuleBroken) as broken:
        sheet(station, R, A, "5127", J1)
    assert refusal(broken) == ("judge-not-own", {"judge": "J1", "own": "J2"})
    assert (
        commit_sheet(station, sheet(station, R, A, "5127", J2), scores("1 1", "A1.1", "A1.2")).given
        == 2
    )


def test_judges_too_far_apart_send_the_aspect_back_to_the_panel(station: Station) -> None:
    judged(station, "5127", J1, "0 3")
    judged(station, "5127", J2, "2 3")
    assert queue(station, R, A, J1)[1].state is SheetState.COMPLETE, "one judge is still to enter"
    done = commit_sheet(station, sheet(station, R, A, "5127", J3), scores("1 3", "A1.1", "A1.2"))
    assert done.at_odds == (A11,)
    assert queue(station, R, A, J1)[1] == Work("5127", SheetState.AT_ODDS, 0, 2, 1)
    assert [row.at_odds for row in sheet(station, R, A, "5127", J2).rows] == [True, False]


def test_typing_survives_without_being_recorded(station: Station) -> None:
    seen = sheet(station, R, A, "5127", PANEL)
    before = oplog.count(station.database)
    keep_typing(station, seen, {A22: measured_cell("120.050"), A21: NOT_ATTEMPTED})
    assert oplog.count(station.database) == before
    again = typed(station, sheet(station, R, A, "5127", PANEL))
    assert again.cells == {A22: measured_cell("120.050"), A21: NOT_ATTEMPTED}
    assert queue(station, R, A, PANEL)[1].state is SheetState.TYPED
    assert queue(station, R, A, J1)[1].state is SheetState.EMPTY
    keep_typing(station, seen, {})
    assert queue(station, R, A, PANEL)[1].state is SheetState.EMPTY


def test_typing_is_there_after_the_file_is_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "day.plumb"
    first = marking_station(path)
    keep_typing(first, sheet(first, R, A, "5127", J1), scores("2", "A1.1"))
    first.close()
    second = open_station(path)
    assert typed(second, sheet(second, R, A, "5127", J1)).cells == scores("2", "A1.1")
    second.close()


def test_committing_a_sheet_drops_its_draft(station: Station) -> None:
    keep_typing(station, sheet(station, R, A, "5127", J1), scores("2", "A1.1"))
    judged(station, "5127", J1, "2 3")
    assert typed(station, sheet(station, R, A, "5127", J1)).cells == {}


def test_typing_that_was_overtaken_is_set_apart_and_replaces_nothing(station: Station) -> None:
    keep_typing(station, sheet(station, R, A, "5127", J1), scores("0 1", "A1.1", "A1.2"))
    record(
        station,
        MarkGiven(event=R, entry=E1, aspect=A11, judge=J1, state=NOT_ATTEMPTED.state),
    )
    found = typed(station, sheet(station, R, A, "5127", J1))
    assert found.cells == scores("1", "A1.2")
    assert found.overtaken == scores("0", "A1.1")


def test_after_the_signature_only_the_chief_corrects_and_only_with_a_reason(
    station: Station,
) -> None:
    complete_module_a(station)
    sign_sheets(station, R, A, J1)
    seen = sheet(station, R, A, "5127", J1)
    assert seen.is_signed
    with pytest.raises(RuleBroken) as broken:
        commit_sheet(station, seen, scores("1 3", "A1.1", "A1.2"))
    assert refusal(broken) == ("sheet-signed", {"judge": "J1", "aspect": "A1.1"})
    score = value_cell(points("1"))
    with pytest.raises(RuleBroken, match="correction-needs-reason"):
        correct_mark(station, seen, A11, score, " ")
    station.actor = Actor(Role.SCOREKEEPER)
    with pytest.raises(RuleBroken, match="correction-needs-chief"):
        correct_mark(station, seen, A11, score, "录入有误")
    station.actor = Actor(Role.CHIEF)
    correct_mark(station, seen, A11, score, "录入有误")
    assert sheet(station, R, A, "5127", J1).rows[0].held == score


def test_a_work_added_after_the_signature_can_still_be_marked(station: Station) -> None:
    record(station, EntryWithdrawn(event=R, entry=E1))
    for work in ("2385", "6089"):
        for judge in (J1, J2, J3):
            judged(station, work, judge, "2 3")
        measured(station, work)
    sign_sheets(station, R, A, J1)
    record(station, CheckedIn(event=R, entry=E1))
    judged(station, "5127", J1, "1 1")
    assert queue(station, R, A, J1)[1].unset == 0


def test_the_history_of_a_cell_keeps_every_mark_with_its_reason(station: Station) -> None:
    judged(station, "5127", J1, "2 3")
    seen = sheet(station, R, A, "5127", J1)
    correct_mark(station, seen, A11, value_cell(points("3")), "与纸质评分表核对")
    lines = mark_history(station, R, A, "5127", A11, J1)
    assert [(line.cell.value, line.state, line.reason) for line in lines] == [
        (points("2"), HistoryState.REPLACED, ""),
        (points("3"), HistoryState.COUNTS, "与纸质评分表核对"),
    ]
    assert lines[0].by == "chief"


def test_an_unknown_work_or_module_is_refused(station: Station) -> None:
    with pytest.raises(RuleBroken) as broken:
        sheet(station, R, A, "9999", J1)
    assert refusal(broken) == ("work-unknown", {"work": "9999"})
    with pytest.raises(RuleBroken, match="module-unknown"):
        queue(station, R, ModuleId("Z"))


def test_no_more_records_count_than_there_are_cells(station: Station) -> None:
    complete_module_a(station)
    judged(station, "5127", J1, "3 3")
    assert len(list(queries.current_marks(station.connection, R))) == 24
