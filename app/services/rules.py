"""Which rules apply: the frozen ones of each event, or the draft that is still being written."""

from __future__ import annotations

import sqlite3

import msgspec

from app.domain.errors import RuleBroken
from app.domain.facts import CompetitionSet, JudgeEnrolled, PanelSet, RulesFrozen
from app.domain.ids import EventCode, JudgeId, ModuleId
from app.domain.scheme import Competition, Event, Scheme, rules_hash
from app.services.station import Station
from app.storage import drafts, queries
from app.storage.queries import Recorded

DRAFT = "scheme"
"""The name under which the scheme being written is kept among the drafts."""


def draft_scheme(connection: sqlite3.Connection) -> Scheme | None:
    """The scheme as it is being written, frozen or not; ``None`` in a file without one."""
    text = drafts.find(connection, DRAFT)
    return msgspec.json.decode(text, type=Scheme) if text else None


def competition(station: Station) -> Competition:
    """What stands at the top of every paper. Raises ``RuleBroken`` when nothing is set up."""
    recorded = queries.latest(station.connection, CompetitionSet)
    if recorded is None:
        raise RuleBroken("competition-not-set-up")
    return recorded.fact.competition


def freezings(station: Station, event: EventCode) -> list[Recorded[RulesFrozen]]:
    """Every version of an event's rules since the freeze, oldest first, with reasons."""
    return queries.standing(station.connection, RulesFrozen, event=event)


def frozen_rules(station: Station, event: EventCode) -> RulesFrozen | None:
    """The rules in force, or ``None`` while the event is only a draft."""
    recorded = queries.latest(station.connection, RulesFrozen, event=event)
    return recorded.fact if recorded else None


def rules(station: Station, event: EventCode) -> Event:
    """The rules in force. Raises ``RuleBroken("rules-not-frozen")`` while there are none."""
    frozen = frozen_rules(station, event)
    if frozen is None:
        raise RuleBroken("rules-not-frozen", event=event)
    return frozen.rules


def events(station: Station) -> list[Event]:
    """Every event in the order of the draft: frozen rules where there are any, else the draft."""
    draft = draft_scheme(station.connection)
    in_force = {
        recorded.fact.event: recorded.fact.rules
        for recorded in queries.standing(station.connection, RulesFrozen)
    }
    known = {event.code: event for event in draft.events} if draft else {}
    return [in_force.get(code, event) for code, event in (known | in_force).items()]


def event(station: Station, wanted: EventCode) -> Event:
    """One event, frozen or not."""
    for found in events(station):
        if found.code == wanted:
            return found
    raise RuleBroken("event-unknown", event=wanted)


def is_unchanged(frozen: RulesFrozen) -> bool:
    """Whether the stored rules still have the hash they were frozen with."""
    return rules_hash(frozen.rules) == frozen.rules_hash


def judges(station: Station, event: EventCode) -> list[JudgeEnrolled]:
    """The judges of an event by number; the latest enrolment of each number counts."""
    enrolled = queries.standing(station.connection, JudgeEnrolled, event=event)
    latest = {recorded.fact.judge: recorded.fact for recorded in enrolled}
    return [latest[judge] for judge in sorted(latest, key=_by_number)]


def panel(station: Station, event: EventCode, module: ModuleId) -> tuple[JudgeId, ...]:
    """The judges of a module in sheet order; without a panel set, all judges on duty."""
    recorded = queries.latest(station.connection, PanelSet, event=event, module=module)
    if recorded is not None:
        return recorded.fact.judges
    on_duty = (one for one in judges(station, event) if not one.standing_down)
    return tuple(one.judge for one in on_duty)


def _by_number(judge: JudgeId) -> tuple[int, str]:
    return (int(judge[1:]), judge) if judge[1:].isdecimal() else (10**6, judge)
