"""Results of a tiny event worked out by hand, and what publishing makes of them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from app.bootstrap import open_station
from app.domain.canonical import canonical_json
from app.domain.errors import RuleBroken
from app.domain.explain import tell
from app.domain.facts import OpUndone, PublishedRow, ResultStatus
from app.domain.roles import Actor, Role
from app.services import results
from app.services.station import recording
from app.storage import people, projections
from app.storage.people import Person
from app.words import Words
from tests.samples.results import (
    E1,
    E2,
    E3,
    E4,
    E5,
    E6,
    FIRST,
    SECOND,
    THIRD,
    WELD,
    A,
    B,
    lock,
    mark,
    marked_event,
    publish,
    published_event,
    unlock,
)

if TYPE_CHECKING:
    from pathlib import Path

ROWS = (
    '[{"award":"一等奖","entry":"WELD-02","modules":{"A":"9.00","B":"8.00"},"rank":1,'
    '"state":"ranked","total":"17.00"},'
    '{"award":"二等奖","entry":"WELD-01","modules":{"A":"8.00","B":"9.00"},"rank":2,'
    '"state":"ranked","total":"17.00"},'
    '{"award":"三等奖","entry":"WELD-03","modules":{"A":"7.00","B":"7.00"},"rank":3,'
    '"state":"ranked","total":"14.00"},'
    '{"award":"","entry":"WELD-04","modules":{"A":"6.50","B":"5.00"},"rank":4,'
    '"state":"ranked","total":"11.50"},'
    '{"award":"","entry":"WELD-06","modules":{"A":"10.00","B":"10.00"},"rank":1,'
    '"state":"guest","total":"20.00"},'
    '{"award":"","entry":"WELD-05","modules":{},"rank":null,"state":"absent","total":""}]'
)


def test_the_leaderboard_is_the_one_worked_out_by_hand() -> None:
    now = results.leaderboard(marked_event(), WELD)
    assert [(row.entry, row.rank, row.total, row.award, row.state) for row in now.rows] == [
        (E2, 1, "17.00", FIRST, "ranked"),
        (E1, 2, "17.00", SECOND, "ranked"),
        (E3, 3, "14.00", THIRD, "ranked"),
        (E4, 4, "11.50", "", "ranked"),
        (E6, 1, "20.00", "", "guest"),
        (E5, None, "", "", "absent"),
    ]
    assert now.published is None
    assert not now.is_published


def test_the_result_hash_is_sha256_over_plain_sorted_json() -> None:
    now = results.leaderboard(marked_event(), WELD)
    text = f'{{"event":"WELD","rows":{ROWS},"rules_hash":"{now.rules_hash}"}}'
    assert now.result_hash == hashlib.sha256(text.encode()).hexdigest()


def test_the_result_hash_is_the_same_on_every_laptop_and_after_a_rebuild(tmp_path: Path) -> None:
    here = marked_event(tmp_path / "here.plumb", home=tmp_path / "a")
    there = marked_event(tmp_path / "there.plumb", home=tmp_path / "b")
    expected = results.leaderboard(here, WELD).result_hash
    assert here.station_id != there.station_id
    assert results.leaderboard(there, WELD).result_hash == expected
    projections.rebuild(here.database)
    here.close()
    again = open_station(tmp_path / "here.plumb", home=tmp_path / "a")
    assert results.leaderboard(again, WELD).result_hash == expected
    again.close()
    there.close()


def test_a_corrected_name_leaves_the_result_hash_alone() -> None:
    station = marked_event()
    before = results.leaderboard(station, WELD).result_hash
    with recording(station) as log:
        people.put(log.connection, E2, Person(name="单样样"), "salt")
    assert results.leaderboard(station, WELD).result_hash == before


def test_publishing_makes_a_snapshot_that_later_marks_do_not_touch() -> None:
    station = published_event()
    fact = results.in_force(station, WELD).fact
    assert (fact.revision, fact.status) == (1, ResultStatus.PROVISIONAL)
    assert results.leaderboard(station, WELD).is_published
    unlock(station)
    mark(station, E4, "A1.1", "10")
    now = results.leaderboard(station, WELD)
    assert [row.entry for row in now.rows[:3]] == [E2, E1, E4]
    assert not now.is_published
    assert results.in_force(station, WELD).fact == fact


def test_a_later_revision_needs_a_reason_and_leaves_the_first_readable() -> None:
    station = published_event()
    unlock(station)
    mark(station, E4, "A1.1", "10")
    lock(station)
    with pytest.raises(RuleBroken, match="revision-needs-reason"):
        publish(station, ResultStatus.FINAL, reason="  ")
    second = publish(station, ResultStatus.FINAL, reason="申诉复核")
    assert (second.revision, second.status) == (2, ResultStatus.FINAL)
    every = results.publications(station, WELD)
    assert [(one.fact.revision, one.reason) for one in every] == [(1, ""), (2, "申诉复核")]
    assert every[0].fact.rows[3].total == "11.50"
    assert every[1].fact.rows[2].total == "15.00"


def test_the_same_result_can_be_declared_final() -> None:
    station = published_event()
    final = publish(station, ResultStatus.FINAL, reason="公示期满")
    assert final.revision == 2
    assert final.result_hash == results.publications(station, WELD)[0].fact.result_hash


def test_what_was_not_looked_at_is_not_published() -> None:
    station = marked_event()
    seen = results.leaderboard(station, WELD).result_hash
    unlock(station)
    mark(station, E4, "A1.1", "10")
    lock(station)
    with pytest.raises(RuleBroken, match="result-changed-meanwhile"):
        results.publish(station, WELD, ResultStatus.FINAL, expected_hash=seen)
    assert results.published(station, WELD) is None


def test_an_open_module_blocks_publishing() -> None:
    station = marked_event()
    assert results.blockers(station, WELD) == []
    unlock(station)
    found = results.blockers(station, WELD)
    assert found == [RuleBroken("modules-unlocked", event="WELD", count=1, modules="A")]
    with pytest.raises(RuleBroken, match="modules-unlocked"):
        publish(station)


def test_only_the_chief_publishes() -> None:
    station = marked_event()
    station.actor = Actor(Role.SCOREKEEPER)
    with pytest.raises(RuleBroken, match="role-may-not"):
        publish(station)


def test_without_a_publication_there_is_nothing_to_show() -> None:
    station = marked_event()
    assert results.published(station, WELD) is None
    with pytest.raises(RuleBroken, match="nothing-published"):
        results.in_force(station, WELD)


def test_why_this_rank_can_be_told_to_the_competitor() -> None:
    station = marked_event()
    event = results.leaderboard(station, WELD).event
    said = tell(event, results.why(station, WELD, E1), Words.load("en"))
    assert said == [
        "WELD-01 stands at rank 2 with a total of 17.00.",
        (
            "Rank 1, WELD-02, has the same total and stands above by the mark of module A Flat"
            " welds: 9.00 against 8.00; the higher comes first."
        ),
        "Rank 3, WELD-03, has 14.00: 3.00 less.",
    ]


def test_the_hash_is_over_the_canonical_form_also_where_reasons_are_given() -> None:
    row = PublishedRow(
        entry=E1, rank=None, total="", award="", modules={B: "1.00", A: "2.00"}, state="absent"
    )
    rows = [row, replace(row, reasons=("SAFETY", "LATE"))]
    content = {"event": WELD, "rules_hash": "00", "rows": rows}
    expected = hashlib.sha256(canonical_json(content)).hexdigest()
    assert results.result_hash(WELD, "00", rows) == expected


def test_the_running_rows_show_what_incomplete_entries_have_so_far() -> None:
    station = marked_event()
    unlock(station)
    number = station.connection.execute(
        "SELECT op_id FROM marks WHERE entry = ? AND aspect = 'B1.1'", (E3,)
    ).fetchone()[0]
    with recording(station) as log:
        log.add(OpUndone(kind="mark-given"), undoes=number)
    now = results.leaderboard(station, WELD)
    row = next(row for row in now.running if row.entry == E3)
    assert (row.total, row.modules, row.state) == ("7.00", {A: "7.00", B: "0.00"}, "incomplete")
    published = next(row for row in now.rows if row.entry == E3)
    assert (published.total, published.modules) == ("", {})
