"""What is typed and kept as text: numbers, codes of parts, days and counts, at their edges."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.domain.errors import RuleBroken
from app.domain.typed import check_day, is_part_code, parse_measured, parse_parts, part_count


def test_a_number_has_at_most_32_characters() -> None:
    longest = "1" * 30 + ".5"
    assert parse_measured(longest) == Decimal(longest)
    with pytest.raises(RuleBroken, match="number-unreadable"):
        parse_measured("1" + longest)


@pytest.mark.parametrize("code", ["A", "A1.1", "扣分", "x" * 20, "--"])
def test_a_code_is_twenty_characters_that_parts_are_not_written_in(code: str) -> None:
    assert is_part_code(code)


@pytest.mark.parametrize("code", ["", "-", "x" * 21, "A B", "A=1", "A;B", "A@B", "A,B", 'A"'])
def test_what_parts_are_written_in_is_no_code(code: str) -> None:
    assert not is_part_code(code)


def test_parts_may_take_two_thousand_characters() -> None:
    # 25 parts of 79 characters and 24 signs between them: 1999, and one more value sign 2000.
    parts = [f"P{n:02d}={'v' * 75}" for n in range(25)]
    text = ";".join(parts)
    assert len(text) == 1999
    assert len(parse_parts(text + "v")) == 25
    with pytest.raises(RuleBroken, match="parts-unreadable"):
        parse_parts(text + "vv")


@pytest.mark.parametrize(("typed", "count"), [("0", 0), ("7", 7), ("999", 999), ("007", 7)])
def test_a_number_of_times_has_three_digits_at_most(typed: str, count: int) -> None:
    assert part_count("A", typed) == count


@pytest.mark.parametrize("typed", ["", "1000", "-1", "1.5", "٣"])
def test_what_is_no_number_of_times_is_refused(typed: str) -> None:
    with pytest.raises(RuleBroken, match="part-count"):
        part_count("A", typed)


def test_a_day_is_written_in_one_way() -> None:
    assert check_day("2026-02-28") is None
    for text in ("2026-02-29", "2026-2-28", "20260228", "2026-W09-6", "x" * 50):
        assert check_day(text) == RuleBroken("day-unreadable", value=text[:40])
