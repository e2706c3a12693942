"""From one level to the next: who goes up, and their totals carried into the next file."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from app.domain.points import format_points
from app.domain.rounds import CarryOver, Qualification, carried_mark, qualify
from app.services import live, results, roll
from tests.templates.worked import as_table, run, table, worked

if TYPE_CHECKING:
    from pathlib import Path


def test_the_best_of_each_unit_go_up_and_carry_their_totals_along(tmp_path: Path) -> None:
    case = worked("selection-round")
    (event,) = case.events
    station = run(case, tmp_path)
    ranking = live.board(station, event.code).ranking
    given, later = case.more["promotion"], case.more["next"]
    rule = Qualification(
        places=given["places"],
        per_unit=given["per_unit"],
        reserves=given["reserves"],
        minimum=Decimal(given["minimum"]),
    )
    units = {entry.id: entry.unit for entry in roll.roll(station, event.code)}
    up = qualify(rule, ranking.rows, units)
    assert [entry.rpartition("-")[2] for entry in up.entries] == given["going"]
    assert [entry.rpartition("-")[2] for entry in up.reserves] == given["standing_by"]

    persons = {it.entry.id: it for it in roll.registered(station, event.code)}
    totals = {row.entry: row.total for row in ranking.rows}
    roster = ["参赛编号,姓名,工作单位"]
    roster += [
        f"{persons[entry].entry.number},{persons[entry].name},{units[entry]}"
        for entry in up.entries
    ]
    carried = {
        persons[entry].entry.number: carried_mark(CarryOver(maximum=Decimal(100)), totals[entry])
        for entry in up.entries
    }
    marks = [
        {**row, "P1.1": format_points(carried[row["entry"]], 2)} for row in table(later["marks"])
    ]
    station.close()

    folder = tmp_path / "next"
    folder.mkdir()
    wanted = table(later["expected"])
    following = replace(
        case, roster="\n".join(roster), events=[replace(event, marks=marks, expected=wanted)]
    )
    station = run(following, folder)
    rows = results.in_force(station, event.code).fact.rows
    assert as_table(rows, list(wanted[0])) == wanted
    station.close()
