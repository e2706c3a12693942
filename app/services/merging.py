"""Taking a bundle into a database: what is new in it, checked op by op, all or nothing.

Per station the chains must agree as far as both reach; whatever the bundle has beyond is verified
and taken in. That is a set union by op id, so the order of merges and repeating one change nothing.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import msgspec

from app.bundles import chains, reader
from app.bundles.format import ExchangeStopped
from app.bundles.reader import Bundle, PersonRow
from app.domain.facts import KINDS, EntryRegistered, Fact
from app.domain.ids import EntryId, StationId
from app.domain.ops import OpRow, op_id
from app.problems import Problem
from app.storage import intake, oplog, people
from app.storage.people import Person, PersonRecord

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

_REPORT_EVERY = 5_000


@dataclass(frozen=True, slots=True)
class Tail:
    """What a bundle has beyond what is held of one station: from ``after`` up to ``upto``."""

    station: StationId
    after: int
    upto: int
    prev: bytes


@dataclass(frozen=True, slots=True)
class Incoming:
    """A bundle found to be whole, signed and of one history with the file it is compared with."""

    bundle: Bundle
    tails: tuple[Tail, ...]
    keys: dict[StationId, str]

    @property
    def new_ops(self) -> int:
        return sum(tail.upto - tail.after for tail in self.tails)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What was new: kinds of records by station, entries, and people whose record was added."""

    by_station: dict[StationId, Counter[str]]
    entries: frozenset[EntryId]
    people: int = 0

    @property
    def ops(self) -> int:
        return sum(kinds.total() for kinds in self.by_station.values())

    @property
    def facts(self) -> frozenset[type[Fact]]:
        return frozenset(KINDS[kind] for kinds in self.by_station.values() for kind in kinds)


def compare(connection: sqlite3.Connection, bundle: Bundle) -> Incoming:
    """What the bundle would add. Raises ``Problem`` when it is not one history with the file."""
    chains.check_form(bundle)
    keys = chains.public_keys(bundle)
    chains.check_manifest(bundle, keys)
    return Incoming(bundle, _tails(connection, bundle), keys)


def compare_again(connection: sqlite3.Connection, incoming: Incoming) -> Incoming:
    """The same bundle compared with the file as it is now; its form was checked before."""
    return replace(incoming, tails=_tails(connection, incoming.bundle))


def _tails(connection: sqlite3.Connection, bundle: Bundle) -> tuple[Tail, ...]:
    held = oplog.heads(connection)
    tails: list[Tail] = []
    for name, head in bundle.manifest.heads.items():
        station = StationId(name)
        own = held.get(station)
        seq = min(own.seq, head.seq) if own else 0
        common = _held_hash(connection, station, seq)
        if seq and chains.hash_at(bundle, station, seq) != common:
            raise _divergence(connection, bundle, station)
        if head.seq > seq:
            tails.append(Tail(station, seq, head.seq, common))
    return tuple(tails)


def take_in(
    connection: sqlite3.Connection,
    incoming: Incoming,
    *,
    progress: Progress = lambda _done, _total: None,
    cancelled: Cancelled = lambda: False,
) -> TakenIn:
    """Add what is new, inside a transaction of the caller; raises ``Problem`` at the first flaw."""
    taken = take_ops(connection, incoming, progress=progress, cancelled=cancelled)
    return replace(taken, people=take_people(connection, incoming.bundle))


def take_ops(
    connection: sqlite3.Connection,
    incoming: Incoming,
    *,
    progress: Progress = lambda _done, _total: None,
    cancelled: Cancelled = lambda: False,
) -> TakenIn:
    """Add the new records only, each checked before it goes in."""
    by_station: dict[StationId, Counter[str]] = {}
    entries: set[EntryId] = set()

    def new_ops() -> Iterator[OpRow]:
        done = 0
        for tail in incoming.tails:
            counted = by_station.setdefault(tail.station, Counter())
            key = incoming.keys[tail.station]
            for row, fact in chains.checked_ops(
                incoming.bundle, tail.station, key, after=tail.after, prev=tail.prev
            ):
                counted[row[5]] += 1
                if isinstance(fact, EntryRegistered):
                    entries.add(fact.entry)
                done += 1
                if done % _REPORT_EVERY == 0:
                    progress(done, incoming.new_ops)
                    _go_on(cancelled)
                yield row
        _go_on(cancelled)

    before = oplog.last_position(connection)
    intake.take_in(connection, new_ops())
    if (op := intake.dangling(connection, after=before)) is not None:
        raise Problem("bundle-reference-missing", file=incoming.bundle.name, op=op)
    return TakenIn(by_station, frozenset(entries))


def _go_on(cancelled: Cancelled) -> None:
    if cancelled():
        raise ExchangeStopped


def take_people(connection: sqlite3.Connection, bundle: Bundle) -> int:
    """Names whose digest is the one the log names last; returns how many were new or corrected."""
    named = intake.person_digests(connection)
    held = {record.key: record.digest for record in people.records(connection)}
    forgotten = people.purged(connection)
    taken: set[str] = set()
    for row in reader.people(bundle):
        digests = named.get(row.key, [])
        if row.digest not in digests:
            raise Problem("bundle-person-unknown", file=bundle.name, entry=row.key[:40])
        if forgotten.get(row.key) == row.digest:
            continue
        if row.digest == digests[-1] and held.get(row.key) != row.digest:
            people.put_record(connection, _record(bundle, row))
            taken.add(row.key)
    for key, image in reader.photos(bundle):
        if key in named and key not in forgotten and people.photo(connection, key) is None:
            people.put_photo(connection, key, image)
    return len(taken)


def _record(bundle: Bundle, row: PersonRow) -> PersonRecord:
    try:
        person = msgspec.json.decode(row.details, type=Person)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise Problem("bundle-person-altered", file=bundle.name, entry=row.key[:40]) from None
    return PersonRecord(row.key, person, row.salt, row.digest)


def _held_hash(connection: sqlite3.Connection, station: StationId, seq: int) -> bytes:
    found = oplog.find(connection, op_id(station, seq)) if seq else None
    return found.op.hash if found else b""


def _divergence(connection: sqlite3.Connection, bundle: Bundle, station: StationId) -> Problem:
    """Chains that part never meet again, so the first differing op is found by halving."""
    low, high = 0, bundle.manifest.heads[station].seq
    held = oplog.head(connection, station).seq
    high = min(high, held)
    while high - low > 1:
        middle = (low + high) // 2
        if chains.hash_at(bundle, station, middle) == _held_hash(connection, station, middle):
            low = middle
        else:
            high = middle
    return Problem("bundle-diverges", file=bundle.name, op=op_id(station, high))
