"""One line of the bench: a value, the floor it is held against, and whether the budget is met.

Machines differ and this one may be busy, so nothing is compared with a fixed time: a value and its
floor take turns in the same run, and what counts is the ratio of their medians.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from time import perf_counter
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Row:
    """``value`` and ``floor`` are in the unit the name ends with."""

    name: str
    value: float
    floor: float
    ratio: float
    budget: str
    ok: bool

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def at_most(times: float, name: str, value: float, floor: float) -> Row:
    """A row whose value may be so many times its floor."""
    ratio = value / floor
    return Row(name, value, floor, ratio, f"≤ {times:g}×", ratio <= times)


def at_least(times: float, name: str, value: float, floor: float) -> Row:
    """A row whose value must reach so many times its floor."""
    ratio = value / floor
    return Row(name, value, floor, ratio, f"≥ {times:g}×", ratio >= times)


Act: TypeAlias = Callable[[], float]
"""Does something once and returns the seconds that count, which need not be all it took."""


def take_turns(*acts: Act, rounds: int) -> tuple[list[float], ...]:
    """Run the acts in turn, backwards every other round, so that drift touches all alike."""
    taken: tuple[list[float], ...] = tuple([] for _ in acts)
    for number in range(rounds):
        order = list(enumerate(acts))
        for place, act in reversed(order) if number % 2 else order:
            taken[place].append(act())
    return taken


def medians(*acts: Act, rounds: int) -> tuple[float, ...]:
    return tuple(median(taken) for taken in take_turns(*acts, rounds=rounds))


def seconds(act: Callable[[], object]) -> float:
    """How long one call takes."""
    begun = perf_counter()
    act()
    return perf_counter() - begun


def table(rows: Sequence[Row]) -> str:
    """The rows for a person, columns lined up."""
    heads = ("", "value", "floor", "ratio", "budget", "")
    body = [
        (
            row.name,
            f"{row.value:,.2f}",
            f"{row.floor:,.2f}",
            f"{row.ratio:.2f}",
            row.budget,
            "ok" if row.ok else "MISSED",
        )
        for row in rows
    ]
    widths = [max(len(line[column]) for line in (heads, *body)) for column in range(len(heads))]
    return "\n".join(
        "  ".join(
            text.ljust(width) if column in {0, 5} else text.rjust(width)
            for column, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in (heads, *body)
    )
