"""The reasons a scheme knows for taking marks or a result away (违规扣分项)."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct


class PenaltyEffect(StrEnum):
    """What a booked reason does: ``cap`` limits what is left to its points (封顶), and ``redo``
    (重做) keeps the result open until the work is done again and the reason lifted."""

    DEDUCT = "deduct"
    MODULE_ZERO = "module-zero"
    EVENT_ZERO = "event-zero"
    DISQUALIFY = "disqualify"
    CAP = "cap"
    REDO = "redo"


class PenaltyReason(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """违规扣分项: a reason with a code, what it does and, for a deduction, how many marks.

    With ``then`` it can be booked ``times`` times against one entry; after that the reason of that
    code is what follows (屡犯加重): a warning with marks off, then disqualification.
    """

    code: str
    name: str
    name_en: str = ""
    effect: PenaltyEffect = PenaltyEffect.DEDUCT
    points: Decimal = Decimal(0)
    then: str = ""
    times: int = 1
