"""Check-in: finding by anything, late and absent by the clock, taking back, counting."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.domain.clock_events import ClockStarted
from app.domain.countdown import Arrival
from app.domain.draw import Placement
from app.domain.entries import EntryState
from app.domain.errors import RuleBroken
from app.domain.facts import CheckedIn, ClockMoved, DrawMade
from app.domain.ids import JudgeId, OpId
from app.domain.roles import CHIEF, Actor, Role
from app.services import checkin
from app.services.attendance import attendance
from app.services.entrant_finder import EntrantFinder, Fit
from app.services.roll import entry
from app.services.station import Station, record, recording
from app.storage import oplog, people, queries
from tests.samples.floor import (
    MINUTE,
    NINE,
    ROBOT,
    WELD,
    A,
    SampleTime,
    entry_id,
    floor,
    register,
)

DESK = Actor(Role.CHECK_IN)


@pytest.fixture
def time() -> SampleTime:
    return SampleTime()


@pytest.fixture
def station(time: SampleTime) -> Iterator[Station]:
    opened = floor(time=time)
    yield opened
    opened.close()


def found(station: Station, query: str) -> list[str]:
    return [one.entry for one in EntrantFinder(station).find(query, ROBOT)]


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("ROBOT-03", 3),
        ("robot-03", 3),
        ("11010519491231002X", 1),
        ("11010519491231002x", 1),
        ("１１０１０５１９４９１２３１００２Ｘ", 1),
        (" 03 ", 3),
        ("3", 3),
        ("曾样例", 4),
        ("zyl", 4),
        ("cyl", 4),
        ("sy", 3),
        ("dy", 3),
        ("cy", 3),
        ("ouyang", 5),
        ("oyy", 5),
        ("ylxs06", 6),
    ],
)
def test_an_entrant_is_found_by_anything_that_names_them(
    station: Station, query: str, number: int
) -> None:
    assert found(station, query)[0] == entry_id(number)


def test_a_scanned_code_or_id_number_finds_that_entrant_only(station: Station) -> None:
    assert found(station, "440524188001010014") == [entry_id(2)]
    assert found(station, "ROBOT-01") == [entry_id(1)]


def test_a_name_that_several_share_lists_them_in_order_of_number(station: Station) -> None:
    assert found(station, "样例选手") == [entry_id(1), entry_id(2), entry_id(6)]


def test_nothing_is_found_for_nothing(station: Station) -> None:
    assert found(station, "   ") == []
    assert found(station, "不在册") == []


def test_an_entrant_of_another_event_is_found_and_said_to_be_elsewhere(station: Station) -> None:
    with recording(station) as log:
        register(log, 44, "样例焊工", unit="样例一厂", event=WELD)
    (one,) = EntrantFinder(station).find("WELD-44", ROBOT)
    assert (one.event, one.elsewhere, one.fit) == (WELD, True, Fit.CODE)


def test_a_finder_knows_a_new_entrant_once_told_to_forget(station: Station) -> None:
    finder = EntrantFinder(station)
    assert finder.find("样例补录") == []
    with recording(station) as log:
        register(log, 7, "样例补录", unit="样例一厂")
    assert finder.find("样例补录") == []
    finder.forget()
    assert [one.entry for one in finder.find("样例补录")] == [entry_id(7)]


def test_the_card_masks_the_birth_date_and_shows_the_photo(station: Station) -> None:
    with recording(station) as log:
        people.put_photo(log.connection, entry_id(1), b"picture")
    card = checkin.card(station, entry_id(1))
    assert card.name == "样例选手01"
    assert card.masked_id == "110105********002X"
    assert card.photo == b"picture"
    assert card.due.arrival is Arrival.ON_TIME


@pytest.mark.parametrize(
    ("number", "shown"),
    [("", ""), ("123", "***"), ("H12345678", "*****5678"), ("110105491231002", "***********1002")],
)
def test_other_identity_papers_show_their_last_four_signs(number: str, shown: str) -> None:
    assert checkin.masked_id(number) == shown


def test_checking_in_is_recorded_and_not_twice(station: Station) -> None:
    station.actor = DESK
    op = checkin.check_in(station, entry_id(1))
    assert op.by == "check-in"
    assert entry(station, entry_id(1)).state is EntryState.CHECKED_IN
    with pytest.raises(RuleBroken, match="already-checked-in"):
        checkin.check_in(station, entry_id(1))


def test_a_judge_may_not_check_anybody_in(station: Station) -> None:
    station.actor = Actor(Role.JUDGE, JudgeId("J1"))
    with pytest.raises(RuleBroken, match="role-may-not"):
        checkin.check_in(station, entry_id(1))


def start_clock(station: Station, number: int) -> None:
    moved = ClockStarted(station.time.reading())
    record(station, ClockMoved(event=ROBOT, module=A, entry=entry_id(number), moved=moved))


def test_nobody_is_late_before_there_is_a_start(station: Station) -> None:
    assert checkin.due(station, entry(station, entry_id(1))).start_ms is None


def test_a_late_arrival_needs_the_chief_and_records_by_how_much(
    station: Station, time: SampleTime
) -> None:
    start_clock(station, 1)
    time.pass_ms(14 * MINUTE + 59_000)
    station.actor = DESK
    with pytest.raises(RuleBroken) as refused:
        checkin.check_in(station, entry_id(2))
    assert refused.value == RuleBroken("late-needs-chief", minutes=14)
    station.actor = CHIEF
    checkin.check_in(station, entry_id(2))
    recorded = queries.latest(station.connection, CheckedIn, entry=entry_id(2))
    assert recorded is not None
    assert recorded.fact.late_ms == 899_000


def test_at_the_limit_only_the_chief_admits_and_only_with_a_reason(
    station: Station, time: SampleTime
) -> None:
    start_clock(station, 1)
    time.pass_ms(15 * MINUTE)
    late = RuleBroken("late-beyond-limit", minutes=15, limit=15)
    with pytest.raises(RuleBroken) as refused:
        checkin.check_in(station, entry_id(2))
    assert refused.value == late
    station.actor = DESK
    with pytest.raises(RuleBroken) as refused:
        checkin.check_in(station, entry_id(2), reason="样例：道路中断")
    assert refused.value == late
    station.actor = CHIEF
    op = checkin.check_in(station, entry_id(2), reason="样例：道路中断")
    assert op.reason == "样例：道路中断"


def test_the_scheduled_start_counts_until_a_clock_has_started(
    station: Station, time: SampleTime
) -> None:
    checkin.schedule_start(station, ROBOT, NINE + 10 * MINUTE)
    time.pass_ms(12 * MINUTE)
    first = entry(station, entry_id(1))
    assert checkin.due(station, first).late_ms == 2 * MINUTE
    start_clock(station, 2)
    assert checkin.due(station, first).arrival is Arrival.ON_TIME
    checkin.schedule_start(station, ROBOT, None)
    assert checkin.scheduled_start(station, ROBOT) is None


def test_a_later_batch_is_measured_by_its_own_start(station: Station, time: SampleTime) -> None:
    placed = tuple(
        Placement(entry_id(number), batch, number)
        for number, batch in ((1, 1), (2, 1), (3, 2), (4, 2))
    )
    made = DrawMade(event=ROBOT, module=A, committed=OpId("X-1"), seed="", placements=placed)
    record(station, made)
    start_clock(station, 1)
    time.pass_ms(70 * MINUTE)
    assert checkin.due(station, entry(station, entry_id(2))).arrival is Arrival.ABSENT
    assert checkin.due(station, entry(station, entry_id(3))).start_ms is None
    start_clock(station, 3)
    time.pass_ms(MINUTE)
    assert checkin.due(station, entry(station, entry_id(4))).late_ms == MINUTE


def test_an_absence_is_taken_back_or_overruled_by_the_chief_with_a_reason(
    station: Station,
) -> None:
    checkin.mark_absent(station, entry_id(1))
    assert entry(station, entry_id(1)).state is EntryState.ABSENT
    with pytest.raises(RuleBroken, match="already-absent"):
        checkin.mark_absent(station, entry_id(1))
    with pytest.raises(RuleBroken, match="marked-absent-before"):
        checkin.check_in(station, entry_id(1))
    checkin.check_in(station, entry_id(1), reason="样例：误记")
    assert entry(station, entry_id(1)).state is EntryState.CHECKED_IN
    with pytest.raises(RuleBroken, match="absent-but-checked-in"):
        checkin.mark_absent(station, entry_id(1))


def test_everybody_missing_is_marked_absent_in_one_command(station: Station) -> None:
    checkin.check_in(station, entry_id(1))
    assert checkin.mark_missing_absent(station, ROBOT) == 5
    assert attendance(station, ROBOT).absent == 5


def test_a_withdrawal_needs_a_reason(station: Station) -> None:
    with pytest.raises(RuleBroken, match="withdrawal-needs-reason"):
        checkin.withdraw(station, entry_id(1), reason=" ")
    checkin.withdraw(station, entry_id(1), reason="样例：身体不适")
    with pytest.raises(RuleBroken, match="entry-has-withdrawn"):
        checkin.check_in(station, entry_id(1))
    with pytest.raises(RuleBroken, match="entry-has-withdrawn"):
        checkin.mark_absent(station, entry_id(1))


def test_what_was_recorded_last_is_taken_back(station: Station) -> None:
    with pytest.raises(RuleBroken, match="nothing-to-take-back"):
        checkin.undo_state(station, entry_id(1))
    checkin.check_in(station, entry_id(1))
    checkin.withdraw(station, entry_id(1), reason="样例")
    checkin.undo_state(station, entry_id(1))
    assert entry(station, entry_id(1)).state is EntryState.CHECKED_IN
    checkin.undo_state(station, entry_id(1))
    assert entry(station, entry_id(1)).state is EntryState.REGISTERED


def test_a_check_in_stands_once_the_clock_has_started(station: Station) -> None:
    checkin.check_in(station, entry_id(1))
    start_clock(station, 1)
    with pytest.raises(RuleBroken, match="checked-in-and-started"):
        checkin.undo_state(station, entry_id(1))


def test_attendance_counts_units_and_names_who_is_missing(station: Station) -> None:
    checkin.check_in(station, entry_id(1))
    checkin.check_in(station, entry_id(3))
    checkin.mark_absent(station, entry_id(4))
    checkin.withdraw(station, entry_id(6), reason="样例")
    seen = attendance(station, ROBOT)
    assert (seen.expected, seen.here, seen.absent, seen.withdrawn) == (5, 2, 1, 1)
    assert [(unit.unit, unit.here, unit.expected) for unit in seen.units] == [
        ("样例一厂", 1, 2),
        ("样例三厂", 0, 1),
        ("样例二厂", 1, 2),
    ]
    assert [one.number for one in seen.missing] == ["02", "05"]


def test_no_name_or_id_number_enters_the_log(station: Station) -> None:
    checkin.check_in(station, entry_id(1))
    log = b"".join(placed.op.body for placed in oplog.in_order(station.connection)).decode()
    assert "样例选手01" not in log
    assert "19491231" not in log
