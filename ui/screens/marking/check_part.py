"""Checking mode of the marking screen: the pile at the left, the sheet to compare, who entered it.

Widgets only; the presenter decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.checking_rules import EntryCheck
from app.domain.facts import CheckOutcome
from app.domain.ids import AspectId, EventCode, JudgeId
from app.domain.scheme import Module
from app.services.check_states import CheckState
from app.services.mark_words import (
    DASH,
    aspect_name,
    cell_text,
    full_text,
    giver_name,
    judge_name,
    read_cell,
)
from app.services.sheet_checks import CheckLine, Difference
from app.words import Words
from ui.context import ScreenContext
from ui.dialogs import Confirmation
from ui.screens.marking.check_presenter import CheckPresenter
from ui.screens.marking.difference_dialog import DifferenceDialog, DifferenceLine
from ui.screens.marking.parts import SheetPart
from ui.theme.tokens import Tone
from ui.widgets.banner import Banner
from ui.widgets.big_number import BigNumber
from ui.widgets.buttons import primary_button
from ui.widgets.empty_state import EmptyState
from ui.widgets.fold import Fold, Panel
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, card, column, row
from ui.widgets.table import Table
from ui.widgets.text_model import Heading, TextModel, Toned
from ui.words import refusal

_TONES = {
    CheckState.WAITING: Tone.RUNNING,
    CheckState.DIFFERS: Tone.ATTENTION,
    CheckState.CHECKED: Tone.DONE,
}

_SHEET = 1
"""The panel of the sheet."""


class CheckPart(QWidget):
    """One sheet after the other until the pile is done."""

    def __init__(self, context: ScreenContext) -> None:
        super().__init__()
        self._context = context
        self._words = context.words
        theme, say = context.theme, context.words.say
        self.presenter = CheckPresenter(context.station, self)
        headings = [Heading(say(f"checking.queue-{name}")) for name in ("work", "sheet", "state")]
        self.model = TextModel(headings)
        self.table = Table(theme, name=say("checking.queue"))
        self.table.setModel(self.model)
        self.table.lay_out(widths={0: 7, 1: 10}, stretched=(2,))
        self.table.row_chosen.connect(self._on_chosen)
        self.table.clicked.connect(lambda index: self._on_chosen(index.row()))
        self.sheet = SheetPart(context, self, "checking")
        self.banner = Banner(theme, context.words)
        self.left = BigNumber(theme, say("checking.left"))
        self.entered = text_label("", Kind.STRONG, wraps=True)
        self.how = text_label("", Kind.MUTED, wraps=True)
        self.go = primary_button(theme, say("checking.compare"), self.compare, key="Ctrl+Return")
        side = QWidget()
        entered = column(
            theme, text_label(say("checking.entered-by"), Kind.LABEL), self.entered, gap=0.5
        )
        side.setLayout(
            column(theme, card(theme, self.left), card(theme, entered), self.how, STRETCH)
        )
        self._sheets = QStackedWidget()
        self._sheets.addWidget(self.sheet)
        self._sheets.addWidget(
            EmptyState(theme, "done", say("checking.none-title"), say("checking.none-text"))
        )
        middle = QWidget()
        middle.setLayout(column(theme, self.banner, (self._sheets, 1), gap=1))
        self._fold = Fold(
            theme,
            [
                Panel(say("checking.queue"), self.table, steps=46),
                Panel(say("marking.sheet-name"), middle, stretch=1),
                Panel(say("checking.entered-by"), side, steps=30),
            ],
            first=_SHEET,
        )
        self.setLayout(column(theme, (self._fold, 1), row(theme, STRETCH, self.go), gap=1.5))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._to_sheet()

    def choose(self, event: EventCode, module: Module) -> None:
        self.banner.attempt(lambda: self.presenter.choose(event, module))

    def open_sheet(self, work: str, judge: JudgeId) -> None:
        """Another sheet of the pile; a refusal says why it cannot be checked."""
        if self.presenter.let_go():
            self.banner.attempt(lambda: self.presenter.open_sheet(work, judge))
        self.show_sheet()
        self._fold.show_panel(_SHEET)
        self._to_sheet()

    def show_lines(self) -> None:
        self.model.show_rows([check_row(self._words, one) for one in self.presenter.lines])
        to_do = len(self.presenter.to_do)
        self.left.show_number(str(to_do), Tone.DONE if to_do == 0 else None)

    def show_sheet(self) -> None:
        presenter, say = self.presenter, self._words.say
        is_open = presenter.editor is not None
        self._sheets.setCurrentIndex(0 if is_open else 1)
        self.go.setEnabled(is_open)
        self.sheet.show_sheet()
        line = presenter.line
        givers = [giver_name(self._words, by) for by in line.entered_by] if line else []
        self.entered.setText("\n".join(givers) or DASH)
        if presenter.module is not None:
            self.how.setText(say(f"checking.how-{presenter.module.entry_check.value}"))
        if line is not None:
            self.table.selectRow(presenter.lines.index(line))
        else:
            self.table.clearSelection()
        self._show_action()

    def show_row(self) -> None:
        self.sheet.show_row()
        self._show_action()

    def attempt(self, act: Callable[[], object]) -> bool:
        """Do what a key asks for; what is said of the last sheet stays unless it is refused."""
        refused = refusal(self._words, act)
        if refused:
            self.banner.say(Tone.ATTENTION, refused)
        return not refused

    def compare(self) -> None:
        """Compare what was typed; what agrees is recorded at once, the rest is settled first."""
        found: list[Difference] = []
        if not self.banner.attempt(lambda: found.extend(self.presenter.compare())):
            return
        if found:
            self._settle(found)
        elif not self._is_unread or self._context.ask.confirm(self._confirmation()):
            self.banner.attempt(lambda: self._said(self.presenter.record))
        self._to_sheet()

    @property
    def _is_unread(self) -> bool:
        """Nothing was typed: the person has only looked, so the question is asked once more."""
        editor = self.presenter.editor
        return editor is not None and not editor.has_changes

    def _show_action(self) -> None:
        module = self.presenter.module
        looks = module is not None and module.entry_check is EntryCheck.CONFIRM and self._is_unread
        self.go.setText(self._words.say("checking.confirm" if looks else "checking.compare"))

    def _confirmation(self) -> Confirmation:
        editor = self.presenter.editor
        assert editor is not None, "asked only about an open sheet"
        say = self._words.say
        return Confirmation(
            title=judge_name(self._words, editor.sheet.judge),
            what=say("checking.how-confirm"),
            action=say("checking.confirm"),
            shown_large=editor.sheet.work,
            rows=tuple(
                (
                    f"{one.aspect.id}  {aspect_name(self._words, one.aspect)}",
                    full_text(self._words, one.aspect, editor.cell(place)),
                )
                for place, one in enumerate(editor.sheet.rows)
            ),
        )

    def _to_sheet(self) -> None:
        """After the last sheet there is none any more; the pile takes the keys."""
        is_open = self._sheets.currentWidget() is self.sheet
        (self.sheet.table if is_open else self.table).setFocus()

    def _settle(self, found: list[Difference]) -> None:
        aspects = {one.aspect.id: one.aspect for one in found}
        lines = [
            DifferenceLine(
                one.aspect.id,
                f"{one.aspect.id}  {aspect_name(self._words, one.aspect)}",
                cell_text(self._words, one.aspect, one.entered),
                cell_text(self._words, one.aspect, one.keyed),
            )
            for one in found
        ]

        def apply(typed: Mapping[AspectId, str] | None, reason: str) -> str:
            def settle() -> None:
                settled = (
                    {one: read_cell(aspects[one], text) for one, text in typed.items()}
                    if typed is not None
                    else None
                )
                self._said(lambda: self.presenter.record(settled, reason))

            return refusal(self._words, settle)

        task = self.presenter.task
        assert task is not None, "something was compared"
        dialog = DifferenceDialog(
            self._context.theme, self._words, task.sheet.work, lines, apply, self
        )
        dialog.finished.connect(lambda _result: self._to_sheet())
        dialog.open()

    def _said(self, record: Callable[[], CheckOutcome]) -> None:
        task = self.presenter.task
        outcome = record()
        if task is None:
            return
        say = self._words.say
        work, judge = task.sheet.work, judge_name(self._words, task.sheet.judge)
        match outcome:
            case CheckOutcome.AGREES:
                said, tone = say("checking.agrees", work=work, judge=judge), Tone.DONE
            case CheckOutcome.CORRECTED:
                said, tone = say("checking.corrected", work=work, judge=judge), Tone.DONE
            case _:
                said, tone = say("checking.left-to-chief", work=work, judge=judge), Tone.ATTENTION
        self._context.announce(said)
        if not self.presenter.to_do:
            said = f"{said} {say('checking.all-done')}"
        self.banner.say(tone, said)

    def _on_chosen(self, place: int) -> None:
        line = self.presenter.lines[place]
        self.open_sheet(line.work, line.judge)


def check_row(words: Words, one: CheckLine) -> tuple[str | Toned, ...]:
    """Work, sheet and state of one line of the pile."""
    state = "own" if one.is_own and one.state is CheckState.WAITING else one.state.value
    tone = Tone.IDLE if state == "own" else _TONES[one.state]
    shown = Toned(words.say(f"checking.state-{state}"), tone)
    return (one.work, judge_name(words, one.judge), shown)
