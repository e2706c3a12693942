"""The review screen: blockers first, a page for each kind of thing to put right, then the lock.

Widgets only; what can be done is decided by the presenter, and the acts are in ``acts``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QDialog, QWidget

from app.changes import Changes
from app.domain.ids import EventCode, ModuleId
from app.services.review import Remedy
from ui.context import Place, ScreenContext
from ui.first_things import first_things
from ui.screens.review import tables
from ui.screens.review.acts import ReviewActs
from ui.screens.review.marks_acts import MarksActs
from ui.screens.review.pages import Overview, pages_of
from ui.screens.review.paper_acts import PaperActs
from ui.screens.review.presenter import Reading, ReviewPresenter
from ui.screens.review.recheck_page import RecheckPage
from ui.screens.review.signing_page import SigningPage
from ui.widgets.banner import Banner
from ui.widgets.buttons import plain_button
from ui.widgets.flow import flow
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, column, row
from ui.widgets.page_stack import PageStack
from ui.widgets.progress_strip import ProgressStrip
from ui.widgets.tabs import tab_pages
from ui.words import module_words

PAGES = (
    *("blockers", "missing", "checks", "spread", "odd", "disputes", "penalties", "signing"),
    "recheck",
)


class ReviewScreen(QWidget):
    """One reading in seven pages; the tabs carry the counts."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self._words = context.words
        self.presenter = ReviewPresenter(context.station)
        self.acts = ReviewActs(context, self)
        theme, say = context.theme, context.words.say
        self.banner = Banner(theme, context.words)
        self.strip = ProgressStrip(theme, context.words)
        self.progress = Overview(context)
        self.pages = pages_of(context, self.progress, *self._buttons())
        self.signing = SigningPage(context, self.presenter, self.acts)
        self.recheck = RecheckPage(context, self.banner.attempt, self._on_rechecked)
        self.tabs = tab_pages(say("review.title"))
        own = {"signing": self.signing, "recheck": self.recheck}
        self._all_pages: dict[str, QWidget] = {**self.pages, **own}
        for name in PAGES:
            self.tabs.addTab(self._all_pages[name], name)
        self.events = self._combo(say("review.event"), self.choose_event)
        self.modules = self._combo(say("review.module"), self.choose_module)
        self._body = PageStack()
        self._working = QWidget()
        self._working.setLayout(column(theme, self.banner, self.strip, (self.tabs, 1), gap=1))
        self._body.addWidget(self._working)
        title = text_label(say("review.title"), Kind.TITLE)
        self.papers = PaperActs(context, self)
        self.print = plain_button(
            theme, say("mark_sheets.paper-open"), self.papers.choose, key="Ctrl+P"
        )
        top = flow(theme, title, STRETCH, self.events, self.modules, self.print, gap=1.5)
        self.setLayout(column(theme, top, (self._body, 1), gap=1.5, margin=3))
        self._connect()
        self.banner.attempt(self.presenter.start)
        self.show_reading()

    def showEvent(self, event: QShowEvent) -> None:
        """The list of the page in front is where one goes on."""
        super().showEvent(event)
        self.show_page(PAGES[self.tabs.currentIndex()])

    def reload(self, _changes: Changes) -> None:
        self.banner.attempt(self.presenter.read)
        self.show_reading()

    def waiting(self) -> int:
        return self.presenter.waiting()

    def where(self) -> tuple[str, ...]:
        event, module = self.presenter.event, self.presenter.module
        found = () if event is None else (self._words.pick(event.name, event.name_en),)
        if module is None:
            return found
        return (*found, module_words(self._words, module))

    def focus_on(self, wanted: Mapping[str, str]) -> None:
        """``event``, ``module`` and ``page``, one of ``PAGES``."""
        if "event" in wanted:
            self.choose_event(wanted["event"])
        if "module" in wanted:
            self.choose_module(wanted["module"])
        self.show_page(wanted.get("page", "blockers"))

    def choose_event(self, code: str) -> None:
        self.banner.attempt(lambda: self.presenter.choose_event(EventCode(code)))
        self.show_reading()

    def choose_module(self, module: str) -> None:
        self.banner.attempt(lambda: self.presenter.choose_module(ModuleId(module)))
        self.show_reading()

    def show_page(self, name: str) -> None:
        if name in PAGES:
            self.tabs.setCurrentIndex(PAGES.index(name))
            self._working.setFocusProxy(self._all_pages[name])
            self._body.setFocus()

    def open_dialog(self, dialog: QDialog) -> None:
        dialog.open()

    def show_reading(self) -> None:
        """Put the last reading on every page."""
        reading = self.presenter.reading
        self._show_choices()
        self._show_obstacle()
        self.print.setEnabled(reading is not None)
        if reading is None:
            return
        words = self._words
        why = words.explain(reading.hidden) if reading.hidden else ""
        self.progress.show_rows(tables.progress_rows(words, reading.progress))
        self.pages["blockers"].show_rows(tables.blocker_rows(words, reading.blockers))
        self._show_matrix(reading)
        self.pages["checks"].show_rows(tables.check_rows(words, reading.checks))
        self.tabs.setTabVisible(PAGES.index("checks"), self.presenter.asks_for_checks)
        self.pages["spread"].show_rows(tables.spread_rows(words, reading.spread), why)
        self.pages["odd"].show_rows(tables.odd_rows(words, reading.odd), why)
        self.pages["disputes"].show_rows(tables.dispute_rows(words, reading.disputes), why)
        self.pages["penalties"].show_rows(tables.penalty_rows(words, reading.ledger))
        self.signing.show_reading(reading)
        self.recheck.show_event(self.presenter.event)
        self.tabs.setTabVisible(PAGES.index("recheck"), self.recheck.presenter.is_asked)
        self.lift.setEnabled(self.presenter.is_chief and bool(reading.ledger))
        self.stand.setEnabled(self.presenter.is_chief and bool(reading.spread))
        self._show_counts(reading)

    def _show_matrix(self, reading: Reading) -> None:
        page, words = self.pages["missing"], self._words
        if reading.matrix is None:
            refused = reading.uncoded
            page.show_matrix((), (), words.explain(refused) if refused else "")
            return
        matrix = reading.matrix
        headings = tables.matrix_headings(words, matrix)
        page.show_matrix(headings, tables.matrix_rows(words, matrix))
        hint = words.say("review.missing-sum", missing=matrix.missing, module=matrix.module)
        if matrix.without_code:
            uncoded = words.say("review.missing-uncoded", count=matrix.without_code)
            hint = f"{uncoded} {hint}"
        page.hint.setText(hint)

    def _show_counts(self, reading: Reading) -> None:
        in_force = sum(line.lifted is None for line in reading.ledger)
        counts = {
            "blockers": len(reading.blockers),
            "missing": reading.missing(self.presenter.module),
            "checks": sum(one.state in tables.TO_CHECK for one in reading.checks),
            "spread": len(reading.spread),
            "odd": len(reading.odd),
            "disputes": len(reading.disputes),
            "recheck": self.recheck.presenter.left,
            "penalties": in_force,
        }
        for place, name in enumerate(PAGES):
            text = self._words.say(f"review.tab-{name}", count=counts.get(name, 0))
            self.tabs.setTabText(place, text)

    def _show_choices(self) -> None:
        event, module, words = self.presenter.event, self.presenter.module, self._words
        with QSignalBlocker(self.events), QSignalBlocker(self.modules):
            self.events.clear()
            self.modules.clear()
            for one in self.presenter.events:
                self.events.addItem(words.pick(one.name, one.name_en), one.code)
            for part in event.modules if event else ():
                self.modules.addItem(f"{part.id}  {words.pick(part.name, part.name_en)}", part.id)
            self.events.setCurrentIndex(self.events.findData(event.code if event else None))
            self.modules.setCurrentIndex(self.modules.findData(module.id if module else None))
        self.events.setVisible(self.events.count() > 1)

    def _show_obstacle(self) -> None:
        obstacle = self.presenter.obstacle
        if obstacle is None:
            self._body.show_first()
            return
        title, text = self._words.say("review.empty-title"), self._words.explain(obstacle)
        self._body.show_instead(first_things(self._context, "review", title, text, Place.SETUP))

    def _connect(self) -> None:
        acts = self.acts
        for name, act in (
            ("blockers", self._on_blocker),
            ("missing", acts.open_sheet),
            ("checks", acts.check_sheet),
            ("spread", acts.vote_again),
            ("odd", acts.open_odd),
            ("disputes", acts.settle),
        ):
            self.pages[name].chosen.connect(act)
        self.progress.table.row_chosen.connect(self._on_module_row)

    def _on_rechecked(self) -> None:
        self.banner.attempt(self.presenter.read)
        self.show_reading()

    def _on_module_row(self, line: int) -> None:
        if self.presenter.reading is not None:
            self.choose_module(self.presenter.reading.progress[line].module)

    def _on_blocker(self, line: int) -> None:
        """Go to where the blocker is put right: a page of this screen or another place."""
        if self.presenter.reading is None:
            return
        blocker = self.presenter.reading.blockers[line]
        match blocker.remedy:
            case (
                Remedy.MISSING | Remedy.CHECKS | Remedy.SPREAD | Remedy.DISPUTES
                | Remedy.SIGNING | Remedy.LOCK
            ):  # fmt: skip
                self.choose_module(blocker.module)
                is_lock = blocker.remedy is Remedy.LOCK
                self.show_page("signing" if is_lock else blocker.remedy.value)
            case _:
                self.acts.go_to_remedy(blocker)

    def _combo(self, name: str, chosen: Callable[[str], None]) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(name)
        combo.setToolTip(name)
        combo.setMinimumWidth(self._context.theme.px(38))
        combo.activated.connect(lambda place: chosen(combo.itemData(place)))
        return combo

    def _buttons(self) -> tuple[QWidget, QWidget, QWidget]:
        """What stands below the missing marks, the scores too far apart, and the penalties."""
        theme, say, acts = self._context.theme, self._words.say, self.acts
        marks = MarksActs(self._context, self)
        self.marks_form = plain_button(theme, say("import_marks.form"), marks.save_form)
        self.import_marks = plain_button(theme, say("import_marks.open"), marks.take_in)
        for button in (self.marks_form, self.import_marks):
            button.setEnabled(self.presenter.may_import)
        self.stand = plain_button(theme, say("review.stand"), acts.let_stand, key="F6")
        self.give = plain_button(theme, say("review.penalty-give"), acts.give_penalty, key="F7")
        self.lift = plain_button(theme, say("review.penalty-lift"), acts.lift_penalty)
        return (
            self._at_the_right(self.marks_form, self.import_marks),
            self._at_the_right(self.stand),
            self._at_the_right(self.lift, self.give),
        )

    def _at_the_right(self, *buttons: QWidget) -> QWidget:
        holder = QWidget()
        holder.setLayout(row(self._context.theme, STRETCH, *buttons))
        return holder
