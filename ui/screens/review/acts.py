"""What can be done from the review screen: asks first, has the presenter do it, says it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from app.domain.ids import JudgeId, OpId
from app.domain.points import parse_points
from app.services.mark_words import (
    aspect_name,
    cell_text,
    giver_name,
    judge_name,
    read_cell,
    time_text,
)
from app.services.review import Blocker, Remedy
from ui.context import Place, ScreenContext
from ui.dialogs import Confirmation, Reason
from ui.screens.review.penalty_dialog import Booking, PenaltyDialog
from ui.screens.review.tables import scores_text, vote_question
from ui.theme.tokens import Tone
from ui.widgets.score_dialog import ScoreDialog
from ui.words import refusal

if TYPE_CHECKING:
    from ui.screens.review.screen import ReviewScreen

_PLACES = {
    Remedy.CLOCKS: Place.TIMING,
    Remedy.CHECK_IN: Place.CHECKIN,
    Remedy.DRAW: Place.DRAW,
    Remedy.PANEL: Place.SETUP,
}


class ReviewActs:
    """Every act ends with the pages read again and a line in the status bar."""

    def __init__(self, context: ScreenContext, screen: ReviewScreen) -> None:
        self._context = context
        self._words = context.words
        self._screen = screen
        self._presenter = screen.presenter

    def go_to_remedy(self, blocker: Blocker) -> None:
        event = self._presenter.event
        if event is not None:
            place = _PLACES[blocker.remedy]
            self._context.go_to(place, event=event.code, module=blocker.module)

    def open_sheet(self, line: int) -> None:
        """From the matrix to the sheet with the hole."""
        reading = self._presenter.reading
        if reading is None or reading.matrix is None:
            return
        sheet = max(0, self._screen.pages["missing"].table.currentIndex().column() - 1)
        judge, work = reading.matrix.sheets[sheet], reading.matrix.rows[line].work
        self._go_marking(judge=judge, work=work)

    def check_sheet(self, line: int) -> None:
        """To the sheet, to compare it with the paper."""
        reading = self._presenter.reading
        if reading is not None:
            one = reading.checks[line]
            self._go_marking(judge=one.judge, work=one.work, check="yes")

    def open_odd(self, line: int) -> None:
        reading = self._presenter.reading
        if reading is not None:
            odd = reading.odd[line]
            self._go_marking(judge=odd.outlier.of, work=odd.work, aspect=odd.aspect.id)

    def vote_again(self, line: int) -> None:
        """The panel's scores side by side; the chief enters the new ones with the reason."""
        reading, say = self._presenter.reading, self._words.say
        if reading is None:
            return
        row = reading.spread[line]

        def apply(typed: Mapping[str, str], reason: str) -> str:
            def record() -> None:
                scores = {JudgeId(j): read_cell(row.aspect, text) for j, text in typed.items()}
                self._presenter.vote_again(row, scores, reason)

            return self._in_dialog(record, say("review.done-revote", work=row.work))

        theme, question = self._context.theme, vote_question(self._words, row)
        self._screen.open_dialog(ScoreDialog(theme, self._words, question, apply, self._screen))

    def let_stand(self) -> None:
        """The chief's decision that the chosen row counts as it is, with the reason."""
        reading, say = self._presenter.reading, self._words.say
        line = self._screen.pages["spread"].table.currentIndex().row()
        if reading is None or not 0 <= line < len(reading.spread):
            return
        row = reading.spread[line]
        what = say(
            "review.stand-what",
            work=row.work,
            aspect=f"{row.aspect.id} {aspect_name(self._words, row.aspect)}",
            scores=scores_text(self._words, row),
        )
        why = self._why(say("review.stand-title"), what, say("review.stand-reason"))
        if why is not None:
            self._do(
                lambda: self._presenter.let_stand(row, why),
                say("review.done-stand", work=row.work),
            )

    def settle(self, line: int) -> None:
        """Which of the records counts; the note is the reason."""
        reading, say = self._presenter.reading, self._words.say
        if reading is None:
            return
        dispute = reading.disputes[line]
        offered = [
            Reason(
                claim.op_id,
                say(
                    "review.dispute-claim",
                    mark=cell_text(self._words, dispute.aspect, claim.cell),
                    who=giver_name(self._words, claim.by),
                    time=time_text(claim.at),
                    record=claim.op_id,
                ),
                needs_note=True,
            )
            for claim in dispute.claims
        ]
        what = say(
            "review.dispute-what",
            work=dispute.work,
            aspect=dispute.aspect.id,
            judge=judge_name(self._words, dispute.judge),
        )
        chosen = self._context.ask.reason(say("review.dispute-title"), what, offered)
        if chosen is not None:
            self._do(
                lambda: self._presenter.settle(dispute, OpId(chosen.code), chosen.note),
                say("review.done-settled", work=dispute.work),
            )

    def give_penalty(self) -> None:
        event, module = self._presenter.event, self._presenter.module
        if event is None:
            return

        def apply(booking: Booking) -> str:
            def record() -> None:
                self._presenter.give_penalty(
                    booking.number,
                    booking.reason,
                    module=booking.module,
                    points=parse_points(booking.points) if booking.points else None,
                    note=booking.note,
                )

            said = self._words.say("review.done-penalty", number=booking.number.strip())
            return self._in_dialog(record, said)

        dialog = PenaltyDialog(
            self._context.theme,
            self._words,
            event,
            module.id if module else None,
            apply,
            self._screen,
        )
        self._screen.open_dialog(dialog)

    def lift_penalty(self) -> None:
        """Lift the chosen penalty, with a reason in words."""
        reading, say = self._presenter.reading, self._words.say
        line = self._screen.pages["penalties"].table.currentIndex().row()
        if reading is None or not 0 <= line < len(reading.ledger):
            return
        penalty = reading.ledger[line]
        name = self._words.pick(penalty.reason.name, penalty.reason.name_en)
        what = say("review.lift-what", number=penalty.number, reason=name)
        why = self._why(say("review.lift-title"), what, say("review.lift-reason"))
        if why is not None:
            self._do(
                lambda: self._presenter.lift_penalty(penalty.op_id, why),
                say("review.done-lifted", number=penalty.number),
            )

    def sign(self, judge: JudgeId) -> None:
        say, module = self._words.say, self._module
        name = judge_name(self._words, judge)
        asked = Confirmation(
            title=say("review.sign-title", judge=name),
            what=say("review.sign-what", module=module),
            action=say("review.sign", judge=name),
        )
        if self._context.ask.confirm(asked):
            self._do(
                lambda: self._presenter.sign(judge),
                say("review.done-signed", judge=name, module=module),
            )

    def lock(self) -> None:
        say, module = self._words.say, self._module
        asked = Confirmation(
            title=say("review.lock-title", module=module),
            what=say("review.lock-what"),
            action=say("review.lock", module=module),
            shown_large=module,
        )
        if self._context.ask.confirm(asked):
            self._do(self._presenter.lock, say("review.done-locked", module=module))

    def unlock(self) -> None:
        say, module = self._words.say, self._module
        title = say("review.unlock-title", module=module)
        why = self._why(title, say("review.unlock-what"), say("review.unlock-reason"))
        if why is not None:
            self._do(
                lambda: self._presenter.unlock(why),
                say("review.done-unlocked", module=module),
            )

    @property
    def _module(self) -> str:
        return self._presenter.module.id if self._presenter.module else ""

    def _go_marking(self, **focus: str) -> None:
        event = self._presenter.event
        if event is not None:
            self._context.go_to(Place.MARKING, event=event.code, module=self._module, **focus)

    def _why(self, title: str, what: str, label: str) -> str | None:
        """The reason in words; ``None`` when the person thought better of it."""
        offered = [Reason("why", label, needs_note=True)]
        chosen = self._context.ask.reason(title, what, offered)
        return chosen.note if chosen is not None else None

    def _do(self, act: Callable[[], object], said: str) -> None:
        done = self._screen.banner.attempt(act)
        self._screen.show_reading()
        if done:
            self._context.announce(said)
            self._screen.banner.say(Tone.DONE, said)

    def _in_dialog(self, act: Callable[[], object], said: str) -> str:
        """For a dialog that stays open while the sentence of a refusal comes back."""
        refused = refusal(self._words, act)
        if not refused:
            self._screen.show_reading()
            self._context.announce(said)
        return refused
