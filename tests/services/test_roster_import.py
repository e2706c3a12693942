"""Importing lists of entrants: previewed row by row, written at once, importable again."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from app.bootstrap import create_competition
from app.domain.errors import RuleBroken
from app.domain.facts import EntryRegistered, FileImported
from app.domain.ids import AspectId, EntryId, EventCode, ModuleId, SubcriterionId
from app.domain.scheme import Aspect, Competition, Event, Module, Scheme, Subcriterion
from app.services import entrants, roll
from app.services.entrants import Entrant
from app.services.roster_import import ImportCancelled, Imported, import_roster
from app.services.roster_plan import Outcome, RosterPlan, file_digest, plan_roster
from app.services.station import Station
from app.sheets.roster import read_roster
from app.storage import oplog, people, queries
from app.storage.people import Person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROBOT = EventCode("ROBOT")
HEADER = "姓名,单位,身份证号,参赛编号,赛项"
FIRST = "样例选手01,样例一厂,11010519491231002X,01,ROBOT"
SECOND = "样例选手02,样例二厂,440524188001010014,02,ROBOT"


@pytest.fixture
def station() -> Iterator[Station]:
    aspect = Aspect(id=AspectId("A1.1"), name="样例评分点", max=Decimal(100))
    part = Subcriterion(id=SubcriterionId("A1"), name="样例子项", aspects=(aspect,))
    module = Module(id=ModuleId("A"), name="样例模块", subcriteria=(part,))
    event = Event(code=ROBOT, name="样例赛项", modules=(module,))
    opened = create_competition(
        None, Scheme(competition=Competition(code="S-1", title="样例竞赛"), events=(event,))
    )
    yield opened
    opened.close()


def planned(station: Station, folder: Path, *rows: str, header: str = HEADER) -> RosterPlan:
    path = folder / "roster.csv"
    path.write_text("\n".join((header, *rows)), encoding="utf-8")
    sheet = read_roster(path)
    return plan_roster(station, sheet, sheet.mapping, sha256=file_digest(path))


def names(station: Station) -> dict[str, str]:
    return {one.entry.number: one.name for one in roll.registered(station, ROBOT)}


def test_a_list_is_registered_in_one_go_and_the_log_says_which_file(
    station: Station, tmp_path: Path
) -> None:
    done = import_roster(station, planned(station, tmp_path, FIRST, SECOND))
    assert done == Imported(new=2, changed=0, left_out=0)
    assert names(station) == {"01": "样例选手01", "02": "样例选手02"}
    imported = queries.latest(station.connection, FileImported)
    assert imported is not None
    assert (imported.fact.file_name, imported.fact.rows, imported.fact.event) == (
        "roster.csv",
        2,
        "ROBOT",
    )
    assert imported.fact.sha256 == file_digest(tmp_path / "roster.csv")


def test_the_log_of_an_import_holds_no_personal_data(station: Station, tmp_path: Path) -> None:
    import_roster(station, planned(station, tmp_path, FIRST))
    bodies = "".join(op.body.decode() for op in oplog.last(station.connection, 20))
    assert "样例选手01" not in bodies
    assert "11010519491231002X" not in bodies


def test_a_preview_writes_nothing(station: Station, tmp_path: Path) -> None:
    before = oplog.last_position(station.connection)
    planned(station, tmp_path, FIRST, SECOND)
    assert oplog.last_position(station.connection) == before


def test_a_row_with_an_error_is_left_out_and_the_others_are_registered(
    station: Station, tmp_path: Path
) -> None:
    wrong = "样例选手03,样例二厂,440524188001010015,03,ROBOT"
    plan = planned(station, tmp_path, FIRST, wrong)
    assert [problem.code for problem in plan.rows[1].problems] == ["roster-id-check-digit"]
    assert import_roster(station, plan) == Imported(new=1, changed=0, left_out=1)
    assert names(station) == {"01": "样例选手01"}


def test_importing_a_list_again_adds_only_who_is_new(station: Station, tmp_path: Path) -> None:
    import_roster(station, planned(station, tmp_path, FIRST))
    again = planned(station, tmp_path, FIRST, SECOND)
    assert [entry.outcome for entry in again.entries] == [Outcome.UNCHANGED, Outcome.NEW]
    assert import_roster(station, again).new == 1
    nothing_new = planned(station, tmp_path, FIRST, SECOND)
    with pytest.raises(RuleBroken, match="roster-nothing-to-import"):
        import_roster(station, nothing_new)


def test_a_list_without_numbers_can_be_imported_again_too(station: Station, tmp_path: Path) -> None:
    header = "姓名,单位"
    first = planned(station, tmp_path, "样例选手01,样例一厂", "样例选手02,样例二厂", header=header)
    import_roster(station, first)
    again = planned(station, tmp_path, "样例选手00,样例三厂", "样例选手02,样例二厂", header=header)
    assert [(entry.number, entry.outcome) for entry in again.entries] == [
        ("03", Outcome.NEW),
        ("02", Outcome.UNCHANGED),
    ]


def test_numbers_left_open_follow_the_highest_of_the_file_and_the_list(
    station: Station, tmp_path: Path
) -> None:
    header = "姓名,单位,参赛编号"
    rows = ("样例选手01,样例一厂,", "样例选手02,样例二厂,99", "样例选手03,样例三厂,")
    plan = planned(station, tmp_path, *rows, header=header)
    assert [entry.number for entry in plan.entries] == ["100", "99", "101"]


def test_a_changed_name_is_shown_and_registered_again_with_a_reason(
    station: Station, tmp_path: Path
) -> None:
    import_roster(station, planned(station, tmp_path, FIRST))
    plan = planned(station, tmp_path, FIRST.replace("样例选手01", "样例选手一"))
    assert [(entry.outcome, entry.differs) for entry in plan.entries] == [
        (Outcome.CHANGED, ("name",))
    ]
    with pytest.raises(RuleBroken, match="roster-changes-without-reason"):
        import_roster(station, plan)
    assert import_roster(station, plan, reason="样例理由").changed == 1
    recorded = queries.latest(station.connection, EntryRegistered, entry=EntryId("ROBOT-01"))
    assert recorded is not None
    assert recorded.reason == "样例理由"
    assert names(station) == {"01": "样例选手一"}


def test_a_number_that_somebody_else_holds_is_an_error_of_its_row(
    station: Station, tmp_path: Path
) -> None:
    import_roster(station, planned(station, tmp_path, FIRST))
    plan = planned(station, tmp_path, SECOND.replace(",02,", ",01,"))
    assert [problem.code for problem in plan.rows[0].problems] == ["roster-number-of-another"]
    assert plan.entries == ()


def test_a_walk_in_registered_during_the_preview_stops_the_import(
    station: Station, tmp_path: Path
) -> None:
    plan = planned(station, tmp_path, "样例选手01,样例一厂", header="姓名,单位")
    entrants.register(
        station, Entrant(event=ROBOT, person=Person(name="样例选手09"), unit="样例一厂")
    )
    with pytest.raises(RuleBroken, match="roster-plan-outdated"):
        import_roster(station, plan)
    assert names(station) == {"01": "样例选手09"}


def test_stopping_an_import_leaves_nothing_behind(station: Station, tmp_path: Path) -> None:
    rows = [f"样例选手{number},样例一厂" for number in range(1, 451)]
    plan = planned(station, tmp_path, *rows, header="姓名,单位")
    heard: list[int] = []
    with pytest.raises(ImportCancelled):
        import_roster(
            station,
            plan,
            on_progress=lambda done, _total: heard.append(done),
            is_cancelled=lambda: len(heard) == 2,
        )
    assert heard == [0, 200]
    assert names(station) == {}
    assert people.everyone(station.connection) == {}


def test_the_members_of_a_team_are_one_entry(station: Station, tmp_path: Path) -> None:
    header = "姓名,单位,队伍"
    plan = planned(
        station, tmp_path, "样例选手01,样例一厂,甲队", "样例选手02,样例一厂,甲队", header=header
    )
    import_roster(station, plan)
    (team,) = roll.registered(station, ROBOT)
    assert (team.name, team.entry.members) == ("甲队", 2)
    assert team.person is not None
    assert team.person.members == ("样例选手01", "样例选手02")


def test_whom_somebody_competes_for_is_registered_beside_the_unit(
    station: Station, tmp_path: Path
) -> None:
    header = "姓名,单位,代表队"
    plan = planned(station, tmp_path, "样例选手01,样例一厂,样例一厂二队", header=header)
    import_roster(station, plan)
    (one,) = roll.roll(station, ROBOT)
    assert (one.unit, one.delegation) == ("样例一厂", "样例一厂二队")
    (moved,) = planned(station, tmp_path, "样例选手01,样例一厂,样例一厂一队", header=header).entries
    assert moved.differs == ("delegation",)


def test_a_photo_beside_the_list_is_taken_in_and_one_elsewhere_is_not(
    station: Station, tmp_path: Path
) -> None:
    folder = tmp_path / "lists"
    folder.mkdir()
    picture = b"\x89PNG\r\n\x1a\n" + b"\0" * 16
    for place in (folder / "one.png", tmp_path / "two.png"):
        place.write_bytes(picture)
    header = "姓名,单位,照片"
    rows = ("样例选手01,样例一厂,one.png", "样例选手02,样例一厂,../two.png")
    plan = planned(station, folder, *rows, header=header)
    import_roster(station, plan, photos=folder)
    assert people.photo(station.connection, "ROBOT-01") == picture
    assert people.photo(station.connection, "ROBOT-02") is None
