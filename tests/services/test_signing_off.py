"""Who signs and locks, what stands in the way, and what a later change does to a signature."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.domain.clock_events import ClockStarted
from app.domain.entries import value_cell
from app.domain.errors import RuleBroken
from app.domain.facts import ClockMoved, EntryWithdrawn, PanelSet
from app.domain.ids import PANEL, AspectId, JudgeId
from app.domain.roles import Actor, Role
from app.services.marking import commit_sheet, correct_mark, sheet
from app.services.signing_off import (
    lock_blockers,
    lock_module,
    lock_of,
    sign_blockers,
    sign_sheets,
    signatures,
    unlock_module,
)
from app.services.station import Station, record
from app.storage import oplog
from tests.services.marking_samples import (
    CODES,
    E1,
    J1,
    J2,
    J3,
    A,
    R,
    complete_module_a,
    judged,
    marking_station,
    points,
    scores,
)

EVERYONE = (J1, J2, J3, PANEL)


@pytest.fixture
def station() -> Iterator[Station]:
    opened = marking_station()
    yield opened
    opened.close()


def signed_by_all(station: Station) -> None:
    complete_module_a(station)
    for judge in EVERYONE:
        sign_sheets(station, R, A, judge)


def test_a_judge_with_missing_marks_cannot_sign_and_hears_how_many(station: Station) -> None:
    judged(station, "5127", J1, "2 3")
    assert sign_blockers(station, R, A, J1) == [
        RuleBroken("marks-missing", module="A", count=4, aspects="A1.1, A1.2")
    ]
    with pytest.raises(RuleBroken, match="marks-missing"):
        sign_sheets(station, R, A, J1)


def test_marks_missing_on_other_sheets_do_not_keep_a_judge_from_signing(station: Station) -> None:
    for work in CODES.values():
        judged(station, work, J1, "2 3")
    assert sign_blockers(station, R, A, J1) == []
    sign_sheets(station, R, A, J1)
    assert [one.holds for one in signatures(station, R, A)] == [True, False, False, False]


def test_signing_signs_the_chain_of_the_station_too(station: Station) -> None:
    complete_module_a(station)
    sign_sheets(station, R, A, J1)
    assert [op.kind for op in oplog.last(station.connection, 2)] == ["head-signed", "sheets-signed"]


def test_nobody_signs_twice_or_for_a_panel_they_are_not_on(station: Station) -> None:
    complete_module_a(station)
    sign_sheets(station, R, A, J1)
    with pytest.raises(RuleBroken, match="already-signed"):
        sign_sheets(station, R, A, J1)
    with pytest.raises(RuleBroken, match="signer-not-on-panel"):
        sign_sheets(station, R, A, JudgeId("J9"))


def test_a_judge_signs_for_nobody_else(station: Station) -> None:
    complete_module_a(station)
    station.actor = Actor(Role.JUDGE, J2)
    with pytest.raises(RuleBroken, match="judge-not-own"):
        sign_sheets(station, R, A, J1)
    sign_sheets(station, R, A, J2)


def test_a_corrected_mark_leaves_the_signature_in_the_record_but_no_longer_held(
    station: Station,
) -> None:
    signed_by_all(station)
    seen = sheet(station, R, A, "5127", J1)
    correct_mark(station, seen, AspectId("A1.1"), value_cell(points("3")), "录入有误")
    held = {one.judge: one.holds for one in signatures(station, R, A)}
    assert held == {J1: False, J2: True, J3: True, PANEL: True}
    assert lock_blockers(station, R, A) == [
        RuleBroken("judges-unsigned", module="A", count=1, judges="J1")
    ]
    sign_sheets(station, R, A, J1)
    assert lock_blockers(station, R, A) == []


def test_the_chief_locks_only_when_nothing_is_missing_and_everybody_signed(
    station: Station,
) -> None:
    found = [blocker.code for blocker in lock_blockers(station, R, A)]
    assert found == ["marks-missing", "judges-unsigned"]
    signed_by_all(station)
    lock_module(station, R, A)
    assert lock_of(station, R, A).is_locked
    assert oplog.last(station.connection, 1)[0].kind == "head-signed"


def test_locking_calls_for_a_backup_once_the_lock_is_on_disk(station: Station) -> None:
    signed_by_all(station)
    seen_locked: list[bool] = []
    lock_module(station, R, A, back_up=lambda: seen_locked.append(lock_of(station, R, A).is_locked))
    assert seen_locked == [True]


def test_only_the_chief_locks(station: Station) -> None:
    signed_by_all(station)
    station.actor = Actor(Role.SCOREKEEPER)
    with pytest.raises(RuleBroken, match="role-may-not"):
        lock_module(station, R, A)


def test_a_locked_module_takes_no_mark_and_no_correction(station: Station) -> None:
    signed_by_all(station)
    lock_module(station, R, A)
    seen = sheet(station, R, A, "5127", J1)
    assert seen.is_locked
    with pytest.raises(RuleBroken, match="module-locked"):
        commit_sheet(station, seen, scores("1 1", "A1.1", "A1.2"))
    with pytest.raises(RuleBroken, match="module-locked"):
        correct_mark(station, seen, AspectId("A1.1"), value_cell(points("3")), "录入有误")


def test_unlocking_needs_a_reason_and_keeps_the_signatures_that_still_hold(
    station: Station,
) -> None:
    signed_by_all(station)
    with pytest.raises(RuleBroken, match="module-not-locked"):
        unlock_module(station, R, A, "申诉")
    lock_module(station, R, A)
    with pytest.raises(RuleBroken, match="unlock-needs-reason"):
        unlock_module(station, R, A, "  ")
    unlock_module(station, R, A, "申诉成立")
    assert not lock_of(station, R, A).is_locked
    assert lock_of(station, R, A).reason == "申诉成立"
    assert all(one.holds for one in signatures(station, R, A))
    assert lock_blockers(station, R, A) == []


def test_a_running_clock_keeps_the_module_open(station: Station) -> None:
    signed_by_all(station)
    started = ClockStarted(station.time.reading())
    record(station, ClockMoved(event=R, module=A, entry=E1, moved=started))
    assert lock_blockers(station, R, A) == [RuleBroken("clocks-running", module="A", count=1)]


def test_a_panel_with_too_few_judges_keeps_the_module_open(station: Station) -> None:
    record(station, PanelSet(event=R, module=A, judges=(J1, J2)))
    assert lock_blockers(station, R, A)[0] == RuleBroken(
        "panel-short", module="A", needed=3, appointed=2
    )


def test_nobody_waits_for_the_marks_of_a_withdrawn_entry(station: Station) -> None:
    record(station, EntryWithdrawn(event=R, entry=E1))
    for work in ("2385", "6089"):
        judged(station, work, J1, "2 3")
    assert sign_blockers(station, R, A, J1) == []
