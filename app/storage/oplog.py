"""The append-only log: how an op gets in, and how ops come out again in replay order.

``append`` must be called inside ``database.writing``. It reads the head of the chain from the file
itself every time, so that two programs on one file cannot fork it.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.ids import OpId, StationId
from app.domain.ops import Draft, Op, OpRow, Stamp, seal, split_op_id
from app.storage.database import Database

_COLUMNS = (
    "station, seq, lamport, at, by, kind, version, body, replaces, reason, undoes, prev, hash"
)
_VALUES = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_AT_ONCE = 200
_INSERT = f"INSERT INTO ops ({_COLUMNS}) VALUES {_VALUES}"
_INSERT_MANY = f"INSERT INTO ops ({_COLUMNS}) VALUES {', '.join([_VALUES] * _AT_ONCE)}"


@dataclass(frozen=True, slots=True)
class Head:
    """The last op of a station's chain: its sequence number (0 for none) and hash."""

    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Placed:
    """An op with its place in this file's order of arrival."""

    position: int
    op: Op


def append(connection: sqlite3.Connection, draft: Draft, stamp: Stamp) -> Placed:
    """Seal the draft as the next op of the stamp's station and put it in the log."""
    own = head(connection, stamp.station)
    op = seal(
        draft,
        stamp,
        seq=own.seq + 1,
        lamport=last_lamport(connection) + 1,
        prev=own.hash,
    )
    return Placed(insert(connection, op), op)


def insert(connection: sqlite3.Connection, op: Op) -> int:
    """Put a sealed op into the log as it is; returns its position."""
    position = connection.execute(_INSERT, row_of(op)).lastrowid
    assert position is not None
    return position


def insert_rows(connection: sqlite3.Connection, rows: Iterable[OpRow]) -> None:
    """Put sealed ops into the log as they are, one after the other."""
    # Many to a statement: starting one takes as long as the insert itself.
    remaining = iter(rows)
    while len(some := list(itertools.islice(remaining, _AT_ONCE))) == _AT_ONCE:
        connection.execute(_INSERT_MANY, tuple(itertools.chain.from_iterable(some)))
    connection.executemany(_INSERT, some)


def head(connection: sqlite3.Connection, station: StationId) -> Head:
    """The head of one station's chain, of seq 0 before its first op."""
    found = connection.execute(
        "SELECT seq, hash FROM ops WHERE station = ? ORDER BY seq DESC LIMIT 1", (station,)
    ).fetchone()
    return Head(*found) if found else Head(0, b"")


def heads(connection: sqlite3.Connection) -> dict[StationId, Head]:
    """The head of every station's chain in the file."""
    # From one station to the next by the index: grouping would read every op there is.
    rows = connection.execute(
        "WITH RECURSIVE stations (station) AS (SELECT min(station) FROM ops UNION ALL"
        " SELECT (SELECT min(station) FROM ops WHERE station > stations.station) FROM stations"
        " WHERE stations.station IS NOT NULL)"
        " SELECT o.station, o.seq, o.hash FROM stations JOIN ops AS o ON o.station ="
        " stations.station AND o.seq = (SELECT max(seq) FROM ops WHERE station = stations.station)"
        " ORDER BY o.station"
    )
    return {StationId(station): Head(seq, digest) for station, seq, digest in rows}


def last_lamport(connection: sqlite3.Connection) -> int:
    """The highest Lamport time in the file, 0 in an empty one."""
    found = connection.execute("SELECT max(lamport) FROM ops").fetchone()[0]
    return found or 0


def last_position(connection: sqlite3.Connection) -> int:
    """The highest position in this file, 0 in an empty one."""
    found = connection.execute("SELECT max(position) FROM ops").fetchone()[0]
    return found or 0


def find(connection: sqlite3.Connection, wanted: OpId) -> Placed | None:
    """The op with this id, if the file holds it."""
    station, seq = split_op_id(wanted)
    found = connection.execute(
        f"SELECT position, {_COLUMNS} FROM ops WHERE station = ? AND seq = ?", (station, seq)
    ).fetchone()
    return Placed(found[0], _op(found[1:])) if found else None


def in_order(connection: sqlite3.Connection) -> Iterator[Placed]:
    """Every op in replay order."""
    rows = connection.execute(
        f"SELECT position, {_COLUMNS} FROM ops ORDER BY lamport, station, seq"
    )
    return (Placed(row[0], _op(row[1:])) for row in rows)


def arrived_after(connection: sqlite3.Connection, position: int) -> Iterator[Placed]:
    """The ops that arrived in this file after a position, in order of arrival."""
    rows = connection.execute(
        f"SELECT position, {_COLUMNS} FROM ops WHERE position > ? ORDER BY position", (position,)
    )
    return (Placed(row[0], _op(row[1:])) for row in rows)


def chain(connection: sqlite3.Connection, station: StationId, *, after: int = 0) -> Iterator[Op]:
    """One station's ops by sequence number, beginning behind ``after``."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM ops WHERE station = ? AND seq > ? ORDER BY seq", (station, after)
    )
    return (_op(row) for row in rows)


def backwards(connection: sqlite3.Connection, station: StationId) -> Iterator[Op]:
    """One station's ops, the latest first, read as far as they are asked for."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM ops WHERE station = ? ORDER BY seq DESC", (station,)
    )
    return (_op(row) for row in rows)


def last(connection: sqlite3.Connection, count: int) -> Sequence[Op]:
    """The latest ops in replay order, newest first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM ops ORDER BY lamport DESC, station DESC, seq DESC LIMIT ?",
        (count,),
    )
    return [_op(row) for row in rows]


def count(database: Database) -> int:
    """How many ops the file holds."""
    total: int = database.connection.execute("SELECT count(*) FROM ops").fetchone()[0]
    return total


def row_of(op: Op) -> OpRow:
    """The op as it lies in the table."""
    return (
        op.station,
        op.seq,
        op.lamport,
        op.at,
        op.by,
        op.kind,
        op.version,
        op.body.decode(),
        op.replaces,
        op.reason,
        op.undoes,
        op.prev,
        op.hash,
    )


def _op(row: Sequence[Any]) -> Op:
    station, seq, lamport, at, by, kind, version, body, replaces, reason, undoes, prev, digest = row
    return Op(
        station,
        seq,
        lamport,
        at,
        by,
        kind,
        version,
        body.encode(),
        replaces,
        reason,
        undoes,
        prev,
        digest,
    )
