"""Sheets in memory say what the file says, after every kind of record that can touch them."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest

from app.domain.facts import RulesFrozen
from app.domain.ids import AspectId
from app.domain.roles import CHIEF
from app.domain.scheme import rules_hash
from app.services.check_states import CheckState, sheet_standings
from app.services.checkin import withdraw
from app.services.live_sheets import judge_digest, live_sheets, unchecked
from app.services.marking import commit_sheet, correct_mark, sheet
from app.services.sheet_checks import open_check, piles, record_check
from app.services.signing_off import sign_sheets, signatures
from app.services.station import Station, recording
from app.services.undo import undo_last
from app.services.works import sheet_plan
from tests.services.marking_samples import E1, EVENT, J1, A, R, scores
from tests.services.test_sheet_checks import AB, CD, checked_station, state_of


@pytest.fixture
def station() -> Iterator[Station]:
    opened = checked_station()
    assert state_of(opened, "5127", J1) is CheckState.WAITING, "so that there is something to keep"
    yield opened
    opened.close()


def enter(station: Station, work: str, marks: str) -> None:
    station.actor = AB
    commit_sheet(station, sheet(station, R, A, work, J1), scores(marks, "A1.1", "A1.2"))


def check(station: Station, work: str, keyed: str) -> None:
    station.actor = CD
    task = open_check(station, R, A, work, J1)
    record_check(station, task, scores(keyed, "A1.1", "A1.2"))


def correct(station: Station, work: str, mark: str) -> None:
    seen = sheet(station, R, A, work, J1)
    (cell,) = scores(mark, "A1.1").values()
    correct_mark(station, seen, AspectId("A1.1"), cell, "纸上如此")


def is_as_on_disk(station: Station) -> bool:
    plan = sheet_plan(station, R, A)
    live = live_sheets(station, R)
    on_disk = sheet_standings(station, plan)
    assert live.digest(plan, J1) == judge_digest(station, plan, J1)
    return dict(live.standings(plan)) == on_disk


def test_marks_checks_and_undoing_reach_what_is_kept(station: Station) -> None:
    assert is_as_on_disk(station)
    enter(station, "2385", "1 1")
    assert is_as_on_disk(station)
    check(station, "2385", "1 1")
    assert is_as_on_disk(station)
    undo_last(station)
    assert is_as_on_disk(station)
    station.actor = AB
    undo_last(station)
    assert is_as_on_disk(station)
    assert [line.work for line in piles(station, R, A)] == ["5127"]


def test_other_rules_are_read_anew(station: Station) -> None:
    first, *others = EVENT.modules
    part = first.subcriteria[0]
    fewer = msgspec.structs.replace(part, aspects=part.aspects[:1])
    module = msgspec.structs.replace(first, subcriteria=(fewer, *first.subcriteria[1:]))
    rules = msgspec.structs.replace(EVENT, modules=(module, *others))
    station.actor = CHIEF
    with recording(station) as log:
        log.add(RulesFrozen(event=R, rules=rules, rules_hash=rules_hash(rules)), reason="样例")
    assert AspectId("A1.2") not in sheet_plan(station, R, A).aspects
    assert is_as_on_disk(station)


def test_a_signature_stops_holding_when_a_mark_changes(
    station: Station,
) -> None:
    for work in ("2385", "6089"):
        enter(station, work, "2 3")
    station.actor = CHIEF
    sign_sheets(station, R, A, J1)
    assert signatures(station, R, A)[0].holds
    correct(station, "5127", "1")
    assert not signatures(station, R, A)[0].holds
    correct(station, "5127", "2")
    assert not signatures(station, R, A)[0].holds, "the record behind the mark is another"


def test_sheets_of_an_entry_that_withdrew_wait_for_nobody(station: Station) -> None:
    enter(station, "2385", "1 1")
    plan = sheet_plan(station, R, A)
    assert unchecked(station, plan) == 2
    station.actor = CHIEF
    withdraw(station, E1, reason="样例")
    assert unchecked(station, plan) == 1
    assert [line.work for line in piles(station, R, A)] == ["2385"]
