"""The tables at the right of check-in: units with their counts, and who is still missing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui.theme.tokens import Tone
from ui.widgets.table import NUMBER, TEXT, TONE

_Index = QModelIndex | QPersistentModelIndex


class LinesModel(QAbstractTableModel):
    """Lines of plain texts under headings; columns in ``numbers`` stand at the right.

    A line's tone, where it has one, colours its last column.
    """

    def __init__(self, headings: Sequence[str], numbers: frozenset[int] = frozenset()) -> None:
        super().__init__()
        self._headings = tuple(headings)
        self._numbers = numbers
        self._lines: tuple[tuple[str, ...], ...] = ()
        self._tones: tuple[Tone | None, ...] = ()

    def show_lines(
        self, lines: Sequence[tuple[str, ...]], tones: Sequence[Tone | None] = ()
    ) -> None:
        """Show other lines; nothing happens when they are the same."""
        fresh, toned = tuple(lines), tuple(tones) or (None,) * len(lines)
        if (fresh, toned) != (self._lines, self._tones):
            self.beginResetModel()
            self._lines, self._tones = fresh, toned
            self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._headings)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._lines[index.row()][index.column()]
            case Qt.ItemDataRole.TextAlignmentRole:
                return NUMBER if index.column() in self._numbers else TEXT
            case _ if role == TONE and index.column() == len(self._headings) - 1:
                return self._tones[index.row()]
            case _:
                return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._headings[section]
            case Qt.ItemDataRole.TextAlignmentRole:
                return NUMBER if section in self._numbers else TEXT
            case _:
                return None
