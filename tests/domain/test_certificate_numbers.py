"""Certificate numbers: a published vector, and every slip of one key or one swap is noticed."""

from __future__ import annotations

import pytest

from app.domain.certificate_numbers import (
    DEFAULT_TEMPLATE,
    certificate_number,
    check_character,
    is_wellformed,
)
from app.domain.errors import RuleBroken
from app.domain.ids import EventCode, StationId

ROBOT = EventCode("ROBOT")
HERE = StationId("S7K2")
SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def test_the_check_character_is_that_of_the_standard() -> None:
    # A blood donation number, the vector that implementations of ISO 7064 MOD 37-2 publish.
    assert check_character("G123489654321") == "Y"


def test_a_number_says_year_event_station_and_count() -> None:
    number = certificate_number(DEFAULT_TEMPLATE, year=2026, event=ROBOT, n=7, station=HERE)
    assert number.startswith("2026ROBOT-S7K2-0007-")
    assert len(number) == 21
    assert is_wellformed(number)


def test_signs_between_the_characters_and_their_case_do_not_count() -> None:
    assert check_character("g1234-8965/4321") == "Y"
    assert is_wellformed("g1234-8965-4321-y")


def test_every_single_wrong_character_is_noticed() -> None:
    number = certificate_number(DEFAULT_TEMPLATE, year=2026, event=ROBOT, n=84, station=HERE)
    for place, right in enumerate(number):
        if right in SIGNS:
            for wrong in SIGNS:
                slip = number[:place] + wrong + number[place + 1 :]
                assert is_wellformed(slip) == (wrong == right)


def test_every_swap_of_two_neighbours_is_noticed() -> None:
    for n in range(1, 300):
        number = certificate_number(
            "{year}{event}{n:04d}{check}", year=2026, event=ROBOT, n=n, station=HERE
        )
        for place in range(len(number) - 1):
            left, right = number[place], number[place + 1]
            swapped = number[:place] + right + left + number[place + 2 :]
            assert is_wellformed(swapped) == (left == right)


def test_numbers_of_one_event_differ() -> None:
    numbers = {
        certificate_number("{n:04d}{check}", year=2026, event=ROBOT, n=n, station=HERE)
        for n in range(900)
    }
    assert len(numbers) == 900


@pytest.mark.parametrize(
    "template", ["{n:04d}", "{check}{n}", "{nobody}{n}{check}", "{n:zz}{check}", ""]
)
def test_a_template_that_cannot_work_is_refused(template: str) -> None:
    with pytest.raises(RuleBroken, match="certificate-number-template"):
        certificate_number(template, year=2026, event=ROBOT, n=1, station=HERE)


@pytest.mark.parametrize("text", ["", "*", "7", "准绳"])
def test_what_is_too_short_is_no_number(text: str) -> None:
    assert not is_wellformed(text)
