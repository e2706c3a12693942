"""Who may sign, lock or publish what: the blockers, never a bare no (签字与锁定).

What a judge can be told carries counts and aspect ids only: a judge marks blind, so no refusal may
say whose work it is about. The review screen lists the cells for those who may see them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from app.domain.aspects import AspectState
from app.domain.entries import EntryState
from app.domain.errors import RuleBroken
from app.domain.ids import AspectId, EntryId, EventCode, JudgeId, ModuleId
from app.domain.ranking import ApartReason, Ranking
from app.domain.scoreboard import Scoreboard

_NAMED = 3
_GONE = (EntryState.ABSENT, EntryState.WITHDRAWN, EntryState.DISQUALIFIED)


@dataclass(frozen=True, slots=True)
class CellPlace:
    """One cell of one work: who should enter what for whom."""

    entry: EntryId
    aspect: AspectId
    judge: JudgeId


@dataclass(frozen=True, slots=True)
class OpenWork:
    """What is not settled in a module: cells nobody filled, aspects the panel or chief must see.

    ``short`` are those that too few judges are left for, so that another has to step in.
    """

    missing: tuple[CellPlace, ...] = ()
    spread_broken: tuple[tuple[EntryId, AspectId], ...] = ()
    disputed: tuple[tuple[EntryId, AspectId], ...] = ()
    short: tuple[tuple[EntryId, AspectId], ...] = ()

    def of(self, judge: JudgeId) -> tuple[CellPlace, ...]:
        """The cells that this judge has still to fill."""
        return tuple(place for place in self.missing if place.judge == judge)


SETTLED = OpenWork()


def open_work(board: Scoreboard, module: ModuleId) -> OpenWork:
    """What is not settled in a module, over the entries that are to be marked."""
    return together(open_work_of(board, entry, module) for entry in to_be_marked(board))


def to_be_marked(board: Scoreboard) -> list[EntryId]:
    """Nobody waits for marks of an entry that is absent, withdrawn or disqualified as a whole."""
    return [entry.id for entry in board.entries() if entry.state not in _GONE]


def open_work_of(board: Scoreboard, entry: EntryId, module: ModuleId) -> OpenWork:
    """What is not settled in a module of one entry; the same as long as its score is the same."""
    missing: list[CellPlace] = []
    by_state: dict[AspectState, list[tuple[EntryId, AspectId]]] = {}
    wanted = {aspect.id for aspect in board.event.module(module).aspects()}
    for aspect, result in zip(board.event.aspects(), board.score(entry).aspects, strict=True):
        if aspect.id not in wanted or result.state is AspectState.COMPLETE:
            continue
        missing += [
            CellPlace(entry, aspect.id, judge)
            for judge, held in board.cells_of(entry, aspect.id)
            if held is None
        ]
        by_state.setdefault(result.state, []).append((entry, aspect.id))
    return OpenWork(
        tuple(missing),
        tuple(by_state.get(AspectState.SPREAD_BROKEN, ())),
        tuple(by_state.get(AspectState.DISPUTED, ())),
        tuple(by_state.get(AspectState.PANEL_SHORT, ())),
    )


def together(works: Iterable[OpenWork]) -> OpenWork:
    """What is not settled in several works, in their order."""
    unsettled = [work for work in works if work != SETTLED]
    return OpenWork(
        tuple(place for work in unsettled for place in work.missing),
        tuple(place for work in unsettled for place in work.spread_broken),
        tuple(place for work in unsettled for place in work.disputed),
        tuple(place for work in unsettled for place in work.short),
    )


def may_sign(
    judge: JudgeId,
    module: ModuleId,
    work: OpenWork,
    *,
    judges: Collection[JudgeId],
    signed: Collection[JudgeId] = (),
    is_locked: bool = False,
) -> list[RuleBroken]:
    """Why this judge cannot sign the module's sheets yet; empty when nothing stands in the way."""
    if is_locked:
        return [RuleBroken("module-locked", module=module)]
    if judge in signed:
        return [RuleBroken("already-signed", module=module, judge=judge)]
    found = []
    if judge not in judges:
        found.append(RuleBroken("signer-not-on-panel", module=module, judge=judge))
    own = work.of(judge)
    if own:
        aspects = _some(place.aspect for place in own)
        found.append(RuleBroken("marks-missing", module=module, count=len(own), aspects=aspects))
    return found + _unsettled(module, work)


def may_lock_module(
    module: ModuleId,
    work: OpenWork,
    *,
    judges: Sequence[JudgeId],
    signed: Collection[JudgeId],
    running_clocks: int = 0,
    uncertain_clocks: int = 0,
    is_locked: bool = False,
) -> list[RuleBroken]:
    """Why the chief judge cannot lock the module yet; empty when nothing stands in the way."""
    if is_locked:
        return [RuleBroken("module-locked", module=module)]
    found = []
    if not judges:
        found.append(RuleBroken("module-without-panel", module=module))
    if work.missing:
        aspects = _some(place.aspect for place in work.missing)
        count = len(work.missing)
        found.append(RuleBroken("marks-missing", module=module, count=count, aspects=aspects))
    found += _unsettled(module, work)
    unsigned = [judge for judge in judges if judge not in signed]
    if unsigned:
        found.append(
            RuleBroken(
                "judges-unsigned", module=module, count=len(unsigned), judges=", ".join(unsigned)
            )
        )
    if running_clocks:
        found.append(RuleBroken("clocks-running", module=module, count=running_clocks))
    if uncertain_clocks:
        found.append(RuleBroken("clocks-uncertain", module=module, count=uncertain_clocks))
    return found


def may_publish(
    event: EventCode,
    ranking: Ranking,
    *,
    modules: Sequence[ModuleId],
    locked: Collection[ModuleId],
    rules_frozen: bool = True,
    undivided: Sequence[EntryId] = (),
    disputes: int = 0,
) -> list[RuleBroken]:
    """Why the result cannot be published yet; empty when nothing stands in the way.

    ``undivided`` are the entries of which nobody knows the division they compete in.
    """
    found = []
    if not rules_frozen:
        found.append(RuleBroken("rules-not-frozen", event=event))
    unlocked = [module for module in modules if module not in locked]
    if unlocked:
        found.append(
            RuleBroken(
                "modules-unlocked", event=event, count=len(unlocked), modules=", ".join(unlocked)
            )
        )
    incomplete = [row.entry for row in ranking.apart if row.reason is ApartReason.INCOMPLETE]
    if incomplete:
        found.append(
            RuleBroken(
                "entries-incomplete",
                event=event,
                count=len(incomplete),
                entries=_some(incomplete),
            )
        )
    if undivided:
        found.append(
            RuleBroken(
                "entries-undivided", event=event, count=len(undivided), entries=_some(undivided)
            )
        )
    if ranking.open_ties:
        tied = _some(", ".join(group) for group in ranking.open_ties)
        found.append(
            RuleBroken("ties-open", event=event, count=len(ranking.open_ties), entries=tied)
        )
    if disputes:
        found.append(RuleBroken("disputes-open", event=event, count=disputes))
    if not ranking.rows and not ranking.guests:
        found.append(RuleBroken("nobody-ranked", event=event))
    return found


def _unsettled(module: ModuleId, work: OpenWork) -> list[RuleBroken]:
    found = []
    if work.spread_broken:
        aspects = _some(aspect for _, aspect in work.spread_broken)
        count = len(work.spread_broken)
        found.append(RuleBroken("spread-open", module=module, count=count, aspects=aspects))
    if work.disputed:
        aspects = _some(aspect for _, aspect in work.disputed)
        count = len(work.disputed)
        found.append(RuleBroken("marks-disputed", module=module, count=count, aspects=aspects))
    if work.short:
        aspects = _some(aspect for _, aspect in work.short)
        count = len(work.short)
        found.append(RuleBroken("panels-short", module=module, count=count, aspects=aspects))
    return found


def _some(ids: Iterable[str]) -> str:
    """The first few different ids, to know where to look."""
    different = list(dict.fromkeys(ids))
    shown = ", ".join(different[:_NAMED])
    return f"{shown} …" if len(different) > _NAMED else shown
