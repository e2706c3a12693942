"""Ctrl+F from anywhere: type a name, initials, a number or a work code, and go there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QWidget

from app.words import Words
from ui.desk import Found
from ui.theme.styling import mark
from ui.theme.tokens import Theme
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import column

Search = Callable[[str], Sequence[Found]]


class FindDialog(QDialog):
    """``chosen`` is where to go, or ``None``. The arrow keys move in the list while one types."""

    def __init__(
        self, theme: Theme, words: Words, search: Search, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.chosen: Found | None = None
        self._words = words
        self._search = search
        self._found: list[Found] = []
        title = words.say("frame.find_title")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.resize(theme.px(80), theme.px(56))
        self.field = QLineEdit()
        self.field.setPlaceholderText(words.say("frame.find_hint"))
        self.field.setAccessibleName(title)
        mark(self.field, kind="big")
        self.field.textChanged.connect(self._on_text)
        self.field.returnPressed.connect(self._on_go)
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.itemActivated.connect(lambda _item: self._on_go())
        self._nothing = text_label("", Kind.MUTED)
        self.setLayout(column(theme, self.field, self._nothing, (self.list, 1), gap=1.5, margin=2))
        self._on_text("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None and self._found:
                row = (self.list.currentRow() + step) % len(self._found)
                self.list.setCurrentRow(row)
                return True
        return super().eventFilter(watched, event)

    def _on_text(self, text: str) -> None:
        wanted = text.strip()
        self._found = list(self._search(wanted)) if wanted else []
        self.list.clear()
        for found in self._found:
            place = self._words.say(f"frame.place_{found.place.value}")
            self.list.addItem(f"{found.text}    {found.detail}    → {place}")
        self.list.setCurrentRow(0)
        nothing = bool(wanted) and not self._found
        self._nothing.setText(self._words.say("frame.find_nothing", text=wanted) if nothing else "")
        self._nothing.setVisible(nothing)

    def _on_go(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._found):
            self.chosen = self._found[row]
            self.accept()
