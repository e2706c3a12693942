"""The cells of a sheet on disk: what each holds, and giving one its next mark."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeAlias

from app.domain.disputes import Dispute
from app.domain.entries import Cell
from app.domain.facts import MarkGiven
from app.domain.ids import AspectId, EntryId, EventCode, JudgeId, OpId
from app.services.live import held
from app.services.station import Recording, Station
from app.storage import queries
from app.storage.queries import CurrentMark

Held: TypeAlias = Cell | Dispute | None
"""What one cell holds: nothing, a mark, or several records that did not know of each other."""

HeldCell: TypeAlias = tuple[Held, OpId | None]
"""A cell with the record that the next mark in it would replace."""

EMPTY: HeldCell = (None, None)


def held_cells(
    station: Station,
    event: EventCode,
    entry: EntryId,
    aspects: Collection[AspectId],
    judge: JudgeId | None = None,
) -> dict[tuple[AspectId, JudgeId], HeldCell]:
    """The filled cells of one entry, by aspect and judge; of one judge if named."""
    found: dict[tuple[AspectId, JudgeId], list[CurrentMark]] = {}
    for mark in queries.current_marks(
        station.connection, event, entry=entry, aspects=aspects, judge=judge
    ):
        found.setdefault((mark.aspect, mark.judge), []).append(mark)
    return {
        where: (held(claims), claims[0].op_id if len(claims) == 1 else None)
        for where, claims in found.items()
    }


def give_marks(
    log: Recording,
    event: EventCode,
    entry: EntryId,
    marks: Mapping[tuple[AspectId, JudgeId], tuple[Cell, OpId | None]],
    *,
    reason: str = "",
) -> None:
    """Record marks; each comes with the record it replaces, ``None`` in an empty cell."""
    for (aspect, judge), (cell, replaces) in marks.items():
        fact = MarkGiven(
            event=event,
            entry=entry,
            aspect=aspect,
            judge=judge,
            state=cell.state,
            value=cell.value,
            measured=cell.measured,
        )
        log.add(fact, replaces=replaces, reason=reason)
