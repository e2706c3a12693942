"""How an entrant reads on screen: the card, and a line of several matches; no Qt in here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.countdown import MINUTE_MS, Arrival
from app.domain.entries import EntryState
from app.domain.ids import EventCode
from app.services import rules
from app.services.checkin import Card, may_check_in
from app.services.entrant_finder import Found
from app.services.paper_heads import local_minute
from app.services.roll import person_of, roll
from app.services.station import Station
from app.words import Words
from ui.theme.tokens import Tone

_TONES = {
    EntryState.REGISTERED: Tone.IDLE,
    EntryState.CHECKED_IN: Tone.DONE,
    EntryState.ABSENT: Tone.BLOCKED,
    EntryState.WITHDRAWN: Tone.IDLE,
    EntryState.DISQUALIFIED: Tone.BLOCKED,
}


@dataclass(frozen=True, slots=True)
class CardFace:
    """The card as it is read: who, in what state, and what to do about it."""

    name: str
    number: str
    unit: str
    event: str
    masked_id: str
    photo: bytes | None
    tone: Tone
    word: str
    advice: str = ""
    elsewhere: EventCode | None = None
    can_check_in: bool = True


@dataclass(frozen=True, slots=True)
class MatchLine:
    """One of several entrants that the text fits."""

    number: str
    name: str
    unit: str
    tone: Tone
    word: str


def match_lines(station: Station, words: Words, found: Sequence[Found]) -> tuple[MatchLine, ...]:
    """One line for each entrant found, with the state it is in now."""
    entries = {
        entry.id: entry for event in {one.event for one in found} for entry in roll(station, event)
    }
    lines = []
    for one in found:
        entry, person = entries[one.entry], person_of(station, one.entry)
        tone, word = _TONES[entry.state], words.say(f"checkin.state_{entry.state.value}")
        if one.elsewhere:
            tone, word = Tone.ATTENTION, words.say("checkin.elsewhere")
        name = person.name if person else entry.number
        lines.append(MatchLine(entry.number, name, entry.unit, tone, word))
    return tuple(lines)


def card_face(
    station: Station, words: Words, card: Card, *, here: EventCode, fresh: bool
) -> CardFace:
    """The card at the desk of event ``here``; ``fresh`` right after this very check-in."""
    event = rules.event(station, card.entry.event)
    name = words.pick(event.name, event.name_en)
    if event.code != here:
        venue = rules.competition(station).venue or words.say("checkin.venue_unknown")
        advice = words.say("checkin.elsewhere_why", event=name, venue=venue)
        tone, word = Tone.BLOCKED, words.say("checkin.elsewhere")
    else:
        tone, word, advice = _condition(words, card, fresh=fresh)
    return CardFace(
        name=card.name,
        number=card.entry.number,
        unit=card.entry.unit,
        event=name,
        masked_id=card.masked_id,
        photo=card.photo,
        tone=tone,
        word=word,
        advice=advice,
        elsewhere=None if event.code == here else event.code,
        can_check_in=event.code == here and not may_check_in(card.entry),
    )


def _condition(words: Words, card: Card, *, fresh: bool) -> tuple[Tone, str, str]:
    """State in colour, in a word, and what it asks for."""
    say, due, state = words.say, card.due, card.entry.state
    if state is EntryState.CHECKED_IN and fresh:
        return Tone.DONE, say("checkin.just_now"), ""
    if state is not EntryState.REGISTERED:
        return _TONES[state], say(f"checkin.state_{state.value}"), ""
    if due.arrival is Arrival.ON_TIME or due.start_ms is None:
        return Tone.IDLE, say("checkin.state_registered"), say("checkin.enter_checks_in")
    minutes, start = due.late_ms // MINUTE_MS, local_minute(due.start_ms)[-5:]
    limit = due.limit_minutes
    if due.arrival is Arrival.LATE:
        why = say("checkin.late_why", start=start, limit=limit)
        return Tone.ATTENTION, say("checkin.late", minutes=minutes), why
    why = say("checkin.too_late_why", start=start, limit=limit)
    return Tone.BLOCKED, say("checkin.too_late", minutes=minutes), why
