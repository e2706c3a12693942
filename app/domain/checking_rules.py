"""How keyed marks are checked against the paper: by a second person, and by sampling (复核规则).

Source: domain rules 2.6 and 6. Both are off unless a scheme asks for them.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct


class EntryCheck(StrEnum):
    """二次核对: what a second person does before a sheet counts as entered.

    ``confirm`` compares what was entered with the paper; ``rekey`` (盲录) types the sheet again
    without seeing it.
    """

    NONE = "none"
    CONFIRM = "confirm"
    REKEY = "rekey"


class RecheckRule(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """复核抽查: which part of the ranked list is compared with the paper before the final result.

    ``top`` of the list is all rechecked, of the rest a random ``rest``; when more than ``limit`` of
    what was rechecked holds an error, everything is. ``top_number`` is a fixed number of the best
    instead of a part.
    """

    top: Decimal = Decimal("0.30")
    rest: Decimal = Decimal("0.15")
    limit: Decimal = Decimal("0.05")
    top_number: int | None = None
