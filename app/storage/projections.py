"""The derived tables, kept in step with the log in the same transaction, or made again from it.

``standing`` says of every fact but a mark what it is about and whether it still stands; ``marks``
holds every mark ever given and whether another has replaced it. Both come out the same whatever the
order in which ops arrive, which is what lets a merge add to them and a rebuild reproduce them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from app.domain.facts import DisputeSettled, Fact, MarkGiven, OpUndone
from app.domain.ids import OpId
from app.domain.ops import decode_fact
from app.storage import oplog
from app.storage.database import Database, writing
from app.storage.oplog import Placed

_BATCH = 20_000
_STAND = "INSERT INTO standing VALUES (?, ?, ?, ?, ?, 1)"
_MARK = "INSERT INTO marks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 0)"
_FALL = "UPDATE standing SET stands = 0 WHERE position = ?"
_CELL = "event = ? AND entry = ? AND aspect = ? AND judge = ?"
_REPLACED = f"UPDATE marks SET replaced = 1 WHERE {_CELL} AND op_id = ?"

_TELLING = (DisputeSettled, OpUndone)

Cell = tuple[str, str, str, str]


class Arrival(NamedTuple):
    """An op as far as anything is derived from it."""

    position: int
    op_id: OpId
    kind: str
    replaces: OpId | None
    undoes: OpId | None
    fact: Fact


def apply(connection: sqlite3.Connection, placed: Placed, fact: Fact) -> None:
    """Take one op into the derived tables."""
    arrived = [_arrival(placed, fact)]
    _add_rows(connection, arrived)
    _take_effect(connection, arrived)


def apply_all(connection: sqlite3.Connection, arrivals: Iterable[Arrival]) -> int:
    """Take many ops in, in any order, none of them yet derived from; returns how many.

    What ops say about others comes after all rows are there, so the order does not matter.
    """
    done = 0
    telling: list[Arrival] = []
    remaining = iter(arrivals)
    while batch := list(islice(remaining, _BATCH)):
        _add_rows(connection, batch)
        telling += [it for it in batch if it.replaces or isinstance(it.fact, _TELLING)]
        done += len(batch)
    _take_effect(connection, telling)
    return done


def rebuild(database: Database) -> int:
    """Throw the derived tables away and make them again from the log; returns the ops replayed."""
    with writing(database) as connection:
        connection.execute("DELETE FROM standing")
        connection.execute("DELETE FROM marks")
        return apply_all(connection, _from_log(connection))


def _from_log(connection: sqlite3.Connection) -> Iterator[Arrival]:
    rows = connection.execute(
        "SELECT position, op_id, kind, version, body, replaces, undoes FROM ops ORDER BY position"
    )
    for position, named, kind, version, body, replaces, undoes in rows:
        fact = decode_fact(kind, version, body)
        yield Arrival(position, named, kind, replaces, undoes, fact)


def _arrival(placed: Placed, fact: Fact) -> Arrival:
    op = placed.op
    return Arrival(placed.position, op.op_id, op.kind, op.replaces, op.undoes, fact)


def _add_rows(connection: sqlite3.Connection, batch: list[Arrival]) -> None:
    marks: list[tuple[object, ...]] = []
    others: list[tuple[object, ...]] = []
    for position, named, kind, replaces, _undoes, fact in batch:
        if isinstance(fact, MarkGiven):
            mark = (fact.state.value, fact.value, fact.measured, replaces)
            marks.append((*_cell(fact), position, named, *mark))
        else:
            about = (getattr(fact, name, None) or "" for name in ("event", "module", "entry"))
            others.append((position, kind, *about))
    # In the order of the table's key, which a large batch is twice as fast in; no two are alike.
    marks.sort(key=itemgetter(0, 1, 2, 3, 4))
    connection.executemany(_MARK, marks)
    connection.executemany(_STAND, others)


def _take_effect(connection: sqlite3.Connection, arrivals: list[Arrival]) -> None:
    """What ops say about other ops. Undoing comes last and asks again what still replaces what."""
    for it in arrivals:
        match it.fact:
            case MarkGiven() as fact if it.replaces:
                connection.execute(_REPLACED, (*_cell(fact), it.replaces))
            case DisputeSettled(overruled=overruled) as fact:
                connection.executemany(_REPLACED, [(*_cell(fact), op) for op in overruled])
            case _:
                continue
    for it in arrivals:
        if isinstance(it.fact, OpUndone) and it.undoes:
            _undo(connection, it.undoes)


def _cell(fact: MarkGiven | DisputeSettled) -> Cell:
    return (fact.event, fact.entry, fact.aspect, fact.judge)


def _undo(connection: sqlite3.Connection, undone: OpId) -> None:
    """What the undone op said no longer stands; marks it had put out of force may stand again."""
    target = oplog.find(connection, undone)
    if target is None:
        return
    fact = decode_fact(target.op.kind, target.op.version, target.op.body)
    match fact:
        case MarkGiven():
            cell = _cell(fact)
            connection.execute(
                f"UPDATE marks SET stands = 0 WHERE {_CELL} AND op_id = ?", (*cell, undone)
            )
            _recount(connection, cell, target.op.replaces)
        case _:
            connection.execute(_FALL, (target.position,))
            if isinstance(fact, DisputeSettled):
                for op in fact.overruled:
                    _recount(connection, _cell(fact), op)


def _recount(connection: sqlite3.Connection, cell: Cell, op: OpId | None) -> None:
    """Whether a mark is out of force by what stands now: a later mark or a settled dispute."""
    if op is None:
        return
    event, entry, *_ = cell
    connection.execute(
        "UPDATE marks SET replaced ="
        f" EXISTS (SELECT 1 FROM marks AS later WHERE {_CELL}"
        " AND later.replaces = ? AND later.stands = 1)"
        " OR EXISTS (SELECT 1 FROM standing AS s JOIN ops AS o USING (position),"
        " json_each(o.body, '$.overruled') AS overruled WHERE s.kind = 'dispute-settled'"
        " AND s.event = ? AND s.entry = ? AND s.stands = 1 AND overruled.value = ?)"
        f" WHERE {_CELL} AND op_id = ?",
        (*cell, op, event, entry, op, *cell, op),
    )
