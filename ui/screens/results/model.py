"""The leaderboard as an item model that repaints only what changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.domain.ids import EntryId
from ui.screens.results.rows import Column, Line
from ui.widgets.table import NUMBER, TEXT, TONE

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class LeaderboardModel(QAbstractTableModel):
    """Rows in the order they are printed; ``entry_at`` says whose a row is."""

    def __init__(self) -> None:
        super().__init__()
        self._columns: tuple[Column, ...] = ()
        self._lines: tuple[Line, ...] = ()

    def show(self, columns: tuple[Column, ...], lines: tuple[Line, ...]) -> bool:
        """Take over what is to be shown; says whether the table was built anew.

        With the same columns and as many rows only the rows that differ are repainted.
        """
        if columns != self._columns or len(lines) != len(self._lines):
            self.beginResetModel()
            self._columns, self._lines = columns, lines
            self.endResetModel()
            return True
        before, self._lines = self._lines, lines
        last = len(columns) - 1
        for first, until in _changed(before, lines):
            self.dataChanged.emit(self.index(first, 0), self.index(until - 1, last))
        return False

    def entry_at(self, row: int) -> EntryId | None:
        return self._lines[row].entry if 0 <= row < len(self._lines) else None

    def row_of(self, entry: EntryId) -> int | None:
        for row, line in enumerate(self._lines):
            if line.entry == entry:
                return row
        return None

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._lines[index.row()].cells[index.column()]
            case Qt.ItemDataRole.TextAlignmentRole:
                return NUMBER if self._columns[index.column()].is_number else TEXT
            case _ if role == TONE:
                is_state = index.column() == len(self._columns) - 1
                return self._lines[index.row()].tone if is_state else None
            case _:
                return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        shown = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        if not shown or section >= len(self._columns):
            return None
        return self._columns[section].title


def _changed(before: Sequence[Line], after: Sequence[Line]) -> list[tuple[int, int]]:
    """The runs of rows that differ, as half-open ranges."""
    runs: list[tuple[int, int]] = []
    for row, (old, new) in enumerate(zip(before, after, strict=True)):
        if old is new or old == new:
            continue
        if runs and runs[-1][1] == row:
            runs[-1] = (runs[-1][0], row + 1)
        else:
            runs.append((row, row + 1))
    return runs
