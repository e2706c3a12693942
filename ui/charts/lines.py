"""Lines over days against a target: how far every team has come.

Import it when the chart is first shown; see ``ui.charts.plot``.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.charts.bars import Line
from ui.charts.plot import bare_plot
from ui.theme.fonts import font
from ui.theme.series import series_colours
from ui.theme.tokens import TextSize, Theme

_PLAIN, _CHOSEN = 2, 4
"""Width of a line, and of the one that is looked at."""
_MOST_TICKS = 10
_LABEL = 0.07
"""Room of a label, as a part of the height."""


class DayLines(QWidget):
    """A line for each team with its label at its end; the target is dashed. Nothing to zoom."""

    def __init__(self, theme: Theme, *, name: str, value_name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self._plot = bare_plot(theme, moves=False)
        self._plot.getAxis("left").setLabel(value_name, color=theme.colours.text)
        # It takes what is left: the size it would like itself must not make a page scroll.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)

    def show_lines(
        self, days: Sequence[str], lines: Sequence[Line], target: Line, *, chosen: int
    ) -> None:
        """Show what is done by the end of each of ``days``; every line begins before the first."""
        self._plot.clear()
        colours = series_colours(self._theme, len(lines))
        text = self._theme.colours.text
        for place, (line, colour) in enumerate(zip(lines, colours, strict=True)):
            width = _CHOSEN if place == chosen else _PLAIN
            self._draw(line, pg.mkPen(colour, width=width))
        self._draw(target, pg.mkPen(text, width=_PLAIN, style=Qt.PenStyle.DashLine))
        highest = max([value for line in (*lines, target) for value in line.values], default=1.0)
        self._label([*zip(lines, colours, strict=True)], highest)
        self._label([(target, text)], highest)
        every = max(1, -(-len(days) // _MOST_TICKS))
        ticks = [(place + 1, day[5:]) for place, day in enumerate(days) if (place + 1) % every == 0]
        self._plot.getAxis("bottom").setTicks([ticks])
        self._plot.setYRange(0, highest * 1.06 or 1.0, padding=0)
        self._plot.setXRange(0, len(days) * 1.12, padding=0)

    def _draw(self, line: Line, pen: object) -> None:
        self._plot.plot(list(range(len(line.values) + 1)), [0.0, *line.values], pen=pen)

    def _label(self, lines: Sequence[tuple[Line, str]], highest: float) -> None:
        """Labels at the ends of lines, moved up where one would cover another."""
        free = 0.0
        for line, colour in sorted(lines, key=lambda one: one[0].values[-1:]):
            height = max(line.values[-1] if line.values else 0.0, free)
            free = height + highest * _LABEL
            shown = pg.TextItem(line.label, color=colour, anchor=(0, 0.5))
            shown.setFont(font(self._theme, TextSize.LABEL))
            shown.setPos(len(line.values), height)
            self._plot.addItem(shown)
