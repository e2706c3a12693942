"""Selecting finalists from preliminary results, and the totals they bring along."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from app.bootstrap import create_competition
from app.domain.award_rules import BoundaryTie
from app.domain.division_rules import DividedBy
from app.domain.errors import RuleBroken
from app.domain.facts import FileImported
from app.domain.ids import AspectId, ComponentId, EventCode, ModuleId, SubcriterionId
from app.domain.methods import Carried, Direct, Method
from app.domain.round_rules import Qualification
from app.domain.scheme import Aspect, Competition, Component, Event, Module, Scheme, Subcriterion
from app.services import entrants, marks_import, results, roll, setup
from app.services.marks_import import KeyedMark
from app.services.roster_import import import_roster
from app.services.roster_plan import PlannedEntry, file_digest, plan_roster
from app.services.selecting import (
    EventSelection,
    SelectionPlan,
    reserves_writer,
    selection_plan,
)
from app.services.station import Station
from app.sheets.roster import read_roster
from app.storage import queries
from app.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

E = EventCode("E")
F = EventCode("F")
EARLIER = ComponentId("earlier")
HEADER = "赛项,编号,姓名,单位,打星,初赛成绩"
BEST_TWO = Qualification(number=2, reserves=1)


def module(number: str, component: str, method: Method, maximum: int) -> Module:
    aspect = Aspect(id=AspectId(f"{number}1.1"), name="样例", max=Decimal(maximum), method=method)
    part = Subcriterion(id=SubcriterionId(f"{number}1"), name="样例", aspects=(aspect,))
    return Module(
        id=ModuleId(number),
        name="样例",
        component=ComponentId(component),
        blind=False,
        subcriteria=(part,),
    )


def event(code: EventCode, rule: Qualification | None, by: DividedBy | None = None) -> Event:
    """初赛 3500 分占 30 %, 决赛占 70 %."""
    return Event(
        code=code,
        name="样例赛项",
        components=(
            Component(id=EARLIER, name="初赛", weight=Decimal("0.3")),
            Component(weight=Decimal("0.7")),
        ),
        modules=(
            module("P", "earlier", Carried(maximum=Decimal(3500)), 100),
            module("A", "practice", Direct(), 100),
        ),
        divided_by=by,
        selects=rule,
    )


def opened(*events: Event) -> Station:
    competition = Competition(code="S-1", title="样例竞赛")
    return create_competition(None, Scheme(competition=competition, events=events))


def planned(station: Station, folder: Path, *rows: str, header: str = HEADER) -> SelectionPlan:
    path = folder / "preliminary.csv"
    path.write_text("\n".join((header, *rows)), encoding="utf-8")
    sheet = read_roster(path)
    return selection_plan(station, sheet, sheet.mapping, sha256=file_digest(path))


def enrolled(station: Station, code: EventCode = E) -> dict[str, tuple[str, str]]:
    return {
        one.entry.number: (one.name, entrants.registration(station, one.entry.id).earlier)
        for one in roll.registered(station, code)
    }


def rows_of(reserves: Sequence[PlannedEntry]) -> tuple[int, ...]:
    """The rows of the file that they stand in."""
    return tuple(one.rows[0] for one in reserves)


def test_the_best_are_enrolled_in_order_of_rank_and_bring_their_totals(tmp_path: Path) -> None:
    station = opened(event(E, BEST_TWO))
    plan = planned(
        station,
        tmp_path,
        "E,0107,样例选手07,样例一厂,,2950.5",
        "E,0044,样例选手44,样例二厂,,3120",
        "E,0012,样例选手12,样例三厂,是,3400",
        "E,0003,样例选手03,样例三厂,,2800",
        "E,0009,样例选手09,样例四厂,,1000",
    )
    (one,) = plan.events
    assert replace(one, reserves=()) == EventSelection(
        E, rows=5, refused=0, outside=1, going=2, reserves=(), sharing=0, lowest="2950.5"
    )
    assert rows_of(one.reserves) == (5,)
    import_roster(station, plan.roster)
    assert enrolled(station) == {"01": ("样例选手44", "3120"), "02": ("样例选手07", "2950.5")}
    source = queries.latest(station.connection, FileImported)
    assert source is not None
    assert (source.fact.sha256, source.fact.rows) == (plan.roster.sha256, 2)

    setup.freeze(station, E)
    rows = [KeyedMark(2, "01", "A1.1", "", "70"), KeyedMark(3, "02", "A1.1", "", "80")]
    marks_import.import_marks(station, E, rows)
    # 3120 / 3500 x 100 = 89.142…: 0.3 x 89.14 + 0.7 x 70 = 75.742; 2950.5 / 3500 x 100 = 84.3:
    # 0.3 x 84.3 + 0.7 x 80 = 81.29.
    board = results.leaderboard(station, E).rows
    assert [(row.entry, row.total) for row in board] == [("E-02", "81.29"), ("E-01", "75.74")]
    station.close()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_reserve_is_imported_from_the_list_that_was_saved(tmp_path: Path, ending: str) -> None:
    station = opened(event(E, BEST_TWO))
    plan = planned(
        station,
        tmp_path,
        "E,0107,样例选手07,样例一厂,,2950.5",
        "E,0044,样例选手44,样例二厂,,3120",
        "E,0003,样例选手03,样例三厂,,2800",
    )
    import_roster(station, plan.roster)
    target = tmp_path / f"reserves.{ending}"
    assert reserves_writer(plan, Words.load("zh"), target)() == 1
    sheet = read_roster(target)
    follow = plan_roster(station, sheet, sheet.mapping, sha256=file_digest(target))
    import_roster(station, follow)
    assert enrolled(station)["03"] == ("样例选手03", "2800")
    station.close()


@pytest.mark.parametrize(
    ("boundary", "going", "reserves"),
    [(BoundaryTie.INCLUDE, 3, (5,)), (BoundaryTie.EXCLUDE, 1, ())],
)
def test_those_who_share_the_last_place_are_counted(
    tmp_path: Path, boundary: BoundaryTie, going: int, reserves: tuple[int, ...]
) -> None:
    station = opened(event(E, Qualification(number=2, reserves=1, boundary=boundary)))
    plan = planned(
        station,
        tmp_path,
        *("E,1,样例选手01,样例一厂,,90", "E,2,样例选手02,样例二厂,,80.0"),
        *("E,3,样例选手03,样例三厂,,80", "E,4,样例选手04,样例四厂,,70"),
    )
    (one,) = plan.events
    assert (one.going, rows_of(one.reserves), one.sharing) == (going, reserves, 2)
    station.close()


def test_every_row_that_cannot_be_judged_is_named_with_its_cause(tmp_path: Path) -> None:
    station = opened(event(E, BEST_TWO), event(F, BEST_TWO))
    plan = planned(
        station,
        tmp_path,
        "E,1,样例选手01,样例一厂,,缺考",
        "E,2,样例选手02,样例一厂,,",
        "E,3,样例选手03,样例一厂,,3501",
        "X,4,样例选手04,样例一厂,,90",
        "F,5,样例选手05,样例一厂,,0",
        "F,6,样例选手06,样例一厂,,-1",
        'F,7,样例选手07,样例一厂,,"3,120"',
    )
    causes = {row.row: problem.code for row in plan.roster.rows for problem in row.problems}
    assert causes == {
        2: "roster-earlier-unreadable",
        3: "selection-total-missing",
        4: "roster-earlier-outside",
        5: "roster-event-unknown",
        7: "roster-earlier-unreadable",
        8: "roster-earlier-comma",
    }
    assert [(one.event, one.rows, one.refused, one.going) for one in plan.events] == [
        ("E", 3, 3, 0),
        ("F", 3, 2, 1),
    ]
    station.close()


def test_a_person_in_two_rows_counts_once(tmp_path: Path) -> None:
    station = opened(event(E, BEST_TWO))
    plan = planned(
        station,
        tmp_path,
        "E,样例选手01,样例一厂,11010519491231002X,90",
        "E,样例选手01,样例一厂,11010519491231002X,95",
        header="赛项,姓名,单位,身份证号,成绩",
    )
    assert plan.roster.rows[1].has_error
    assert [(one.going, one.lowest) for one in plan.events] == [(1, "90")]
    station.close()


def test_groups_are_asked_about_one_by_one(tmp_path: Path) -> None:
    station = opened(event(E, Qualification(number=1), DividedBy.GROUP))
    plan = planned(
        station,
        tmp_path,
        *("E,样例选手01,样例一厂,职工组,90", "E,样例选手02,样例一厂,职工组,95"),
        *("E,样例选手03,样例一厂,学生组,60", "E,样例选手04,样例一厂,学生组,50"),
        header="赛项,姓名,单位,组别,总分",
    )
    import_roster(station, plan.roster)
    assert sorted(enrolled(station).values()) == [("样例选手02", "95"), ("样例选手03", "60")]
    station.close()


def test_without_totals_or_without_a_rule_nobody_is_selected(tmp_path: Path) -> None:
    station = opened(event(E, None))
    with pytest.raises(RuleBroken, match="selection-without-totals"):
        planned(station, tmp_path, "E,样例选手01,样例一厂", header="赛项,姓名,单位")
    with pytest.raises(RuleBroken, match="selection-no-rule"):
        planned(station, tmp_path, "E,1,样例选手01,样例一厂,,90")
    station.close()


def test_a_total_that_comes_after_the_freeze_is_on_the_sheet_at_once(tmp_path: Path) -> None:
    station = opened(event(E, None))
    setup.freeze(station, E)
    path = tmp_path / "roster.csv"

    def arrives(total: str, reason: str = "") -> None:
        path.write_text(f"姓名,单位,初赛成绩\n样例选手01,样例一厂,{total}", encoding="utf-8")
        sheet = read_roster(path)
        plan = plan_roster(station, sheet, sheet.mapping, sha256=file_digest(path))
        import_roster(station, plan, reason=reason)

    arrives("3500")
    (mark,) = queries.current_marks(station.connection, E)
    assert (mark.entry, mark.aspect, mark.measured) == ("E-01", "P1.1", "3500")
    # Another total would not replace what stands on a sheet.
    with pytest.raises(RuleBroken, match="earlier-total-on-sheet"):
        arrives("3400", "更正")
    assert enrolled(station) == {"01": ("样例选手01", "3500")}
    # A list without totals takes none back.
    with pytest.raises(RuleBroken, match="roster-nothing-to-import"):
        arrives("")
    station.close()
