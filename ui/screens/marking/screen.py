"""The marking screen: queue at the left, the sheet in the middle, what is left at the right.

The keyboard never has to leave the sheet. Everything decided is decided by the presenter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QComboBox, QDialog, QStackedWidget, QWidget

from app.changes import Changes
from app.domain.entries import Cell
from app.domain.errors import RuleBroken
from app.domain.ids import AspectId, EventCode, JudgeId, ModuleId
from app.problems import Problem
from app.services.mark_words import cell_text, judge_name
from ui.context import Place, ScreenContext
from ui.first_things import first_things
from ui.screens.marking.actions import SheetActions
from ui.screens.marking.check_part import CheckPart
from ui.screens.marking.choices import Choices
from ui.screens.marking.commit_bar import CommitBar, confirmation
from ui.screens.marking.parts import QueuePart, SheetPart, SidePart, folded
from ui.screens.marking.presenter import MarkingPresenter, Outcome
from ui.theme.tokens import Tone
from ui.widgets.banner import Banner
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import column, framed, row
from ui.widgets.page_stack import PageStack
from ui.words import attempted, module_words

_REMEDIES = {
    "competition-not-set-up": Place.SETUP,
    "rules-not-frozen": Place.SETUP,
    "event-without-modules": Place.SETUP,
    "module-without-panel": Place.SETUP,
    "work-codes-missing": Place.DRAW,
    "work-code-repeated": Place.DRAW,
}


class MarkingScreen(QWidget):
    """Shows what the presenter holds and hands it every key."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self._words = context.words
        self.presenter = MarkingPresenter(context.station, self)
        self.cell_actions = SheetActions(context, self)
        self.choices = Choices(context, self)
        self.queue = QueuePart(context, self)
        self.sheet = SheetPart(context, self, "marking")
        self.side = SidePart(context, self)
        self.commit_bar = CommitBar(context, self)
        self.banner = Banner(context.theme, context.words)
        self.empty: EmptyState | None = None
        self._body = PageStack()
        self._working, theme = QWidget(), context.theme
        middle = column(theme, self.banner, (self.sheet, 1), gap=1)
        sheets = framed("", row(theme, self.queue, (middle, 1), gap=2))
        columns = folded(theme, context.words, sheets, self.side)
        self._working.setLayout(column(theme, (columns, 1), self.commit_bar, gap=1.5))
        self._working.setFocusProxy(self.sheet.table)
        self._body.addWidget(self._working)
        self.checking = CheckPart(context)
        self._modes = QStackedWidget()
        for mode in (self._body, self.checking):
            self._modes.addWidget(mode)
        self.setLayout(column(theme, self.choices, (self._modes, 1), gap=1.5, margin=2))
        for keys, by in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            QShortcut(QKeySequence(keys), self._working, lambda by=by: self.step_work(by))
        self.attempt(self.presenter.start)

    def minimumSizeHint(self) -> QSize:
        """What is enough once the parts have made themselves small."""
        return QSize(self._context.theme.px(60), self._context.theme.px(36))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        theme = self._context.theme
        narrow = self.width() < theme.px(132)
        self.choices.set_narrow(narrow)
        self.queue.set_narrow(narrow)
        self.sheet.set_narrow(narrow)
        self.side.keys.setVisible(self.height() >= theme.px(72))

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes here wants to type marks."""
        super().showEvent(event)
        self._to_sheet()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the lists of modules and judges goes to the sheet that was chosen.

        Not from the field of work codes: a code that is refused leaves the next scan there.
        """
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and isinstance(self.focusWidget(), QComboBox):
            self._to_sheet()
        else:
            super().keyPressEvent(event)

    def _to_sheet(self) -> None:
        (self.checking.sheet.table if self.checks else self._body).setFocus()

    # What the frame asks

    def reload(self, _changes: Changes) -> None:
        self.attempt(self.presenter.read_again)
        if self.checks:
            self.attempt(self.checking.presenter.read_again)

    def leave(self) -> bool:
        return self.presenter.let_go() and self.checking.presenter.let_go()

    def waiting(self) -> int:
        return self.presenter.waiting()

    def where(self) -> tuple[str, ...]:
        event, module, judge = self.presenter.event, self.presenter.module, self.presenter.judge
        found = [] if event is None else [self._words.pick(event.name, event.name_en)]
        if module is not None:
            found.append(module_words(self._words, module))
        return (*found, judge_name(self._words, judge)) if judge and module else tuple(found)

    def focus_on(self, wanted: Mapping[str, str]) -> None:
        self.attempt(lambda: self._focus_on(wanted))

    # What the presenter asks

    def show_choices(self) -> None:
        self.choices.show_choices()
        self._show_obstacle()
        self._show_mode(checks=self.checks)

    def show_queue(self) -> None:
        self.queue.show_queue()

    def show_sheet(self) -> None:
        self.banner.clear()
        self.sheet.show_sheet()
        self.queue.show_current()
        self.side.show_state()
        self.commit_bar.show_state()

    def show_row(self) -> None:
        self.sheet.show_row()
        self.side.show_state()
        self.commit_bar.show_state()

    def say_overtaken(self, cells: Mapping[AspectId, Cell]) -> None:
        editor = self.presenter.editor
        if editor is not None:
            aspects = {row.aspect.id: row.aspect for row in editor.sheet.rows}
            listed = ", ".join(
                f"{one} {cell_text(self._words, aspects[one], cell)}" for one, cell in cells.items()
            )
            self.banner.say(Tone.ATTENTION, self._words.say("marking.overtaken", marks=listed))

    # What the person does

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do something that may be refused; the refusal is shown above the sheet."""
        return attempted(act, self.refuse)

    def refuse(self, refused: RuleBroken | Problem) -> None:
        if isinstance(refused, Problem):
            self._context.fail(refused)
            return
        self.banner.say(Tone.ATTENTION, self._words.explain(refused))

    @property
    def checks(self) -> bool:
        """Whether sheets are checked by a second person here, instead of entered."""
        return self._modes.currentWidget() is self.checking

    def choose_mode(self, mode: str) -> None:
        """Enter marks, or check what somebody else has entered."""
        if self.leave():
            self._show_mode(checks=mode == "check")

    def choose_event(self, code: str) -> None:
        self._choose(lambda: self.presenter.choose_event(EventCode(code)))

    def choose_module(self, module: str) -> None:
        self._choose(lambda: self.presenter.choose_module(ModuleId(module)))

    def choose_judge(self, judge: str) -> None:
        self._choose(lambda: self.presenter.choose_judge(JudgeId(judge)))

    def _choose(self, choose: Callable[[], None]) -> None:
        if self.presenter.let_go():
            self.attempt(choose)
            # For the context bar, which says whose sheet this is.
            self._context.announce("")

    def open_work(self, work: str) -> bool:
        """Open a work by its label, as scanned, typed or chosen in the queue."""
        if not self.presenter.let_go():
            return False
        opened = self.attempt(lambda: self.presenter.open_work(work))
        if opened:
            self.sheet.table.setFocus()
        return opened

    def step_work(self, by: int) -> None:
        self.attempt(lambda: self.presenter.step_work(by))

    def commit(self, *, partial: bool = False) -> None:
        """Ask once more with the code large, then record."""
        editor = self.presenter.editor
        if editor is None:
            return
        refused = self.presenter.refusal_to_commit()
        if partial and refused is not None and refused.code == "sheet-incomplete":
            refused = None if editor.has_changes else RuleBroken("nothing-to-commit")
        if refused is not None:
            self.refuse(refused)
            return
        if self._context.ask.confirm(confirmation(self._words, editor, partial=partial)):
            self.attempt(lambda: self._said(self.presenter.commit(partial=partial)))
        self.sheet.table.setFocus()

    def open_dialog(self, dialog: QDialog) -> None:
        """Show a dialog over the window; the sheet has the focus again afterwards."""
        dialog.finished.connect(lambda _result: self.sheet.table.setFocus())
        dialog.open()

    # Inside

    def _said(self, outcome: Outcome) -> None:
        """Say that it is saved, and what wants a person."""
        say = self._words.say
        self._context.announce(say("marking.saved", work=outcome.work, count=outcome.given))
        if outcome.at_odds:
            aspects = ", ".join(outcome.at_odds)
            self.banner.say(
                Tone.ATTENTION, say("marking.at-odds", work=outcome.work, aspects=aspects)
            )
            if self.presenter.is_chief:
                self.cell_actions.vote_again(outcome.at_odds[0])
        elif outcome.next_work is None:
            self.banner.say(Tone.DONE, say("marking.all-done"))

    def _focus_on(self, wanted: Mapping[str, str]) -> None:
        if "event" in wanted:
            self.presenter.choose_event(EventCode(wanted["event"]))
        if "module" in wanted:
            self.presenter.choose_module(ModuleId(wanted["module"]))
        judge = JudgeId(wanted.get("judge", ""))
        if judge in self.presenter.judges:
            self.presenter.choose_judge(judge)
        if "check" in wanted:
            self._show_mode(checks=True)
            self.checking.open_sheet(wanted["work"], judge)
        elif "work" in wanted:
            self._show_mode(checks=False)
            aspect = AspectId(wanted["aspect"]) if "aspect" in wanted else None
            self.presenter.open_work(wanted["work"], aspect)

    def _show_mode(self, *, checks: bool) -> None:
        event, module = self.presenter.event, self.presenter.module
        offered = self.presenter.obstacle is None and self.checking.presenter.may_check(module)
        self._modes.setCurrentIndex(1 if checks and offered else 0)
        self.choices.show_mode(offered=offered, checks=self.checks)
        if self.checks and event is not None and module is not None:
            self.checking.choose(event.code, module)

    def _show_obstacle(self) -> None:
        """Instead of a sheet: what has to come first, with the way there."""
        obstacle = self.presenter.obstacle
        if obstacle is None and self.presenter.queue:
            self._body.show_first()
            return
        say = self._words.say
        place = Place.CHECKIN if obstacle is None else _REMEDIES.get(obstacle.code, Place.SETUP)
        text = say("marking.no-works") if obstacle is None else self._words.explain(obstacle)
        title = say("marking.empty-title")
        self.empty = first_things(self._context, "marking", title, text, place)
        self._body.show_instead(self.empty)
