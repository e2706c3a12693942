"""Holds the open screens: imports each when it is first visited, shows one, tells all of changes.

A screen that is not in front is reloaded when it comes to the front; only its badge is kept fresh.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from typing import cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget
from shiboken6 import isValid

from app.changes import Changes
from ui.bridge import merged
from ui.context import (
    AsksBeforeLeaving,
    CountsWaiting,
    Explains,
    NamedView,
    NamesWhere,
    Place,
    Reloads,
    ScreenContext,
    ScreenModule,
    TakesFocus,
    UndoesEdits,
)
from ui.frame.tab_order import first_within
from ui.frame.unsaved import unsaved
from ui.widgets.empty_state import EmptyState

Load = Callable[[Place], ScreenModule]


def load_screen(place: Place) -> ScreenModule:
    """Import the screen package of a place."""
    return cast(ScreenModule, importlib.import_module(f"ui.screens.{place.value}"))


class ScreenHost(QStackedWidget):
    """One screen a place, opened on demand; every access goes through the small protocols."""

    def __init__(self, context: ScreenContext, load: Load = load_screen) -> None:
        super().__init__()
        self._context = context
        self._load = load
        self._open: dict[Place, QWidget] = {}
        self._areas: dict[Place, QScrollArea] = {}
        self._modules: dict[Place, ScreenModule] = {}
        self._missed: dict[Place, list[Changes]] = {}
        self.here: Place | None = None
        self._sight = QTimer(self)
        self._sight.setSingleShot(True)
        self._sight.setInterval(0)
        self._sight.timeout.connect(self._bring_into_sight)

    def may_leave(self) -> bool:
        """Does the screen in front let go? It may ask about unsaved typing."""
        held: QWidget | None = self.window().focusWidget()
        if held is not None and self.isAncestorOf(held):
            # What stands in a field is taken when it loses the focus.
            held.clearFocus()
            self.take_focus(held)
        screen = self._front()
        return screen.leave() if isinstance(screen, AsksBeforeLeaving) else True

    def unsaved(self) -> tuple[str, ...]:
        """What would be lost if the screens were closed, in words."""
        return tuple(line for screen in self._open.values() for line in unsaved(screen))

    def show_place(self, place: Place, focus: Mapping[str, str]) -> None:
        """Bring a screen to the front; whatever its opening raises is the caller's to show."""
        screen = self.open_behind(place)
        self.here = place
        area = self._areas[place]
        held: QWidget | None = self.window().focusWidget()
        if area is not self.currentWidget() and held is not None and self.isAncestorOf(held):
            # Or Qt would pass the focus on to whatever comes first on the new page.
            held.clearFocus()
        self.setCurrentWidget(area)
        self._deliver(place, self._missed.pop(place, []))
        offered: object = screen
        if focus and isinstance(offered, TakesFocus):
            offered.focus_on(focus)
        self.take_focus()

    def take_focus(self, held: QWidget | None = None) -> None:
        """Give the keys to what ``held`` them, or to what the screen in front opens with."""
        screen = self.screen_in_front
        if screen is None:
            return
        if held is not None and isValid(held) and screen.isAncestorOf(held):
            held.setFocus()
        if not self._holds_focus(screen):
            screen.setFocus()
        if not self._holds_focus(screen) and (first := _first_offered(screen)) is not None:
            # What it opens with is hidden or off just now; a key must still not be lost.
            first.setFocus()
        # Where it stands is known when the screen has been laid out.
        self._sight.start()

    def _bring_into_sight(self) -> None:
        """Scroll to what has the focus: a key must not change what nobody sees."""
        held: QWidget | None = self.window().focusWidget()
        if held is None or not held.isVisible() or not held.visibleRegion().isEmpty():
            return
        around = held.parentWidget()
        while around is not None and around is not self:
            if isinstance(around, QScrollArea):
                around.ensureWidgetVisible(held)
            around = around.parentWidget()

    def open_behind(self, place: Place) -> QWidget:
        """Open a screen without showing it, unless it is open; returns it."""
        screen = self._open.get(place)
        if screen is None:
            module = self._load(place)
            screen = module.open_screen(self._context)
            self._modules[place] = module
            self._put(place, screen)
        return screen

    def show_instead(self, place: Place, widget: QWidget) -> None:
        """Put something else where a screen could not be opened."""
        self.forget(place)
        self._put(place, widget)
        self.here = place
        self.setCurrentWidget(self._areas[place])

    def deliver(self, changes: Sequence[Changes]) -> None:
        """Tell the screen in front, and remember for the others."""
        for place in self._open:
            if place is self.here:
                self._deliver(place, changes)
            else:
                self._missed.setdefault(place, []).extend(changes)

    def waiting(self) -> dict[Place, int]:
        """What the open screens say waits at their places."""
        offered: dict[Place, object] = {**self._open}
        return {
            place: screen.waiting()
            for place, screen in offered.items()
            if isinstance(screen, CountsWaiting)
        }

    def extra_views(self, place: Place) -> list[NamedView]:
        """What a screen package offers the screenshot maker besides its screen."""
        shots = getattr(self._modules.get(place), "shots", None)
        return shots(self._context) if shots else []

    def where(self) -> tuple[str, ...]:
        screen = self._front()
        return screen.where() if isinstance(screen, NamesWhere) else ()

    def help_key(self) -> str:
        """The words key that explains the screen in front."""
        screen = self._front()
        if isinstance(screen, Explains):
            return screen.help_key
        return f"{self.here.value}.help" if self.here else "frame.help_none"

    def undo_edit(self, otherwise: Callable[[], None]) -> None:
        """Take back an edit at the screen in front; ``otherwise`` when it has none."""
        screen = self._front()
        if not isinstance(screen, UndoesEdits) or not screen.undo_edit():
            otherwise()

    def forget(self, place: Place) -> None:
        """Close one screen, so that its next visit opens it afresh."""
        screen = self._open.pop(place, None)
        self._missed.pop(place, None)
        if screen is not None:
            area = self._areas.pop(place)
            self.removeWidget(area)
            screen.close()
            area.deleteLater()

    def close_all(self) -> None:
        for place in tuple(self._open):
            self.forget(place)
        self.here = None

    def _put(self, place: Place, screen: QWidget) -> None:
        # A window too small for a screen (a projector, 200 % text) scrolls it instead of letting
        # its parts run into each other.
        area = QScrollArea()
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setWidget(screen)
        self._open[place] = screen
        self._areas[place] = area
        self.addWidget(area)

    @property
    def screen_in_front(self) -> QWidget | None:
        return self._open.get(self.here) if self.here else None

    def _front(self) -> object:
        # As an object: no type can be both a QWidget and a Protocol, their metaclasses differ, but
        # a widget with the right methods passes isinstance all the same.
        return self.screen_in_front

    def _deliver(self, place: Place, changes: Sequence[Changes]) -> None:
        screen: object = self._open[place]
        if not isinstance(screen, Reloads):
            return
        presenter = getattr(screen, "presenter", None)
        foreign = [one for one in changes if presenter is None or one.origin is not presenter]
        together = merged(foreign, screen)
        if together is not None:
            screen.reload(together)

    def _holds_focus(self, screen: QWidget) -> bool:
        focused: QWidget | None = self.window().focusWidget()
        return focused is not None and screen.isAncestorOf(focused)


def _first_offered(screen: QWidget) -> QWidget | None:
    """What an empty screen offers to begin with, or else the first control of a screen."""
    offers = (one.button for one in screen.findChildren(EmptyState) if one.isVisibleTo(screen))
    return next((one for one in offers if one is not None), None) or first_within(screen)
