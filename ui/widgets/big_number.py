"""The one number that matters, with what it counts below it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme.styling import mark
from ui.theme.tokens import Theme, Tone
from ui.widgets.labels import Kind, text_label


class BigNumber(QWidget):
    """A large number over a small caption; ``kind`` chooses 28, 40 or 72 points."""

    def __init__(
        self, theme: Theme, caption: str, number: str = "–", *, kind: Kind = Kind.BIG
    ) -> None:
        super().__init__()
        self._kind = kind
        self._number = text_label(number, kind)
        self._caption = text_label(caption, Kind.LABEL)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(0.25))
        layout.addWidget(self._number)
        layout.addWidget(self._caption)
        self.show_number(number)

    @property
    def number(self) -> str:
        return self._number.text()

    def show_number(self, number: str, tone: Tone | None = None) -> None:
        """Show another number, in the colour of a state when it means one."""
        self._number.setText(number)
        mark(self._number, kind=self._kind.value, tone=tone)
        self.setAccessibleName(f"{self._caption.text()}: {number}")
