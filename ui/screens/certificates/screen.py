"""The widgets of the certificates screen: recipients, the real page, printing, the ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QWidget,
)

from app.changes import Changes
from app.domain.errors import RuleBroken
from app.problems import Problem
from app.reports.certificate import certificate_page
from ui.context import Place, ScreenContext
from ui.screens.certificates.model import LinesModel
from ui.screens.certificates.output import Output
from ui.screens.certificates.page_view import PageView
from ui.screens.certificates.presenter import CertificatesPresenter
from ui.screens.certificates.print_strip import PrintStrip
from ui.screens.certificates.rows import Shown
from ui.tasks import Task
from ui.theme.tokens import Tone
from ui.widgets.banner import Banner
from ui.widgets.buttons import Role, plain_button, primary_button
from ui.widgets.drop_down import DropDown
from ui.widgets.empty_state import EmptyState
from ui.widgets.event_picker import EventPicker
from ui.widgets.flow import flow
from ui.widgets.labels import ElidedLabel, Kind, text_label
from ui.widgets.layout import STRETCH, card, column, page, row
from ui.widgets.page_stack import PageStack
from ui.widgets.progress_strip import ProgressStrip
from ui.widgets.state_chip import StateChip
from ui.widgets.table import Table
from ui.widgets.tabs import tab_pages

_PAGE_AFTER_MS = 60
_TABLE_PART, _PAGE_PART = 3, 2
_UNIT, _UNIT_FROM = 1, 190
"""The column that gives way first, and the grid steps of width from which there is room."""


class CertificatesScreen(PageStack):
    """Nothing published yet, or the desk."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self._theme, self._words = context.theme, context.words
        self.presenter = CertificatesPresenter(context.station, context.words, context.ask, self)
        self._drawing: Task | None = None
        self._make_parts()
        self.addWidget(self._make_desk())
        self.setAccessibleName(self._words.say("certificates.title"))
        self.presenter.show()

    # what the frame asks

    def reload(self, changes: Changes) -> None:
        self.presenter.reload(changes)

    def waiting(self) -> int:
        return self.presenter.waiting()

    def where(self) -> tuple[str, ...]:
        return (self.events.currentText(),) if self.events.currentText() else ()

    def focus_on(self, wanted: Mapping[str, str]) -> None:
        if event := wanted.get("event"):
            self.presenter.choose(event)
        place = self.recipients.row_of(wanted.get("entry", ""))
        if place is not None:
            self.table.selectRow(place)

    # what the presenter shows

    def show_state(self, shown: Shown) -> None:
        self.events.show_events(shown.occasions, shown.occasion)
        if not shown.revision:
            self._show_nothing(shown)
            return
        self.show_first()
        self.setFocusProxy(self.table)
        chosen = self._chosen()
        self.recipients.show(shown.lines)
        self.numbers.show(shown.ledger)
        self.promotion.setVisible(self.presenter.promotes)
        self.nominations.setVisible(shown.is_event)
        self._chip.show_state(Tone.ATTENTION if shown.is_provisional else Tone.DONE, shown.status)
        self._counted.setText(shown.counted)
        self.go.setText(self.presenter.action())
        # Printing everything once more is never what comes next.
        self.go.set_role(Role.PLAIN if shown.work.again else Role.PRIMARY)
        self.go.setEnabled(shown.work.pages > 0 and not self.output.busy)
        self.to_printer.setEnabled(self.go.isEnabled())
        place = None if chosen is None else self.recipients.row_of(chosen)
        self.table.selectRow(place if place is not None else 0)
        self._page_timer.start()

    def show_page(self) -> None:
        """Draw the page of the chosen recipient, on a worker."""
        chosen = self._chosen()
        self._show_actions(chosen)
        if chosen is None:
            self.page.show_text(self._words.say("certificates.no_page"))
            return
        try:
            content, template = self.presenter.preview(chosen)
        except (RuleBroken, Problem) as refusal:
            self.page.show_text(self._words.explain(refusal))
            return
        self._drawing = self._context.tasks.run(
            lambda _progress, _cancelled: certificate_page(content, template),
            lambda pdf: self._show_drawn(chosen, pdf),
            lambda raised: self._show_undrawn(chosen, raised),
            only_looks=True,
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        # What was still to be looked up is no longer wanted, and the file may be closed next.
        self._page_timer.stop()
        if self._drawing is not None:
            self._drawing.cancel()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.setColumnHidden(_UNIT, self.width() < self._theme.px(_UNIT_FROM))

    def _make_parts(self) -> None:
        theme, say = self._theme, self._words.say
        self.events = EventPicker(say("certificates.event"), self.presenter.choose)
        self.templates = DropDown()
        self.templates.setAccessibleName(say("certificates.template"))
        for name, template in self.presenter.templates.items():
            self.templates.addItem(template.title, name)
        self.templates.setCurrentIndex(self.templates.findData(self.presenter.template))
        self.templates.activated.connect(self._on_template)
        self.banner = Banner(theme, self._words)
        self.progress = ProgressStrip(theme, self._words)
        self.strip = PrintStrip(theme, self._words)
        self.output = Output(self._context, self.presenter, self.progress, self.strip, self)
        self.output.fail = self._on_failed
        self._page_timer = QTimer(self)
        self._page_timer.setSingleShot(True)
        self._page_timer.setInterval(_PAGE_AFTER_MS)
        self._page_timer.timeout.connect(self.show_page)
        self._chip = StateChip(theme, Tone.IDLE, "–")
        self._counted = ElidedLabel()
        self.recipients = self._model("name", "unit", "award", "number", "state")
        self.table = self._table(
            say("certificates.recipients"), self.recipients, {2: 11, 3: 20, 4: 12}
        )
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._page_timer.start())
        self.numbers = self._model("number", "name", "award", "at", "reason", "state")
        self.ledger = self._table(
            say("certificates.ledger"), self.numbers, {0: 22, 2: 10, 3: 16, 5: 10}
        )
        self.page = PageView(theme, name=say("certificates.page"))
        self.void = plain_button(theme, say("certificates.void"), self._on_void, key="Alt+V")
        self.reissue = plain_button(
            theme, say("certificates.reissue"), self._on_reissue, key="Alt+R"
        )
        self.to_printer = plain_button(
            theme,
            say("certificates.to_printer"),
            self.output.to_printer,
            key="Ctrl+P",
            icon_name="print",
        )
        self.go = primary_button(theme, "", self.output.into_pdf, key="Ctrl+Return")

    def _model(self, *columns: str) -> LinesModel:
        return LinesModel(tuple(self._words.say(f"certificates.{name}") for name in columns))

    def _table(self, name: str, model: LinesModel, widths: Mapping[int, int]) -> Table:
        table = Table(self._theme, name=name)
        table.setModel(model)
        stretched = [n for n in range(model.columnCount()) if n not in widths]
        table.lay_out(widths=dict(widths), stretched=stretched)
        table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        table.setMinimumHeight(self._theme.px(20))
        return table

    def _make_desk(self) -> QWidget:
        theme, say = self._theme, self._words.say
        self.promotion = plain_button(
            theme, say("promotion.open"), self.output.promotion, key="Alt+G"
        )
        self.nominations = plain_button(
            theme, say("nominations.make"), self.output.nominations, key="Alt+N"
        )
        top = flow(
            theme,
            text_label(say("certificates.title"), Kind.TITLE),
            self.events,
            STRETCH,
            self.promotion,
            self.nominations,
            text_label(say("certificates.template"), Kind.LABEL),
            self.templates,
        )
        standing = card(
            theme, row(theme, self._chip, (self._counted, 1), gap=1.5), gap=0, margin=1.5
        )
        desk = QWidget()
        sides = QHBoxLayout(desk)
        sides.setContentsMargins(0, theme.px(1), 0, 0)
        sides.setSpacing(theme.px(2))
        sides.addWidget(self.table, _TABLE_PART)
        paper = column(theme, (self.page, 1), row(theme, STRETCH, self.void, self.reissue), gap=1.5)
        sides.addLayout(paper, _PAGE_PART)
        book = QWidget()
        print_ledger = plain_button(theme, say("certificates.print_ledger"), self.output.ledger)
        book.setLayout(column(theme, (self.ledger, 1), row(theme, STRETCH, print_ledger), gap=1.5))
        self.tabs = tab_pages(say("certificates.title"))
        self.tabs.addTab(desk, say("certificates.recipients"))
        self.tabs.addTab(book, say("certificates.ledger"))
        bottom = row(
            theme, (self.progress, 1), (self.strip, 1), STRETCH, self.to_printer, self.go, gap=1.5
        )
        return page(
            theme, column(theme, top, self.banner, standing, gap=1.5), (self.tabs, 1), bottom
        )

    def _show_nothing(self, shown: Shown) -> None:
        # Nobody's page is drawn any more, and no name stays behind in a list that is not seen.
        self.recipients.show(())
        self.numbers.show(())
        say = self._words.say
        key = "empty" if shown.may_see else "not_here"
        self.show_instead(
            EmptyState(
                self._theme,
                "certificates",
                say(f"certificates.{key}_title"),
                say(f"certificates.{key}_text"),
                say("certificates.empty_action") if shown.may_see else "",
                lambda: self._context.go_to(Place.RESULTS),
            ),
        )

    def _chosen(self) -> str | None:
        return self.recipients.key_at(self.table.currentIndex().row())

    def _show_actions(self, chosen: str | None) -> None:
        found = self.presenter.recipient(chosen) if chosen else None
        is_issued = found is not None and found.state.value == "issued"
        self.void.setEnabled(is_issued)
        self.reissue.setEnabled(is_issued and bool(found and found.award))

    def _show_drawn(self, wanted: str, pdf: bytes) -> None:
        if wanted == self._chosen():
            self.page.show_page(pdf)

    def _show_undrawn(self, wanted: str, raised: Exception) -> None:
        if not isinstance(raised, RuleBroken | Problem):
            self._context.fail(raised)
        elif wanted == self._chosen():
            self.page.show_text(self._words.explain(raised))

    def _on_template(self, place: int) -> None:
        self.presenter.choose_template(self.templates.itemData(place))

    def _on_void(self) -> None:
        self._act(self.presenter.void)

    def _on_reissue(self) -> None:
        self._act(self.presenter.reissue)

    def _act(self, act: Callable[[str], object]) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        try:
            act(chosen)
        except (RuleBroken, Problem) as refusal:
            self._on_failed(refusal)

    def _on_failed(self, raised: Exception) -> None:
        if isinstance(raised, RuleBroken | Problem):
            self.banner.say(Tone.BLOCKED, self._words.explain(raised))
            self.presenter.show()
        else:
            self._context.fail(raised)
