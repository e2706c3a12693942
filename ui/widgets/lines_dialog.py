"""A short table to read: the history of a cell, newest last."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from app.words import Words
from ui.theme.tokens import Theme
from ui.widgets.buttons import primary_button
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, card, column, row, scrolling


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
        self.setMinimumWidth(theme.px(88))
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
        area = scrolling(theme, card(theme, grid), STRETCH)
        area.setMinimumHeight(theme.px(min(48, 10 + 4 * len(lines))))
        self.setLayout(
            column(
                theme,
                text_label(title, Kind.TITLE, wraps=True),
                (area, 1),
                row(theme, STRETCH, close),
                gap=2,
                margin=3,
            )
        )
        close.setFocus()
