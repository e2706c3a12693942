"""The queue of works of a module: how far each sheet has come, so that none is forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.aspects import AspectState
from app.domain.ids import AspectId, EntryId, EventCode, JudgeId, ModuleId
from app.domain.scoreboard import Scoreboard
from app.services import sheet_drafts
from app.services.live import board
from app.services.signing_off import has_signed
from app.services.station import Station
from app.services.works import may_see, refuse_other, sheet_plan, works


class SheetState(StrEnum):
    """How far one sheet has come; ``TYPED`` has typing on this laptop that nobody committed."""

    EMPTY = "empty"
    TYPED = "typed"
    STARTED = "started"
    AT_ODDS = "at-odds"
    COMPLETE = "complete"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class Work:
    """One line of the queue. ``label`` is the work code in a blind module, else the entry number.

    ``unset`` of ``cells`` are still to be entered; ``at_odds`` aspects go back to the panel.
    """

    label: str
    state: SheetState
    unset: int
    cells: int
    at_odds: int


def sheets_for(station: Station, event: EventCode, module: ModuleId) -> tuple[JudgeId, ...]:
    """Whose sheets whoever acts may open: a judge the own and the team's, others all of them."""
    plan = sheet_plan(station, event, module)
    return tuple(judge for judge in plan.sheets if may_see(station, judge))


def queue(
    station: Station, event: EventCode, module: ModuleId, judge: JudgeId | None = None
) -> tuple[Work, ...]:
    """The works of a module with the state of one judge's sheet, or of all sheets together."""
    plan = sheet_plan(station, event, module)
    if judge is not None:
        refuse_other(station, judge)
    sheets = (judge,) if judge is not None else plan.sheets
    signed = all(has_signed(station, event, module, one) for one in sheets)
    drafted = {
        work for work, one in sheet_drafts.typed_sheets(station, event, module) if one in sheets
    }
    scores = board(station, event).scores
    places = [
        (place, aspect.id, [one for one in plan.judges[aspect.id] if one in sheets])
        for place, aspect in enumerate(plan.event.aspects())
        if aspect.id in plan.judges
    ]
    places = [place for place in places if place[2]]
    return tuple(
        _line(scores, label, entry, places, is_typed=label in drafted, is_signed=signed)
        for label, entry in works(station, event, plan.module).entries.items()
    )


def _line(
    scores: Scoreboard,
    label: str,
    entry: EntryId,
    places: list[tuple[int, AspectId, list[JudgeId]]],
    *,
    is_typed: bool,
    is_signed: bool,
) -> Work:
    """One line of the queue. Only aspects that are not finished are looked into."""
    results = scores.score(entry).aspects
    unset = odds = cells = 0
    for place, aspect, judges in places:
        cells += len(judges)
        state = results[place].state
        if state in {AspectState.SPREAD_BROKEN, AspectState.DISPUTED}:
            odds += 1
        elif state is AspectState.UNSET:
            unset += len(judges)
        if state in {AspectState.PARTIAL, AspectState.DISPUTED}:
            unset += sum(scores.cell(entry, aspect, judge) is None for judge in judges)
    if odds:
        state_now = SheetState.AT_ODDS
    elif is_typed:
        state_now = SheetState.TYPED
    elif unset:
        state_now = SheetState.EMPTY if unset == cells else SheetState.STARTED
    else:
        state_now = SheetState.SIGNED if is_signed else SheetState.COMPLETE
    return Work(label, state_now, unset, cells, odds)
