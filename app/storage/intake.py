"""Taking in what other stations recorded: ops as they were sealed, and what follows from them.

Everything here runs inside ``database.writing`` of the caller, who has checked every op.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.facts import EntryRegistered, JudgeEnrolled
from app.domain.ids import AspectId, EntryId, EventCode, JudgeId, OpId
from app.domain.ops import OpRow, decode_fact
from app.storage import oplog, projections


@dataclass(frozen=True, slots=True)
class DisputedCell:
    """A cell in which several marks stand that did not know of each other."""

    event: EventCode
    entry: EntryId
    aspect: AspectId
    judge: JudgeId
    marks: tuple[OpId, ...]


def take_in(connection: sqlite3.Connection, ops: Iterable[OpRow]) -> None:
    """Add sealed ops of other stations in any order and derive from them."""
    before = oplog.last_position(connection)
    oplog.insert_rows(connection, ops)
    projections.apply_behind(connection, before)


def dangling(connection: sqlite3.Connection, *, after: int) -> OpId | None:
    """The first mark behind a position that names one to replace which its cell never held."""
    found = connection.execute(
        "SELECT m.op_id FROM marks AS m WHERE m.position > ? AND m.replaces IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM marks AS held WHERE held.event = m.event"
        " AND held.entry = m.entry AND held.aspect = m.aspect AND held.judge = m.judge"
        " AND held.op_id = m.replaces) LIMIT 1",
        (after,),
    ).fetchone()
    return found[0] if found else None


def disputed_cells(connection: sqlite3.Connection, *, after: int = 0) -> list[DisputedCell]:
    """Every cell in dispute, in order of event, entry, aspect and judge.

    ``after`` leaves out those in which no mark arrived behind that position.
    """
    rows = connection.execute(
        "SELECT event, entry, aspect, judge, group_concat(op_id) FROM marks"
        " WHERE stands = 1 AND replaced = 0 GROUP BY event, entry, aspect, judge"
        " HAVING count(*) > 1 AND max(position) > ?",
        (after,),
    )
    return [
        DisputedCell(event, entry, aspect, judge, tuple(sorted(marks.split(","))))
        for event, entry, aspect, judge, marks in rows
    ]


def person_digests(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """By person key, every digest the log ever named, the one that counts last."""
    rows = connection.execute(
        "SELECT o.kind, o.version, o.body FROM ops AS o"
        " JOIN standing AS s USING (position)"
        " WHERE s.kind IN ('entry-registered', 'judge-enrolled')"
        " ORDER BY s.stands, o.lamport, o.station, o.seq"
    )
    named: dict[str, list[str]] = {}
    for row in rows:
        match decode_fact(*row):
            case EntryRegistered(entry=entry, person_digest=digest):
                named.setdefault(entry, []).append(digest)
            case JudgeEnrolled(event=event, judge=judge, person_digest=digest):
                named.setdefault(f"{event}/{judge}", []).append(digest)
            case _:
                continue
    return named
