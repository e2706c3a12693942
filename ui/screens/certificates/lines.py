"""How a recipient and a number of the ledger read in the tables."""

from __future__ import annotations

from app.domain.ids import CertificateNumber
from app.reports.audit_papers import CertificatesLedger
from app.services.certificate_names import Names
from app.services.certifying import CertificateState, Recipient
from app.words import Words
from ui.screens.certificates.rows import Line
from ui.theme.tokens import Tone


def recipient_line(
    one: Recipient, names: Names, printed: frozenset[CertificateNumber], words: Words
) -> Line:
    """Name, unit, award, number, state."""
    tone, state = _state(one, printed, words)
    award = names.award(one.award, words) or "–"
    name = words.say("papers.member_of", name=one.name, team=one.team) if one.team else one.name
    return Line(one.holder.label, (name, one.unit, award, one.number or "–", state), tone)


def ledger_lines(paper: CertificatesLedger, words: Words) -> tuple[Line, ...]:
    """Number, recipient, award, when, reason, state; the latest first."""
    void = words.say("papers.void")
    return tuple(
        Line(
            line.number,
            (line.number, line.recipient, line.award, line.at, line.reason, line.state),
            Tone.BLOCKED if line.state == void else Tone.DONE,
        )
        for line in reversed(paper.rows)
    )


def _state(one: Recipient, printed: frozenset[CertificateNumber], words: Words) -> tuple[Tone, str]:
    match one.state:
        case CertificateState.ISSUED if one.is_outdated:
            return Tone.ATTENTION, words.say("certificates.state_outdated")
        case CertificateState.ISSUED if one.also:
            return Tone.ATTENTION, words.say("certificates.state_twice")
        case CertificateState.ISSUED if one.number in printed:
            return Tone.DONE, words.say("certificates.state_printed")
        case CertificateState.ISSUED:
            return Tone.RUNNING, words.say("certificates.state_issued")
        case CertificateState.VOID:
            return Tone.BLOCKED, words.say("certificates.state_void")
        case CertificateState.NOT_ISSUED:
            return Tone.IDLE, words.say("certificates.state_not-issued")
