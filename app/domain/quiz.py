"""The score of a quiz (知识竞赛) from its answers, and who may answer what.

Answers are taken in the order in which they were recorded. A score with a floor never falls below
it at any moment, so that order matters; points are never handed out twice for one question.
Source: domain rules 3.7.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.entries import Entry
from app.domain.errors import RuleBroken
from app.domain.facts.quiz import QuizAnswered
from app.domain.ids import EntryId
from app.domain.points import ZERO, Points, plain_points, points_of
from app.domain.quiz_rules import QuizOutcome, QuizRound, QuizRules, RoundKind, RoundOrder
from app.domain.scheme import OnRemaining
from app.domain.ties import TieDecision

_CLOSING = frozenset({QuizOutcome.RIGHT, QuizOutcome.PART})


def answer_points(one: QuizRound, outcome: QuizOutcome, stake: Points | None = None) -> Points:
    """What an answer gains or, below 0, loses. Raises ``RuleBroken`` for a stake not on offer."""
    if one.kind is RoundKind.SUDDEN_DEATH:
        return ZERO
    if one.kind is RoundKind.RISK:
        offered = [points_of(value) for value in one.stakes]
        if stake not in offered:
            stakes = " / ".join(plain_points(value) for value in offered)
            raise RuleBroken("quiz-stake", round=one.id, stakes=stakes)
        return Points(stake if outcome is QuizOutcome.RIGHT else -stake)
    match outcome:
        case QuizOutcome.RIGHT:
            return points_of(one.right)
        case QuizOutcome.PART:
            return points_of(one.part)
        case QuizOutcome.WRONG:
            return Points(-points_of(one.wrong))
        case QuizOutcome.EARLY:
            return Points(-points_of(one.early))


def quiz_scores(
    rules: QuizRules, entries: Iterable[EntryId], answers: Iterable[QuizAnswered]
) -> dict[EntryId, Points]:
    """Every team's score; a team that was never asked has the base points."""
    scores = {entry: points_of(rules.base) for entry in entries}
    for answer in answers:
        if answer.entry in scores:
            scores[answer.entry] = _after(rules, scores[answer.entry], answer.points)
    return scores


def _after(rules: QuizRules, score: Points, points: Points) -> Points:
    """The floor holds back a loss; it never lifts a score that already lies below it."""
    new = Points(score + points)
    if rules.lowest is None or points >= 0:
        return new
    return max(new, min(score, points_of(rules.lowest)))


def may_answer(
    rules: QuizRules,
    answers: Iterable[QuizAnswered],
    *,
    entry: EntryId,
    round_id: str,
    question: int,
    outcome: QuizOutcome,
) -> RuleBroken | None:
    """Why this answer cannot be recorded, or ``None`` when it can.

    A team answers a question once. Where teams buzz, a question that gained somebody points is
    closed.
    """
    one = rules.round(round_id)
    if one is None:
        return RuleBroken("quiz-round-unknown", round=round_id)
    is_open_ended = one.kind is RoundKind.SUDDEN_DEATH
    if question < 1 or (question > one.questions and not is_open_ended):
        return RuleBroken("quiz-question-unknown", round=round_id, question=question)
    if outcome is QuizOutcome.EARLY and one.kind in {RoundKind.MUST_ANSWER, RoundKind.RISK}:
        return RuleBroken("quiz-nothing-to-buzz", round=round_id)
    if outcome is QuizOutcome.PART and not one.part:
        return RuleBroken("quiz-no-part", round=round_id)
    given = [it for it in answers if (it.round, it.question) == (round_id, question)]
    if any(it.entry == entry for it in given):
        return RuleBroken("quiz-answered-already", entry=entry, question=question)
    if one.is_shared and any(it.outcome in _CLOSING for it in given):
        return RuleBroken("quiz-question-closed", question=question)
    return None


def asking_order(
    one: QuizRound, teams: Sequence[Entry], scores: Mapping[EntryId, Points]
) -> tuple[Entry, ...]:
    """In which order the teams are asked; ``teams`` come in the order drawn, which parts ties."""
    match one.order:
        case RoundOrder.DRAW:
            return tuple(teams)
        case RoundOrder.HIGHEST:
            return tuple(sorted(teams, key=lambda team: -scores[team.id]))
        case RoundOrder.LOWEST:
            return tuple(sorted(teams, key=lambda team: scores[team.id]))


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a quiz has come to: the round, its question, and who is asked; ``entry`` is ``None``
    where whoever buzzes first answers."""

    round: QuizRound
    question: int
    entry: EntryId | None


def next_turn(
    one: QuizRound, order: Sequence[Entry], answers: Iterable[QuizAnswered]
) -> Turn | None:
    """The first question of a round that nobody closed; ``None`` when the round is over.

    A question teams buzz for is closed by an answer that gains points, or by the person who leads
    the quiz.
    """
    given = [it for it in answers if it.round == one.id]
    if one.is_shared:
        last = max((it.question for it in given), default=0)
        closed = any(it.question == last and it.outcome in _CLOSING for it in given)
        question = max(1, last + 1 if closed else last)
        return Turn(one, question, None) if question <= one.questions else None
    done = {(it.question, it.entry) for it in given}
    last_question = one.questions
    if one.kind is RoundKind.SUDDEN_DEATH:
        last_question = max((it.question for it in given), default=0) + 1
    for question in range(1, last_question + 1):
        for team in order:
            if (question, team.id) not in done:
                return Turn(one, question, team.id)
    return None


def sudden_death(
    rules: QuizRules, ties: Iterable[Sequence[EntryId]], answers: Iterable[QuizAnswered]
) -> tuple[TieDecision, ...]:
    """The ties that sudden death (加赛) has parted: at the first question where two teams differ,
    the one that had it right stands above. A tie it has not wholly parted is left open."""
    rounds = {one.id for one in rules.rounds if one.kind is RoundKind.SUDDEN_DEATH}
    results: dict[EntryId, dict[tuple[str, int], bool]] = {}
    for it in answers:
        if it.round in rounds:
            right = it.outcome is QuizOutcome.RIGHT
            results.setdefault(it.entry, {})[it.round, it.question] = right
    decisions = []
    for tied in ties:
        asked = sorted({place for entry in tied for place in results.get(entry, {})})
        if any(set(results.get(entry, {})) != set(asked) for entry in tied):
            continue  # somebody has still to answer
        rows = {
            entry: tuple(results.get(entry, {}).get(it, False) for it in asked) for entry in tied
        }
        if len(set(rows.values())) == len(rows):
            order = tuple(sorted(tied, key=lambda entry: rows[entry], reverse=True))
            told = " : ".join(str(sum(rows[entry])) for entry in order)
            decisions.append(TieDecision(order, OnRemaining.PLAYOFF, told))
    return tuple(decisions)
