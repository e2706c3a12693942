"""What a command touched, and who wants to know.

A screen that hears of a change reads the current state again; no change carries a value, so a late
or missed message can never leave a screen with a wrong one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from app.domain.ids import EntryId


class Topic(Enum):
    """A part of the state that a screen may show."""

    COMPETITION = "competition"
    RULES = "rules"
    ENTRIES = "entries"
    CHECK_IN = "check-in"
    DRAW = "draw"
    CLOCKS = "clocks"
    MARKS = "marks"
    PENALTIES = "penalties"
    SIGN_OFF = "sign-off"
    RESULTS = "results"
    CERTIFICATES = "certificates"
    EXCHANGE = "exchange"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Changes:
    """The topics touched by one committed command; no entries named means possibly all.

    ``origin`` is the object that gave the command, so that a sheet does not reload itself under
    the person typing into it.
    """

    topics: frozenset[Topic]
    entries: frozenset[EntryId] = frozenset()
    origin: object | None = None

    @staticmethod
    def to(*topics: Topic, entries: frozenset[EntryId] = frozenset()) -> Changes:
        return Changes(frozenset(topics), entries)


Listener = Callable[[Changes], None]


class ChangeFeed:
    """Tells every listener of a committed change, in the order they came."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Add a listener; the returned function takes it off again."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def publish(self, changes: Changes) -> None:
        for listener in tuple(self._listeners):
            listener(changes)
