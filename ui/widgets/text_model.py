"""A plain table of texts to be read: columns with headings, rows of cells, some with a tone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.theme.tokens import Tone
from ui.widgets.table import NUMBER, TEXT, TONE

_Index: TypeAlias = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Toned:
    """A cell that shows a state: its word, and the tone that gives icon and colour."""

    text: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: what stands above it, and whether it holds numbers."""

    text: str
    is_number: bool = False


Cell: TypeAlias = str | Toned


class TextModel(QAbstractTableModel):
    """Shows the rows it is given; ``show_rows`` replaces them all."""

    def __init__(self, headings: Sequence[Heading], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings = tuple(headings)
        self._rows: Sequence[Sequence[Cell]] = ()

    def show_rows(self, rows: Sequence[Sequence[Cell]]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def show_headings(self, headings: Sequence[Heading]) -> None:
        """Other columns altogether; the rows are shown anew afterwards."""
        self.beginResetModel()
        self._headings = tuple(headings)
        self._rows = ()
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        cell = self._rows[index.row()][index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.text if isinstance(cell, Toned) else cell
            case Qt.ItemDataRole.TextAlignmentRole:
                return NUMBER if self._headings[index.column()].is_number else TEXT
            case _ if role == TONE:
                return cell.tone if isinstance(cell, Toned) else None
            case _:
                return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._headings):
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._headings[section].text
            case Qt.ItemDataRole.TextAlignmentRole:
                return NUMBER if self._headings[section].is_number else TEXT
            case _:
                return None
