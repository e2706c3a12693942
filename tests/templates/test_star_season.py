"""A season of matches: the template's own match and two more, and who is paid an allowance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.combined import Result, combine
from app.domain.consequences import star_of
from app.domain.ids import EntryId, EventCode
from app.domain.points import format_points, parse_points
from app.services import live
from app.services.allowances import event_allowances
from app.services.standings import combined_standing
from app.words import Words
from tests.templates.worked import run, scheme_of, table, worked

if TYPE_CHECKING:
    from pathlib import Path

    from tests.templates.worked import Row


def result(match: str, number: str, rank: int, sharing: int) -> Result:
    """A place in a match; a season by points for places asks for nothing else."""
    entry = EntryId(f"{match}-{number}")
    return Result(EventCode(match), entry, number, "", rank, sharing, parse_points("0"))


def places(given: list[Row], match: str) -> list[Result]:
    ranks = {row["entry"]: row[match] for row in given if row[match]}
    taken = list(ranks.values())
    return [result(match, who, int(rank), taken.count(rank)) for who, rank in ranks.items()]


def test_the_best_two_matches_of_a_season_count() -> None:
    case = worked("star-craftsman")
    given = case.more["season"]
    first = [
        result("JOINERY", row["entry"], int(row["rank"]), 1) for row in case.events[0].expected
    ]
    later = table(given["places"])
    (season,) = scheme_of(case.key).scheme.competition.standings
    rows = combine(season, [*first, *places(later, "M2"), *places(later, "M3")])
    assert [
        {"rank": str(row.rank or ""), "entry": row.of, "total": format_points(row.total, 0)}
        for row in rows
    ] == table(given["expected"])


def test_after_one_match_points_stand_but_no_rank_yet(tmp_path: Path) -> None:
    case = worked("star-craftsman")
    station = run(case, tmp_path)
    season = combined_standing(station, "season")
    assert [(row.counted, row.rank, row.total) for row in season.rows] == [
        (("JOINERY-01",), None, "10.00"),
        (("JOINERY-04",), None, "8.00"),
        (("JOINERY-03",), None, "6.00"),
        (("JOINERY-02",), None, "5.00"),
    ]
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


def test_the_sheet_of_allowances_adds_up_for_one_match(tmp_path: Path) -> None:
    case = worked("star-craftsman")
    station = run(case, tmp_path)
    sheet = event_allowances(station, case.events[0].code, Words.load("zh"))
    rows = [
        {"name": row.name, "star": row.star, "sum": row.sum} for row in (*sheet.rows, sheet.total)
    ]
    assert rows == table(case.more["season"]["sheet"])
    station.close()
