"""The technical review as a page of the results: figures worked out when it is looked at.

Working them out reads every mark, so it is done beside the window and not after every mark.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from app.domain.errors import RuleBroken
from app.domain.ids import EventCode
from app.problems import Problem
from app.services.mark_words import time_text
from app.services.technical_review import TechnicalReview, technical_review
from app.services.technical_sections import SECTIONS, section
from ui.beside import run_beside
from ui.charts.bars import Bar
from ui.context import ScreenContext
from ui.dialogs import FileKind
from ui.theme.tokens import Tone
from ui.widgets.banner import Banner
from ui.widgets.buttons import plain_button
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow import flow
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.table import Table
from ui.widgets.tabs import tab_row
from ui.widgets.text_model import Heading, TextModel
from ui.writing import write_beside

if TYPE_CHECKING:
    from ui.charts.plain import PlainBars

_TABLE_PART, _CHART_PART = 2, 1
_MANY, _WIDE, _NARROW = 7, 9, 6


class TechnicalPage(QWidget):
    """One section at a time: its table at the left, its bars at the right."""

    def __init__(self, context: ScreenContext, event: Callable[[], EventCode | None]) -> None:
        super().__init__()
        self._context, self._event, self._words = context, event, context.words
        theme, say = context.theme, context.words.say
        self.review: TechnicalReview | None = None
        self.banner = Banner(theme, context.words)
        self.sections = tab_row(say("technical.title"))
        self.sections.setUsesScrollButtons(False)
        for name in SECTIONS:
            self.sections.addTab(say(f"technical.section-{name}"))
        self.sections.currentChanged.connect(lambda _place: self._show_section())
        self.as_of = text_label("", Kind.MUTED, wraps=True)
        self.hint = text_label("", Kind.MUTED, wraps=True)
        self.refresh = plain_button(theme, say("technical.refresh"), self.work_out)
        self.print = plain_button(theme, say("technical.print"), self.print_review)
        self.model = TextModel([])
        self.table = Table(theme, name=say("technical.title"))
        self.table.setModel(self.model)
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.table.setMinimumHeight(theme.px(20))
        self._chart: PlainBars | None = None
        self._sides = row(theme, (self.table, _TABLE_PART), gap=2)
        filled = QWidget()
        filled.setLayout(column(theme, self.hint, (self._sides, 1), gap=1))
        self._stack = QStackedWidget()
        self._stack.addWidget(filled)
        self._stack.addWidget(
            EmptyState(theme, "results", say("technical.empty-title"), say("technical.empty-text"))
        )
        top = flow(theme, self.sections, STRETCH, self.refresh, self.print)
        self.setLayout(column(theme, top, self.banner, (self._stack, 1), self.as_of, gap=1))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.work_out()

    def work_out(self) -> None:
        """Work the figures out as the marks stand now."""
        code = self._event()
        if code is not None:
            run_beside(
                self._context,
                lambda station, _progress, _cancelled: technical_review(station, code),
                self.show_review,
                self._refuse,
            )

    def show_review(self, review: TechnicalReview) -> None:
        self.review = review
        self.banner.clear()
        time = time_text(self._context.station.now_ms())
        said = self._words.say("technical.as-of", time=time, entries=review.entries)
        self.as_of.setText(said if review.entries else "")
        self.print.setEnabled(review.entries > 0)
        self._stack.setCurrentIndex(0 if review.entries else 1)
        self._show_section()

    def print_review(self) -> None:
        """The whole review as a PDF."""
        context, words, code = self._context, self._words, self._event()
        if code is None:
            return
        # The printing engine takes a third of a second to load: only when paper is wanted.
        from app.reports.technical_review import write_technical_review
        from app.services.technical_papers import technical_report

        kinds = [FileKind(words.say("technical.pdf"), ("*.pdf",))]
        name = words.say("technical.file", event=code)
        path = context.ask.save_file(words.say("technical.print"), name, kinds)
        if path is None:
            return
        report = technical_report(context.station, code, words)
        said = words.say("technical.printed", file=path.name)
        write_beside(context, lambda: write_technical_review(report, words, path), said)

    def _refuse(self, refused: Exception) -> None:
        self.print.setEnabled(False)
        if isinstance(refused, RuleBroken | Problem):
            self.banner.say(Tone.IDLE, self._words.explain(refused))
            self._stack.setCurrentIndex(1)
        else:
            self._context.fail(refused)

    def _show_section(self) -> None:
        if self.review is None or not self.review.entries:
            return
        name = SECTIONS[self.sections.currentIndex()]
        shown = section(self._words, self.review, name)
        self.hint.setText(shown.hint)
        self.model.show_headings([Heading(text, number) for text, number in shown.columns])
        self.model.show_rows(shown.rows)
        texts = [n for n, (_, is_number) in enumerate(shown.columns) if not is_number]
        width = _WIDE if len(shown.columns) < _MANY else _NARROW
        widths = {n: width for n in range(len(shown.columns)) if n != texts[-1]}
        self.table.lay_out(widths=widths, stretched=texts[-1:])
        chart = self._bars()
        bars = [Bar(one.label, (one.height,)) for one in shown.bars]
        chart.show_bars(shown.value_name, bars, [one.text for one in shown.bars])
        chart.setVisible(bool(bars))

    def _bars(self) -> PlainBars:
        if self._chart is None:
            # The chart library takes a third of a second to load: only when it is looked at.
            from ui.charts.plain import PlainBars

            self._chart = PlainBars(self._context.theme, name=self._words.say("technical.title"))
            self._sides.addWidget(self._chart, _CHART_PART)
        return self._chart
