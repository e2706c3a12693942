"""Where the window is, on one line: in want of room the general gives way to the particular.

Which module and whose sheet it is must never be cut off by the name of the competition.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from ui.widgets.labels import ElidedLabel, Kind

PATH_MARK = "  ▸  "


class PathLabel(ElidedLabel):
    """Shows "competition ▸ event ▸ module"; whole as a tooltip when it is cut."""

    def __init__(self) -> None:
        super().__init__("", Kind.STRONG)
        self._path: tuple[str, ...] = ()

    def show_path(self, path: Sequence[str]) -> None:
        self._path = tuple(part for part in path if part)
        self.setText(PATH_MARK.join(self._path))
        self.setAccessibleName(self.text())

    def text_within(self, width: int) -> str:
        return shortened(self._path, width, self.fontMetrics())


def shortened(path: Sequence[str], width: int, metrics: QFontMetrics) -> str:
    """The path with its parts cut from the first on, as few of them as the width asks for."""
    parts = list(path)
    least = metrics.horizontalAdvance("M…")
    for place in range(len(parts) - 1):
        over = metrics.horizontalAdvance(PATH_MARK.join(parts)) - width
        if over <= 0:
            return PATH_MARK.join(parts)
        room = max(least, metrics.horizontalAdvance(parts[place]) - over)
        parts[place] = metrics.elidedText(parts[place], Qt.TextElideMode.ElideRight, room)
    return metrics.elidedText(PATH_MARK.join(parts), Qt.TextElideMode.ElideRight, width)
