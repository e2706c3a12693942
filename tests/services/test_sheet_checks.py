"""A second person checks what was keyed in: blind, by somebody else, correcting with a reason."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
import pytest

from app.domain.checking_rules import EntryCheck
from app.domain.entries import measured_cell, value_cell
from app.domain.errors import RuleBroken
from app.domain.facts import CheckOutcome, RulesFrozen, SheetChecked
from app.domain.ids import PANEL, AspectId, JudgeId
from app.domain.points import parse_points
from app.domain.roles import CHIEF, Actor, Role, giver_of, read_initials
from app.domain.scheme import rules_hash
from app.services.check_states import CheckState
from app.services.marking import commit_sheet, sheet
from app.services.sheet_checks import (
    compare,
    keep_typed,
    open_check,
    piles,
    record_check,
    typed_again,
)
from app.services.signing_off import lock_blockers, sign_sheets
from app.services.station import Station, recording
from app.storage import queries
from tests.services.marking_samples import (
    EVENT,
    J1,
    J2,
    J3,
    A,
    R,
    complete_module_a,
    marking_station,
    scores,
)

if TYPE_CHECKING:
    from pathlib import Path

AB = Actor(Role.SCOREKEEPER, initials="AB")
CD = Actor(Role.SCOREKEEPER, initials="CD")


def checked_station(how: EntryCheck = EntryCheck.REKEY, path: Path | None = None) -> Station:
    """Module A asks for a second check; AB has keyed in J1's sheet of work 5127: 2 and 3."""
    station = marking_station(path)
    module = msgspec.structs.replace(EVENT.modules[0], entry_check=how)
    rules = msgspec.structs.replace(EVENT, modules=(module, *EVENT.modules[1:]))
    with recording(station) as log:
        fact = RulesFrozen(event=R, rules=rules, rules_hash=rules_hash(rules))
        log.add(fact, reason="二次核对")
    station.actor = AB
    commit_sheet(station, sheet(station, R, A, "5127", J1), scores("2 3", "A1.1", "A1.2"))
    return station


def state_of(station: Station, work: str, judge: JudgeId) -> CheckState:
    return next(one.state for one in piles(station, R, A) if (one.work, one.judge) == (work, judge))


def test_a_sheet_typed_again_the_same_is_checked() -> None:
    station = checked_station()
    assert state_of(station, "5127", J1) is CheckState.WAITING
    station.actor = CD
    task = open_check(station, R, A, "5127", J1)
    keyed = scores("2 3", "A1.1", "A1.2")
    assert compare(station, task, keyed) == ()
    assert record_check(station, task, keyed) is CheckOutcome.AGREES
    assert state_of(station, "5127", J1) is CheckState.CHECKED
    recorded = queries.latest(station.connection, SheetChecked)
    assert recorded is not None
    assert recorded.by == "scorekeeper/CD"
    assert recorded.fact.how is EntryCheck.REKEY


def test_what_was_entered_first_stays_unseen_when_it_is_typed_again() -> None:
    station = checked_station()
    station.actor = CD
    task = open_check(station, R, A, "5127", J1)
    assert [(row.held, row.op) for row in task.sheet.rows] == [(None, None), (None, None)]


def test_a_sheet_to_be_confirmed_shows_what_was_entered() -> None:
    station = checked_station(EntryCheck.CONFIRM)
    station.actor = CD
    task = open_check(station, R, A, "5127", J1)
    assert [row.held for row in task.sheet.rows] == list(scores("2 3", "A1.1", "A1.2").values())


def test_whoever_entered_a_sheet_cannot_check_it() -> None:
    station = checked_station()
    with pytest.raises(RuleBroken) as refused:
        open_check(station, R, A, "5127", J1)
    assert refused.value.code == "check-by-same-person"
    # The same initials in another office are the same person.
    station.actor = Actor(Role.CHIEF, initials="AB")
    with pytest.raises(RuleBroken) as again:
        open_check(station, R, A, "5127", J1)
    assert again.value.code == "check-by-same-person"


def test_without_initials_nobody_enters_or_checks_as_a_scorekeeper() -> None:
    station = checked_station()
    station.actor = Actor(Role.SCOREKEEPER)
    with pytest.raises(RuleBroken) as checking:
        open_check(station, R, A, "5127", J1)
    assert checking.value.code == "check-needs-initials"
    with pytest.raises(RuleBroken) as entering:
        commit_sheet(station, sheet(station, R, A, "5127", J2), scores("2 3", "A1.1", "A1.2"))
    assert entering.value.code == "entry-needs-initials"


def test_a_difference_is_settled_at_the_paper_with_a_reason() -> None:
    station = checked_station()
    station.actor = CD
    task = open_check(station, R, A, "5127", J1)
    keyed = scores("3 3", "A1.1", "A1.2")
    (found,) = compare(station, task, keyed)
    assert (found.aspect.id, found.entered, found.keyed) == (
        "A1.1",
        value_cell(parse_points("2")),
        value_cell(parse_points("3")),
    )
    settled = {AspectId("A1.1"): value_cell(parse_points("3"))}
    with pytest.raises(RuleBroken) as refused:
        record_check(station, task, keyed, settled=settled)
    assert refused.value.code == "correction-needs-reason"
    done = record_check(station, task, keyed, settled=settled, reason="纸上为 3")
    assert done is CheckOutcome.CORRECTED
    assert state_of(station, "5127", J1) is CheckState.CHECKED
    held = sheet(station, R, A, "5127", J1).rows[0].held
    assert held == value_cell(parse_points("3"))
    history = queries.cell_history(
        station.connection,
        event=R,
        entry=queries.standing(station.connection, SheetChecked)[0].fact.entry,
        aspect=AspectId("A1.1"),
        judge=J1,
    )
    assert [(one.recorded.by, one.recorded.reason) for one in history] == [
        ("scorekeeper/AB", ""),
        ("scorekeeper/CD", "纸上为 3"),
    ]


def test_when_the_second_person_mistyped_nothing_is_changed() -> None:
    station = checked_station()
    station.actor = CD
    task = open_check(station, R, A, "5127", J1)
    keyed = scores("3 3", "A1.1", "A1.2")
    settled = {AspectId("A1.1"): value_cell(parse_points("2"))}
    assert record_check(station, task, keyed, settled=settled) is CheckOutcome.CORRECTED
    assert state_of(station, "5127", J1) is CheckState.CHECKED
    given = station.connection.execute("SELECT count(*) FROM marks").fetchone()[0]
    assert given == 2


def test_differences_left_to_the_chief_keep_the_sheet_unchecked() -> None:
    station = checked_station()
    station.actor = CD
    task = open_check(station, R, A, "5127", J1)
    assert record_check(station, task, scores("3 3", "A1.1", "A1.2")) is CheckOutcome.DIFFERS
    (line,) = (one for one in piles(station, R, A) if one.state is CheckState.DIFFERS)
    assert (line.work, line.aspects, line.checked_by) == ("5127", ("A1.1",), "scorekeeper/CD")


def test_a_mark_changed_after_the_check_has_to_be_checked_again_by_somebody_else() -> None:
    station = checked_station()
    station.actor = CD
    task = open_check(station, R, A, "5127", J1)
    record_check(station, task, scores("2 3", "A1.1", "A1.2"))
    seen = sheet(station, R, A, "5127", J1)
    commit_sheet(station, seen, scores("1 3", "A1.1", "A1.2"))
    assert state_of(station, "5127", J1) is CheckState.WAITING
    with pytest.raises(RuleBroken) as refused:
        open_check(station, R, A, "5127", J1)
    assert refused.value.code == "check-by-same-person"
    # AB entered the sheet, but only CD has given a mark since it was checked.
    station.actor = AB
    again = open_check(station, R, A, "5127", J1)
    assert compare(station, again, scores("1 3", "A1.1", "A1.2")) == ()


def test_a_sheet_changed_while_it_is_checked_is_stale() -> None:
    station = checked_station()
    station.actor = CD
    task = open_check(station, R, A, "5127", J1)
    station.actor = CHIEF
    commit_sheet(
        station, sheet(station, R, A, "5127", J1), scores("1 3", "A1.1", "A1.2"), partial=True
    )
    station.actor = CD
    with pytest.raises(RuleBroken) as refused:
        record_check(station, task, scores("2 3", "A1.1", "A1.2"))
    assert refused.value.code == "check-stale"


def test_a_measured_value_with_another_number_of_zeros_is_the_same() -> None:
    station = checked_station()
    cells = {
        AspectId("A2.1"): value_cell(parse_points("1")),
        AspectId("A2.2"): measured_cell("2.5"),
    }
    commit_sheet(station, sheet(station, R, A, "5127", PANEL), cells)
    station.actor = CD
    task = open_check(station, R, A, "5127", PANEL)
    again = cells | {AspectId("A2.2"): measured_cell("2.50")}
    assert compare(station, task, again) == ()


def test_after_the_signature_only_the_chief_corrects() -> None:
    station = checked_station()
    for work in ("2385", "6089"):
        commit_sheet(station, sheet(station, R, A, work, J1), scores("2 3", "A1.1", "A1.2"))
    station.actor = CHIEF
    sign_sheets(station, R, A, J1)
    station.actor = CD
    task = open_check(station, R, A, "5127", J1)
    keyed = scores("3 3", "A1.1", "A1.2")
    settled = {AspectId("A1.1"): value_cell(parse_points("3"))}
    with pytest.raises(RuleBroken) as refused:
        record_check(station, task, keyed, settled=settled, reason="纸上为 3")
    assert refused.value.code == "correction-needs-chief"


def test_unchecked_sheets_keep_the_module_from_being_locked() -> None:
    station = marking_station()
    module = msgspec.structs.replace(EVENT.modules[0], entry_check=EntryCheck.CONFIRM)
    rules = msgspec.structs.replace(EVENT, modules=(module, *EVENT.modules[1:]))
    with recording(station) as log:
        log.add(RulesFrozen(event=R, rules=rules, rules_hash=rules_hash(rules)), reason="核对")
    station.actor = AB
    complete_module_a(station)
    station.actor = CHIEF
    for judge in (J1, J2, J3, PANEL):
        sign_sheets(station, R, A, judge)
    (blocker,) = lock_blockers(station, R, A)
    assert (blocker.code, blocker.details["count"]) == ("sheets-unchecked", 12)
    for line in piles(station, R, A):
        task = open_check(station, R, A, line.work, line.judge)
        cells = {row.aspect.id: row.held for row in task.sheet.rows}
        record_check(station, task, cells)  # type: ignore[arg-type]
    assert lock_blockers(station, R, A) == []


def test_a_module_that_asks_for_no_check_has_no_piles() -> None:
    station = marking_station()
    assert piles(station, R, A) == ()
    with pytest.raises(RuleBroken) as refused:
        open_check(station, R, A, "5127", J1)
    assert refused.value.code == "check-not-asked"


def test_initials_are_letters_or_digits_and_told_apart_from_office_and_number() -> None:
    assert str(replace(CD, initials="X1")) == "scorekeeper/X1"
    assert str(Actor(Role.JUDGE, J1, "AB")) == "judge:J1/AB"
    assert read_initials(" ab ") == "AB"
    for wrong in ("王", "A B", "ABCDE", "A/B"):
        with pytest.raises(RuleBroken):
            read_initials(wrong)
    assert giver_of("judge:J1/AB").person == "AB"
    assert giver_of("judge:J1").person == "J1"
    assert giver_of("chief").person == "chief"


def test_marks_given_carry_the_initials() -> None:
    station = checked_station()
    row = station.connection.execute("SELECT by FROM ops WHERE kind = 'mark-given'").fetchone()
    assert row[0] == "scorekeeper/AB"


def test_what_is_typed_again_is_kept_for_whoever_typed_it_until_it_is_recorded() -> None:
    station = checked_station()
    station.actor = CD
    task = open_check(station, R, A, "5127", J1)
    keep_typed(station, task, scores("2", "A1.1"))
    assert typed_again(station, open_check(station, R, A, "5127", J1)) == scores("2", "A1.1")
    station.actor = CHIEF
    assert typed_again(station, task) == {}, "another person types for themselves"
    station.actor = CD
    record_check(station, task, scores("2 3", "A1.1", "A1.2"))
    assert typed_again(station, task) == {}
    station.close()


def test_what_was_typed_again_is_not_offered_against_other_marks() -> None:
    station = checked_station()
    station.actor = CD
    task = open_check(station, R, A, "5127", J1)
    keep_typed(station, task, scores("2", "A1.1"))
    assert typed_again(station, replace(task, digest="0" * 64)) == {}
    station.close()
