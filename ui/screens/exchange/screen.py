"""The exchange screen: hand over, take in and back up at the left; what came of it at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QCheckBox, QStackedWidget, QWidget

from app.changes import Changes
from ui.context import Place, ScreenContext
from ui.screens.exchange.checks_page import ChecksPage
from ui.screens.exchange.presenter import ExchangePresenter
from ui.tasks import Task
from ui.theme.tokens import Tone
from ui.widgets.banner import Banner
from ui.widgets.big_number import BigNumber
from ui.widgets.buttons import plain_button, primary_button
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow import flow
from ui.widgets.fold import Fold, Panel
from ui.widgets.footed import Body
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, card, column, row, sunken
from ui.widgets.progress_strip import ProgressStrip
from ui.widgets.table import Table
from ui.widgets.text_model import Cell, Heading, TextModel

START, PREVIEW, CHECKS = range(3)
"""The pages at the right: exports and merges, what a bundle would add, what verifying found."""

HAND_OVER, FOUND = range(2)
"""The panels: what a person does, what came of it."""

_LEFT_WIDTH = 46


class ExchangeScreen(QWidget):
    """Widgets only; the presenter decides."""

    help_key = "exchange.help"

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        theme, say = context.theme, context.words.say
        self.banner = Banner(theme, context.words)
        self.strip = ProgressStrip(theme, context.words)
        self.ledger = TextModel(
            [
                Heading(say("exchange.column_at")),
                Heading(say("exchange.column_what")),
                Heading(say("exchange.column_records"), is_number=True),
                Heading(say("exchange.column_station")),
                Heading(say("exchange.column_record")),
            ],
            self,
        )
        self.preview = TextModel(
            [
                Heading(say("exchange.column_station")),
                Heading(say("exchange.column_what")),
                Heading(say("exchange.column_records"), is_number=True),
            ],
            self,
        )
        self.checks = ChecksPage(theme, context.words, self._on_give_up)
        self.pages = QStackedWidget()
        for page in (self._ledger_page(), self._preview_page(), self.checks):
            self.pages.addWidget(page)
        left = column(theme, self._hand_over(), self._take_in(), self._backup(), STRETCH, gap=1.5)
        holder = Body(theme, left)
        self._fold = Fold(
            theme,
            [
                Panel(say("exchange.hand_over"), holder, steps=_LEFT_WIDTH),
                Panel(say("exchange.ledger"), self.pages, 1),
            ],
            gap=3,
        )
        self.setLayout(
            column(
                theme,
                text_label(say("exchange.title"), Kind.TITLE),
                self.banner,
                self.strip,
                (self._fold, 1),
                gap=1.5,
                margin=2,
            )
        )
        self.presenter = ExchangePresenter(context, self)
        self.presenter.refresh()

    def reload(self, _changes: Changes) -> None:
        self.presenter.refresh()

    def focus_on(self, wanted: Mapping[str, str]) -> None:
        self.presenter.give_up()

    # What the presenter shows.

    def show_unshared(self, count: int, *, record: str) -> None:
        say = self._context.words.say
        self.unshared.show_number(str(count), Tone.ATTENTION if count else Tone.DONE)
        self.last_record.setText(say("exchange.last_record", record=record))

    def show_backup(self, sentence: str, *, is_possible: bool) -> None:
        self.backup_age.setText(sentence)
        for button in (self.back_up_button, self.drill_button):
            button.setEnabled(is_possible)

    def show_ledger(self, rows: Sequence[Sequence[Cell]]) -> None:
        self.ledger.show_rows(rows)
        self.ledger_stack.setCurrentIndex(1 if rows else 0)

    def show_preview(
        self, title: str, facts: str, disputes: str, rows: Sequence[Sequence[Cell]], action: str
    ) -> None:
        heading, _, origin = title.partition("\n")
        self.preview_title.setText(heading)
        self.preview_origin.setText(origin)
        self.preview_facts.setText(facts)
        self.preview_disputes.setVisible(bool(disputes))
        self.preview_disputes.setText(disputes)
        self.preview.show_rows(rows)
        self.merge_button.setText(action)
        self.banner.clear()
        self._turn_to(PREVIEW)
        self.merge_button.setFocus()

    def show_verification(
        self, title: str, verdict: str, tone: Tone, rows: Sequence[Sequence[Cell]]
    ) -> None:
        self.checks.show_verification(title, verdict, tone, rows)
        self.banner.clear()
        self._turn_to(CHECKS)

    def show_start(self) -> None:
        self._turn_to(START)
        self.export_button.setFocus()

    def say(self, tone: Tone, text: str, review: bool = False) -> None:
        actions = (
            [(self._context.words.say("exchange.to_review"), self._to_review)] if review else []
        )
        self.banner.say(tone, text, actions)

    def follow(self, task: Task, what: str) -> None:
        self.strip.follow(task, what)

    def _turn_to(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        self._fold.show_panel(HAND_OVER if page == START else FOUND)

    # The parts of the window.

    def _hand_over(self) -> QWidget:
        theme, say = self._context.theme, self._context.words.say
        self.unshared = BigNumber(theme, say("exchange.unshared"))
        self.last_record = text_label("", Kind.LABEL, wraps=True)
        self.with_people = QCheckBox(say("exchange.with_people"))
        self.with_people.setChecked(True)
        self.with_photos = QCheckBox(say("exchange.with_photos"))
        self.with_people.toggled.connect(self.with_photos.setEnabled)
        self.export_button = primary_button(
            theme, say("exchange.export"), self._on_export, key="Ctrl+E"
        )
        return card(
            theme,
            text_label(say("exchange.hand_over"), Kind.STRONG),
            row(theme, self.unshared, (self.last_record, 1), gap=3),
            flow(theme, self.with_people, self.with_photos, gap=2),
            self.export_button,
            gap=1,
        )

    def _take_in(self) -> QWidget:
        theme, say = self._context.theme, self._context.words.say
        merge = plain_button(theme, say("exchange.merge"), self._on_merge, key="Ctrl+M")
        check = plain_button(theme, say("exchange.verify"), self._on_verify, key="Ctrl+K")
        return card(
            theme,
            text_label(say("exchange.take_in"), Kind.STRONG),
            text_label(say("exchange.take_in_text"), Kind.MUTED, wraps=True),
            merge,
            check,
            gap=1,
        )

    def _backup(self) -> QWidget:
        theme, say = self._context.theme, self._context.words.say
        self.backup_age = text_label("", Kind.MUTED, wraps=True)
        self.back_up_button = plain_button(theme, say("exchange.back_up"), self._on_back_up)
        self.drill_button = plain_button(theme, say("exchange.drill"), self._on_drill)
        return card(
            theme,
            text_label(say("exchange.backup"), Kind.STRONG),
            self.backup_age,
            row(theme, self.back_up_button, self.drill_button, STRETCH),
            gap=1,
        )

    def _ledger_page(self) -> QWidget:
        theme, say = self._context.theme, self._context.words.say
        table = Table(theme, name=say("exchange.ledger"))
        table.setModel(self.ledger)
        table.lay_out(widths={0: 15, 2: 6, 3: 14, 4: 11}, stretched=[1])
        empty = EmptyState(
            theme, "exchange", say("exchange.empty_title"), say("exchange.empty_text")
        )
        self.ledger_stack = QStackedWidget()
        self.ledger_stack.addWidget(empty)
        self.ledger_stack.addWidget(table)
        page = QWidget()
        heading = text_label(say("exchange.ledger"), Kind.STRONG)
        page.setLayout(column(theme, heading, (self.ledger_stack, 1), gap=1))
        return page

    def _preview_page(self) -> QWidget:
        theme, say = self._context.theme, self._context.words.say
        self.preview_title = text_label("", Kind.STRONG, wraps=True)
        self.preview_origin = text_label("", Kind.MUTED, wraps=True)
        self.preview_facts = text_label("", wraps=True)
        self.preview_disputes = text_label("", tone=Tone.ATTENTION, wraps=True)
        table = Table(theme, name=say("exchange.preview_table"))
        table.setModel(self.preview)
        table.lay_out(widths={0: 12, 2: 8}, stretched=[1])
        self.merge_button = primary_button(
            theme, say("exchange.merge"), self._on_merge_now, key="Ctrl+Return"
        )
        leave = plain_button(theme, say("exchange.give_up"), self._on_give_up, key="Escape")
        safe = text_label(say("exchange.backup_first"), Kind.MUTED, wraps=True)
        page = QWidget()
        page.setLayout(
            column(
                theme,
                self.preview_title,
                self.preview_origin,
                sunken(theme, self.preview_facts, self.preview_disputes),
                (table, 1),
                row(theme, (safe, 1), leave, self.merge_button),
                gap=1.5,
            )
        )
        return page

    # What a person does.

    def _on_export(self) -> None:
        people = self.with_people.isChecked()
        photos = people and self.with_photos.isChecked()
        self.presenter.export(with_people=people, with_photos=photos)

    def _on_merge(self) -> None:
        self.presenter.choose_merge()

    def _on_merge_now(self) -> None:
        if self.pages.currentIndex() == PREVIEW:
            self.presenter.merge()

    def _on_give_up(self) -> None:
        self.presenter.give_up()

    def _on_verify(self) -> None:
        self.presenter.choose_verify()

    def _on_back_up(self) -> None:
        self.presenter.back_up()

    def _on_drill(self) -> None:
        self.presenter.drill()

    def _to_review(self) -> None:
        self._context.go_to(Place.REVIEW, page="disputes")
