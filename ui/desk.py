"""What the frame asks of an open competition: one small protocol between window and station.

Screens use the station's services directly; the rail, the context bar and the status line use only
this, so the frame stands on its own in tests and on the welcome page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.changes import ChangeFeed
from app.domain.ids import JudgeId
from app.domain.roles import CHIEF, Actor, Role
from app.problems import Problem
from app.words import Words
from ui.context import Place
from ui.tasks import Tasks

if TYPE_CHECKING:
    from app.services.station import Station


@dataclass(frozen=True, slots=True)
class Status:
    """The honest line. ``record`` is the last op id on this laptop's disk, empty before the first.

    ``trouble`` is why nothing can be saved at present; ``backup_age_ms`` is ``None`` when there
    is no backup; ``unshared`` counts records no exported bundle holds yet.
    """

    record: str
    backup_age_ms: int | None
    unshared: int
    trouble: Problem | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Something Ctrl+F found, and where to look at it."""

    text: str
    detail: str
    place: Place
    focus: Mapping[str, str]


class Desk(Protocol):
    """An open competition as the frame sees it. Everything here reads in well under a frame."""

    @property
    def station(self) -> Station: ...

    @property
    def path(self) -> Path | None: ...

    @property
    def changes(self) -> ChangeFeed: ...

    def title(self, words: Words) -> str:
        """The competition's name; empty while none is set."""

    def status(self) -> Status: ...

    def judges(self) -> Sequence[JudgeId]:
        """The judges that can act here, e.g. ``J1`` ... ``J5``."""

    def acting(self) -> Actor: ...

    def act_as(self, who: Actor) -> None: ...

    def waiting(self) -> Mapping[Place, int]:
        """What waits in each place whose screen has not been opened yet."""

    def runs_clocks(self) -> bool:
        """Whether clocks of this laptop are under way, so that their cues must be heard."""

    def find(self, text: str, words: Words) -> Sequence[Found]: ...

    def undoable(self, words: Words) -> str:
        """What Ctrl+Z would undo, e.g. "mark 2.50 for B07"; empty when nothing."""

    def undo(self) -> None: ...

    def upkeep(self, tasks: Tasks, fail: Callable[[Exception], None]) -> None:
        """Called every few seconds: the sign of life that clocks need, backups that are due,
        what another window recorded in the same file."""

    def save_copy(self, target: Path) -> None:
        """Save all that the open file holds somewhere else, whatever became of the file."""

    def restore(self, target: Path) -> None:
        """Make a file out of its newest good backup."""

    def close(self) -> None: ...


class Opener(Protocol):
    """Opens competition files; raises ``Problem`` or ``RuleBroken`` with the file named."""

    def open(self, path: Path) -> Desk: ...

    def create(self, path: Path, scheme: Path | None = None) -> Desk:
        """A new competition file, which ``scheme`` fills; without one the set-up screen does."""

    def sample(self) -> Desk: ...


def actors(judges: Sequence[JudgeId]) -> list[list[Actor]]:
    """Who can act, in the groups they are offered in: chief, judges, the other offices."""
    offices = [Actor(role) for role in Role if role not in {Role.CHIEF, Role.JUDGE}]
    return [[CHIEF], [Actor(Role.JUDGE, judge) for judge in judges], offices]


def actor_word(words: Words, who: Actor) -> str:
    """What a role or judge is called on screen, with the initials of the person, if any."""
    if who.judge is not None:
        office = words.say("frame.role_judge", number=who.judge.removeprefix("J"))
    else:
        office = words.say(f"frame.role_{who.role.value}")
    return f"{office} · {who.initials}" if who.initials else office
