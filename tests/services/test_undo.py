"""Undo: one's own latest step, as long as nobody has acted upon it; never by removing anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from app.bootstrap import create_station
from app.domain.clock_events import ClockPaused, ClockStarted
from app.domain.entries import MarkState
from app.domain.errors import RuleBroken
from app.domain.facts import (
    CheckedIn,
    ClockMoved,
    DisputeSettled,
    EntryRegistered,
    MarkGiven,
    ModuleLocked,
    PenaltyGiven,
    RulesFrozen,
    SheetsSigned,
)
from app.domain.ids import PANEL, AspectId, EntryId, JudgeId
from app.domain.points import Points
from app.domain.roles import CHIEF, Actor, Role
from app.domain.scheme import rules_hash
from app.services import exchange
from app.services.roll import entry as entry_on_roll
from app.services.station import Station, record, recording
from app.services.undo import UndoLabel, last_undoable, undo_last
from app.storage import projections, queries
from app.words import Words
from tests.samples.results import E1, E2, EVENT, WELD, A

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def station() -> Iterator[Station]:
    opened = create_station(None)
    with recording(opened) as log:
        log.add(RulesFrozen(event=WELD, rules=EVENT, rules_hash=rules_hash(EVENT)))
        for entry in (E1, E2):
            log.add(
                EntryRegistered(
                    event=WELD, entry=entry, number=entry[-2:], unit="样例一厂", person_digest=""
                )
            )
    yield opened
    opened.close()


def mark(value: int, *, aspect: str = "A1.1", entry: EntryId = E1) -> MarkGiven:
    return MarkGiven(
        event=WELD,
        entry=entry,
        aspect=AspectId(aspect),
        judge=PANEL,
        state=MarkState.VALUE,
        value=Points(value),
    )


def values(station: Station) -> list[int | None]:
    return [it.value for it in queries.current_marks(station.connection, WELD)]


def test_nothing_can_be_undone_in_a_new_file() -> None:
    station = create_station(None)
    assert last_undoable(station) is None
    with pytest.raises(RuleBroken, match="nothing-to-undo"):
        undo_last(station)
    station.close()


def test_a_mark_is_taken_back_and_the_one_before_it_counts_again(station: Station) -> None:
    first = record(station, mark(20_000))
    record(station, mark(25_000), replaces=first.op_id)
    label = last_undoable(station)
    assert label == UndoLabel("mark", {"work": "01", "aspect": "A1.1", "value": "2.5"})
    assert Words.load("en").say("undo.mark", **label.details) == "mark 2.5 for 01 (A1.1)"
    assert undo_last(station) == label
    assert values(station) == [20_000]
    undo_last(station)
    assert values(station) == []
    history = queries.cell_history(
        station.connection, event=WELD, entry=E1, aspect=AspectId("A1.1"), judge=PANEL
    )
    assert [(it.recorded.fact.value, it.stands) for it in history] == [
        (20_000, False),
        (25_000, False),
    ]


def test_a_sheet_committed_at_once_is_taken_back_at_once(station: Station) -> None:
    with recording(station) as log:
        log.add(mark(20_000))
        log.add(mark(30_000, aspect="B1.1"))
    assert last_undoable(station) == UndoLabel("sheet", {"count": 2, "work": "01"})
    undo_last(station)
    assert values(station) == []


def test_of_a_sheet_of_which_a_mark_was_replaced_only_the_last_mark_goes(
    station: Station,
) -> None:
    with recording(station) as log:
        first = log.add(mark(20_000))
        log.add(mark(30_000, aspect="B1.1"))
    judge = station.actor
    station.actor = Actor(Role.SCOREKEEPER)
    record(station, mark(10_000), replaces=first.op_id)
    station.actor = judge
    assert last_undoable(station) == UndoLabel(
        "mark", {"work": "01", "aspect": "B1.1", "value": "3"}
    )


def test_marks_of_two_works_are_two_steps(station: Station) -> None:
    with recording(station) as log:
        log.add(mark(20_000))
        log.add(mark(30_000, entry=E2))
    undo_last(station)
    assert values(station) == [20_000]


def test_nobody_undoes_what_another_person_did(station: Station) -> None:
    record(station, mark(20_000))
    station.actor = Actor(Role.SCOREKEEPER)
    assert last_undoable(station) is None
    station.actor = CHIEF
    assert last_undoable(station) is not None


def test_a_signed_sheet_is_corrected_not_undone(station: Station) -> None:
    record(station, mark(20_000))
    signer = Actor(Role.SCOREKEEPER)
    station.actor = signer
    record(station, SheetsSigned(event=WELD, module=A, judge=PANEL, marks_digest="0" * 64))
    assert last_undoable(station) is None
    station.actor = CHIEF
    assert last_undoable(station) is None


def test_a_locked_module_is_corrected_not_undone(station: Station) -> None:
    station.actor = Actor(Role.SCOREKEEPER)
    record(station, mark(20_000))
    station.actor = CHIEF
    record(station, ModuleLocked(event=WELD, module=A, marks_digest="0" * 64))
    assert last_undoable(station) is None
    station.actor = Actor(Role.SCOREKEEPER)
    assert last_undoable(station) is None


def test_a_check_in_is_taken_back_until_the_entry_is_relied_upon(station: Station) -> None:
    record(station, CheckedIn(event=WELD, entry=E1))
    assert last_undoable(station) == UndoLabel("check_in", {"entry": "WELD-01"})
    undo_last(station)
    assert entry_on_roll(station, E1).state.value == "registered"
    record(station, CheckedIn(event=WELD, entry=E1))
    station.actor = Actor(Role.SCOREKEEPER)
    record(station, mark(20_000))
    station.actor = CHIEF
    assert last_undoable(station) is None


def test_clocks_started_at_once_are_taken_back_at_once_but_only_as_their_last_event(
    station: Station,
) -> None:
    def moved(entry: EntryId, event: ClockStarted | ClockPaused) -> ClockMoved:
        return ClockMoved(event=WELD, module=A, entry=entry, moved=event)

    reading = station.time.reading()
    with recording(station) as log:
        log.add(moved(E1, ClockStarted(reading)))
        log.add(moved(E2, ClockStarted(reading)))
    assert last_undoable(station) == UndoLabel("clocks_started", {"count": 2})
    record(station, moved(E1, ClockPaused(reading, "fault")))
    assert last_undoable(station) == UndoLabel("clock_paused", {"work": "01", "module": "A"})
    undo_last(station)
    undo_last(station)
    assert queries.standing(station.connection, ClockMoved) == []


def test_a_settled_dispute_is_open_again_when_the_decision_is_undone(station: Station) -> None:
    first, second = record(station, mark(20_000)), record(station, mark(25_000))
    record(
        station,
        DisputeSettled(
            event=WELD,
            entry=E1,
            aspect=AspectId("A1.1"),
            judge=PANEL,
            chosen=first.op_id,
            overruled=(second.op_id,),
        ),
        reason="查阅纸质评分表",
    )
    assert values(station) == [20_000]
    assert last_undoable(station) == UndoLabel("dispute", {"aspect": "A1.1", "work": "01"})
    undo_last(station)
    assert values(station) == [20_000, 25_000]
    projections.rebuild(station.database)
    assert values(station) == [20_000, 25_000]


def test_a_penalty_is_taken_back(station: Station) -> None:
    record(station, PenaltyGiven(event=WELD, entry=E1, penalty="P1", points=Points(10_000)))
    assert last_undoable(station) == UndoLabel("penalty", {"entry": "WELD-01"})
    undo_last(station)
    assert queries.standing(station.connection, PenaltyGiven) == []


def test_an_export_is_never_undone(station: Station, tmp_path: Path) -> None:
    record(station, mark(20_000))
    exchange.export_bundle(station, tmp_path / "day.bundle")
    assert last_undoable(station) is None


def test_a_judge_undoes_the_own_mark(station: Station) -> None:
    station.actor = Actor(Role.JUDGE, JudgeId("J1"))
    own = mark(20_000)
    record(station, msgspec.structs.replace(own, judge=JudgeId("J1")))
    undo_last(station)
    assert values(station) == []
    assert last_undoable(station) is None


def test_every_label_has_words_in_both_languages() -> None:
    for language in ("zh", "en"):
        texts = Words.load(language).texts
        for event in ("started", "paused", "resumed", "granted", "stopped", "reopened", "reviewed"):
            assert f"undo.clock_{event}" in texts
            assert f"undo.clocks_{event}" in texts
