"""What the frame offers a screen, remembered instead of shown, for testing a screen alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.services.station import Station
from app.words import Language, Words
from ui.context import Place, ScreenContext
from ui.dialogs import ChosenReason, Confirmation, FileKind, Reason
from ui.tasks import Tasks
from ui.theme.tokens import Mode, theme_of

FIRST_OFFERED = ""
CHECKED_ON_PAPER = ChosenReason(FIRST_OFFERED, "核对过纸质评分表")


@dataclass
class Person:
    """Answers every question the same way and remembers what was asked.

    ``picks`` is the reason given, ``None`` for none; ``path`` the file that is opened or saved.
    """

    agrees: bool = True
    picks: ChosenReason | None = CHECKED_ON_PAPER
    path: Path | None = None
    asked: list[str] = field(default_factory=list)
    confirmed: list[Confirmation] = field(default_factory=list)

    def confirm(self, confirmation: Confirmation, /) -> bool:
        self.asked.append(confirmation.title)
        self.confirmed.append(confirmation)
        return self.agrees

    def reason(self, title: str, what: str, reasons: Sequence[Reason]) -> ChosenReason | None:
        self.asked.append(what)
        if self.picks is None or not self.agrees:
            return None
        return replace(self.picks, code=self.picks.code or reasons[0].code)

    def tell(self, title: str, text: str) -> None:
        self.asked.append(text)

    def open_file(self, title: str, kinds: Sequence[FileKind]) -> Path | None:
        return self.path

    def save_file(self, title: str, suggested: str, kinds: Sequence[FileKind]) -> Path | None:
        return self.path

    def folder(self, title: str) -> Path | None:
        return self.path


@dataclass
class Around:
    """The world around the screens of one station, and what they did to it."""

    station: Station
    language: Language = "en"
    person: Person = field(default_factory=Person)
    announced: list[str] = field(default_factory=list)
    failed: list[Exception] = field(default_factory=list)
    went: list[tuple[Place, dict[str, str]]] = field(default_factory=list)
    tasks: Tasks = field(default_factory=Tasks)

    def go_to(self, place: Place, /, **focus: str) -> None:
        self.went.append((place, focus))

    def context(self) -> ScreenContext:
        return ScreenContext(
            station=self.station,
            words=Words.load(self.language),
            theme=theme_of(Mode.LIGHT),
            tasks=self.tasks,
            ask=self.person,
            go_to=self.go_to,
            announce=self.announced.append,
            fail=self.failed.append,
        )


@contextmanager
def around_of(station: Station, *, language: Language = "en") -> Iterator[Around]:
    """The world around one station; its tasks end with it."""
    made = Around(station, language)
    yield made
    made.tasks.close()
