"""The rules of going from one round to the next as data (晋级), part of an event's rules."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from app.domain.award_rules import BoundaryTie


class Qualification(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """晋级规则: the best ``number``, at most ``per_unit`` of a unit, then ``reserves``.

    ``None`` sets no limit. ``boundary`` says whether all go who share the last place, or none.
    """

    number: int | None = None
    per_unit: int | None = None
    reserves: int = 0
    minimum: Decimal | None = None
    boundary: BoundaryTie = BoundaryTie.INCLUDE
