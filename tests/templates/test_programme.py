"""Stars of the month, best of the quarter and half-year, and the figures of a programme."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from app.domain.ids import EventCode
from app.domain.points import plain_points
from app.domain.proposal_report import Period
from app.domain.proposal_rules import Span
from app.services.proposing import period_ranking
from app.services.standings import combined_standing
from tests.templates.worked import run, table, worked

if TYPE_CHECKING:
    from pathlib import Path

    from app.services.station import Station

YEAR = 2026


def _ranked(station: Station, event: EventCode, span: str, number: str) -> list[dict[str, str]]:
    found = period_ranking(station, event, Period(YEAR, int(number), Span(span)))
    return [
        {
            "span": span,
            "number": number,
            "rank": str(row.rank),
            "entry": row.number,
            "points": plain_points(row.points),
            "count": str(row.count),
            "adopted": str(row.adopted),
            "award": row.award,
        }
        for row in found.rows
    ]


@pytest.mark.parametrize("key", ["improvement-programme", "proposals"])
def test_months_quarters_and_half_years_have_their_own_rankings(key: str, tmp_path: Path) -> None:
    case = worked(key)
    station = run(case, tmp_path)
    for code, text in case.more["periods"].items():
        expected = table(text)
        wanted = dict.fromkeys((row["span"], row["number"]) for row in expected)
        found = [row for one in wanted for row in _ranked(station, EventCode(code), *one)]
        assert found == expected
    station.close()


def test_proposals_projects_and_quiz_make_one_ranking_of_workshops(tmp_path: Path) -> None:
    case = worked("improvement-programme")
    station = run(case, tmp_path)
    quality = combined_standing(station, "quality")
    assert [
        {
            "rank": str(row.rank),
            "workshop": row.of,
            "total": row.total,
            "award": row.award,
            "counted": " ".join(row.counted),
            "left_out": " ".join(row.left_out),
        }
        for row in quality.rows
    ] == table(case.more["quality"]["expected"])
    station.close()


def test_the_figures_of_a_half_year_are_those_counted_by_hand(tmp_path: Path) -> None:
    case = worked("proposals")
    given = case.more["figures"]
    station = run(case, tmp_path)
    found = period_ranking(station, case.events[0].code, Period(YEAR, 1, Span.HALF)).report
    counts = [found.count, found.accepted, found.adopted, found.implemented]
    assert counts == given["counts"]
    assert found.adoption == Fraction(given["adoption"])
    assert found.implementation == Fraction(given["implementation"])
    assert found.participation == Fraction(given["participation"])
    lines = [
        {"code": line.code, "stated": f"{line.stated:f}", "verified": f"{line.verified:f}"}
        for line in found.benefit
    ]
    assert lines == table(given["benefit"])
    station.close()
