"""Forty events in one file: finalists out of 42,650 entrants, and forty champions.

``data/provincial-finals.csv`` has three finalists an event, whose marks move by half a mark from
event to event. With h for that half mark times the number of events before, the totals are
0.3 x 80 + 0.7 x (70 + h) = 73 + 0.7 h, 0.3 x (60 + h) + 0.7 x 85 = 77.5 + 0.3 h and
0.3 x 90 + 0.7 x (75 - h) = 79.5 - 0.7 h: 03 leads up to h = 1.5, ties with 02 at h = 2, where 02 is
better in practice, and 01 leads from h = 11.5 on, since 0.4 h exceeds 4.5 beyond 11.25.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from typing import TYPE_CHECKING

from app.bootstrap import create_competition
from app.cli.program import main
from app.domain.facts import ResultStatus
from app.domain.ids import PANEL, EventCode
from app.domain.recheck import sample_sizes
from app.services import (
    marks_import,
    results,
    roster_import,
    roster_plan,
    setup,
    signing_off,
)
from app.services.marks_import import KeyedMark
from app.sheets.roster import match_columns, read_roster
from tests.samples.floor import SampleTime
from tests.templates.worked import DATA, Row, scheme_of

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

KEY = "provincial-finals"
FINALISTS = ("01", "02", "03")
PLACES = (("first", "total_1"), ("second", "total_2"), ("third", "total_3"))


def _given() -> list[Row]:
    with (DATA / f"{KEY}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _roster(path: Path, events: list[Row]) -> Path:
    lines = ["赛项,参赛编号,姓名,工作单位"]
    for place, event in enumerate(events):
        for number in FINALISTS:
            name = f"样例选手{place * 3 + int(number):03d}"
            lines.append(f"{event['event']},{number},{name},样例{number}厂")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_forty_events_in_one_file_have_their_forty_champions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events = _given()
    path = tmp_path / "finals.plumb"
    scheme = scheme_of(KEY).scheme
    station = create_competition(path, scheme, time=SampleTime(), home=tmp_path)
    roster = _roster(tmp_path / "roster.csv", events)
    sheet = read_roster(roster)
    plan = roster_plan.plan_roster(
        station, sheet, match_columns(sheet.headers), sha256=roster_plan.file_digest(roster)
    )
    assert plan.errors == 0
    roster_import.import_roster(station, plan)
    for event in events:
        code = EventCode(event["event"])
        setup.freeze(station, code)
        keyed = [
            (number, aspect, event[f"{part}_{number}"])
            for part, aspect in (("practice", "A1.1"), ("theory", "T1.1"))
            for number in FINALISTS
        ]
        rows = [KeyedMark(n, who, of, "", mark) for n, (who, of, mark) in enumerate(keyed, start=2)]
        marks_import.import_marks(station, code, rows)
        board = results.leaderboard(station, code)
        assert board.rules_hash == event["rules_hash"]
        assert [(row.entry, row.rank, row.total) for row in board.rows] == [
            (f"{code}-{event[who]}", place, event[total])
            for place, (who, total) in enumerate(PLACES, start=1)
        ]
        # 3 ranked at 10/20/30 %, running sum 0.3, 0.9, 1.8: one first prize and no other.
        assert [row.award for row in board.rows] == ["一等奖", "", ""]
    assert Counter(event["first"] for event in events) == {"03": 4, "02": 19, "01": 17}
    assert len(events) == 40

    last = EventCode(events[-1]["event"])
    for module in scheme.event(last).modules:
        signing_off.sign_sheets(station, last, module.id, PANEL)
        signing_off.lock_module(station, last, module.id)
    shown = results.leaderboard(station, last).result_hash
    results.publish(station, last, ResultStatus.PROVISIONAL, expected_hash=shown)
    station.close()
    assert main(["results", str(path), "--event", last, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["status"], said["rules_hash"]) == ("provisional", events[-1]["rules_hash"])
    # 73 + 0.7 x 19.5 = 86.65, 77.5 + 0.3 x 19.5 = 83.35, 79.5 - 0.7 x 19.5 = 65.85.
    assert [(row["entry"], row["total"]) for row in said["rows"]] == [
        ("ECOM-01", "86.65"),
        ("ECOM-02", "83.35"),
        ("ECOM-03", "65.85"),
    ]


def test_the_rules_of_the_finals_are_sound_and_have_their_hashes() -> None:
    read = scheme_of(KEY)
    assert (read.faults, read.warnings) == ((), ())
    assert [event.code for event in read.scheme.events] == [event["event"] for event in _given()]
    # Of 28 the best 8.4, so 9, and 15 % of the other 19: 2.85, so 3.
    rechecks = [event.recheck for event in read.scheme.events if event.recheck]
    assert [sample_sizes(rule, 28) for rule in rechecks] == [(9, 3)] * 40


def test_of_42650_entrants_1136_come_to_the_finals(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Ten events of 1067 entrants and thirty of 1066; sixteen send 29 finalists, the others 28. Each
    # entrant has another total: 7 times the number, less whole multiples of how many there are, so
    # that the last of 29 finalists among 1067 has 1067 - 29 = 1038.
    path = tmp_path / "finals.plumb"
    create_competition(path, scheme_of(KEY).scheme).close()
    lines = ["赛项,编号,姓名,单位,初赛成绩"]
    sizes = {}
    for place, event in enumerate(_given()):
        sizes[event["event"]] = size = 1067 if place < 10 else 1066
        lines += [
            f"{event['event']},{number},样例选手{place:02d}{number:04d},样例{number % 90}厂,"
            f"{number * 7 % size}"
            for number in range(1, size + 1)
        ]
    preliminary = tmp_path / "preliminary.csv"
    preliminary.write_text("\n".join(lines), encoding="utf-8")
    assert main(["select", str(path), str(preliminary), "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["enrolled"] is None
    assert main(["select", str(path), str(preliminary), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["rows"], said["refused"], said["enrolled"]) == (42_650, [], 1_136)
    assert [(one["event"], one["rows"], one["sharing"]) for one in said["events"]] == [
        (event, size, 0) for event, size in sizes.items()
    ]
    going = [29] * 16 + [28] * 24
    assert [one["going"] for one in said["events"]] == going
    assert [one["lowest"] for one in said["events"]] == [
        str(size - places) for size, places in zip(sizes.values(), going, strict=True)
    ]
    assert {len(one["reserves"]) for one in said["events"]} == {2}
