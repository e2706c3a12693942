"""A quiz is scored by what was answered, in order; sudden death parts ties and nothing else."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from app.domain.entries import Entry
from app.domain.errors import RuleBroken
from app.domain.facts.quiz import QuizAnswered
from app.domain.ids import AspectId, EntryId, EventCode
from app.domain.points import Points
from app.domain.quiz import (
    answer_points,
    asking_order,
    may_answer,
    next_turn,
    quiz_scores,
    sudden_death,
)
from app.domain.quiz_rules import (
    QuizOutcome,
    QuizRound,
    QuizRules,
    RoundKind,
    RoundOrder,
    round_faults,
)

RIGHT, PART, WRONG, EARLY = QuizOutcome
EVENT = EventCode("QUIZ")
A, B, C = (EntryId(f"QUIZ-0{number}") for number in (1, 2, 3))
TEAMS = tuple(Entry(one, EVENT, one[-2:]) for one in (A, B, C))

MUST = QuizRound(id="must", kind=RoundKind.MUST_ANSWER, name="必答题", questions=2)
BUZZER = QuizRound(
    id="buzz",
    kind=RoundKind.BUZZER,
    name="抢答题",
    questions=2,
    right=Decimal(20),
    part=Decimal("0.5"),
    wrong=Decimal(20),
    early=Decimal(10),
)
RISK = QuizRound(
    id="risk",
    kind=RoundKind.RISK,
    name="风险题",
    questions=1,
    stakes=(Decimal(10), Decimal(20), Decimal(30)),
    order=RoundOrder.HIGHEST,
)
SUDDEN = QuizRound(id="sudden", kind=RoundKind.SUDDEN_DEATH, name="加赛题", questions=1, seconds=15)
RULES = QuizRules(aspect=AspectId("Q1.1"), rounds=(MUST, BUZZER, RISK, SUDDEN), base=Decimal(100))


def answer(
    entry: EntryId, one: QuizRound, question: int, outcome: QuizOutcome, stake: int | None = None
) -> QuizAnswered:
    chosen = None if stake is None else Points(stake * 10_000)
    return QuizAnswered(
        event=EVENT,
        entry=entry,
        round=one.id,
        question=question,
        outcome=outcome,
        points=answer_points(one, outcome, chosen),
        stake=chosen,
    )


@pytest.mark.parametrize(
    ("one", "outcome", "stake", "points"),
    [
        (MUST, RIGHT, None, 100_000),
        (MUST, WRONG, None, 0),
        (BUZZER, RIGHT, None, 200_000),
        (BUZZER, PART, None, 5_000),
        (BUZZER, WRONG, None, -200_000),
        (BUZZER, EARLY, None, -100_000),
        (RISK, RIGHT, 300_000, 300_000),
        (RISK, WRONG, 300_000, -300_000),
        (SUDDEN, RIGHT, None, 0),
    ],
)
def test_each_kind_of_round_gains_and_loses_what_its_rules_say(
    one: QuizRound, outcome: QuizOutcome, stake: int | None, points: int
) -> None:
    assert answer_points(one, outcome, None if stake is None else Points(stake)) == points


def test_a_stake_that_is_not_on_offer_is_refused() -> None:
    with pytest.raises(RuleBroken, match="quiz-stake"):
        answer_points(RISK, RIGHT, Points(150_000))
    with pytest.raises(RuleBroken, match="quiz-stake"):
        answer_points(RISK, RIGHT)


def test_scores_begin_at_the_base_and_follow_the_answers() -> None:
    answers = [
        answer(A, MUST, 1, RIGHT),
        answer(B, MUST, 1, WRONG),
        answer(A, BUZZER, 1, EARLY),
        answer(B, BUZZER, 1, RIGHT),
        answer(A, RISK, 1, WRONG, 30),
    ]
    # A: 100 + 10 - 10 - 30; B: 100 + 0 + 20; C was never asked.
    assert quiz_scores(RULES, (A, B, C), answers) == {A: 700_000, B: 1_200_000, C: 1_000_000}


def test_a_score_goes_below_zero_unless_there_is_a_floor_which_holds_at_every_moment() -> None:
    free = QuizRules(aspect=RULES.aspect, rounds=RULES.rounds)
    floored = QuizRules(aspect=RULES.aspect, rounds=RULES.rounds, lowest=Decimal(0))
    answers = [answer(A, BUZZER, 1, WRONG), answer(A, MUST, 1, RIGHT)]
    assert quiz_scores(free, (A,), answers) == {A: -100_000}
    assert quiz_scores(floored, (A,), answers) == {A: 100_000}


def test_a_team_answers_a_question_once_and_a_right_answer_closes_the_buzzer() -> None:
    answers = [answer(A, BUZZER, 1, WRONG)]

    def refusal(entry: EntryId, question: int = 1, round_id: str = "buzz") -> str | None:
        found = may_answer(
            RULES, answers, entry=entry, round_id=round_id, question=question, outcome=RIGHT
        )
        return None if found is None else found.code

    assert refusal(A) == "quiz-answered-already"
    assert refusal(B) is None
    answers.append(answer(B, BUZZER, 1, RIGHT))
    assert refusal(C) == "quiz-question-closed"
    assert refusal(C, 2) is None
    assert refusal(C, 3) == "quiz-question-unknown"
    assert refusal(C, round_id="none") == "quiz-round-unknown"
    assert refusal(C, 7, "sudden") is None, "sudden death goes on until it is decided"
    partly = [answer(A, BUZZER, 2, PART)]
    found = may_answer(RULES, partly, entry=B, round_id="buzz", question=2, outcome=RIGHT)
    assert found is not None
    assert found.code == "quiz-question-closed", "a partial answer has gained its points"
    found = may_answer(RULES, answers, entry=C, round_id="must", question=1, outcome=PART)
    assert found is not None
    assert found.code == "quiz-no-part"
    found = may_answer(RULES, answers, entry=C, round_id="must", question=1, outcome=EARLY)
    assert found is not None
    assert found.code == "quiz-nothing-to-buzz"


def test_a_partial_answer_has_at_most_the_points_of_a_right_one_where_points_are_fixed() -> None:
    assert list(round_faults(BUZZER)) == []
    assert list(round_faults(replace(BUZZER, part=Decimal(21)))) == ["round-part"]
    assert list(round_faults(replace(RISK, part=Decimal(5)))) == ["round-part"]


def test_the_next_turn_goes_round_the_teams_question_by_question() -> None:
    first = next_turn(MUST, TEAMS, [])
    assert first is not None
    assert (first.question, first.entry) == (1, A)
    answers = [answer(A, MUST, 1, RIGHT), answer(B, MUST, 1, WRONG), answer(C, MUST, 1, RIGHT)]
    second = next_turn(MUST, TEAMS, answers)
    assert second is not None
    assert (second.question, second.entry) == (2, A)
    answers += [answer(team, MUST, 2, RIGHT) for team in (A, B, C)]
    assert next_turn(MUST, TEAMS, answers) is None


def test_a_buzzer_question_stays_open_until_it_is_right() -> None:
    turn = next_turn(BUZZER, TEAMS, [answer(A, BUZZER, 1, WRONG)])
    assert turn is not None
    assert (turn.question, turn.entry) == (1, None)
    turn = next_turn(BUZZER, TEAMS, [answer(A, BUZZER, 1, RIGHT)])
    assert turn is not None
    assert turn.question == 2
    assert next_turn(BUZZER, TEAMS, [answer(A, BUZZER, 2, RIGHT)]) is None


def test_what_was_answered_in_another_round_leaves_this_one_where_it_is() -> None:
    others = [answer(A, MUST, 1, RIGHT), answer(B, MUST, 2, RIGHT), answer(C, MUST, 2, RIGHT)]
    turn = next_turn(BUZZER, TEAMS, others)
    assert turn is not None
    assert turn.question == 1
    turn = next_turn(MUST, TEAMS, [answer(A, BUZZER, 1, RIGHT), answer(B, SUDDEN, 1, RIGHT)])
    assert turn is not None
    assert (turn.question, turn.entry) == (1, A)


def test_sudden_death_goes_on_as_long_as_there_is_a_tie_to_part() -> None:
    first = next_turn(SUDDEN, TEAMS[:2], [])
    assert first is not None
    assert (first.question, first.entry) == (1, A)
    answers = [answer(team, SUDDEN, question, RIGHT) for question in (1, 2) for team in (A, B)]
    third = next_turn(SUDDEN, TEAMS[:2], answers)
    assert third is not None
    assert (third.question, third.entry) == (3, A)


def test_a_round_may_ask_the_highest_score_first_and_the_draw_parts_equal_ones() -> None:
    scores = {A: Points(10), B: Points(30), C: Points(10)}
    assert [team.id for team in asking_order(RISK, TEAMS, scores)] == [B, A, C]
    assert [team.id for team in asking_order(MUST, TEAMS, scores)] == [A, B, C]


def test_sudden_death_puts_first_whoever_is_right_where_the_others_are_wrong() -> None:
    answers = [
        answer(A, SUDDEN, 1, RIGHT),
        answer(B, SUDDEN, 1, RIGHT),
        answer(A, SUDDEN, 2, WRONG),
    ]
    assert sudden_death(RULES, [(A, B)], answers) == (), "B has still to answer"
    answers.append(answer(B, SUDDEN, 2, RIGHT))
    (decision,) = sudden_death(RULES, [(A, B)], answers)
    assert decision.entries == (B, A)
    assert decision.reason == "2 : 1"


def test_answers_of_the_other_rounds_part_no_tie() -> None:
    answers = [answer(A, MUST, 1, WRONG), answer(B, MUST, 1, RIGHT)]
    assert sudden_death(RULES, [(A, B)], answers) == ()


def test_sudden_death_that_has_not_parted_every_team_decides_nothing() -> None:
    answers = [
        answer(A, SUDDEN, 1, RIGHT), answer(B, SUDDEN, 1, RIGHT), answer(C, SUDDEN, 1, WRONG)
    ]  # fmt: skip
    assert sudden_death(RULES, [(A, B, C)], answers) == ()
    assert sudden_death(RULES, [(A, B)], []) == ()


def test_the_highest_score_counts_every_question_and_the_highest_stake() -> None:
    # 100 + 2 * 10 + 2 * 20 + 30
    assert RULES.highest == 190
