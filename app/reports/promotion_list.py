"""The promotion list (晋级名单): who goes up to the next round and who stands by, to be signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from app.reports.paper import Target
from app.reports.signed_list import SignedList, who_columns, write_signed_list
from app.reports.tables import Column
from app.words import Words


@dataclass(frozen=True, slots=True)
class PromotionRow:
    """One entry, every value as the text that is printed."""

    division: str
    rank: str
    entry: str
    name: str
    unit: str
    total: str
    standing: str
    note: str = ""


PromotionList: TypeAlias = SignedList[PromotionRow]


def write_promotion_list(content: PromotionList, words: Words, target: Target) -> int:
    """Print the list; returns the number of pages. Raises ``RuleBroken`` for a missing glyph."""
    say = words.say
    columns = {
        **who_columns(words),
        "total": Column(say("nominations.total"), "right"),
        "standing": Column(say("promotion.standing"), wraps=True),
        "note": Column(say("promotion.note"), wraps=True),
    }
    return write_signed_list(content, say("promotion.title"), columns, words, target)
