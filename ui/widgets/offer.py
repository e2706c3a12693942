"""A large choice on a page where something begins: icon, what it does, and a sentence about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ui.theme.fonts import font
from ui.theme.icons import pixmap
from ui.theme.styling import mark
from ui.theme.tokens import TextSize, Theme

_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
"""Between words, and inside a path that has none."""


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
        title, detail = self._heights(self._room(QRect(0, 0, width, 0)).width())
        return max(self._theme.px(9), title + detail + self._theme.px(4))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme, colours = self._theme, self._theme.colours
        painter = QPainter(self)
        size, room = theme.px(4), self._room(self.rect())
        drawn = pixmap(self._icon_name, colours.primary, size, self.devicePixelRatioF())
        painter.drawPixmap(theme.px(2), room.center().y() - size // 2, drawn)
        title, detail = self._heights(room.width())
        top = room.center().y() - (title + detail + theme.px(0.5)) // 2
        painter.setFont(font(theme, TextSize.STRONG, bold=True))
        painter.setPen(QColor(colours.text))
        above = QRect(room.left(), top, room.width(), title)
        painter.drawText(above, _WRAPPED, self._title)
        painter.setFont(font(theme, TextSize.LABEL))
        painter.setPen(QColor(colours.muted))
        below = QRect(room.left(), top + title + theme.px(0.5), room.width(), detail)
        painter.drawText(below, _WRAPPED, self._detail)
        painter.end()

    def _room(self, whole: QRect) -> QRect:
        """Where the words stand: right of the icon."""
        return whole.adjusted(self._theme.px(8), 0, -self._theme.px(2), 0)

    def _heights(self, width: int) -> tuple[int, int]:
        """Of the title and of the sentence, on as many lines as they need at this width."""
        room = QRect(0, 0, max(width, 1), self._theme.px(100))
        title = QFontMetrics(font(self._theme, TextSize.STRONG, bold=True))
        detail = QFontMetrics(font(self._theme, TextSize.LABEL))
        return (
            title.boundingRect(room, _WRAPPED, self._title).height(),
            detail.boundingRect(room, _WRAPPED, self._detail).height(),
        )
