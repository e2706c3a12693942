"""The widgets of the results screen: leaderboard, why this rank, chart, and publishing."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QWidget,
)

from app.changes import Changes
from app.domain.facts import ResultStatus
from app.domain.ids import EntryId, EventCode
from app.services.hall import HallSubject
from ui.context import Place, ScreenContext
from ui.screens.results.cells import LeaderboardCells
from ui.screens.results.chart_page import ChartPage
from ui.screens.results.hall_control import HallControl
from ui.screens.results.making import PaperMaker
from ui.screens.results.model import LeaderboardModel
from ui.screens.results.presenter import ResultsPresenter
from ui.screens.results.publish_bar import PublishBar
from ui.screens.results.rows import Blocker, Shown
from ui.screens.results.standings_page import StandingsPage
from ui.screens.results.strip import StandingsStrip
from ui.screens.results.technical_page import TechnicalPage
from ui.screens.results.tie_control import TieControl
from ui.screens.results.why_panel import WhyPanel
from ui.widgets.banner import Banner
from ui.widgets.buttons import plain_button
from ui.widgets.empty_state import EmptyState
from ui.widgets.event_picker import EventPicker
from ui.widgets.flow import flow
from ui.widgets.footed import FootedPage
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, column, framed, row
from ui.widgets.page_stack import PageStack
from ui.widgets.progress_strip import ProgressStrip
from ui.widgets.table import Table
from ui.widgets.tabs import tab_pages

_BLOCKERS_AFTER_MS = 250
_TABLE_PART, _WHY_PART = 3, 2


class ResultsScreen(PageStack):
    """Nothing yet, or the desk."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self._theme, self._words = context.theme, context.words
        self.presenter = ResultsPresenter(context.station, context.words, context.ask, self)
        self._selected: EntryId | None = None
        self._headings: tuple[int, ...] = ()
        self._make_parts()
        self.addWidget(self._make_desk())
        self.setAccessibleName(self._words.say("results.title"))
        self.presenter.show()

    # what the frame asks

    def reload(self, changes: Changes) -> None:
        self.presenter.reload(changes)
        self.standings.reload(changes)

    def where(self) -> tuple[str, ...]:
        return (self.events.currentText(),) if self.events.currentText() else ()

    def focus_on(self, wanted: Mapping[str, str]) -> None:
        if event := wanted.get("event"):
            self.presenter.choose_event(EventCode(event))
        if entry := wanted.get("entry"):
            self._choose(EntryId(entry))

    # what the presenter shows

    def show_state(self, shown: Shown) -> None:
        self.events.show_events(shown.events, shown.event)
        self._on_tab()
        if not shown.lines:
            self._show_nothing(shown)
            return
        self.show_first()
        self.setFocusProxy(self.table)
        anew = self.model.show(shown.columns, shown.lines)
        self._span(shown.lines.headings)
        if anew:
            widths = {n: column.width for n, column in enumerate(shown.columns) if column.width}
            stretched = [n for n, column in enumerate(shown.columns) if column.stretches]
            self.table.lay_out(widths=widths, stretched=stretched)
        if shown.standings is not None:
            self.strip.show_standings(shown.standings)
        self.publishing.show_offer(shown)
        self._choose(self._selected)
        if self.chart.isVisible():
            self.chart.draw()

    def blockers_changed(self) -> None:
        # Not a new timer for every mark: the last one that arrives starts the wait again.
        self._blockers_timer.start()

    def find_blockers(self) -> None:
        """Ask what blocks publishing and show it."""
        blockers = self.presenter.blockers()
        self.strip.show_blockers(blockers)
        self.ties.update_state()
        may_publish = self.presenter.shown.may_publish and self.presenter.is_news
        self.go.setEnabled(not blockers and may_publish)

    def _make_parts(self) -> None:
        theme, say = self._theme, self._words.say
        self.events = EventPicker(say("results.event"), self.presenter.choose_event)
        self.strip = StandingsStrip(theme, self._words, self._on_blocker)
        self.banner = Banner(theme, self._words)
        self.progress = ProgressStrip(theme, self._words)
        self._papers = PaperMaker(self._context, self.presenter, self.progress)
        self.ties = TieControl(self._context, self.presenter)
        self.hall = HallControl(self._context, self._hall_subject)
        self.model = LeaderboardModel()
        self.table = Table(theme, name=say("results.title"))
        self.table.setModel(self.model)
        self.table.setItemDelegate(LeaderboardCells(theme, self.table, self.model))
        # It takes what is left: the size it would like itself must not make the page scroll.
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.table.setMinimumHeight(theme.px(20))
        self.table.selectionModel().currentRowChanged.connect(
            lambda current, _before: self._on_row(current.row())
        )
        self.why = WhyPanel(theme, self._words, lambda: self._choose(None))
        self.publishing = PublishBar(theme, self._words, self._on_status, self._on_publish)
        self.go = self.publishing.go
        self._blockers_timer = QTimer(self)
        self._blockers_timer.setSingleShot(True)
        self._blockers_timer.setInterval(_BLOCKERS_AFTER_MS)
        self._blockers_timer.timeout.connect(self.find_blockers)

    def _make_desk(self) -> QWidget:
        theme, say = self._theme, self._words.say
        self.print = plain_button(
            theme, say("results.print"), self._papers.print_list, key="Ctrl+P", icon_name="print"
        )
        self.export = plain_button(theme, say("results.export"), self._papers.export, key="Ctrl+E")
        self.allowances = plain_button(theme, say("allowances.make"), self._papers.allowances)
        self.show_hall = plain_button(theme, say("results.hall"), key="Ctrl+H")
        self.show_hall.clicked.connect(lambda: self.hall.offer(self.show_hall))
        top = flow(
            theme,
            text_label(say("results.title"), Kind.TITLE),
            self.events,
            STRETCH,
            self.show_hall,
            self.allowances,
            self.export,
            self.print,
        )
        board = QWidget()
        sides = QHBoxLayout(board)
        sides.setContentsMargins(0, theme.px(1), 0, 0)
        sides.setSpacing(theme.px(2))
        sides.addWidget(self.table, _TABLE_PART)
        sides.addWidget(self.why, _WHY_PART)
        self.tabs = tab_pages(say("results.title"))
        self.tabs.addTab(board, say("results.tab_board"))
        self.chart = ChartPage(theme, self._words, self.presenter)
        self.tabs.addTab(self.chart, say("results.tab_chart"))
        self.technical = TechnicalPage(self._context, lambda: self.presenter.shown.event)
        self.tabs.addTab(self.technical, say("technical.tab"))
        self.tabs.setTabVisible(2, self.presenter.sees_live)
        self.standings = StandingsPage(self._context, self.tabs)
        self.standings.chosen.connect(self.hall.update_state)
        self.tabs.currentChanged.connect(lambda _place: self._on_tab())
        hint = text_label(say("results.why_hint"), Kind.MUTED)
        self._offer = flow(theme, hint, STRETCH, *self.publishing.choice, gap=1.5)
        self._end = framed("", row(theme, self.go))
        head = (top, self.banner, self.progress, self.strip, self.ties, self.hall)
        return FootedPage(
            theme,
            column(theme, *head, gap=1.5),
            (self.tabs, 1),
            acts=self._offer,
            main=self._end,
        )

    def _show_nothing(self, shown: Shown) -> None:
        say = self._words.say
        waits = shown.event is not None and not shown.is_live and shown.events
        key = "waiting" if waits else "empty"
        self.show_instead(
            EmptyState(
                self._theme,
                "results",
                say(f"results.{key}_title"),
                say(f"results.{key}_text"),
                "" if waits else say("results.empty_action"),
                None if waits else lambda: self._context.go_to(Place.SETUP),
            ),
        )

    def _choose(self, entry: EntryId | None) -> None:
        """Keep the same entry chosen, wherever it stands now."""
        place = None if entry is None else self.model.row_of(entry)
        if place is None:
            self._selected = None
            self.table.clearSelection()
            self.table.setCurrentIndex(QModelIndex())
            self._show_why(None)
            return
        self._selected = entry
        if self.table.currentIndex().row() != place:
            self.table.selectRow(place)
        self._show_why(entry)

    def _show_why(self, entry: EntryId | None) -> None:
        self.why.show_why(None if entry is None else self.presenter.why(entry))
        self._fit_columns()

    def _span(self, headings: tuple[int, ...]) -> None:
        """Let the heading of each division take the whole width."""
        if headings == self._headings and not headings:
            return
        self._headings = headings
        self.table.clearSpans()
        for place in headings:
            self.table.setSpan(place, 0, 1, len(self.presenter.shown.columns))

    def _fit_columns(self) -> None:
        beside = self.why.isVisibleTo(self)
        for place, shown in enumerate(self.presenter.shown.columns):
            room = max(shown.least, shown.needs if beside else 0)
            self.table.setColumnHidden(place, self.width() < self._theme.px(room))

    def closeEvent(self, event: QCloseEvent) -> None:
        # What was still to be looked up is no longer wanted, and the file may be closed next.
        self._blockers_timer.stop()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _on_row(self, place: int) -> None:
        entry = self.model.entry_at(place)
        if entry is not None and entry != self._selected:
            self._selected = entry
            self._show_why(entry)

    def _on_blocker(self, blocker: Blocker) -> None:
        focus = {key: str(value) for key, value in blocker.why.details.items() if key == "event"}
        if blocker.why.code.startswith("recheck-"):
            focus["page"] = "recheck"
        if not self.ties.opened_for(blocker.why):
            self._context.go_to(Place(blocker.place), **focus)

    def _on_tab(self) -> None:
        # Publishing below is of one event; a standing over several has its own button beside it.
        of_one_event = self.tabs.currentWidget() is not self.standings
        one_event = (self.events, self.strip, self._offer, self._end, self.export, self.print)
        for part in one_event:
            part.setVisible(of_one_event)
        self.allowances.setVisible(of_one_event and self.presenter.pays())
        self.hall.update_state()

    def _hall_subject(self) -> HallSubject | None:
        shown = self.tabs.currentWidget()
        return self.standings.on_hall if shown is self.standings else self.presenter.shown.event

    def _on_status(self, status: ResultStatus) -> None:
        self.presenter.publish_as(status)
        self.publishing.show_offer(self.presenter.shown)
        self.blockers_changed()

    def _on_publish(self) -> None:
        if not self.banner.attempt(self._publish):
            self.presenter.show()

    def _publish(self) -> None:
        if self.presenter.publish():
            standings = self.presenter.shown.standings
            revision = standings.revision if standings else 0
            self._context.announce(self._words.say("results.published_now", revision=revision))
