"""Combined standings as a page of the results: season, teams, delegations (综合排名).

It reads published results only, so nothing here changes while marks are entered.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTabWidget, QWidget

from app.changes import Changes, Topic
from app.services.hall import OfStanding
from app.services.standing_lines import StandingLine, StandingOrder
from ui.context import ScreenContext
from ui.dialogs import FileKind
from ui.screens.results.standings_presenter import StandingsPresenter
from ui.theme.tokens import Tone
from ui.widgets.banner import Banner
from ui.widgets.buttons import plain_button
from ui.widgets.drop_down import DropDown
from ui.widgets.flow import flow
from ui.widgets.footed import Body
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.state_chip import StateChip
from ui.widgets.table import Table
from ui.widgets.tabs import tab_row
from ui.widgets.text_model import Heading, TextModel
from ui.writing import write_beside

_NEWS = {Topic.COMPETITION, Topic.RESULTS, Topic.ENTRIES, Topic.PEOPLE, Topic.EXCHANGE}
_WIDTHS = {
    "rank": 7,
    "name": 16,
    "total": 10,
    "average": 14,
    "scores": 11,
    "mean": 11,
    "counts": 14,
    "award": 14,
    "star": 14,
}


class StandingsPage(QWidget):
    """One standing at a time: its state, its table, and what counts in the chosen row.

    ``chosen`` tells that another one is shown.
    """

    chosen = Signal()

    def __init__(self, context: ScreenContext, tabs: QTabWidget) -> None:
        super().__init__()
        self._context, self._words, self._tabs = context, context.words, tabs
        theme, say = context.theme, context.words.say
        self.presenter = StandingsPresenter(context.station, context.words, context.ask)
        self.banner = Banner(theme, context.words)
        self.choice = tab_row(say("standings.title"))
        self.choice.currentChanged.connect(self._on_choice)
        self.state = StateChip(theme, Tone.IDLE, say("results.status_draft"))
        self.model = TextModel([])
        self.table = Table(theme, name=say("standings.title"))
        self.table.setModel(self.model)
        self.table.setMinimumHeight(theme.px(20))
        self.table.selectionModel().currentRowChanged.connect(
            lambda current, _before: self._show_why(current.row())
        )
        self.why = text_label("", wraps=True, selectable=True)
        self.notes = text_label("", Kind.MUTED, wraps=True)
        self.order = DropDown()
        self.order.setAccessibleName(say("standings.order"))
        for order in StandingOrder:
            self.order.addItem(say(f"standings.order_{order.value}"), order)
        self.order.currentIndexChanged.connect(self._on_order)
        self.save = plain_button(
            theme, say("standings.save"), lambda: self._write(self.presenter.writer, "")
        )
        self.allowances = plain_button(
            theme,
            say("allowances.make"),
            lambda: self._write(self.presenter.allowance_writer, say("allowances.file")),
        )
        self.publish = plain_button(theme, "", lambda: self.banner.attempt(self._publish))
        top = flow(theme, self.choice, STRETCH, self.state, self.publish)
        below = row(theme, (self.why, 1), self.order, self.allowances, self.save)
        whole = column(theme, top, self.banner, (self.table, 1), below, self.notes, gap=1)
        self.setLayout(column(theme, (Body(theme, whole), 1)))
        tabs.addTab(self, say("standings.title"))
        self._be_offered()

    def reload(self, changes: Changes) -> None:
        """Show what is new. Marks are no news here: only what was published counts."""
        if changes.topics & _NEWS:
            self._be_offered()
            if self.isVisible():
                self.work_out()

    def _be_offered(self) -> None:
        """Be a page of the results where the competition has standings."""
        self._tabs.setTabVisible(self._tabs.indexOf(self), bool(self.presenter.names()))

    @property
    def on_hall(self) -> OfStanding | None:
        """The standing shown here, for the hall screen."""
        wanted = self.presenter.shown.standing
        return OfStanding(wanted) if wanted else None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.work_out()

    def work_out(self) -> None:
        """Show the standings as the published results give them now."""
        names = self.presenter.names()
        if not names:
            return
        if [self.choice.tabText(place) for place in range(self.choice.count())] != names:
            self.choice.blockSignals(True)
            while self.choice.count():
                self.choice.removeTab(0)
            for name in names:
                self.choice.addTab(name)
            self.choice.blockSignals(False)
        self._on_choice(self.choice.currentIndex())

    def _on_choice(self, place: int) -> None:
        self.banner.clear()
        shown = self.presenter.choose(max(place, 0))
        headings = [
            Heading(self._words.say(f"standings.{name}"), name in shown.numbers)
            for name in shown.columns
        ]
        self.model.show_headings(headings)
        self.model.show_rows(shown.cells)
        places = {name: n for n, name in enumerate(shown.columns)}
        self.table.lay_out(
            widths={places[name]: width for name, width in _WIDTHS.items() if name in places},
            stretched=[places["unit"]] if "unit" in places else [],
        )
        self.state.show_state(shown.tone, shown.state)
        self.notes.setText(shown.notes)
        self.order.setVisible(shown.is_compared)
        self.allowances.setVisible(shown.pays)
        self.publish.setText(shown.publish)
        self.publish.setVisible(self.presenter.may_publish)
        self.publish.setEnabled(shown.is_news)
        self._show_why(0 if shown.lines else -1)
        if shown.lines:
            self.table.selectRow(0)
        self.chosen.emit()

    def _show_why(self, place: int) -> None:
        lines = self.presenter.shown.lines
        self.why.setText(self._why(lines[place]) if 0 <= place < len(lines) else "")

    def _why(self, line: StandingLine) -> str:
        said = [line.name or line.unit]
        if line.counted:
            said.append(self._words.say("standings.counted-why", counted=line.counted))
        if line.left_out:
            said.append(self._words.say("standings.left-why", left=line.left_out))
        return "  ".join(said)

    def _publish(self) -> None:
        revision = self.presenter.publish()
        if revision is not None:
            self.work_out()
            self._context.announce(self._words.say("standings.published_now", revision=revision))

    def _on_order(self) -> None:
        self.presenter.order = StandingOrder(self.order.currentData())
        self.work_out()

    def _write(self, writer: Callable[[Path], Callable[[], int]], suffix: str) -> None:
        """Ask where a paper of this standing goes, and write it beside the window."""
        say = self._words.say
        kinds = [
            FileKind(say("results.kind_pdf"), ("*.pdf",)),
            FileKind(say("results.kind_xlsx"), ("*.xlsx",)),
        ]
        name = "-".join(part for part in (self.presenter.shown.name, suffix) if part)
        target = self._context.ask.save_file(say("standings.save"), f"{name}.pdf", kinds)
        if target is not None:
            saved = say("results.saved", file=target.name)
            self.banner.attempt(lambda: write_beside(self._context, writer(target), saved))
