"""The steps of a longer job at the left of a screen, each with its state as icon and word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.theme.fonts import font
from ui.theme.icons import TONE_ICONS, pixmap
from ui.theme.tokens import TextSize, Theme, Tone

_TONE = Qt.ItemDataRole.UserRole + 1
_WORD = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step: its title, and its state as word and tone."""

    title: str
    word: str
    tone: Tone


class _Lines(QStyledItemDelegate):
    """Icon at the left, the title, and the word below it in small type."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(self._theme.px(18), self._theme.px(7))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme, colours = self._theme, self._theme.colours
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(option.rect, QColor(colours.selection))
            edge = QRect(option.rect)
            edge.setWidth(theme.px(0.5))
            painter.fillRect(edge, QColor(colours.primary))
        tone: Tone = index.data(_TONE)
        size = theme.px(2.5)
        left = option.rect.left() + theme.px(1.75)
        ink = theme.tone(tone).ink
        drawn = pixmap(TONE_ICONS[tone], ink, size, painter.device().devicePixelRatio())
        painter.drawPixmap(left, option.rect.center().y() - size // 2, drawn)
        room = option.rect.adjusted(theme.px(5.5), 0, -theme.px(1), 0)
        title, word = font(theme, bold=chosen), font(theme, TextSize.LABEL)
        heights = [QFontMetrics(face).height() for face in (title, word)]
        top = option.rect.center().y() - sum(heights) // 2
        text = colours.on_selection if chosen else colours.text
        small = colours.on_selection if chosen else colours.muted
        for face, colour, said, height in (
            (title, text, index.data(Qt.ItemDataRole.DisplayRole), heights[0]),
            (word, small, index.data(_WORD), heights[1]),
        ):
            painter.setFont(face)
            painter.setPen(QColor(colour))
            shown = QFontMetrics(face).elidedText(said, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room.left(), top, room.width(), height, 0, shown)
            top += height
        painter.restore()


class StepList(QListWidget):
    """``step_chosen(int)`` when another step comes to the front, by mouse or arrow keys."""

    step_chosen = Signal(int)

    def __init__(self, theme: Theme, *, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setItemDelegate(_Lines(theme, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(theme.px(26))
        self.currentRowChanged.connect(self._on_row)

    def show_steps(self, steps: Sequence[StepLine]) -> None:
        """The steps with their states; which one is in front stays."""
        while self.count() < len(steps):
            self.addItem(QListWidgetItem())
        for number, step in enumerate(steps):
            item = self.item(number)
            item.setText(step.title)
            item.setData(_TONE, step.tone)
            item.setData(_WORD, step.word)
            item.setToolTip(f"{step.title}: {step.word}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{step.title}, {step.word}")

    def bring(self, number: int) -> None:
        """Put a step in front without saying that somebody chose it."""
        was = self.blockSignals(True)
        self.setCurrentRow(number)
        self.blockSignals(was)
        self.viewport().update()

    def _on_row(self, number: int) -> None:
        if number >= 0:
            self.step_chosen.emit(number)
