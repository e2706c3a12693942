"""Draws from commitment to replay, drawing again, and work codes that stay sealed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

import msgspec
import pytest

from app.domain.clock_events import ClockStarted
from app.domain.draw import DrawConstraint
from app.domain.draw_codes import check_digit
from app.domain.entries import MarkState
from app.domain.errors import RuleBroken
from app.domain.facts import CheckedIn, ClockMoved, MarkGiven, ModuleLocked
from app.domain.ids import AspectId, JudgeId
from app.domain.points import Points
from app.domain.roles import Actor, Role
from app.services import code_drawing, drawing
from app.services.drawing import CODES, PLACES, DrawWish, Stage
from app.services.station import Station, record, recording
from app.services.works import work_codes
from app.storage import oplog
from tests.samples.floor import ROBOT, A, B, SampleTime, entry_id, floor, module, robot_event

SEED = bytes(range(32))
SEED_HASH = "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd"
"""SHA-256 of the bytes 00 01 ... 1f, from ``sha256sum``."""


def sample_seed() -> bytes:
    return SEED


@pytest.fixture
def station() -> Iterator[Station]:
    opened = floor(checked_in=6)
    yield opened
    opened.close()


def logged(station: Station) -> str:
    return "".join(placed.op.body.decode() for placed in oplog.in_order(station.connection))


def test_the_hash_is_public_first_and_the_seed_only_with_the_draw(station: Station) -> None:
    drawing.commit_draw(station, ROBOT, A, seeds=sample_seed)
    committed = drawing.draw(station, ROBOT, A, PLACES)
    assert committed.stage is Stage.COMMITTED
    assert committed.recipe is not None
    assert committed.recipe.commitment == SEED_HASH
    assert committed.seed == ""
    assert SEED.hex() not in logged(station)
    drawing.make_draw(station, ROBOT, A)
    drawn = drawing.draw(station, ROBOT, A, PLACES)
    assert drawn.stage is Stage.DRAWN
    assert drawn.seed == SEED.hex()
    assert SEED.hex() in logged(station)


def test_everyone_checked_in_gets_a_place_of_their_own(station: Station) -> None:
    drawing.commit_draw(station, ROBOT, A, seeds=sample_seed)
    drawing.make_draw(station, ROBOT, A)
    placed = drawing.placements(station, ROBOT, A)
    assert sorted(placed) == [entry_id(number) for number in range(1, 7)]
    assert sorted((one.batch, one.workplace) for one in placed.values()) == [
        (1, "01"),
        (1, "02"),
        (1, "03"),
        (2, "01"),
        (2, "02"),
        (2, "03"),
    ]


def test_who_is_not_checked_in_is_drawn_for_only_when_asked() -> None:
    station = floor(checked_in=2)
    assert [one.number for one in drawing.pot(station, ROBOT)] == ["01", "02"]
    everyone = drawing.pot(station, ROBOT, include_registered=True)
    assert len(everyone) == 6
    drawing.commit_draw(station, ROBOT, A, wish=DrawWish(entries=everyone))
    drawing.make_draw(station, ROBOT, A)
    assert len(drawing.placements(station, ROBOT, A)) == 6
    station.close()


def test_a_draw_for_nobody_is_refused() -> None:
    station = floor()
    with pytest.raises(RuleBroken, match="draw-without-entries"):
        drawing.commit_draw(station, ROBOT, A)
    station.close()


def test_a_module_without_workplaces_draws_an_order() -> None:
    station = floor(checked_in=6, event=robot_event(module(A, blind=False, places=0)))
    drawing.commit_draw(station, ROBOT, A)
    drawing.make_draw(station, ROBOT, A)
    drawn = drawing.draw(station, ROBOT, A, drawing.ORDER)
    assert drawn.made is not None
    assert [one.order for one in drawn.made.fact.placements] == [1, 2, 3, 4, 5, 6]
    station.close()


def test_units_are_kept_apart_where_asked(station: Station) -> None:
    wish = DrawWish(constraints=tuple(DrawConstraint))
    drawing.commit_draw(station, ROBOT, A, wish=wish)
    drawing.make_draw(station, ROBOT, A)
    drawn = drawing.draw(station, ROBOT, A, PLACES)
    assert drawn.outcome is not None
    assert drawn.outcome.unmet == ()


def test_what_could_not_be_met_is_said(station: Station) -> None:
    wish = DrawWish(batches=1, constraints=(DrawConstraint.UNIT_NOT_IN_ONE_BATCH,))
    wish = replace(wish, workplaces=tuple(module(A, blind=True, places=6).workplaces))
    drawing.commit_draw(station, ROBOT, A, wish=wish)
    drawing.make_draw(station, ROBOT, A)
    drawn = drawing.draw(station, ROBOT, A, PLACES)
    assert drawn.outcome is not None
    assert [(one.unit, one.pairs, one.is_unavoidable) for one in drawn.outcome.unmet] == [
        ("样例一厂", 1, True),
        ("样例三厂", 1, True),
        ("样例二厂", 1, True),
    ]


def test_a_draw_replays_from_its_record_and_a_changed_one_does_not(station: Station) -> None:
    drawing.commit_draw(station, ROBOT, A)
    drawing.make_draw(station, ROBOT, A)
    made = drawing.draw(station, ROBOT, A, PLACES).made
    assert made is not None
    assert drawing.replays(station, made)
    fact = made.fact
    swapped = (fact.placements[1], fact.placements[0], *fact.placements[2:])
    for altered in (
        msgspec.structs.replace(fact, placements=swapped),
        msgspec.structs.replace(fact, seed=hashlib.sha256(b"another").hexdigest()),
        msgspec.structs.replace(fact, seed="no seed"),
        msgspec.structs.replace(fact, committed="X-000009"),
    ):
        assert not drawing.replays(station, replace(made, fact=altered))


def test_drawing_needs_a_commitment_and_is_done_once(station: Station) -> None:
    with pytest.raises(RuleBroken, match="draw-not-committed"):
        drawing.make_draw(station, ROBOT, A)
    drawing.commit_draw(station, ROBOT, A)
    drawing.make_draw(station, ROBOT, A)
    with pytest.raises(RuleBroken, match="draw-made-already"):
        drawing.make_draw(station, ROBOT, A)


def test_drawing_again_needs_a_reason_and_a_new_commitment(station: Station) -> None:
    first = drawing.commit_draw(station, ROBOT, A, seeds=sample_seed)
    drawing.make_draw(station, ROBOT, A)
    with pytest.raises(RuleBroken, match="draw-again-needs-reason"):
        drawing.commit_draw(station, ROBOT, A)
    again = drawing.commit_draw(station, ROBOT, A, reason="样例：名单有误")
    assert (again.replaces, again.reason) == (first.op_id, "样例：名单有误")
    standing = drawing.draw(station, ROBOT, A, PLACES)
    assert standing.stage is Stage.COMMITTED
    assert standing.recipe is not None
    assert standing.recipe.commitment != SEED_HASH


def test_a_draw_stands_once_a_clock_of_its_module_has_started(station: Station) -> None:
    drawing.commit_draw(station, ROBOT, A)
    moved = ClockStarted(station.time.reading())
    record(station, ClockMoved(event=ROBOT, module=A, entry=entry_id(1), moved=moved))
    with pytest.raises(RuleBroken, match="draw-clocks-started"):
        drawing.commit_draw(station, ROBOT, A, reason="样例")


def test_another_laptop_cannot_draw_without_the_seed(station: Station) -> None:
    op = drawing.commit_draw(station, ROBOT, A)
    with recording(station) as log:
        log.connection.execute("DELETE FROM drafts")
    with pytest.raises(RuleBroken) as refused:
        drawing.make_draw(station, ROBOT, A)
    assert refused.value == RuleBroken("draw-seed-elsewhere", station=op.station)


def test_only_chief_and_encryption_draw(station: Station) -> None:
    station.actor = Actor(Role.FLOOR)
    with pytest.raises(RuleBroken, match="role-may-not"):
        drawing.commit_draw(station, ROBOT, A)
    station.actor = Actor(Role.ENCRYPTION)
    drawing.commit_draw(station, ROBOT, A)


def test_work_codes_are_drawn_by_a_seed_of_their_own_that_is_not_shown(station: Station) -> None:
    drawing.commit_draw(station, ROBOT, A, seeds=sample_seed)
    drawing.make_draw(station, ROBOT, A)
    code_drawing.draw_work_codes(station, ROBOT, A)
    codes = work_codes(station, ROBOT, A)
    assert len(set(codes.values())) == 6
    assert all(check_digit(code[:-1]) == code[-1] for code in codes.values())
    drawn = drawing.draw(station, ROBOT, A, CODES)
    assert (drawn.stage, drawn.seed) == (Stage.DRAWN, "")
    assert drawn.made is not None
    assert drawing.replays(station, drawn.made)
    assert drawing.draw(station, ROBOT, A, PLACES).seed == SEED.hex()


def test_the_seed_of_the_codes_is_shown_once_the_module_is_locked(station: Station) -> None:
    code_drawing.draw_work_codes(station, ROBOT, A, seeds=sample_seed)
    record(station, ModuleLocked(event=ROBOT, module=A, marks_digest="sample"))
    assert drawing.draw(station, ROBOT, A, CODES).seed == SEED.hex()


def test_a_latecomer_gets_a_code_and_the_others_keep_theirs() -> None:
    station = floor(checked_in=5)
    code_drawing.draw_work_codes(station, ROBOT, A)
    before = dict(work_codes(station, ROBOT, A))
    record(station, CheckedIn(event=ROBOT, entry=entry_id(6)))
    code_drawing.draw_work_codes(station, ROBOT, A)
    after = work_codes(station, ROBOT, A)
    assert {entry: code for entry, code in after.items() if entry != entry_id(6)} == before
    assert len(set(after.values())) == 6
    station.close()


def test_a_latecomers_code_is_never_one_already_given() -> None:
    station = floor(checked_in=1)
    code_drawing.draw_work_codes(station, ROBOT, A, seeds=sample_seed)
    record(station, CheckedIn(event=ROBOT, entry=entry_id(2)))
    seeds = iter([SEED, bytes(32)])  # the first would give entry 02 the code of entry 01
    code_drawing.draw_work_codes(station, ROBOT, A, seeds=lambda: next(seeds))
    assert len(set(work_codes(station, ROBOT, A).values())) == 2
    assert next(seeds, None) is None
    station.close()


def test_codes_are_drawn_anew_only_with_a_reason_and_before_marks(station: Station) -> None:
    code_drawing.draw_work_codes(station, ROBOT, A, seeds=sample_seed)
    with pytest.raises(RuleBroken, match="draw-again-needs-reason"):
        code_drawing.draw_work_codes(station, ROBOT, A)
    before = dict(work_codes(station, ROBOT, A))
    code_drawing.draw_work_codes(station, ROBOT, A, reason="样例：对照表外泄")
    assert set(before.values()) != set(work_codes(station, ROBOT, A).values())
    mark = MarkGiven(
        event=ROBOT,
        entry=entry_id(1),
        aspect=AspectId("A1.1"),
        judge=JudgeId("PANEL"),
        state=MarkState.VALUE,
        value=Points(10_000),
    )
    record(station, mark)
    with pytest.raises(RuleBroken, match="codes-in-use"):
        code_drawing.draw_work_codes(station, ROBOT, A, reason="样例")


def test_an_open_module_has_no_work_codes(station: Station) -> None:
    with pytest.raises(RuleBroken, match="module-not-blind"):
        code_drawing.draw_work_codes(station, ROBOT, B)


def test_the_code_map_is_for_encryption_and_chief_alone(station: Station) -> None:
    code_drawing.draw_work_codes(station, ROBOT, A)
    station.actor = Actor(Role.ENCRYPTION)
    lines = code_drawing.code_map(station, ROBOT, A)
    assert [line.code for line in lines] == sorted(line.code for line in lines)
    assert {line.name for line in lines} >= {"样例选手01", "单样"}
    station.actor = Actor(Role.JUDGE, JudgeId("J1"))
    with pytest.raises(RuleBroken, match="code-map-sealed"):
        code_drawing.code_map(station, ROBOT, A)


def test_time_passing_changes_no_draw() -> None:
    time = SampleTime()
    station = floor(checked_in=6, time=time)
    drawing.commit_draw(station, ROBOT, A, seeds=sample_seed)
    time.pass_ms(3_600_000)
    drawing.make_draw(station, ROBOT, A)
    first = drawing.placements(station, ROBOT, A)
    station.close()
    station = floor(checked_in=6)
    drawing.commit_draw(station, ROBOT, A, seeds=sample_seed)
    drawing.make_draw(station, ROBOT, A)
    assert drawing.placements(station, ROBOT, A) == first
    station.close()
