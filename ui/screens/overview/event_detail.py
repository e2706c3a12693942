"""The chosen event: modules by phases, how much is marked, and what blocks, each leading on."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QListWidget, QListWidgetItem, QWidget

from app.services.progress import OF_A_MODULE, EventProgress
from ui.context import ScreenContext
from ui.screens.overview.presenter import BlockLine, OverviewPresenter
from ui.theme.icons import tone_icon
from ui.widgets.fold import Fold, Panel
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, card, column, empty_layout, scrolling
from ui.widgets.phase_strip import ColumnNames, PhaseStrip
from ui.widgets.share_bars import Share, ShareBars


class EventDetail(QWidget):
    """At the left the matrix and the chart, at the right the list of what blocks."""

    def __init__(self, context: ScreenContext, presenter: OverviewPresenter) -> None:
        super().__init__()
        self._context = context
        self._presenter = presenter
        self._modules: tuple[str, ...] = ()
        self._lines: tuple[BlockLine, ...] = ()
        self.strips: list[PhaseStrip] = []
        self._notes: list[QLabel] = []
        theme, say = context.theme, context.words.say
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(2))
        self._grid.setVerticalSpacing(theme.px(0.5))
        self._grid.setColumnStretch(1, 1)
        self.chart = ShareBars(theme, name=say("overview.chart"))
        matrix = card(
            theme, text_label(say("overview.modules"), Kind.STRONG), self._grid, margin=1.5
        )
        marked = card(theme, text_label(say("overview.chart"), Kind.STRONG), self.chart, margin=1.5)
        self.blocks = QListWidget()
        self.blocks.setAccessibleName(say("overview.blocks"))
        self.blocks.setWordWrap(True)
        self.blocks.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.blocks.itemActivated.connect(self._on_block)
        self.blocks.itemClicked.connect(self._on_block)
        self._blocks_title = text_label("", Kind.STRONG)
        self._clear = text_label(say("overview.blocks_none"), Kind.MUTED, wraps=True)
        waiting = card(
            theme,
            self._blocks_title,
            text_label(say("overview.blocks_about"), Kind.LABEL, wraps=True),
            self._clear,
            (self.blocks, 1),
            margin=1.5,
        )
        left = scrolling(theme, matrix, marked, STRETCH, gap=2)
        fold = Fold(
            theme,
            [
                Panel(say("overview.modules"), left, stretch=3),
                Panel(say("overview.blocks"), waiting, stretch=2),
            ],
        )
        self.setLayout(column(theme, fold))

    def show_event(self, event: EventProgress) -> None:
        lines = self._presenter.modules(event)
        modules = tuple(f"{line.module} {line.title}" for line in lines)
        if modules != self._modules:
            self._build(event)
            self._modules = modules
        for strip, note, line, module in zip(
            self.strips, self._notes, lines, event.modules, strict=True
        ):
            strip.show_cells(line.cells)
            note.setText(self._presenter.running(module))
            note.setVisible(bool(note.text()))
        bars = self._presenter.chart(event)
        self.chart.show_shares([Share(b.caption, b.done, b.tone, b.numbers) for b in bars])
        self._show_blocks(self._presenter.lines(event))

    def _build(self, event: EventProgress) -> None:
        theme = self._context.theme
        empty_layout(self._grid)
        self.strips, self._notes = [], []
        say = self._context.words.say
        names = ColumnNames(theme, [say(f"overview.phase_{phase.value}") for phase in OF_A_MODULE])
        self._grid.addWidget(names, 0, 1)
        for number, line in enumerate(self._presenter.modules(event)):
            title = text_label(f"{line.module}  {line.title}", wraps=True)
            title.setFixedWidth(theme.px(20))
            note = text_label("", Kind.LABEL)
            strip = PhaseStrip(theme, name=f"{line.module} {line.title}", compact=True)
            strip.phase_chosen.connect(partial(self._on_phase, line.module))
            self._grid.addLayout(column(theme, title, note, gap=0), number + 1, 0)
            self._grid.addWidget(strip, number + 1, 1)
            self.strips.append(strip)
            self._notes.append(note)

    def _show_blocks(self, lines: tuple[BlockLine, ...]) -> None:
        say = self._context.words.say
        self._lines = lines
        self._blocks_title.setText(say("overview.blocks_count", count=len(lines)))
        self._clear.setVisible(not lines)
        self.blocks.setVisible(bool(lines))
        here = self.blocks.currentRow()
        self.blocks.clear()
        for line in lines:
            text = f"{line.sentence}\n→ {line.leads_to}"
            item = QListWidgetItem(tone_icon(self._context.theme, line.tone), text)
            item.setToolTip(say("overview.go_there", place=line.leads_to))
            self.blocks.addItem(item)
        self.blocks.setCurrentRow(min(max(0, here), len(lines) - 1))

    def _on_block(self, item: QListWidgetItem) -> None:
        line = self._lines[self.blocks.row(item)]
        self._context.go_to(line.place, **line.focus)

    def _on_phase(self, module: str, number: int) -> None:
        event = self._presenter.event
        if event is not None:
            place = self._presenter.place_of_module_phase(number)
            self._context.go_to(place, event=str(event.code), module=module)
