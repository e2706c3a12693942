"""Several values of one cell: counts by key, amounts, points with their proof."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.domain.errors import RuleBroken
from app.domain.methods import Adjustment, Method, TimeLinear
from tests.services.method_samples import BENEFIT, BONUS, FAULTS, QUALITY_BANDS, TALLY, WEIGHTED
from ui.screens.marking.parts_entry import PartsEntry


def entry_of(method: Method, keys: str, held: str | None = None) -> PartsEntry:
    """``v`` goes to the next part, ``<`` is Backspace."""
    entry = PartsEntry(method, held)
    for key in keys:
        match key:
            case "v":
                entry.step(1)
            case "<":
                entry.rub_out()
            case _:
                entry.press(key)
    return entry


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("3", "F1=3"),
        ("12", "F1=12"),
        ("++-", "F1=1"),
        ("2v+", "F1=2;F2=1"),
        ("2v1<", "F1=2"),
        ("0", "-"),
        ("-", "-"),
    ],
)
def test_faults_are_counted_by_digits_or_plus_and_minus(keys: str, text: str) -> None:
    entry = entry_of(FAULTS, keys)
    assert entry.is_changed
    assert entry.text() == text


def test_nothing_typed_is_nothing_and_not_a_clean_sheet() -> None:
    assert not entry_of(FAULTS, "").is_changed
    assert not entry_of(FAULTS, "2<<").is_changed


def test_a_count_is_typed_over_after_coming_back_to_it() -> None:
    entry = entry_of(FAULTS, "3v1", held="F1=1")
    assert entry.text() == "F1=3;F2=1"
    entry.step(-1)
    entry.press("2")
    assert entry.text() == "F1=2;F2=1"
    assert not entry.step(-1)


def test_wrongs_are_counted_beside_rights() -> None:
    assert entry_of(TALLY, "8v1").text() == "R=8;W=1"


def test_every_weighted_part_is_asked_for() -> None:
    entry = entry_of(WEIGHTED, "80")
    assert entry.missing() == 1
    entry.go_to(1)
    for key in "75.5":
        entry.press(key)
    assert entry.missing() is None
    assert entry.text() == "A=80;B=75.5"


def test_a_time_stands_beside_its_quality() -> None:
    assert entry_of(QUALITY_BANDS, "14/30v80").text() == "Q=80;T=14:30"


def test_the_readings_of_two_watches_stand_beside_the_quality() -> None:
    early = TimeLinear(
        full=Decimal(600),
        zero=Decimal(1200),
        quality=Decimal(100),
        least_quality=Decimal(60),
        watches=2,
    )
    assert entry_of(early, "14/30.2+14/30v80").text() == "Q=80;T=14:30.2+14:30"
    assert entry_of(early, "14/30").missing() == 1


def test_what_adjusts_a_time_is_counted_beside_it_and_may_be_left_out() -> None:
    run = TimeLinear(
        full=Decimal(0),
        zero=Decimal(600),
        adjustments=(Adjustment("F1", "碰杆", Decimal(5)), Adjustment("B", "提前", Decimal(-10))),
    )
    assert entry_of(run, "7/32.4v2").text() == "F1=2;T=7:32.4"
    assert entry_of(run, "7/32.4").missing() is None
    assert PartsEntry(run, None).missing() == 0


def test_an_amount_carries_the_mark_within_its_band() -> None:
    assert entry_of(BENEFIT, "650000@28v40").text() == "hours=40;money=650000@28"
    assert entry_of(BENEFIT, "-").text() == "-"
    assert not PartsEntry(BENEFIT, None).press("a")


def test_fixed_points_need_only_their_document() -> None:
    entry = entry_of(BONUS, "专利 2026-14v1.5@论文")
    assert entry.text() == "PAPER=1.5@论文;PATENT=3@专利 2026-14"
    again = PartsEntry(BONUS, "PATENT=3@专利 2026-14")
    assert again.typed == {"PATENT": "专利 2026-14"}
    assert not again.is_changed


def test_what_would_break_the_record_is_no_key_of_a_proof() -> None:
    entry = entry_of(BONUS, "A=B;C")
    assert entry.text() == "PATENT=3@ABC"


def test_a_part_of_a_record_that_the_rules_do_not_have_is_not_shown() -> None:
    entry = PartsEntry(FAULTS, "F1=1")
    with pytest.raises(RuleBroken, match="part-repeated"):
        PartsEntry(FAULTS, "F1=1;F1=2")
    assert [part.code for part in entry.parts] == ["F1", "F2", "F3"]
