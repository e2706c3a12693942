"""A quiz is recorded answer by answer; its score is a mark like any other, and can be verified."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.domain.errors import RuleBroken
from app.domain.facts import ResultStatus
from app.domain.ids import PANEL, EntryId, ModuleId
from app.domain.points import Points
from app.domain.quiz_rules import QuizOutcome
from app.domain.roles import Actor, Role
from app.services import results
from app.services.entrants import Entrant, register
from app.services.live import board
from app.services.marking import commit_sheet, sheet
from app.services.quizzing import Answer, carry_scores, give_answer, quiz, void_answer
from app.services.signing_off import lock_module, sign_sheets
from app.services.station import Station
from app.services.undo import last_undoable, undo_last
from app.services.verifying import verify
from app.storage.people import Person
from tests.services.fed_samples import QUIZ, T1, T2, T3, fed_station
from tests.services.marking_samples import scores as typed_scores

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RIGHT, WRONG, EARLY = QuizOutcome.RIGHT, QuizOutcome.WRONG, QuizOutcome.EARLY
Q = ModuleId("Q")


@pytest.fixture
def station() -> Iterator[Station]:
    opened = fed_station("quiz")
    yield opened
    opened.close()


def answer(
    station: Station,
    entry: EntryId,
    round_id: str,
    question: int,
    outcome: QuizOutcome,
    stake: int | None = None,
) -> None:
    give_answer(
        station,
        QUIZ,
        entry,
        Answer(round_id, question, outcome, None if stake is None else Points(stake * 10_000)),
    )


def shown(station: Station) -> list[int]:
    return [team.score // 10_000 for team in quiz(station, QUIZ).teams]


def totals(station: Station) -> list[tuple[str, int | None, str, str]]:
    return [
        (row.entry, row.rank, row.total, row.award)
        for row in results.leaderboard(station, QUIZ).rows
    ]


def whole_quiz(station: Station) -> None:
    """Ends with 140, 130 and 60."""
    for entry, outcome in ((T1, RIGHT), (T2, RIGHT), (T3, WRONG)):
        answer(station, entry, "MUST", 1, outcome)
    for entry, outcome in ((T1, WRONG), (T2, RIGHT), (T3, WRONG)):
        answer(station, entry, "MUST", 2, outcome)
    answer(station, T1, "BUZZ", 1, WRONG)
    answer(station, T1, "BUZZ", 2, RIGHT)
    answer(station, T3, "BUZZ", 3, EARLY)
    answer(station, T2, "RISK", 1, RIGHT, 10)
    answer(station, T1, "RISK", 1, RIGHT, 30)
    answer(station, T3, "RISK", 1, WRONG, 30)


def test_answers_add_up_and_rank_the_teams(station: Station) -> None:
    whole_quiz(station)
    # 100 + 10 - 10 + 10 + 30; 100 + 10 + 10 + 10; 100 - 10 - 30
    assert shown(station) == [140, 130, 60]
    assert totals(station) == [
        (T1, 1, "140.00", "一等奖"),
        (T2, 2, "130.00", "二等奖"),
        (T3, 3, "60.00", "二等奖"),
    ]


def test_the_first_answer_gives_every_team_its_base_points_as_a_mark(station: Station) -> None:
    assert quiz(station, QUIZ).differing == (T1, T2, T3)
    answer(station, T1, "MUST", 1, RIGHT)
    assert quiz(station, QUIZ).differing == ()
    assert [row[2] for row in totals(station)] == ["110.00", "100.00", "100.00"]


def test_undo_takes_back_the_answer_and_the_marks_it_changed(station: Station) -> None:
    answer(station, T1, "MUST", 1, RIGHT)
    answer(station, T2, "MUST", 1, RIGHT)
    label = last_undoable(station)
    assert label is not None
    assert (label.kind, dict(label.details)) == (
        "quiz_answer",
        {"entry": "02", "question": 1, "points": "+10"},
    )
    undo_last(station)
    assert shown(station) == [110, 100, 100]
    assert quiz(station, QUIZ).differing == ()
    undo_last(station)
    assert shown(station) == [100, 100, 100]
    assert quiz(station, QUIZ).differing == (T1, T2, T3), "nothing was ever answered"


def test_an_earlier_answer_is_voided_by_the_chief_with_a_reason(station: Station) -> None:
    answer(station, T1, "MUST", 1, RIGHT)
    answer(station, T2, "MUST", 1, RIGHT)
    first = quiz(station, QUIZ).answers[0].op_id
    with pytest.raises(RuleBroken, match="quiz-void-needs-reason"):
        void_answer(station, QUIZ, first, " ")
    station.actor = Actor(Role.SCOREKEEPER)
    with pytest.raises(RuleBroken, match="role-may-not"):
        void_answer(station, QUIZ, first, "误判")
    station.actor = Actor(Role.CHIEF)
    void_answer(station, QUIZ, first, "误判")
    assert shown(station) == [100, 110, 100]
    assert board(station, QUIZ).scores.score(T1).total == 1_000_000
    with pytest.raises(RuleBroken, match="quiz-answer-gone"):
        void_answer(station, QUIZ, first, "误判")


def test_a_team_that_comes_late_gets_its_base_points_when_scores_are_carried(
    station: Station,
) -> None:
    answer(station, T1, "MUST", 1, RIGHT)
    late = register(station, Entrant(QUIZ, Person(name="样例队04"), unit="样例4厂"))
    assert quiz(station, QUIZ).differing == (late,)
    assert carry_scores(station, QUIZ) == 1
    assert quiz(station, QUIZ).differing == ()


def test_the_mark_that_is_fed_cannot_be_typed(station: Station) -> None:
    with pytest.raises(RuleBroken, match="fed-by-record"):
        commit_sheet(station, sheet(station, QUIZ, Q, "01", PANEL), typed_scores("90", "Q1.1"))


def test_sudden_death_parts_a_tie_for_the_published_ranks(station: Station) -> None:
    for entry in (T1, T2):
        answer(station, entry, "MUST", 1, RIGHT)
    answer(station, T3, "MUST", 1, WRONG)
    assert [row[1] for row in totals(station)] == [1, 1, 3]
    answer(station, T1, "SUDDEN", 1, WRONG)
    answer(station, T2, "SUDDEN", 1, RIGHT)
    assert [(row[0], row[1]) for row in totals(station)] == [(T2, 1), (T1, 2), (T3, 3)]
    decision = board(station, QUIZ).ranking.rows[0].decision
    assert decision is not None
    assert decision.reason == "1 : 0"


def test_answers_are_refused_once_the_score_is_signed_or_locked(station: Station) -> None:
    whole_quiz(station)
    sign_sheets(station, QUIZ, Q, PANEL)
    station.actor = Actor(Role.SCOREKEEPER)
    with pytest.raises(RuleBroken, match="fed-signed"):
        answer(station, T1, "BUZZ", 4, RIGHT)
    station.actor = Actor(Role.CHIEF)
    assert last_undoable(station) is None, "a signature is never undone"
    lock_module(station, QUIZ, Q)
    with pytest.raises(RuleBroken, match="module-locked"):
        answer(station, T1, "BUZZ", 4, RIGHT)


def test_a_judge_does_not_score_the_quiz_and_unknown_teams_are_refused(station: Station) -> None:
    with pytest.raises(RuleBroken, match="entry-unknown"):
        answer(station, EntryId("QUIZ-09"), "MUST", 1, RIGHT)
    station.actor = Actor(Role.FLOOR)
    with pytest.raises(RuleBroken, match="role-may-not"):
        answer(station, T1, "MUST", 1, RIGHT)


def test_a_published_quiz_is_recomputed_from_its_answers(tmp_path: Path) -> None:
    path = tmp_path / "quiz.plumb"
    station = fed_station("quiz", path)
    whole_quiz(station)
    sign_sheets(station, QUIZ, Q, PANEL)
    lock_module(station, QUIZ, Q)
    assert results.blockers(station, QUIZ) == []
    wanted = results.leaderboard(station, QUIZ).result_hash
    results.publish(station, QUIZ, ResultStatus.FINAL, expected_hash=wanted)
    station.close()
    verification = verify(path)
    assert [check.name for check in verification.checks if not check.ok] == []
