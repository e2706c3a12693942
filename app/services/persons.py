"""One person in several events: who is the same, and where that is in doubt (同一选手识别).

People are the same by the number of their identity document; where none of a name and unit has a
number, by both, as long as no event has the name twice. Anything else is a doubt: those entries are
never joined but named, for somebody to enter the numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.ids import EntryId, EventCode
from app.services.roll import Registered


@dataclass(frozen=True, slots=True)
class Persons:
    """``same`` are groups of entries that are one person, several each; ``doubts`` are groups of
    one name and unit that may be one person or several."""

    first_entry: Mapping[EntryId, EntryId]
    same: tuple[tuple[EntryId, ...], ...]
    doubts: tuple[tuple[EntryId, ...], ...]

    def of(self, entry: EntryId) -> str:
        """The same text for every entry of a person: the id of the first of them."""
        return self.first_entry.get(entry, entry)


def persons_of(
    same: Iterable[tuple[EntryId, ...]], doubts: Iterable[tuple[EntryId, ...]] = ()
) -> Persons:
    """Who is the same, by the groups of entries that are."""
    groups = tuple(sorted(tuple(sorted(group)) for group in same))
    first_entry = {entry: group[0] for group in groups for entry in group}
    return Persons(first_entry, groups, tuple(sorted(doubts)))


def same_persons(registered: Iterable[Registered]) -> Persons:
    """Who is the same among these entries."""
    alike: dict[tuple[str, str], list[Registered]] = {}
    by_number: dict[tuple[str, str], list[Registered]] = {}
    for one in registered:
        person = one.person
        if person is None:
            continue
        alike.setdefault((person.name, one.entry.unit), []).append(one)
        if person.id_number:
            by_number.setdefault((person.id_kind, person.id_number), []).append(one)
    joined = list(by_number.values())
    doubts: list[tuple[EntryId, ...]] = []
    for group in alike.values():
        unnumbered = [it for it in group if it.person and not it.person.id_number]
        if not unnumbered:
            continue
        if len(unnumbered) == len(group) and _once_an_event(group):
            joined.append(group)
        elif len(group) > 1:
            doubts.append(tuple(sorted(it.entry.id for it in group)))
    several = (tuple(it.entry.id for it in group) for group in joined if len(group) > 1)
    return persons_of(several, doubts)


def _once_an_event(group: Iterable[Registered]) -> bool:
    """Nobody competes against themselves: two of a name in one event are two people."""
    events: list[EventCode] = [it.entry.event for it in group]
    return len(events) == len(set(events))
