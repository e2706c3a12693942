"""How many columns make the tiles largest, and which tile is next to which; no Qt in here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SHAPE = 17, 10
"""A clock reads best in a tile of about this width to height."""


@dataclass(frozen=True, slots=True)
class Grid:
    """So many columns, and the rows each group takes."""

    columns: int
    rows: tuple[int, ...]


def best_grid(sizes: Sequence[int], *, width: int, height: int, gap: int) -> Grid:
    """The grid for groups of these sizes that lets the time stand largest; lengths in pixels."""

    def largest(columns: int) -> tuple[int, int]:
        rows = sum(-(-size // columns) for size in sizes)
        wide = (width - gap * (columns - 1)) // columns
        high = (height - gap * rows) // max(1, rows)
        # Fewer columns where two grids are as good: a wall is read from the left.
        return min(wide * SHAPE[1], high * SHAPE[0]), -columns

    columns = max(range(1, max(sizes, default=1) + 1), key=largest)
    return Grid(columns, tuple(-(-size // columns) for size in sizes))


def neighbour(sizes: Sequence[int], columns: int, place: int, way: tuple[int, int]) -> int:
    """The tile beside, above or below, also across groups; the same one at the edge."""
    steps, lines = way
    last = sum(sizes) - 1
    if steps:
        return max(0, min(last, place + steps))
    cells = [(group, index) for group, size in enumerate(sizes) for index in range(size)]
    rows: list[list[int]] = []
    for number, (_, index) in enumerate(cells):
        if index % columns == 0:
            rows.append([])
        rows[-1].append(number)
    line = next(at for at, row in enumerate(rows) if place in row)
    target = line + lines
    if not 0 <= target < len(rows):
        return place
    column = rows[line].index(place)
    return rows[target][min(column, len(rows[target]) - 1)]
