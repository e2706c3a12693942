"""The shipped quiz and proposals with sample teams, their rules frozen."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import structs

from app.bootstrap import create_station
from app.domain.facts import CheckedIn, CompetitionSet, JudgeEnrolled, RulesFrozen
from app.domain.ids import EntryId, EventCode, JudgeId
from app.domain.output_rules import CountedAs, TeamTarget
from app.domain.scheme import Event, rules_hash
from app.paths import resource
from app.services.entrants import Entrant, register
from app.services.rules import rules
from app.services.station import Station, recording
from app.sheets.scheme_toml import parse_scheme
from app.storage.people import Person

if TYPE_CHECKING:
    from pathlib import Path

    from app.time_source import TimeSource

QUIZ, IDEA = EventCode("QUIZ"), EventCode("IDEA")
T1, T2, T3 = (EntryId(f"QUIZ-0{number}") for number in (1, 2, 3))
P1, P2, P3 = (EntryId(f"IDEA-0{number}") for number in (1, 2, 3))


def freeze_template(station: Station, template: str) -> Event:
    """Put the rules of ``quiz`` or ``proposals`` in force, with one judge."""
    source = resource("schemes", f"{template}.toml")
    scheme = parse_scheme(source.read_text(encoding="utf-8"), source.name)
    event = scheme.events[0]
    with recording(station) as log:
        log.add(CompetitionSet(competition=scheme.competition))
        log.add(RulesFrozen(event=event.code, rules=event, rules_hash=rules_hash(event)))
        log.add(JudgeEnrolled(event=event.code, judge=JudgeId("J1")))
    return event


def give_own_target(station: Station, counted_as: CountedAs = CountedAs.QUANTITY) -> None:
    """Team 03 of ``team-output`` is to reach 25 in the first period, the others 20."""
    event = rules(station, EventCode("SHAFT"))
    assert event.output is not None
    first, *others = event.output.periods
    periods = (structs.replace(first, counted_as=counted_as), *others)
    targets = (TeamTarget(feeds=first.feeds, entry="03", target=Decimal(25)),)
    output = structs.replace(event.output, periods=periods, targets=targets)
    event = structs.replace(event, output=output)
    with recording(station) as log:
        log.add(RulesFrozen(event=event.code, rules=event, rules_hash=rules_hash(event)))


def fed_station(
    template: str, path: Path | None = None, *, entries: int = 3, time: TimeSource | None = None
) -> Station:
    """A station on ``quiz`` or ``proposals`` with teams 01, 02 and so on checked in."""
    station = create_station(path, time=time)
    event = freeze_template(station, template)
    for number in range(1, entries + 1):
        person = Person(name=f"样例队{number:02d}")
        entrant = Entrant(event.code, person, unit=f"样例{number}厂", members=3)
        entry = register(station, entrant)
        with recording(station) as log:
            log.add(CheckedIn(event=event.code, entry=entry))
    return station
