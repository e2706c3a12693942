"""Which file, event and entry a command is about, when the file holds one or a name was given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.bootstrap import open_station
from app.domain.errors import RuleBroken
from app.domain.ids import EntryId, EventCode
from app.domain.scheme import Event
from app.services import rules
from app.services.roll import roll
from app.services.station import Station
from app.storage.database import legible


@contextmanager
def opened(file: Path) -> Iterator[Station]:
    """A station on the file, closed again whatever happens."""
    station = open_station(file)
    try:
        with legible(file):
            yield station
    finally:
        station.close()


def check_arguments(arguments: Iterable[str]) -> None:
    """Raise ``RuleBroken`` for a name whose bytes are no text: no record could name such a file."""
    for argument in arguments:
        if not argument.isascii() and any("\ud800" <= sign <= "\udfff" for sign in argument):
            shown = argument.encode(errors="replace").decode()
            raise RuleBroken("argument-not-text", argument=shown[-60:])


def chosen_event(events: Sequence[Event], wanted: str | None) -> Event:
    """The event named, or the only one there is."""
    found = [event for event in events if wanted is None or event.code == wanted]
    match found:
        case [event]:
            return event
        case []:
            raise RuleBroken("event-unknown", event=(wanted or "-")[:40])
        case _:
            raise RuleBroken("event-not-named", events=", ".join(event.code for event in events))


def event_of(station: Station, wanted: str | None) -> EventCode:
    """The same, out of a competition file."""
    return chosen_event(rules.events(station), wanted).code


def entry_of(station: Station, event: EventCode, number: str) -> EntryId:
    """The entry of that number. Raises ``RuleBroken`` when there is none."""
    for entry in roll(station, event):
        if entry.number == number:
            return entry.id
    raise RuleBroken("entry-unknown", entry=number[:40])
