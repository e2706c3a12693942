"""What review shows: what is missing, panels apart, disputes, and what keeps a module open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.domain.aspects import AspectState
from app.domain.entries import RECUSED, MarkState, value_cell
from app.domain.errors import RuleBroken
from app.domain.facts import EntryRegistered, MarkGiven
from app.domain.ids import PANEL, AspectId, EntryId
from app.domain.points import Points
from app.domain.roles import Actor, Role
from app.services.disputes import disputes, settle
from app.services.marking import commit_sheet, sheet
from app.services.panel_rows import panel_row, revote, spread_violations
from app.services.review import (
    MatrixCell,
    Remedy,
    blockers,
    missing_matrix,
    odd_scores,
    progress,
)
from app.services.signing_off import lock_module, sign_sheets, signatures
from app.services.station import Station, record
from app.storage import oplog
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
    points,
    scores,
)

A11, A12, A21 = AspectId("A1.1"), AspectId("A1.2"), AspectId("A2.1")


@pytest.fixture
def station() -> Iterator[Station]:
    opened = marking_station()
    yield opened
    opened.close()


def apart(station: Station) -> None:
    """Work 5127: J1 says 0 where the others say 2."""
    judged(station, "5127", J1, "0 3")
    judged(station, "5127", J2, "2 3")
    judged(station, "5127", J3, "2 3")


def test_the_matrix_has_every_work_against_every_sheet(station: Station) -> None:
    judged(station, "5127", J2, "2 3")
    matrix = missing_matrix(station, R, A)
    assert matrix.sheets == (J1, J2, J3, PANEL)
    assert [row.work for row in matrix.rows] == ["2385", "5127", "6089"]
    assert matrix.rows[1].cells == (
        MatrixCell(2, 2),
        MatrixCell(0, 2),
        MatrixCell(2, 2),
        MatrixCell(2, 2),
    )
    assert matrix.missing == 22


def test_scores_too_far_apart_are_listed_side_by_side(station: Station) -> None:
    apart(station)
    (row,) = spread_violations(station, R, A)
    assert (row.work, row.aspect.id, row.state) == ("5127", A11, AspectState.SPREAD_BROKEN)
    assert [(cell.judge, cell.held) for cell in row.cells] == [
        (J1, value_cell(points("0"))),
        (J2, value_cell(points("2"))),
        (J3, value_cell(points("2"))),
    ]


def test_rows_of_a_panel_are_listed_by_code_so_that_their_order_tells_nothing(
    station: Station,
) -> None:
    for work in ("6089", "5127", "2385"):
        judged(station, work, J1, "0 0")
        judged(station, work, J2, "3 3")
        judged(station, work, J3, "3 3")
    assert [(row.work, row.aspect.id) for row in spread_violations(station, R, A)] == [
        ("2385", A11),
        ("2385", A12),
        ("5127", A11),
        ("5127", A12),
        ("6089", A11),
        ("6089", A12),
    ]


def test_a_judge_may_not_look_at_the_panels_row(station: Station) -> None:
    apart(station)
    station.actor = Actor(Role.JUDGE, J1)
    with pytest.raises(RuleBroken, match="scores-of-others-hidden"):
        spread_violations(station, R, A)
    with pytest.raises(RuleBroken, match="scores-of-others-hidden"):
        panel_row(station, R, A, "5127", A11)


def test_a_new_vote_replaces_all_scores_together_with_the_reason(station: Station) -> None:
    apart(station)
    (row,) = spread_violations(station, R, A)
    before = oplog.count(station.database)
    again = {judge: value_cell(points(text)) for judge, text in ((J1, "1"), (J2, "2"), (J3, "2"))}
    revote(station, row, again, "重新比对工艺标准")
    assert oplog.count(station.database) == before + 3
    given = oplog.last(station.connection, 3)
    assert [op.reason for op in given] == ["重新比对工艺标准"] * 3
    assert all(op.replaces for op in given)
    assert spread_violations(station, R, A) == ()
    assert panel_row(station, R, A, "5127", A11).state is AspectState.COMPLETE


@pytest.mark.parametrize(
    ("texts", "reason", "code"),
    [
        (("0", "2", "2"), "又看了一遍", "revote-still-apart"),
        (("1", "2", "2"), "  ", "revote-needs-reason"),
        (("1", "2"), "又看了一遍", "revote-needs-all"),
        (("1", "2", "4"), "又看了一遍", "mark-out-of-range"),
    ],
)
def test_a_new_vote_that_settles_nothing_is_refused(
    station: Station, texts: tuple[str, ...], reason: str, code: str
) -> None:
    apart(station)
    (row,) = spread_violations(station, R, A)
    again = {
        judge: value_cell(points(text)) for judge, text in zip((J1, J2, J3), texts, strict=False)
    }
    before = oplog.count(station.database)
    with pytest.raises(RuleBroken) as broken:
        revote(station, row, again, reason)
    assert broken.value.code == code
    assert oplog.count(station.database) == before


def test_a_new_vote_on_a_row_that_changed_meanwhile_is_refused(station: Station) -> None:
    apart(station)
    (row,) = spread_violations(station, R, A)
    judged(station, "5127", J1, "3 3")
    again = {judge: value_cell(points("2")) for judge in (J1, J2, J3)}
    with pytest.raises(RuleBroken, match="sheet-stale"):
        revote(station, row, again, "又看了一遍")


def test_only_the_chief_records_a_new_vote(station: Station) -> None:
    apart(station)
    (row,) = spread_violations(station, R, A)
    station.actor = Actor(Role.SCOREKEEPER)
    with pytest.raises(RuleBroken, match="revote-needs-chief"):
        revote(station, row, {J: value_cell(points("2")) for J in (J1, J2, J3)}, "看过")


def contradicting(station: Station) -> None:
    """Two records for one cell that name nothing to replace, as after a merge."""
    for value in (1, 2):
        record(
            station,
            MarkGiven(
                event=R,
                entry=E1,
                aspect=A11,
                judge=J1,
                state=MarkState.VALUE,
                value=Points(value * 10_000),
            ),
        )


def test_two_records_that_did_not_know_of_each_other_are_listed_and_settled(
    station: Station,
) -> None:
    contradicting(station)
    (found,) = disputes(station, R, A)
    assert (found.work, found.aspect.id, found.judge) == ("5127", A11, J1)
    assert [claim.cell.value for claim in found.claims] == [points("1"), points("2")]
    settle(station, found, found.claims[1].op_id, "以纸质评分表为准")
    assert disputes(station, R, A) == ()
    assert sheet(station, R, A, "5127", J1).rows[0].held == value_cell(points("2"))


def test_a_dispute_needs_a_reason_and_one_of_its_own_records(station: Station) -> None:
    contradicting(station)
    (found,) = disputes(station, R, A)
    with pytest.raises(RuleBroken, match="settling-needs-reason"):
        settle(station, found, found.claims[0].op_id, "")
    other = oplog.last(station.connection, 3)[-1].op_id
    with pytest.raises(RuleBroken, match="claim-unknown"):
        settle(station, found, other, "以纸质评分表为准")


def test_a_disputed_cell_is_not_typed_over_and_the_rest_of_the_sheet_is_free(
    station: Station,
) -> None:
    contradicting(station)
    seen = sheet(station, R, A, "5127", J1)
    with pytest.raises(RuleBroken, match="cell-disputed"):
        commit_sheet(station, seen, scores("1 2", "A1.1", "A1.2"))
    assert commit_sheet(station, seen, scores("2", "A1.2")).given == 1


def test_a_score_within_the_rules_but_far_from_the_others_is_shown(station: Station) -> None:
    for judge, text in ((J1, "8"), (J2, "8.5"), (J3, "4")):
        commit_sheet(station, sheet(station, R, B, "02", judge), scores(text, "B1.2"))
    (odd,) = odd_scores(station, R, B)
    assert (odd.work, odd.aspect.id, odd.outlier.of) == ("02", "B1.2", J3)
    assert odd.outlier.value == points("4")


def test_scores_beyond_the_spread_are_not_listed_twice(station: Station) -> None:
    apart(station)
    assert odd_scores(station, R, A) == ()


def test_blockers_say_what_to_do_where(station: Station) -> None:
    assert [(one.module, one.refusal.code, one.remedy) for one in blockers(station, R)] == [
        ("A", "marks-missing", Remedy.MISSING),
        ("A", "judges-unsigned", Remedy.SIGNING),
        ("B", "marks-missing", Remedy.MISSING),
        ("B", "judges-unsigned", Remedy.SIGNING),
    ]


def test_a_locked_module_has_no_blockers(station: Station) -> None:
    complete_module_a(station)
    for one in signatures(station, R, A):
        sign_sheets(station, R, A, one.judge)
    assert {one.module for one in blockers(station, R)} == {"B"}
    lock_module(station, R, A)
    assert {one.module for one in blockers(station, R)} == {"B"}
    assert [one.is_locked for one in progress(station, R)] == [True, False]


def test_an_entry_nobody_checked_in_and_a_work_without_a_code_are_named(station: Station) -> None:
    record(
        station,
        EntryRegistered(
            event=R, entry=EntryId("R-4"), number="04", unit="样例二厂", person_digest="0" * 64
        ),
    )
    found = [one for one in blockers(station, R) if one.module == "A"]
    assert [(one.refusal, one.remedy) for one in found[:2]] == [
        (RuleBroken("entries-unaccounted", module="A", count=1), Remedy.CHECK_IN),
        (RuleBroken("entries-without-code", module="A", count=1), Remedy.DRAW),
    ]


def test_progress_counts_cells_and_what_is_at_odds(station: Station) -> None:
    apart(station)
    first, second = progress(station, R)
    assert (first.missing, first.cells, first.spread_broken, first.disputed) == (18, 24, 1, 0)
    assert (second.missing, second.cells) == (12, 12)


def test_a_panel_that_stood_down_is_put_right_where_the_judges_are(station: Station) -> None:
    for judge in (J1, J2, J3):
        recused = {A11: RECUSED, A12: value_cell(points("2"))}
        commit_sheet(station, sheet(station, R, A, "5127", judge), recused)
    found = {one.refusal.code: one.remedy for one in blockers(station, R)}
    assert found["panels-short"] is Remedy.PANEL
