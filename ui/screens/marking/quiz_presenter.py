"""What the quiz screen does, without Qt: the question on the table, who answers, what came of it.

Teams keep their number key for the whole quiz, the order drawn. Which question is on the table is
worked out from the answers on record, and can be moved by whoever leads the quiz.
"""

from __future__ import annotations

from typing import Protocol

from app.domain.errors import RuleBroken
from app.domain.facts import QuizAnswered
from app.domain.ids import EntryId, EventCode, OpId
from app.domain.points import Points, points_of
from app.domain.quiz import asking_order, next_turn
from app.domain.quiz_rules import QuizOutcome, QuizRound, RoundKind
from app.domain.roles import may_record
from app.services.live import board
from app.services.quizzing import Answer, Quiz, Team, carry_scores, give_answer, quiz, void_answer
from app.services.station import Station

MOST_BY_ONE_KEY = 9
"""With more teams, each is chosen by two digits."""

_SECOND_MS = 1000


class QuizView(Protocol):
    """What the presenter asks of the screen: read me again and show it."""

    def show_quiz(self) -> None: ...


class QuizPresenter:
    """Holds the round and question on the table, the team that answers, and its stake."""

    def __init__(self, station: Station, view: QuizView, event: EventCode) -> None:
        self._station = station
        self._view = view
        self._event = event
        self._ends_at_ms: int | None = None
        self.quiz: Quiz | None = None
        self.obstacle: RuleBroken | None = None
        self.round: QuizRound | None = None
        self.question = 1
        self.is_over = False
        self.selected: EntryId | None = None
        self.stake: Points | None = None
        self.first_digit = ""

    # Reading

    def read_again(self) -> None:
        """Read the quiz; the question on the table stays unless it was closed meanwhile."""
        try:
            self.quiz = quiz(self._station, self._event)
            self.obstacle = None
        except RuleBroken as refused:
            self.quiz, self.obstacle = None, refused
        if self.quiz is not None:
            if self.round is None:
                self.round = self._first_open_round(self.quiz)
                self._take_turn()
            elif self.selected is not None and self.quiz.team(self.selected) is None:
                self.selected = None
        self._view.show_quiz()

    @property
    def teams(self) -> tuple[Team, ...]:
        return self.quiz.teams if self.quiz else ()

    @property
    def stakes(self) -> tuple[Points, ...]:
        return tuple(points_of(value) for value in self.round.stakes) if self.round else ()

    @property
    def can_buzz(self) -> bool:
        """Whether this round knows early buzzes."""
        kinds = {RoundKind.BUZZER, RoundKind.SUDDEN_DEATH}
        return self.round is not None and self.round.kind in kinds

    @property
    def takes_parts(self) -> bool:
        """Whether this round has points for a partial answer."""
        return self.round is not None and self.round.part > 0

    @property
    def may_score(self) -> bool:
        is_open = self.quiz is not None and not self.quiz.is_locked
        return is_open and may_record(self._station.actor, QuizAnswered)

    def answered(self, entry: EntryId) -> QuizOutcome | None:
        """What a team made of the question on the table, if it had its turn."""
        if self.quiz is None or self.round is None:
            return None
        for given in self.quiz.given:
            if (given.entry, given.round, given.question) == (entry, self.round.id, self.question):
                return given.outcome
        return None

    # Choosing

    def choose_round(self, round_id: str) -> None:
        if self.quiz is None:
            return
        self.round = self.quiz.rules.round(round_id) or self.round
        self._take_turn()
        self._view.show_quiz()

    @property
    def next_round(self) -> QuizRound | None:
        """The round behind the chosen one; ``None`` behind the last."""
        if self.quiz is None or self.round is None:
            return None
        rounds = self.quiz.rules.rounds
        return next(iter(rounds[rounds.index(self.round) + 1 :]), None)

    def step_question(self, by: int) -> None:
        """Another question, e.g. when nobody buzzed; once the round is over, the next round."""
        if self.round is None:
            return
        if by > 0 and self.is_over and self.next_round is not None:
            self.choose_round(self.next_round.id)
            return
        if by < 0 and self.is_over:
            # Back from behind the last question.
            by = 0
        most = self.round.questions
        is_last = self.question == most
        if self.round.kind is RoundKind.SUDDEN_DEATH:
            most = self.question + 1
        self.question = max(1, min(most, self.question + by))
        is_unwanted = by > 0 and is_last and self.round.is_shared
        self.is_over = is_unwanted or not self._order()
        self.selected, self.stake = self._asked_first(), None
        self._ends_at_ms = None
        self._view.show_quiz()

    def key_of(self, place: int) -> str:
        """The digits that choose the team at this place, from 0."""
        return str(place + 1) if len(self.teams) <= MOST_BY_ONE_KEY else f"{place + 1:02d}"

    def type_digit(self, digit: str) -> None:
        """A digit of a team's number; the last one chooses it. Raises ``RuleBroken``."""
        typed = self.first_digit + digit
        if not self.teams:
            return
        if len(typed) < len(self.key_of(0)):
            self.first_digit = typed
            self._view.show_quiz()
            return
        self.first_digit = ""
        keys = [self.key_of(place) for place in range(len(self.teams))]
        if typed not in keys:
            self._view.show_quiz()
            raise RuleBroken("quiz-team-number", number=typed, most=keys[-1])
        self.select_team(self.teams[keys.index(typed)].entry.id)

    def select_team(self, entry: EntryId) -> None:
        self.first_digit = ""
        if entry != self.selected:
            self.stake = None
        self.selected = entry
        self._view.show_quiz()

    def choose_stake(self, number: int) -> None:
        """The first, second or third stake on offer."""
        if 1 <= number <= len(self.stakes):
            self.stake = self.stakes[number - 1]
            self._view.show_quiz()

    # Recording

    def record(self, outcome: QuizOutcome) -> None:
        """The chosen team's answer; the next turn comes up by itself. Raises ``RuleBroken``."""
        if self.round is None or self.quiz is None:
            return
        if self.selected is None:
            raise RuleBroken("quiz-choose-team")
        give_answer(
            self._station,
            self._event,
            self.selected,
            Answer(self.round.id, self.question, outcome, self.stake, self._ran_for_ms()),
            origin=self,
        )
        self._ends_at_ms = None
        self.quiz = quiz(self._station, self._event)
        self._take_turn()
        self._view.show_quiz()

    def void(self, op: OpId, reason: str) -> None:
        void_answer(self._station, self._event, op, reason, origin=self)
        self.read_again()

    def carry(self) -> int:
        """Bring the marks up to the answers; returns how many were given."""
        given = carry_scores(self._station, self._event, origin=self)
        self.read_again()
        return given

    # The time of a question

    def start_time(self) -> None:
        """Start the time of the question, or stop it."""
        if self.round is None or self._ends_at_ms is not None:
            self._ends_at_ms = None
        else:
            self._ends_at_ms = self._now_ms() + self.round.seconds * _SECOND_MS
        self._view.show_quiz()

    @property
    def is_timing(self) -> bool:
        return self._ends_at_ms is not None

    def seconds_left(self) -> int:
        """Whole seconds left to answer, never below 0; all of them before the time runs."""
        if self.round is None:
            return 0
        if self._ends_at_ms is None:
            return self.round.seconds
        return max(0, -(-(self._ends_at_ms - self._now_ms()) // _SECOND_MS))

    def _ran_for_ms(self) -> int | None:
        """How long the time of the question has run; ``None`` where it was not started."""
        if self.round is None or self._ends_at_ms is None:
            return None
        return self.round.seconds * _SECOND_MS - (self._ends_at_ms - self._now_ms())

    def _now_ms(self) -> int:
        return self._station.time.reading().mono_ms

    # Inside

    def _order(self) -> list[Team]:
        """The teams of the round in the order they are asked; only those tied in sudden death."""
        if self.quiz is None or self.round is None:
            return []
        teams = list(self.quiz.teams)
        if self.round.kind is RoundKind.SUDDEN_DEATH:
            tied = {
                entry
                for tie in board(self._station, self._event).ranking.open_ties
                for entry in tie
            }
            teams = [team for team in teams if team.entry.id in tied]
        scores = {team.entry.id: team.score for team in teams}
        order = asking_order(self.round, [team.entry for team in teams], scores)
        by_entry = {team.entry.id: team for team in teams}
        return [by_entry[entry.id] for entry in order]

    def _take_turn(self) -> None:
        """The question and team that come next in the round on the table."""
        assert self.quiz is not None, "asked only about a quiz that was read"
        assert self.round is not None, "a quiz that was read has a round on the table"
        turn = next_turn(self.round, [team.entry for team in self._order()], self.quiz.given)
        self.is_over = turn is None
        self.stake = None
        if turn is None:
            self.question, self.selected = self.round.questions, None
        else:
            self.question, self.selected = turn.question, turn.entry

    def _asked_first(self) -> EntryId | None:
        if self.round is None or self.round.is_shared:
            return None
        waiting = [team for team in self._order() if self.answered(team.entry.id) is None]
        return waiting[0].entry.id if waiting else None

    def _first_open_round(self, now: Quiz) -> QuizRound:
        """The round of the last answer, unless it is over: then the one after it."""
        rounds = list(now.rules.rounds)
        if not now.answers:
            return rounds[0]
        last = now.rules.round(now.answers[-1].fact.round) or rounds[0]
        teams = [team.entry for team in now.teams]
        if next_turn(last, teams, now.given) is None and last is not rounds[-1]:
            return rounds[rounds.index(last) + 1]
        return last
