"""The pieces of the quiz screen: a tile for each team, the question on the table, the record."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.domain.points import plain_points
from app.domain.quiz_rules import QuizOutcome, RoundKind
from app.domain.roles import Role
from app.services.paper_heads import local_second
from app.services.quizzing import Team
from app.words import Words
from ui.context import ScreenContext
from ui.theme.styling import mark
from ui.theme.tokens import Theme, Tone
from ui.widgets.big_number import BigNumber
from ui.widgets.buttons import plain_button
from ui.widgets.drop_down import DropDown
from ui.widgets.labels import ElidedLabel, Kind, key_hint, text_label
from ui.widgets.layout import STRETCH, card, column, row
from ui.widgets.state_chip import StateChip
from ui.widgets.table import Table
from ui.widgets.text_model import Heading, TextModel

if TYPE_CHECKING:
    from ui.screens.marking.quiz_screen import QuizScreen

_LAST_SECONDS = 5
_REFRESH_MS = 200
_TENTH_MS = 100
_STAKE_KEYS = "ASDF"

_TONES = {
    QuizOutcome.RIGHT: Tone.DONE,
    QuizOutcome.PART: Tone.DONE,
    QuizOutcome.WRONG: Tone.BLOCKED,
    QuizOutcome.EARLY: Tone.ATTENTION,
}


class TeamTile(QFrame):
    """A team: its key, name and unit, its score large, and what it made of the question."""

    def __init__(self, theme: Theme, words: Words, on_chosen: Callable[[], object]):
        super().__init__()
        self._words = words
        self._on_chosen = on_chosen
        self.key = key_hint("")
        self.name = ElidedLabel("", Kind.STRONG)
        self._unit = ElidedLabel("", Kind.LABEL)
        self.score = text_label("", Kind.NAME)
        self.chip = StateChip(theme, Tone.IDLE, "–")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setLayout(
            column(
                theme,
                row(theme, self.key, (self.name, 1)),
                self.score,
                row(theme, (self._unit, 1), self.chip),
                gap=0.5,
                margin=1.5,
            )
        )

    def show_team(
        self, team: Team, key: str, *, is_chosen: bool, outcome: QuizOutcome | None
    ) -> None:
        self.key.setText(key)
        self.name.setText(team.name)
        told = (team.entry.number, team.entry.unit)
        self._unit.setText(" · ".join(part for part in told if part))
        score = plain_points(team.score)
        self.score.setText(score)
        if outcome is not None:
            state, tone = self._words.say(f"quiz.outcome_{outcome.value}"), _TONES[outcome]
        elif is_chosen:
            state, tone = self._words.say("quiz.answering"), Tone.RUNNING
        else:
            state, tone = self._words.say("quiz.waiting"), Tone.IDLE
        self.chip.show_state(tone, state)
        mark(self, kind="banner" if is_chosen else "card", tone=Tone.RUNNING if is_chosen else None)
        self.setAccessibleName(f"{team.entry.number} {team.name}: {score}, {state}")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._on_chosen()


class OnTable(QWidget):
    """The round, its question, what it is worth, the stakes, and the time to answer."""

    def __init__(self, context: ScreenContext, screen: QuizScreen) -> None:
        super().__init__()
        self._words = context.words
        self._presenter = presenter = screen.presenter
        theme, say = context.theme, context.words.say
        self.rounds = DropDown()
        self.rounds.setAccessibleName(say("quiz.round"))
        self.rounds.setToolTip(say("quiz.round"))
        self.rounds.activated.connect(
            lambda place: presenter.choose_round(self.rounds.itemData(place))
        )
        self.question = BigNumber(theme, say("quiz.question"))
        self.worth = text_label("", Kind.MUTED, wraps=True)
        self.time = BigNumber(theme, say("quiz.time"))
        self.clock = plain_button(theme, say("quiz.start_time"), presenter.start_time, key="T")
        self.stakes = [
            plain_button(
                theme,
                "–",
                lambda number=number: presenter.choose_stake(number),  # type: ignore[misc]
                key=key,
            )
            for number, key in enumerate(_STAKE_KEYS, start=1)
        ]
        self.before = plain_button(
            theme, say("quiz.before"), lambda: presenter.step_question(-1), key="B"
        )
        self.next = plain_button(
            theme, say("quiz.next"), lambda: presenter.step_question(1), key="N"
        )
        self._timer = QTimer(self)
        self._timer.setInterval(_REFRESH_MS)
        self._timer.timeout.connect(self._show_time)
        framed = card(
            theme,
            self.rounds,
            row(theme, self.question, STRETCH, self.time, self.clock),
            self.worth,
            row(theme, *self.stakes, STRETCH),
            row(theme, STRETCH, self.before, self.next),
        )
        self.setLayout(column(theme, framed))

    def show_question(self) -> None:
        presenter, say = self._presenter, self._words.say
        one, quiz = presenter.round, presenter.quiz
        if one is None or quiz is None:
            return
        with QSignalBlocker(self.rounds):
            self.rounds.clear()
            for known in quiz.rules.rounds:
                self.rounds.addItem(self._words.pick(known.name, known.name_en), known.id)
            self.rounds.setCurrentIndex(self.rounds.findData(one.id))
        most = max(one.questions, presenter.question)
        self.question.show_number(
            f"{presenter.question} / {most}", Tone.DONE if presenter.is_over else None
        )
        points = {"right": str(one.right), "wrong": str(one.wrong), "early": str(one.early)}
        over = say("quiz.round_over") if presenter.next_round else say("quiz.all_over")
        if one.kind is RoundKind.SUDDEN_DEATH:
            over = say("quiz.no_tie")
        worth = say(f"quiz.worth_{one.kind.value}", **points)
        if presenter.takes_parts:
            worth = say("quiz.worth_part", worth=worth, part=str(one.part))
        self.worth.setText(over if presenter.is_over else worth)
        for place, button in enumerate(self.stakes):
            button.setVisible(place < len(presenter.stakes))
            if place < len(presenter.stakes):
                stake = presenter.stakes[place]
                text = plain_points(stake)
                is_chosen = stake == presenter.stake
                button.setText(say("quiz.stake_chosen", stake=text) if is_chosen else text)
        self._show_time()

    def _show_time(self) -> None:
        presenter = self._presenter
        left = presenter.seconds_left()
        tone = None
        if presenter.is_timing:
            tone = Tone.BLOCKED if not left else Tone.RUNNING
            tone = Tone.ATTENTION if 0 < left <= _LAST_SECONDS else tone
        self.time.show_number(str(left), tone)
        key = "quiz.stop_time" if presenter.is_timing else "quiz.start_time"
        self.clock.setText(self._words.say(key))
        if presenter.is_timing and left:
            self._timer.start()
        else:
            self._timer.stop()


class RecordPart(QWidget):
    """Every answer, latest first; the chief judge takes one back."""

    def __init__(self, context: ScreenContext, screen: QuizScreen) -> None:
        super().__init__()
        self._context, self._words = context, context.words
        self._presenter = screen.presenter
        theme, say = context.theme, context.words.say
        self.model = TextModel(
            [
                Heading(say("quiz.record_time")),
                Heading(say("quiz.record_team")),
                Heading(say("quiz.record_points"), is_number=True),
                Heading(say("quiz.record_after"), is_number=True),
                Heading(say("quiz.record_question")),
            ]
        )
        self.table = Table(theme, name=say("quiz.record"))
        self.table.setModel(self.model)
        self.table.lay_out(widths={0: 7, 1: 4, 2: 5, 3: 5}, stretched=(4,))
        self.void = plain_button(theme, say("quiz.void"), screen.void_chosen, key="F2")
        self.carry = plain_button(theme, say("quiz.carry"), screen.carry_over)
        self.setLayout(
            column(
                theme,
                text_label(say("quiz.record"), Kind.LABEL),
                (self.table, 1),
                row(theme, self.carry, STRETCH, self.void),
            )
        )

    @property
    def chosen_line(self) -> int:
        """The line chosen in the record, or the first."""
        return max(0, self.table.currentIndex().row())

    def show_record(self) -> None:
        quiz = self._presenter.quiz
        if quiz is None:
            return
        rows = []
        for one in reversed(quiz.answers):
            team, of = quiz.team(one.fact.entry), quiz.rules.round(one.fact.round)
            name = self._words.pick(of.name, of.name_en) if of else one.fact.round
            shown = team.entry.number if team else one.fact.entry
            question = f"{name} {one.fact.question}"
            after = one.fact.after_ms
            ran = "–" if after is None else self._seconds(after)
            rows.append((local_second(one.at), shown, signed(one.fact.points), ran, question))
        self.model.show_rows(rows)
        may_score = self._presenter.may_score
        self.void.setVisible(self._context.station.actor.role is Role.CHIEF)
        self.void.setEnabled(may_score and bool(quiz.answers))
        self.carry.setVisible(may_score and bool(quiz.answers and quiz.differing))

    def _seconds(self, ran_ms: int) -> str:
        """How long a team took, to the tenth that was reached."""
        tenths = ran_ms // _TENTH_MS
        text: str = self._words.say("quiz.after", seconds=f"{tenths // 10}.{tenths % 10}")
        return text


def signed(points: int) -> str:
    """Points gained or lost, with their sign."""
    sign = "+" if points > 0 else "−" if points < 0 else ""
    return sign + plain_points(abs(points))
