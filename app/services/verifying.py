"""Verifying (核验) a competition file, a bundle or a certificate's code, on this laptop alone.

The records are first checked as they lie: chains, signatures, names. Then they are read into a
database in memory and everything that follows from them is worked out again: rules hashes, draws,
published results, the derived tables. Nothing is ever written to what is verified.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from app.bundles import signing
from app.bundles.certificate_code import is_code
from app.bundles.code_pictures import codes_in, is_picture
from app.bundles.format import APPLICATION_ID
from app.bundles.reader import Bundle, open_bundle, page_errors
from app.domain.errors import RuleBroken
from app.domain.facts import HeadSigned, StationOpened
from app.domain.ids import StationId
from app.domain.ops import decode_fact, first_break
from app.file_heads import head_of, is_open_here
from app.problems import Problem
from app.services import merging, recomputing
from app.services.certificate_check import verify_codes
from app.services.station import Station
from app.services.verification import Check, Findings, Kind, Verification, tried
from app.storage import database as files
from app.storage import intake, oplog, people, projections
from app.storage.database import Database, integrity_errors, writing

Cancelled = Callable[[], bool]

_CODE_FILE = 8_192


def verify(
    path: Path, *, station: Station | None = None, cancelled: Cancelled = lambda: False
) -> Verification:
    """Verify whatever the file is. A text, a picture or a PDF may hold a certificate's code, which
    is then looked up in the file of ``station`` too.

    Raises ``Problem`` or ``RuleBroken`` only when it is nothing that could be verified.
    """
    if is_picture(path):
        return verify_codes(codes_in(path), subject=path.name, station=station)
    if (code := _code_in(path)) is not None:
        return verify_codes([code], subject=path.name, station=station)
    if _is_bundle(path):
        return _verify_bundle(path, cancelled)
    return _verify_competition(path)


def _verify_bundle(path: Path, cancelled: Cancelled) -> Verification:
    checks: list[Check] = []
    try:
        with open_bundle(path, cancelled=cancelled) as bundle:
            checks += _bundle_checks(bundle, cancelled)
    except Problem as problem:
        checks.append(Check("file", refusal=problem))
    return Verification(path.name, Kind.BUNDLE, tuple(checks))


def _bundle_checks(bundle: Bundle, cancelled: Cancelled) -> Iterator[Check]:
    with closing(files.create(None)) as memory:
        compared: list[merging.Incoming] = []

        def pages() -> Findings:
            if errors := page_errors(bundle):
                raise Problem("bundle-damaged", file=bundle.name, cause=errors[0][:200])
            return {"records": bundle.manifest.ops}

        def manifest() -> Findings:
            compared.append(merging.compare(memory.connection, bundle))
            signed = bundle.manifest
            key = compared[0].keys[StationId(signed.station)]
            return {
                "station": signed.station,
                "fingerprint": signing.fingerprint(key),
                "revision": signed.revision,
                "digest": bundle.digest,
            }

        def records() -> Findings:
            with writing(memory) as connection:
                taken = merging.take_ops(connection, compared[0], cancelled=cancelled)
            return {"stations": len(compared[0].keys), "records": taken.ops}

        def names() -> Findings:
            with writing(memory) as connection:
                merging.take_people(connection, bundle)
            return {"people": bundle.manifest.people}

        # Each needs what the one before it has found to be sound.
        for name, check in (("file", pages), ("manifest", manifest), ("chains", records)):
            done = tried(name, check)
            yield done
            if not done.ok:
                return
        yield _signatures(compared[0].keys, memory.connection)
        yield tried("people", names)
        yield from recomputing.checks(memory)


def _verify_competition(path: Path) -> Verification:
    try:
        database = files.open_file(path, read_only=True)
    except Problem as problem:
        if problem.code in {"file-missing", "file-not-sqlite", "file-not-ours", "file-unreadable"}:
            raise
        return Verification(path.name, Kind.COMPETITION, (Check("file", refusal=problem),))
    checks: list[Check] = []
    try:
        with (
            closing(database),
            closing(files.create(None)) as memory,
            files.legible(path),
        ):
            checks.extend(_competition_checks(database, memory, path.name))
    except Problem as problem:
        checks = [check for check in checks if check.name != "file"]
        checks.insert(0, Check("file", refusal=problem))
    return Verification(path.name, Kind.COMPETITION, tuple(checks))


def _competition_checks(database: Database, memory: Database, name: str) -> Iterator[Check]:
    connection = database.connection
    sound = tried("file", lambda: _pages(database, name))
    yield sound
    if not sound.ok:
        return
    files.copy_into(memory, database)
    chained = tried("chains", lambda: _chains(memory.connection))
    yield chained
    if not chained.ok:
        return
    try:
        keys = _keys(memory.connection)
    except RuleBroken as refusal:
        yield Check("signatures", refusal=refusal)
        return
    yield _signatures(keys, memory.connection)
    yield tried("people", lambda: _people(memory.connection))
    yield tried("tables", lambda: _tables(connection, memory))
    yield from recomputing.checks(memory)


def _pages(database: Database, name: str) -> Findings:
    if errors := integrity_errors(database):
        raise Problem("verify-file-damaged", file=name, cause=errors[0][:200])
    return {"records": oplog.count(database)}


def _chains(connection: sqlite3.Connection) -> Findings:
    heads = oplog.heads(connection)
    for station in heads:
        if (broken := first_break(oplog.chain(connection, station))) is not None:
            raise broken
    return {"stations": len(heads), "records": sum(head.seq for head in heads.values())}


def _keys(connection: sqlite3.Connection) -> dict[StationId, str]:
    keys: dict[StationId, str] = {}
    for station in oplog.heads(connection):
        first = next(oplog.chain(connection, station))
        fact = decode_fact(first.kind, first.version, first.body)
        if not isinstance(fact, StationOpened):
            raise RuleBroken("verify-station-unopened", station=station)
        keys[station] = fact.public_key
    return keys


def _signatures(keys: dict[StationId, str], connection: sqlite3.Connection) -> Check:
    """Every signed head, and how many records at the end of a chain are not signed yet."""

    def signatures() -> Findings:
        findings: dict[str, str | int] = {"signatures": 0, "unsigned": 0}
        for station, key in keys.items():
            signed = 0
            rows = connection.execute(
                "SELECT op_id, seq, version, body, prev FROM ops"
                " WHERE station = ? AND kind = 'head-signed' ORDER BY seq",
                (station,),
            )
            for named, seq, version, body, prev in rows:
                fact = decode_fact("head-signed", version, body)
                assert isinstance(fact, HeadSigned)
                message = signing.head_message(station, seq - 1, prev)
                is_own_head = (fact.seq, fact.hash) == (seq - 1, prev.hex())
                if not is_own_head or not signing.is_signed(key, message, fact.signature):
                    raise RuleBroken("verify-head-not-signed", op=named)
                signed = seq
                findings["signatures"] = int(findings["signatures"]) + 1
            behind = oplog.head(connection, station).seq - signed
            findings["unsigned"] = int(findings["unsigned"]) + behind
            findings[station] = signing.fingerprint(key)
        return findings

    return tried("signatures", signatures)


def _people(connection: sqlite3.Connection) -> Findings:
    named = intake.person_digests(connection)
    records = people.records(connection)
    for record in records:
        fits = people.digest_of(record.person, record.salt) == record.digest
        if not fits or record.digest not in named.get(record.key, []):
            raise RuleBroken("verify-person-altered", entry=record.key)
    return {"people": len(records)}


def _tables(live: sqlite3.Connection, memory: Database) -> Findings:
    """The derived tables against a replay of the log; ``memory`` ends with the replayed ones."""
    projections.rebuild(memory)
    for table, order in (
        ("standing", "position"),
        ("marks", "event, entry, aspect, judge, position"),
    ):
        query = f"SELECT * FROM {table} ORDER BY {order}"  # noqa: S608 - two literal names
        replayed = memory.connection.execute(query)
        for found in live.execute(query):
            if found != replayed.fetchone():
                raise RuleBroken("verify-tables-differ", table=table)
        if replayed.fetchone() is not None:
            raise RuleBroken("verify-tables-differ", table=table)
    return {"records": oplog.count(memory)}


def tables_differ(database: Database) -> bool:
    """Whether the derived tables are not what the records give."""
    with closing(files.create(None)) as memory:
        files.copy_into(memory, database)
        return not tried("tables", lambda: _tables(database.connection, memory)).ok


def _is_bundle(path: Path) -> bool:
    try:
        head = head_of(path)
    except OSError:
        return False
    return head is not None and head.application_id == APPLICATION_ID


def _code_in(path: Path) -> str | None:
    """A certificate's code, if the file is a small text that holds one."""
    try:
        if path.stat().st_size > _CODE_FILE or is_open_here(path):
            return None
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeError):
        return None
    return text if is_code(text) else None
