"""Records for one cell that did not know of each other (争议): all kept, none counted.

A mark names the record it replaces. After a merge, two marks for one cell may both be unreplaced;
neither is the newer one, because laptop clocks lie. They stand side by side until the chief judge
settles it.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.entries import Cell
from app.domain.ids import OpId


@dataclass(frozen=True, slots=True)
class Claim:
    """One unreplaced record for a cell: its op and what it says."""

    op: OpId
    cell: Cell


@dataclass(frozen=True, slots=True)
class Dispute:
    """The claims of one cell, two or more.

    Claims that say the same are a dispute too: that two people each believed the cell was theirs is
    worth a look, and settling it costs one key.
    """

    claims: tuple[Claim, ...]
