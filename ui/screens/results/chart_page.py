"""The marks of the modules as bars, one beside the other (各模块得分图)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.words import Words
from ui.screens.results.presenter import ResultsPresenter
from ui.theme.tokens import Theme

if TYPE_CHECKING:
    from ui.charts.stacked import StackedBars


class ChartPage(QWidget):
    """Drawn only while it is looked at."""

    def __init__(self, theme: Theme, words: Words, presenter: ResultsPresenter) -> None:
        super().__init__()
        self._theme, self._words, self._presenter = theme, words, presenter
        self._chart: StackedBars | None = None
        self._place = QVBoxLayout(self)
        self._place.setContentsMargins(0, 0, 0, 0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.draw()

    def draw(self) -> None:
        """Show the marks as they stand now."""
        if self._chart is None:
            # The chart library takes a third of a second to load: only when it is looked at.
            from ui.charts.stacked import StackedBars

            say = self._words.say
            self._chart = StackedBars(
                self._theme, name=say("results.tab_chart"), value_name=say("results.total")
            )
            self._place.addWidget(self._chart)
        self._chart.show_bars(*self._presenter.chart())
