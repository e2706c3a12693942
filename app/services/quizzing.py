"""Scoring a quiz (知识竞赛): every answer a record, every score its sum, a slip taken back."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.entries import Entry, EntryState
from app.domain.errors import RuleBroken
from app.domain.facts import DrawMade, OpUndone, QuizAnswered
from app.domain.ids import EntryId, EventCode, OpId
from app.domain.points import Points
from app.domain.quiz import answer_points, may_answer, quiz_scores
from app.domain.quiz_rules import QuizOutcome, QuizRules
from app.domain.roles import Role
from app.domain.scheme import Event
from app.services import fed_marks, rules
from app.services.fed_marks import carry_over, differing, refuse_closed
from app.services.roll import registered
from app.services.signing_off import is_locked
from app.services.station import Station, recording
from app.storage import queries
from app.storage.queries import Recorded

_KIND = "quiz-answered"


@dataclass(frozen=True, slots=True)
class Team:
    """A team at the buzzers, with its score so far."""

    entry: Entry
    name: str
    score: Points


@dataclass(frozen=True, slots=True)
class Quiz:
    """A quiz as it stands. ``teams`` are in the order drawn, by number where nothing is drawn.

    ``differing`` are teams whose mark does not follow from the answers, e.g. after a merge.
    """

    event: Event
    rules: QuizRules
    teams: tuple[Team, ...]
    answers: tuple[Recorded[QuizAnswered], ...]
    differing: tuple[EntryId, ...]
    is_locked: bool

    @property
    def given(self) -> list[QuizAnswered]:
        return [one.fact for one in self.answers]

    def team(self, entry: EntryId) -> Team | None:
        return next((team for team in self.teams if team.entry.id == entry), None)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a team made of a question of a round, for which ``stake`` and after how long."""

    round: str
    question: int
    outcome: QuizOutcome
    stake: Points | None = None
    after_ms: int | None = None


def quiz(station: Station, event: EventCode) -> Quiz:
    """The quiz of an event. Raises ``RuleBroken`` while the rules are not frozen."""
    in_force, own = _rules(station, event)
    given = fed_marks.answers(station, event)
    present = [
        one
        for one in registered(station, event)
        if one.entry.state in {EntryState.REGISTERED, EntryState.CHECKED_IN}
    ]
    scores = quiz_scores(own, (one.entry.id for one in present), (it.fact for it in given))
    drawn = _drawn(station, in_force)
    present.sort(key=lambda one: drawn.get(one.entry.id, len(drawn)))
    return Quiz(
        in_force,
        own,
        tuple(Team(one.entry, one.name, scores[one.entry.id]) for one in present),
        tuple(given),
        differing(station, in_force),
        is_locked(station, event, in_force.module_of(own.aspect).id),
    )


def give_answer(
    station: Station,
    event: EventCode,
    entry: EntryId,
    given: Answer,
    *,
    origin: object | None = None,
) -> QuizAnswered:
    """Record what a team made of a question and carry the scores over. Raises ``RuleBroken``."""
    with recording(station, origin=origin) as log:
        now = quiz(station, event)
        refuse_closed(station, now.event)
        if now.team(entry) is None:
            raise RuleBroken("entry-unknown", entry=entry)
        refused = may_answer(
            now.rules,
            now.given,
            entry=entry,
            round_id=given.round,
            question=given.question,
            outcome=given.outcome,
        )
        if refused is not None:
            raise refused
        one = now.rules.round(given.round)
        assert one is not None, "an unknown round was refused"
        fact = QuizAnswered(
            event=event,
            entry=entry,
            round=given.round,
            question=given.question,
            outcome=given.outcome,
            points=answer_points(one, given.outcome, given.stake),
            stake=given.stake if one.stakes else None,
            after_ms=given.after_ms,
        )
        log.add(fact)
        carry_over(station, log, now.event)
    return fact


def void_answer(
    station: Station, event: EventCode, op: OpId, reason: str, *, origin: object | None = None
) -> None:
    """The chief judge takes back an answer that is not the last one; it stays in the record."""
    if not reason.strip():
        raise RuleBroken("quiz-void-needs-reason")
    if station.actor.role is not Role.CHIEF:
        raise RuleBroken("role-may-not", role=station.actor.role.value, kind=_KIND)
    with recording(station, origin=origin) as log:
        now = quiz(station, event)
        refuse_closed(station, now.event)
        if all(one.op_id != op for one in now.answers):
            raise RuleBroken("quiz-answer-gone")
        log.add(OpUndone(kind=_KIND), undoes=op, reason=reason.strip())
        carry_over(station, log, now.event, reason=reason.strip())


def carry_scores(station: Station, event: EventCode, *, origin: object | None = None) -> int:
    """Bring the marks up to the record, e.g. after a merge or for a team that came late."""
    with recording(station, origin=origin) as log:
        in_force = rules.rules(station, event)
        refuse_closed(station, in_force)
        return carry_over(station, log, in_force)


def _rules(station: Station, event: EventCode) -> tuple[Event, QuizRules]:
    in_force = rules.rules(station, event)
    if in_force.quiz is None:
        raise RuleBroken("quiz-none", event=event)
    return in_force, in_force.quiz


def _drawn(station: Station, event: Event) -> dict[EntryId, int]:
    """The order the teams were drawn in, where one was."""
    order: dict[EntryId, int] = {}
    for made in queries.standing(station.connection, DrawMade, event=event.code):
        order |= {placed.entry: placed.order for placed in made.fact.placements}
    return order
