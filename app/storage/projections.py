"""The derived tables, kept in step with the log in the same transaction, or made again from it.

``standing`` says of every fact but a mark what it is about and whether it still stands; ``marks``
holds every mark ever given and whether another has replaced it. Both come out the same whatever the
order in which ops arrive, which is what lets a merge add to them and a rebuild reproduce them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from app.domain.facts import KIND_OF, DisputeSettled, Fact, MarkGiven, OpUndone
from app.domain.ids import OpId
from app.domain.ops import decode_fact
from app.storage import oplog
from app.storage.database import Database, writing
from app.storage.oplog import Placed

_STAND = "INSERT INTO standing VALUES (?, ?, ?, ?, ?, 1)"
# Straight from the bodies in the log: quicker than through Python, and the same statement for one
# mark and for all. Many go in by the order of the table's key, which is twice as fast.
_MARKS = (
    "INSERT INTO marks"
    " SELECT body ->> '$.event', body ->> '$.entry', body ->> '$.aspect', body ->> '$.judge',"
    " position, op_id, body ->> '$.state', body ->> '$.value', body ->> '$.measured', replaces,"
    f" 1, 0 FROM ops WHERE position {{}} ? AND kind = '{KIND_OF[MarkGiven]}'"
)
_ONE_MARK = _MARKS.format("=")
_MARKS_BEHIND = _MARKS.format(">") + " ORDER BY 1, 2, 3, 4"
_FALL = "UPDATE standing SET stands = 0 WHERE position = ?"
_CELL = "event = ? AND entry = ? AND aspect = ? AND judge = ?"
_REPLACED = f"UPDATE marks SET replaced = 1 WHERE {_CELL} AND op_id = ?"

Cell = tuple[str, str, str, str]


class Arrival(NamedTuple):
    """An op as far as anything is derived from it."""

    position: int
    kind: str
    replaces: OpId | None
    undoes: OpId | None
    fact: Fact


def apply(connection: sqlite3.Connection, placed: Placed, fact: Fact) -> None:
    """Take one op into the derived tables."""
    op = placed.op
    if isinstance(fact, MarkGiven):
        connection.execute(_ONE_MARK, (placed.position,))
    arrived = [Arrival(placed.position, op.kind, op.replaces, op.undoes, fact)]
    _add_standing(connection, arrived)
    _take_effect(connection, arrived)


def apply_behind(connection: sqlite3.Connection, position: int) -> None:
    """Take in every op that arrived after a position, in whatever order.

    What ops say about others comes after all rows are there, so the order does not matter.
    """
    connection.execute(_MARKS_BEHIND, (position,))
    arrived = list(_telling(connection, position))
    _add_standing(connection, arrived)
    _take_effect(connection, arrived)


def rebuild(database: Database) -> int:
    """Throw the derived tables away and make them again from the log; returns the ops replayed."""
    with writing(database) as connection:
        connection.execute("DELETE FROM standing")
        connection.execute("DELETE FROM marks")
        apply_behind(connection, 0)
    return oplog.count(database)


def _telling(connection: sqlite3.Connection, position: int) -> Iterator[Arrival]:
    """The ops behind a position that are more than a first mark in a cell."""
    rows = connection.execute(
        "SELECT position, kind, version, body, replaces, undoes FROM ops"
        " WHERE position > ? AND (kind <> ? OR replaces IS NOT NULL) ORDER BY position",
        (position, KIND_OF[MarkGiven]),
    )
    for arrived, kind, version, body, replaces, undoes in rows:
        yield Arrival(arrived, kind, replaces, undoes, decode_fact(kind, version, body))


def _add_standing(connection: sqlite3.Connection, arrived: list[Arrival]) -> None:
    connection.executemany(
        _STAND,
        [
            (
                it.position,
                it.kind,
                *(getattr(it.fact, name, None) or "" for name in ("event", "module", "entry")),
            )
            for it in arrived
            if not isinstance(it.fact, MarkGiven)
        ],
    )


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
