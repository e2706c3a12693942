"""Paints the leaderboard fast enough for every mark: most cells are a text and nothing else.

The window's style asks the model for eight things and draws each cell in six steps; with hundreds
of cells in sight that takes longer than a frame of the screen. What is neither chosen nor in focus
is therefore drawn here, to the pixel where the style would put it.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem

from ui.screens.results.model import LeaderboardModel
from ui.theme.tokens import Theme, Tone
from ui.widgets.table import NUMBER, TEXT, Cells, Table

_Index = QModelIndex | QPersistentModelIndex
# As plain numbers: for flags Python takes a tenth of the time that all of a cell may take.
_BY_STYLE = (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus).value
_ALIGNED = {NUMBER: NUMBER.value, TEXT: TEXT.value}
_MOST_KEPT = 20_000


class LeaderboardCells(Cells):
    """Only the chosen row is left to the style."""

    def __init__(self, theme: Theme, table: Table, model: LeaderboardModel) -> None:
        super().__init__(theme, table)
        self._model = model
        self._ink = QColor(theme.colours.text)
        self._band = QColor(theme.colours.surface)
        self._tones = {tone: QColor(theme.tone(tone).ink) for tone in Tone}
        self._icon = theme.px(2)
        self._margin = QApplication.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1
        self._inset = theme.px(1) + self._margin
        self._metrics = QFontMetrics(table.font())
        self._cut: dict[tuple[str, int], str] = {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        if option.state.value & _BY_STYLE:
            super().paint(painter, option, index)
            return
        row, column = index.row(), index.column()
        heading = self._model.heading(row)
        if heading is not None:
            self._paint_heading(painter, option.rect, heading)
            return
        room: QRect = option.rect.adjusted(self._inset, 0, -self._inset, 0)
        tone = self._model.tone(row, column)
        if tone is None:
            painter.setPen(self._ink)
        else:
            place = QRect(room.left(), room.top(), self._icon, room.height())
            self.icon_of(tone).paint(painter, place)
            room.setLeft(place.right() + 1 + 2 * self._margin)
            painter.setPen(self._tones[tone])
        text = self._fitting(self._model.text(row, column), room.width())
        painter.drawText(room, _ALIGNED[self._model.alignment(column)], text)

    def _paint_heading(self, painter: QPainter, room: QRect, heading: str) -> None:
        painter.save()
        painter.fillRect(room, self._band)
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(self._ink)
        painter.drawText(room.adjusted(self._inset, 0, -self._inset, 0), TEXT.value, heading)
        painter.restore()

    def _fitting(self, text: str, width: int) -> str:
        found = self._cut.get((text, width))
        if found is None:
            if len(self._cut) >= _MOST_KEPT:
                self._cut.clear()
            found = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            self._cut[text, width] = found
        return found
