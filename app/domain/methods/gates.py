"""The safety gate (一票否决): a condition on the sheet that is kept, or voids what the rules name.

The mark of a gate is its maximum when kept, often 0. What follows when it is not kept is the same
as for a booked penalty of that effect, so that raw marks stay for the review. Domain rules 3.4.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from app.domain.points import SCALE, ZERO, Points


class GateEffect(StrEnum):
    """What follows when a gate is not kept; ``cap`` limits the event's total."""

    EVENT_ZERO = "event-zero"
    MODULE_ZERO = "module-zero"
    CAP = "cap"
    REDO = "redo"


class Gate(
    Struct,
    frozen=True,
    tag="gate",
    tag_field="method",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """Kept (1) or not (0). ``cap`` is the most the total can then be, for that effect alone."""

    effect: GateEffect = GateEffect.MODULE_ZERO
    cap: Decimal | None = None
    clause: str = ""


def gate_mark(maximum: Points, value: Points) -> Points:
    """The maximum when kept, else nothing; most gates carry no mark of their own."""
    return maximum if value == SCALE else ZERO


def gate_faults(method: Gate) -> Iterator[str]:
    """What is wrong with a gate: a cap belongs to that effect and to no other."""
    is_capped = method.effect is GateEffect.CAP
    if is_capped is (method.cap is None) or (method.cap is not None and method.cap < 0):
        yield "gate-cap"
