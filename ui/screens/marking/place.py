"""What is marked in a competition that has more than mark sheets: a page for each kind.

The page in front answers for all of them to the frame. Pages come and go with the rules.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from app.changes import Changes
from app.domain.fed_check import fed_aspects
from app.domain.ids import EventCode
from app.domain.scheme import Event
from app.services import rules
from app.services.fed_marks import has_typed_marks
from ui.context import ScreenContext
from ui.screens.marking.output_screen import OutputScreen
from ui.screens.marking.proposals_screen import ProposalsScreen
from ui.screens.marking.quiz_screen import QuizScreen
from ui.screens.marking.screen import MarkingScreen
from ui.widgets.layout import column
from ui.widgets.page_stack import PageStack
from ui.widgets.tabs import tab_row

Page = MarkingScreen | QuizScreen | ProposalsScreen | OutputScreen
Named = tuple[type[Page], EventCode | None, str]
"""What a page is of: its kind, the event it is for, and the name on its tab."""


class MarkingPlace(QWidget):
    """Tabs over the pages; no tabs where there is only one."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self._pages: dict[Named, Page] = {}
        self.tabs = tab_row(context.words.say("quiz.pages"))
        self._stack = PageStack()
        self.tabs.currentChanged.connect(self._on_tab)
        self.setLayout(column(context.theme, self.tabs, (self._stack, 1), gap=0))
        self._follow_rules()

    @property
    def pages(self) -> list[Page]:
        """The pages in the order of their tabs."""
        return list(self._pages.values())

    @property
    def page(self) -> Page:
        """The page in front."""
        return self.pages[self._stack.currentIndex()]

    @property
    def presenter(self) -> object:
        """Whose changes are not told to this screen again."""
        return self.page.presenter

    @property
    def help_key(self) -> str:
        return getattr(self.page, "help_key", "marking.help")

    def reload(self, changes: Changes) -> None:
        self._follow_rules()
        for page in self.pages:
            page.reload(changes)

    def leave(self) -> bool:
        asked = (page for page in self.pages if isinstance(page, MarkingScreen | OutputScreen))
        return all(page.leave() for page in asked)

    def waiting(self) -> int:
        return sum(page.waiting() for page in self.pages)

    def where(self) -> tuple[str, ...]:
        return self.page.where()

    def focus_on(self, wanted: Mapping[str, str]) -> None:
        """The page of the event that is named, else the mark sheets."""
        for place, page in enumerate(self.pages):
            if not isinstance(page, MarkingScreen) and page.event_code == wanted.get("event"):
                self.tabs.setCurrentIndex(place)
                page.focus_on(wanted)
                return
        if "module" in wanted or "work" in wanted:
            for place, page in enumerate(self.pages):
                if isinstance(page, MarkingScreen):
                    self.tabs.setCurrentIndex(place)
                    page.focus_on(wanted)

    def closeEvent(self, event: QCloseEvent) -> None:
        """What a page has put up beside the window goes with it."""
        for page in self.pages:
            page.close()
        super().closeEvent(event)

    # Inside

    def _follow_rules(self) -> None:
        """Open a page for what is marked now; a page that is still asked for stays as it is."""
        wanted = self._wanted()
        if list(wanted) == list(self._pages):
            return
        before, front = self._pages, self.page if self._pages else None
        self._pages = {
            named: before[named] if named in before else _opened(self._context, event)
            for named, event in wanted.items()
        }
        for named in before.keys() - wanted.keys():
            self._stack.removeWidget(before[named])
            before[named].close()
            before[named].deleteLater()
        with QSignalBlocker(self.tabs):
            while self.tabs.count():
                self.tabs.removeTab(0)
            for place, ((_, _, title), page) in enumerate(self._pages.items()):
                self.tabs.addTab(title)
                self._stack.insertWidget(place, page)
            here = self.pages.index(front) if front in self.pages else 0
            self.tabs.setCurrentIndex(here)
        self._stack.setCurrentIndex(here)
        self.tabs.setVisible(len(self._pages) > 1)

    def _wanted(self) -> dict[Named, Event | None]:
        """Mark sheets where anything is typed, or nothing is fed; then every event that is fed."""
        words, events = self._context.words, rules.events(self._context.station)
        fed = [event for event in events if fed_aspects(event)]
        wanted: dict[Named, Event | None] = {}
        if not fed or any(has_typed_marks(event) for event in events):
            wanted[MarkingScreen, None, words.say("quiz.sheets")] = None
        for event in fed:
            wanted[_kind_of(event), event.code, words.pick(event.name, event.name_en)] = event
        return wanted

    def _on_tab(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self.page.reload(Changes(frozenset(), frozenset(), None))


def _kind_of(event: Event) -> type[QuizScreen] | type[ProposalsScreen] | type[OutputScreen]:
    if event.quiz is not None:
        return QuizScreen
    return ProposalsScreen if event.output is None else OutputScreen


def _opened(context: ScreenContext, event: Event | None) -> Page:
    return MarkingScreen(context) if event is None else _kind_of(event)(context, event)
