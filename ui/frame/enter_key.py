"""Lets Enter press the button that has the focus, as every newcomer expects it to.

Qt leaves this to dialogs; elsewhere a focused button answers to Space alone, and in a dialog Enter
would press the default button although the focus is visibly on another, such as "Cancel".
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget

_BUTTONS = (QPushButton, QToolButton)
_KEYS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class EnterKey(QObject):
    """Watches only the button that has the focus."""

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self._application = application
        application.focusChanged.connect(self._on_focus)

    def close(self) -> None:
        self._application.focusChanged.disconnect(self._on_focus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and isinstance(watched, _BUTTONS)
            and event.key() in _KEYS
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            # Held down it must not press twice: the second press would answer the next question.
            if not event.isAutoRepeat():
                watched.click()
            return True
        return False

    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(old, _BUTTONS):
            old.removeEventFilter(self)
        if isinstance(new, _BUTTONS):
            new.installEventFilter(self)
