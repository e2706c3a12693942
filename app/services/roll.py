"""The roll of an event: who is entered, where each entry stands, and the person behind it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from app.domain.entries import Entry, EntryState, Penalty
from app.domain.errors import RuleBroken
from app.domain.facts import (
    CheckedIn,
    EntryRegistered,
    EntryWithdrawn,
    MarkedAbsent,
    PenaltyGiven,
    PenaltyLifted,
)
from app.domain.ids import EntryId, EventCode
from app.domain.scheme import PenaltyEffect
from app.services.rules import event as event_rules
from app.services.station import Station
from app.storage import people, queries
from app.storage.people import Person
from app.storage.queries import Recorded


@dataclass(frozen=True, slots=True)
class Registered:
    """An entry with the person, for screens and papers that may show a name.

    ``person`` is ``None`` when the row was purged or has not reached this laptop.
    """

    entry: Entry
    person: Person | None

    @property
    def name(self) -> str:
        return self.person.name if self.person else self.entry.number


def roll(station: Station, event: EventCode) -> list[Entry]:
    """Every entry of an event in order of entry number, without any personal data."""
    found: dict[EntryId, Entry] = {}
    for recorded in queries.standing(
        station.connection,
        EntryRegistered,
        CheckedIn,
        MarkedAbsent,
        EntryWithdrawn,
        event=event,
    ):
        _follow(found, recorded)
    for entry in disqualified(station, event):
        if entry in found:
            found[entry] = replace(found[entry], state=EntryState.DISQUALIFIED)
    return sorted(found.values(), key=lambda entry: (len(entry.number), entry.number))


def entry(station: Station, wanted: EntryId) -> Entry:
    """One entry by id."""
    registered = queries.latest(station.connection, EntryRegistered, entry=wanted)
    if registered is None:
        raise RuleBroken("entry-unknown", entry=wanted)
    for found in roll(station, registered.fact.event):
        if found.id == wanted:
            return found
    raise RuleBroken("entry-unknown", entry=wanted)


def registered(station: Station, event: EventCode) -> list[Registered]:
    """The roll with names, for whoever may see them."""
    persons = people.everyone(station.connection)
    return [Registered(entry, persons.get(entry.id)) for entry in roll(station, event)]


def person_of(station: Station, entry: EntryId) -> Person | None:
    return people.find(station.connection, entry)


def _follow(found: dict[EntryId, Entry], recorded: Recorded[Any]) -> None:
    match recorded.fact:
        case EntryRegistered() as fact:
            known = found.get(fact.entry)
            found[fact.entry] = Entry(
                id=fact.entry,
                event=fact.event,
                number=fact.number,
                unit=fact.unit,
                group=fact.group,
                competing=fact.competing,
                members=fact.members,
                state=known.state if known else EntryState.REGISTERED,
                delegation=fact.delegation,
            )
        case CheckedIn(entry=entry):
            _set_state(found, entry, EntryState.CHECKED_IN)
        case MarkedAbsent(entry=entry):
            _set_state(found, entry, EntryState.ABSENT)
        case EntryWithdrawn(entry=entry):
            _set_state(found, entry, EntryState.WITHDRAWN)


def _set_state(found: dict[EntryId, Entry], entry: EntryId, state: EntryState) -> None:
    if entry in found:
        found[entry] = replace(found[entry], state=state)


def penalties(station: Station, event: EventCode) -> list[Penalty]:
    """The penalties of an event that nobody lifted, in replay order (违规台账)."""
    given = queries.standing(station.connection, PenaltyGiven, event=event)
    if not given:
        return []
    lifted = {
        recorded.fact.given
        for recorded in queries.standing(station.connection, PenaltyLifted, event=event)
    }
    rules = event_rules(station, event)
    return [
        Penalty(
            id=recorded.op_id,
            entry=recorded.fact.entry,
            module=recorded.fact.module,
            reason=recorded.fact.penalty,
            effect=rules.penalty(recorded.fact.penalty).effect,
            points=recorded.fact.points,
        )
        for recorded in given
        if recorded.op_id not in lifted
    ]


def disqualified(station: Station, event: EventCode) -> set[EntryId]:
    """The entries that a penalty in force put out of the event (取消资格)."""
    return {
        penalty.entry
        for penalty in penalties(station, event)
        if penalty.effect is PenaltyEffect.DISQUALIFY
    }
