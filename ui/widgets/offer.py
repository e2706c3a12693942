"""A large choice on a page where something begins: icon, what it does, and a sentence about it."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui.theme.fonts import font
from ui.theme.icons import pixmap
from ui.theme.styling import mark
from ui.theme.tokens import TextSize, Theme


class Offer(QPushButton):
    """A large choice: icon, what it does, and a sentence about it on as many lines as it needs."""

    def __init__(
        self, theme: Theme, icon_name: str, title: str, detail: str, on_click: Callable[[], object]
    ) -> None:
        super().__init__()
        self._theme = theme
        self._icon_name = icon_name
        self._title = title
        self._detail = detail
        mark(self, role="offer")
        self.setAccessibleName(title)
        self.setAccessibleDescription(detail)
        self.setToolTip(detail)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda _checked: on_click())

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(48), self._theme.px(9))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(20), self._theme.px(8))

    def heightForWidth(self, width: int) -> int:
        title, detail = self._texts(self._room(QRect(0, 0, width, 0)).width())
        return max(self._theme.px(9), ceil(_height(title) + _height(detail)) + self._theme.px(4))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme, colours = self._theme, self._theme.colours
        painter = QPainter(self)
        size, room = theme.px(4), self._room(self.rect())
        drawn = pixmap(self._icon_name, colours.primary, size, self.devicePixelRatioF())
        painter.drawPixmap(theme.px(2), room.center().y() - size // 2, drawn)
        title, detail = self._texts(room.width())
        top = room.center().y() - (_height(title) + _height(detail) + theme.px(0.5)) / 2
        painter.setPen(QColor(colours.text))
        title.draw(painter, QPointF(room.left(), top))
        painter.setPen(QColor(colours.muted))
        detail.draw(painter, QPointF(room.left(), top + _height(title) + theme.px(0.5)))
        painter.end()

    def _room(self, whole: QRect) -> QRect:
        """Where the words stand: right of the icon."""
        return whole.adjusted(self._theme.px(8), 0, -self._theme.px(2), 0)

    def _texts(self, width: int) -> tuple[QTextLayout, QTextLayout]:
        """The title and the sentence, on as many lines as they need at this width."""
        title = font(self._theme, TextSize.STRONG, bold=True)
        detail = font(self._theme, TextSize.LABEL)
        return _lines(self._title, title, width), _lines(self._detail, detail, width)


def _lines(text: str, written_in: QFont, width: int) -> QTextLayout:
    """Broken between words, and inside only what has no room on a line of its own: a path."""
    layout = QTextLayout(text, written_in)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    top = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        line.setPosition(QPointF(0, top))
        top += line.height()
    layout.endLayout()
    return layout


def _height(text: QTextLayout) -> float:
    return text.boundingRect().height()
