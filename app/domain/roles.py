"""Who may record what at a station (岗位). Everything not named here is refused.

The roles exclude one another where the field says so: whoever draws and keeps the code maps does
not score or key in marks. Source: domain rules 2.1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain import facts
from app.domain.clock_events import ClockReopened, ClockReviewed, TimeGranted
from app.domain.countdown import MINUTE_MS
from app.domain.errors import RuleBroken
from app.domain.facts import KIND_OF, Fact
from app.domain.ids import JudgeId
from app.domain.proposal_rules import ProposalState


class Role(StrEnum):
    """What a person at the station is there for."""

    CHIEF = "chief"
    CHECK_IN = "check-in"
    ENCRYPTION = "encryption"
    FLOOR = "floor"
    JUDGE = "judge"
    SCOREKEEPER = "scorekeeper"
    CERTIFICATES = "certificates"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts now; a judge also has a number. ``str()`` of it is what an op says in ``by``.

    ``initials`` tell people in one office apart (录入员工号): one to four Latin letters or digits,
    never a name. ``scorekeeper/AB`` and ``judge:J1`` are what comes of it.
    """

    role: Role
    judge: JudgeId | None = None
    initials: str = ""

    def __str__(self) -> str:
        office = f"{self.role}:{self.judge}" if self.judge else self.role.value
        return f"{office}/{self.initials}" if self.initials else office


@dataclass(frozen=True, slots=True)
class Giver:
    """An op's ``by`` taken apart; ``judge`` and ``initials`` are empty when it names none."""

    office: str
    judge: str
    initials: str

    @property
    def person(self) -> str:
        """What tells one person from another: the initials, the judge's number, or the office."""
        return self.initials or self.judge or self.office


def giver_of(by: str) -> Giver:
    """Who recorded something, from an op's ``by``."""
    office, _, initials = by.partition("/")
    role, _, judge = office.partition(":")
    return Giver(role, judge, initials)


def read_initials(text: str) -> str:
    """Typed initials as they are recorded; empty takes them off. Raises ``RuleBroken``."""
    typed = text.strip().upper()
    if typed and not _INITIALS.fullmatch(typed):
        raise RuleBroken("initials-unusable")
    return typed


CHIEF = Actor(Role.CHIEF)

_INITIALS = re.compile(r"[A-Z0-9]{1,4}", re.ASCII)

_ANYONE = frozenset(Role)
_CHIEF = frozenset({Role.CHIEF})
_SCORING = frozenset({Role.SCOREKEEPER, Role.CHIEF})
_FOR_COMMITTEE = frozenset(
    {
        ProposalState.ADOPTED,
        ProposalState.REJECTED,
        ProposalState.REVIEWED,
        ProposalState.REWARDED,
    }
)

_MAY_RECORD: Mapping[type[Fact], frozenset[Role]] = {
    facts.StationOpened: _ANYONE,
    facts.HeadSigned: _ANYONE,
    facts.CompetitionSet: _CHIEF,
    facts.RulesFrozen: _CHIEF,
    facts.JudgeEnrolled: _CHIEF,
    facts.PanelSet: _CHIEF,
    facts.EntryRegistered: frozenset({Role.CHIEF, Role.CHECK_IN}),
    facts.CheckedIn: frozenset({Role.CHIEF, Role.CHECK_IN}),
    facts.MarkedAbsent: frozenset({Role.CHIEF, Role.CHECK_IN}),
    facts.EntryWithdrawn: frozenset({Role.CHIEF, Role.CHECK_IN}),
    facts.DrawCommitted: frozenset({Role.CHIEF, Role.ENCRYPTION}),
    facts.DrawMade: frozenset({Role.CHIEF, Role.ENCRYPTION}),
    facts.ClockMoved: frozenset({Role.CHIEF, Role.FLOOR}),
    facts.SubmissionReceived: frozenset({Role.CHIEF, Role.FLOOR}),
    facts.MarkGiven: frozenset({Role.JUDGE, Role.SCOREKEEPER, Role.CHIEF}),
    facts.DisputeSettled: _CHIEF,
    facts.SpreadLetStand: _CHIEF,
    facts.QuizAnswered: _SCORING,
    facts.ProposalSubmitted: _SCORING,
    facts.ProposalMoved: _SCORING,
    facts.BenefitVerified: _SCORING,
    facts.OutputCounted: _SCORING,
    facts.PenaltyGiven: frozenset({Role.CHIEF, Role.FLOOR}),
    facts.PenaltyLifted: _CHIEF,
    facts.SheetChecked: frozenset({Role.SCOREKEEPER, Role.CHIEF}),
    facts.SheetsSigned: frozenset({Role.JUDGE, Role.SCOREKEEPER, Role.CHIEF}),
    facts.ModuleLocked: _CHIEF,
    facts.ModuleUnlocked: _CHIEF,
    facts.RecheckCommitted: _CHIEF,
    facts.RecheckDrawn: _CHIEF,
    facts.RecheckDone: _CHIEF,
    facts.TieLotCommitted: _CHIEF,
    facts.TieDecided: _CHIEF,
    facts.ResultsPublished: _CHIEF,
    facts.StandingPublished: _CHIEF,
    facts.PromotionDeclined: _CHIEF,
    facts.CertificateIssued: frozenset({Role.CHIEF, Role.CERTIFICATES}),
    facts.CertificateVoided: frozenset({Role.CHIEF, Role.CERTIFICATES}),
    facts.FileImported: _ANYONE,
    facts.BundleExported: _ANYONE,
    facts.BundleMerged: _ANYONE,
    facts.OpUndone: _ANYONE,
}


def refusal(actor: Actor, fact: Fact) -> RuleBroken | None:
    """Why this person may not record this, or ``None`` if they may.

    A judge gives and signs marks under the own number only. What becomes of a proposal, its mark
    and its reward included, is for the chief judge. Time is granted, and a late arrival
    admitted, by the chief judge alone; that a program came back after a reboot is recorded whoever
    sits there. Undoing needs the right to record what is undone; the service that undoes checks it.
    """
    kind = KIND_OF[type(fact)]
    others = actor.role is not Role.CHIEF
    match fact:
        case facts.ClockMoved(moved=ClockReopened()):
            return None
        case facts.ClockMoved(moved=TimeGranted() | ClockReviewed()) if others:
            return RuleBroken("time-needs-chief")
        case facts.CheckedIn(late_ms=late_ms) if late_ms > 0 and others:
            return RuleBroken("late-needs-chief", minutes=late_ms // MINUTE_MS)
        case facts.ProposalMoved(state=state) if others and state in _FOR_COMMITTEE:
            return RuleBroken("proposal-needs-chief")
        case _:
            pass
    if actor.role not in _MAY_RECORD[type(fact)]:
        return RuleBroken("role-may-not", role=actor.role.value, kind=kind)
    if actor.role is Role.JUDGE and isinstance(fact, facts.MarkGiven | facts.SheetsSigned):
        own = {actor.judge, JudgeId("PANEL")}
        if fact.judge not in own:
            return RuleBroken("judge-not-own", judge=fact.judge, own=actor.judge or "-")
    return None


def may_record(actor: Actor, kind: type[Fact]) -> bool:
    """Whether this role records such facts at all: for hiding what a person cannot do."""
    return actor.role in _MAY_RECORD[kind]
