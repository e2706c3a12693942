"""What is marked in a competition that has more than mark sheets: a page for each kind.

The page in front answers for all of them to the frame.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QTabBar, QWidget

from app.changes import Changes
from app.domain.scheme import Event
from app.services import rules
from app.services.fed_marks import has_typed_marks
from ui.context import ScreenContext
from ui.screens.marking.proposals_screen import ProposalsScreen
from ui.screens.marking.quiz_screen import QuizScreen
from ui.screens.marking.screen import MarkingScreen
from ui.widgets.layout import column
from ui.widgets.page_stack import PageStack

Page = MarkingScreen | QuizScreen | ProposalsScreen


class MarkingPlace(QWidget):
    """Tabs over the pages; no tabs where there is only one."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        events = rules.events(context.station)
        named: list[tuple[str, Page]] = []
        if any(has_typed_marks(event) for event in events):
            named.append((context.words.say("quiz.sheets"), MarkingScreen(context)))
        named += [
            (context.words.pick(event.name, event.name_en), _page(context, event))
            for event in events
            if event.quiz is not None or event.proposals is not None
        ]
        self.pages = [page for _, page in named]
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(context.words.say("quiz.pages"))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self._stack = PageStack()
        for title, page in named:
            self.tabs.addTab(title)
            self._stack.addWidget(page)
        self.tabs.setVisible(len(named) > 1)
        self.tabs.currentChanged.connect(self._on_tab)
        self.setLayout(column(context.theme, self.tabs, (self._stack, 1), gap=0))
        self._context = context

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
        for page in self.pages:
            page.reload(changes)

    def leave(self) -> bool:
        return all(page.leave() for page in self.pages if isinstance(page, MarkingScreen))

    def waiting(self) -> int:
        return sum(page.waiting() for page in self.pages)

    def where(self) -> tuple[str, ...]:
        return self.page.where()

    def focus_on(self, wanted: Mapping[str, str]) -> None:
        """The page of the event that is named, else the mark sheets."""
        for place, page in enumerate(self.pages):
            if not isinstance(page, MarkingScreen) and page.event_code == wanted.get("event"):
                self.tabs.setCurrentIndex(place)
                self._stack.setCurrentIndex(place)
                page.focus_on(wanted)
                return
        if "module" in wanted or "work" in wanted:
            for place, page in enumerate(self.pages):
                if isinstance(page, MarkingScreen):
                    self.tabs.setCurrentIndex(place)
                    page.focus_on(wanted)

    def _on_tab(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self.page.reload(Changes(frozenset(), frozenset(), None))


def _page(context: ScreenContext, event: Event) -> Page:
    if event.quiz is not None:
        return QuizScreen(context, event)
    return ProposalsScreen(context, event)
