"""The page before any competition is open: new, open, the sample, and what was open lately."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from app.words import Words
from ui.theme.fonts import font
from ui.theme.icons import pixmap, window_icon
from ui.theme.styling import mark
from ui.theme.tokens import TextSize, Theme
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, card, column, row, scrolling

TWO_COLUMNS = 100
"""A page narrower than so many grid steps shows the recent files below the choices."""

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


class Welcome(QWidget):
    """Its choices leave as signals; ``file_chosen(Path)`` is one of the recent files."""

    new_wanted = Signal()
    open_wanted = Signal()
    sample_wanted = Signal()
    file_chosen = Signal(object)

    def __init__(self, theme: Theme, words: Words, recent: Sequence[Path]) -> None:
        super().__init__()
        self.offers = [
            Offer(
                theme,
                icon_name,
                words.say(f"frame.{what}"),
                words.say(f"frame.{what}_detail"),
                signal.emit,
            )
            for what, icon_name, signal in (
                ("new", "add", self.new_wanted),
                ("open", "open", self.open_wanted),
                ("sample", "sample", self.sample_wanted),
            )
        ]
        self.recent = [self._recent(theme, path) for path in recent]
        logo = QLabel()
        logo.setPixmap(window_icon().pixmap(QSize(theme.px(8), theme.px(8))))
        heading = column(
            theme,
            text_label(words.say("frame.welcome_title"), Kind.BIG, wraps=True),
            text_label(words.say("frame.welcome_text"), Kind.MUTED, wraps=True),
            gap=0.5,
        )
        start = column(theme, *self.offers, STRETCH, gap=1.5)
        lately = card(
            theme,
            text_label(words.say("frame.recent"), Kind.STRONG),
            *(self.recent or [text_label(words.say("frame.recent_none"), Kind.MUTED, wraps=True)]),
            STRETCH,
        )
        self._theme = theme
        self._sides = row(theme, (start, 1), (lately, 1), gap=3)
        body = QWidget()
        body.setMaximumWidth(theme.px(120))
        body.setLayout(
            column(
                theme,
                STRETCH,
                row(theme, logo, (heading, 1), gap=2.5),
                self._sides,
                STRETCH,
                gap=4,
                margin=3,
            )
        )
        centred = QWidget()
        centred.setLayout(row(theme, STRETCH, (body, 20), STRETCH))
        self.setLayout(row(theme, scrolling(theme, centred)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        ways = QHBoxLayout.Direction
        narrow = self.width() < self._theme.px(TWO_COLUMNS)
        self._sides.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)

    def _recent(self, theme: Theme, path: Path) -> QWidget:
        return Offer(
            theme, "file", path.stem, str(path.parent), lambda: self.file_chosen.emit(path)
        )
