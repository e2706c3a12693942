"""Who may record what at a station (岗位). Everything not named here is refused.

The roles exclude one another where the field says so: whoever draws and keeps the code maps does
not score or key in marks. Source: domain rules 2.1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain import facts
from app.domain.clock_events import ClockReopened, ClockReviewed, TimeGranted
from app.domain.countdown import MINUTE_MS
from app.domain.errors import RuleBroken
from app.domain.facts import KIND_OF, Fact
from app.domain.ids import JudgeId


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
    """Who acts now; a judge also has a number. ``str()`` of it is what an op says in ``by``."""

    role: Role
    judge: JudgeId | None = None

    def __str__(self) -> str:
        return f"{self.role}:{self.judge}" if self.judge else self.role.value


CHIEF = Actor(Role.CHIEF)

_ANYONE = frozenset(Role)
_CHIEF = frozenset({Role.CHIEF})

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
    facts.MarkGiven: frozenset({Role.JUDGE, Role.SCOREKEEPER, Role.CHIEF}),
    facts.DisputeSettled: _CHIEF,
    facts.PenaltyGiven: frozenset({Role.CHIEF, Role.FLOOR}),
    facts.PenaltyLifted: _CHIEF,
    facts.SheetsSigned: frozenset({Role.JUDGE, Role.SCOREKEEPER, Role.CHIEF}),
    facts.ModuleLocked: _CHIEF,
    facts.ModuleUnlocked: _CHIEF,
    facts.ResultsPublished: _CHIEF,
    facts.CertificateIssued: frozenset({Role.CHIEF, Role.CERTIFICATES}),
    facts.CertificateVoided: frozenset({Role.CHIEF, Role.CERTIFICATES}),
    facts.FileImported: _ANYONE,
    facts.BundleExported: _ANYONE,
    facts.BundleMerged: _ANYONE,
    facts.OpUndone: _ANYONE,
}


def refusal(actor: Actor, fact: Fact) -> RuleBroken | None:
    """Why this person may not record this, or ``None`` if they may.

    A judge gives and signs marks under the own number only. Time is granted, and a late arrival
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
