"""The lot itself: unbiased whole numbers that follow from a seed, the same in every language.

The stream of a seed (32 bytes) and a label (text) is, for counter = 0, 1, 2, ...

    block   = SHA-256( seed || counter as 8 bytes, big-endian || label in UTF-8 )
    number  = the first 8 bytes of block, big-endian

``below(n)`` takes the next number v of the stream, again and again until
v < 2^64 - (2^64 mod n), and gives v mod n: every value is equally likely. ``shuffled(items)`` is
Fisher-Yates from the end: for i = len-1 down to 1 swap items i and below(i + 1), counting from 0.
Items must come in a canonical order, for the result depends on it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from app.domain.errors import RuleBroken

SEED_BYTES = 32

_RANGE = 2**64

T = TypeVar("T")


def commitment(seed: bytes) -> str:
    """What is shown before the draw (种子承诺): the SHA-256 of the seed in hexadecimal."""
    if len(seed) != SEED_BYTES:
        raise RuleBroken("draw-seed-wrong-length", length=len(seed), expected=SEED_BYTES)
    return hashlib.sha256(seed).hexdigest()


def check_seed(seed: bytes, committed: str) -> None:
    """Refuse a seed that is not the one committed to."""
    if commitment(seed) != committed.strip().lower():
        raise RuleBroken("draw-seed-not-committed")


@dataclass(slots=True)
class LotSource:
    """One stream of lots. It moves on with each number: make a new one to draw again."""

    seed: bytes
    label: str
    counter: int = 0

    def below(self, bound: int) -> int:
        """A whole number from 0 to ``bound`` - 1, each equally likely."""
        fair = _RANGE - _RANGE % bound
        while True:
            number = self._number()
            if number < fair:
                return number % bound

    def shuffled(self, items: Iterable[T]) -> list[T]:
        mixed = list(items)
        for last in range(len(mixed) - 1, 0, -1):
            chosen = self.below(last + 1)
            mixed[last], mixed[chosen] = mixed[chosen], mixed[last]
        return mixed

    def _number(self) -> int:
        counter = self.counter.to_bytes(8, "big")
        self.counter += 1
        block = hashlib.sha256(self.seed + counter + self.label.encode()).digest()
        return int.from_bytes(block[:8], "big")
