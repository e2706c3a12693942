"""Rows, columns and cards on the 8-pixel grid, so that screens place things and count no pixels."""

from __future__ import annotations

from typing import TypeAlias, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.theme.styling import mark
from ui.theme.tokens import Theme

STRETCH = "stretch"
"""A part that takes the room that is left."""

Part: TypeAlias = QWidget | QLayout | str | tuple[QWidget | QLayout, int]
"""A widget, a layout, ``STRETCH``, or a widget or layout with its stretch factor."""


def column(theme: Theme, *parts: Part, gap: float = 1, margin: float = 0) -> QVBoxLayout:
    """Parts below each other; ``gap`` and ``margin`` in grid steps."""
    return _filled(theme, QVBoxLayout(), parts, gap, margin)


def row(theme: Theme, *parts: Part, gap: float = 1, margin: float = 0) -> QHBoxLayout:
    """Parts beside each other; ``gap`` and ``margin`` in grid steps."""
    return _filled(theme, QHBoxLayout(), parts, gap, margin)


def card(theme: Theme, *parts: Part, gap: float = 1, margin: float = 2) -> QFrame:
    """A raised frame around a column: one group of things that belong together."""
    return framed("card", column(theme, *parts, gap=gap, margin=margin))


def sunken(theme: Theme, *parts: Part, gap: float = 1, margin: float = 2) -> QFrame:
    """A recessed frame around a column: context that is read, not operated."""
    return framed("sunken", column(theme, *parts, gap=gap, margin=margin))


def framed(kind: str, layout: QLayout) -> QFrame:
    """A frame of one of the style sheet's kinds around a layout."""
    frame = QFrame()
    mark(frame, kind=kind)
    frame.setLayout(layout)
    return frame


def separator(theme: Theme) -> QFrame:
    """A hairline between two groups."""
    line = QFrame()
    mark(line, kind="line")
    line.setFixedHeight(max(1, theme.px(0.125)))
    return line


def page(theme: Theme, *parts: Part) -> QWidget:
    """A whole screen: a column with the outer margins every screen has."""
    widget = QWidget()
    widget.setLayout(column(theme, *parts, gap=2, margin=3))
    return widget


def scrolling(theme: Theme, *parts: Part, gap: float = 2, margin: float = 0) -> QScrollArea:
    """A column that scrolls up and down when it is higher than its place."""
    inner = QWidget()
    mark(inner, kind="page")
    inner.setLayout(column(theme, *parts, gap=gap, margin=margin))
    area = _UpAndDown()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inner)
    return area


class _UpAndDown(QScrollArea):
    """As wide at least as what is in it: it has no other way to show what is at the right."""

    def minimumSizeHint(self) -> QSize:
        inner, least = self.widget(), super().minimumSizeHint()
        if inner is None:
            return least
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(inner.minimumSizeHint().width() + bar, least.height())


def empty_layout(layout: QLayout) -> None:
    """Take everything out of a layout and let it go; nested layouts too."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            empty_layout(inner)


_Box = TypeVar("_Box", bound=QBoxLayout)


def _filled(theme: Theme, layout: _Box, parts: tuple[Part, ...], gap: float, margin: float) -> _Box:
    layout.setSpacing(theme.px(gap))
    edge = theme.px(margin)
    layout.setContentsMargins(edge, edge, edge, edge)
    for part in parts:
        _add(layout, part)
    return layout


def _add(layout: QBoxLayout, part: Part) -> None:
    match part:
        case str():
            layout.addStretch(1)
        case QWidget():
            layout.addWidget(part)
        case QLayout():
            layout.addLayout(part)
        case (QWidget() as widget, int(factor)):
            layout.addWidget(widget, factor)
        case (QLayout() as inner, int(factor)):
            layout.addLayout(inner, factor)
