"""Recheck sampling in the review screen: announce, draw, compare one after the other, print.

Enter on an entry says that it agrees with the paper and goes on to the next.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.domain.ids import ModuleId
from app.domain.scheme import Event
from app.services.rechecking import RecheckLine
from ui.context import Place, ScreenContext
from ui.dialogs import Confirmation, FileKind, Reason
from ui.screens.review.pages import below_tabs
from ui.screens.review.recheck_dialog import RecheckDialog
from ui.screens.review.recheck_presenter import RecheckPresenter
from ui.theme.tokens import Tone
from ui.widgets.banner import Banner
from ui.widgets.buttons import plain_button, primary_button
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow import flow
from ui.widgets.layout import STRETCH
from ui.widgets.page_stack import PageStack
from ui.widgets.table import Table
from ui.widgets.text_model import Heading, TextModel
from ui.words import refusal
from ui.writing import write_beside

_COLUMNS = ("entry", "works", "part", "state", "corrections")


class RecheckPage(QWidget):
    """``attempt`` shows what is refused above the pages; after every act ``changed`` is called."""

    def __init__(
        self,
        context: ScreenContext,
        attempt: Callable[[Callable[[], object]], bool],
        changed: Callable[[], None],
    ) -> None:
        super().__init__()
        self._context, self._attempt, self._changed = context, attempt, changed
        self._words = context.words
        theme, say = context.theme, context.words.say
        self.presenter = RecheckPresenter(context.station, context.words)
        self.status = Banner(theme, context.words)
        self.model = TextModel([Heading(say(f"recheck.{name}")) for name in _COLUMNS])
        self.table = Table(theme, name=say("recheck.name"))
        self.table.setModel(self.model)
        self.table.lay_out(widths={0: 10, 1: 36, 2: 14, 4: 18}, stretched=(3,))
        self.table.row_chosen.connect(lambda _line: self.agree())
        self._stack = PageStack()
        self._stack.addWidget(self.table)
        self.setFocusProxy(self._stack)
        self.again = plain_button(theme, say("recheck.announce-again"), self.announce)
        self.print = plain_button(theme, say("recheck.print"), self.print_record)
        self.correct = plain_button(theme, say("recheck.correct"), self.go_correct)
        self.wrong = plain_button(theme, say("recheck.wrong"), self.differ, key="F7")
        self.go = primary_button(theme, "", self._on_go, key="Ctrl+Return")
        buttons = flow(theme, self.again, self.print, STRETCH, self.correct, self.wrong, self.go)
        self.setLayout(below_tabs(theme, self.status, (self._stack, 1), buttons))

    def show_event(self, event: Event | None) -> None:
        """Read again and show; the buttons are those of the stage it has come to."""
        presenter, say = self.presenter, self._words.say
        at = self.table.currentIndex().row()
        presenter.read(event)
        tone, said = presenter.status()
        if said:
            self.status.say(tone, said)
        else:
            self.status.clear()
        rows = presenter.rows()
        self.model.show_rows(rows)
        self._show_empty(is_filled=bool(rows))
        if rows:
            self.table.selectRow(min(max(at, 0), len(rows) - 1))
        found = presenter.found
        is_drawn = found is not None and found.drawn is not None
        is_announced = found is not None and found.committed is not None
        self.go.setText(
            say("recheck.agrees")
            if is_drawn
            else say("recheck.draw" if is_announced else "recheck.announce")
        )
        self.go.setEnabled(found is not None)
        self.again.setVisible(is_announced)
        for button in (self.print, self.correct, self.wrong):
            button.setVisible(is_drawn)

    def announce(self) -> None:
        """The ranked list and the hash of the seed; a second time with a reason."""
        say, found = self._words.say, self.presenter.found
        reason = ""
        if found is not None and found.committed is not None:
            offered = [Reason("again", say("recheck.announce-reason"), needs_note=True)]
            chosen = self._context.ask.reason(
                say("recheck.announce-again"), say("recheck.announce-what"), offered
            )
            if chosen is None:
                return
            reason = chosen.note
        self._do(lambda: self.presenter.announce(reason), say("recheck.done-announced"))

    def draw(self) -> None:
        drawn: list[int] = []
        if self._attempt(lambda: drawn.append(self.presenter.draw())):
            self._said(self._words.say("recheck.done-drawn", count=drawn[0]))

    def agree(self) -> None:
        """The chosen entry agrees with the paper; on to the next that is to be compared.

        Enter is pressed many times in a row: it never takes an error back unasked.
        """
        line = self._line()
        if line is None:
            return
        if line.done is None or (not line.done.fact.is_right and self._takes_back(line)):
            said = self._words.say("recheck.done-right", number=line.number)
            self._do(lambda: self.presenter.agree(line), said)
        self._select_next()

    def differ(self) -> None:
        line, event = self._line(), self.presenter.event
        if line is None or event is None:
            return

        def apply(module: ModuleId | None, errors: str, note: str) -> str:
            refused = refusal(
                self._words, lambda: self.presenter.differ(line, module, errors, note)
            )
            if not refused:
                self._said(self._words.say("recheck.done-wrong", number=line.number))
            return refused

        dialog = RecheckDialog(self._context.theme, self._words, event, line.number, apply, self)
        dialog.finished.connect(lambda _result: self.table.setFocus())
        dialog.open()

    def go_correct(self) -> None:
        """To the sheets of the module where the error was found, where the chief corrects it."""
        line, event = self._line(), self.presenter.event
        if line is None or event is None:
            return
        found = line.done.fact.module if line.done else None
        module = found or event.modules[0].id
        work = line.works.get(module, line.number)
        self._context.go_to(Place.MARKING, event=event.code, module=module, work=work)

    def print_record(self) -> None:
        """The record as a PDF, put together here and printed on a worker."""
        event, words, context = self.presenter.event, self._words, self._context
        if event is None:
            return
        # The printing engine takes a third of a second to load: only when paper is wanted.
        from app.reports.recheck_record import write_recheck_record
        from app.services.recheck_papers import recheck_record

        kinds = [FileKind(words.say("recheck.pdf"), ("*.pdf",))]
        name = words.say("recheck.file", event=event.code)
        path = context.ask.save_file(words.say("recheck.print"), name, kinds)
        if path is None:
            return
        record = recheck_record(context.station, event.code, words)
        said = words.say("recheck.printed", file=path.name)
        write_beside(context, lambda: write_recheck_record(record, words, path), said)

    def _on_go(self) -> None:
        found = self.presenter.found
        if found is None or found.committed is None:
            self.announce()
        elif found.drawn is None:
            self.draw()
        else:
            self.agree()

    def _do(self, act: Callable[[], object], said: str) -> None:
        if self._attempt(act):
            self._said(said)

    def _said(self, said: str) -> None:
        self._changed()
        self._context.announce(said)
        self.table.setFocus()

    def _takes_back(self, line: RecheckLine) -> bool:
        assert line.done is not None, "asked only of an entry that was compared"
        say, errors = self._words.say, line.done.fact.errors
        return self._context.ask.confirm(
            Confirmation(
                title=say("recheck.take-back-title", number=line.number),
                what=say("recheck.take-back-text", errors=errors),
                action=say("recheck.take-back-go"),
                shown_large=line.number,
                tone=Tone.ATTENTION,
            )
        )

    def _line(self) -> RecheckLine | None:
        return self.presenter.line(self.table.currentIndex().row())

    def _select_next(self) -> None:
        lines = self.presenter.found.lines if self.presenter.found else ()
        here = self.table.currentIndex().row()
        places = [*range(here, len(lines)), *range(here)]
        following = next((place for place in places if lines[place].done is None), None)
        if following is not None:
            self.table.selectRow(following)

    def _show_empty(self, *, is_filled: bool) -> None:
        if is_filled:
            self._stack.show_first()
            return
        title = self._words.say("recheck.none")
        empty = EmptyState(self._context.theme, "review", title, self.presenter.why_empty())
        self._stack.show_instead(empty)
