"""The tables of the draw: the modules with their states, and who works where."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ui.screens.draw.shown import Grid, ModuleLine
from ui.theme.tokens import Tone
from ui.widgets.table import TEXT, TONE

_Index = QModelIndex | QPersistentModelIndex


class CellsModel(QAbstractTableModel):
    """Texts under headings, each with a tone where it is a state."""

    def __init__(self) -> None:
        super().__init__()
        self._headings: tuple[str, ...] = ()
        self._rows: tuple[tuple[tuple[str, Tone | None], ...], ...] = ()

    def show_grid(self, grid: Grid) -> None:
        """Who works where; no cell is a state."""
        self._show(grid.headings, tuple(tuple((text, None) for text in row) for row in grid.rows))

    def show_modules(self, heading: str, lines: Sequence[ModuleLine]) -> None:
        """The modules, each with where it stands."""
        rows = tuple(((f"{line.title}\n{line.state}", line.tone),) for line in lines)
        self._show((heading,), rows)

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._headings)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        text, tone = self._rows[index.row()][index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return text
            case Qt.ItemDataRole.TextAlignmentRole:
                return TEXT
            case _ if role == TONE:
                return tone
            case _:
                return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        return None

    def _show(
        self, headings: tuple[str, ...], rows: tuple[tuple[tuple[str, Tone | None], ...], ...]
    ) -> None:
        if (headings, rows) != (self._headings, self._rows):
            self.beginResetModel()
            self._headings, self._rows = headings, rows
            self.endResetModel()
