"""The sample day ends as its story says: one of everything that goes wrong, and a sound result."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from app.bootstrap import open_station
from app.demo.midday import leave_at_midday
from app.demo.run import DemoFiles, run_demo
from app.domain.clock import ClockState
from app.domain.errors import RuleBroken
from app.domain.facts import PublishedRow
from app.domain.ids import EntryId, EventCode, ModuleId
from app.domain.readings import Reading
from app.services import clocks, panel_rows, results, rules
from app.words import Words

ROBOT = EventCode("ROBOT")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> DemoFiles:
    folder = tmp_path_factory.mktemp("demo")
    found = run_demo(folder / "out", Words.load("zh"), home=folder / "home", tell=lambda _: None)
    assert [check.name for check in found.failed()] == []
    return DemoFiles(folder / "out")


@pytest.fixture
def rows(files: DemoFiles, tmp_path: Path) -> dict[EntryId, PublishedRow]:
    station = open_station(files.competition, home=tmp_path)
    published = results.published(station, ROBOT)
    station.close()
    assert published is not None
    return {row.entry: row for row in published.fact.rows}


def test_every_file_is_left_behind(files: DemoFiles) -> None:
    assert sorted(path.name for path in files.folder.iterdir()) == [
        "certificates-ledger.pdf",
        "certificates.pdf",
        "draw-record.pdf",
        "results.pdf",
        "results.xlsx",
        "robot-sample.bundle",
        "robot-sample.plumb",
        "roster.csv",
        "time-slips.pdf",
        "verification.pdf",
    ]


def test_twenty_seven_are_ranked_and_the_absent_one_stands_apart(
    rows: dict[EntryId, PublishedRow],
) -> None:
    assert len(rows) == 28
    absent = rows[EntryId("ROBOT-27")]
    assert (absent.rank, absent.state, absent.total) == (None, "absent", "")
    ranks = sorted(row.rank for row in rows.values() if row.rank is not None)
    assert ranks == list(range(1, 28))


def test_the_tie_is_parted_by_the_mark_for_practice(rows: dict[EntryId, PublishedRow]) -> None:
    higher, lower = rows[EntryId("ROBOT-08")], rows[EntryId("ROBOT-19")]
    assert higher.total == lower.total
    assert higher.rank is not None
    assert lower.rank == higher.rank + 1
    assert float(higher.modules[ModuleId("A")]) - float(lower.modules[ModuleId("A")]) == 1.5
    assert (higher.modules[ModuleId("T")], lower.modules[ModuleId("T")]) == ("82.50", "86.00")


def test_the_safety_gate_voids_one_module_only(rows: dict[EntryId, PublishedRow]) -> None:
    gated = rows[EntryId("ROBOT-11")]
    assert gated.modules[ModuleId("B")] == "0.00"
    assert gated.modules[ModuleId("A")] != "0.00"
    assert gated.state == "ranked"


def test_ten_twenty_thirty_per_cent_of_twenty_seven_give_two_six_and_eight_awards(
    rows: dict[EntryId, PublishedRow],
) -> None:
    # 2.7, 8.1 and 16.2 on the running sum, rounded down: 2, 8 and 16.
    given = Counter(row.award for row in rows.values())
    assert given == {"一等奖": 2, "二等奖": 6, "三等奖": 8, "": 12}


def test_the_time_of_the_fault_was_given_back(files: DemoFiles, tmp_path: Path) -> None:
    station = open_station(files.competition, home=tmp_path)
    event = rules.rules(station, ROBOT)
    found = clocks.clock(station, event, module=ModuleId("C"), entry=EntryId("ROBOT-04"))
    station.close()
    assert found.granted_ms == 4 * 60_000
    assert [pause.reason for pause in found.pauses] == ["equipment"]


def test_a_demonstration_is_never_written_over(files: DemoFiles) -> None:
    before = files.competition.read_bytes()
    with pytest.raises(RuleBroken, match="demo-there-already"):
        run_demo(files.folder, Words.load("zh"), tell=lambda _: None)
    assert files.competition.read_bytes() == before


def test_midday_has_clocks_that_run_and_a_vote_to_take_again(tmp_path: Path) -> None:
    now = Reading(wall_ms=1_800_000_000_000, mono_ms=90_000_000, boot="this-boot")
    competition = tmp_path / "midday.plumb"
    leave_at_midday(competition, tmp_path / "midday.csv", now, home=tmp_path)
    station = open_station(competition, home=tmp_path)
    event = rules.rules(station, ROBOT)
    faces = [clock.at(now) for clock in clocks.clocks(station, event).values()]
    running = [face for face in faces if face.state is ClockState.RUNNING]
    odd = panel_rows.spread_violations(station, ROBOT, ModuleId("A"))
    station.close()
    assert len(running) == 5
    # 90 minutes less the 40 and 32.5 that have passed.
    assert {face.remaining_ms for face in running} == {1_050_000}
    assert [row.aspect.id for row in odd] == ["A3.1"]
