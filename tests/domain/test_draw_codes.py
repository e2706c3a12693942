"""Work codes: unique, keyable, saying nothing of the entry, and noticing a slip of the finger."""

from __future__ import annotations

import pytest

from app.domain.draw_codes import check_digit, draw_codes
from app.domain.errors import RuleBroken
from app.domain.ids import EntryId, ModuleId

SEED = bytes(range(32))
MODULE = ModuleId("A")


def numbered(count: int) -> list[EntryId]:
    return [EntryId(str(number)) for number in range(1, count + 1)]


def test_codes_are_the_published_ones_in_whatever_order_entries_are_listed() -> None:
    expected = {"1": "5127", "2": "2385", "3": "6089", "4": "9664", "5": "8897"}
    assert draw_codes(SEED, MODULE, numbered(5)) == expected
    assert draw_codes(SEED, MODULE, reversed(numbered(5))) == expected


def test_the_check_digit_is_that_of_the_published_example() -> None:
    assert check_digit("572") == "4"


def is_whole(code: str) -> bool:
    return check_digit(code[:-1]) == code[-1]


def test_every_single_wrong_digit_and_every_swap_of_neighbours_is_noticed() -> None:
    for number in range(100, 1_000):
        code = f"{number}{check_digit(str(number))}"
        for place in range(4):
            for digit in "0123456789":
                wrong = code[:place] + digit + code[place + 1 :]
                assert wrong == code or not is_whole(wrong)
        for place in range(3):
            swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
            assert swapped == code or not is_whole(swapped)


def test_a_prefix_goes_before_the_digits() -> None:
    codes = draw_codes(SEED, MODULE, numbered(28), prefix="B-")
    assert all(code.startswith("B-") and len(code) == 6 for code in codes.values())
    assert all(is_whole(code.removeprefix("B-")) for code in codes.values())


@pytest.mark.parametrize("prefix", ["I", "O-", "L", "A1", "-", "a", "赛"])
def test_a_prefix_that_could_be_misread_is_refused(prefix: str) -> None:
    with pytest.raises(RuleBroken, match="code-prefix-unreadable"):
        draw_codes(SEED, MODULE, numbered(2), prefix=prefix)


def test_codes_are_unique_even_when_every_number_is_taken() -> None:
    codes = draw_codes(SEED, MODULE, numbered(900), digits=3)
    assert sorted(code[:3] for code in codes.values()) == [str(n) for n in range(100, 1_000)]


def test_codes_grow_with_the_field_and_refuse_to_be_too_short() -> None:
    assert {len(code) for code in draw_codes(SEED, MODULE, numbered(450)).values()} == {4}
    assert {len(code) for code in draw_codes(SEED, MODULE, numbered(1_136)).values()} == {5}
    with pytest.raises(RuleBroken, match="codes-too-short"):
        draw_codes(SEED, MODULE, numbered(901), digits=3)
    with pytest.raises(RuleBroken, match="codes-too-short"):
        draw_codes(SEED, MODULE, numbered(5), digits=2)


def test_the_codes_of_another_module_do_not_follow_from_these() -> None:
    here = draw_codes(SEED, MODULE, numbered(28))
    there = draw_codes(SEED, ModuleId("B"), numbered(28))
    assert sum(here[entry] == there[entry] for entry in here) <= 1


def test_codes_do_not_follow_the_order_of_entries() -> None:
    codes = draw_codes(SEED, MODULE, sorted(numbered(28)))
    assert list(codes.values()) != sorted(codes.values())
