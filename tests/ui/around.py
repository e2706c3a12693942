"""What the frame offers a screen, remembered instead of shown, for testing a screen alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from app.services.station import Station
from app.words import Language, Words
from tests.ui.frame.sample_desk import Answers
from ui.context import Place, ScreenContext
from ui.dialogs import ChosenReason, Reason
from ui.tasks import Tasks
from ui.theme.tokens import Mode, theme_of


@dataclass
class WrittenAnswers(Answers):
    """Also picks a reason: the one at ``pick``, with ``note`` written to it."""

    pick: int = 0
    note: str = "核对过纸质评分表"

    def reason(self, title: str, what: str, reasons: Sequence[Reason]) -> ChosenReason | None:
        return ChosenReason(reasons[self.pick].code, self.note) if self.yes else None


@dataclass
class Around:
    """The world around one screen."""

    answers: WrittenAnswers = field(default_factory=WrittenAnswers)
    went_to: list[tuple[Place, dict[str, str]]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    failed: list[Exception] = field(default_factory=list)

    def go_to(self, place: Place, /, **focus: str) -> None:
        self.went_to.append((place, focus))


@contextmanager
def context_of(
    station: Station, around: Around, *, language: Language = "en"
) -> Iterator[ScreenContext]:
    """A context for one screen; its tasks end with it."""
    tasks = Tasks()
    yield ScreenContext(
        station=station,
        words=Words.load(language),
        theme=theme_of(Mode.LIGHT),
        tasks=tasks,
        ask=around.answers,
        go_to=around.go_to,
        announce=around.said.append,
        fail=around.failed.append,
    )
    tasks.close()
