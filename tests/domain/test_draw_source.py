"""The stream of lots: literals worked out by a separate program written from the docstring."""

from __future__ import annotations

from collections import Counter

import pytest

from app.domain.draw_source import LotSource, check_seed, commitment
from app.domain.errors import RuleBroken

SEED = bytes(range(32))
COMMITMENT = "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd"


def test_the_commitment_is_the_sha_256_of_the_seed() -> None:
    assert commitment(SEED) == COMMITMENT


def test_a_seed_is_checked_against_what_was_shown_before() -> None:
    check_seed(SEED, COMMITMENT)
    check_seed(SEED, f" {COMMITMENT.upper()}\n")
    with pytest.raises(RuleBroken, match="draw-seed-not-committed"):
        check_seed(bytes(32), COMMITMENT)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_seed_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(RuleBroken) as refused:
        commitment(bytes(length))
    assert refused.value == RuleBroken("draw-seed-wrong-length", length=length, expected=32)


def test_the_stream_gives_the_published_numbers() -> None:
    source = LotSource(SEED, "test")
    assert [source.below(6) for _ in range(12)] == [5, 4, 2, 5, 5, 4, 4, 1, 4, 0, 3, 0]


def test_a_number_that_would_favour_some_values_is_drawn_again() -> None:
    source = LotSource(SEED, "test")
    assert [source.below(2**63 + 1) for _ in range(3)] == [
        7437596564785018810,
        4534475463389945867,
        2509009364351794144,
    ]
    assert source.counter == 6


def test_the_shuffle_gives_the_published_order() -> None:
    assert "".join(LotSource(SEED, "test").shuffled("ABCDEFGHIJ")) == "CGBAHFDIEJ"


def test_every_order_of_four_is_about_equally_likely() -> None:
    source = LotSource(SEED, "uniform")
    seen = Counter("".join(source.shuffled("ABCD")) for _ in range(4_800))
    assert len(seen) == 24
    # 200 are expected of each, with a standard deviation of 14.
    assert min(seen.values()) > 130
    assert max(seen.values()) < 270
