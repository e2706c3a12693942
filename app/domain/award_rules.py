"""The rules of awards as data (奖项设置): part of an event's rules, so of what is hashed."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct


class Quota(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """奖项: how many of the ranked get this award, by ``percent`` or by ``number``, never both.

    Awards are given in the order listed. ``minimum`` is the least total that earns it.
    """

    award: str
    award_en: str = ""
    percent: Decimal | None = None
    number: int | None = None
    minimum: Decimal | None = None


class QuotaRounding(StrEnum):
    """How a fractional number of awards is settled."""

    FLOOR = "floor"
    CEIL = "ceil"
    HALF_UP = "half-up"


class QuotaBase(StrEnum):
    """Which entries a percentage is taken of."""

    REGISTERED = "registered"
    CHECKED_IN = "checked-in"
    RANKED = "ranked"


class BoundaryTie(StrEnum):
    """What happens when entries that share a rank straddle the last award."""

    INCLUDE = "include"
    EXCLUDE = "exclude"


class Awards(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Award quotas of an event; ``cumulative`` rounds the running sum instead of each level."""

    quotas: tuple[Quota, ...] = ()
    base: QuotaBase = QuotaBase.RANKED
    rounding: QuotaRounding = QuotaRounding.FLOOR
    cumulative: bool = True
    at_least_one_first: bool = True
    boundary: BoundaryTie = BoundaryTie.INCLUDE
