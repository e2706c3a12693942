"""The contract between the window's frame and its ten screens: what a screen gets and may offer.

A screen package ``ui/screens/<place>`` offers ``open_screen(context) -> QWidget`` and is imported
when its place is first visited. Changing language, light or dark, or zoom closes the screen and
opens it again at the same place with a new context, so a screen never retranslates itself and may
read words, sizes and colours once, while it is built.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from app.changes import Changes
from app.words import Words
from ui.words import attempted

if TYPE_CHECKING:
    from app.services.station import Station
    from ui.dialogs import Questions
    from ui.tasks import Tasks
    from ui.theme.tokens import Theme


class Place(Enum):
    """The screens in the order of a competition day; the value names the package and the words.

    Ctrl+1 is the first and Ctrl+0 the tenth. The rail's word is ``frame.place_<value>``.
    """

    OVERVIEW = "overview"
    SETUP = "setup"
    CHECKIN = "checkin"
    DRAW = "draw"
    TIMING = "timing"
    MARKING = "marking"
    REVIEW = "review"
    RESULTS = "results"
    CERTIFICATES = "certificates"
    EXCHANGE = "exchange"

    @property
    def shortcut(self) -> str:
        return f"Ctrl+{(tuple(Place).index(self) + 1) % 10}"


class GoTo(Protocol):
    """Jump to another screen; ``focus`` says what to show there, e.g. ``entry="ROBOT-07"``."""

    def __call__(self, place: Place, /, **focus: str) -> None: ...


@dataclass(frozen=True, slots=True)
class ScreenContext:
    """All that a screen may use of the world around it.

    ``tasks`` runs long reads and exports beside the window; ``ask`` holds the dialogs, so that a
    test can answer for the person; ``announce`` puts a line of good news in the status line;
    ``fail`` shows any exception the way it deserves: a ``RuleBroken`` or ``Problem`` as a banner
    above the screen, anything else as a bug with a report. A screen shows a refusal it can place
    at its own field itself, with ``words.explain(refusal)``.
    """

    station: Station
    words: Words
    theme: Theme
    tasks: Tasks
    ask: Questions
    go_to: GoTo
    announce: Callable[[str], None]
    fail: Callable[[Exception], None]

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do something that may be refused, where there is no place of its own to say so."""
        return attempted(act, self.fail)


# What a screen widget may offer on top of being a QWidget. The frame asks with isinstance, so a
# screen just defines the method; it inherits from nothing but Qt.


@runtime_checkable
class Reloads(Protocol):
    """Reads the current state again; called once for all changes of one event-loop turn.

    Changes whose ``origin`` is this very widget, or its attribute ``presenter`` if it has one, are
    not reported to it. A screen that is not in front is told when it comes to the front.
    """

    def reload(self, changes: Changes) -> None: ...


@runtime_checkable
class AsksBeforeLeaving(Protocol):
    """Asks about unsaved typing; ``False`` means: stay here."""

    def leave(self) -> bool: ...


@runtime_checkable
class CountsWaiting(Protocol):
    """How many things wait for a person here: the badge on the rail. Zero shows none.

    Asked after every change, also of a screen that is not in front: count from the current state.
    """

    def waiting(self) -> int: ...


@runtime_checkable
class TakesFocus(Protocol):
    """Shows what ``go_to(place, **focus)`` named, e.g. ``{"entry": "ROBOT-07"}``."""

    def focus_on(self, wanted: Mapping[str, str]) -> None: ...


@runtime_checkable
class UndoesEdits(Protocol):
    """Takes back an edit that is no record yet, before Ctrl+Z reaches the last record.

    Announces it; ``False`` when there was nothing to take back.
    """

    def undo_edit(self) -> bool: ...


@runtime_checkable
class Explains(Protocol):
    """The words key of the text that F1 shows, instead of ``<place>.help``."""

    help_key: str


@runtime_checkable
class NamesWhere(Protocol):
    """The rest of "competition ▸ event ▸ module" in the context bar, e.g. ``("ROBOT", "B")``.

    Read after every reload and whenever the screen calls ``context.announce`` or is shown.
    """

    def where(self) -> tuple[str, ...]: ...


class ScreenModule(Protocol):
    """The module ``ui.screens.<place>``; it may also offer ``shots`` for the screenshot maker."""

    def open_screen(self, context: ScreenContext) -> QWidget: ...


NamedView = tuple[str, QWidget]
"""What ``shots(context) -> list[NamedView]`` of a screen returns: part of a file name, widget."""
