"""What verifying a bundle or a certificate found: the verdict, and every check with its outcome."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QWidget

from app.words import Words
from ui.theme.styling import mark
from ui.theme.tokens import Theme, Tone
from ui.widgets.buttons import plain_button
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.state_chip import StateChip
from ui.widgets.table import Table
from ui.widgets.text_model import Cell, Heading, TextModel


class ChecksPage(QWidget):
    """Shows a verification; ``back`` leaves it."""

    def __init__(self, theme: Theme, words: Words, back: Callable[[], None]) -> None:
        super().__init__()
        say = words.say
        columns = ("column_outcome", "column_check", "column_found")
        self.model = TextModel([Heading(say(f"exchange.{name}")) for name in columns], self)
        self.title = text_label("", Kind.STRONG, wraps=True, selectable=True)
        self.verdict = StateChip(theme, Tone.IDLE, "")
        table = Table(theme, name=say("exchange.checks_table"))
        table.setModel(self.model)
        table.setWordWrap(True)
        table.setTextElideMode(Qt.TextElideMode.ElideNone)
        table.lay_out(widths={0: 8, 1: 24}, stretched=[2])
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        leave = plain_button(theme, say("exchange.back"), back)
        mark(leave, role="quiet")
        self.setLayout(
            column(
                theme,
                row(theme, (self.title, 1), self.verdict),
                (table, 1),
                row(theme, STRETCH, leave),
                gap=1.5,
            )
        )

    def show_verification(
        self, title: str, verdict: str, tone: Tone, rows: Sequence[Sequence[Cell]]
    ) -> None:
        self.title.setText(title)
        self.verdict.show_state(tone, verdict)
        self.model.show_rows(rows)
