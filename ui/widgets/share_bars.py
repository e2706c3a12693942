"""A small bar chart: a caption, a bar of how much is done, and the numbers beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.fonts import font
from ui.theme.tokens import TextSize, Theme, Tone


@dataclass(frozen=True, slots=True)
class Share:
    """One bar; ``done`` in thousandths."""

    caption: str
    done: int
    tone: Tone
    numbers: str


class ShareBars(QWidget):
    """Bars below each other on one scale from nothing to all."""

    def __init__(self, theme: Theme, *, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._shares: tuple[Share, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    @property
    def shares(self) -> tuple[Share, ...]:
        return self._shares

    def show_shares(self, shares: Sequence[Share]) -> None:
        self._shares = tuple(shares)
        told = ", ".join(f"{one.caption} {one.numbers}" for one in shares)
        self.setAccessibleName(f"{self._name}: {told}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(30), self._theme.px(3.25) * len(self._shares))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(20), self._theme.px(3.25) * len(self._shares))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, colours = self._theme, self._theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        face, small = font(theme, bold=True), font(theme, TextSize.LABEL)
        caption = min(
            max((_width(face, one.caption) for one in self._shares), default=0), theme.px(12)
        )
        numbers = max((_width(small, one.numbers) for one in self._shares), default=0)
        height = theme.px(3.25)
        for number, one in enumerate(self._shares):
            room = QRect(0, number * height, self.width(), height)
            painter.setFont(face)
            painter.setPen(QColor(colours.text))
            painter.drawText(
                QRect(room.left(), room.top(), caption, height),
                int(Qt.AlignmentFlag.AlignVCenter),
                QFontMetrics(face).elidedText(one.caption, Qt.TextElideMode.ElideRight, caption),
            )
            painter.setFont(small)
            painter.setPen(QColor(colours.muted))
            painter.drawText(
                QRect(room.right() - numbers, room.top(), numbers, height),
                int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter),
                one.numbers,
            )
            gap = theme.px(1.5)
            bar = QRect(
                room.left() + caption + gap,
                room.center().y() - theme.px(0.625),
                room.width() - caption - numbers - 2 * gap,
                theme.px(1.25),
            )
            self._bar(painter, bar, one)
        painter.end()

    def _bar(self, painter: QPainter, bar: QRect, one: Share) -> None:
        radius = bar.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.colours.sunken))
        painter.drawRoundedRect(bar, radius, radius)
        if one.done:
            filled = QRect(bar)
            filled.setWidth(max(bar.height(), bar.width() * one.done // 1000))
            painter.setBrush(QColor(self._theme.tone(one.tone).ink))
            painter.drawRoundedRect(filled, radius, radius)


def _width(face: QFont, text: str) -> int:
    return QFontMetrics(face).horizontalAdvance(text)
