"""Records for one cell that did not know of each other (争议): all kept, none counted.

A mark names the record it replaces. After a merge, two marks for one cell may both be unreplaced;
neither is the newer one, because laptop clocks lie. They stand side by side until the chief judge
settles it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.entries import Cell
from app.domain.ids import OpId


@dataclass(frozen=True, slots=True)
class Claim:
    """One record for a cell: its op, the op it replaces if any, and what it says."""

    op: OpId
    replaces: OpId | None
    cell: Cell


@dataclass(frozen=True, slots=True)
class Dispute:
    """The unreplaced claims of one cell, two or more, in the order of their op ids."""

    claims: tuple[Claim, ...]


def held_by(claims: Iterable[Claim]) -> Cell | Dispute | None:
    """What the cell holds: nothing, one unreplaced mark, or the dispute of several.

    Two claims that say the same are a dispute too: that two people each believed the cell was
    theirs is worth a look, and settling it costs one key.
    """
    known = {claim.op: claim for claim in claims}
    replaced = {claim.replaces for claim in known.values()}
    standing = [known[op] for op in sorted(known) if op not in replaced]
    match standing:
        case []:
            return None
        case [claim]:
            return claim.cell
        case _:
            return Dispute(tuple(standing))
