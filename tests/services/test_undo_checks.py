"""A check is taken back by whoever made it, with its corrections, until somebody relies on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.domain.checking_rules import EntryCheck
from app.domain.entries import value_cell
from app.domain.errors import RuleBroken
from app.domain.facts import CheckOutcome, ModuleLocked
from app.domain.ids import AspectId
from app.domain.points import parse_points
from app.domain.roles import CHIEF
from app.services.check_states import CheckState
from app.services.marking import commit_sheet, sheet
from app.services.sheet_checks import open_check, record_check
from app.services.signing_off import sign_sheets
from app.services.station import Station, record
from app.services.undo import UndoLabel, last_undoable, undo_last
from tests.services.marking_samples import J1, A, R, scores
from tests.services.test_sheet_checks import AB, CD, checked_station, state_of

CHECK = UndoLabel("check", {"work": "5127", "judge": "J1"})


@pytest.fixture
def station() -> Iterator[Station]:
    opened = checked_station()
    opened.actor = CD
    yield opened
    opened.close()


def check(station: Station, keyed: str, *, paper: str = "") -> CheckOutcome:
    """Type the sheet again; what differs in A1.1 stands on the paper as ``paper``."""
    settled = {AspectId("A1.1"): value_cell(parse_points(paper))} if paper else None
    return record_check(
        station,
        open_check(station, R, A, "5127", J1),
        scores(keyed, "A1.1", "A1.2"),
        settled=settled,
        reason="纸上如此" if paper else "",
    )


def first_mark(station: Station) -> str:
    held = sheet(station, R, A, "5127", J1).rows[0].held
    assert held is not None
    return "2" if held == value_cell(parse_points("2")) else "3"


def test_a_sheet_typed_again_waits_once_more_when_the_check_is_taken_back(
    station: Station,
) -> None:
    check(station, "2 3")
    assert last_undoable(station) == CHECK
    undo_last(station)
    assert state_of(station, "5127", J1) is CheckState.WAITING
    check(station, "2 3")
    assert state_of(station, "5127", J1) is CheckState.CHECKED


def test_a_confirmation_is_taken_back_too() -> None:
    station = checked_station(EntryCheck.CONFIRM)
    station.actor = CD
    check(station, "2 3")
    undo_last(station)
    assert state_of(station, "5127", J1) is CheckState.WAITING
    station.close()


def test_differences_left_to_the_chief_are_taken_back(station: Station) -> None:
    assert check(station, "3 3") is CheckOutcome.DIFFERS
    undo_last(station)
    assert state_of(station, "5127", J1) is CheckState.WAITING


def test_the_corrections_of_a_check_go_with_it(station: Station) -> None:
    assert check(station, "3 3", paper="3") is CheckOutcome.CORRECTED
    assert first_mark(station) == "3"
    undo_last(station)
    assert first_mark(station) == "2"
    assert state_of(station, "5127", J1) is CheckState.WAITING
    # No correction of CD's is left, so CD may check the sheet again.
    assert check(station, "3 3", paper="3") is CheckOutcome.CORRECTED


def test_the_check_before_counts_again(station: Station) -> None:
    assert check(station, "3 3") is CheckOutcome.DIFFERS
    station.actor = CHIEF
    check(station, "2 3")
    assert state_of(station, "5127", J1) is CheckState.CHECKED
    undo_last(station)
    assert state_of(station, "5127", J1) is CheckState.DIFFERS


def test_a_check_that_was_made_again_stays(station: Station) -> None:
    check(station, "3 3")
    station.actor = CHIEF
    check(station, "2 3")
    station.actor = CD
    assert last_undoable(station) is None


def test_in_a_locked_module_nothing_is_unchecked(station: Station) -> None:
    check(station, "2 3")
    station.actor = CHIEF
    record(station, ModuleLocked(event=R, module=A, marks_digest=""))
    station.actor = CD
    with pytest.raises(RuleBroken, match="nothing-to-undo"):
        undo_last(station)


def test_a_correction_that_was_signed_stays(station: Station) -> None:
    check(station, "3 3", paper="3")
    assert last_undoable(station) == CHECK
    station.actor = AB
    for work in ("2385", "6089"):
        commit_sheet(station, sheet(station, R, A, work, J1), scores("2 3", "A1.1", "A1.2"))
    station.actor = CHIEF
    sign_sheets(station, R, A, J1)
    station.actor = CD
    assert last_undoable(station) is None


def test_a_check_without_corrections_is_taken_back_after_the_signature(station: Station) -> None:
    check(station, "2 3")
    station.actor = AB
    for work in ("2385", "6089"):
        commit_sheet(station, sheet(station, R, A, work, J1), scores("2 3", "A1.1", "A1.2"))
    station.actor = CHIEF
    sign_sheets(station, R, A, J1)
    station.actor = CD
    assert last_undoable(station) == CHECK
