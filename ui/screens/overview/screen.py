"""The overview screen: phases of every event, the modules of the chosen one, and what blocks it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.changes import Changes
from app.services.progress import Overview, Phase
from ui.context import Place, ScreenContext
from ui.screens.overview.event_detail import EventDetail
from ui.screens.overview.event_rows import EventRows
from ui.screens.overview.presenter import OverviewPresenter
from ui.tasks import Task
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import ElidedLabel, Kind, text_label
from ui.widgets.layout import STRETCH, Part, column, page, row
from ui.widgets.page_stack import PageStack

COUNT_AFTER_MS = 100
"""The window is painted before a count begins that would compete with it."""


class OverviewScreen(QWidget):
    """Counts anew after every change; much is counted beside the window, once at a time."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        theme, say = context.theme, context.words.say
        self.presenter = OverviewPresenter(context.station, context.words)
        self._counting: Task | None = None
        self._again = False
        self._wanted = ""
        self.empty = EmptyState(
            theme,
            "overview",
            say("overview.empty"),
            say("overview.empty_text"),
            say("overview.empty_action"),
            lambda: context.go_to(Place.SETUP),
        )
        self.rows = EventRows(context, self.presenter, self._on_event)
        self.detail = EventDetail(context, self.presenter)
        self._facts: list[ElidedLabel] = []
        parts: list[Part] = [text_label(say("overview.title"), Kind.TITLE), STRETCH]
        for _ in range(3):
            value = ElidedLabel("", Kind.BODY)
            self._facts.append(value)
            parts.append((value, 0))
        work = page(theme, row(theme, *parts, gap=3), self.rows, (self.detail, 1))
        self._stack = PageStack()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(work)
        self.setLayout(column(theme, self._stack))
        if self.presenter.is_large:
            self._show_counting()
            QTimer.singleShot(COUNT_AFTER_MS, self, self._count)
        else:
            self._count()

    def reload(self, _changes: Changes) -> None:
        self._count()

    def focus_on(self, wanted: Mapping[str, str]) -> None:
        self._wanted = wanted.get("event", "")
        self.presenter.choose_event_code(self._wanted)
        self._show()

    def waiting(self) -> int:
        return self.presenter.waiting()

    def where(self) -> tuple[str, ...]:
        event = self.presenter.event
        return (self.presenter.name_of(event),) if event and len(self.presenter.events) > 1 else ()

    def _count(self) -> None:
        if not self.presenter.is_large:
            self.presenter.count_here()
            self._show()
        elif self._counting is not None:
            self._again = True
        else:
            self._count_beside()

    def _count_beside(self) -> None:
        self._again = False
        work = self.presenter.count()
        self._counting = self._context.tasks.run(
            lambda _progress, _cancelled: work(),
            self._counted,
            self._context.fail,
            only_looks=True,
        )
        self._counting.ended.connect(self._on_ended)

    def _counted(self, seen: Overview) -> None:
        is_first = self.presenter.seen is None
        self.presenter.seen = seen
        if is_first:
            self.presenter.choose_event_code(self._wanted)
        self._show()
        if is_first and self.isVisible() and self.window().focusWidget() is None:
            self.setFocus()

    def _on_ended(self) -> None:
        self._counting = None
        if self._again:
            self._count_beside()

    def _show_counting(self) -> None:
        """What stands here until the first count of a large file is there."""
        say = self._context.words.say
        waits = EmptyState(
            self._context.theme, "overview", say("overview.counting"), say("overview.counting_text")
        )
        self._stack.setCurrentIndex(self._stack.addWidget(waits))

    def _show(self) -> None:
        seen = self.presenter.seen
        if seen is None:
            return
        is_set_up = seen.competition is not None and bool(seen.events)
        self._stack.setCurrentIndex(1 if is_set_up else 0)
        if not is_set_up:
            if self.empty.button is not None:
                self.setFocusProxy(self.empty.button)
            return
        for label, (name, value) in zip(self._facts, self.presenter.facts(), strict=False):
            label.setText(f"{name}  {value.rpartition('/')[2]}")
            label.setToolTip(value)
        self.rows.show_events()
        event = self.presenter.event
        if event is not None:
            self.detail.show_event(event)
        self.setFocusProxy(self.detail.blocks)

    def _on_event(self, number: int, phase: Phase | None) -> None:
        """A row was chosen, or a phase in it, which leads to its screen."""
        self.presenter.choose_event(number)
        self._show()
        event = self.presenter.event
        if phase is not None and event is not None:
            place = self.presenter.place_of(phase)
            self._context.go_to(place, **self.presenter.focus_of(event, phase))
