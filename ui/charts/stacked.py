"""Bars made of parts: the total of every entry, stacked by module.

Import it when the chart is first shown; see ``ui.charts.plot``.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.charts.bars import Bar
from ui.charts.plot import bare_plot
from ui.theme.series import series_colours
from ui.theme.tokens import Theme

_BAR, _HIGHLIGHT = 0.78, 0.94
"""Width of a bar, as a part of the distance between two."""
_MOST_LABELS = 60
_SHOWN_AT_ONCE = 40


class StackedBars(QWidget):
    """Bars beside each other with a legend; the wheel zooms, dragging moves along."""

    def __init__(self, theme: Theme, *, name: str, value_name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        colours = theme.colours
        self._plot = bare_plot(theme, moves=True)
        self._plot.getAxis("left").setLabel(value_name, color=colours.text)
        self._legend = self._plot.addLegend(
            offset=(-theme.px(2), theme.px(1)),
            labelTextColor=colours.text,
            brush=pg.mkBrush(colours.raised),
            pen=pg.mkPen(colours.line),
        )
        # It takes what is left: the size it would like itself must not make a page scroll.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._items: list[pg.BarGraphItem] = []
        self._shape: tuple[int, tuple[str, ...]] = (0, ())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)

    def show_bars(self, series: Sequence[str], bars: Sequence[Bar]) -> None:
        """Show these bars, their parts named by ``series``."""
        for item in self._items:
            self._plot.removeItem(item)
        self._legend.clear()
        self._items = []
        places = list(range(1, len(bars) + 1))
        bottoms = [0.0] * len(bars)
        colours = series_colours(self._theme, len(series))
        for part, (name, colour) in enumerate(zip(series, colours, strict=True)):
            heights = [bar.parts[part] for bar in bars]
            item = pg.BarGraphItem(
                x=places,
                y0=list(bottoms),
                height=heights,
                width=_BAR,
                brush=pg.mkBrush(colour),
                pen=pg.mkPen(self._theme.colours.raised),
                name=name,
            )
            self._plot.addItem(item)
            self._items.append(item)
            bottoms = [low + high for low, high in zip(bottoms, heights, strict=True)]
        self._label(bars)
        shape = (len(bars), tuple(series))
        if shape != self._shape:
            # Only for another set of bars: a mark that arrives must not undo somebody's zoom.
            self._shape = shape
            self._plot.setXRange(0.4, min(len(bars), _SHOWN_AT_ONCE) + 0.6, padding=0)
        self._plot.setYRange(0, max(bottoms, default=1.0) * 1.08 or 1.0, padding=0)
        self._plot.setLimits(xMin=0.0, xMax=len(bars) + 1.0, yMin=0.0)

    def _label(self, bars: Sequence[Bar]) -> None:
        step = max(1, len(bars) // _MOST_LABELS)
        ticks = [(place + 1, bar.label) for place, bar in enumerate(bars) if place % step == 0]
        self._plot.getAxis("bottom").setTicks([ticks])
