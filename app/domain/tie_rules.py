"""The rules of equal totals as data (同分处理): part of an event's rules, so of what is hashed."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Direction(StrEnum):
    """Which of two values ranks first."""

    HIGHER = "higher"
    LOWER = "lower"


class TieKey(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """同分处理: compare ``by`` when totals are equal, at ``places`` decimals.

    ``by`` is ``component:ID``, ``module:ID``, ``subcriterion:ID``, ``aspect:ID`` or ``time:ID``
    (used time of a module, in whole seconds), ``time`` for all modules together, or ``base``, the
    total before what added components give and penalties take.
    """

    by: str
    direction: Direction = Direction.HIGHER
    places: int = 2


class OnRemaining(StrEnum):
    """What parts entries that every tie key leaves equal (并列的最终处理).

    Shared ranks need nothing; the others need a recorded decision: a play-off (加赛), a lot (抽签),
    or the chief judge's ruling (裁判长裁定).
    """

    SHARE = "share"
    PLAYOFF = "playoff"
    LOT = "lot"
    CHIEF = "chief"
