"""What a screen shows before there is anything: what comes first, and the button that does it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.theme.icons import pixmap
from ui.theme.tokens import Theme
from ui.widgets.buttons import primary_button
from ui.widgets.labels import Kind, text_label


class EmptyState(QWidget):
    """An icon, a short title, a sentence and at most one action, in the middle of the room."""

    def __init__(
        self,
        theme: Theme,
        icon_name: str,
        title: str,
        text: str = "",
        action: str = "",
        on_action: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        drawn = QLabel()
        drawn.setPixmap(pixmap(icon_name, theme.colours.control_line, theme.px(7), 2.0))
        heading = text_label(title, Kind.TITLE, wraps=True)
        sentence = text_label(text, Kind.MUTED, wraps=True)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(1.5))
        layout.addStretch(2)
        for part in (drawn, heading, sentence):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(part)
        sentence.setVisible(bool(text))
        self.button = primary_button(theme, action, on_action) if action else None
        if self.button is not None:
            layout.addSpacing(theme.px(1))
            layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
            self.setFocusProxy(self.button)
        layout.addStretch(3)
        self.setAccessibleName(title)
