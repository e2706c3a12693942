"""Modules against judges: a tick says that the judge marks the module, in the order of ticking."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.domain.ids import JudgeId
from app.domain.scheme import Module
from app.services.enrolment import Judge, PanelState
from app.words import Words
from ui.theme.tokens import Tone
from ui.widgets.table import TEXT, TONE

_Index: TypeAlias = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
SetPanel: TypeAlias = Callable[[str, tuple[JudgeId, ...]], None]


class PanelMatrix(QAbstractTableModel):
    """A tick's text is the judge's place on the panel; the last column says whether it is full."""

    def __init__(self, words: Words, set_panel: SetPanel) -> None:
        super().__init__()
        self._words = words
        self._set_panel = set_panel
        self._modules: Sequence[Module] = ()
        self._judges: Sequence[Judge] = ()
        self._states: Sequence[PanelState] = ()
        self._may_edit = False

    def show_panels(
        self,
        modules: Sequence[Module],
        judges: Sequence[Judge],
        states: Sequence[PanelState],
        may_edit: bool,
    ) -> None:
        former = ([one.id for one in self._modules], [one.id for one in self._judges])
        is_same_shape = former == ([one.id for one in modules], [one.id for one in judges])
        if not is_same_shape:
            self.beginResetModel()
        self._modules, self._judges, self._states = modules, judges, states
        self._may_edit = may_edit
        if is_same_shape and states:
            # A tick must not throw the cursor out of the cell it was made in.
            last = self.index(len(states) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        elif not is_same_shape:
            self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._states)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._judges) + 2

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        judge = self._judge(index)
        if judge is None or not self._may_edit:
            return flags
        is_chosen = judge.id in self._states[index.row()].judges
        if judge.standing_down and not is_chosen:
            return flags & ~Qt.ItemFlag.ItemIsEnabled
        return flags | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        state, judge = self._states[index.row()], self._judge(index)
        if judge is not None:
            return _tick(state, judge, role)
        if index.column() == 0:
            module = self._modules[index.row()]
            name = self._words.pick(module.name, module.name_en)
            return f"{module.id}  {name}" if role == Qt.ItemDataRole.DisplayRole else None
        return self._fullness(state, role)

    def _fullness(self, state: PanelState, role: int) -> object:
        given = len(state.judges)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                if not state.needed:
                    return self._words.say("setup.panel_team", given=given)
                key = "setup.panel_full" if given >= state.needed else "setup.panel_short"
                return self._words.say(key, given=given, needed=state.needed)
            case Qt.ItemDataRole.TextAlignmentRole:
                return TEXT
            case _ if role == TONE:
                return Tone.DONE if given >= state.needed else Tone.ATTENTION
            case _:
                return None

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        judge = self._judge(index)
        if role != Qt.ItemDataRole.CheckStateRole or judge is None:
            return False
        state = self._states[index.row()]
        others = tuple(one for one in state.judges if one != judge.id)
        on = value in {Qt.CheckState.Checked, Qt.CheckState.Checked.value}
        self._set_panel(state.module, (*others, judge.id) if on else others)
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.ToolTipRole and 0 < section <= len(self._judges):
            return self._judges[section - 1].name
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if section == 0:
            return self._words.say("setup.column_module")
        if section <= len(self._judges):
            return self._judges[section - 1].id
        return self._words.say("setup.column_panel")

    def _judge(self, index: _Index) -> Judge | None:
        number = index.column() - 1
        return self._judges[number] if 0 <= number < len(self._judges) else None


def _tick(state: PanelState, judge: Judge, role: int) -> object:
    on = judge.id in state.judges
    match role:
        case Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        case Qt.ItemDataRole.DisplayRole:
            return str(state.judges.index(judge.id) + 1) if on else ""
        case _:
            return None
