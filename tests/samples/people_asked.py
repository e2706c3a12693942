"""Somebody at the station who answers every question the same way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from app.services.station import Station
from app.words import Words
from ui.context import Place, ScreenContext
from ui.tasks import Tasks
from ui.theme.tokens import Mode, theme_of

if TYPE_CHECKING:
    from app.words import Language
    from ui.dialogs import ChosenReason, Confirmation, FileKind, Reason


@dataclass
class Person:
    """Answers every question the same way and remembers what was asked."""

    agrees: bool = True
    picks: ChosenReason | None = None
    saves_to: Path | None = None
    opens: Path | None = None
    asked: list[str] = field(default_factory=list)
    confirmed: list[Confirmation] = field(default_factory=list)

    def confirm(self, confirmation: Confirmation, /) -> bool:
        self.asked.append(confirmation.title)
        self.confirmed.append(confirmation)
        return self.agrees

    def reason(self, title: str, what: str, reasons: Sequence[Reason]) -> ChosenReason | None:
        self.asked.append(what)
        return self.picks

    def tell(self, title: str, text: str) -> None:
        self.asked.append(text)

    def open_file(self, title: str, kinds: Sequence[FileKind]) -> Path | None:
        return self.opens

    def save_file(self, title: str, suggested: str, kinds: Sequence[FileKind]) -> Path | None:
        return self.saves_to

    def folder(self, title: str) -> Path | None:
        return None


@dataclass
class Around:
    """What a screen did to the world around it, and a context that notes it down."""

    station: Station
    person: Person = field(default_factory=Person)
    language: Language = "en"
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
