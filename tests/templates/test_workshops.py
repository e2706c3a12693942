"""A month's campaign: crews against their targets day by day, workshops by the sum of two."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from app.domain.ids import EventCode
from app.services.counting import output_progress
from app.services.standings import combined_standing
from tests.templates.worked import run, table, worked

if TYPE_CHECKING:
    from pathlib import Path


def test_workshops_are_ranked_by_the_sum_of_their_crews(tmp_path: Path) -> None:
    case = worked("team-output")
    station = run(case, tmp_path)
    standings = [
        {"rank": str(row.rank), "workshop": row.of, "total": row.total}
        for row in combined_standing(station, "workshops").rows
    ]
    assert standings == table(case.more["workshops"]["expected"])
    station.close()


def test_progress_adds_up_to_the_shafts_of_the_half_month_and_the_month(tmp_path: Path) -> None:
    station = run(worked("team-output"), tmp_path)
    progress = output_progress(station, EventCode("SHAFT"))
    assert sum(team.done[14] for team in progress.teams) == 160
    assert sum(team.done[-1] for team in progress.teams) == 289
    assert [int(team.done[-1]) for team in progress.teams] == [54, 67, 50, 58, 60]
    assert (progress.target[14], progress.target[-1]) == (Fraction(30), Fraction(60))
    station.close()
