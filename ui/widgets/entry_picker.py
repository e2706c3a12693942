"""A field that finds while one types: entrants, work codes, anything with a name.

What matches is decided by the ``find`` that is passed in; the picker shows the first few.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit

from ui.theme.tokens import Theme


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be picked: ``key`` is what it is, ``text`` is read, ``detail`` beside."""

    key: str
    text: str
    detail: str = ""

    @property
    def line(self) -> str:
        return f"{self.text}    {self.detail}" if self.detail else self.text


Find = Callable[[str], Sequence[Choice]]

SHOWN_AT_ONCE = 12


class EntryPicker(QLineEdit):
    """``picked(Choice)`` when one is chosen from the list or by Enter, which takes the first;
    ``nothing_found(str)`` when Enter finds none."""

    picked = Signal(object)
    nothing_found = Signal(str)

    def __init__(self, theme: Theme, find: Find, *, name: str, hint: str = "") -> None:
        super().__init__()
        self._find = find
        self._found: list[Choice] = []
        self.setAccessibleName(name)
        self.setPlaceholderText(hint or name)
        self.setMinimumWidth(theme.px(30))
        self._model = QStandardItemModel(self)
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(SHOWN_AT_ONCE)
        popup = completer.popup()
        if popup is not None:
            popup.setAccessibleName(name)
        # The stubs know no overloaded signals, and by text alone equal lines look the same.
        completer.activated[QModelIndex].connect(self._on_activated)  # type: ignore[index]
        self.setCompleter(completer)
        self.textEdited.connect(self._on_typed)
        self.returnPressed.connect(self._on_enter)

    @property
    def found(self) -> list[Choice]:
        """What the typed text finds, best first."""
        return self._found

    def _on_typed(self, text: str) -> None:
        self._found = list(self._find(text.strip()))[:SHOWN_AT_ONCE] if text.strip() else []
        self._model.clear()
        for choice in self._found:
            item = QStandardItem(choice.line)
            item.setEditable(False)
            self._model.appendRow(item)
        self.completer().complete()

    def _on_activated(self, index: QModelIndex) -> None:
        self._pick(self._found[index.row()])

    def _on_enter(self) -> None:
        if self._found:
            self._pick(self._found[0])
        elif self.text().strip():
            self.nothing_found.emit(self.text().strip())

    def _pick(self, choice: Choice) -> None:
        self._found = []
        # The completer writes the chosen line into the field after this slot; clear it then.
        QTimer.singleShot(0, self, self.clear)
        self.picked.emit(choice)
