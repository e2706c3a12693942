"""Putting a tie in order: up and down by arrow keys, and why; nothing closes before it is taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from app.domain.ids import EntryId
from app.words import Words
from ui.screens.results.tie_lines import Label, TieLine
from ui.theme.tokens import Theme, Tone
from ui.widgets.banner import Banner
from ui.widgets.buttons import plain_button, primary_button
from ui.widgets.dialog_frame import frame_dialog
from ui.widgets.form_field import FormField
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, row

Decide = Callable[[Sequence[EntryId], str], str]
"""Takes the order and the reason; returns the sentence of a refusal, or nothing."""


class TieDialog(QDialog):
    """The tied entries, best on top; Alt with an arrow moves the chosen one."""

    def __init__(
        self,
        theme: Theme,
        words: Words,
        line: TieLine,
        label: Label,
        decide: Decide,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        say = words.say
        self._words, self._decide = words, decide
        self._rank, self._label = line.tie.rank, label
        title = say("ties.title", rank=line.tie.rank)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.banner = Banner(theme, words)
        self.entries = QListWidget()
        self.entries.setAccessibleName(say("ties.order"))
        self.entries.setFixedHeight(theme.px(4 * min(6, max(3, len(line.tie.entries))) + 1))
        self._line = theme.px(4)
        self._order = list(line.tie.entries)
        self._show_order(0)
        self.entries.installEventFilter(self)
        self.up = plain_button(theme, say("ties.up"), lambda: self.move_by(-1), key="Alt+Up")
        self.down = plain_button(theme, say("ties.down"), lambda: self.move_by(1), key="Alt+Down")
        self.reason = QLineEdit()
        kind = line.tie.kind.value
        self._reason = FormField(theme, say("ties.reason"), self.reason, say(f"ties.reason-{kind}"))
        self.go = primary_button(theme, say("ties.record"), self._on_go, key="Ctrl+Return")
        stay = plain_button(theme, say("frame.cancel"), self.reject)
        frame_dialog(
            self,
            theme,
            text_label(title, Kind.TITLE),
            text_label(say(f"ties.about-{kind}"), wraps=True),
            self.banner,
            self.entries,
            row(theme, self.up, self.down, STRETCH),
            self._reason,
            foot=row(theme, STRETCH, stay, self.go),
            width=72,
        )
        self.entries.setFocus()

    def move_by(self, places: int) -> None:
        """Move the chosen entry up or down."""
        here = self.entries.currentRow()
        there = here + places
        if 0 <= there < len(self._order):
            self._order.insert(there, self._order.pop(here))
            self._show_order(there)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The list would take Alt with an arrow as the arrow alone.
        if (
            watched is self.entries
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.modifiers() & Qt.KeyboardModifier.AltModifier
            and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        ):
            self.move_by(-1 if event.key() == Qt.Key.Key_Up else 1)
            return True
        return super().eventFilter(watched, event)

    def _show_order(self, chosen: int) -> None:
        self.entries.clear()
        for place, entry in enumerate(self._order):
            rank = self._rank + place
            said = self._words.say("ties.place", rank=rank, entry=self._label(entry))
            item = QListWidgetItem(said)
            item.setSizeHint(QSize(0, self._line))
            self.entries.addItem(item)
        self.entries.setCurrentRow(chosen)

    def _on_go(self) -> None:
        if refusal := self._decide(self._order, self.reason.text()):
            self.banner.say(Tone.ATTENTION, refusal)
            self.reason.setFocus()
        else:
            self.accept()
