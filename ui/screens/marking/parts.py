"""The pieces of the marking screen: queue, sheet, and what is left at the side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QLineEdit, QProgressBar, QWidget

from app.domain.methods import takes_text
from app.domain.points import format_points
from app.services.mark_words import judge_name
from app.words import Words
from ui.context import ScreenContext
from ui.screens.marking.model import (
    CODE,
    MARK,
    MOST,
    STATE,
    WORDING,
    QueueModel,
    SheetModel,
)
from ui.screens.marking.sheet_table import SheetTable
from ui.theme.tokens import Theme, Tone
from ui.widgets.big_number import BigNumber
from ui.widgets.buttons import plain_button
from ui.widgets.fold import Fold, Panel
from ui.widgets.labels import ElidedLabel, Kind, key_hint, text_label
from ui.widgets.layout import STRETCH, card, column, row
from ui.widgets.state_chip import StateChip
from ui.widgets.table import Table

if TYPE_CHECKING:
    from ui.screens.marking.screen import MarkingScreen
    from ui.screens.marking.sheet_keys import SheetOwner

_WIDTHS = {CODE: 5, MOST: 5, MARK: 11, STATE: 10}
_WIDE = (WORDING,)

SIDE = 30
"""Grid steps of what stands at the right of the sheet."""


class QueuePart(QFrame):
    """A field for a scanned or typed work code above the list of works."""

    def __init__(self, context: ScreenContext, screen: MarkingScreen) -> None:
        super().__init__()
        self._screen = screen
        self._presenter = screen.presenter
        theme, say = context.theme, context.words.say
        self.scan = QLineEdit()
        self.scan.setAccessibleName(say("marking.find-work"))
        self.scan.setPlaceholderText(say("marking.find-work"))
        self.scan.returnPressed.connect(self._on_scanned)
        self.model = QueueModel(context.words)
        self.table = Table(theme, name=say("marking.queue"))
        self.table.setModel(self.model)
        self.table.lay_out(widths={0: 5, 2: 4}, stretched=(1,))
        self.table.row_chosen.connect(self._on_chosen)
        self.table.clicked.connect(lambda index: self._on_chosen(index.row()))
        self.done = ElidedLabel("", Kind.LABEL)
        self.setLayout(column(theme, self.scan, (self.table, 1), self.done))
        self._theme = theme
        self._words = context.words
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Without the word of the state where there is no room for it; the count remains."""
        self.table.setColumnHidden(1, narrow)
        self.setFixedWidth(self._theme.px(18 if narrow else 33))

    def show_queue(self) -> None:
        works = self._presenter.queue
        self.model.show(works)
        unfinished = self._presenter.unfinished
        self.done.setText(
            self._words.say("marking.works-done", done=len(works) - unfinished, all=len(works))
        )
        self.show_current()

    def show_current(self) -> None:
        editor = self._presenter.editor
        labels = [work.label for work in self.model.works]
        if editor is not None and editor.sheet.work in labels:
            self.table.selectRow(labels.index(editor.sheet.work))
        else:
            self.table.clearSelection()

    def _on_scanned(self) -> None:
        if self._screen.open_work(self.scan.text()):
            self.scan.clear()
        else:
            # The next scan replaces the code that was refused.
            self.scan.selectAll()

    def _on_chosen(self, line: int) -> None:
        if not self._screen.open_work(self.model.works[line].label):
            self.show_current()


class SheetPart(QWidget):
    """The work's code large above its rows; ``area`` has the words for what is only typed yet."""

    def __init__(self, context: ScreenContext, screen: SheetOwner, area: str) -> None:
        super().__init__()
        self._typed = f"{area}.chip-typed"
        self._words = context.words
        self._screen = screen
        self._presenter = presenter = screen.presenter
        theme, say = context.theme, context.words.say
        self.code = text_label("", Kind.BIG, selectable=True)
        self.whose = text_label("", Kind.STRONG)
        self.chip = StateChip(theme, Tone.IDLE, "")
        self.model = SheetModel(theme, context.words, say(f"{area}.row-typed"))
        self.table = SheetTable(theme, name=say("marking.sheet-name"))
        self.table.setModel(self.model)
        self.table.lay_out(widths=_WIDTHS, stretched=_WIDE)
        attempt = screen.attempt
        self.table.typed.connect(lambda key: attempt(lambda: presenter.press(key)))
        self.table.entered.connect(lambda: attempt(presenter.enter))
        self.table.back_wanted.connect(lambda: attempt(presenter.back))
        self.table.rubbed_out.connect(lambda: attempt(presenter.rub_out))
        self.table.given_up.connect(lambda: attempt(presenter.give_up))
        self.table.stepped.connect(self._on_stepped)
        self.table.moved.connect(self._on_moved)
        heading = row(theme, self.code, self.whose, STRETCH, self.chip, gap=2)
        self.setLayout(column(theme, heading, (self.table, 1)))

    def show_sheet(self) -> None:
        editor = self._presenter.editor
        self.model.show(editor)
        has_words = any(takes_text(row.aspect.method) for row in editor.sheet.rows) if editor else 0
        self.table.lay_out(widths=_WIDTHS | {MARK: 15} if has_words else _WIDTHS, stretched=_WIDE)
        self.table.lay_out_rows()
        self.code.setText(editor.sheet.work if editor else "")
        if editor is not None:
            self.whose.setText(judge_name(self._words, editor.sheet.judge))
            self.table.setAccessibleDescription(editor.sheet.work)
            self.show_row()

    def show_row(self) -> None:
        editor = self._presenter.editor
        if editor is None:
            return
        self.model.refresh()
        self.table.unfold(self.model.line_of(editor.cursor))
        self.table.take_words(wanted=editor.parts is not None and editor.parts.takes_words)
        tone, word = self._state()
        self.chip.show_state(tone, self._words.say(word))

    def set_narrow(self, narrow: bool) -> None:
        """Leave out what stands elsewhere too, so that the aspects stay readable."""
        self.whose.setVisible(not narrow)
        self.table.setColumnHidden(MOST, narrow)

    def _on_stepped(self, by: int) -> None:
        if not self._presenter.step_part(by):
            self.table.step(by)

    def _on_moved(self, line: int) -> None:
        place = self.model.place_at(line)
        if place is not None:
            self._screen.attempt(lambda: self._presenter.move_to(place))

    def _state(self) -> tuple[Tone, str]:
        editor = self._presenter.editor
        assert editor is not None, "asked only about an open sheet"
        if editor.sheet.is_locked:
            return Tone.DONE, "marking.chip-locked"
        if editor.has_changes or editor.is_typing:
            return Tone.RUNNING, self._typed
        if editor.sheet.is_signed:
            return Tone.DONE, "marking.chip-signed"
        if editor.unset:
            return Tone.IDLE, "marking.chip-open"
        return Tone.DONE, "marking.chip-recorded"


class SidePart(QWidget):
    """What is left, the sum where the rules show it, the keys, and the one thing to do."""

    def __init__(self, context: ScreenContext, screen: MarkingScreen) -> None:
        super().__init__()
        self._presenter = screen.presenter
        theme, say = context.theme, context.words.say
        self.left = BigNumber(theme, say("marking.left"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(say("marking.left"))
        self.sum = BigNumber(theme, say("marking.sum"))
        actions = screen.cell_actions
        self.history = plain_button(theme, say("marking.history"), actions.show_history, key="F4")
        self.correct = plain_button(theme, say("marking.correct"), actions.correct, key="F2")
        self.panel = plain_button(theme, say("marking.panel"), actions.vote_again, key="F6")
        self.fill = plain_button(theme, say("marking.fill"), actions.fill_unset, key="F8")
        keys = [
            row(theme, key_hint(key), (text_label(say(f"marking.key-{word}"), Kind.LABEL), 1))
            for key, word in (
                ("0–9", "digits"), ("Y N", "yes"), ("X", "skip"), ("Enter", "enter"),
                ("Shift+Enter", "back"), ("Ctrl+PgDn", "next"),
            )
        ]  # fmt: skip
        self.keys = card(theme, *keys, gap=0.75, margin=1.5)
        self.setLayout(
            column(
                theme,
                card(theme, self.left, self.bar, self.sum, gap=1),
                self.history,
                self.correct,
                self.panel,
                self.fill,
                self.keys,
                STRETCH,
            )
        )
        self.panel.setVisible(self._presenter.is_chief)

    def show_state(self) -> None:
        editor = self._presenter.editor
        self.setEnabled(editor is not None)
        if editor is None:
            self.left.show_number("–")
            return
        unset, rows = len(editor.unset), len(editor.sheet.rows)
        self.left.show_number(str(unset), Tone.DONE if unset == 0 else None)
        self.bar.setRange(0, rows)
        self.bar.setValue(rows - unset)
        total = self._presenter.running_sum()
        self.sum.setVisible(total is not None)
        if total is not None:
            self.sum.show_number(format_points(total, 2))
        can_mark = not editor.sheet.is_locked
        self.fill.setEnabled(can_mark and unset > 0)
        self.correct.setEnabled(can_mark)


def folded(theme: Theme, words: Words, sheets: QWidget, side: SidePart) -> Fold:
    """The sheets and what is left of them, one at a time where there is no room for both."""
    left, right = words.say("marking.sheet-name"), words.say("marking.beside")
    return Fold(theme, [Panel(left, sheets, stretch=1), Panel(right, side, steps=SIDE)])
