"""The scheme as a tree: events, modules, sub-criteria, aspects, each with what it adds up to.

The tree is built anew from the scheme after every edit; a place is the same tuple of positions that
``app.services.editing`` uses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.domain.errors import RuleBroken
from app.domain.points import plain_points
from app.domain.scheme import Aspect, Event, Module, Scheme, Subcriterion
from app.domain.scoring import event_maximum
from app.services.editing import Node, Place, children, node_id
from app.words import Words
from ui.screens.setup.method_fields import method_tag
from ui.widgets.table import NUMBER, TEXT

_Index: TypeAlias = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
ID, NAME, KIND, MARKS = range(4)
_DRAGGED = "application/x-plumbline-node"


@dataclass(slots=True, eq=False)
class _Branch:
    """A node with its place; kept alive by the model because indexes point at it."""

    place: Place
    node: Node
    parent: _Branch | None
    below: list[_Branch] = field(default_factory=list)


Edit: TypeAlias = Callable[[Place, str, str], None]
"""Takes place, field and text; shows a refusal itself."""


class SchemeTree(QAbstractItemModel):
    """Names and maximum marks can be edited in place; ``edit`` takes what was typed.

    ``dropped(place, to)``: a node was dragged to another position among its siblings.
    """

    dropped = Signal(object, int)

    def __init__(self, words: Words, edit: Edit) -> None:
        super().__init__()
        self._words = words
        self._edit = edit
        self._top: list[_Branch] = []
        self.locked = False

    def show_scheme(self, scheme: Scheme | None) -> None:
        self.beginResetModel()
        events = scheme.events if scheme else ()
        self._top = [_grown((number,), event, None) for number, event in enumerate(events)]
        self.endResetModel()

    def place(self, index: _Index) -> Place | None:
        return _branch(index).place if index.isValid() else None

    def index_of(self, place: Place) -> QModelIndex:
        """The index of a place; the nearest node above when it is gone."""
        found = QModelIndex()
        for number in place:
            below = self.index(number, 0, found)
            if not below.isValid():
                break
            found = below
        return found

    def index(self, row: int, column: int, parent: _Index = _ROOT) -> QModelIndex:
        siblings = _branch(parent).below if parent.isValid() else self._top
        if 0 <= row < len(siblings) and 0 <= column <= MARKS:
            return self.createIndex(row, column, siblings[row])
        return QModelIndex()

    def parent(self, index: _Index) -> QModelIndex:  # type: ignore[override]
        above = _branch(index).parent if index.isValid() else None
        return self.createIndex(above.place[-1], 0, above) if above else QModelIndex()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        if parent.column() > 0:
            return 0
        return len(_branch(parent).below if parent.isValid() else self._top)

    def columnCount(self, _parent: _Index = _ROOT) -> int:
        return MARKS + 1

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if self.locked or not index.isValid():
            return flags
        flags |= Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
        is_mark = index.column() == MARKS and isinstance(_branch(index).node, Aspect)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == NAME or is_mark else flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        node = _branch(index).node
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._text(node, index.column())
            case Qt.ItemDataRole.EditRole:
                return node.name if index.column() == NAME else self._text(node, index.column())
            case Qt.ItemDataRole.TextAlignmentRole:
                return NUMBER if index.column() == MARKS else TEXT
            case _:
                return None

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        if str(value) == self.data(index, Qt.ItemDataRole.EditRole):
            return True
        name = "name" if index.column() == NAME else "max"
        self._edit(_branch(index).place, name, str(value))
        return True

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [_DRAGGED]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        dragged = QMimeData()
        place = self.place(indexes[0]) or ()
        dragged.setData(_DRAGGED, " ".join(str(number) for number in place).encode())
        return dragged

    def canDropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: _Index
    ) -> bool:
        return self._landing(data, row, parent) is not None

    def dropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: _Index
    ) -> bool:
        landing = self._landing(data, row, parent)
        if landing is not None:
            self.dropped.emit(*landing)
        # The scheme is changed by the owner; the view is to remove nothing.
        return False

    def _landing(self, data: QMimeData, row: int, parent: _Index) -> tuple[Place, int] | None:
        """What was dragged and its new position; it can only be put among its siblings."""
        dragged = tuple(int(part) for part in bytes(data.data(_DRAGGED).data()).split())
        onto = (self.place(parent) or ()) if parent.isValid() else ()
        if self.locked or not dragged:
            return None
        if row < 0 and onto[:-1] == dragged[:-1] and len(onto) == len(dragged):
            return dragged, onto[-1]
        if row >= 0 and onto == dragged[:-1]:
            return dragged, row - 1 if row > dragged[-1] else row
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return NUMBER if section == MARKS else TEXT
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words.say(f"setup.tree_{('id', 'name', 'kind', 'marks')[section]}")
        return None

    def _text(self, node: Node, column: int) -> str:
        match column:
            case 0:
                return node_id(node)
            case 1:
                return self._words.pick(node.name, node.name_en)
            case 2:
                return self._kind(node)
            case _:
                return _marks(node)

    def _kind(self, node: Node) -> str:
        say = self._words.say
        match node:
            case Event():
                return say("setup.kind_event")
            case Module(limit_minutes=0):
                return say("setup.kind_module_untimed")
            case Module():
                return say("setup.kind_module", minutes=node.limit_minutes)
            case Subcriterion():
                return say("setup.kind_day", day=node.day)
            case Aspect():
                return say(f"setup.method_{method_tag(node.method)}")


def _grown(place: Place, node: Node, parent: _Branch | None) -> _Branch:
    branch = _Branch(place, node, parent)
    for number, child in enumerate(children(node)):
        branch.below.append(_grown((*place, number), child, branch))
    return branch


def _branch(index: _Index) -> _Branch:
    found = index.internalPointer()
    assert isinstance(found, _Branch)
    return found


def _marks(node: Node) -> str:
    """What a node adds up to; a dash while its numbers cannot be added."""
    try:
        match node:
            case Event():
                return plain_points(event_maximum(node))
            case Module() | Aspect():
                return plain_points(node.maximum)
            case Subcriterion(aspects=aspects):
                return plain_points(sum(aspect.maximum for aspect in aspects))
    except (RuleBroken, ArithmeticError, ValueError):
        return "–"
