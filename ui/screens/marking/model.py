"""Item models of the marking screen: the queue of works, and the sheet with its headings.

A heading row names a sub-criterion; it cannot be chosen and has no place on the sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from app.domain.aspects import AspectState
from app.domain.disputes import Dispute
from app.domain.scheme import Aspect, Subcriterion
from app.services.mark_words import aspect_name, cell_text, maximum_text
from app.services.marking import SheetRow
from app.services.marking_queue import SheetState, Work
from app.services.method_words import typed_words
from app.words import Words
from ui.screens.marking.row_details import row_details
from ui.screens.marking.sheet_editor import SheetEditor
from ui.theme.fonts import font
from ui.theme.tokens import TextSize, Theme, Tone
from ui.widgets.table import NUMBER, TEXT, TONE

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

DETAIL = Qt.ItemDataRole.UserRole + 50
"""On the row with the cursor: what is read below its name, as a tuple of ``DetailLine``."""

CARET = "▏"
CODE, WORDING, MOST, MARK, STATE = range(5)
SHEET_COLUMNS = ("code", "aspect", "most", "mark", "state")
QUEUE_COLUMNS = ("work", "sheet", "unset")

QUEUE_TONES = {
    SheetState.EMPTY: Tone.IDLE,
    SheetState.TYPED: Tone.RUNNING,
    SheetState.STARTED: Tone.RUNNING,
    SheetState.AT_ODDS: Tone.ATTENTION,
    SheetState.COMPLETE: Tone.DONE,
    SheetState.SIGNED: Tone.DONE,
}


class QueueModel(QAbstractTableModel):
    """The works of the module with the state of the chosen sheet."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.works: tuple[Work, ...] = ()

    def show(self, works: Sequence[Work]) -> None:
        self.beginResetModel()
        self.works = tuple(works)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.works)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(QUEUE_COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._words.say(f"marking.queue-{QUEUE_COLUMNS[section]}")

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        work, column = self.works[index.row()], QUEUE_COLUMNS[index.column()]
        match role, column:
            case Qt.ItemDataRole.DisplayRole, "work":
                return work.label
            case Qt.ItemDataRole.DisplayRole, "sheet":
                return self._words.say(f"marking.queue-{work.state.value}")
            case Qt.ItemDataRole.DisplayRole, "unset":
                return str(work.unset)
            case _, "sheet" if role == TONE:
                return QUEUE_TONES[work.state]
            case Qt.ItemDataRole.TextAlignmentRole, _:
                return NUMBER if column == "unset" else TEXT
            case _:
                return None


class SheetModel(QAbstractTableModel):
    """The open sheet. ``lines`` are its rows as shown: a heading, or the row's place.

    ``typed`` is the word for what is typed and not recorded yet.
    """

    def __init__(self, theme: Theme, words: Words, typed: str) -> None:
        super().__init__()
        self._words = words
        self._typed = typed
        self._strong = font(theme, TextSize.STRONG, bold=True)
        self._bold = font(theme, TextSize.BASE, bold=True)
        self.editor: SheetEditor | None = None
        self.lines: list[Subcriterion | int] = []
        self.composing = ""
        """What an input method is still putting together."""

    def show(self, editor: SheetEditor | None) -> None:
        """Show another sheet, or none."""
        self.beginResetModel()
        self.editor = editor
        self.lines = []
        rows = editor.sheet.rows if editor else ()
        for place, row in enumerate(rows):
            if place == 0 or rows[place - 1].subcriterion.id != row.subcriterion.id:
                self.lines.append(row.subcriterion)
            self.lines.append(place)
        self.endResetModel()

    def refresh(self) -> None:
        """The same sheet with other content."""
        if self.lines:
            last = self.index(len(self.lines) - 1, STATE)
            self.dataChanged.emit(self.index(0, 0), last)

    def line_of(self, place: int) -> int:
        """The shown row of a place on the sheet."""
        return self.lines.index(place)

    def place_at(self, line: int) -> int | None:
        """The place on the sheet shown in this row; ``None`` for a heading."""
        if not 0 <= line < len(self.lines):
            return None
        found = self.lines[line]
        return found if isinstance(found, int) else None

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(SHEET_COLUMNS)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self.place_at(index.row()) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section in {MOST, MARK}:
            return NUMBER
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words.say(f"marking.sheet-{SHEET_COLUMNS[section]}")
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if isinstance(line, Subcriterion):
            return self._heading(line, role) if index.column() == CODE else None
        assert self.editor is not None, "rows come from a sheet"
        row = self.editor.sheet.rows[line]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(row, line, index.column())
            case Qt.ItemDataRole.TextAlignmentRole:
                return NUMBER if index.column() in {MOST, MARK} else TEXT
            case Qt.ItemDataRole.FontRole:
                return self._strong if index.column() == MARK else None
            case _ if role == TONE and index.column() == STATE:
                return self._state(row, line)[0]
            case _ if role == DETAIL and index.column() == WORDING:
                here = line == self.editor.cursor
                return row_details(self._words, self.editor, row) if here else ()
            case _:
                return None

    def _heading(self, part: Subcriterion, role: int) -> str | QFont | None:
        if role == Qt.ItemDataRole.FontRole:
            return self._bold
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        name = self._words.pick(part.name, part.name_en)
        return self._words.say("marking.heading", id=part.id, name=name, day=part.day)

    def _text(self, row: SheetRow, place: int, column: int) -> str:
        assert self.editor is not None, "rows come from a sheet"
        aspect, editor = row.aspect, self.editor
        match SHEET_COLUMNS[column]:
            case "code":
                return aspect.id
            case "aspect":
                return aspect_name(self._words, aspect)
            case "most":
                return maximum_text(aspect)
            case "mark" if place == editor.cursor and (editor.is_typing or self.composing):
                return self._half_typed(aspect, editor)
            case "mark" if isinstance(row.held, Dispute):
                return "?"
            case "mark":
                return cell_text(self._words, aspect, editor.cell(place))
            case _:
                state = self._state(row, place)[1]
                return self._typed if state == "typed" else self._words.say(f"marking.row-{state}")

    def _half_typed(self, aspect: Aspect, editor: SheetEditor) -> str:
        """What is typed so far; of a cell with parts the whole of it."""
        if editor.parts is None:
            return editor.buffer + CARET
        is_empty = not editor.parts.is_changed
        typed = "" if is_empty else typed_words(self._words, aspect.method, editor.parts.text())
        return f"{typed}{self.composing}{CARET}"

    def _state(self, row: SheetRow, place: int) -> tuple[Tone, str]:
        assert self.editor is not None, "rows come from a sheet"
        if place == self.editor.cursor and self.editor.refusal is not None:
            return Tone.BLOCKED, "refused"
        if isinstance(row.held, Dispute):
            return Tone.ATTENTION, AspectState.DISPUTED.value
        if row.aspect.id in self.editor.typed:
            return Tone.RUNNING, "typed"
        if row.held is None:
            return Tone.IDLE, "unset"
        return (Tone.ATTENTION, "at-odds") if row.at_odds else (Tone.DONE, "recorded")
