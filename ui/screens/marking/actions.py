"""What can be done with the cell under the cursor besides typing: history, correction, new vote."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from app.domain.entries import Cell, MarkState
from app.domain.errors import RuleBroken
from app.domain.ids import PANEL, AspectId, JudgeId
from app.domain.methods import Choice, takes_parts
from app.domain.scheme import Aspect
from app.services.mark_words import (
    aspect_name,
    cell_text,
    giver_name,
    judge_name,
    read_cell,
    time_text,
)
from app.services.method_words import part_name, typed_example
from ui.context import ScreenContext
from ui.dialogs import Reason
from ui.screens.marking.parts_entry import parts_asked
from ui.theme.tokens import Tone
from ui.widgets.lines_dialog import LinesDialog
from ui.widgets.score_dialog import ScoreDialog, ScoreField, ScoreQuestion
from ui.words import refusal

if TYPE_CHECKING:
    from ui.screens.marking.screen import MarkingScreen


class SheetActions:
    """Opens the dialogs of the marking screen and hands their answers to the presenter."""

    def __init__(self, context: ScreenContext, screen: MarkingScreen) -> None:
        self._context = context
        self._words = context.words
        self._screen = screen
        self._presenter = screen.presenter

    def fill_unset(self) -> None:
        """Say of everything that is unset that it was not attempted, absent or withdrawn."""
        states = [MarkState.NOT_ATTEMPTED, MarkState.ABSENT, MarkState.WITHDRAWN]
        if self._presenter.judge != PANEL:
            states.append(MarkState.RECUSED)
        offered = [Reason(one.value, self._words.say(f"marking.state-{one}")) for one in states]
        title = self._words.say("marking.fill")
        editor = self._presenter.editor
        if editor is None:
            return
        what = self._words.say("marking.fill-what", work=editor.sheet.work, count=len(editor.unset))
        chosen = self._context.ask.reason(title, what, offered)
        if chosen is not None:
            self._presenter.fill_unset(MarkState(chosen.code))
        self._screen.sheet.table.setFocus()

    def show_history(self) -> None:
        """Every mark ever given in the cell under the cursor."""
        editor = self._presenter.editor
        if editor is None:
            return
        say, aspect = self._words.say, editor.row.aspect
        lines = [
            (
                time_text(line.at),
                giver_name(self._words, line.by),
                cell_text(self._words, aspect, line.cell),
                say(f"marking.history-{line.state}"),
                line.op_id,
                line.reason,
            )
            for line in self._presenter.history()
        ]
        headings = [
            say(f"marking.history_{name}")
            for name in ("time", "who", "mark", "state", "record", "reason")
        ]
        title = say("marking.history-title", work=editor.sheet.work, aspect=aspect.id)
        if lines:
            self._screen.open_dialog(
                LinesDialog(self._context.theme, self._words, title, headings, lines, self._screen)
            )
        else:
            self._screen.banner.say(Tone.IDLE, say("marking.history-none", aspect=aspect.id))

    def correct(self) -> None:
        """Correct the mark under the cursor, with a reason."""
        editor = self._presenter.editor
        if editor is None or not isinstance(editor.row.held, Cell):
            self._screen.banner.say(Tone.IDLE, self._words.say("marking.nothing-to-correct"))
            return
        aspect, held = editor.row.aspect, editor.row.held
        name = judge_name(self._words, editor.sheet.judge)
        has_words = takes_parts(aspect.method)
        shown = cell_text(self._words, aspect, held)
        field = ScoreField("mark", name, shown, held.measured or "" if has_words else "", has_words)

        def apply(typed: Mapping[str, str], reason: str) -> str:
            return refusal(
                self._words,
                lambda: self._presenter.correct(read_cell(aspect, typed["mark"]), reason),
            )

        self._ask_scores(editor.sheet.work, aspect.id, (field,), "correct", apply)

    def vote_again(self, aspect: AspectId | None = None) -> None:
        """The panel's scores side by side, to be entered again with a reason; the chief's."""
        editor = self._presenter.editor
        if editor is None:
            return
        try:
            found = self._presenter.panel(aspect or editor.row.aspect.id)
        except RuleBroken as refused:
            self._screen.refuse(refused)
            return
        if found is None or len(found.cells) < 2:
            self._screen.banner.say(Tone.IDLE, self._words.say("marking.no-panel-row"))
            return
        shown = found
        fields = tuple(
            ScoreField(
                one.judge,
                judge_name(self._words, one.judge),
                cell_text(self._words, shown.aspect, one.held)
                if isinstance(one.held, Cell | None)
                else "?",
            )
            for one in shown.cells
        )

        def apply(typed: Mapping[str, str], reason: str) -> str:
            def record() -> None:
                scores = {JudgeId(j): read_cell(shown.aspect, text) for j, text in typed.items()}
                self._presenter.vote_again(shown, scores, reason)

            return refusal(self._words, record)

        self._ask_scores(shown.work, shown.aspect.id, fields, "revote", apply)

    def _ask_scores(
        self,
        work: str,
        aspect: AspectId,
        fields: tuple[ScoreField, ...],
        kind: str,
        apply: Callable[[Mapping[str, str], str], str],
    ) -> None:
        say = self._words.say
        event = self._presenter.event
        about = event.aspect(aspect) if event is not None else None
        lines = () if about is None else self._lines_about(about)
        question = ScoreQuestion(
            title=say(f"marking.{kind}-title"),
            large=work,
            what=f"{aspect}  {aspect_name(self._words, about)}" if about else aspect,
            fields=fields,
            reason=say(f"marking.{kind}-reason"),
            now=say("marking.stands-now"),
            action=say(f"marking.{kind}-go"),
            lines=lines,
        )
        self._screen.open_dialog(
            ScoreDialog(self._context.theme, self._words, question, apply, self._screen)
        )

    def _lines_about(self, aspect: Aspect) -> tuple[str, ...]:
        """What may be typed: the descriptors, the options, or what the parts are."""
        if isinstance(aspect.method, Choice):
            names = ((one.code, one.name, one.name_en) for one in aspect.method.options)
            return tuple(f"{code}   {self._words.pick(zh, en)}" for code, zh, en in names)
        if takes_parts(aspect.method):
            parts = (
                part_name(self._words, aspect.method, one.code)
                for one in parts_asked(aspect.method)
            )
            return (*parts, typed_example(self._words, aspect.method))
        return tuple(f"{score}   {text}" for score, text in enumerate(aspect.descriptors))
