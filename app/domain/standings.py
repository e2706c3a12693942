"""Shared ranks over anything that has a list of values: seasons, teams, delegations.

The first value counts, the next ones part equals; higher is better. Equals share the rank and the
next is skipped: 1, 1, 3. Whatever is level is listed by its name, so the order never depends on
the order of the input.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TypeVar

from app.domain.points import Exact

Of = TypeVar("Of", bound=str)


def ranks(values: Mapping[Of, Sequence[Exact]]) -> dict[Of, int]:
    """The rank of everybody, best first. A shorter list is filled up with zeros."""
    longest = max((len(own) for own in values.values()), default=0)

    def order(of: Of) -> tuple[Exact, ...]:
        own = values[of]
        return tuple([-value for value in own] + [0] * (longest - len(own)))

    placed: dict[Of, int] = {}
    for _, group in groupby(sorted(values, key=lambda of: (order(of), of)), key=order):
        place = len(placed) + 1
        placed.update(dict.fromkeys(group, place))
    return placed
