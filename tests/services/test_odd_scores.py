"""Every kind of panel is looked at alike: far from the others, or beyond what the rules allow."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from app.domain.methods import Closest, Judgement, Median, Panel, scale_width, spread_limit
from app.services.marking import commit_sheet, sheet
from app.services.overview import event_progress
from app.services.review import odd_scores
from app.services.station import Station
from tests.services.marking_samples import J1, J2, J3, points, scores
from tests.services.method_samples import M, T, method_station


@pytest.fixture
def station() -> Iterator[Station]:
    opened = method_station()
    yield opened
    opened.close()


def judged(station: Station) -> None:
    for judge, text in ((J1, "8 8"), (J2, "9 9"), (J3, "3 8")):
        seen = sheet(station, M, T, "01", judge)
        commit_sheet(station, seen, scores(text, "T2.1", "T2.2"), partial=True)


def test_a_score_far_from_the_median_panel_is_worth_a_look(station: Station) -> None:
    judged(station)
    (odd,) = odd_scores(station, M, T)
    assert (odd.work, odd.aspect.id, odd.outlier.of) == ("01", "T2.1", J3)
    assert odd.outlier.value == points("3")


def test_scores_of_the_closest_beyond_their_spread_are_counted_as_apart(station: Station) -> None:
    for judge, text in ((J1, "8 8"), (J2, "9 9"), (J3, "8 3")):
        seen = sheet(station, M, T, "02", judge)
        commit_sheet(station, seen, scores(text, "T2.1", "T2.2"), partial=True)
    assert event_progress(station, M).modules[0].spread_broken == 1
    assert odd_scores(station, M, T) == ()


@pytest.mark.parametrize(
    ("method", "limit", "width"),
    [
        (Judgement(), "1", "3"),
        (Panel(judges=5, highest=Decimal(10), lowest=Decimal(4)), None, "6"),
        (Median(judges=5, highest=Decimal(10), spread=Decimal("1.5")), "1.5", "10"),
        (Closest(judges=3, highest=Decimal(100), spread=Decimal(20)), "20", "100"),
    ],
)
def test_how_far_scores_may_lie_apart(
    method: Judgement | Panel | Median | Closest, limit: str | None, width: str
) -> None:
    assert spread_limit(method) == (None if limit is None else points(limit))
    assert scale_width(method) == points(width)
