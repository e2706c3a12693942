"""Counting output (产量): a day's counts, corrections with a reason, and how far each team is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from app.domain.entries import Entry
from app.domain.errors import RuleBroken
from app.domain.facts import FileImported, OpUndone, OutputCounted
from app.domain.ids import EntryId, EventCode, OpId
from app.domain.output import (
    Counts,
    DayCell,
    Pace,
    days_of,
    done_by,
    fed_periods,
    last_counted,
    pace,
    plain_quantity,
    read_quantity,
    target_by,
)
from app.domain.output_rules import OutputPeriod, OutputRules
from app.domain.roles import Role
from app.domain.scheme import Event
from app.domain.typed import check_day
from app.services import fed_marks, rules
from app.services.fed_marks import carry_over, counts, refuse_closed
from app.services.roll import Registered, registered
from app.services.station import Recording, Station, recording
from app.storage import queries
from app.storage.queries import Recorded

_KIND = "output-counted"


@dataclass(frozen=True, slots=True)
class TeamDay:
    """A team on one day: what is counted, what was the day before, and its pace in the period.

    ``clashes`` where two laptops counted the day apart from each other.
    """

    entry: Entry
    name: str
    before: Decimal | None
    counted: Decimal | None
    clashes: bool
    pace: Pace


@dataclass(frozen=True, slots=True)
class OutputDay:
    """The table of one day; ``differing`` teams have a mark that does not follow from counts."""

    event: Event
    rules: OutputRules
    period: OutputPeriod
    teams: tuple[TeamDay, ...]
    differing: tuple[EntryId, ...]


@dataclass(frozen=True, slots=True)
class TeamProgress:
    """A team over all periods: ``done`` by the end of each day that is counted, its even pace to
    its ``target`` by the end of every day, and the paces of the periods one by one."""

    entry: Entry
    name: str
    done: tuple[Decimal, ...]
    target: tuple[Fraction, ...]
    paces: tuple[Pace, ...]


@dataclass(frozen=True, slots=True)
class OutputProgress:
    """``days`` from the first to the last; ``target`` the even pace by the end of each
    of a team without a target of its own.

    ``counted_to`` is the last day with a count, empty before there is one.
    """

    event: Event
    rules: OutputRules
    days: tuple[str, ...]
    target: tuple[Fraction, ...]
    counted_to: str
    teams: tuple[TeamProgress, ...]
    counts: Counts


def output_rules(station: Station, event: EventCode) -> tuple[Event, OutputRules]:
    """The rules in force. Raises ``RuleBroken`` while they are not frozen, or without output."""
    in_force = rules.rules(station, event)
    if in_force.output is None:
        raise RuleBroken("output-none", event=event)
    return in_force, in_force.output


def count_output(
    station: Station,
    event: EventCode,
    typed: Mapping[DayCell, str],
    *,
    reason: str = "",
    source: FileImported | None = None,
    origin: object | None = None,
) -> int:
    """Record what teams put out on days, all of it or nothing; returns how many were recorded.

    What stands already is left alone; changing a count needs a reason. ``source`` is the file it
    comes from, recorded where it brings anything. Raises ``RuleBroken``.
    """
    with recording(station, origin=origin) as log:
        in_force, own = output_rules(station, event)
        _refuse_days({day for _, day in typed})
        refuse_closed(station, in_force, fed_periods(own, (day for _, day in typed)))
        known = {one.entry.id for one in registered(station, event)}
        held, new = counts(station, event), []
        for (entry, day), text in typed.items():
            if entry not in known:
                raise RuleBroken("entry-unknown", entry=entry)
            fact = OutputCounted(event=event, entry=entry, day=day, quantity=read_quantity(text))
            if not _stands(fact, held):
                new.append(fact)
        # Before the counts, so that they are undone together with the marks they lead to.
        if source is not None and new:
            log.add(source)
        for fact in new:
            _record(station, log, fact, held, reason.strip())
        carry_over(station, log, in_force, reason=reason.strip())
    return len(new)


def corrections(station: Station, event: EventCode, typed: Mapping[DayCell, str]) -> int:
    """How many counts that stand, or contradict each other, these would change.

    Raises ``RuleBroken`` for what is no count.
    """
    held = counts(station, event)
    return sum(
        cell in held.clashing
        or (cell in held.by_day and read_quantity(text) != plain_quantity(held.by_day[cell]))
        for cell, text in typed.items()
    )


def output_day(station: Station, event: EventCode, day: str) -> OutputDay:
    """The table of a day. Raises ``RuleBroken`` for a day outside every period."""
    in_force, own = output_rules(station, event)
    _refuse_days({day})
    fed_periods(own, (day,))
    period = own.period_of(day)
    assert period is not None, "a day outside was refused"
    held = counts(station, event)
    before = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    teams = tuple(
        TeamDay(
            one.entry,
            one.name,
            held.by_day.get((one.entry.id, before)),
            held.by_day.get((one.entry.id, day)),
            (one.entry.id, day) in held.clashing,
            _pace(own, period, one.entry, held, after=day),
        )
        for one in _teams(station, event)
    )
    return OutputDay(in_force, own, period, teams, fed_marks.differing(station, in_force))


def output_progress(station: Station, event: EventCode) -> OutputProgress:
    """How far every team is, day by day and period by period."""
    in_force, own = output_rules(station, event)
    held, days = counts(station, event), days_of(own)
    counted_to = last_counted(held)
    over = [day for day in days if day <= counted_to]
    teams = tuple(
        TeamProgress(
            one.entry,
            one.name,
            done_by(held, one.entry.id, over),
            tuple(target_by(own, one.entry.number, day) for day in days),
            tuple(
                _pace(own, period, one.entry, held, after=counted_to or days[0])
                for period in own.periods
            ),
        )
        for one in _teams(station, event)
    )
    target = tuple(target_by(own, "", day) for day in days)
    return OutputProgress(in_force, own, days, target, counted_to, teams, held)


def count_history(
    station: Station, event: EventCode, entry: EntryId
) -> list[Recorded[OutputCounted]]:
    """Every count of a team that was not undone, corrected ones included, oldest first."""
    return queries.standing(station.connection, OutputCounted, event=event, entry=entry)


def _pace(
    own: OutputRules, period: OutputPeriod, entry: Entry, held: Counts, *, after: str
) -> Pace:
    done = held.total(entry.id, period) or Decimal(0)
    return pace(period, done, target=own.target_of(period, entry.number), after=after)


def _stands(fact: OutputCounted, held: Counts) -> bool:
    found = held.by_day.get((fact.entry, fact.day))
    return found is not None and plain_quantity(found) == fact.quantity


def _record(
    station: Station, log: Recording, fact: OutputCounted, held: Counts, reason: str
) -> None:
    """One count that is new; of counts that clash the one typed is left over."""
    cell = (fact.entry, fact.day)
    clashing: Sequence[OpId] = held.clashing.get(cell, ())
    stands = held.standing.get(cell)
    if (stands is not None or clashing) and not reason:
        raise RuleBroken("output-needs-reason", day=fact.day)
    if clashing and station.actor.role is not Role.CHIEF:
        raise RuleBroken("output-clash-chief", day=fact.day)
    for op in clashing:
        log.add(OpUndone(kind=_KIND), undoes=op, reason=reason)
    log.add(fact, replaces=stands, reason=reason if stands or clashing else "")


def _teams(station: Station, event: EventCode) -> list[Registered]:
    return [one for one in registered(station, event) if fed_marks.is_marked(one.entry)]


def _refuse_days(days: set[str]) -> None:
    for day in days:
        if (refused := check_day(day)) is not None:
            raise refused
