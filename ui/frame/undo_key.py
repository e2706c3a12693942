"""Lets Ctrl+Z through to the window when the field under the cursor has nothing to undo.

A Qt text field claims Ctrl+Z whether or not it can use it, and at check-in a field always has the
focus; without this the command could never be undone by its key.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget


class UndoKey(QObject):
    """Watches only the widget that has the focus; a filter on everything would cost every event."""

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self._application = application
        application.focusChanged.connect(self._on_focus)

    def close(self) -> None:
        self._application.focusChanged.disconnect(self._on_focus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and not _can_undo(watched)
        ):
            event.ignore()
            return True
        return False

    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(old, _FIELDS):
            old.removeEventFilter(self)
        if isinstance(new, _FIELDS):
            new.installEventFilter(self)


_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit)


def _can_undo(field: QObject) -> bool:
    match field:
        case QLineEdit():
            return field.isUndoAvailable()
        case QPlainTextEdit() | QTextEdit():
            return field.document().isUndoAvailable()
        case _:
            return False
