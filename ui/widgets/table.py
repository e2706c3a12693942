"""Our table: right-aligned tabular numbers, states with icon and word, keyboard copy.

A model says what a cell means through two roles: ``TONE`` gives the ``Tone`` of a state cell, which
the table turns into icon and colour, and ``Qt.TextAlignmentRole`` may return ``NUMBER``. Text that
does not fit is cut at its end and shown whole as a tooltip.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHelpEvent,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionHeader,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from ui.theme.icons import tone_icon
from ui.theme.tokens import Theme, Tone
from ui.widgets.columns import Columns

TONE = Qt.ItemDataRole.UserRole + 40
NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
TEXT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

_PICTURES = (TONE, Qt.ItemDataRole.DecorationRole, Qt.ItemDataRole.CheckStateRole)

_Index = QModelIndex | QPersistentModelIndex


class Cells(QStyledItemDelegate):
    """Paints states and shows what had to be cut."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons: dict[Tone, QIcon] = {}

    def icon_of(self, tone: Tone) -> QIcon:
        """The icon of a state, drawn once."""
        if tone not in self._icons:
            self._icons[tone] = tone_icon(self._theme, tone)
        return self._icons[tone]

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideRight
        tone = index.data(TONE)
        if isinstance(tone, Tone):
            option.icon = self.icon_of(tone)
            option.decorationSize = QSize(self._theme.px(2), self._theme.px(2))
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            option.palette.setColor(QPalette.ColorRole.Text, QColor(self._theme.tone(tone).ink))

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: _Index,
    ) -> bool:
        if event.type() == QEvent.Type.ToolTip and not index.data(Qt.ItemDataRole.ToolTipRole):
            self.initStyleOption(option, index)
            if self._is_cut(option):
                QToolTip.showText(event.globalPos(), option.text, view)
                return True
        return super().helpEvent(event, view, option, index)

    def _is_cut(self, option: QStyleOptionViewItem) -> bool:
        room: QRect = QApplication.style().subElementRect(
            QStyle.SubElement.SE_ItemViewItemText, option, option.widget
        )
        return QFontMetrics(option.font).horizontalAdvance(option.text) > room.width()


class Headings(QHeaderView):
    """Each heading stands as the cells below it do: over numbers at the right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, section: int) -> None:
        super().initStyleOptionForIndex(option, section)
        below = self.model().index(0, section).data(Qt.ItemDataRole.TextAlignmentRole)
        if below is not None:
            option.textAlignment = Qt.AlignmentFlag(below)


class Table(QTableView):
    """Whole rows are chosen; Enter or a double click emits ``row_chosen(row)``."""

    row_chosen = Signal(int)

    def __init__(self, theme: Theme, *, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self.setItemDelegate(Cells(theme, self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(4.5))
        self.verticalHeader().setMinimumSectionSize(theme.px(3))
        header = Headings(self)
        self.setHorizontalHeader(header)
        header.setDefaultAlignment(TEXT)
        header.setMinimumSectionSize(theme.px(4))
        self._columns = Columns(theme, self, pictures=_PICTURES)
        self.doubleClicked.connect(lambda index: self.row_chosen.emit(index.row()))

    def lay_out(self, *, widths: Mapping[int, int], stretched: Sequence[int] = ()) -> None:
        """Size the columns: ``widths`` in characters of a digit's width where there is room,
        ``stretched`` share what is left, the others fit their content. Call it after
        ``setModel``."""
        digit = QFontMetrics(self.font()).horizontalAdvance("0")
        usual = {n: width * digit + self._theme.px(3) for n, width in widths.items()}
        self._columns.lay_out(usual, stretched)

    def sizeHint(self) -> QSize:
        """No more than a heading and two lines, or a screen with two tables would have to scroll
        on a small laptop: what is left is a table's by its policy."""
        hint = super().sizeHint()
        return QSize(hint.width(), min(hint.height(), self._theme.px(14)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QApplication.clipboard().setText(self.copied_text())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.row_chosen.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def copied_text(self) -> str:
        """The chosen rows as they are shown, tabs between cells, for a spreadsheet."""
        rows = sorted({index.row() for index in self.selectionModel().selectedIndexes()})
        shown = [c for c in range(self.model().columnCount()) if not self.isColumnHidden(c)]
        return "\n".join(
            "\t".join(str(self.model().index(row, c).data() or "") for c in shown) for row in rows
        )
