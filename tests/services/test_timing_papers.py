"""Time slips and draw papers as values: what stands on them, and what must not."""

from __future__ import annotations

from app.services import drawing, heartbeat, timing
from app.services.code_drawing import draw_work_codes
from app.services.draw_papers import code_map, draw_record
from app.services.time_slips import time_slips
from app.services.timing import ClockId, Loss, LossReason
from app.words import Words
from tests.samples.floor import MINUTE, NINE, ROBOT, A, B, SampleTime, entry_id, floor

WORDS = Words.load("en")


def test_a_slip_lists_what_happened_with_lengths_reasons_and_flags() -> None:
    time = SampleTime()
    station = floor(time=time, checked_in=2)
    wanted = ClockId(ROBOT, B, entry_id(1))
    timing.start(station, wanted)
    time.pass_ms(10 * MINUTE)
    timing.pause(station, wanted, LossReason.EQUIPMENT, note="样例：气源断开")
    time.pass_ms(4 * MINUTE)
    timing.resume(station, wanted)
    time.pass_ms(20 * MINUTE)
    loss = Loss(NINE + 16 * MINUTE, NINE + 18 * MINUTE, LossReason.POWER)
    timing.grant(station, wanted, loss)
    heartbeat.beat(station)
    time.reboot(3 * MINUTE)
    heartbeat.reopen_clocks(station)
    time.pass_ms(MINUTE)
    timing.stop(station, wanted)
    (slip,) = time_slips(station, ROBOT, [wanted], WORDS)
    assert (slip.identity, slip.entry, slip.module) == ("样例选手01", "01", "B Sample module B")
    assert (slip.limit, slip.paused, slip.granted) == ("1:30:00", "4:00", "2:00")
    # 10 min before the pause, 20 after it, 3 down and 1 since; 90 + 2 - 34 are left.
    assert (slip.used, slip.remaining) == ("34:00", "58:00")
    assert [(line.what, line.length, line.reason) for line in slip.events] == [
        ("Started", "", ""),
        ("Paused", "4:00", "Equipment fault: 样例：气源断开"),
        ("Resumed", "", ""),
        ("Time granted", "2:00", "Power failure"),
        ("Program reopened after a restart", "3:00", ""),
        ("Stopped", "", ""),
    ]
    assert len(slip.flags) == 1
    assert slip.flags[0].endswith("3:00, not decided.")
    assert slip.events[0].by == "Chief judge"
    assert [one.role for one in slip.signatures] == ["Competitor", "Floor judge", "Chief judge"]
    station.close()


def test_a_slip_of_a_blind_module_names_nobody() -> None:
    station = floor(checked_in=1)
    draw_work_codes(station, ROBOT, A)
    wanted = ClockId(ROBOT, A, entry_id(1))
    timing.start(station, wanted)
    (slip,) = time_slips(station, ROBOT, [wanted], WORDS)
    assert slip.entry == ""
    assert slip.identity.isdecimal()
    assert slip.flags == ("The clock has not been stopped.",)
    assert time_slips(station, ROBOT, [ClockId(ROBOT, B, entry_id(1))], WORDS) == ()
    station.close()


def test_the_draw_record_holds_the_seed_only_once_it_is_drawn() -> None:
    station = floor(checked_in=6)
    drawing.commit_draw(station, ROBOT, A)
    before = draw_record(station, ROBOT, A, WORDS)
    assert (before.seed, before.places) == ("", ())
    drawing.make_draw(station, ROBOT, A)
    record = draw_record(station, ROBOT, A, WORDS, with_names=False)
    assert len(record.seed) == 64
    assert [place.order for place in record.places] == ["1", "2", "3", "4", "5", "6"]
    assert {place.name for place in record.places} == {""}
    assert record.constraints == ("None",)
    assert [one.role for one in record.signatures] == [
        "Encryption referee",
        "Supervisor",
        "Chief judge",
    ]
    station.close()


def test_the_code_map_joins_codes_and_names() -> None:
    station = floor(checked_in=2)
    draw_work_codes(station, ROBOT, A)
    sealed = code_map(station, ROBOT, A, WORDS)
    assert {row.name for row in sealed.rows} == {"样例选手01", "样例选手02"}
    station.close()
