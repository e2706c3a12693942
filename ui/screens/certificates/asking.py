"""What is asked before a certificate is issued or its number dies."""

from __future__ import annotations

from app.domain.ids import CertificateNumber
from app.services import rules
from app.services.station import Station
from app.words import Words
from ui.dialogs import Confirmation, Questions, asked_why

_REASONS = ("damaged", "name", "result", "other")


def reason_to_void(ask: Questions, words: Words, number: CertificateNumber) -> str | None:
    """Why a certificate becomes void, confirmed with the number shown large."""
    title = words.say("certificates.void_title")
    reason = _reason(ask, words, title, number)
    if reason is None:
        return None
    asked = Confirmation(
        title=title,
        what=words.say("certificates.void_text", reason=reason),
        action=words.say("certificates.void_action"),
        shown_large=number,
        lost=(words.say("certificates.void_lost", number=number),),
    )
    return reason if ask.confirm(asked) else None


def reason_to_reissue(ask: Questions, words: Words, number: CertificateNumber) -> str | None:
    """Why a certificate is replaced by another."""
    return _reason(ask, words, words.say("certificates.reissue_title"), number)


def doubts(station: Station, words: Words, *, is_provisional: bool) -> list[str]:
    """What may make the paper worthless, said before it is printed."""
    found = []
    if is_provisional:
        found.append(words.say("certificates.confirm_provisional"))
    if not rules.competition(station).organisers:
        found.append(words.say("certificates.confirm_no_issuer"))
    return found


def _reason(ask: Questions, words: Words, title: str, number: CertificateNumber) -> str | None:
    say = words.say
    labels = {code: say(f"certificates.reason_{code}") for code in _REASONS}
    return asked_why(ask, title, say("certificates.reason_text", number=number), labels)
