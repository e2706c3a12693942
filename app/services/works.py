"""Works as those who mark them may know them: by work code where a module is blind (盲评).

Everything outside the services speaks of a work by its label. In a blind module that is the work
code (加密号) alone, and the entry behind it never leaves this layer; in an open one it is the entry
number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.aspects import judges_of
from app.domain.entries import EntryState
from app.domain.errors import RuleBroken
from app.domain.facts import DrawMade
from app.domain.ids import PANEL, AspectId, EntryId, EventCode, JudgeId, ModuleId, WorkCode
from app.domain.roles import Role
from app.domain.scheme import Aspect, Event, Module
from app.services import rules
from app.services.roll import roll
from app.services.station import Station
from app.storage import queries

_STILL_MARKED = {EntryState.REGISTERED, EntryState.CHECKED_IN}


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """Who marks what in a module: the rules in force and the judges of every aspect."""

    event: Event
    module: Module
    panel: tuple[JudgeId, ...]
    judges: Mapping[AspectId, tuple[JudgeId, ...]]

    @property
    def sheets(self) -> tuple[JudgeId, ...]:
        """Whose sheets the module has: its judges in order, then the team's (``PANEL``)."""
        named = {judge for judges in self.judges.values() for judge in judges}
        own = tuple(judge for judge in self.panel if judge in named)
        return (*own, PANEL) if PANEL in named else own

    @property
    def aspects(self) -> tuple[AspectId, ...]:
        return tuple(self.judges)

    def aspects_of(self, judge: JudgeId) -> tuple[Aspect, ...]:
        """The aspects on one judge's sheet, in the order of the scheme."""
        return tuple(a for a in self.module.aspects() if judge in self.judges[a.id])


@dataclass(frozen=True, slots=True)
class Works:
    """The works of a module by label, in the order they are shown: by code, or by entry number.

    ``without_code`` counts the entries a blind module cannot show yet.
    """

    entries: Mapping[str, EntryId]
    without_code: int = 0

    def entry_of(self, label: str) -> EntryId:
        found = self.entries.get(label)
        if found is None:
            raise RuleBroken("work-unknown", work=label[:40])
        return found

    def label_of(self, entry: EntryId) -> str | None:
        return next((label for label, known in self.entries.items() if known == entry), None)

    def labels(self) -> dict[EntryId, str]:
        return {entry: label for label, entry in self.entries.items()}


def sheet_plan(station: Station, event: EventCode, module: ModuleId) -> SheetPlan:
    """Who marks what in a module. Raises ``RuleBroken`` while the rules are not frozen."""

    def find() -> SheetPlan:
        in_force = rules.rules(station, event)
        return plan_of(in_force, module, rules.panel(station, event, module))

    return station.remembered.ask(station.connection, (sheet_plan, event, module), find)


def plan_of(event: Event, module: ModuleId, panel: tuple[JudgeId, ...]) -> SheetPlan:
    """The same from rules and a panel already at hand."""
    found = event.module(module)
    return SheetPlan(event, found, panel, {a.id: judges_of(a, panel) for a in found.aspects()})


def works(station: Station, event: EventCode, module: Module, *, apart: bool = False) -> Works:
    """The works to be marked; ``apart`` adds those of absent, withdrawn and disqualified entries.

    Raises ``RuleBroken("work-codes-missing")`` in a blind module before its codes are drawn.
    """
    return station.remembered.ask(
        station.connection,
        (works, event, module.id, module.blind, apart),
        lambda: _works(station, event, module, apart),
    )


def _works(station: Station, event: EventCode, module: Module, apart: bool) -> Works:
    entries = [one for one in roll(station, event) if apart or one.state in _STILL_MARKED]
    if not module.blind:
        return Works({one.number: one.id for one in entries})
    codes = work_codes(station, event, module.id)
    if entries and not codes:
        raise RuleBroken("work-codes-missing", module=module.id)
    coded = {str(codes[one.id]): one.id for one in entries if one.id in codes}
    return Works(dict(sorted(coded.items())), len(entries) - len(coded))


def work_codes(station: Station, event: EventCode, module: ModuleId) -> Mapping[EntryId, WorkCode]:
    """The work codes drawn for a module; a later draw speaks for the entries it names."""
    codes: dict[EntryId, WorkCode] = {}
    for made in queries.standing(station.connection, DrawMade, event=event, module=module):
        codes |= made.fact.codes
    if repeated := _repeated(codes.values()):
        raise RuleBroken("work-code-repeated", work=repeated)
    return codes


def may_see(station: Station, judge: JudgeId) -> bool:
    """Judges do not see each other's scores before the reveal. Domain rules 1.2."""
    return station.actor.role is not Role.JUDGE or judge in {station.actor.judge, PANEL}


def refuse_other(station: Station, judge: JudgeId) -> None:
    """Raise when whoever acts may not open this judge's sheets."""
    if not may_see(station, judge):
        raise RuleBroken("judge-not-own", judge=judge, own=station.actor.judge or "-")


def _repeated(codes: Iterable[WorkCode]) -> str | None:
    seen: set[WorkCode] = set()
    for code in codes:
        if code in seen:
            return code
        seen.add(code)
    return None
