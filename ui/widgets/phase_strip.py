"""Phases in a row, each a cell with icon, word and count, and a bar of how far it is.

Painted by hand: forty events with nine phases are three hundred and sixty cells, too many for
widgets of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.theme.fonts import font
from ui.theme.icons import TONE_ICONS, pixmap
from ui.theme.tokens import TextSize, Theme, Tone

LEAST_CELL = 8
"""Grid steps in which a state can still be read."""


@dataclass(frozen=True, slots=True)
class PhaseCell:
    """One phase: its name, the state as word and tone, the count, and thousandths done.

    ``short`` is shown where the count has no room. ``tone`` of ``None`` is a phase that this row
    does not have.
    """

    name: str
    word: str
    count: str
    done: int
    tone: Tone | None
    short: str = ""


class PhaseStrip(QWidget):
    """``phase_chosen(int)`` by a click, or by Enter on the cell the arrow keys stand on.

    A compact strip leaves the names out, for rows below a strip of ``ColumnNames``.
    """

    phase_chosen = Signal(int)

    def __init__(self, theme: Theme, *, name: str, compact: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._compact = compact
        self._gap = theme.px(0.75)
        self._high = theme.px(4.75 if compact else 8.5)
        self._cells: tuple[PhaseCell, ...] = ()
        self._here = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(not compact)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)

    @property
    def cells(self) -> tuple[PhaseCell, ...]:
        return self._cells

    def show_cells(self, cells: Sequence[PhaseCell]) -> None:
        self._cells = tuple(cells)
        self._here = min(self._here, max(0, len(cells) - 1))
        told = ", ".join(_told(cell) for cell in cells)
        self.setAccessibleName(f"{self._name}: {told}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(11) * max(1, len(self._cells)), self._high)

    def minimumSizeHint(self) -> QSize:
        abreast = len(self._cells) if self._compact else 1
        return QSize(self._theme.px(LEAST_CELL) * max(1, abreast), self._high)

    def hasHeightForWidth(self) -> bool:
        return not self._compact

    def heightForWidth(self, width: int) -> int:
        lines = -(-len(self._cells) // self._abreast(width)) if self._cells else 1
        return lines * self._high + (lines - 1) * self._gap

    def cell_rect(self, number: int) -> QRect:
        """Where a cell is, with its gap taken off."""
        abreast = self._abreast(self.width())
        line, place = divmod(number, abreast)
        left = self.width() * place // abreast
        right = self.width() * (place + 1) // abreast
        top = line * (self._high + self._gap)
        return QRect(left, top, right - left - self._gap, self._high)

    def _abreast(self, width: int) -> int:
        """How many cells stand in one line: all, or as few as make lines of much the same length.

        Those of a compact strip stay in one line, below the names of their columns.
        """
        count = max(1, len(self._cells))
        room = count if self._compact else max(1, width // self._theme.px(LEAST_CELL))
        return -(-count // -(-count // room))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, cell in enumerate(self._cells):
            self._paint(painter, self.cell_rect(number), cell)
            if self.hasFocus() and number == self._here:
                painter.setPen(QColor(self._theme.colours.focus))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                inner = self.cell_rect(number).adjusted(1, 1, -1, -1)
                painter.drawRoundedRect(inner, self._theme.px(0.75), self._theme.px(0.75))
        painter.end()

    def _paint(self, painter: QPainter, room: QRect, cell: PhaseCell) -> None:
        theme, colours = self._theme, self._theme.colours
        radius = theme.px(0.75)
        painter.setPen(Qt.PenStyle.NoPen)
        if cell.tone is None:
            painter.setBrush(QColor(colours.surface))
            painter.drawRoundedRect(room, radius, radius)
            self._lines(painter, room, cell, colours.muted, colours.muted)
            return
        tones = theme.tone(cell.tone)
        painter.setBrush(QColor(tones.soft))
        painter.drawRoundedRect(room, radius, radius)
        self._lines(painter, room, cell, colours.text, tones.ink)
        bar = QRect(
            room.left() + theme.px(1),
            room.bottom() - theme.px(1.1),
            room.width() - theme.px(2),
            theme.px(0.5),
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.line))
        painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2)
        if cell.done:
            bar.setWidth(max(bar.height(), bar.width() * cell.done // 1000))
            painter.setBrush(QColor(tones.ink))
            painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2)

    def _lines(
        self, painter: QPainter, room: QRect, cell: PhaseCell, strong: str, ink: str
    ) -> None:
        theme = self._theme
        small, base = font(theme, TextSize.LABEL), font(theme, bold=True)
        inner = room.adjusted(theme.px(1), theme.px(0.75), -theme.px(0.75), 0)
        painter.setFont(small)
        painter.setPen(QColor(theme.colours.muted))
        height = QFontMetrics(small).height()
        if not self._compact:
            self._text(painter, QRect(inner.left(), inner.top(), inner.width(), height), cell.name)
        top = inner.top() + height + theme.px(0.25)
        if self._compact:
            top = room.top() + theme.px(0.75)
        size = theme.px(2)
        metrics = QFontMetrics(base)
        said = cell.count or cell.word
        beside = inner.adjusted(size + theme.px(0.5), 0, 0, 0)
        if cell.short and metrics.horizontalAdvance(said) > beside.width():
            said = cell.short
        # A number that is cut says something else; the bar and the list beside it say the state.
        has_room = metrics.horizontalAdvance(said) <= beside.width()
        if cell.tone is not None and (has_room or not self._compact):
            drawn = pixmap(TONE_ICONS[cell.tone], ink, size, self.devicePixelRatioF())
            painter.drawPixmap(inner.left(), top, drawn)
            inner = beside
        painter.setFont(base)
        painter.setPen(QColor(strong))
        self._text(painter, QRect(inner.left(), top, inner.width(), size), said)

    def _text(self, painter: QPainter, room: QRect, text: str) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), shown)

    def _at(self, point: QPoint) -> int | None:
        for number in range(len(self._cells)):
            if self.cell_rect(number).contains(point):
                return number
        return None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position().toPoint())
        if number is not None:
            self._here = number
            self.phase_chosen.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Left:
                self._here = max(0, self._here - 1)
            case Qt.Key.Key_Right:
                self._here = min(len(self._cells) - 1, self._here + 1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self.phase_chosen.emit(self._here)
            case _:
                super().keyPressEvent(event)
                return
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            number = self._at(event.pos())
            if number is not None:
                QToolTip.showText(event.globalPos(), _told(self._cells[number]), self)
                return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()


def _told(cell: PhaseCell) -> str:
    return f"{cell.name}: {cell.word} {cell.count}".strip()


class ColumnNames(QWidget):
    """The names of the phases above compact strips, on the same grid."""

    def __init__(self, theme: Theme, names: Sequence[str]) -> None:
        super().__init__()
        self._theme = theme
        self._names = tuple(names)
        self.setFixedHeight(theme.px(2.5))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(font(self._theme, TextSize.LABEL))
        painter.setPen(QColor(self._theme.colours.muted))
        for number, name in enumerate(self._names):
            left = self.width() * number // len(self._names) + self._theme.px(1)
            right = self.width() * (number + 1) // len(self._names)
            room = QRect(left, 0, right - left, self.height())
            shown = painter.fontMetrics().elidedText(
                name, Qt.TextElideMode.ElideRight, room.width()
            )
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.end()
