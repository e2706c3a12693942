"""Text on the screen by what it is: title, body, label, the number that matters."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.theme.styling import mark
from ui.theme.tokens import Tone


class Kind(Enum):
    """The kinds of text; sizes are in ``ui.theme.tokens.TextSize``."""

    BODY = ""
    MUTED = "muted"
    LABEL = "label"
    STRONG = "strong"
    TITLE = "title"
    BIG = "big"
    NAME = "name"
    HUGE = "huge"
    KEY = "key"


def text_label(
    text: str = "",
    kind: Kind = Kind.BODY,
    *,
    tone: Tone | None = None,
    wraps: bool = False,
    selectable: bool = False,
) -> QLabel:
    """A label that shows its text plainly (never as markup)."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wraps)
    mark(label, kind=kind.value, tone=tone)
    if selectable:
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    return label


def key_hint(key: str) -> QLabel:
    """A small key cap, e.g. ``Space`` beside what the key does."""
    label = text_label(key, Kind.KEY)
    label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return label


class ElidedLabel(QLabel):
    """One line that is cut at its end when space is short, and then shows all as a tooltip."""

    def __init__(self, text: str = "", kind: Kind = Kind.BODY, parent: QWidget | None = None):
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        mark(self, kind=kind.value)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._tell_all()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("……"), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_all()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = self.contentsRect()
        painter.drawText(room, self.alignment(), self.text_within(room.width()))
        painter.end()

    def text_within(self, width: int) -> str:
        """What is shown of the text where this much room is."""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, width)

    def _tell_all(self) -> None:
        needed = self.fontMetrics().horizontalAdvance(self.text())
        self.setToolTip(self.text() if needed > self.contentsRect().width() else "")
