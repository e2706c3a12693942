"""Single bars beside each other, above or below zero: counts, rates, deviations.

Import it when the chart is first shown; see ``ui.charts.plot``.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import pyqtgraph as pg
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.charts.bars import Bar
from ui.charts.plot import bare_plot
from ui.theme.fonts import font
from ui.theme.series import series_colours
from ui.theme.tokens import TextSize, Theme

_BAR = 0.72
"""Width of a bar, as a part of the distance between two."""


class PlainBars(QWidget):
    """Bars with their labels below and what they say above; nothing to zoom."""

    def __init__(self, theme: Theme, *, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self._plot = bare_plot(theme, moves=False)
        # It takes what is left: the size it would like itself must not make a page scroll.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)
        self._labels: list[tuple[int, str]] = []

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_labels()

    def _show_labels(self) -> None:
        """Below every bar, or below every so many where they would run into each other."""
        metrics = QFontMetrics(font(self._theme, TextSize.LABEL))
        widest = max((metrics.horizontalAdvance(text) for _, text in self._labels), default=0)
        room = max(1, self.width() - self._plot.getAxis("left").width())
        every = ceil((widest + self._theme.px(1)) * len(self._labels) / room) or 1
        self._plot.getAxis("bottom").setTicks([self._labels[::every]])

    def show_bars(self, value_name: str, bars: Sequence[Bar], texts: Sequence[str]) -> None:
        """Show the first part of every bar, with its text at its end."""
        self._plot.clear()
        colours = self._theme.colours
        self._plot.getAxis("left").setLabel(value_name, color=colours.text)
        heights = [bar.parts[0] for bar in bars]
        places = list(range(1, len(bars) + 1))
        self._plot.addItem(
            pg.BarGraphItem(
                x=places,
                height=heights,
                width=_BAR,
                brush=pg.mkBrush(series_colours(self._theme, 1)[0]),
                pen=pg.mkPen(colours.raised),
            )
        )
        for place, height, text in zip(places, heights, texts, strict=True):
            shown = pg.TextItem(text, color=colours.text, anchor=(0.5, 0 if height < 0 else 1))
            shown.setFont(font(self._theme, TextSize.LABEL))
            shown.setPos(place, height)
            self._plot.addItem(shown)
        self._labels = [(place, bar.label) for place, bar in zip(places, bars, strict=True)]
        self._show_labels()
        low, high = min([0.0, *heights]), max([0.0, *heights])
        room = (high - low or 1.0) * 0.12
        self._plot.setYRange(low - room if low < 0 else 0.0, high + room, padding=0)
        self._plot.setXRange(0.4, len(bars) + 0.6, padding=0)
