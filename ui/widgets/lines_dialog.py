"""A short table to read: the history of a cell, newest last."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from app.words import Words
from ui.theme.tokens import Theme
from ui.widgets.buttons import primary_button
from ui.widgets.dialog_frame import frame_dialog
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, card, row


class LinesDialog(QDialog):
    """Headings and lines of text; Enter or Escape closes it."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        title: str,
        headings: Sequence[str],
        lines: Sequence[Sequence[str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(3))
        grid.setVerticalSpacing(theme.px(1))
        for place, heading in enumerate(headings):
            grid.addWidget(text_label(heading, Kind.LABEL), 0, place)
        for number, line in enumerate(lines, start=1):
            for place, text in enumerate(line):
                is_last = place == len(line) - 1
                shown = text_label(text, wraps=is_last, selectable=True)
                grid.addWidget(shown, number, place, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(len(headings) - 1, 1)
        self.texts = [" ".join(line) for line in lines]
        close = primary_button(theme, words.say("frame.close"), self.accept, key="Return")
        close.setDefault(True)
        large = text_label(title, Kind.TITLE, wraps=True)
        foot = row(theme, STRETCH, close)
        frame_dialog(self, theme, large, card(theme, grid), STRETCH, foot=foot, width=88)
        close.setFocus()
