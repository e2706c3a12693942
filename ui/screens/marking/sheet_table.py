"""The sheet as a table that is typed into without opening a field, the current row unfolded.

Every key that means something to a sheet becomes a signal; the input method stays off, because a
Chinese one would swallow the digits, but for the proof of a bonus.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem, QWidget

from ui.screens.marking.model import CODE, DETAIL, MARK, WORDING, SheetModel
from ui.screens.marking.row_details import DetailLine
from ui.theme.fonts import font
from ui.theme.tokens import TextSize, Theme
from ui.widgets.table import Cells, Table

_Index = QModelIndex | QPersistentModelIndex
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class SheetCells(Cells):
    """Paints the current row with its text and descriptors below the name."""

    def __init__(self, theme: Theme, parent: QWidget, line_height: int) -> None:
        super().__init__(theme, parent)
        self._shades = theme
        self._line_height = line_height
        self._plain = font(theme, TextSize.BASE)
        self._strong = font(theme, TextSize.BASE, bold=True)
        self._gap = theme.px(0.5)
        self._inset = theme.px(1.25)

    def details(self, index: _Index, column_width: int) -> tuple[DetailLine, ...]:
        """What stands below the name, beginning with the whole name where it was cut."""
        lines: tuple[DetailLine, ...] = index.data(DETAIL) or ()
        name = str(index.data() or "")
        needed = QFontMetrics(self._plain).horizontalAdvance(name) + 2 * self._inset
        return (DetailLine(name, is_strong=True), *lines) if needed > column_width else lines

    def details_height(self, lines: tuple[DetailLine, ...], width: int) -> int:
        """How high the unfolded part is."""
        room = QRect(0, 0, max(1, width - 2 * self._inset), 100_000)
        heights = [self._metrics(one).boundingRect(room, _WRAP, one.text).height() for one in lines]
        return sum(heights) + self._gap * (len(heights) + 2) if heights else 0

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        if option.rect.height() <= self._line_height:
            super().paint(painter, option, index)
            return
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        painter.fillRect(shown.rect, QColor(self._shades.colours.selection))
        shown.rect = QRect(shown.rect)
        shown.rect.setHeight(self._line_height)
        QApplication.style().drawControl(
            QStyle.ControlElement.CE_ItemViewItem, shown, painter, shown.widget
        )

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), self._line_height)

    def paint_details(self, painter: QPainter, below: QRect, lines: tuple[DetailLine, ...]) -> None:
        """Paint the unfolded part into the place below the row's first line."""
        room = below.adjusted(self._inset, 0, -self._inset, 0)
        top = room.top()
        for line in lines:
            painter.setFont(self._strong if line.is_strong else self._plain)
            colours = self._shades.colours
            ink = self._shades.tone(line.tone).ink if line.tone else colours.on_selection
            painter.setPen(QColor(ink))
            place = QRect(room.left(), top, room.width(), room.bottom() - top)
            drawn = self._metrics(line).boundingRect(place, _WRAP, line.text)
            painter.drawText(place, _WRAP, line.text)
            top += drawn.height() + self._gap

    def _metrics(self, line: DetailLine) -> QFontMetrics:
        return QFontMetrics(self._strong if line.is_strong else self._plain)


class SheetTable(Table):
    """Says what was asked for; the screen has the presenter do it."""

    typed = Signal(str)
    entered = Signal()
    back_wanted = Signal()
    rubbed_out = Signal()
    given_up = Signal()
    stepped = Signal(int)
    moved = Signal(int)

    def __init__(self, theme: Theme, *, name: str) -> None:
        super().__init__(theme, name=name)
        self._line = theme.px(4.5)
        self._cells = SheetCells(theme, self, self._line)
        self.setItemDelegate(self._cells)
        self._wants_words = False
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setVerticalScrollMode(Table.ScrollMode.ScrollPerPixel)
        self.clicked.connect(lambda index: self.moved.emit(index.row()))

    def sheet_model(self) -> SheetModel:
        model = self.model()
        assert isinstance(model, SheetModel), "the screen gives it one"
        return model

    def lay_out_rows(self) -> None:
        """Headings across the whole width; called when another sheet is shown."""
        self.clearSpans()
        model = self.sheet_model()
        for line in range(model.rowCount()):
            if model.place_at(line) is None:
                self.setSpan(line, CODE, 1, model.columnCount())
            self.setRowHeight(line, self._line)

    def unfold(self, line: int) -> None:
        """Make room below the current row and fold the others."""
        model = self.sheet_model()
        lines = self._cells.details(model.index(line, WORDING), self.columnWidth(WORDING))
        wanted = self._line + self._cells.details_height(lines, self._room_below())
        for other in range(model.rowCount()):
            height = wanted if other == line else self._line
            if self.rowHeight(other) != height:
                self.setRowHeight(other, height)
        self.setCurrentIndex(model.index(line, CODE))
        # A row that just grew is not yet counted in the scroll range.
        self.updateGeometries()
        above = line - 1 if line and model.place_at(line - 1) is None else line
        self.scrollTo(model.index(line, CODE))
        self.scrollTo(model.index(above, CODE))

    def _room_below(self) -> int:
        return self.viewport().width() - self.columnViewportPosition(WORDING)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        match event.key():
            case _ if control:
                super().keyPressEvent(event)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                (self.back_wanted if back else self.entered).emit()
            case Qt.Key.Key_Backspace | Qt.Key.Key_Delete:
                self.rubbed_out.emit()
            case Qt.Key.Key_Escape:
                self.given_up.emit()
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self.stepped.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
            case Qt.Key.Key_Comma:
                # The decimal key of a number pad under a European keyboard layout.
                self.typed.emit(".")
            case _ if event.text() and event.text().isprintable():
                self.typed.emit(event.text())
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The unfolded text runs across the columns, so it is painted when they all are."""
        super().paintEvent(event)
        index = self.sheet_model().index(self.currentIndex().row(), WORDING)
        if not index.isValid():
            return
        left = self.columnViewportPosition(WORDING)
        top = self.rowViewportPosition(index.row()) + self._line
        height = self.rowHeight(index.row()) - self._line
        painter = QPainter(self.viewport())
        painter.setClipRegion(event.region())
        below = QRect(left, top, self._room_below(), height)
        self._cells.paint_details(
            painter, below, self._cells.details(index, self.columnWidth(WORDING))
        )
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.unfold(self.currentIndex().row())

    def take_words(self, *, wanted: bool) -> None:
        """Let an input method in where words are typed, and nowhere else."""
        self._wants_words = wanted
        if self.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled) is not wanted:
            self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, wanted)
            QGuiApplication.inputMethod().update(Qt.InputMethodQuery.ImEnabled)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt would switch the input method off again, because no cell has an editor."""
        super().focusInEvent(event)
        self.take_words(wanted=self._wants_words)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:
        if query is Qt.InputMethodQuery.ImEnabled:
            return self.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        if query is Qt.InputMethodQuery.ImCursorRectangle:
            return self.visualRect(self.sheet_model().index(self.currentIndex().row(), MARK))
        return super().inputMethodQuery(query)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Words put together by an input method are typed like any others."""
        self.sheet_model().composing = event.preeditString()
        for character in event.commitString():
            self.typed.emit(character)
        self.sheet_model().refresh()
        event.accept()

    def step(self, by: int) -> None:
        """To the next or the former row that can be marked."""
        model = self.sheet_model()
        line = self.currentIndex().row() + by
        while 0 <= line < model.rowCount() and model.place_at(line) is None:
            line += by
        if model.place_at(line) is not None:
            self.moved.emit(line)
