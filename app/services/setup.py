"""Set-up (赛前设置): the scheme as it is written, frozen, and later amended with a reason.

The scheme being written is a draft outside the log. Freezing an event puts its rules into the log,
hashed; from then on the draft of that event is a proposal, which counts only when it is recorded as
an amendment.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import msgspec

from app.changes import Topic
from app.domain.errors import RuleBroken
from app.domain.facts import CompetitionSet, RulesFrozen
from app.domain.ids import EventCode
from app.domain.ops import Op
from app.domain.roles import refusal
from app.domain.scheme import Competition, Event, Scheme, rules_hash
from app.domain.scheme_check import check_event, check_scheme
from app.services import rules
from app.services.carrying import carry_totals
from app.services.rule_changes import RuleChange, changed_modules, rules_difference
from app.services.signing_off import refuse_locked
from app.services.standing_changes import heading_in_force, heading_in_hand
from app.services.station import Station, recording
from app.storage import counts, drafts, queries

_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class RulesState:
    """Where the rules of one event stand.

    ``hash`` is that of the frozen rules, else of the draft. ``frozen_at`` (UTC ms) and ``by`` are
    of the latest version; ``proposed`` is what the draft would change if it were recorded as an
    amendment.
    """

    event: EventCode
    frozen: bool
    hash: str
    frozen_at: int | None = None
    by: str = ""
    versions: int = 0
    proposed: tuple[RuleChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Amendment:
    """One later version of frozen rules: what it changed, why, when (UTC ms) and who."""

    reason: str
    at: int
    by: str
    hash: str
    changes: tuple[RuleChange, ...]


def check_competition(competition: Competition) -> list[RuleBroken]:
    """What is missing or wrong in what stands at the top of every paper."""
    found = []
    if not competition.code.strip():
        found.append(RuleBroken("competition-code-missing"))
    if not competition.title.strip():
        found.append(RuleBroken("competition-title-missing"))
    if len(competition.title) > _LONGEST_TITLE:
        found.append(RuleBroken("competition-title-long", most=_LONGEST_TITLE))
    days = []
    for text in (competition.starts, competition.ends):
        try:
            days += [date.fromisoformat(text)] if text else []
        except ValueError:
            found.append(RuleBroken("date-unreadable", value=text[:40]))
    if len(days) == 2 and days[1] < days[0]:
        found.append(RuleBroken("dates-reversed", starts=competition.starts, ends=competition.ends))
    return found


def faults(scheme: Scheme) -> list[RuleBroken]:
    """Everything that keeps a competition from being set up with this scheme."""
    return check_competition(scheme.competition) + check_scheme(scheme)


def start_competition(station: Station, scheme: Scheme, *, origin: object | None = None) -> None:
    """Fill an empty file with a scheme. Raises the first fault of the scheme and writes nothing."""
    if rules.draft_scheme(station.connection) is not None:
        raise RuleBroken("competition-already-set-up")
    for fault in faults(scheme):
        raise fault
    save_scheme(station, scheme, origin=origin)


def scheme_in_hand(station: Station) -> Scheme | None:
    """The scheme to show and edit: the draft, or in a file that came without one what is frozen.

    An event whose draft is just a former version of its frozen rules is shown as it is in force:
    the amendment came from another laptop, and nobody here proposes to take it back.
    """
    in_force = {
        event: [it.fact for it in rules.freezings(station, event)]
        for event in _frozen_events(station)
    }
    draft = rules.draft_scheme(station.connection)
    if draft is None:
        recorded = queries.latest(station.connection, CompetitionSet)
        if recorded is None:
            return None
        events = tuple(versions[-1].rules for versions in in_force.values())
        return Scheme(competition=recorded.fact.competition, events=events)

    def shown(event: Event) -> Event:
        versions = in_force.pop(event.code, [])
        former = {version.rules_hash for version in versions[:-1]}
        return versions[-1].rules if former and rules_hash(event) in former else event

    kept = tuple(shown(event) for event in draft.events)
    arrived = tuple(versions[-1].rules for versions in in_force.values())
    heading = heading_in_hand(station, draft.competition)
    return msgspec.structs.replace(draft, competition=heading, events=kept + arrived)


def save_scheme(station: Station, scheme: Scheme, *, origin: object | None = None) -> None:
    """Keep the draft, faulty or not; the competition's heading goes into the log when it changed.

    A frozen event or a settled standing can neither leave the draft nor change its code, and what
    the draft changes in one is only proposed. Raises ``RuleBroken`` for the former, for a faulty
    heading, and for anyone but the chief judge.
    """
    heading = CompetitionSet(competition=heading_in_force(station, scheme.competition))
    if (refused := refusal(station.actor, heading)) is not None:
        raise refused
    for fault in check_competition(scheme.competition):
        raise fault
    codes = {event.code for event in scheme.events}
    for event in _frozen_events(station):
        if event not in codes:
            raise RuleBroken("event-is-frozen", event=event)
    known = queries.latest(station.connection, CompetitionSet)
    with recording(station, origin=origin) as log:
        _keep_draft(log.connection, scheme, station.now_ms())
        log.touch(Topic.RULES)
        if known is None or known.fact != heading:
            log.add(heading)


def freeze(station: Station, event: EventCode, *, origin: object | None = None) -> Op:
    """Put an event's rules in force (规则冻结); the chain is signed as it then stands.

    Raises the first fault of the rules, or ``RuleBroken`` when they are frozen already.
    """
    if rules.frozen_rules(station, event) is not None:
        raise RuleBroken("rules-already-frozen", event=event)
    wanted = _drafted(station, event)
    for fault in check_event(wanted):
        raise fault
    with recording(station, origin=origin) as log:
        op = log.add(RulesFrozen(event=event, rules=wanted, rules_hash=rules_hash(wanted)))
        carry_totals(log, station, event)
        log.sign_head()
    return op


def amend(
    station: Station,
    event: EventCode,
    wanted: Event,
    reason: str,
    *,
    origin: object | None = None,
) -> Op:
    """Change rules in force, with a reason that everyone can read later (规则变更).

    A module that is locked has been marked by its rules and signed for; it must be unlocked first.
    """
    frozen = rules.rules(station, event)
    if wanted.code != event:
        raise RuleBroken("event-is-frozen", event=event)
    if not reason.strip():
        raise RuleBroken("amendment-without-reason")
    for fault in check_event(wanted):
        raise fault
    changes = rules_difference(frozen, wanted)
    if not changes:
        raise RuleBroken("amendment-changes-nothing", event=event)
    touched = changed_modules(changes)
    for module in frozen.modules:
        if module.id in touched:
            refuse_locked(station, event, module.id)
    draft = scheme_in_hand(station)
    with recording(station, origin=origin) as log:
        fact = RulesFrozen(event=event, rules=wanted, rules_hash=rules_hash(wanted))
        op = log.add(fact, reason=reason.strip())
        carry_totals(log, station, event)
        if draft is not None:
            _keep_draft(log.connection, _with_event(draft, wanted), station.now_ms())
        log.sign_head()
    return op


def drop_proposal(station: Station, event: EventCode, *, origin: object | None = None) -> None:
    """Give up what the draft would change in frozen rules."""
    draft = scheme_in_hand(station)
    if draft is not None:
        frozen = rules.rules(station, event)
        save_scheme(station, _with_event(draft, frozen), origin=origin)


def rules_state(station: Station, event: EventCode) -> RulesState:
    """Where the rules of an event stand, and what the draft proposes."""
    drafted = _drafted(station, event)
    versions = rules.freezings(station, event)
    if not versions:
        return RulesState(event, frozen=False, hash=rules_hash(drafted))
    newest = versions[-1]
    return RulesState(
        event,
        frozen=True,
        hash=newest.fact.rules_hash,
        frozen_at=newest.at,
        by=newest.by,
        versions=len(versions),
        proposed=rules_difference(newest.fact.rules, drafted),
    )


def amendments(station: Station, event: EventCode) -> tuple[Amendment, ...]:
    """Every change to the rules since the freeze, oldest first."""
    versions = rules.freezings(station, event)
    return tuple(
        Amendment(
            reason=after.reason,
            at=after.at,
            by=after.by,
            hash=after.fact.rules_hash,
            changes=rules_difference(before.fact.rules, after.fact.rules),
        )
        for before, after in pairwise(versions)
    )


def marks_touched(station: Station, event: EventCode, wanted: Event) -> int:
    """How many marks were given for aspects that these rules change or remove."""
    frozen = rules.rules(station, event)
    kept = {aspect.id: aspect for aspect in wanted.aspects()}
    changed = [aspect.id for aspect in frozen.aspects() if kept.get(aspect.id) != aspect]
    return counts.marks_of_aspects(station.connection, event, changed)


def _drafted(station: Station, event: EventCode) -> Event:
    draft = scheme_in_hand(station)
    if draft is None:
        raise RuleBroken("competition-not-set-up")
    return draft.event(event)


def _frozen_events(station: Station) -> list[EventCode]:
    recorded = queries.standing(station.connection, RulesFrozen)
    return list(dict.fromkeys(one.fact.event for one in recorded))


def _with_event(scheme: Scheme, wanted: Event) -> Scheme:
    events = tuple(wanted if event.code == wanted.code else event for event in scheme.events)
    return msgspec.structs.replace(scheme, events=events)


def _keep_draft(connection: sqlite3.Connection, scheme: Scheme, saved_at: int) -> None:
    drafts.keep(connection, rules.DRAFT, msgspec.json.encode(scheme).decode(), saved_at)
