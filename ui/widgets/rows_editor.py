"""A short list that is edited in place: typed or chosen cells, rows added, removed and moved.

What the rows mean is decided elsewhere: ``rows_edited`` carries all rows as text, and the owner
answers with ``show_rows`` or with an error above the table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QStyleOptionViewItem,
    QWidget,
)

from app.domain.errors import RuleBroken
from app.words import Words
from ui.theme.tokens import Theme, Tone
from ui.widgets.buttons import KeyButton, plain_button
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.pasted_rows import pasted_rows
from ui.widgets.table import NUMBER, TEXT, Cells, Table

_Index: TypeAlias = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
Row: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EditColumn:
    """A column: heading, and for a choice the codes with their words."""

    heading: str
    choices: Mapping[str, str] | None = None
    is_number: bool = False
    stretches: bool = False


class RowsModel(QAbstractTableModel):
    """The rows as they are typed; says ``edited`` after a cell was changed by hand."""

    edited = Signal()

    def __init__(self, columns: Sequence[EditColumn]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: list[Row] = []
        self.locked = False

    def show_rows(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if self.locked or not index.isValid():
            return flags
        return flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        wanted = self.columns[index.column()]
        text = self.rows[index.row()][index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return (wanted.choices or {}).get(text, text)
            case Qt.ItemDataRole.EditRole:
                return text
            case Qt.ItemDataRole.TextAlignmentRole:
                return NUMBER if wanted.is_number else TEXT
            case _:
                return None

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or self.locked:
            return False
        cells = list(self.rows[index.row()])
        if cells[index.column()] == str(value):
            return True
        cells[index.column()] = str(value)
        self.rows[index.row()] = tuple(cells)
        self.dataChanged.emit(index, index)
        self.edited.emit()
        return True

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.columns[section].heading
            case Qt.ItemDataRole.TextAlignmentRole:
                return NUMBER if self.columns[section].is_number else TEXT
            case _:
                return None


class _Editors(Cells):
    """A choice is a box with words in it; everything else is a line of text."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        choices = _choices(index)
        if choices is None:
            return super().createEditor(parent, option, index)
        box = QComboBox(parent)
        for code, word in choices.items():
            box.addItem(word, code)
        box.activated.connect(lambda _row: self.commitData.emit(box))
        return box

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(index.data(Qt.ItemDataRole.EditRole))))
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        else:
            super().setModelData(editor, model, index)


def _choices(index: _Index) -> Mapping[str, str] | None:
    model = index.model()
    return model.columns[index.column()].choices if isinstance(model, RowsModel) else None


class _PasteTable(Table):
    """Says ``pasted`` for Ctrl+V and ``row_wanted`` for Ins, which are no typing into a cell."""

    pasted = Signal()
    row_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        elif event.key() == Qt.Key.Key_Insert:
            self.row_wanted.emit()
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Tab goes from cell to cell and ends at the last: the first is not to be typed over."""
        here, hints = self.currentIndex(), QAbstractItemDelegate.EndEditHint
        rows, columns = self.model().rowCount(), self.model().columnCount()
        at_end = (here.row(), here.column()) == (rows - 1, columns - 1)
        if hint is hints.EditNextItem and at_end:
            hint = hints.NoHint
        super().closeEditor(editor, hint)


class RowsEditor(QWidget):
    """``rows_edited(list[tuple[str, ...]])`` after every change."""

    rows_edited = Signal(object)

    def __init__(
        self, theme: Theme, words: Words, columns: Sequence[EditColumn], blank: Row, *, name: str
    ) -> None:
        super().__init__()
        self._words = words
        self._blank = blank
        self.model = RowsModel(columns)
        self.table = _PasteTable(theme, name=name)
        self.table.pasted.connect(self.paste)
        self.table.setModel(self.model)
        self.table.setItemDelegate(_Editors(theme, self.table))
        trigger = QAbstractItemView.EditTrigger
        self.table.setEditTriggers(
            trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed
        )
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        stretched = [n for n, one in enumerate(columns) if one.stretches]
        widths = {n: 9 for n, one in enumerate(columns) if not one.stretches and not one.choices}
        self.table.lay_out(widths=widths, stretched=stretched)
        self.error = text_label(tone=Tone.BLOCKED, wraps=True)
        self.error.hide()
        self._buttons = [
            plain_button(theme, words.say("setup.row_add"), self.add, icon_name="add"),
            plain_button(theme, words.say("setup.row_remove"), self.remove, icon_name="close"),
            plain_button(theme, words.say("setup.move_up"), lambda: self.shift_row(-1)),
            plain_button(theme, words.say("setup.move_down"), lambda: self.shift_row(1)),
        ]
        hint = text_label(words.say("setup.row_hint"), Kind.LABEL)
        tools = row(theme, *self._buttons, STRETCH, hint)
        self.setLayout(column(theme, self.error, (self.table, 1), tools))
        self.table.row_wanted.connect(self._buttons[0].click)
        self.model.edited.connect(self._tell)

    @property
    def unsaved(self) -> str:
        """The name of the list while what stands in it is not taken over; else empty."""
        return "" if self.error.isHidden() else self.table.accessibleName()

    @property
    def buttons(self) -> Sequence[KeyButton]:
        return self._buttons

    def show_rows(self, rows: Sequence[Row], *, locked: bool = False) -> None:
        """The rows as they are in the rules; a locked list can only be read."""
        self.error.hide()
        self.model.locked = locked
        here = self.table.currentIndex()
        if list(rows) != self.model.rows:
            self.model.show_rows(rows)
            # At first the first cell, seen to be chosen: typing goes into it.
            row_at, column_at = max(0, here.row()), max(0, here.column())
            self.table.setCurrentIndex(self.model.index(row_at, column_at))
        for button in self._buttons:
            button.setEnabled(not locked)

    def show_error(self, sentence: str) -> None:
        """Why what stands in the table is not taken over."""
        self.error.setText(sentence)
        self.error.show()

    def add(self) -> None:
        """A blank row at the end, ready to be typed into."""
        self.model.show_rows([*self.model.rows, self._blank])
        first = self.model.index(len(self.model.rows) - 1, 0)
        self.table.setCurrentIndex(first)
        self._tell()
        self.table.edit(self.model.index(len(self.model.rows) - 1, 0))

    def paste(self) -> None:
        """What was copied from a spreadsheet, from the current cell on."""
        if self.model.locked:
            return
        here = self.table.currentIndex()
        at = (here.row(), here.column()) if here.isValid() else (len(self.model.rows), 0)
        try:
            rows = pasted_rows(
                QApplication.clipboard().text(),
                self.model.columns,
                self.model.rows,
                self._blank,
                at=at,
            )
        except RuleBroken as refused:
            self.show_error(self._words.explain(refused))
            return
        self.error.hide()
        self.model.show_rows(rows)
        self.table.setCurrentIndex(self.model.index(*at))
        self._tell()

    def remove(self) -> None:
        here = self.table.currentIndex().row()
        if 0 <= here < len(self.model.rows):
            rows = [cells for number, cells in enumerate(self.model.rows) if number != here]
            self.model.show_rows(rows)
            self.table.setCurrentIndex(self.model.index(min(here, len(rows) - 1), 0))
            self._tell()

    def shift_row(self, by: int) -> None:
        here = self.table.currentIndex()
        target = here.row() + by
        if here.isValid() and 0 <= target < len(self.model.rows):
            rows = list(self.model.rows)
            rows.insert(target, rows.pop(here.row()))
            self.model.show_rows(rows)
            self.table.setCurrentIndex(self.model.index(target, here.column()))
            self._tell()

    def _tell(self) -> None:
        self.rows_edited.emit(list(self.model.rows))
