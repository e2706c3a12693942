"""A sample evening: marks keyed in once, some sheets keyed again, the recheck half done.

Kept in memory: for pictures and for trying things out. Nobody in it exists.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from app.demo import story
from app.demo.beginning import begin
from app.demo.sample_people import write_sample_roster
from app.demo.sample_time import SampleTime
from app.demo.story import SampleDay
from app.domain.checking_rules import EntryCheck, RecheckRule
from app.domain.entries import Cell, value_cell
from app.domain.facts import CheckOutcome
from app.domain.ids import AspectId, ModuleId
from app.domain.points import SCALE, Points
from app.domain.roles import CHIEF, Actor, Role
from app.services import checkin, marking, rechecking, roll, setup, sheet_checks
from app.services.check_states import CheckState
from app.services.sheet_checks import CheckLine
from app.services.station import Station
from app.words import Language

CHECKER = Actor(Role.SCOREKEEPER, initials="CD")
_AGREED = 4
_NOV_14_MS = 1_794_614_400_000
_ERRORS: dict[Language, str] = {
    "zh": "A1.2：纸上 2，录为 3",
    "en": "A1.2: paper 2, entered 3",
}


def sample_second_look(language: Language) -> Station:
    """The shipped robot event with both checks; the second person is at the station."""
    with TemporaryDirectory() as folder:
        roster = Path(folder) / "roster.csv"
        write_sample_roster(roster, 12, language)
        day = begin(None, roster, SampleTime(_NOV_14_MS), seed=3, language=language)
    day.initials = "AB"
    _ask_for_checks(day)
    story.prepare(day)
    day.act_as(Role.CHECK_IN)
    for entry in roll.roll(day.station, day.event.code):
        checkin.check_in(day.station, entry.id)
    story.draw_places(day)
    marks = story.all_marks(day)
    for module in day.event.modules:
        story.mark_module(day, module, marks)
    _recheck_some(day)
    _check_some(day)
    return day.station


def _ask_for_checks(day: SampleDay) -> None:
    scheme = setup.scheme_in_hand(day.station)
    assert scheme is not None
    event = scheme.events[0]
    first, *others = event.modules
    first = replace(first, entry_check=EntryCheck.REKEY)
    event = replace(event, modules=(first, *others), recheck=RecheckRule())
    setup.save_scheme(day.station, replace(scheme, events=(event, *scheme.events[1:])))


def _recheck_some(day: SampleDay) -> None:
    """The sample is drawn; of the first three, one has an error."""
    day.station.actor = CHIEF
    code = day.event.code
    rechecking.commit_recheck(day.station, code, seeds=lambda: day.chance.randbytes(32))
    rechecking.draw_recheck(day.station, code)
    found = rechecking.recheck(day.station, code)
    assert found is not None
    agreed, wrong, also_agreed, *_ = found.lines
    for line in (agreed, also_agreed):
        rechecking.note_right(day.station, code, line.entry)
    note = _ERRORS[day.language]
    rechecking.note_wrong(day.station, code, wrong.entry, module=ModuleId("A"), errors=1, note=note)


def _check_some(day: SampleDay) -> None:
    """The second person keys some sheets again; in the last of them one mark differs."""
    day.station.actor = CHECKER
    pile = sheet_checks.piles(day.station, day.event.code, ModuleId("A"))
    waiting = [line for line in pile if line.state is CheckState.WAITING]
    for place, line in enumerate(waiting[: _AGREED + 1]):
        _key_again(day, line, slips=place == _AGREED)


def _key_again(day: SampleDay, line: CheckLine, *, slips: bool) -> None:
    code, module = day.event.code, ModuleId("A")
    task = sheet_checks.open_check(day.station, code, module, line.work, line.judge)
    day.station.actor = CHIEF
    shown = marking.sheet(day.station, code, module, line.work, line.judge)
    day.station.actor = CHECKER
    keyed = {row.aspect.id: row.held for row in shown.rows if isinstance(row.held, Cell)}
    if slips:
        _slip(keyed)
    outcome = sheet_checks.record_check(day.station, task, keyed)
    assert outcome is (CheckOutcome.DIFFERS if slips else CheckOutcome.AGREES)
    day.time.pass_minutes(1)


def _slip(keyed: dict[AspectId, Cell]) -> None:
    """One mark typed differently: 1 for 0, or 0 for anything else."""
    aspect, cell = next((one, cell) for one, cell in keyed.items() if cell.value is not None)
    keyed[aspect] = value_cell(Points(0 if cell.value else SCALE))
