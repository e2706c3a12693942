"""Whether an event whose score comes from a quiz, proposals or counted output can be run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from app.domain.errors import RuleBroken
from app.domain.ids import AspectId
from app.domain.method_check import is_too_fine
from app.domain.methods import Benefit, Direct
from app.domain.methods.proposals import benefit_faults
from app.domain.output_rules import OutputRules, output_faults, takes_counts
from app.domain.points import plain_points, points_of
from app.domain.proposal_rules import ProposalRules, proposal_faults
from app.domain.quiz_rules import QuizRules, RoundKind, round_faults
from app.domain.scheme import Aspect, Event, OnRemaining


def fed_aspects(event: Event) -> tuple[AspectId, ...]:
    """The aspects that a record of its own fills; none where every mark is typed."""
    if event.quiz is not None:
        return (event.quiz.aspect,)
    if event.proposals is not None:
        return (event.proposals.aspect,)
    return () if event.output is None else tuple(one.feeds for one in event.output.periods)


def check_fed(event: Event) -> Iterator[RuleBroken]:
    """Everything that keeps the quiz, the proposals or the output of an event from being used."""
    if sum(one is not None for one in (event.quiz, event.proposals, event.output)) > 1:
        yield RuleBroken("fed-twice", event=event.code)
    if event.quiz is not None:
        yield from _check_quiz(event, event.quiz)
    if event.proposals is not None:
        yield from _check_proposals(event, event.proposals)
    if event.output is not None:
        yield from _check_output(event, event.output)


def _check_direct(event: Event, wanted: AspectId) -> Iterator[RuleBroken]:
    aspect = _aspect(event, wanted)
    if aspect is None or not isinstance(aspect.method, Direct):
        yield RuleBroken("fed-aspect", event=event.code, aspect=wanted)


def _check_quiz(event: Event, quiz: QuizRules) -> Iterator[RuleBroken]:
    yield from _check_direct(event, quiz.aspect)
    aspect = _aspect(event, quiz.aspect)
    if aspect is not None and quiz.highest > aspect.max:
        yield RuleBroken(
            "quiz-max-too-low",
            event=event.code,
            aspect=aspect.id,
            highest=plain_points(points_of(quiz.highest)),
        )
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
    yield from _check_direct(event, rules.aspect)
    for fault in proposal_faults(rules):
        yield RuleBroken(f"proposals-{fault}", event=event.code)
    fed = _aspect(event, rules.aspect)
    if (
        rules.kinds
        and fed is not None
        and any(True for _ in benefit_faults(Benefit(rules.kinds), fed.max))
    ):
        yield RuleBroken("proposals-bands", event=event.code)
    marks = [one.points for one in rules.states] + [rules.review_most]
    marks += [one.minimum for one in rules.period_awards if one.minimum is not None]
    if any(is_too_fine(mark) for mark in marks):
        yield RuleBroken("proposals-number-too-fine", event=event.code)


def _check_output(event: Event, rules: OutputRules) -> Iterator[RuleBroken]:
    for fault in output_faults(rules):
        yield RuleBroken(f"output-{fault}", event=event.code)
    for period in rules.periods:
        aspect = _aspect(event, period.feeds)
        if aspect is None or not takes_counts(aspect.method, period.counted_as):
            yield RuleBroken("output-aspect", event=event.code, aspect=period.feeds)


def _aspect(event: Event, wanted: AspectId) -> Aspect | None:
    return next((one for one in event.aspects() if one.id == wanted), None)
