"""Recipients and ledger as item models; the last column says the state."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui.screens.certificates.rows import Line
from ui.widgets.table import TONE

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class LinesModel(QAbstractTableModel):
    """Rows of finished text under fixed headings."""

    def __init__(self, headings: tuple[str, ...]) -> None:
        super().__init__()
        self._headings = headings
        self._lines: tuple[Line, ...] = ()

    def show(self, lines: tuple[Line, ...]) -> None:
        """Take over other rows; the same rows again change nothing."""
        if lines == self._lines:
            return
        if [line.key for line in lines] == [line.key for line in self._lines]:
            self._lines = lines
            last = self.index(len(lines) - 1, len(self._headings) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def key_at(self, row: int) -> str | None:
        return self._lines[row].key if 0 <= row < len(self._lines) else None

    def row_of(self, key: str) -> int | None:
        return next((row for row, line in enumerate(self._lines) if line.key == key), None)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.cells[index.column()]
            case _ if role == TONE and index.column() == len(self._headings) - 1:
                return line.tone
            case _:
                return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        shown = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self._headings[section] if shown and section < len(self._headings) else None
