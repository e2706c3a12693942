"""What check-in shows and what each key does; no Qt in here.

The typed text finds as one types. Enter checks the chosen entrant in at once when the text names
one for certain, as every scan does; otherwise the first Enter chooses and the second checks in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from app.changes import Changes, Topic
from app.domain.entries import EntryState
from app.domain.ids import EntryId, EventCode
from app.domain.scheme import Event
from app.services import checkin, rules
from app.services.attendance import Attendance, attendance
from app.services.checkin import Card
from app.services.entrant_finder import EntrantFinder, Found, names_one
from app.services.roll import entry as entry_of
from app.services.roll import roll
from app.services.station import Station
from app.words import Words
from ui.dialogs import Confirmation, Questions
from ui.screens.checkin.admission import admission, withdrawal
from ui.screens.checkin.faces import CardFace, MatchLine, card_face, match_lines
from ui.theme.tokens import Tone
from ui.words import refusal

_ROSTER = {Topic.ENTRIES, Topic.PEOPLE, Topic.EXCHANGE, Topic.RULES}


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence below the field."""

    tone: Tone
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything the screen shows. ``chosen`` is a place in ``matches``; ``unit`` filters.

    ``start_ms`` is the start written down for the event, UTC.
    """

    events: tuple[Event, ...]
    event: EventCode
    attendance: Attendance
    unit: str | None
    matches: tuple[MatchLine, ...] = ()
    chosen: int | None = None
    card: CardFace | None = None
    notice: Notice | None = None
    start_ms: int | None = None


class CheckinView(Protocol):
    """The screen as its presenter sees it."""

    def show_state(self, shown: Shown) -> None: ...

    def empty_field(self) -> None: ...


class CheckinPresenter:
    """Keeps what was typed, what was found and who is chosen."""

    def __init__(
        self,
        station: Station,
        words: Words,
        ask: Questions,
        view: CheckinView,
        announce: Callable[[str], None],
    ) -> None:
        self._station = station
        self._words = words
        self._ask = ask
        self._view = view
        self._announce = announce
        self._finder = EntrantFinder(station)
        self._events = _with_entrants(station)
        self._event = self._events[0].code if self._events else EventCode("")
        self._attendance = attendance(station, self._event)
        self._unit: str | None = None
        self._matches: list[Found] = []
        self._chosen: int | None = None
        self._subject: EntryId | None = None
        self._fresh = False
        self._notice: Notice | None = None

    def waiting(self) -> int:
        """How many of the event nobody has seen yet."""
        states = [entry.state for entry in roll(self._station, self._event)]
        return states.count(EntryState.REGISTERED)

    def show(self) -> None:
        self._view.show_state(self._shown())

    def reload(self, changes: Changes) -> None:
        """Somebody else changed something: read it again and keep what is typed."""
        if changes.topics & _ROSTER:
            self._finder.forget()
            self._events = _with_entrants(self._station)
            if self._event not in {event.code for event in self._events} and self._events:
                self._event = self._events[0].code
        self._read()

    def choose_event(self, event: EventCode) -> None:
        if event != self._event:
            self._event, self._unit = event, None
            self._forget_typed()
            self._subject = None
            self._read()
            self._announce("")  # the bar above says where we are now

    def focus_on(self, entry: EntryId) -> None:
        """Show one entrant, whichever event it competes in."""
        self._event = entry_of(self._station, entry).event
        self._forget_typed()
        self._subject, self._fresh = entry, False
        self._view.empty_field()
        self._read()

    def typed(self, text: str) -> None:
        """Find while typing; a text that fits one entrant shows the card at once."""
        self._matches = self._finder.find(text, self._event)
        self._notice, self._fresh = None, False
        self._chosen = 0 if names_one(self._matches) else None
        self._subject = self._matches[0].entry if self._chosen == 0 else None
        if len(self._matches) > 1 and self._chosen is None:
            said = self._words.say("checkin.choose", count=len(self._matches))
            self._notice = Notice(Tone.RUNNING, said)
        self.show()

    def move(self, steps: int) -> None:
        """Choose another of several matches."""
        if self._matches:
            first = -1 if self._chosen is None else self._chosen
            self._choose(max(0, min(len(self._matches) - 1, first + steps)))

    def pick(self, row: int) -> None:
        """Choose a match by its place in the list."""
        if row < len(self._matches):
            self._choose(row)

    def entered(self, text: str) -> None:
        """Enter in the field."""
        if text.strip() and not self._matches:
            said = self._words.say("checkin.nothing_found", text=text.strip()[:40])
            self._notice = Notice(Tone.ATTENTION, said)
            self._view.empty_field()
            self.show()
        elif text.strip() and self._chosen is None:
            self._choose(0)
        elif self._subject is not None and not (self._fresh and not text.strip()):
            # Some scanners end with two returns; the second is nobody's wish.
            self.check_in()

    def check_in(self) -> None:
        """Check the chosen entrant in, asking the chief judge what the clock makes necessary."""
        if self._subject is None or self._is_elsewhere():
            self._view.empty_field()
            self._forget_typed()
            self.show()
            return
        card = checkin.card(self._station, self._subject)
        reason = admission(self._ask, self._words, card, self._station.actor)
        if reason is None:
            return
        if self._do(lambda: checkin.check_in(self._station, card.entry.id, reason=reason)):
            self._said("checkin.done", card)
            self._fresh = True
        self._forget_typed()
        self._view.empty_field()
        self._read()

    def mark_absent(self) -> None:
        self._act("checkin.marked_absent", checkin.mark_absent)

    def take_back(self) -> None:
        self._act("checkin.taken_back", checkin.undo_state)

    def withdraw(self) -> None:
        """Ask why, then record that the entrant gave up."""
        if self._subject is None:
            return
        card = checkin.card(self._station, self._subject)
        why = withdrawal(self._ask, self._words, card)
        if why is not None and self._do(
            lambda: checkin.withdraw(self._station, card.entry.id, reason=why)
        ):
            self._said("checkin.withdrawn", card)
            self._read()

    def mark_missing_absent(self) -> None:
        """Everybody nobody has seen, in one step, after the list was read once more."""
        missing = attendance(self._station, self._event).missing
        if not missing:
            return
        say = self._words.say
        agreed = self._ask.confirm(
            Confirmation(
                title=say("checkin.all_absent_title"),
                what=say("checkin.all_absent_what"),
                action=say("checkin.all_absent_action", count=len(missing)),
                rows=tuple((f"{one.number}  {one.name}", one.unit) for one in missing),
                tone=Tone.ATTENTION,
            )
        )
        if agreed and self._do(lambda: checkin.mark_missing_absent(self._station, self._event)):
            self._announce(say("checkin.all_absent_done", count=len(missing)))
            self._read()

    def set_start(self, start_ms: int | None) -> None:
        """Write down when the event starts, for the late rule."""
        if self._do(lambda: checkin.schedule_start(self._station, self._event, start_ms)):
            self.show()

    def switch_to_their_event(self) -> None:
        if self._subject is not None:
            self.focus_on(self._subject)

    def filter_unit(self, steps: int) -> None:
        """Go through the units of the missing list; before the first and after the last is all."""
        units: list[str | None] = [None, *(unit.unit for unit in self._attendance.units)]
        here = units.index(self._unit) if self._unit in units else 0
        self.show_unit(units[(here + steps) % len(units)])

    def show_unit(self, unit: str | None) -> None:
        self._unit = unit
        self.show()

    def _choose(self, row: int) -> None:
        self._chosen, self._subject = row, self._matches[row].entry
        self._fresh = False
        self.show()

    def _forget_typed(self) -> None:
        self._matches, self._chosen = [], None

    def _is_elsewhere(self) -> bool:
        assert self._subject is not None
        return entry_of(self._station, self._subject).event != self._event

    def _act(self, said: str, command: Callable[..., object]) -> None:
        if self._subject is None:
            return
        card = checkin.card(self._station, self._subject)
        if self._do(lambda: command(self._station, card.entry.id)):
            self._said(said, card)
            self._fresh = False
        self._read()

    def _do(self, command: Callable[[], object]) -> bool:
        """Run a command; what refuses it is said below the field."""
        refused = refusal(self._words, command)
        self._notice = Notice(Tone.ATTENTION, refused) if refused else None
        if refused:
            self.show()
        return not refused

    def _said(self, key: str, card: Card) -> None:
        self._announce(self._words.say(key, number=card.entry.number))

    def _read(self) -> None:
        self._attendance = attendance(self._station, self._event)
        self.show()

    def _shown(self) -> Shown:
        return Shown(
            events=self._events,
            event=self._event,
            attendance=self._attendance,
            unit=self._unit,
            matches=match_lines(self._station, self._words, self._matches)
            if len(self._matches) > 1
            else (),
            chosen=self._chosen,
            card=self._face(),
            notice=self._notice,
            start_ms=checkin.scheduled_start(self._station, self._event),
        )

    def _face(self) -> CardFace | None:
        if self._subject is None:
            return None
        card = checkin.card(self._station, self._subject)
        return card_face(self._station, self._words, card, here=self._event, fresh=self._fresh)


def _with_entrants(station: Station) -> tuple[Event, ...]:
    return tuple(event for event in rules.events(station) if roll(station, event.code))
