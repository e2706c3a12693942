"""Which tiles stand on the wall: by what is on now, by module, by batch; no Qt in here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.clock import ClockState
from app.domain.ids import EventCode, ModuleId
from app.domain.scheme import Event
from app.services import rules
from app.services.benches import Bench, current_batch
from app.services.clocks import clocks
from app.services.roll import roll
from app.services.station import Station
from app.services.timing import ClockId, under_way
from app.words import Words

NOW = "now"
ALL = "all"
"""Collective scopes; module ids are upper case, so neither can be taken for one."""


@dataclass(frozen=True, slots=True)
class Group:
    """The tiles of one module: its title, and whether the hall may read who works there."""

    module: ModuleId
    title: str
    blind: bool
    ids: tuple[ClockId, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """What stands above and below the wall.

    ``scope`` is the module shown, or one of the two collective choices; ``batches`` are offered
    when there is one module with several. ``can`` holds the verbs the chosen tile allows now.
    """

    events: tuple[Event, ...]
    event: EventCode
    modules: tuple[tuple[str, str], ...]
    scope: str
    batches: tuple[int, ...]
    batch: int | None
    ready: int
    can: frozenset[str]


def arranged(
    event: Event, every: Sequence[Bench], scope: str, batch: int | None, words: Words
) -> tuple[Group, ...]:
    """The groups of a scope. Without a batch chosen each module shows its current one."""
    groups = []
    wanted = _modules_of(scope, every)
    for module in event.modules:
        own = [bench for bench in every if bench.id.module == module.id]
        if own and module.id in wanted:
            shown = current_batch(own) if batch is None else batch
            title = _title(event, module.id, words)
            if shown and len({bench.batch for bench in own}) > 1:
                title = f"{words.say('timing.group_batch', number=shown)}  ·  {title}"
            ids = tuple(bench.id for bench in own if bench.batch == shown)
            groups.append(Group(module.id, title, module.blind, ids))
    return tuple(groups)


def titles(event: Event, every: Sequence[Bench], words: Words) -> tuple[tuple[str, str], ...]:
    """The modules to choose from, id and title."""
    modules = dict.fromkeys(bench.id.module for bench in every)
    return tuple((module, _title(event, module, words)) for module in modules)


def batches_shown(groups: Sequence[Group], every: Sequence[Bench]) -> tuple[int, ...]:
    """The batches to choose from: only where one module is shown and has several."""
    if len(groups) != 1:
        return ()
    found = sorted({bench.batch for bench in every if bench.id.module == groups[0].module})
    return tuple(found) if len(found) > 1 else ()


def verbs(bench: Bench) -> frozenset[str]:
    """What can be done with a clock now."""
    match bench.clock.state:
        case ClockState.READY:
            return frozenset({"start"}) if bench.may_start else frozenset()
        case ClockState.RUNNING | ClockState.OVER:
            return frozenset({"pause", "stop", "grant", "slip", "submit"})
        case ClockState.PAUSED:
            return frozenset({"resume", "stop", "grant", "slip", "submit"})
        case ClockState.STOPPED:
            return frozenset({"slip", "submit"})


def timed_events(station: Station) -> tuple[Event, ...]:
    """The frozen events with a clock to run and somebody entered."""
    return tuple(
        event
        for event in rules.events(station)
        if any(module.limit_minutes for module in event.modules)
        and rules.frozen_rules(station, event.code) is not None
        and roll(station, event.code)
    )


def busiest(station: Station, events: Sequence[Event]) -> Event | None:
    """The event with a clock under way, else the first."""
    for event in events:
        if any(under_way(clock) for clock in clocks(station, event).values()):
            return event
    return events[0] if events else None


def _modules_of(scope: str, every: Sequence[Bench]) -> set[ModuleId]:
    """The modules of a scope; what is on now is what runs, else the first one still to start."""
    everything = {bench.id.module for bench in every}
    if scope == ALL:
        return everything
    if scope != NOW:
        return {module for module in everything if module == scope}
    busy = {bench.id.module for bench in every if under_way(bench.clock)}
    waiting = [bench.id.module for bench in every if bench.clock.state is ClockState.READY]
    return busy or set(waiting[:1]) or {bench.id.module for bench in every[-1:]}


def _title(event: Event, module: ModuleId, words: Words) -> str:
    found = event.module(module)
    name = words.pick(found.name, found.name_en)
    return words.say("timing.group", module=module, name=name)
