"""Signatures of a module and its lock: who has signed, what is in the way, one thing to do next."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.ids import JudgeId
from app.services.mark_words import judge_name, time_text
from ui.context import ScreenContext
from ui.screens.review.acts import ReviewActs
from ui.screens.review.pages import below_tabs
from ui.screens.review.presenter import Reading, ReviewPresenter
from ui.screens.review.tables import blocker_text, headings, signature_rows
from ui.theme.tokens import Tone
from ui.widgets.banner import Banner
from ui.widgets.buttons import plain_button, primary_button
from ui.widgets.flow import flow
from ui.widgets.layout import STRETCH
from ui.widgets.table import Table
from ui.widgets.text_model import TextModel


class SigningPage(QWidget):
    """The signature to record is that of the chosen line; Enter signs."""

    def __init__(
        self, context: ScreenContext, presenter: ReviewPresenter, acts: ReviewActs
    ) -> None:
        super().__init__()
        self._words = context.words
        self._presenter = presenter
        self._acts = acts
        theme, say = context.theme, context.words.say
        self.model = TextModel(headings(context.words, "signing", "judge state at by"))
        self.table = Table(theme, name=say("review.signing-name"))
        self.table.setModel(self.model)
        self.setFocusProxy(self.table)
        self.table.lay_out(widths={0: 18, 2: 16, 3: 16}, stretched=(1,))
        self.table.row_chosen.connect(self._on_row_chosen)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_buttons())
        self.notice = Banner(theme, context.words)
        self.sign = plain_button(theme, say("review.sign-nobody"), self._on_sign, key="F8")
        self.unlock = plain_button(theme, "", acts.unlock)
        self.lock = primary_button(theme, "", acts.lock, key="Ctrl+Return")
        buttons = flow(theme, self.sign, STRETCH, self.unlock, self.lock)
        self.setLayout(below_tabs(theme, self.notice, (self.table, 1), buttons))
        self._reading: Reading | None = None

    def show_reading(self, reading: Reading) -> None:
        before, self._reading = self._reading, reading
        at = max(0, self.table.currentIndex().row())
        self.model.show_rows(signature_rows(self._words, reading.signatures))
        if reading.signatures:
            self.table.selectRow(_cursor(before, reading, at))
        self._show_notice(reading)
        self._show_buttons()

    def _show_notice(self, reading: Reading) -> None:
        say, module = self._words.say, self._module
        lock = reading.lock
        if lock.is_locked and lock.at is not None:
            text = say("review.locked-since", module=module, time=time_text(lock.at))
            self.notice.say(Tone.DONE, text)
        elif reading.lock_blockers:
            lines = [blocker_text(self._words, one) for one in reading.lock_blockers]
            if lock.reason:
                lines.insert(0, say("review.unlocked-because", module=module, reason=lock.reason))
            self.notice.say(Tone.ATTENTION, "\n".join(lines))
        else:
            self.notice.say(Tone.RUNNING, say("review.ready-to-lock", module=module))

    def _show_buttons(self) -> None:
        reading, say = self._reading, self._words.say
        if reading is None:
            return
        judge, is_chief = self._judge(), self._presenter.is_chief
        signed = {one.judge for one in reading.signatures if one.holds}
        self.sign.setText(
            say("review.sign", judge=judge_name(self._words, judge))
            if judge
            else say("review.sign-nobody")
        )
        self.sign.setEnabled(
            judge is not None
            and judge not in signed
            and not reading.lock.is_locked
            and self._presenter.may_sign(judge)
        )
        self.lock.setText(say("review.lock", module=self._module))
        self.lock.setVisible(not reading.lock.is_locked)
        self.lock.setEnabled(is_chief and not reading.lock_blockers)
        self.unlock.setText(say("review.unlock", module=self._module))
        self.unlock.setVisible(reading.lock.is_locked)
        self.unlock.setEnabled(is_chief)

    def _on_row_chosen(self, _line: int) -> None:
        self.sign.click()

    def _on_sign(self) -> None:
        if (judge := self._judge()) is not None:
            self._acts.sign(judge)

    def _judge(self) -> JudgeId | None:
        line = self.table.currentIndex().row()
        if self._reading is None or not 0 <= line < len(self._reading.signatures):
            return None
        return self._reading.signatures[line].judge

    @property
    def _module(self) -> str:
        return self._presenter.module.id if self._presenter.module else ""


def _cursor(before: Reading | None, now: Reading, at: int) -> int:
    """The line that was chosen; once it is signed, the next one that is not."""
    signed, was = now.signatures, before.signatures if before else ()
    at = min(at, len(signed) - 1)
    if at < len(was) and was[at].judge == signed[at].judge and signed[at].holds > was[at].holds:
        ahead = [*range(at + 1, len(signed)), *range(at)]
        return next((line for line in ahead if not signed[line].holds), at)
    return at
