"""A desk with no file behind it and screens that show what the frame did to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from app.changes import ChangeFeed, Changes
from app.domain.ids import JudgeId
from app.domain.roles import CHIEF, Actor
from app.problems import Problem
from app.words import Words
from ui.context import Place, ScreenContext
from ui.desk import Desk, Found, Status
from ui.tasks import Tasks


@dataclass
class SampleDesk:
    """Answers what it was given; ``station`` is never touched by the frame itself."""

    path: Path | None = None
    name: str = "第四届样例职业技能大赛"
    state: Status = field(default_factory=lambda: Status("S7K2-001234", 120_000, 17))
    actor: Actor = CHIEF
    changes: ChangeFeed = field(default_factory=ChangeFeed)
    station: Any = field(default_factory=SimpleNamespace)
    counts: dict[Place, int] = field(default_factory=dict)
    undo_label: str = ""
    undone: int = 0
    saved: list[Path] = field(default_factory=list)
    closed: bool = False

    def title(self, words: Words) -> str:
        return self.name

    def status(self) -> Status:
        return self.state

    def judges(self) -> Sequence[JudgeId]:
        return [JudgeId("J1"), JudgeId("J2"), JudgeId("J3")]

    def acting(self) -> Actor:
        return self.actor

    def act_as(self, who: Actor) -> None:
        self.actor = who

    def runs_clocks(self) -> bool:
        return False

    def waiting(self) -> Mapping[Place, int]:
        return self.counts

    def find(self, text: str, words: Words) -> Sequence[Found]:
        known = [
            Found("样例选手01", "ROBOT-01 样例一厂", Place.CHECKIN, {"entry": "ROBOT-01"}),
            Found("B07", "ROBOT 模块 B", Place.MARKING, {"work": "B07"}),
        ]
        return [found for found in known if text in found.text or text in found.detail]

    def undoable(self, words: Words) -> str:
        return self.undo_label

    def undo(self) -> None:
        self.undone += 1
        self.undo_label = ""

    def upkeep(self, tasks: Tasks, fail: Callable[[Exception], None]) -> None:
        return None

    def save_copy(self, target: Path) -> None:
        self.saved.append(target)

    def restore(self, target: Path) -> None:
        self.saved.append(target)

    def close(self) -> None:
        self.closed = True


@dataclass
class SampleOpener:
    """Opens sample desks; a path whose name begins with "broken" does not open."""

    opened: list[SampleDesk] = field(default_factory=list)
    begun_with: list[str] = field(default_factory=list)
    """The template of every file created, empty for none."""

    def open(self, path: Path) -> Desk:
        if path.name.startswith("broken"):
            raise Problem("file-not-found", file=path.name)
        self.opened.append(SampleDesk(path))
        return self.opened[-1]

    def create(self, path: Path, scheme: Path | None = None) -> Desk:
        self.begun_with.append(scheme.stem if scheme else "")
        return self.open(path)

    def sample(self) -> Desk:
        self.opened.append(SampleDesk())
        return self.opened[-1]


class SampleScreen(QWidget):
    """A screen that keeps a diary."""

    def __init__(self, context: ScreenContext, place: Place) -> None:
        super().__init__()
        self.context = context
        self.place = place
        self.reloads: list[Changes] = []
        self.focuses: list[Mapping[str, str]] = []
        self.may_go = True
        self.field = QLineEdit()
        self.field.setAccessibleName("typing")
        layout = QVBoxLayout(self)
        layout.addWidget(QLabel(place.value))
        layout.addWidget(self.field)
        self.setFocusProxy(self.field)

    def reload(self, changes: Changes) -> None:
        self.reloads.append(changes)

    def leave(self) -> bool:
        return self.may_go

    def waiting(self) -> int:
        return 3 if self.place is Place.CHECKIN else 0

    def focus_on(self, wanted: Mapping[str, str]) -> None:
        self.focuses.append(wanted)

    def where(self) -> tuple[str, ...]:
        return ("ROBOT", "B")


@dataclass
class SampleScreens:
    """Loads sample screens and remembers them; a place in ``broken`` fails to open."""

    broken: set[Place] = field(default_factory=set)
    made: list[SampleScreen] = field(default_factory=list)

    def __call__(self, place: Place) -> Any:
        return SimpleNamespace(open_screen=lambda context: self._open(context, place))

    def _open(self, context: ScreenContext, place: Place) -> QWidget:
        if place in self.broken:
            raise ZeroDivisionError(place.value)
        self.made.append(SampleScreen(context, place))
        return self.made[-1]
