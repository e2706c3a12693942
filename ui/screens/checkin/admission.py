"""What the chief judge is asked before a late entrant is admitted, or one withdraws."""

from __future__ import annotations

from app.domain.countdown import MINUTE_MS, Arrival
from app.domain.entries import EntryState
from app.domain.roles import Actor, Role
from app.services import checkin
from app.services.checkin import Card
from app.words import Words
from ui.dialogs import Confirmation, Questions, asked_why
from ui.theme.tokens import Tone


def admission(ask: Questions, words: Words, card: Card, actor: Actor) -> str | None:
    """The reason an entrant is admitted with, empty where none is needed; ``None``: not admitted.

    Where the role cannot admit, nothing is asked: the service refuses and says who can.
    """
    due, say = card.due, words.say
    if actor.role is not Role.CHIEF or checkin.may_check_in(card.entry):
        return ""
    minutes, limit = due.late_ms // MINUTE_MS, due.limit_minutes
    title, codes = say("checkin.admit_reason_title"), ("organiser", "traffic", "mistake", "other")
    if due.arrival is Arrival.ABSENT:
        what = say("checkin.admit_reason_what", name=card.name, minutes=minutes, limit=limit)
        return _reason(ask, words, title, what, codes)
    if card.entry.state is EntryState.ABSENT:
        what = say("checkin.admit_absent_what", name=card.name)
        return _reason(ask, words, title, what, codes)
    if due.arrival is Arrival.ON_TIME:
        return ""
    agreed = ask.confirm(
        Confirmation(
            title=say("checkin.admit_title"),
            what=say("checkin.admit_what", minutes=minutes, limit=limit),
            action=say("checkin.admit"),
            shown_large=card.name,
            tone=Tone.ATTENTION,
        )
    )
    return "" if agreed else None


def withdrawal(ask: Questions, words: Words, card: Card) -> str | None:
    """Why an entrant gives up, as it is recorded; ``None`` when they do not after all."""
    title = words.say("checkin.withdraw_title")
    what = words.say("checkin.withdraw_what", name=card.name)
    return _reason(ask, words, title, what, ("illness", "work", "other"))


def _reason(
    ask: Questions, words: Words, title: str, what: str, codes: tuple[str, ...]
) -> str | None:
    labels = {code: words.say(f"checkin.reason_{code}") for code in codes}
    return asked_why(ask, title, what, labels)
