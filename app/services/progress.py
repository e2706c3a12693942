"""How far a competition is, as values: phases, steps, modules, events. ``overview`` counts them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.ids import EventCode, JudgeId, ModuleId
from app.domain.roles import Actor
from app.domain.scheme import Competition, Event, Module
from app.services.station import Station
from app.storage import oplog

if TYPE_CHECKING:
    from app.services import enrolment
    from app.services.rule_changes import RuleChange

_LARGE = 60_000
"""From so many records on, counting takes longer than a person should wait for a window."""


class Phase(StrEnum):
    """The phases in the order of a competition day."""

    RULES = "rules"
    CHECK_IN = "check-in"
    DRAW = "draw"
    TIMING = "timing"
    MARKING = "marking"
    SIGNING = "signing"
    LOCK = "lock"
    PUBLISHING = "publishing"
    CERTIFICATES = "certificates"


OF_A_MODULE = (Phase.DRAW, Phase.TIMING, Phase.MARKING, Phase.SIGNING, Phase.LOCK)
"""The phases that every module goes through by itself."""


class StepState(StrEnum):
    """How far a phase is. ``attention`` wants a person now."""

    NOT_NEEDED = "not-needed"
    WAITING = "waiting"
    UNDER_WAY = "under-way"
    ATTENTION = "attention"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Step:
    """One phase of an event or a module: ``done`` of ``total``, in the unit of the phase."""

    phase: Phase
    state: StepState
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class ModuleProgress:
    """One module: its steps by ``OF_A_MODULE``, and what wants attention in it."""

    module: Module
    steps: tuple[Step, ...]
    panel: tuple[JudgeId, ...]
    running: int = 0
    paused: int = 0
    spread_broken: int = 0
    unsigned: tuple[JudgeId, ...] = ()

    def step(self, phase: Phase) -> Step:
        return next(step for step in self.steps if step.phase is phase)


@dataclass(frozen=True, slots=True)
class Entries:
    """How the entries of an event stand."""

    registered: int = 0
    checked_in: int = 0
    absent: int = 0
    withdrawn: int = 0
    disqualified: int = 0

    @property
    def total(self) -> int:
        gone = self.absent + self.withdrawn + self.disqualified
        return self.registered + self.checked_in + gone

    @property
    def to_be_marked(self) -> int:
        return self.registered + self.checked_in


@dataclass(frozen=True, slots=True)
class EventProgress:
    """One event: a step for every phase, its modules, and what blocks is found from the rest."""

    event: Event
    rules_hash: str
    frozen: bool
    faults: int
    proposed: tuple[RuleChange, ...]
    entries: Entries
    steps: tuple[Step, ...]
    modules: tuple[ModuleProgress, ...]
    judges: tuple[enrolment.Judge, ...] = ()
    conflicts: tuple[enrolment.Conflict, ...] = ()
    disputed: int = 0
    revision: int = 0

    @property
    def code(self) -> EventCode:
        return self.event.code

    def step(self, phase: Phase) -> Step:
        return next(step for step in self.steps if step.phase is phase)

    def needed_judges(self, module: ModuleId) -> int:
        """The largest panel any aspect of the module asks for."""
        # Whoever counted has loaded it; the values alone must not.
        from app.services.enrolment import needed_judges

        return needed_judges(self.event.module(module))


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole file at a glance; ``competition`` is ``None`` while nothing is set up."""

    competition: Competition | None
    path: Path | None
    station: str
    actor: Actor
    events: tuple[EventProgress, ...]


def is_large(station: Station) -> bool:
    """Whether counting is better done beside the window."""
    return oplog.last_position(station.connection) > _LARGE
