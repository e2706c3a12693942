"""Workshops compared by their crews: the sum of two, one that is missing counting 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.points import Points, format_points
from app.domain.teams import TeamRule, team_standings
from app.services import live, roll
from tests.templates.worked import run, table, worked

if TYPE_CHECKING:
    from pathlib import Path

    from app.domain.points import Exact


def test_workshops_are_ranked_by_the_sum_of_their_crews(tmp_path: Path) -> None:
    case = worked("team-output")
    station = run(case, tmp_path)
    code = case.events[0].code
    units = {entry.id: entry.unit for entry in roll.roll(station, code)}
    crews: dict[str, list[list[Exact]]] = {}
    for row in live.board(station, code).ranking.rows:
        crews.setdefault(units[row.entry], []).append([row.total])
    rule = TeamRule(members=case.more["workshops"]["members"])
    standings = [
        {"rank": str(rank), "workshop": name, "total": format_points(Points(int(total)), 2)}
        for name, (rank, total) in team_standings(rule, crews).items()
    ]
    assert standings == table(case.more["workshops"]["expected"])
    station.close()
