"""A dialog that fits the screen: its buttons stay in sight, what is above them scrolls if it must.

On a small laptop with type of twice the size hardly a dialog fits as it wishes to be.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QDialog, QFrame, QLayout, QScrollArea, QWidget

from ui.theme.styling import mark
from ui.theme.tokens import Theme
from ui.widgets.layout import Part, column

MARGIN, GAP = 3, 1.5
_TITLE_BAR = 5
"""Grid steps that the window system may take above a dialog."""


def frame_dialog(
    dialog: QDialog, theme: Theme, *parts: Part, foot: QLayout, width: int, height: int = 0
) -> None:
    """Lay the parts out above the foot; at least so many grid steps large, where there is room."""
    room = _room(dialog, theme)
    wished = QSize(theme.px(width), theme.px(height)).boundedTo(room)
    edges = 2 * theme.px(MARGIN)

    def most() -> QSize:
        # Asked for anew each time: the buttons have their size only once they have their style.
        return room - QSize(edges, edges + theme.px(GAP) + foot.sizeHint().height())

    body = _Body(column(theme, *parts, gap=GAP), wished.width() - edges, most)
    dialog.setLayout(column(theme, (body, 1), foot, gap=GAP, margin=MARGIN))
    dialog.setMinimumSize(wished)


def _room(dialog: QDialog, theme: Theme) -> QSize:
    """The screen, or the window before it where that is larger: a screen may be imaginary."""
    room = dialog.screen().availableSize()
    parent = dialog.parentWidget()
    if parent is not None:
        room = room.expandedTo(parent.window().size())
    return room - QSize(0, theme.px(_TITLE_BAR))


class _Inner(QWidget):
    """Tells when a sentence came or went: the dialog grows as long as the screen has room."""

    def __init__(self, on_change: Callable[[], None]) -> None:
        super().__init__()
        self._on_change = on_change

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._on_change()
        return super().event(event)


class _Body(QScrollArea):
    """Asks for the height its text needs at its width, up to the most there is."""

    def __init__(self, layout: QLayout, width: int, most: Callable[[], QSize]) -> None:
        super().__init__()
        self._width, self._most = width, most
        inner = _Inner(self.updateGeometry)
        mark(inner, kind="page")
        inner.setLayout(layout)
        self._layout = layout
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)

    def minimumSizeHint(self) -> QSize:
        least = self._layout.totalMinimumSize()
        width = self._width_of(least)
        if self._layout.hasHeightForWidth():
            least.setHeight(self._layout.totalMinimumHeightForWidth(width))
        return least.boundedTo(self._most())

    def sizeHint(self) -> QSize:
        wished = self._layout.totalSizeHint()
        width = self._width_of(self._layout.totalMinimumSize())
        if self._layout.hasHeightForWidth():
            wished = QSize(width, self._layout.totalHeightForWidth(width))
        return wished.expandedTo(self.minimumSizeHint()).boundedTo(self._most())

    def _width_of(self, least: QSize) -> int:
        here = self.width() if self.isVisible() else self._width
        return max(here, min(least.width(), self._most().width()))
