"""A season of matches: the best results count, and who is paid an allowance for a star."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.services.allowances import standing_allowances
from app.services.standing_lines import standing_lines
from app.services.standings import combined_standing
from app.words import Words
from tests.templates.worked import run, table, worked

if TYPE_CHECKING:
    from pathlib import Path


def test_the_best_two_matches_of_a_season_count_and_give_a_star(tmp_path: Path) -> None:
    case = worked("star-craftsman")
    station = run(case, tmp_path)
    season = combined_standing(station, "season")
    lines = standing_lines(station, season, Words.load("zh"))
    assert [
        {
            "rank": str(row.rank or ""),
            "person": line.name,
            "total": row.total,
            "star": row.star,
            "counted": " ".join(row.counted),
            "left_out": " ".join(row.left_out),
        }
        for row, line in zip(season.rows, lines, strict=True)
    ] == table(case.more["season"]["expected"])
    station.close()


def test_the_sheet_of_allowances_adds_up_for_the_season(tmp_path: Path) -> None:
    case = worked("star-craftsman")
    station = run(case, tmp_path)
    sheet = standing_allowances(station, "season", Words.load("zh"))
    assert [
        {
            "name": row.name,
            "star": row.star,
            "allowance": row.allowance,
            "months": row.months,
            "sum": row.sum,
        }
        for row in (*sheet.rows, sheet.total)
    ] == table(case.more["season"]["allowances"])
    station.close()
