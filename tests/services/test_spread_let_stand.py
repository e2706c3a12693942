"""The chief lets a panel's scores stand: exactly those scores, with a reason, until the lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.domain.aspects import AspectState
from app.domain.errors import RuleBroken
from app.domain.ids import AspectId
from app.domain.roles import Actor, Role
from app.services import undo
from app.services.live import LiveBoard, board
from app.services.overview import event_progress
from app.services.panel_rows import let_stand, panel_row, spread_violations
from app.services.results import why
from app.storage import oplog
from app.storage.projections import rebuild
from tests.services.marking_samples import E1, J1, J2, J3, A, R, judged, marking_station

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.domain.aspects import AspectResult
    from app.domain.calculation_node import Node
    from app.services.station import Station

A11 = AspectId("A1.1")
REASON = "评分组商议后各持己见，裁判长裁定"


@pytest.fixture
def station() -> Iterator[Station]:
    """Work 5127, aspect A1.1 of 2 marks: J1 says 0 where the others say 2."""
    opened = marking_station()
    judged(opened, "5127", J1, "0 3")
    judged(opened, "5127", J2, "2 3")
    judged(opened, "5127", J3, "2 3")
    yield opened
    opened.close()


def result(live: LiveBoard) -> AspectResult:
    return live.scores.score(E1).aspects[0]


def stands(station: Station) -> AspectResult:
    return result(board(station, R))


def allow(station: Station) -> None:
    (row,) = spread_violations(station, R, A)
    let_stand(station, row, REASON)


def test_the_scores_count_and_the_row_waits_for_nobody(station: Station) -> None:
    assert stands(station).state is AspectState.SPREAD_BROKEN
    allow(station)
    # (0 + 2 + 2) × 2 ÷ 9 = 0.888… marks, 0.89 as printed.
    assert (stands(station).state, stands(station).mark) == (AspectState.COMPLETE, 8_900)
    assert spread_violations(station, R, A) == ()
    assert panel_row(station, R, A, "5127", A11).state is AspectState.COMPLETE
    (op,) = oplog.last(station.connection, 1)
    assert (op.kind, op.reason) == ("spread-let-stand", REASON)


def test_a_file_that_is_opened_again_reads_the_same(station: Station) -> None:
    allow(station)
    rebuild(station.database)
    again = LiveBoard(station, R)
    again.refresh()
    assert (result(again).state, result(again).mark) == (AspectState.COMPLETE, 8_900)


def test_another_score_lies_apart_again_until_it_is_taken_back(station: Station) -> None:
    allow(station)
    judged(station, "5127", J3, "3 3")
    assert stands(station).state is AspectState.SPREAD_BROKEN
    assert panel_row(station, R, A, "5127", A11).state is AspectState.SPREAD_BROKEN
    judged(station, "5127", J3, "2 3")
    assert stands(station).state is AspectState.COMPLETE


def test_the_overview_no_longer_asks_for_the_panel(station: Station) -> None:
    def broken() -> list[int]:
        return [one.spread_broken for one in event_progress(station, R).modules]

    assert broken() == [1, 0]
    allow(station)
    assert broken() == [0, 0]


def test_the_calculation_says_who_let_it_stand(station: Station) -> None:
    allow(station)
    aspect = next(node for node in nodes(why(station, R, E1).tree) if node.id == A11)
    assert [note.key for note in aspect.notes] == ["spread-let-stand"]


def test_it_is_undone_by_the_chief(station: Station) -> None:
    allow(station)
    label = undo.last_undoable(station)
    assert label is not None
    assert (label.kind, dict(label.details)) == ("spread", {"aspect": A11, "work": "5127"})
    undo.undo_last(station)
    assert stands(station).state is AspectState.SPREAD_BROKEN


def test_only_the_chief_does_it_and_with_a_reason(station: Station) -> None:
    (row,) = spread_violations(station, R, A)
    with pytest.raises(RuleBroken, match="revote-needs-reason"):
        let_stand(station, row, "  ")
    station.actor = Actor(Role.SCOREKEEPER)
    with pytest.raises(RuleBroken, match="revote-needs-chief"):
        let_stand(station, row, REASON)


def test_a_row_that_changed_meanwhile_is_looked_at_again(station: Station) -> None:
    (row,) = spread_violations(station, R, A)
    judged(station, "5127", J1, "3 3")
    with pytest.raises(RuleBroken, match="sheet-stale"):
        let_stand(station, row, REASON)


def test_a_row_within_the_rules_needs_no_decision(station: Station) -> None:
    row = panel_row(station, R, A, "5127", AspectId("A1.2"))
    with pytest.raises(RuleBroken, match="spread-cannot-stand"):
        let_stand(station, row, REASON)


def nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from nodes(child)
