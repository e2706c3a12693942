"""Why this rank: sentences a competitor can be told, then the calculation with each rounding."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHeaderView, QSizePolicy, QTreeWidget, QTreeWidgetItem

from app.words import Words
from ui.screens.results.rows import Step, Why
from ui.theme.fonts import font
from ui.theme.styling import mark
from ui.theme.tokens import TextSize, Theme
from ui.widgets.buttons import KeyButton, Role
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import column, row
from ui.widgets.table import NUMBER

_OPEN_LEVELS = 3
"""Total, component and module are open; sub-criteria wait for a click."""


class WhyPanel(QFrame):
    """Hidden until a row is chosen; ``on_close`` is called when the person has read enough."""

    def __init__(self, theme: Theme, words: Words, on_close: Callable[[], object]) -> None:
        super().__init__()
        self._theme, self._words = theme, words
        self._heading = text_label("", Kind.STRONG, wraps=True)
        self.sentences = text_label("", wraps=True, selectable=True)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(words.say("results.calculation"))
        self.tree.setHeaderLabels(
            [words.say(f"results.tree_{name}") for name in ("what", "result", "formula", "notes")]
        )
        self.tree.setUniformRowHeights(True)
        self.tree.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.tree.setMinimumHeight(theme.px(14))
        self.tree.setIndentation(theme.px(1.75))
        self.tree.setFont(font(theme))
        header = self.tree.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, theme.px(24))
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(2, theme.px(20))
        mark(self, kind="card")
        title = text_label(words.say("results.why"), Kind.LABEL)
        close = KeyButton(theme, words.say("frame.close"), on_close, key="Escape", role=Role.QUIET)
        self.setLayout(
            column(
                theme,
                row(theme, (title, 1), close),
                self._heading,
                self.sentences,
                (self.tree, 1),
                gap=1,
                margin=2,
            )
        )
        self.hide()
        self._shown: Why | None = None

    def show_why(self, why: Why | None) -> None:
        """Show why one entry stands where it does, keeping what was folded when it is the same."""
        if why == self._shown:
            return
        self._shown = why
        self.setVisible(why is not None)
        self.tree.clear()
        if why is None:
            return
        self._heading.setText(why.heading)
        self.sentences.setText("\n".join(why.sentences))
        if why.tree is not None:
            top = self._item(why.tree, level=0)
            self.tree.addTopLevelItem(top)
            _open(top, _OPEN_LEVELS)

    def _item(self, step: Step, *, level: int) -> QTreeWidgetItem:
        item = QTreeWidgetItem([step.what, step.result, step.formula, step.notes])
        item.setTextAlignment(1, NUMBER)
        for place, text in enumerate((step.what, step.result, step.formula, step.notes)):
            item.setToolTip(place, text)
        if level == 0:
            item.setFont(0, font(self._theme, TextSize.BASE, bold=True))
            item.setFont(1, font(self._theme, TextSize.BASE, bold=True))
        item.addChildren([self._item(child, level=level + 1) for child in step.children])
        return item


def _open(item: QTreeWidgetItem | None, levels: int) -> None:
    """Unfold so many levels; works only for an item that is in its tree."""
    if item is None or levels == 0:
        return
    item.setExpanded(True)
    for place in range(item.childCount()):
        _open(item.child(place), levels - 1)
