"""What a certificate names: its holder as the roll has them, the award, and what it was won in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from app.domain.certificate_holders import Holder
from app.domain.entries import Entry
from app.domain.ids import EntryId, EventCode
from app.services import roll, rules
from app.services.certificate_source import Occasion, OfStanding, rules_of
from app.services.roll import Registered
from app.services.standings import published_standing
from app.services.station import Station
from app.storage.people import Person
from app.words import Words


class Names:
    """Whoever may hold a certificate of one event or standing; the roll is read when asked."""

    def __init__(self, station: Station, occasion: Occasion) -> None:
        events: tuple[EventCode, ...]
        match occasion:
            case OfStanding():
                published = published_standing(station, occasion.standing)
                standing = published.fact.rules if published else rules_of(station, occasion)
                events = tuple(published.fact.sources) if published else ()
                self._title, quotas = (standing.name, standing.name_en), standing.awards.quotas
            case event:
                own = rules.event(station, event)
                events = (event,)
                self._title, quotas = (own.name, own.name_en), own.awards.quotas
        self._awards = {quota.award: quota.award_en for quota in quotas}
        self._station, self._events = station, events

    def title(self, words: Words) -> str:
        """What it was won in."""
        return words.pick(*self._title)

    def award(self, award: str, words: Words) -> str:
        return words.pick(award, self._awards.get(award, ""))

    def name(self, holder: Holder, words: Words | None = None) -> str:
        """The name on the certificate, in the language of ``words``; nothing where it is not known.

        A unit is known by its own; a member's is written as the roster has it.
        """
        if not holder.entry:
            return holder.of
        person = self._person(holder)
        if person is None:
            return ""
        if holder.member:
            return person.members[holder.member - 1] if holder.member <= len(person.members) else ""
        return words.pick(person.name, person.name_en) if words else person.name

    def team(self, holder: Holder, words: Words | None = None) -> str:
        """For what a member won: the team, or the delegation where it is not the unit."""
        if holder.member:
            return self.name(Holder(holder.entry), words)
        return holder.of if holder.is_member and holder.of != self.unit(holder) else ""

    def members(self, holder: Holder) -> tuple[str, ...]:
        """The people of the team, in the order of the roster."""
        person = self._person(holder)
        return person.members if person else ()

    def unit(self, holder: Holder) -> str:
        entry = self.entry(holder)
        return entry.unit if entry else ""

    def entry(self, holder: Holder) -> Entry | None:
        found = self._people.get(holder.entry)
        return found.entry if found else None

    @cached_property
    def _people(self) -> Mapping[EntryId, Registered]:
        return {
            it.entry.id: it
            for event in self._events
            for it in roll.registered(self._station, event)
        }

    def _person(self, holder: Holder) -> Person | None:
        found = self._people.get(holder.entry)
        return found.person if found else None
