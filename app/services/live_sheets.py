"""The sheets of an event kept in step with the log while a station is open.

What a second person has still to check, and whether a signature still holds, follows from every
mark there is. It is read once, and from then on only for what arrived since it was last asked: a
list of thousands of sheets comes back within a frame of a mark. Ask outside of ``recording``, so
that nothing is kept that a refused command took back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import TypeAlias

from app.domain.checking_rules import EntryCheck
from app.domain.entries import EntryState
from app.domain.facts import (
    BundleMerged,
    DisputeSettled,
    Fact,
    MarkGiven,
    OpUndone,
    PanelSet,
    RulesFrozen,
    SheetChecked,
)
from app.domain.ids import AspectId, EntryId, EventCode, JudgeId, ModuleId
from app.domain.ops import decode_fact
from app.services import rules
from app.services.check_states import CheckState, SheetOf, SheetStanding, sheet_standings
from app.services.digests import marks_digest
from app.services.live import board
from app.services.station import Station
from app.services.works import SheetPlan, sheet_plan
from app.storage import oplog, queries
from app.storage.database import reading
from app.storage.oplog import Placed

_AGAIN = (RulesFrozen, PanelSet, BundleMerged)
_STILL_MARKED = {EntryState.REGISTERED, EntryState.CHECKED_IN}
_TO_CHECK = {CheckState.WAITING, CheckState.DIFFERS}

_Standings: TypeAlias = dict[EntryId, dict[SheetOf, SheetStanding]]


class LiveSheets:
    """Of one event, a module at a time. Ask ``refresh`` first, then read."""

    def __init__(self, station: Station, event: EventCode) -> None:
        self._station, self._event = station, event
        self._position = -1
        self._modules: dict[AspectId, ModuleId] = {}
        self._standings: dict[ModuleId, _Standings] = {}
        self._digests: dict[tuple[ModuleId, JudgeId], str] = {}

    def standings(self, plan: SheetPlan) -> Iterable[tuple[SheetOf, SheetStanding]]:
        """Every sheet of a module that holds a mark, also those of entries gone since."""
        known = self._standings.get(plan.module.id)
        if known is None:
            known = self._standings[plan.module.id] = {}
            for (entry, judge), standing in sheet_standings(self._station, plan).items():
                known.setdefault(entry, {})[entry, judge] = standing
        return (pair for sheets in known.values() for pair in sheets.items())

    def digest(self, plan: SheetPlan, judge: JudgeId) -> str:
        """The digest over a judge's standing marks in a module."""
        where = (plan.module.id, judge)
        if where not in self._digests:
            self._digests[where] = judge_digest(self._station, plan, judge)
        return self._digests[where]

    def refresh(self) -> None:
        """Take in what was recorded since the last time, by whatever program or merge."""
        with reading(self._station.database) as connection:
            if self._position < 0:
                self._forget(connection)
                return
            arrived = list(oplog.arrived_after(connection, self._position))
            if arrived:
                self._position = arrived[-1].position
                self._follow(connection, arrived)

    def _forget(self, connection: sqlite3.Connection) -> None:
        self._position = oplog.last_position(connection)
        in_force = rules.event(self._station, self._event)
        self._modules = {one.id: it.id for it in in_force.modules for one in it.aspects()}
        self._standings, self._digests = {}, {}

    def _follow(self, connection: sqlite3.Connection, arrived: Iterable[Placed]) -> None:
        facts = [_told(connection, placed) for placed in arrived]
        own = [fact for fact in facts if getattr(fact, "event", self._event) == self._event]
        if any(isinstance(fact, _AGAIN) for fact in own):
            self._forget(connection)
            return
        touched: set[tuple[ModuleId, EntryId]] = set()
        for fact in own:
            match fact:
                case MarkGiven() | DisputeSettled():
                    # An aspect that an amendment took out belongs to no sheet.
                    if (module := self._modules.get(fact.aspect)) is not None:
                        touched.add((module, fact.entry))
                        self._digests.pop((module, fact.judge), None)
                case SheetChecked():
                    touched.add((fact.module, fact.entry))
                case _:
                    continue
        for module, entry in touched:
            if module in self._standings:
                plan = sheet_plan(self._station, self._event, module)
                found = sheet_standings(self._station, plan, entry=entry)
                self._standings[module][entry] = found


def live_sheets(station: Station, event: EventCode) -> LiveSheets:
    """The event's sheets, up to date."""
    found = station.sheets.get(event)
    if found is None:
        found = station.sheets[event] = LiveSheets(station, event)
    found.refresh()
    return found


def unchecked(station: Station, plan: SheetPlan) -> int:
    """How many entered sheets wait for somebody else to check them."""
    if plan.module.entry_check is EntryCheck.NONE:
        return 0
    scores = board(station, plan.event.code).scores
    return sum(
        standing.state in _TO_CHECK
        and scores.holds(entry)
        and scores.entry(entry).state in _STILL_MARKED
        for (entry, _), standing in live_sheets(station, plan.event.code).standings(plan)
    )


def judge_digest(station: Station, plan: SheetPlan, judge: JudgeId) -> str:
    """The digest over a judge's standing marks in a module, as the file has them now."""
    marks = queries.current_marks(
        station.connection, plan.event.code, aspects=plan.aspects, judge=judge
    )
    return marks_digest(marks)


def _told(connection: sqlite3.Connection, placed: Placed) -> Fact:
    """The fact of an op, or the one that it undoes."""
    fact = decode_fact(placed.op.kind, placed.op.version, placed.op.body)
    if isinstance(fact, OpUndone) and placed.op.undoes:
        undone = oplog.find(connection, placed.op.undoes)
        if undone is not None:
            return decode_fact(undone.op.kind, undone.op.version, undone.op.body)
    return fact
