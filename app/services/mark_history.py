"""The history of one cell (更正记录): every mark ever given in it, who gave it, when and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.entries import Cell
from app.domain.ids import AspectId, EventCode, JudgeId, ModuleId, OpId
from app.services.station import Station
from app.services.works import refuse_other, sheet_plan, works
from app.storage import queries
from app.storage.queries import CellRecord


class HistoryState(StrEnum):
    """Whether a mark still counts."""

    COUNTS = "counts"
    REPLACED = "replaced"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One mark of a cell; ``at`` is UTC ms, ``by`` the role or judge that gave it."""

    op_id: OpId
    cell: Cell
    at: int
    by: str
    reason: str
    state: HistoryState


def mark_history(
    station: Station,
    event: EventCode,
    module: ModuleId,
    work: str,
    aspect: AspectId,
    judge: JudgeId,
) -> tuple[HistoryLine, ...]:
    """Every mark ever given in one cell, oldest first."""
    refuse_other(station, judge)
    plan = sheet_plan(station, event, module)
    entry = works(station, event, plan.module, apart=True).entry_of(work)
    records = queries.cell_history(
        station.connection, event=event, entry=entry, aspect=aspect, judge=judge
    )
    return tuple(_line(record) for record in records)


def _line(record: CellRecord) -> HistoryLine:
    mark = record.recorded
    if not record.stands:
        state = HistoryState.UNDONE
    else:
        state = HistoryState.REPLACED if record.replaced else HistoryState.COUNTS
    cell = Cell(mark.fact.state, mark.fact.value, mark.fact.measured)
    return HistoryLine(mark.op_id, cell, mark.at, mark.by, mark.reason, state)
