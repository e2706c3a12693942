"""The leaderboard as an item model that repaints only what changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.domain.ids import EntryId
from ui.screens.results.rows import Column, Listed
from ui.theme.tokens import Tone
from ui.widgets.table import NUMBER, TEXT, TONE

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class LeaderboardModel(QAbstractTableModel):
    """Rows in the order they are printed; ``entry_at`` says whose a row is."""

    def __init__(self) -> None:
        super().__init__()
        self._columns: tuple[Column, ...] = ()
        self._lines = Listed()

    def show(self, columns: tuple[Column, ...], lines: Listed) -> bool:
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
        for first, until in _runs(lines.changed_since(before)):
            self.dataChanged.emit(self.index(first, 0), self.index(until - 1, last))
        return False

    def entry_at(self, row: int) -> EntryId | None:
        return self._lines.entry_at(row) if 0 <= row < len(self._lines) else None

    def row_of(self, entry: EntryId) -> int | None:
        return self._lines.place_of(entry)

    def heading(self, row: int) -> str | None:
        """The heading of a division, where this row is one; its first cell spans the table."""
        return self._lines.heading_at(row)

    def text(self, row: int, column: int) -> str:
        heading = self._lines.heading_at(row)
        if heading is not None:
            return "" if column else heading
        return self._lines[row].cells[column]

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        return NUMBER if self._columns[column].is_number else TEXT

    def tone(self, row: int, column: int) -> Tone | None:
        """What a state shows by icon and colour; nothing in the other columns."""
        if column < len(self._columns) - 1 or self._lines.heading_at(row) is not None:
            return None
        return self._lines[row].tone

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if index.isValid() and self._lines.heading_at(index.row()) is not None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.text(index.row(), index.column())
            case Qt.ItemDataRole.TextAlignmentRole:
                is_heading = self._lines.heading_at(index.row()) is not None
                return TEXT if is_heading else self.alignment(index.column())
            case _ if role == TONE:
                return self.tone(index.row(), index.column())
            case _:
                return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        shown = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        if not shown or section >= len(self._columns):
            return None
        return self._columns[section].title


def _runs(changed: Iterable[int]) -> list[tuple[int, int]]:
    """Rows in order as half-open ranges of those that follow each other."""
    runs: list[tuple[int, int]] = []
    for row in changed:
        if runs and runs[-1][1] == row:
            runs[-1] = (runs[-1][0], row + 1)
        else:
            runs.append((row, row + 1))
    return runs
