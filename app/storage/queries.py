"""Reading the file: what stands, as frozen values in replay order. Rows never leave this module."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar, cast

from app.domain.entries import Cell, MarkState
from app.domain.facts import KIND_OF, Fact, MarkGiven, SpreadLetStand
from app.domain.ids import AspectId, EntryId, EventCode, JudgeId, ModuleId, OpId, StationId
from app.domain.ops import decode_fact, op_id
from app.domain.points import Points

F = TypeVar("F")

Order: TypeAlias = tuple[int, str, int]
"""Where an op comes in replay: lamport, station, sequence."""

_FACT = (
    "o.position, o.station, o.seq, o.lamport, o.at, o.by, o.reason, o.replaces, o.kind,"
    " o.version, o.body"
)


@dataclass(frozen=True, slots=True)
class Recorded(Generic[F]):
    """A fact with where it stands in the log: who said it, when (UTC ms), and why."""

    fact: F
    op_id: OpId
    position: int
    order: Order
    station: StationId
    at: int
    by: str
    reason: str
    replaces: OpId | None


@dataclass(frozen=True, slots=True)
class CurrentMark:
    """A mark that no other has replaced. Two in one cell are a dispute."""

    entry: EntryId
    aspect: AspectId
    judge: JudgeId
    op_id: OpId
    state: MarkState
    value: Points | None
    measured: str | None


@dataclass(frozen=True, slots=True)
class Giving:
    """Who gave a mark, when (UTC ms), and where that comes in replay."""

    by: str
    at: int
    order: Order


@dataclass(frozen=True, slots=True)
class CellRecord:
    """One line of a cell's history: the mark, and whether it still counts."""

    recorded: Recorded[MarkGiven]
    stands: bool
    replaced: bool


def standing(
    connection: sqlite3.Connection,
    *kinds: type[F],
    event: EventCode | None = None,
    module: ModuleId | None = None,
    entry: EntryId | None = None,
) -> list[Recorded[F]]:
    """The facts of these kinds that stand, in replay order, about what is named."""
    named = [KIND_OF[cast("type[Fact]", kind)] for kind in kinds]
    where = [f"s.kind IN ({', '.join('?' * len(named))})", "s.stands = 1"]
    values: list[str] = list(named)
    for column, wanted in (("event", event), ("module", module), ("entry", entry)):
        if wanted is not None:
            where.append(f"s.{column} = ?")
            values.append(wanted)
    rows = connection.execute(
        f"SELECT {_FACT} FROM standing AS s JOIN ops AS o USING (position)"
        f" WHERE {' AND '.join(where)} ORDER BY o.lamport, o.station, o.seq",
        values,
    )
    return [_recorded(row) for row in rows]


def latest(
    connection: sqlite3.Connection,
    *kinds: type[F],
    event: EventCode | None = None,
    module: ModuleId | None = None,
    entry: EntryId | None = None,
) -> Recorded[F] | None:
    """The last of the facts that ``standing`` would give."""
    found = standing(connection, *kinds, event=event, module=module, entry=entry)
    return found[-1] if found else None


def last_but_marks(connection: sqlite3.Connection) -> tuple[int, bytes]:
    """The last op to arrive that is not a mark: as long as it is the same one, whatever follows
    from other facts than marks is the same too."""
    found = connection.execute(
        "SELECT position, hash FROM ops WHERE position = (SELECT max(position) FROM standing)"
    ).fetchone()
    return (found[0], found[1]) if found else (0, b"")


def current_marks(
    connection: sqlite3.Connection,
    event: EventCode,
    *,
    entry: EntryId | None = None,
    aspects: Collection[AspectId] | None = None,
    judge: JudgeId | None = None,
) -> Iterator[CurrentMark]:
    """The marks of an event that count, grouped by entry and aspect."""
    where, values = ["event = ?", "stands = 1", "replaced = 0"], [str(event)]
    for column, wanted in (("entry", entry), ("judge", judge)):
        if wanted is not None:
            where.append(f"{column} = ?")
            values.append(wanted)
    if aspects is not None:
        where.append(f"aspect IN ({', '.join('?' * len(aspects))})")
        values += aspects
    rows = connection.execute(
        "SELECT entry, aspect, judge, op_id, state, value, measured FROM marks"
        f" WHERE {' AND '.join(where)} ORDER BY entry, aspect, judge, position",
        values,
    )
    for row in rows:
        yield CurrentMark(row[0], row[1], row[2], row[3], MarkState(row[4]), row[5], row[6])


def given_marks(
    connection: sqlite3.Connection,
    event: EventCode,
    *,
    aspects: Collection[AspectId],
    entry: EntryId | None = None,
) -> Iterator[tuple[CurrentMark, Giving]]:
    """The marks of these aspects that count, each with who gave it."""
    where, values = ["m.event = ?", "m.stands = 1", "m.replaced = 0"], [str(event), *aspects]
    where.append(f"m.aspect IN ({', '.join('?' * len(aspects))})")
    if entry is not None:
        where.append("m.entry = ?")
        values.append(entry)
    rows = connection.execute(
        "SELECT m.entry, m.aspect, m.judge, m.op_id, m.state, m.value, m.measured,"
        " o.by, o.at, o.lamport, o.station, o.seq FROM marks AS m JOIN ops AS o USING (position)"
        f" WHERE {' AND '.join(where)} ORDER BY m.entry, m.aspect, m.judge, m.position",
        values,
    )
    for row in rows:
        mark = CurrentMark(row[0], row[1], row[2], row[3], MarkState(row[4]), row[5], row[6])
        yield mark, Giving(row[7], row[8], (row[9], row[10], row[11]))


def corrections_since(
    connection: sqlite3.Connection, event: EventCode, lamport: int
) -> Iterator[tuple[CurrentMark, Giving, str]]:
    """The marks that count and replaced another with a reason at or behind a lamport time."""
    rows = connection.execute(
        "SELECT m.entry, m.aspect, m.judge, m.op_id, m.state, m.value, m.measured,"
        " o.by, o.at, o.lamport, o.station, o.seq, o.reason"
        " FROM ops AS o JOIN marks AS m USING (position)"
        " WHERE o.lamport >= ? AND o.kind = 'mark-given' AND o.replaces IS NOT NULL"
        " AND o.reason <> '' AND m.event = ? AND m.stands = 1 AND m.replaced = 0"
        " ORDER BY o.lamport, o.station, o.seq",
        (lamport, event),
    )
    for row in rows:
        mark = CurrentMark(row[0], row[1], row[2], row[3], MarkState(row[4]), row[5], row[6])
        yield mark, Giving(row[7], row[8], (row[9], row[10], row[11])), row[12]


def cell_history(
    connection: sqlite3.Connection,
    *,
    event: EventCode,
    entry: EntryId,
    aspect: AspectId,
    judge: JudgeId,
) -> list[CellRecord]:
    """Every mark ever given in one cell, oldest first."""
    rows = connection.execute(
        f"SELECT {_FACT}, m.stands, m.replaced FROM marks AS m JOIN ops AS o USING (position)"
        " WHERE m.event = ? AND m.entry = ? AND m.aspect = ? AND m.judge = ?"
        " ORDER BY o.lamport, o.station, o.seq",
        (event, entry, aspect, judge),
    )
    return [CellRecord(_recorded(row[:-2]), bool(row[-2]), bool(row[-1])) for row in rows]


def _recorded(row: Sequence[Any]) -> Recorded[Any]:
    position, station, seq, lamport, at, by, reason, replaces, kind, version, body = row
    return Recorded(
        fact=decode_fact(kind, version, body),
        op_id=op_id(station, seq),
        position=position,
        order=(lamport, station, seq),
        station=station,
        at=at,
        by=by,
        reason=reason,
        replaces=replaces,
    )


def spreads_let_stand(
    connection: sqlite3.Connection, event: EventCode
) -> frozenset[tuple[EntryId, AspectId]]:
    """Works and aspects whose scores the chief let stand and that still are those scores."""
    found = set()
    for it in standing(connection, SpreadLetStand, event=event):
        entry, aspect = it.fact.entry, it.fact.aspect
        marks = current_marks(connection, event, entry=entry, aspects=(aspect,))
        if {one.judge: Cell(one.state, one.value, one.measured) for one in marks} == it.fact.scores:
            found.add((entry, aspect))
    return frozenset(found)
