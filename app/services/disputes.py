"""Disputes (争议): two records for one cell that did not know of each other, settled by the chief.

They come from merging laptops. Both stay in the record for good; settling names the one that counts
and every one it was chosen over, so that a record still to arrive is not overruled unseen.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.entries import Cell
from app.domain.errors import RuleBroken
from app.domain.facts import DisputeSettled
from app.domain.ids import AspectId, EntryId, EventCode, JudgeId, ModuleId, OpId, StationId
from app.domain.scheme import Aspect
from app.services.open_works import module_work
from app.services.signing_off import refuse_locked
from app.services.station import Station, recording
from app.services.works import sheet_plan, works
from app.storage import queries


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """One of the records that contradict each other; ``at`` is UTC ms."""

    op_id: OpId
    cell: Cell
    at: int
    by: str
    station: StationId


@dataclass(frozen=True, slots=True)
class CellDispute:
    """A cell with two or more unreplaced records, as they stood when it was read."""

    event: EventCode
    module: ModuleId
    work: str
    aspect: Aspect
    judge: JudgeId
    claims: tuple[ClaimRecord, ...]


def disputes(station: Station, event: EventCode, module: ModuleId) -> tuple[CellDispute, ...]:
    """Every disputed cell of a module, by work and aspect."""
    plan = sheet_plan(station, event, module)
    found = module_work(station, event, module).disputed
    if not found:
        return ()
    labels = works(station, event, plan.module).labels()
    listed = []
    for entry, aspect in found:
        for judge in plan.judges[aspect]:
            claims = _claims(station, event, entry, aspect, judge)
            if len(claims) > 1 and entry in labels:
                about = plan.event.aspect(aspect)
                listed.append(CellDispute(event, module, labels[entry], about, judge, claims))
    return tuple(sorted(listed, key=lambda it: (it.work, plan.aspects.index(it.aspect.id))))


def settle(
    station: Station,
    seen: CellDispute,
    chosen: OpId,
    reason: str,
    *,
    origin: object | None = None,
) -> None:
    """The chief decides which record counts, with a reason; the others stay readable."""
    if not reason.strip():
        raise RuleBroken("settling-needs-reason", aspect=seen.aspect.id)
    claimed = tuple(claim.op_id for claim in seen.claims)
    if chosen not in claimed:
        raise RuleBroken("claim-unknown", op=chosen)
    with recording(station, origin=origin) as log:
        refuse_locked(station, seen.event, seen.module)
        plan = sheet_plan(station, seen.event, seen.module)
        entry = works(station, seen.event, plan.module, apart=True).entry_of(seen.work)
        if _claims(station, seen.event, entry, seen.aspect.id, seen.judge) != seen.claims:
            raise RuleBroken("sheet-stale", aspect=seen.aspect.id, work=seen.work)
        fact = DisputeSettled(
            event=seen.event,
            entry=entry,
            aspect=seen.aspect.id,
            judge=seen.judge,
            chosen=chosen,
            overruled=tuple(op for op in claimed if op != chosen),
        )
        log.add(fact, reason=reason.strip())


def _claims(
    station: Station, event: EventCode, entry: EntryId, aspect: AspectId, judge: JudgeId
) -> tuple[ClaimRecord, ...]:
    history = queries.cell_history(
        station.connection, event=event, entry=entry, aspect=aspect, judge=judge
    )
    return tuple(
        ClaimRecord(
            recorded.op_id,
            Cell(recorded.fact.state, recorded.fact.value, recorded.fact.measured),
            recorded.at,
            recorded.by,
            recorded.station,
        )
        for recorded in (line.recorded for line in history if line.stands and not line.replaced)
    )
