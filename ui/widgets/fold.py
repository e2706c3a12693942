"""Panels beside each other, or as tabs where the window is too narrow for all of them.

The panels themselves say how much room they need; there is no width to keep in step by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTabBar, QWidget

from ui.theme.tokens import Theme
from ui.widgets.layout import column, row

QWIDGETSIZE_MAX = (1 << 24) - 1
"""Qt's own name for a size without bound, which PySide6 leaves out."""


@dataclass(frozen=True, slots=True)
class Panel:
    """``title`` is read only on its tab.

    Beside the others it is ``steps`` grid steps wide, or without them takes its share of the room.
    """

    title: str
    widget: QWidget
    stretch: int = 0
    steps: float = 0


class Fold(QWidget):
    """Beside each other or one at a time; ``show_panel`` brings one to the front."""

    def __init__(
        self, theme: Theme, panels: Sequence[Panel], *, first: int = 0, gap: float = 2
    ) -> None:
        super().__init__()
        self._panels = tuple(panels)
        self._theme, self._gap = theme, theme.px(gap)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for panel in self._panels:
            self.tabs.addTab(panel.title)
        self.tabs.setCurrentIndex(first)
        self.tabs.currentChanged.connect(lambda _place: self._arrange())
        beside = row(theme, *((one.widget, one.stretch) for one in self._panels), gap=gap)
        self.setLayout(column(theme, self.tabs, (beside, 1)))
        self.is_folded = False
        self.tabs.hide()
        self._arrange()

    def show_panel(self, place: int) -> None:
        self.tabs.setCurrentIndex(place)

    def minimumSizeHint(self) -> QSize:
        """Of the panels one at a time: what keeps them beside each other is asked for, no more."""
        widgets = [one.widget for one in self._panels]
        height = max(_height(widget) for widget in widgets)
        return QSize(max(_width(widget) for widget in widgets), height + self._tabs_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._fold()
        return super().event(event)

    def _tabs_height(self) -> int:
        return self.tabs.sizeHint().height() + self._gap if self.is_folded else 0

    def _fold(self) -> None:
        widths = [self._theme.px(one.steps) or _width(one.widget) for one in self._panels]
        folded = self.width() < sum(widths) + self._gap * (len(widths) - 1)
        if folded is not self.is_folded:
            self.is_folded = folded
            self.tabs.setVisible(folded)
            self._arrange()

    def _arrange(self) -> None:
        here = self.tabs.currentIndex()
        for place, panel in enumerate(self._panels):
            panel.widget.setVisible(not self.is_folded or place == here)
            steps = 0 if self.is_folded else panel.steps
            panel.widget.setMinimumWidth(self._theme.px(steps))
            panel.widget.setMaximumWidth(self._theme.px(steps) or QWIDGETSIZE_MAX)


def _width(widget: QWidget) -> int:
    return widget.minimumSizeHint().width()


def _height(widget: QWidget) -> int:
    return max(widget.minimumSizeHint().height(), widget.minimumHeight())
