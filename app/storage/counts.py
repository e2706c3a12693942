"""Counting what stands, in SQL: for overviews that must stay cheap at four hundred thousand marks.

Nothing here decodes a body; who needs the facts themselves asks ``queries``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence

from app.domain.facts import (
    KIND_OF,
    CertificateIssued,
    CertificateVoided,
    CheckedIn,
    ClockMoved,
    EntryRegistered,
    EntryWithdrawn,
    MarkedAbsent,
)
from app.domain.ids import AspectId, EntryId, EventCode, ModuleId

_STATE_KINDS = {
    KIND_OF[CheckedIn]: "checked-in",
    KIND_OF[MarkedAbsent]: "absent",
    KIND_OF[EntryWithdrawn]: "withdrawn",
}
_AT_ONCE = 500


def entry_states(connection: sqlite3.Connection, event: EventCode) -> dict[EntryId, str]:
    """Every registered entry with what was last said of it: ``registered``, ``checked-in``,
    ``absent`` or ``withdrawn``. A disqualification is not counted here."""
    kinds = (KIND_OF[EntryRegistered], *_STATE_KINDS)
    rows = connection.execute(
        "SELECT s.entry, s.kind FROM standing AS s JOIN ops AS o USING (position)"
        f" WHERE s.event = ? AND s.kind IN ({_marks(kinds)}) AND s.stands = 1"
        " ORDER BY o.lamport, o.station, o.seq",
        (event, *kinds),
    )
    states: dict[EntryId, str] = {}
    for entry, kind in rows:
        if kind in _STATE_KINDS:
            if entry in states:
                states[entry] = _STATE_KINDS[kind]
        else:
            states.setdefault(entry, "registered")
    return states


def clock_states(
    connection: sqlite3.Connection, event: EventCode
) -> dict[tuple[ModuleId, EntryId], str]:
    """The last thing that started, paused, resumed, stopped or reopened each clock."""
    rows = connection.execute(
        "SELECT s.module, s.entry, o.body ->> '$.moved.type' FROM standing AS s"
        " JOIN ops AS o USING (position) WHERE s.event = ? AND s.kind = ? AND s.stands = 1"
        " ORDER BY o.lamport, o.station, o.seq",
        (event, KIND_OF[ClockMoved]),
    )
    return {(module, entry): moved for module, entry, moved in rows if moved != "granted"}


def filled_cells(
    connection: sqlite3.Connection,
    event: EventCode,
    limits: Mapping[AspectId, tuple[int, int | None]],
    *,
    left_out: Collection[EntryId] = (),
    let_stand: Collection[tuple[EntryId, AspectId]] = (),
) -> tuple[dict[AspectId, int], dict[AspectId, int]]:
    """Cells of each aspect that hold a mark, and works whose scores are too far apart.

    ``limits`` gives for each aspect its cells in a work and the most that two of them may differ,
    in ten-thousandths; a panel not complete is not judged, nor one that was ``let_stand``. Cells
    of ``left_out`` do not count, and more marks than cells are a dispute, not more cells.
    """
    filled: dict[AspectId, int] = {}
    apart: dict[AspectId, int] = {}
    rows = connection.execute(
        "SELECT entry, aspect, count(*), max(value) - min(value) FROM marks"
        " WHERE event = ? AND stands = 1 AND replaced = 0 GROUP BY entry, aspect",
        (event,),
    )
    for entry, aspect, count, difference in rows:
        if aspect not in limits or entry in left_out:
            continue
        cells, most = limits[aspect]
        filled[aspect] = filled.get(aspect, 0) + (min(cells, count))
        judged = most is not None and count >= cells and (entry, aspect) not in let_stand
        if judged and difference is not None and difference > most:
            apart[aspect] = apart.get(aspect, 0) + 1
    return filled, apart


def disputed_cells(connection: sqlite3.Connection, event: EventCode) -> int:
    """How many cells hold two marks that did not know of each other."""
    total: int = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM marks WHERE event = ? AND stands = 1"
        " AND replaced = 0 GROUP BY entry, aspect, judge HAVING count(*) > 1)",
        (event,),
    ).fetchone()[0]
    return total


def marks_of_aspects(
    connection: sqlite3.Connection, event: EventCode, aspects: Sequence[AspectId]
) -> int:
    """How many marks count that were given for any of these aspects."""
    total = 0
    for start in range(0, len(aspects), _AT_ONCE):
        some = aspects[start : start + _AT_ONCE]
        total += connection.execute(
            "SELECT count(*) FROM marks WHERE event = ? AND stands = 1 AND replaced = 0"
            f" AND aspect IN ({_marks(some)})",
            (event, *some),
        ).fetchone()[0]
    return total


def certificates(connection: sqlite3.Connection, event: EventCode) -> tuple[int, int]:
    """Certificates issued and still valid, and certificates voided."""
    issued, voided = (
        connection.execute(
            "SELECT count(*) FROM standing WHERE event = ? AND kind = ? AND stands = 1",
            (event, KIND_OF[kind]),
        ).fetchone()[0]
        for kind in (CertificateIssued, CertificateVoided)
    )
    return issued - voided, voided


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
