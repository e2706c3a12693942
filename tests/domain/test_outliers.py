"""Scores worth a second look: found even in small panels, and never over trifles."""

from __future__ import annotations

from app.domain.ids import JudgeId
from app.domain.outliers import Outlier, OutlierReason, median, outliers
from app.domain.points import Points, parse_points

STEP = Points(10_000)


def panel(*scores: str) -> dict[JudgeId, Points]:
    return {JudgeId(f"J{number}"): parse_points(text) for number, text in enumerate(scores, 1)}


def test_a_wild_score_among_five_is_found_by_both_measures() -> None:
    # The others: mean 8, sample deviation sqrt(2/3); 2 lies more than seven of those away.
    assert outliers(panel("8", "7", "2", "8", "9"), STEP) == (
        Outlier(
            JudgeId("J3"),
            Points(20_000),
            80_000,
            (OutlierReason.DIFFERS_FROM_PANEL, OutlierReason.BEYOND_Z),
        ),
    )


def test_a_panel_of_three_is_compared_with_its_median_alone() -> None:
    (found,) = outliers(panel("8", "8", "3"), Points(30_000))
    assert (found.of, found.reasons) == ("J3", (OutlierReason.DIFFERS_FROM_PANEL,))


def test_a_difference_within_reason_is_not_reported() -> None:
    assert outliers(panel("8", "8", "8", "8", "8.5"), STEP) == ()
    assert outliers(panel("8", "9", "7", "8", "9"), STEP) == ()


def test_two_scores_cannot_tell_which_one_is_wrong() -> None:
    assert outliers(panel("1", "9"), STEP) == ()


def test_a_score_far_off_a_wide_field_is_no_outlier_by_z() -> None:
    # The others: mean 5, sample deviation about 3.65; 8.5 lies less than one away.
    (found,) = [one for one in outliers(panel("1", "3", "7", "9", "8.5"), STEP) if one.of == "J5"]
    assert found.reasons == (OutlierReason.DIFFERS_FROM_PANEL,)


def test_two_and_a_half_deviations_are_the_limit_and_not_yet_beyond_it() -> None:
    # The others: mean 5, sample deviation sqrt((9 + 1 + 1 + 1) / 3) = 2, so 10 is 2.5 of them off.
    def reasons(score: str) -> tuple[OutlierReason, ...]:
        return next(
            one for one in outliers(panel("8", "4", "4", "4", score), STEP) if one.of == "J5"
        ).reasons

    assert reasons("10") == (OutlierReason.DIFFERS_FROM_PANEL,)
    assert reasons("10.01") == (OutlierReason.DIFFERS_FROM_PANEL, OutlierReason.BEYOND_Z)


def test_the_median_of_an_even_number_lies_between_the_middle_two() -> None:
    assert median([Points(10_000), Points(40_000), Points(20_000), Points(30_000)]) == 25_000
    assert median([Points(1), Points(2)]) * 2 == 3
    assert median([Points(7)]) == 7
