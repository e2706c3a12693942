"""Answers of a quiz, steps of proposals, counts of output: entered from tables as on Marking."""

from __future__ import annotations

from app.domain.ids import EntryId, EventCode, OpId
from app.domain.points import parse_points
from app.domain.proposal_rules import ProposalState
from app.domain.quiz_rules import QuizOutcome
from app.services.counting import count_output
from app.services.proposing import Step, benefit_values, move, submit
from app.services.quizzing import Answer, give_answer
from app.services.station import Station

Row = dict[str, str]


def answer_all(station: Station, event: EventCode, answers: list[Row]) -> None:
    """Every answer in turn."""
    for row in answers:
        give_answer(
            station,
            event,
            EntryId(f"{event}-{row['entry']}"),
            Answer(
                row["round"],
                int(row["question"]),
                QuizOutcome(row["outcome"]),
                parse_points(row["stake"]) if row["stake"] else None,
            ),
        )


def take_all(station: Station, event: EventCode, steps: list[Row]) -> None:
    """Every step of every proposal in turn; the first hands it in."""
    known: dict[str, OpId] = {}
    for row in steps:
        benefit = benefit_values(row["benefit"])
        state = ProposalState(row["state"])
        if state is ProposalState.SUBMITTED:
            known[row["proposal"]] = submit(
                station,
                event,
                EntryId(f"{event}-{row['entry']}"),
                f"样例提案 {row['proposal']}",
                on=row["on"],
                stated=benefit,
            )
            continue
        step = Step(
            state,
            row["on"],
            mark=parse_points(row["mark"]) if row["mark"] else None,
            verified=benefit or None,
            reason="样例：已有同类措施" if state is ProposalState.REJECTED else "",
        )
        move(station, event, known[row["proposal"]], step)


def count_all(station: Station, event: EventCode, counts: list[Row]) -> None:
    """Every day's table in turn: a day a row, a team a column."""
    for row in counts:
        teams = [heading for heading in row if heading != "day"]
        count_output(
            station,
            event,
            {(EntryId(f"{event}-{team}"), row["day"]): row[team] for team in teams},
        )
