"""A season of matches: the template's own match and two more, and who is paid an allowance."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from app.domain.consequences import star_of
from app.domain.points import SCALE
from app.domain.rounds import SeasonRule, match_points, place_points, season
from app.services import live
from tests.templates.worked import run, table, worked

if TYPE_CHECKING:
    from pathlib import Path

    from app.domain.points import Exact


def test_the_best_two_matches_of_a_season_count(tmp_path: Path) -> None:
    case = worked("star-craftsman")
    given = case.more["season"]
    station = run(case, tmp_path)
    board = live.board(station, case.events[0].code)
    rule = SeasonRule(
        best=given["best"],
        least=given["least"],
        points=tuple(Decimal(point) for point in given["points"]),
    )
    results: dict[str, dict[str, Exact]] = {
        entry.rpartition("-")[2]: {"M1": points}
        for entry, points in match_points(rule, board.ranking.rows).items()
    }
    for row in table(given["places"]):
        for match in ("M2", "M3"):
            if row[match]:
                sharing = sum(row[match] == other[match] for other in table(given["places"]))
                points = place_points(rule.points, int(row[match]), sharing)
                results[row["entry"]][match] = points
    standings = [
        {"rank": str(row.rank or ""), "entry": row.of, "total": str(row.total / SCALE)}
        for row in season(rule, results)
    ]
    assert standings == table(given["expected"])
    station.close()


def test_stars_come_with_their_monthly_allowance(tmp_path: Path) -> None:
    case = worked("star-craftsman")
    station = run(case, tmp_path)
    board = live.board(station, case.events[0].code)
    bands = [
        (row.entry.rpartition("-")[2], star_of(board.event.awards.stars, row.total))
        for row in board.ranking.rows
    ]
    paid = [
        {"entry": entry, "yuan": str(band.allowance), "months": str(band.months)}
        for entry, band in bands
        if band is not None
    ]
    assert paid == table(case.more["season"]["allowances"])
    station.close()
