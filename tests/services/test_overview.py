"""How far an event is and what blocks it, from an empty file to the certificates."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec
import pytest

from app.bootstrap import create_competition, create_station
from app.domain.clock_events import ClockPaused, ClockStarted, ClockStopped
from app.domain.entries import MarkState
from app.domain.facts import (
    CheckedIn,
    ClockMoved,
    EntryWithdrawn,
    Fact,
    MarkedAbsent,
    MarkGiven,
    ModuleLocked,
    ModuleUnlocked,
)
from app.domain.ids import PANEL, AspectId, EntryId, EventCode, JudgeId, ModuleId, SubcriterionId
from app.domain.methods import Judgement
from app.domain.points import Points
from app.domain.readings import Reading
from app.domain.scheme import Aspect, Competition, Event, Module, Scheme, Subcriterion
from app.services import enrolment, entrants, setup
from app.services.blocks import Where, blocks
from app.services.editing import node, with_node
from app.services.entrants import Entrant
from app.services.overview import event_progress, overview
from app.services.progress import EventProgress, Phase, StepState
from app.services.signing_off import sign_sheets
from app.services.station import Station, record
from app.storage.people import Person
from app.storage.queries import current_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

ROBOT = EventCode("ROBOT")
A = ModuleId("A")
AT = Reading(wall_ms=1_000, mono_ms=1_000, boot="b")


@pytest.fixture
def station() -> Iterator[Station]:
    """One timed, open module: an aspect of three judges and one of the team."""
    judged = Aspect(
        id=AspectId("A1.1"),
        name="样例评判",
        max=Decimal(2),
        method=Judgement(),
        descriptors=("差", "合格", "良", "优"),
    )
    measured = Aspect(id=AspectId("A1.2"), name="样例测量", max=Decimal(98))
    part = Subcriterion(id=SubcriterionId("A1"), name="样例子项", aspects=(judged, measured))
    module = Module(id=A, name="样例模块", limit_minutes=60, blind=False, subcriteria=(part,))
    event = Event(code=ROBOT, name="样例赛项", modules=(module,))
    opened = create_competition(
        None, Scheme(competition=Competition(code="S-1", title="样例竞赛"), events=(event,))
    )
    yield opened
    opened.close()


@pytest.fixture
def running(station: Station) -> Station:
    """Three judges, three entries, frozen rules."""
    for number in (1, 2, 3):
        enrolment.enrol(station, ROBOT, f"样例裁判{number}")
        person = Person(name=f"样例选手0{number}")
        entrants.register(station, Entrant(event=ROBOT, person=person, unit="样例一厂"))
    setup.freeze(station, ROBOT)
    return station


def entry(number: int) -> EntryId:
    return EntryId(f"ROBOT-0{number}")


def give(station: Station, number: int, *scores: int) -> None:
    """The judges' scores, then the team's mark."""
    for judge, score in zip(("J1", "J2", "J3", "PANEL"), scores, strict=False):
        aspect = AspectId("A1.2" if judge == PANEL else "A1.1")
        mark = MarkGiven(
            event=ROBOT,
            entry=entry(number),
            aspect=aspect,
            judge=JudgeId(judge),
            state=MarkState.VALUE,
            value=Points(score * 10_000),
        )
        record(station, mark)


def steps(progress: EventProgress) -> dict[Phase, tuple[StepState, int, int]]:
    return {step.phase: (step.state, step.done, step.total) for step in progress.steps}


def codes(station: Station) -> list[str]:
    return [block.why.code for block in blocks(event_progress(station, ROBOT))]


def everyone(station: Station, *facts: Fact) -> None:
    for fact in facts:
        record(station, fact)


def test_an_empty_file_has_nothing_to_show() -> None:
    station = create_station(None)
    assert overview(station).competition is None
    assert overview(station).events == ()
    station.close()


def test_a_new_competition_wants_judges_entrants_and_frozen_rules(station: Station) -> None:
    found = blocks(event_progress(station, ROBOT))
    assert [(block.why.code, block.where, block.focus.get("step")) for block in found] == [
        ("rules-to-freeze", Where.SETUP, "rules"),
        ("panel-too-small", Where.SETUP, "judges"),
        ("event-without-entrants", Where.SETUP, "entrants"),
    ]


def test_absent_and_withdrawn_count_as_decided_and_leave_the_marks_to_give(
    running: Station,
) -> None:
    everyone(
        running,
        CheckedIn(event=ROBOT, entry=entry(1)),
        MarkedAbsent(event=ROBOT, entry=entry(2)),
        EntryWithdrawn(event=ROBOT, entry=entry(3)),
    )
    progress = event_progress(running, ROBOT)
    assert steps(progress)[Phase.CHECK_IN] == (StepState.DONE, 3, 3)
    assert steps(progress)[Phase.MARKING] == (StepState.WAITING, 0, 4)
    assert progress.entries.absent == 1


def test_a_paused_clock_wants_somebody_now(running: Station) -> None:
    def moved(number: int, what: ClockStarted | ClockPaused | ClockStopped) -> ClockMoved:
        return ClockMoved(event=ROBOT, module=A, entry=entry(number), moved=what)

    everyone(
        running,
        moved(1, ClockStarted(AT)),
        moved(1, ClockStopped(AT)),
        moved(2, ClockStarted(AT)),
        moved(2, ClockPaused(AT, "fault")),
        moved(3, ClockStarted(AT)),
    )
    progress = event_progress(running, ROBOT)
    assert steps(progress)[Phase.TIMING] == (StepState.ATTENTION, 1, 3)
    assert (progress.modules[0].running, progress.modules[0].paused) == (1, 1)
    assert "clocks-paused" in codes(running)


def test_marks_are_counted_by_cell_and_a_broken_spread_is_urgent(running: Station) -> None:
    give(running, 1, 3, 1, 2, 1)
    progress = event_progress(running, ROBOT)
    assert steps(progress)[Phase.MARKING] == (StepState.ATTENTION, 4, 12)
    assert progress.modules[0].spread_broken == 1
    urgent = [block.why.code for block in blocks(progress) if block.urgent]
    assert urgent == ["spread-to-settle"]


def test_two_marks_in_one_cell_are_one_cell_and_one_dispute(running: Station) -> None:
    give(running, 1, 2, 2, 2)
    give(running, 1, 3)
    progress = event_progress(running, ROBOT)
    assert (steps(progress)[Phase.MARKING][1], progress.disputed) == (3, 1)
    assert "disputes-to-settle" in codes(running)


def test_an_event_goes_from_marked_to_signed_to_locked(running: Station) -> None:
    for number in (1, 2, 3):
        give(running, number, 2, 2, 2, 1)
    assert "sheets-to-sign" in codes(running)
    for judge in ("J1", "J2", "J3", "PANEL"):
        sign_sheets(running, ROBOT, A, JudgeId(judge))
    assert "module-to-lock" in codes(running)
    record(running, ModuleLocked(event=ROBOT, module=A, marks_digest=""))
    assert steps(event_progress(running, ROBOT))[Phase.LOCK] == (StepState.DONE, 1, 1)
    assert "results-to-publish" in codes(running)
    record(running, ModuleUnlocked(event=ROBOT, module=A))
    assert steps(event_progress(running, ROBOT))[Phase.LOCK] == (StepState.WAITING, 0, 1)


def test_a_signature_that_no_longer_holds_is_asked_for_again(running: Station) -> None:
    for number in (1, 2, 3):
        give(running, number, 2, 2, 2, 1)
    for judge in ("J1", "J2", "J3", "PANEL"):
        sign_sheets(running, ROBOT, A, JudgeId(judge))
    first = next(current_marks(running.connection, ROBOT, judge=JudgeId("J2")))
    changed = MarkGiven(
        event=ROBOT,
        entry=first.entry,
        aspect=first.aspect,
        judge=first.judge,
        state=MarkState.VALUE,
        value=Points(30_000),
    )
    record(running, changed, replaces=first.op_id, reason="样例理由")
    assert event_progress(running, ROBOT).modules[0].unsigned == ("J2",)


def test_a_judge_who_stood_down_is_named_until_the_panel_is_set_anew(running: Station) -> None:
    judges = [JudgeId(f"J{number}") for number in (1, 2, 3)]
    enrolment.set_panel(running, ROBOT, A, judges)
    enrolment.stand_down(running, ROBOT, judges[1], "样例理由")
    assert "panel-judge-off-duty" in codes(running)


def test_a_change_to_frozen_rules_that_nobody_recorded_is_told(running: Station) -> None:
    scheme = setup.scheme_in_hand(running)
    assert scheme is not None
    changed = msgspec.structs.replace(node(scheme, (0, 0)), limit_minutes=90)
    setup.save_scheme(running, with_node(scheme, (0, 0), changed))
    assert codes(running)[0] == "amendment-pending"
