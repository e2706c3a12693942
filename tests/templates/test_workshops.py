"""Workshops compared by their crews: the sum of two, one that is missing counting 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
