"""The list of nominations (拟推荐名单): what is proposed for whom and by which rule, to be signed.

It proposes and confers nothing; a scaled score on it is headed as the approximation it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from app.reports.paper import Target
from app.reports.signed_list import SignedList, who_columns, write_signed_list
from app.reports.tables import Column
from app.words import Words

_SCALED_ROOM = 66.0
"""Points for the heading that says the score is an approximation: it must not be torn apart."""


@dataclass(frozen=True, slots=True)
class NominationRow:
    """One entry, every value as the text that is printed; ``basis`` names the rules."""

    division: str
    rank: str
    entry: str
    name: str
    unit: str
    held: str
    total: str
    award: str
    scaled: str
    medal: str
    star: str
    proposed: str
    basis: str


NominationsList: TypeAlias = SignedList[NominationRow]


def write_nominations(content: NominationsList, words: Words, target: Target) -> int:
    """Print the list; returns the number of pages. Raises ``RuleBroken`` for a missing glyph."""
    say = words.say
    columns = {
        **who_columns(words),
        "held": Column(say("nominations.held")),
        "total": Column(say("nominations.total"), "right"),
        "award": Column(say("nominations.award")),
        "scaled": Column(say("nominations.scaled"), "right", room=_SCALED_ROOM),
        "medal": Column(say("nominations.medal")),
        "star": Column(say("nominations.star"), wraps=True),
        "proposed": Column(say("nominations.proposed"), wraps=True),
        "basis": Column(say("nominations.basis"), wraps=True),
    }
    return write_signed_list(
        content, say("awards.nominations"), columns, words, target, landscape=True
    )
