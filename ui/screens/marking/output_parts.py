"""The pieces of the output screen: the table of a day typed into, the record, the progress."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from app.domain.output import plain_quantity
from app.reports.output_progress import write_output_progress
from app.services import paper_heads
from app.services.counting import OutputProgress, TeamDay
from app.services.output_papers import (
    figures,
    headings,
    per_day_text,
    period_text,
    progress_paper,
    progress_rows,
    progress_table,
    row_texts,
)
from app.sheets.list_table import write_list_xlsx
from app.words import Words
from ui.charts.bars import Line
from ui.context import ScreenContext
from ui.dialogs import FileKind
from ui.theme.tokens import Theme, Tone
from ui.widgets.buttons import plain_button
from ui.widgets.drop_down import DropDown
from ui.widgets.footed import Body
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, card, column, row
from ui.widgets.progress_strip import ProgressStrip
from ui.widgets.table import Table
from ui.widgets.text_model import Cell, Heading, TextModel, Toned
from ui.writing import write_beside

if TYPE_CHECKING:
    from ui.charts.lines import DayLines
    from ui.screens.marking.output_screen import OutputScreen

_CARET = "▏"
_LEAST_COUNTS = 70
"""Grid steps: every column with its heading, and a short name."""

RECORD = 50
"""Grid steps of the record beside the counts."""

_LEAST_CHART, _LEAST_TABLE = 24, 20


class CountTable(Table):
    """Says what was typed; the input method stays off, it would swallow the digits."""

    typed = Signal(str)
    entered = Signal(int)
    rubbed_out = Signal()
    given_up = Signal()
    pasted = Signal()

    def __init__(self, theme: Theme, *, name: str) -> None:
        super().__init__(theme, name=name)
        self._least = QSize(theme.px(_LEAST_COUNTS), theme.px(_LEAST_TABLE))
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def minimumSizeHint(self) -> QSize:
        return self._least

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
            return
        back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.entered.emit(-1 if back else 1)
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self.entered.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
            case Qt.Key.Key_Backspace | Qt.Key.Key_Delete:
                self.rubbed_out.emit()
            case Qt.Key.Key_Escape:
                self.given_up.emit()
            case Qt.Key.Key_Comma:
                # The decimal key of a number pad under a European keyboard layout.
                self.typed.emit(".")
            case _ if event.text() and event.text() in "0123456789.":
                self.typed.emit(event.text())
            case _:
                super().keyPressEvent(event)


def day_row(team: TeamDay, typing: str | None, words: Words) -> tuple[Cell, ...]:
    """A team's line: what it did the day before, what is counted or typed, and its pace."""
    counted: Cell = "–" if team.counted is None else plain_quantity(team.counted)
    if team.clashes:
        counted = Toned(words.say("output.clash"), Tone.BLOCKED)
    if typing is not None:
        counted = f"{typing}{_CARET}"
    needed = per_day_text(team.pace, words)
    is_reached = not team.pace.missing
    return (
        team.entry.number,
        team.name,
        "–" if team.before is None else plain_quantity(team.before),
        counted,
        plain_quantity(team.pace.done),
        plain_quantity(team.pace.missing),
        Toned(needed, Tone.DONE) if is_reached else needed,
    )


class RecordPart(QWidget):
    """Every count of the team the cursor is on, those that were corrected too."""

    def __init__(self, context: ScreenContext, screen: OutputScreen) -> None:
        super().__init__()
        self._words, self._presenter = context.words, screen.presenter
        say = context.words.say
        self.title = text_label("", Kind.LABEL, wraps=True)
        names = ("day", "count", "who", "reason")
        self.model = TextModel([Heading(say(f"output.record_{it}"), it == "count") for it in names])
        self.table = Table(context.theme, name=say("output.record_name"))
        self.table.setModel(self.model)
        self.table.lay_out(widths={0: 5, 1: 5, 2: 9}, stretched=(3,))
        self.table.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setLayout(column(context.theme, self.title, (self.table, 1)))

    def show_record(self) -> None:
        team, say = self._presenter.team, self._words.say
        history = self._presenter.history()
        corrected = {one.replaces for one in history}
        name = "" if team is None else f"{team.entry.number} {team.name}"
        self.title.setText(say("output.record", team=name) if name else "")
        self.model.show_rows(
            [
                (
                    one.fact.day[5:],
                    one.fact.quantity,
                    paper_heads.who(one.by, self._words),
                    say("output.corrected") if one.op_id in corrected else one.reason,
                )
                for one in history
            ]
        )


class ProgressPart(QWidget):
    """All teams day by day against an even pace, and how far each is in a period."""

    def __init__(self, context: ScreenContext, screen: OutputScreen) -> None:
        super().__init__()
        self._context, self._words, self._presenter = context, context.words, screen.presenter
        theme, say = context.theme, context.words.say
        self._figures = text_label("", Kind.STRONG, wraps=True)
        self._chart: DayLines | None = None
        self._place = card(theme, margin=1)
        self.periods = DropDown()
        self.periods.setAccessibleName(say("output.period_name"))
        self.periods.activated.connect(self._presenter.choose_period)
        self.model = TextModel(
            [Heading(text, is_number=is_number) for text, is_number in headings(context.words)]
        )
        self.table = Table(theme, name=say("output.page_progress"))
        self.table.setModel(self.model)
        self.table.lay_out(widths={0: 5, 3: 8, 4: 8, 5: 9, 6: 7, 7: 11}, stretched=(1, 2))
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._draw())
        self.print = plain_button(theme, say("output.print"), self.print_progress, key="Ctrl+P")
        self.export = plain_button(theme, say("output.export"), self.export_progress)
        self.strip = ProgressStrip(theme, context.words)
        self._place.setMinimumHeight(theme.px(_LEAST_CHART))
        self.table.setMinimumHeight(theme.px(_LEAST_TABLE))
        body = Body(
            theme,
            column(
                theme,
                self._figures,
                (self._place, 3),
                row(theme, self.periods, STRETCH),
                (self.table, 2),
                gap=1.5,
            ),
        )
        buttons = row(theme, STRETCH, self.export, self.print)
        self.setLayout(column(theme, self.strip, (body, 1), buttons, gap=1.5))
        self._progress: OutputProgress | None = None

    def show_progress(self) -> None:
        presenter, words = self._presenter, self._words
        progress = self._progress = presenter.progress()
        told = (f"{label} {value}" for label, value in figures(progress, words))
        self._figures.setText("   ·   ".join(told))
        with QSignalBlocker(self.periods):
            self.periods.clear()
            for period in progress.rules.periods:
                self.periods.addItem(period_text(progress.event, period, words))
            self.periods.setCurrentIndex(presenter.period)
        selection = self.table.selectionModel()
        here = self.table.currentIndex().row()
        with QSignalBlocker(selection):
            rows = progress_rows(progress, presenter.period, words)
            self.model.show_rows([row_texts(one) for one in rows])
            if 0 <= here < len(rows):
                self.table.selectRow(here)
        self._draw()

    def print_progress(self) -> None:
        """The progress of every team, as a PDF to sign."""
        words, station = self._words, self._context.station
        target = self._target(words.say("output.print"), ".pdf", "output.kind_pdf")
        if target is not None:
            paper = progress_paper(station, self._presenter.event_code, words)
            self._make(lambda: write_output_progress(paper, words, target), target)

    def export_progress(self) -> None:
        """The counts by day as a workbook."""
        words, station = self._words, self._context.station
        target = self._target(words.say("output.export"), ".xlsx", "output.kind_xlsx")
        if target is not None:
            table = progress_table(station, self._presenter.event_code, words)
            self._make(lambda: write_list_xlsx(table, target, words), target)

    def _target(self, title: str, ending: str, kind: str) -> Path | None:
        kinds = [FileKind(self._words.say(kind), (f"*{ending}",))]
        name = f"{self._presenter.event_code} {self._words.say('output.paper_title')}{ending}"
        return self._context.ask.save_file(title, name, kinds)

    def _make(self, work: Callable[[], object], target: Path) -> None:
        say = self._words.say
        task = write_beside(self._context, work, say("output.saved", file=target.name))
        self.strip.follow(task, say("output.working"))

    def _draw(self) -> None:
        if self._progress is None:
            return
        progress, say = self._progress, self._words.say
        if self._chart is None:
            from ui.charts.lines import DayLines

            self._chart = DayLines(
                self._context.theme,
                name=say("output.chart"),
                value_name=say("output.chart_value"),
            )
            layout = self._place.layout()
            assert layout is not None, "a card has one"
            layout.addWidget(self._chart)
        lines = [
            Line(team.entry.number, tuple(float(done) for done in team.done))
            for team in progress.teams
        ]
        chosen = self.table.currentIndex().row()
        paced = progress.teams[chosen].target if chosen >= 0 else progress.target
        target = Line(say("output.target"), tuple(float(one) for one in paced))
        self._chart.show_lines(progress.days, lines, target, chosen=chosen)
