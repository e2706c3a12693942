"""The scoreboard of an event kept in step with the log while a station is open.

``board`` reads everything once and from then on only what arrived since it was last asked, so that
a mark shows on the leaderboard within one frame however many marks there are. What it holds can
always be thrown away: the log is the truth, this is memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TypeAlias

from app.domain.disputes import Claim, Dispute
from app.domain.entries import Cell, Penalty
from app.domain.facts import (
    BundleMerged,
    CheckedIn,
    ClockMoved,
    DisputeSettled,
    EntryRegistered,
    EntryWithdrawn,
    MarkedAbsent,
    MarkGiven,
    OpUndone,
    PanelSet,
    PenaltyGiven,
    PenaltyLifted,
    PublishedRow,
    QuizAnswered,
    RulesFrozen,
    SpreadLetStand,
    TieDecided,
)
from app.domain.ids import AspectId, EntryId, EventCode, JudgeId, ModuleId
from app.domain.ops import decode_fact
from app.domain.quiz import sudden_death
from app.domain.ranking import Placings, Ranking, rank
from app.domain.scheme import Event, rules_hash
from app.domain.scoreboard import Scoreboard, panels_of
from app.domain.scoring import EntryScore
from app.domain.signoff import OpenWork
from app.domain.ties import TieDecision
from app.services import clocks, roll, rules
from app.services.station import Station
from app.services.tie_record import recorded_decisions
from app.storage import oplog, queries
from app.storage.database import reading
from app.storage.oplog import Placed
from app.storage.queries import CurrentMark

_AGAIN = (RulesFrozen, PanelSet, OpUndone, BundleMerged, EntryRegistered)
_STATES = (CheckedIn, MarkedAbsent, EntryWithdrawn)


Printed: TypeAlias = tuple[EntryScore, tuple[int | None, str, str, bool], PublishedRow]
"""A row of the result with the score, rank, award and state it was printed for."""


class LiveBoard:
    """One event's scores and ranking. Ask ``refresh`` first, then read.

    ``rules_hash`` is that of the rules it scores by. ``printed`` keeps the rows of the result as
    they were last printed, by entry; ``open_work`` what is not settled, by module and entry.
    """

    def __init__(self, station: Station, event: EventCode) -> None:
        self._station = station
        self._event = event
        self._position = -1
        self._ranking: Ranking | None = None
        self._placings: Placings = {}
        self._decisions: tuple[TieDecision, ...] = ()
        self.printed: dict[EntryId, Printed] = {}
        self.open_work: dict[tuple[ModuleId, EntryId], tuple[EntryScore, OpenWork]] = {}
        self.rules_hash = ""
        self.scores = Scoreboard(rules.event(station, event), {})
        self.used: Mapping[EntryId, Mapping[ModuleId, int]] = {}

    @property
    def event(self) -> Event:
        """The rules the board scores by."""
        return self.scores.event

    @property
    def ranking(self) -> Ranking:
        if self._ranking is None:
            entries, scores = self.scores.entries(), self.scores.scores()
            settled: tuple[TieDecision, ...] = self._decisions
            found = rank(self.event, entries, scores, self.used, self._placings, settled)
            if self.event.quiz is not None and found.open_ties:
                settled += tuple(sudden_death(self.event.quiz, found.open_ties, self._answers()))
                found = rank(self.event, entries, scores, self.used, self._placings, settled)
            self._ranking = found
        return self._ranking

    def _answers(self) -> list[QuizAnswered]:
        connection = self._station.connection
        return [it.fact for it in queries.standing(connection, QuizAnswered, event=self._event)]

    def refresh(self) -> None:
        """Take in what was recorded since the last time, by whatever program or merge."""
        with reading(self._station.database) as connection:
            if self._position < 0:
                self._load(connection)
                return
            arrived = list(oplog.arrived_after(connection, self._position))
            if not arrived:
                return
            self._position = arrived[-1].position
            self._follow(connection, arrived)
        self._ranking = None

    def _load(self, connection: sqlite3.Connection) -> None:
        event = rules.event(self._station, self._event)
        appointed = {
            module.id: rules.panel(self._station, self._event, module.id)
            for module in event.modules
        }
        self._position = oplog.last_position(connection)
        self.scores = Scoreboard(event, panels_of(event, appointed))
        self.printed = {}
        self.open_work = {}
        frozen = rules.frozen_rules(self._station, self._event)
        self.rules_hash = frozen.rules_hash if frozen else rules_hash(event)
        self._decisions = recorded_decisions(connection, self._event)
        self._load_entries()
        for mark_cell, marks in groupby(
            queries.current_marks(connection, self._event),
            key=lambda mark: (mark.entry, mark.aspect, mark.judge),
        ):
            self._put(*mark_cell, list(marks))
        self._let_stand(
            it.fact for it in queries.standing(connection, SpreadLetStand, event=self._event)
        )
        self._ranking = None

    def _load_entries(self) -> None:
        booked = roll.penalties(self._station, self._event)
        for entry in roll.roll(self._station, self._event):
            self.scores.set_entry(entry)
            self._set_penalties(entry.id, booked)
        self.used = clocks.used_seconds(self._station, self.event)
        self._placings = {}

    def _set_penalties(self, entry: EntryId, booked: Sequence[Penalty]) -> None:
        self.scores.set_penalties(entry, [penalty for penalty in booked if penalty.entry == entry])

    def _follow(self, connection: sqlite3.Connection, arrived: Iterable[Placed]) -> None:
        facts = [decode_fact(it.op.kind, it.op.version, it.op.body) for it in arrived]
        own = [fact for fact in facts if getattr(fact, "event", self._event) == self._event]
        if any(isinstance(fact, _AGAIN) for fact in own):
            self._load(connection)
            return
        if any(isinstance(fact, TieDecided) for fact in own):
            self._decisions = recorded_decisions(connection, self._event)
        if any(
            isinstance(fact, (*_STATES, PenaltyGiven, PenaltyLifted, ClockMoved)) for fact in own
        ):
            self._load_entries()
        touched = {
            (fact.entry, fact.aspect, fact.judge)
            for fact in own
            if isinstance(fact, MarkGiven | DisputeSettled)
        }
        for entry, aspect, judge in touched:
            marks = queries.current_marks(
                connection, self._event, entry=entry, aspects=(aspect,), judge=judge
            )
            self._put(entry, aspect, judge, list(marks))
        self._let_stand(fact for fact in own if isinstance(fact, SpreadLetStand))

    def _let_stand(self, decided: Iterable[SpreadLetStand]) -> None:
        for fact in decided:
            if self.scores.holds(fact.entry):
                self.scores.let_stand(fact.entry, fact.aspect, fact.scores)

    def _put(
        self, entry: EntryId, aspect: AspectId, judge: JudgeId, marks: Sequence[CurrentMark]
    ) -> None:
        if judge in self.scores.panels.get(aspect, ()) and self.scores.holds(entry):
            self.scores.put(entry, aspect, judge, held(marks))


def held(marks: Sequence[CurrentMark]) -> Cell | Dispute | None:
    """What a cell holds, given the marks in it that no other has replaced."""
    cells = [Cell(mark.state, mark.value, mark.measured) for mark in marks]
    match cells:
        case []:
            return None
        case [cell]:
            return cell
        case _:
            claims = zip(marks, cells, strict=True)
            return Dispute(tuple(Claim(mark.op_id, cell) for mark, cell in claims))


def board(station: Station, event: EventCode) -> LiveBoard:
    """The event's board, up to date."""
    found = station.boards.get(event)
    if found is None:
        found = station.boards[event] = LiveBoard(station, event)
    found.refresh()
    return found
