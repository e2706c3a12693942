"""A drop-down list that the mouse wheel scrolls past, so that scrolling a page chooses nothing."""

from __future__ import annotations

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox


class DropDown(QComboBox):
    """Chosen by keys or by opening it; the wheel goes to the page around it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
