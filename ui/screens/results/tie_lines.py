"""What is to be said about ties: those that wait to be parted, and decisions that do not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.domain.facts import TieDecided
from app.domain.ids import EntryId, EventCode
from app.domain.roles import may_record
from app.domain.scheme import OnRemaining
from app.services import ties
from app.services.station import Station
from app.services.ties import OpenTie
from app.words import Words

Label = Callable[[EntryId], str]
"""An entry in one line, with the name for whoever may see it."""


@dataclass(frozen=True, slots=True)
class TieLine:
    """A tie that waits, as a line with the button that parts it."""

    tie: OpenTie
    text: str
    action: str


def tie_lines(
    station: Station, event: EventCode, words: Words, label: Label
) -> tuple[TieLine, ...]:
    """The ties to be parted, best first; nothing for whoever may not decide."""
    if not may_record(station.actor, TieDecided):
        return ()
    return tuple(
        TieLine(
            tie,
            words.say(
                "ties.waits",
                rank=tie.rank,
                kind=words.say(f"scoring.decision-{tie.kind.value}"),
                entries=_joined(tie.entries, words, label),
            ),
            words.say("ties.draw" if tie.kind is OnRemaining.LOT else "ties.decide"),
        )
        for tie in ties.open_ties(station, event)
    )


def ignored_lines(
    station: Station, event: EventCode, words: Words, label: Label
) -> tuple[str, ...]:
    """The decisions on record that do not hold, one made without knowing of another included."""
    return tuple(
        words.say(
            "ties.ignored",
            entries=_joined(it.decision.entries, words, label),
            why=words.say(f"scoring.tie-{it.reason.value}"),
        )
        for it in ties.ignored(station, event)
        if may_record(station.actor, TieDecided)
    )


def _joined(entries: Iterable[EntryId], words: Words, label: Label) -> str:
    return words.say("ties.between").join(label(entry) for entry in entries)
