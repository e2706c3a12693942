"""The sample day: one whole event from the roster to the locked marks, by the station's services.

What goes wrong on a real day goes wrong here once each: somebody does not come, a machine fails and
time is granted, a safety gate voids a module, judges lie too far apart and vote again, two entrants
tie and a tie key parts them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from random import Random
from typing import TypeAlias

from app.demo.sample_marks import sample_cells
from app.demo.sample_people import sample_judges
from app.demo.sample_time import MINUTE_MS, SampleTime
from app.domain.draw import DrawConstraint
from app.domain.entries import Cell, value_cell
from app.domain.ids import PANEL, AspectId, EntryId, JudgeId, ModuleId
from app.domain.points import SCALE, Points
from app.domain.roles import CHIEF, Actor, Role
from app.domain.scheme import Event, Module
from app.services import (
    checkin,
    code_drawing,
    drawing,
    enrolment,
    marking,
    panel_rows,
    penalties,
    roll,
    rules,
    setup,
    signing_off,
    timing,
)
from app.services.benches import Bench, benches
from app.services.station import Station
from app.services.timing import ClockId, Loss, LossReason
from app.services.works import sheet_plan, works
from app.words import Language

_REVOTED_MODULE, _REVOTED_ASPECT = ModuleId("A"), AspectId("A3.1")

EntryMarks: TypeAlias = dict[AspectId, dict[JudgeId, Cell]]
Told = Callable[[str], None]

ABSENT, FAULT, GATED, REVOTED, TIED = 27, 4, 11, 6, (8, 19)
"""Sample entrants by number: who is absent, whose machine fails, who meets the safety gate, whose
work the judges see too differently, and who tie."""


@dataclass(slots=True)
class SampleDay:
    """The day as it goes: the station, its event, the clock on the wall and the chance of it.

    ``language`` is that of the sample names, ``initials`` tell who keys in from the others.
    """

    station: Station
    event: Event
    time: SampleTime
    chance: Random
    language: Language = "zh"
    initials: str = ""

    def act_as(self, role: Role, judge: JudgeId | None = None) -> None:
        """Somebody else sits down at the station."""
        self.station.actor = Actor(role, judge, initials=self.initials)


def prepare(day: SampleDay) -> None:
    """Enrol the judges, set the panels and freeze the rules."""
    day.station.actor = CHIEF
    code = day.event.code
    judges = [
        enrolment.enrol(day.station, code, name, unit) for name, unit in sample_judges(day.language)
    ]
    for module in day.event.modules:
        panel = judges[: enrolment.needed_judges(module)]
        if panel:
            enrolment.set_panel(day.station, code, module.id, panel)
    setup.freeze(day.station, code)
    day.event = rules.rules(day.station, code)


def check_everybody_in(day: SampleDay) -> None:
    """检录: everybody comes but one, who is absent when the limit has passed."""
    day.act_as(Role.CHECK_IN)
    for number, entry in enumerate(roll.roll(day.station, day.event.code), start=1):
        day.time.pass_minutes(0.5)
        if number != ABSENT:
            checkin.check_in(day.station, entry.id)
    checkin.mark_missing_absent(day.station, day.event.code)


def draw_places(day: SampleDay) -> None:
    """抽签、加密: places from a committed seed, then the work codes of every blind module."""
    day.act_as(Role.ENCRYPTION)
    wish = drawing.DrawWish(
        constraints=(DrawConstraint.UNIT_NOT_ADJACENT, DrawConstraint.UNIT_NOT_IN_ONE_BATCH)
    )
    for module in day.event.modules:
        if module.limit_minutes:
            drawing.commit_draw(
                day.station, day.event.code, module.id, wish=wish, seeds=lambda: _seed(day)
            )
            day.time.pass_minutes(1)
            drawing.make_draw(day.station, day.event.code, module.id)
        if module.blind:
            code_drawing.draw_work_codes(
                day.station, day.event.code, module.id, seeds=lambda: _seed(day)
            )


def run_modules(day: SampleDay) -> None:
    """计时: every module, batch after batch, each bench with a clock of its own."""
    for module in day.event.modules:
        run_module(day, module)


def run_module(day: SampleDay, module: Module) -> None:
    """One module, batch after batch."""
    for batch in batches(day, module.id):
        _run_batch(day, module, batch)


def batches(day: SampleDay, module: ModuleId) -> list[list[Bench]]:
    """The benches of a module by batch (场次)."""
    present = [it for it in benches(day.station, day.event.code) if it.checked_in]
    here = [it for it in present if it.id.module == module]
    numbers = sorted({bench.batch for bench in here})
    return [[bench for bench in here if bench.batch == number] for number in numbers]


def mark_everything(day: SampleDay, tell: Told) -> None:
    """录分: every judge's and every team's sheet, then the vote that has to be taken again."""
    marks = all_marks(day)
    for module in day.event.modules:
        mark_module(day, module, marks)
        tell(module.id)
    differ_too_much(day)
    _vote_again(day)


def mark_module(
    day: SampleDay, module: Module, marks: Mapping[EntryId, EntryMarks], *, works_marked: int = 400
) -> None:
    """Every sheet of a module, for as many works as named, in the order of their codes."""
    plan = sheet_plan(day.station, day.event.code, module.id)
    found = works(day.station, day.event.code, module)
    for label, entry in islice(found.entries.items(), works_marked):
        for judge in plan.sheets:
            _mark_sheet(day, module, label, judge, marks[entry])


def sign_and_lock(day: SampleDay) -> None:
    """复核: the gate is booked, every judge signs, the chief locks module after module."""
    day.station.actor = CHIEF
    gated = roll.roll(day.station, day.event.code)[GATED - 1].id
    penalties.give_penalty(
        day.station, day.event.code, gated, "SAFETY", module=ModuleId("B"), note="样例：安全门"
    )
    for module in day.event.modules:
        for judge in sheet_plan(day.station, day.event.code, module.id).sheets:
            _sit_down(day, judge)
            signing_off.sign_sheets(day.station, day.event.code, module.id, judge)
        day.station.actor = CHIEF
        signing_off.lock_module(day.station, day.event.code, module.id)


def _seed(day: SampleDay) -> bytes:
    return day.chance.randbytes(32)


def _run_batch(day: SampleDay, module: Module, batch: list[Bench]) -> None:
    day.act_as(Role.FLOOR)
    timing.start_batch(day.station, [bench.id for bench in batch])
    faulty = next((it for it in batch if module.id == "C" and _number(it) == FAULT), None)
    day.time.pass_minutes(10)
    left = module.limit_minutes - 10.0
    if faulty is not None:
        left -= _grant_for_a_fault(day, faulty.id)
    ends = sorted(round(day.chance.uniform(0.1, 1) * left, 1) for _ in batch)
    passed = 0.0
    for minutes, bench in zip(ends, day.chance.sample(batch, len(batch)), strict=True):
        day.time.pass_minutes(minutes - passed)
        passed = minutes
        timing.stop(day.station, bench.id)


def _grant_for_a_fault(day: SampleDay, clock: ClockId) -> float:
    """A controller fails for four minutes while the clock runs on; the chief gives them back."""
    day.time.pass_minutes(4)
    now_ms = day.station.now_ms()
    day.station.actor = CHIEF
    loss = Loss(now_ms - 4 * MINUTE_MS, now_ms, LossReason.EQUIPMENT)
    timing.grant(day.station, clock, loss, note="样例：控制器故障")
    day.act_as(Role.FLOOR)
    timing.pause(day.station, clock, LossReason.EQUIPMENT)
    day.time.pass_minutes(1)
    timing.resume(day.station, clock)
    return 5.0


def _number(bench: Bench) -> int:
    return int(bench.number)


def all_marks(day: SampleDay) -> Mapping[EntryId, EntryMarks]:
    """What everybody will be given for every work, before anything is recorded."""
    found: dict[EntryId, EntryMarks] = {}
    entries = roll.roll(day.station, day.event.code)
    for number, entry in enumerate(entries, start=1):
        skill = 0.93 if number in TIED else day.chance.uniform(0.55, 0.96)
        found[entry.id] = {
            aspect.id: sample_cells(aspect, plan.judges[aspect.id], skill, day.chance)
            for module in day.event.modules
            for plan in [sheet_plan(day.station, day.event.code, module.id)]
            for aspect in module.aspects()
        }
    if len(entries) >= max(TIED):
        _tie(*(found[entries[number - 1].id] for number in TIED))
    return found


def _tie(first: EntryMarks, second: EntryMarks) -> None:
    """Give both the same total: one has 1.5 more in practice, the other 3.5 more in theory.

    Practice counts 0.7 and theory 0.3, so that 0.7 * 1.5 = 0.3 * 3.5 = 1.05.
    """
    second.update({aspect: dict(cells) for aspect, cells in first.items()})
    earth, theory = AspectId("A2.5"), AspectId("T1.1")
    first[earth] = {PANEL: Cell(measured="2.100")}
    second[earth] = {PANEL: Cell(measured="6.300")}
    first[theory] = {PANEL: value_cell(Points(int(Decimal("82.5") * SCALE)))}
    second[theory] = {PANEL: value_cell(Points(int(Decimal("86.0") * SCALE)))}


def _mark_sheet(
    day: SampleDay, module: Module, label: str, judge: JudgeId, marks: EntryMarks
) -> None:
    _sit_down(day, judge)
    seen = marking.sheet(day.station, day.event.code, module.id, label, judge)
    cells = {row.aspect.id: marks[row.aspect.id][judge] for row in seen.rows}
    marking.commit_sheet(day.station, seen, cells)
    day.time.pass_minutes(0.2)


def _sit_down(day: SampleDay, judge: JudgeId) -> None:
    if judge == PANEL:
        day.act_as(Role.SCOREKEEPER)
    else:
        day.act_as(Role.JUDGE, judge)


def differ_too_much(day: SampleDay) -> None:
    """Two judges see a work two steps apart from each other (分差超限)."""
    label = _label_of_revoted(day)
    for judge, steps in ((JudgeId("J2"), 0), (JudgeId("J1"), 3)):
        _sit_down(day, judge)
        seen = marking.sheet(day.station, day.event.code, _REVOTED_MODULE, label, judge)
        score = {_REVOTED_ASPECT: value_cell(Points(steps * SCALE))}
        marking.commit_sheet(day.station, seen, score, partial=True)


def _vote_again(day: SampleDay) -> None:
    """The panel looks at the work again and agrees; the chief records it with the reason."""
    day.station.actor = CHIEF
    label = _label_of_revoted(day)
    row = panel_rows.panel_row(day.station, day.event.code, _REVOTED_MODULE, label, _REVOTED_ASPECT)
    agreed = {cell.judge: value_cell(Points(2 * SCALE)) for cell in row.cells}
    panel_rows.revote(day.station, row, agreed, "样例：重新查看走线后复评")


def _label_of_revoted(day: SampleDay) -> str:
    entry = roll.roll(day.station, day.event.code)[REVOTED - 1].id
    found = works(day.station, day.event.code, day.event.module(_REVOTED_MODULE))
    return next(label for label, behind in found.entries.items() if behind == entry)
