"""The bare plot that every chart is drawn on, in our colours and letters.

pyqtgraph is loaded with this module, which takes a third of a second: import a chart when it is
first shown. A chart holds its plot and inherits from our widgets only, so that nothing of it leaks.
"""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import Qt

from ui.theme.fonts import font
from ui.theme.tokens import TextSize, Theme

LEAST = 18
"""Grid steps: lower than this nobody reads a bar's height."""


def bare_plot(theme: Theme, *, moves: bool) -> pg.PlotWidget:
    """A plot without menus; ``moves`` lets the wheel zoom and dragging move along."""
    colours = theme.colours
    plot = pg.PlotWidget(background=colours.raised)
    plot.setMenuEnabled(False)
    plot.setMinimumHeight(theme.px(LEAST))
    plot.hideButtons()
    plot.setMouseEnabled(x=moves, y=False)
    plot.showGrid(y=True, alpha=0.25)
    for side in ("left", "bottom"):
        axis = plot.getAxis(side)
        axis.setPen(pg.mkPen(colours.control_line))
        axis.setTextPen(pg.mkPen(colours.text))
        axis.setTickFont(font(theme, TextSize.LABEL))
        axis.enableAutoSIPrefix(False)
    plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return plot
