"""A page whose main button stays in sight: what is above it scrolls when the window is small.

The other acts stand beside the main button where there is room, else at the end of what scrolls.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QWidget

from ui.theme.styling import mark
from ui.theme.tokens import Theme
from ui.widgets.flow import Flow
from ui.widgets.layout import STRETCH, Part, column, row

BODY = 14
"""Grid steps above the foot that are always in sight."""

TIGHT = 1.5
"""The outer margin where the acts had to leave the foot: there every line counts."""


class FootedPage(QWidget):
    """A whole screen with the outer margins every screen has."""

    def __init__(
        self, theme: Theme, *parts: Part, acts: Flow, main: QWidget | None = None, margin: float = 3
    ) -> None:
        super().__init__()
        self._acts, self._main = acts, main
        self._gap, self._wide, self._tight = theme.px(1), theme.px(margin), theme.px(TIGHT)
        self._whole = column(theme, *parts, gap=2)
        self._foot = row(theme, acts, STRETCH, *((main,) if main is not None else ()))
        body = Body(theme, self._whole)
        self._column = column(theme, (body, 1), self._foot, gap=1.5, margin=margin)
        self.setLayout(self._column)
        self._is_beside = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        main = self._main.sizeHint().width() + self._gap if self._main is not None else 0
        is_beside = self._acts.sizeHint().width() + main + 2 * self._wide <= self.width()
        if is_beside is not self._is_beside:
            self._is_beside = is_beside
            edge = self._wide if is_beside else self._tight
            self._column.setContentsMargins(edge, edge, edge, edge)
            if is_beside:
                self._foot.insertWidget(0, self._acts)
            else:
                self._whole.addWidget(self._acts)


class Body(QScrollArea):
    """A column that takes the room there is, and scrolls when it needs more."""

    def __init__(self, theme: Theme, layout: QLayout) -> None:
        super().__init__()
        self._least = QSize(theme.px(BODY), theme.px(BODY))
        inner = QWidget()
        mark(inner, kind="page")
        inner.setLayout(layout)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)

    def minimumSizeHint(self) -> QSize:
        return self._least

    def sizeHint(self) -> QSize:
        return self._least
