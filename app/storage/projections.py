"""The derived tables, kept in step with the log in the same transaction, or made again from it.

``standing`` says of every fact but a mark what it is about and whether it still stands; ``marks``
holds every mark ever given and whether another has replaced it. Both come out the same whatever the
order in which ops arrive, which is what lets a merge add to them and a rebuild reproduce them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from itertools import islice

from app.domain.facts import DisputeSettled, Fact, MarkGiven, OpUndone
from app.domain.ids import OpId
from app.domain.ops import decode_fact
from app.storage import oplog
from app.storage.database import Database, writing
from app.storage.oplog import Placed

_BATCH = 5_000
_STAND = "INSERT INTO standing VALUES (?, ?, ?, ?, ?, 1)"
_MARK = "INSERT INTO marks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 0)"
_CELL = "event = ? AND entry = ? AND aspect = ? AND judge = ?"
_REPLACED = f"UPDATE marks SET replaced = 1 WHERE {_CELL} AND op_id = ?"

Cell = tuple[str, str, str, str]


def apply(connection: sqlite3.Connection, placed: Placed, fact: Fact) -> None:
    """Take one op into the derived tables."""
    _apply_batch(connection, [(placed, fact)])


def apply_all(connection: sqlite3.Connection, ops: Iterable[Placed]) -> int:
    """Take many ops in, in replay order; returns how many."""
    done = 0
    remaining = iter(ops)
    while batch := list(islice(remaining, _BATCH)):
        decoded = [(it, decode_fact(it.op.kind, it.op.version, it.op.body)) for it in batch]
        _apply_batch(connection, decoded)
        done += len(batch)
    return done


def rebuild(database: Database) -> int:
    """Throw the derived tables away and make them again from the log; returns the ops replayed."""
    with writing(database) as connection:
        connection.execute("DELETE FROM standing")
        connection.execute("DELETE FROM marks")
        return apply_all(connection, oplog.in_order(connection))


def _apply_batch(connection: sqlite3.Connection, batch: list[tuple[Placed, Fact]]) -> None:
    """Rows first, then what ops say about rows: all of them come earlier in replay order."""
    marks = [(it, fact) for it, fact in batch if isinstance(fact, MarkGiven)]
    connection.executemany(_MARK, [_mark_row(it, fact) for it, fact in marks])
    connection.executemany(
        _STAND,
        [_standing_row(it, fact) for it, fact in batch if not isinstance(fact, MarkGiven)],
    )
    connection.executemany(
        _REPLACED, [(*_cell(fact), it.op.replaces) for it, fact in marks if it.op.replaces]
    )
    for it, fact in batch:
        match fact:
            case DisputeSettled(overruled=overruled):
                connection.executemany(_REPLACED, [(*_cell(fact), op) for op in overruled])
            case OpUndone() if it.op.undoes:
                _undo(connection, it.op.undoes)


def _mark_row(placed: Placed, mark: MarkGiven) -> tuple[object, ...]:
    return (
        *_cell(mark),
        placed.position,
        placed.op.op_id,
        mark.state.value,
        mark.value,
        mark.measured,
        placed.op.replaces,
    )


def _standing_row(placed: Placed, fact: Fact) -> tuple[object, ...]:
    about = (getattr(fact, name, None) or "" for name in ("event", "module", "entry"))
    return (placed.position, placed.op.kind, *about)


def _cell(fact: MarkGiven | DisputeSettled) -> Cell:
    return (fact.event, fact.entry, fact.aspect, fact.judge)


def _undo(connection: sqlite3.Connection, undone: OpId) -> None:
    """What the undone op said no longer stands; a mark it had replaced stands again."""
    target = oplog.find(connection, undone)
    if target is None:
        return
    fact = decode_fact(target.op.kind, target.op.version, target.op.body)
    if not isinstance(fact, MarkGiven):
        connection.execute("UPDATE standing SET stands = 0 WHERE position = ?", (target.position,))
        return
    cell = _cell(fact)
    connection.execute(f"UPDATE marks SET stands = 0 WHERE {_CELL} AND op_id = ?", (*cell, undone))
    if target.op.replaces:
        connection.execute(
            f"UPDATE marks SET replaced = EXISTS (SELECT 1 FROM marks AS later WHERE {_CELL}"
            f" AND later.replaces = ? AND later.stands = 1) WHERE {_CELL} AND op_id = ?",
            (*cell, target.op.replaces, *cell, target.op.replaces),
        )
