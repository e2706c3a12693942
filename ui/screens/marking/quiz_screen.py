"""The quiz screen: the teams with their scores, the question on the table, and a key for all of it.

What the hall sees is published results only; this is the scorekeeper's desk.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.changes import Changes
from app.domain.ids import EventCode
from app.domain.points import plain_points
from app.domain.quiz_rules import QuizOutcome
from app.domain.scheme import Event
from ui.context import Place, ScreenContext
from ui.dialogs import asked_why
from ui.first_things import first_things
from ui.screens.marking.quiz_parts import OnTable, RecordPart, TeamTile, signed
from ui.screens.marking.quiz_presenter import QuizPresenter
from ui.screens.marking.quiz_wall import QuizWall, WallTeam, WallTexts
from ui.widgets.banner import Banner
from ui.widgets.buttons import KeyButton, plain_button, primary_button
from ui.widgets.labels import Kind, text_label
from ui.widgets.layout import STRETCH, column, row, scrolling
from ui.widgets.page_stack import PageStack

_ACROSS = 3
_VOID_REASONS = ("ruling", "slip", "other")


class QuizScreen(QWidget):
    """Shows what the presenter holds and hands it every key."""

    help_key = "quiz.help"

    def __init__(self, context: ScreenContext, event: Event) -> None:
        super().__init__()
        self._context, self._words, self._rules = context, context.words, event
        theme, say = context.theme, context.words.say
        self.presenter = QuizPresenter(context.station, self, event.code)
        self.banner = Banner(theme, context.words)
        self.tiles: list[TeamTile] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.px(1.5))
        board = QWidget()
        self._grid.setContentsMargins(0, 0, 0, 0)
        board.setLayout(column(theme, self._grid, STRETCH))
        self.on_table = OnTable(context, self)
        self.record = RecordPart(context, self)
        self.early = self._outcome_button(QuizOutcome.EARLY, "E")
        self.part = self._outcome_button(QuizOutcome.PART, "P")
        self.wrong = self._outcome_button(QuizOutcome.WRONG, "W")
        self.right = primary_button(
            theme,
            say("quiz.right"),
            lambda: self.banner.attempt(lambda: self.presenter.record(QuizOutcome.RIGHT)),
            key="R",
        )
        self.hall: QuizWall | None = None
        self._lay_out(board)
        for digit in "0123456789":
            QShortcut(QKeySequence(digit), self, lambda digit=digit: self._on_digit(digit))
        self.presenter.read_again()

    def showEvent(self, event: QShowEvent) -> None:
        """Keys are for teams and answers; no field has the focus."""
        super().showEvent(event)
        self._body.setFocus()

    # What the frame asks

    def reload(self, _changes: Changes) -> None:
        self.presenter.read_again()

    def waiting(self) -> int:
        return len(self.presenter.quiz.differing) if self.presenter.quiz else 0

    def where(self) -> tuple[str, ...]:
        return (self._words.pick(self._rules.name, self._rules.name_en),)

    def focus_on(self, _wanted: Mapping[str, str]) -> None:
        self.presenter.read_again()

    @property
    def event_code(self) -> EventCode:
        return self._rules.code

    # What the presenter asks

    def show_quiz(self) -> None:
        presenter = self.presenter
        if not presenter.teams:
            self._show_obstacle()
            return
        self._body.show_first()
        self._show_teams()
        self.on_table.show_question()
        self.record.show_record()
        may_score = presenter.may_score
        for button in (self.right, self.wrong):
            button.setEnabled(may_score and presenter.selected is not None)
        for button, is_known in (
            (self.early, presenter.can_buzz),
            (self.part, presenter.takes_parts),
        ):
            button.setVisible(is_known)
            button.setEnabled(is_known and may_score and presenter.selected is not None)
        self._show_keys()
        if self.hall is not None:
            self.hall.show_score(*self._wall())

    # What the person does

    def void_chosen(self) -> None:
        """Take back the answer chosen in the record, or the last one, with a reason."""
        quiz = self.presenter.quiz
        if quiz is None or not quiz.answers:
            return
        line = self.record.chosen_line
        chosen = quiz.answers[len(quiz.answers) - 1 - line]
        say = self._words.say
        labels = {code: say(f"quiz.void_{code}") for code in _VOID_REASONS}
        team = quiz.team(chosen.fact.entry)
        reason = asked_why(
            self._context.ask,
            say("quiz.void_title"),
            say(
                "quiz.void_text",
                team=team.name if team else chosen.fact.entry,
                question=chosen.fact.question,
                points=signed(chosen.fact.points),
            ),
            labels,
        )
        if reason is not None:
            self.banner.attempt(lambda: self.presenter.void(chosen.op_id, reason))

    def carry_over(self) -> None:
        say = self._words.say
        self.banner.attempt(
            lambda: self._context.announce(say("quiz.carried", count=self.presenter.carry()))
        )

    # The hall

    def turn_hall(self) -> None:
        """Put the running score on the second monitor, or take it down again."""
        if self.hall is not None and self.hall.isVisible():
            self.close_hall()
        else:
            self.make_hall().show_on_second_screen()

    def make_hall(self) -> QuizWall:
        """The running score as it stands now, not yet on any screen."""
        self.close_hall()
        texts, teams = self._wall()
        self.hall = QuizWall(self._context.theme, texts)
        self.hall.show_score(texts, teams)
        return self.hall

    def close_hall(self) -> None:
        if self.hall is not None:
            self.hall.close()
            self.hall.deleteLater()
            self.hall = None

    def closeEvent(self, event: QCloseEvent) -> None:
        self.close_hall()
        super().closeEvent(event)

    # Inside

    def _wall(self) -> tuple[WallTexts, tuple[WallTeam, ...]]:
        presenter, say, pick = self.presenter, self._words.say, self._words.pick
        one, question = presenter.round, ""
        if one is not None:
            name = pick(one.name, one.name_en)
            question = say("quiz.wall_question", round=name, question=presenter.question)
        teams = []
        for team in presenter.teams:
            outcome = presenter.answered(team.entry.id)
            note = "" if outcome is None else say(f"quiz.outcome_{outcome.value}")
            is_asked = team.entry.id == presenter.selected
            teams.append(WallTeam(team.name, plain_points(team.score), note, is_asked))
        title = pick(self._rules.name, self._rules.name_en)
        return WallTexts(title, question, say("quiz.wall_caution")), tuple(teams)

    def _on_digit(self, digit: str) -> None:
        self.banner.attempt(lambda: self.presenter.type_digit(digit))

    def _show_keys(self) -> None:
        """Which keys there are, or that a team's number wants its second digit."""
        presenter, say = self.presenter, self._words.say
        last = len(presenter.teams) - 1
        teams = f"{presenter.key_of(0)}–{presenter.key_of(last)}"
        typed = presenter.first_digit
        self.keys.setText(
            say("quiz.typed", digit=typed) if typed else say("quiz.keys", teams=teams)
        )

    def _outcome_button(self, outcome: QuizOutcome, key: str) -> KeyButton:
        return plain_button(
            self._context.theme,
            self._words.say(f"quiz.{outcome.value}"),
            lambda: self.banner.attempt(lambda: self.presenter.record(outcome)),
            key=key,
        )

    def _lay_out(self, board: QWidget) -> None:
        theme = self._context.theme
        side = QWidget()
        side.setLayout(column(theme, self.on_table, (self.record, 1)))
        side.setFixedWidth(theme.px(58))
        self._area = scrolling(theme, board)
        self.keys = text_label("", Kind.LABEL, wraps=True)
        working = QWidget()
        working.setLayout(
            column(
                theme,
                self.banner,
                (row(theme, (self._area, 1), side, gap=2), 1),
                row(theme, (self.keys, 1), self.early, self.wrong, self.part, self.right, gap=1.5),
                gap=1.5,
            )
        )
        self._body = PageStack()
        self._body.addWidget(working)
        working.setFocusProxy(self.record.table)
        title = text_label(self._words.pick(self._rules.name, self._rules.name_en), Kind.TITLE)
        hall = plain_button(theme, self._words.say("quiz.wall"), self.turn_hall, key="H")
        head = row(theme, title, STRETCH, hall)
        self.setLayout(column(theme, head, (self._body, 1), gap=1.5, margin=2))

    def _show_teams(self) -> None:
        presenter = self.presenter
        for number in range(len(self.tiles), len(presenter.teams)):
            tile = TeamTile(
                self._context.theme,
                self._words,
                lambda place=number: presenter.select_team(  # type: ignore[misc]
                    presenter.teams[place].entry.id
                ),
            )
            self.tiles.append(tile)
            self._grid.addWidget(tile, number // _ACROSS, number % _ACROSS)
        for place, tile in enumerate(self.tiles):
            tile.setVisible(place < len(presenter.teams))
        for place, (tile, team) in enumerate(zip(self.tiles, presenter.teams, strict=False)):
            tile.show_team(
                team,
                presenter.key_of(place),
                is_chosen=team.entry.id == presenter.selected,
                outcome=presenter.answered(team.entry.id),
            )
            if team.entry.id == presenter.selected:
                self._area.ensureWidgetVisible(tile)

    def _show_obstacle(self) -> None:
        say, obstacle = self._words.say, self.presenter.obstacle
        place = Place.CHECKIN if obstacle is None else Place.SETUP
        text = say("quiz.no_teams") if obstacle is None else self._words.explain(obstacle)
        self._body.show_instead(
            first_things(self._context, "marking", say("quiz.empty_title"), text, place)
        )
