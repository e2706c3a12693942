"""Entrants one at a time: adding a walk-in by hand, and putting right what was registered.

The name goes to ``people``; the log gets the salted digest. A list of many is ``roster_import``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.changes import Topic
from app.domain.errors import RuleBroken
from app.domain.facts import EntryRegistered
from app.domain.ids import EntryId, EventCode
from app.domain.ops import Op
from app.domain.roles import Role
from app.services import rules
from app.services.enrolment import new_salt
from app.services.station import Recording, Station, recording
from app.sheets.id_numbers import read_id_number
from app.storage import counts, people, queries
from app.storage.people import Person

_LONGEST_NUMBER = 20


@dataclass(frozen=True, slots=True)
class Entrant:
    """An entry with the person, as it is registered. ``number`` is empty for the next free one."""

    event: EventCode
    person: Person
    unit: str = ""
    number: str = ""
    group: str = ""
    grade: str = ""
    competing: bool = True
    members: int = 1
    earlier: str = ""
    delegation: str = ""


def entry_id(event: EventCode, number: str) -> EntryId:
    """The id of an entry: event and number, and nothing of the person."""
    return EntryId(f"{event}-{number}")


def next_number(taken: Iterable[str]) -> str:
    """The number after the highest in use, with as many digits as those have, at least two."""
    used = [number for number in taken if number.isdecimal()]
    width = max((len(number) for number in used), default=2)
    highest = max((int(number) for number in used), default=0)
    return str(highest + 1).zfill(max(2, width))


def register(
    station: Station,
    entrant: Entrant,
    *,
    salt: Callable[[], str] = new_salt,
    origin: object | None = None,
) -> EntryId:
    """Register one entry; returns its id. A number that is taken is refused."""
    rules.event(station, entrant.event)
    check_entrant(entrant)
    taken = registered_numbers(station, entrant.event)
    number = entrant.number.strip() or next_number(taken)
    if number in taken:
        raise RuleBroken("entry-number-taken", number=number, event=entrant.event)
    with recording(station, origin=origin) as log:
        return record_entrant(log, entrant, number, salt()).entry


def correct(
    station: Station,
    entry: EntryId,
    entrant: Entrant,
    reason: str,
    *,
    salt: Callable[[], str] = new_salt,
    origin: object | None = None,
) -> Op:
    """Put an entry right, e.g. a misspelt name; the number and the event stay what they are."""
    known = registration(station, entry)
    if not reason.strip():
        raise RuleBroken("entry-correction-without-reason", entry=entry)
    check_entrant(entrant)
    before = as_entrant(station, known)
    if same_entrant(before, entrant):
        raise RuleBroken("entry-correction-changes-nothing", entry=entry)
    with recording(station, origin=origin) as log:
        record_entrant(log, entrant, known.number, salt(), event=known.event, reason=reason)
        return log.ops[-1]


def forget(station: Station, entry: EntryId, *, origin: object | None = None) -> None:
    """Delete name, contact data and photo of an entry from this file for good.

    The record stays whole, and a merge does not bring back what was deleted; backups and bundles
    made before still hold it. Raises ``RuleBroken`` when nothing of the person is here.
    """
    if station.actor.role is not Role.CHIEF:
        raise RuleBroken("forget-needs-chief")
    with recording(station, origin=origin) as log:
        if people.find(log.connection, entry) is None:
            raise RuleBroken("forget-nobody", entry=entry)
        people.purge(log.connection, entry)
        log.touch(Topic.PEOPLE, entry)


def registration(station: Station, entry: EntryId) -> EntryRegistered:
    """An entry as it was last registered."""
    recorded = queries.latest(station.connection, EntryRegistered, entry=entry)
    if recorded is None:
        raise RuleBroken("entry-unknown", entry=entry)
    return recorded.fact


def registrations(station: Station, event: EventCode) -> dict[EntryId, EntryRegistered]:
    """Every entry of an event as it was last registered."""
    standing = queries.standing(station.connection, EntryRegistered, event=event)
    return {recorded.fact.entry: recorded.fact for recorded in standing}


def registered_numbers(station: Station, event: EventCode) -> frozenset[str]:
    """The entry numbers in use."""
    return frozenset(fact.number for fact in registrations(station, event).values())


def count_entries(station: Station, event: EventCode) -> int:
    """How many entries are registered, without reading any of them."""
    return len(counts.entry_states(station.connection, event))


def as_entrant(station: Station, known: EntryRegistered) -> Entrant:
    """What is registered, in the form in which it is entered and corrected."""
    person = people.find(station.connection, known.entry) or Person(name="")
    return entrant_of(known, person)


def entrant_of(known: EntryRegistered, person: Person) -> Entrant:
    """A registration and its person as one."""
    return Entrant(
        event=known.event,
        person=person,
        unit=known.unit,
        number=known.number,
        group=known.group,
        grade=known.grade,
        competing=known.competing,
        members=known.members,
        earlier=known.earlier,
        delegation=known.delegation,
    )


def same_entrant(one: Entrant, other: Entrant) -> bool:
    """Whether everything but the number is the same."""
    return _compared(one) == _compared(other)


def _compared(entrant: Entrant) -> tuple[object, ...]:
    own = (entrant.event, entrant.person, entrant.unit, entrant.delegation, entrant.group)
    return (*own, entrant.grade, entrant.competing, entrant.members, entrant.earlier)


def check_entrant(entrant: Entrant) -> None:
    """Refuse an entrant without a name, with a wrong ID number, or a number that is no id."""
    if not entrant.person.name.strip():
        raise RuleBroken("entrant-without-name")
    if entrant.members < 1:
        raise RuleBroken("entrant-without-members")
    if entrant.person.id_number:
        reading = read_id_number(entrant.person.id_number, entrant.person.id_kind)
        if reading.fault:
            raise RuleBroken(reading.fault, length=reading.length)
    number = entrant.number
    if len(number) > _LONGEST_NUMBER or any(not (c.isalnum() or c in "-_.") for c in number):
        raise RuleBroken("entry-number-unusable", number=number[:40], most=_LONGEST_NUMBER)


def record_entrant(
    log: Recording,
    entrant: Entrant,
    number: str,
    salt: str,
    *,
    event: EventCode | None = None,
    reason: str = "",
) -> EntryRegistered:
    """Write person and registration inside a command."""
    code = event or entrant.event
    entry = entry_id(code, number)
    fact = EntryRegistered(
        event=code,
        entry=entry,
        number=number,
        unit=entrant.unit.strip(),
        person_digest=people.put(log.connection, entry, entrant.person, salt),
        group=entrant.group,
        grade=entrant.grade,
        competing=entrant.competing,
        members=entrant.members,
        earlier=entrant.earlier,
        delegation=entrant.delegation.strip(),
    )
    log.add(fact, reason=reason.strip())
    log.touch(Topic.PEOPLE, entry)
    return fact
