"""The sample competition in the middle of its day, for pictures and for trying things out.

Module A is marked but for a vote that has to be taken again, B is half marked, C is under way with
clocks that end at the real now, and two entrants have not come yet.
"""

from __future__ import annotations

from pathlib import Path

from app.demo import story
from app.demo.beginning import begin
from app.demo.sample_people import write_sample_roster
from app.demo.sample_time import SampleTime
from app.demo.story import SampleDay
from app.domain.ids import ModuleId
from app.domain.readings import Reading
from app.domain.roles import CHIEF, Role
from app.services import checkin, roll, timing
from app.services.timing import LossReason
from app.words import Language

_LATE = (26, 27)


def leave_at_midday(
    competition: Path, roster: Path, now: Reading, *, home: Path, language: Language = "zh"
) -> None:
    """Write the roster and the competition as it stands at ``now``."""
    write_sample_roster(roster, 28, language)
    rehearsed = SampleTime(0)
    _live(begin(None, roster, rehearsed, seed=1, language=language, home=home))
    began = Reading(now.wall_ms - rehearsed.passed_ms, now.mono_ms - rehearsed.passed_ms, now.boot)
    time = SampleTime.from_reading(began)
    day = begin(competition, roster, time, seed=1, language=language, home=home)
    _live(day)
    day.station.close()


def _live(day: SampleDay) -> None:
    story.prepare(day)
    day.act_as(Role.CHECK_IN)
    for number, entry in enumerate(roll.roll(day.station, day.event.code), start=1):
        if number not in _LATE:
            checkin.check_in(day.station, entry.id)
    story.draw_places(day)
    marks = story.all_marks(day)
    for module in ("A", "B"):
        story.run_module(day, day.event.module(ModuleId(module)))
    story.mark_module(day, day.event.module(ModuleId("A")), marks)
    story.differ_too_much(day)
    story.mark_module(day, day.event.module(ModuleId("B")), marks, works_marked=15)
    _run_two_batches(day)
    day.station.actor = CHIEF


def _run_two_batches(day: SampleDay) -> None:
    """The first batch of module C has stopped; of the second, one is paused and two are done."""
    day.act_as(Role.FLOOR)
    first, second, *_ = story.batches(day, ModuleId("C"))
    timing.start_batch(day.station, [bench.id for bench in first])
    day.time.pass_minutes(88)
    for bench in first:
        timing.stop(day.station, bench.id)
    timing.start_batch(day.station, [bench.id for bench in second])
    day.time.pass_minutes(40)
    timing.pause(day.station, second[2].id, LossReason.EQUIPMENT)
    day.time.pass_minutes(32.5)
    timing.stop(day.station, second[0].id)
