"""A small event on the floor: six entrants of three units, a blind and an open module, own clock.

The people are plainly samples. Time stands still until a test moves it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from app.bootstrap import create_station, open_station
from app.domain.facts import CheckedIn, CompetitionSet, EntryRegistered, RulesFrozen
from app.domain.ids import (
    AspectId,
    EntryId,
    EventCode,
    ModuleId,
    SubcriterionId,
    WorkplaceId,
)
from app.domain.readings import Reading
from app.domain.scheme import Aspect, Competition, Event, Module, Subcriterion, rules_hash
from app.services.station import Recording, Station, recording
from app.storage import people
from app.storage.people import Person

if TYPE_CHECKING:
    from pathlib import Path

NINE = 1_700_000_000_000
"""A wall time that stands for the start of the day."""
MINUTE = 60_000

ROBOT = EventCode("ROBOT")
WELD = EventCode("WELD")
A = ModuleId("A")
B = ModuleId("B")


@dataclass
class SampleTime:
    """A laptop's clocks that move only when told to."""

    wall_ms: int = NINE
    mono_ms: int = 5_000_000
    boot: str = "first"

    def reading(self) -> Reading:
        return Reading(self.wall_ms, self.mono_ms, self.boot)

    def pass_ms(self, length_ms: int) -> None:
        self.wall_ms += length_ms
        self.mono_ms += length_ms

    def reboot(self, down_ms: int, boot: str = "second") -> None:
        self.wall_ms += down_ms
        self.mono_ms = 20_000
        self.boot = boot


def module(code: ModuleId, *, blind: bool, minutes: int = 60, places: int = 3) -> Module:
    aspect = Aspect(id=AspectId(f"{code}1.1"), name="样例评分点", max=Decimal(10))
    return Module(
        id=code,
        name=f"样例模块{code}",
        name_en=f"Sample module {code}",
        limit_minutes=minutes,
        blind=blind,
        workplaces=tuple(WorkplaceId(f"{number:02d}") for number in range(1, places + 1)),
        subcriteria=(Subcriterion(id=SubcriterionId(f"{code}1"), name="样例", aspects=(aspect,)),),
    )


def robot_event(*modules: Module) -> Event:
    return Event(
        code=ROBOT,
        name="工业机器人（样例）",
        name_en="Industrial robots (sample)",
        modules=modules or (module(A, blind=True), module(B, blind=False, minutes=90)),
    )


def entry_id(number: int, event: EventCode = ROBOT) -> EntryId:
    return EntryId(f"{event}-{number:02d}")


PEOPLE = (
    ("样例选手01", "11010519491231002X", "样例一厂"),
    ("样例选手02", "440524188001010014", "样例一厂"),
    ("单样", "", "样例二厂"),
    ("曾样例", "", "样例二厂"),
    ("欧阳样", "", "样例三厂"),
    ("样例选手06", "", "样例三厂"),
)
"""Made-up names chosen for how they are spelled; the ID numbers are the standard's own examples."""


def floor(
    path: Path | None = None,
    *,
    time: SampleTime | None = None,
    event: Event | None = None,
    entrants: int = 6,
    checked_in: int = 0,
) -> Station:
    """A station with a frozen event, its entrants, and the first few of them checked in."""
    station = create_station(path, time=time or SampleTime())
    rules = event or robot_event()
    with recording(station) as log:
        log.add(CompetitionSet(competition=Competition(code="SAMPLE", title="样例竞赛")))
        log.add(RulesFrozen(event=ROBOT, rules=rules, rules_hash=rules_hash(rules)))
        for number in range(1, entrants + 1):
            name, id_number, unit = (
                PEOPLE[number - 1]
                if number <= len(PEOPLE)
                else (f"样例选手{number:02d}", "", f"样例{number % 7}厂")
            )
            register(log, number, name, id_number=id_number, unit=unit)
        for number in range(1, checked_in + 1):
            log.add(CheckedIn(event=ROBOT, entry=entry_id(number)))
    return station


def register(
    log: Recording,
    number: int,
    name: str,
    *,
    unit: str,
    id_number: str = "",
    event: EventCode = ROBOT,
) -> None:
    """One entry with its person, in a transaction under way."""
    entry = entry_id(number, event)
    digest = people.put(log.connection, entry, Person(name=name, id_number=id_number), "salt")
    log.add(
        EntryRegistered(
            event=event, entry=entry, number=f"{number:02d}", unit=unit, person_digest=digest
        )
    )


def open_again(path: Path, time: SampleTime) -> Station:
    """The same file in a program started anew."""
    return open_station(path, time=time)
