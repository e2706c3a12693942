"""The rules of a quiz (知识竞赛): its rounds, what an answer gains or loses, where the score goes.

The score of a quiz is carried into one aspect that is given directly; everything after that, the
ranking included, is as in any event. Source: domain rules 3.7.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from app.domain.ids import AspectId


class RoundKind(StrEnum):
    """Who answers: each team its own question, the first to buzz, or for a stake of its choice.

    Sudden death parts tied teams and gains no points.
    """

    MUST_ANSWER = "must-answer"
    BUZZER = "buzzer"
    RISK = "risk"
    SUDDEN_DEATH = "sudden-death"


ASKED_FOR_POINTS = frozenset({RoundKind.MUST_ANSWER, RoundKind.BUZZER})
"""The rounds in which an answer has points of its own, and so may have a part of them."""


class RoundOrder(StrEnum):
    """Which team is asked first: the order drawn by lot, or the highest or lowest score."""

    DRAW = "draw"
    HIGHEST = "highest"
    LOWEST = "lowest"


class QuizOutcome(StrEnum):
    """What became of a question; a team that lets its time run out has it wrong.

    ``part`` (部分答对) is an incomplete answer without a fault; ``early`` (抢按犯规) a buzz before
    the question was read to its end.
    """

    RIGHT = "right"
    PART = "part"
    WRONG = "wrong"
    EARLY = "early"


class QuizRound(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """一轮: ``questions`` a team in turn, or for all teams together where they buzz.

    ``part`` is gained for a partial answer where a round knows one. ``wrong`` and ``early`` are
    points lost, never below 0; an early buzz also loses the turn. In a risk round a team gains or
    loses one of ``stakes``.
    """

    id: str
    kind: RoundKind
    name: str
    name_en: str = ""
    questions: int
    right: Decimal = Decimal(10)
    part: Decimal = Decimal(0)
    wrong: Decimal = Decimal(0)
    early: Decimal = Decimal(0)
    stakes: tuple[Decimal, ...] = ()
    seconds: int = 30
    order: RoundOrder = RoundOrder.DRAW

    @property
    def is_shared(self) -> bool:
        """Whether a question is for whichever team comes first."""
        return self.kind is RoundKind.BUZZER


class QuizRules(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """知识竞赛规则: every team begins with ``base``; without ``lowest`` a score may go negative."""

    aspect: AspectId
    rounds: tuple[QuizRound, ...]
    base: Decimal = Decimal(0)
    lowest: Decimal | None = None

    def round(self, wanted: str) -> QuizRound | None:
        return next((one for one in self.rounds if one.id == wanted), None)

    @property
    def highest(self) -> Decimal:
        """The score of a team that answers everything right for the highest stakes."""
        return self.base + sum((_highest(one) for one in self.rounds), Decimal(0))


def _highest(one: QuizRound) -> Decimal:
    match one.kind:
        case RoundKind.MUST_ANSWER | RoundKind.BUZZER:
            return one.right * one.questions
        case RoundKind.RISK:
            return max(one.stakes, default=Decimal(0)) * one.questions
        case RoundKind.SUDDEN_DEATH:
            return Decimal(0)


def round_faults(one: QuizRound) -> Iterator[str]:
    """What is wrong with one round, as the end of a fault's code."""
    if one.questions < 1 or one.seconds < 1:
        yield "round-count"
    if min(one.right, one.part, one.wrong, one.early, *one.stakes) < 0:
        yield "round-negative"
    if one.part and (one.part > one.right or one.kind not in ASKED_FOR_POINTS):
        yield "round-part"
    if (one.kind is RoundKind.RISK) is not bool(one.stakes) or len(set(one.stakes)) < len(
        one.stakes
    ):
        yield "round-stakes"
