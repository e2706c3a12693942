"""One row for each event: its name, its entries, and a cell for every phase of the day."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.services.progress import EventProgress, Phase
from ui.context import ScreenContext
from ui.screens.overview.presenter import OverviewPresenter
from ui.theme.styling import mark
from ui.widgets.flow import flow
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import card, column, scrolling
from ui.widgets.phase_strip import PhaseStrip

_SHOWN = 3


class EventRows(QWidget):
    """Rows are made when the number of events changes and filled at every count."""

    def __init__(
        self,
        context: ScreenContext,
        presenter: OverviewPresenter,
        on_event: Callable[[int, Phase | None], None],
    ) -> None:
        super().__init__()
        self._context = context
        self._presenter = presenter
        self._on_event = on_event
        self.strips: list[PhaseStrip] = []
        self._cards: list[QWidget] = []
        self._names: list[QPushButton] = []
        self._entries: list[QLabel] = []
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(context.theme.px(1.5))
        self._area = scrolling(context.theme, self._list)
        self.setLayout(column(context.theme, self._area))

    def show_events(self) -> None:
        events = self._presenter.events
        while len(self.strips) < len(events):
            self._add()
        for number, event in enumerate(events):
            self._fill(number, event, alone=len(events) == 1)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as the first few rows."""
        shown = self._cards[:_SHOWN]
        gaps = self._list.spacing() * max(0, len(shown) - 1)
        width = self._area.viewport().width()
        self._area.setFixedHeight(sum(one.heightForWidth(width) for one in shown) + gaps)

    def _add(self) -> None:
        theme, number = self._context.theme, len(self.strips)
        name = QPushButton()
        name.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        mark(name, role="quiet")
        name.setCheckable(True)
        name.clicked.connect(lambda _checked: self._on_event(number, None))
        entries = text_label("", Kind.MUTED)
        strip = PhaseStrip(theme, name="")
        strip.phase_chosen.connect(partial(self._on_phase, number))
        self._names.append(name)
        self._entries.append(entries)
        self.strips.append(strip)
        heading = flow(theme, name, entries, gap=2)
        self._cards.append(card(theme, heading, strip, gap=0.5, margin=1))
        self._list.addWidget(self._cards[-1])

    def _fill(self, number: int, event: EventProgress, *, alone: bool) -> None:
        name = f"{event.code}  {self._presenter.name_of(event)}"
        button, entries = self._names[number], self._entries[number]
        button.setText(name)
        button.setAccessibleName(name)
        button.setChecked(not alone and number == self._presenter.event_index)
        entries.setText(self._presenter.headline(event))
        self.strips[number].show_cells(self._presenter.phases(event))

    def _on_phase(self, number: int, place: int) -> None:
        self._on_event(number, tuple(Phase)[place])
