"""Facts of a quiz (知识竞赛)."""

from __future__ import annotations

from app.domain.facts.form import Form
from app.domain.ids import EntryId, EventCode
from app.domain.points import Points
from app.domain.quiz_rules import QuizOutcome


class QuizAnswered(Form, frozen=True):
    """答题: what a team made of a question, and the points it gained or, below 0, lost by it.

    ``stake`` is what the team chose in a risk round; ``after_ms`` how long the time of the question
    had run, where it was started. A wrong entry is undone, never erased.
    """

    event: EventCode
    entry: EntryId
    round: str
    question: int
    outcome: QuizOutcome
    points: Points
    stake: Points | None = None
    after_ms: int | None = None
