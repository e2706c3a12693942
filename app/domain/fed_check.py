"""Whether an event whose score comes from a quiz or from proposals can be run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from app.domain.errors import RuleBroken
from app.domain.ids import AspectId
from app.domain.method_check import is_too_fine
from app.domain.methods import Benefit, Direct
from app.domain.methods.proposals import benefit_faults
from app.domain.points import plain_points, points_of
from app.domain.proposal_rules import ProposalRules, proposal_faults
from app.domain.quiz_rules import QuizRules, RoundKind, round_faults
from app.domain.scheme import Event, OnRemaining


def fed_aspect(event: Event) -> AspectId | None:
    """The aspect that a quiz or proposals fill; ``None`` where every mark is typed."""
    if event.quiz is not None:
        return event.quiz.aspect
    return None if event.proposals is None else event.proposals.aspect


def check_fed(event: Event) -> Iterator[RuleBroken]:
    """Everything that keeps the quiz or the proposals of an event from being used."""
    wanted = fed_aspect(event)
    if wanted is None:
        return
    if event.quiz is not None and event.proposals is not None:
        yield RuleBroken("quiz-and-proposals", event=event.code)
    aspect = next((one for one in event.aspects() if one.id == wanted), None)
    if aspect is None or not isinstance(aspect.method, Direct):
        yield RuleBroken("fed-aspect", event=event.code, aspect=wanted)
    elif event.quiz is not None and event.quiz.highest > aspect.max:
        yield RuleBroken(
            "quiz-max-too-low",
            event=event.code,
            aspect=wanted,
            highest=plain_points(points_of(event.quiz.highest)),
        )
    if event.quiz is not None:
        yield from _check_quiz(event, event.quiz)
    if event.proposals is not None:
        yield from _check_proposals(event, event.proposals)


def _check_quiz(event: Event, quiz: QuizRules) -> Iterator[RuleBroken]:
    if not quiz.rounds:
        yield RuleBroken("quiz-without-rounds", event=event.code)
    for name, times in Counter(one.id for one in quiz.rounds).items():
        if times > 1:
            yield RuleBroken("quiz-round-repeated", event=event.code, round=name)
    numbers = [quiz.base, *([] if quiz.lowest is None else [quiz.lowest])]
    for one in quiz.rounds:
        for fault in round_faults(one):
            yield RuleBroken(f"quiz-{fault}", event=event.code, round=one.id)
        numbers += [one.right, one.part, one.wrong, one.early, *one.stakes]
    if any(is_too_fine(number) for number in numbers):
        yield RuleBroken("quiz-number-too-fine", event=event.code)
    parts = any(one.kind is RoundKind.SUDDEN_DEATH for one in quiz.rounds)
    if parts and event.on_remaining is not OnRemaining.PLAYOFF:
        yield RuleBroken("quiz-sudden-death-unused", event=event.code)


def _check_proposals(event: Event, rules: ProposalRules) -> Iterator[RuleBroken]:
    for fault in proposal_faults(rules):
        yield RuleBroken(f"proposals-{fault}", event=event.code)
    cap = next((one.max for one in event.aspects() if one.id == rules.aspect), None)
    if (
        rules.kinds
        and cap is not None
        and any(True for _ in benefit_faults(Benefit(rules.kinds), cap))
    ):
        yield RuleBroken("proposals-bands", event=event.code)
    marks = [one.points for one in rules.states] + [rules.review_most]
    if any(is_too_fine(mark) for mark in marks):
        yield RuleBroken("proposals-number-too-fine", event=event.code)
