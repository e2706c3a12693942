"""Overview (总览): how far every event is, module by module and phase by phase.

Everything here is counted, nothing scored, so that it stays cheap with hundreds of thousands of
marks. What keeps an event from going on is in ``app.services.blocks``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.domain.facts import DrawMade, ResultsPublished, SheetsSigned
from app.domain.ids import AspectId, EntryId, EventCode, JudgeId, ModuleId
from app.domain.methods import PanelMethod, judges_needed, spread_limit
from app.domain.scheme import Event, Module
from app.domain.scheme_check import check_event
from app.services import enrolment, rules, setup
from app.services.certifying import due, valid
from app.services.progress import (
    OF_A_MODULE,
    Entries,
    EventProgress,
    ModuleProgress,
    Overview,
    Phase,
    Step,
    StepState,
)
from app.services.roll import disqualified
from app.services.signing_off import is_locked, signatures
from app.services.station import Station
from app.services.works import SheetPlan, plan_of
from app.storage import counts, queries
from app.storage.database import reading

_RUNNING = frozenset({"started", "resumed", "reopened"})


def overview(station: Station) -> Overview:
    """Every event's progress, all from one view of the file."""
    with reading(station.database):
        scheme = setup.scheme_in_hand(station)
        return Overview(
            competition=scheme.competition if scheme else None,
            path=station.path,
            station=station.station_id,
            actor=station.actor,
            events=tuple(
                event_progress(station, event.code) for event in (scheme.events if scheme else ())
            ),
        )


def event_progress(station: Station, code: EventCode) -> EventProgress:
    """One event's progress."""
    event = rules.event(station, code)
    state = setup.rules_state(station, code)
    out = disqualified(station, code)
    states = counts.entry_states(station.connection, code)
    entries = _entries(states, out)
    gone = {entry for entry, said in states.items() if said in {"absent", "withdrawn"}} | set(out)
    faults = 0 if state.frozen else len(check_event(event))
    tally = _tally(station, event, gone)
    modules = tuple(
        _module(station, event, module, tally, entries.to_be_marked) for module in event.modules
    )
    published = queries.latest(station.connection, ResultsPublished, event=code)
    awarded = due(station, code)
    frozen = StepState.DONE if state.frozen else StepState.ATTENTION
    if state.frozen and state.proposed:
        frozen = StepState.ATTENTION
    decided = entries.total - entries.registered
    steps = (
        Step(Phase.RULES, frozen, int(state.frozen), 1),
        _counted(Phase.CHECK_IN, decided, entries.total),
        *(_together(phase, modules) for phase in OF_A_MODULE),
        _counted(Phase.PUBLISHING, int(published is not None), 1),
        _counted(Phase.CERTIFICATES, min(valid(station, code), awarded), awarded),
    )
    return EventProgress(
        event=event,
        rules_hash=state.hash,
        frozen=state.frozen,
        faults=faults,
        proposed=state.proposed,
        entries=entries,
        steps=steps,
        modules=modules,
        judges=enrolment.judges(station, code),
        conflicts=enrolment.conflicts(station, code),
        disputed=counts.disputed_cells(station.connection, code),
        revision=published.fact.revision if published else 0,
    )


def _entries(states: Mapping[EntryId, str], out: Collection[EntryId]) -> Entries:
    said = [state for entry, state in states.items() if entry not in out]
    return Entries(
        registered=said.count("registered"),
        checked_in=said.count("checked-in"),
        absent=said.count("absent"),
        withdrawn=said.count("withdrawn"),
        disqualified=len(states) - len(said),
    )


@dataclass(frozen=True, slots=True)
class _Tally:
    """What was counted for all modules of an event at once, by module or aspect."""

    filled: Mapping[AspectId, int]
    spread: Mapping[AspectId, int]
    clocks: Mapping[ModuleId, list[str]]
    drawn: Mapping[ModuleId, list[DrawMade]]
    signed: Mapping[ModuleId, set[JudgeId]]


def _tally(station: Station, event: Event, gone: Collection[EntryId]) -> _Tally:
    connection = station.connection
    clocks: dict[ModuleId, list[str]] = {}
    for (clocked, entry), moved in counts.clock_states(connection, event.code).items():
        if entry not in gone:
            clocks.setdefault(clocked, []).append(moved)
    drawn: dict[ModuleId, list[DrawMade]] = {}
    for made in queries.standing(connection, DrawMade, event=event.code):
        drawn.setdefault(made.fact.module, []).append(made.fact)
    signed: dict[ModuleId, set[JudgeId]] = {}
    for one in queries.standing(connection, SheetsSigned, event=event.code):
        signed.setdefault(one.fact.module, set()).add(one.fact.judge)
    filled, apart = counts.filled_cells(
        connection,
        event.code,
        _limits(event),
        left_out=gone,
        let_stand=queries.spreads_let_stand(connection, event.code),
    )
    return _Tally(
        filled=filled,
        spread=apart,
        clocks=clocks,
        drawn=drawn,
        signed=signed,
    )


def _module(
    station: Station, event: Event, module: Module, tally: _Tally, entries: int
) -> ModuleProgress:
    plan = plan_of(event, module.id, rules.panel(station, event.code, module.id))
    moved = tally.clocks.get(module.id, [])
    locked = is_locked(station, event.code, module.id)
    signed = tally.signed.get(module.id, set())
    unsigned = tuple(judge for judge in plan.sheets if judge not in signed)
    if not unsigned and not locked:
        # Whether a signature still holds takes reading the marks; nobody asks before the end.
        held = signatures(station, event.code, module.id)
        unsigned = tuple(signature.judge for signature in held if not signature.holds)
    broken = sum(tally.spread.get(aspect.id, 0) for aspect in module.aspects())
    marking = _marking(plan, tally.filled, entries)
    if broken:
        marking = Step(Phase.MARKING, StepState.ATTENTION, marking.done, marking.total)
    return ModuleProgress(
        module=module,
        steps=(
            _draw(module, tally.drawn.get(module.id, [])),
            _timing(module, moved, entries),
            marking,
            _counted(Phase.SIGNING, len(plan.sheets) - len(unsigned), len(plan.sheets)),
            _counted(Phase.LOCK, int(locked), 1),
        ),
        panel=plan.panel,
        running=sum(said in _RUNNING for said in moved),
        paused=moved.count("paused"),
        spread_broken=broken,
        unsigned=unsigned,
    )


def _draw(module: Module, made: list[DrawMade]) -> Step:
    """A module with workplaces needs places drawn, a blind one work codes."""
    has_places = any(draw.placements and not draw.codes for draw in made)
    has_codes = any(draw.codes for draw in made)
    wanted = [has_places] * bool(module.workplaces) + [has_codes] * module.blind
    if not wanted:
        return Step(Phase.DRAW, StepState.NOT_NEEDED)
    return _counted(Phase.DRAW, sum(wanted), len(wanted))


def _timing(module: Module, moved: list[str], entries: int) -> Step:
    if not module.limit_minutes:
        return Step(Phase.TIMING, StepState.NOT_NEEDED)
    if "paused" in moved:
        return Step(Phase.TIMING, StepState.ATTENTION, moved.count("stopped"), entries)
    step = _counted(Phase.TIMING, moved.count("stopped"), entries)
    if moved and step.state is StepState.WAITING:
        return Step(Phase.TIMING, StepState.UNDER_WAY, step.done, step.total)
    return step


def _marking(plan: SheetPlan, filled: Mapping[AspectId, int], entries: int) -> Step:
    # By the rules, not by the panel: what a judge nobody enrolled yet should give is missing too.
    cells = sum(judges_needed(aspect.method) or 1 for aspect in plan.module.aspects())
    given = sum(filled.get(aspect, 0) for aspect in plan.aspects)
    return _counted(Phase.MARKING, given, cells * entries)


def _limits(event: Event) -> dict[AspectId, tuple[int, int | None]]:
    """Cells a work has in each aspect, and how far its scores may be apart."""
    limits: dict[AspectId, tuple[int, int | None]] = {}
    for aspect in event.aspects():
        method = aspect.method
        apart = spread_limit(method) if isinstance(method, PanelMethod) else None
        limits[aspect.id] = (judges_needed(method) or 1, apart)
    return limits


def _counted(phase: Phase, done: int, total: int) -> Step:
    if not total or not done:
        return Step(phase, StepState.WAITING, done, total)
    return Step(phase, StepState.DONE if done >= total else StepState.UNDER_WAY, done, total)


def _together(phase: Phase, modules: tuple[ModuleProgress, ...]) -> Step:
    """A phase of the whole event from the same phase of its modules."""
    steps = [module.step(phase) for module in modules]
    steps = [step for step in steps if step.state is not StepState.NOT_NEEDED]
    if not steps:
        return Step(phase, StepState.NOT_NEEDED)
    done, total = sum(step.done for step in steps), sum(step.total for step in steps)
    states = {step.state for step in steps}
    if StepState.ATTENTION in states:
        state = StepState.ATTENTION
    elif len(states) == 1:
        state = steps[0].state
    else:
        state = StepState.UNDER_WAY
    return Step(phase, state, done, total)
