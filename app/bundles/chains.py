"""The ops of a bundle, each checked as it is read: its form, its place in the chain, its signature.

An op that comes out of ``checked_ops`` has exactly the content its station sealed, follows the op
before it, and holds a fact this version understands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.bundles import signing
from app.bundles.format import OP_COLUMNS
from app.bundles.reader import Bundle, is_manifest_signed, translated
from app.domain.errors import RuleBroken
from app.domain.facts import Fact, HeadSigned, MarkGiven, StationOpened
from app.domain.ids import OpId, StationId
from app.domain.ops import OpRow, decode_fact, hash_of_fields, op_id, split_op_id
from app.problems import Problem

# A body is at most a published result or the rules of an event; a hand-made one may be anything.
_LONGEST = {"by": 80, "kind": 40, "body": 16 << 20, "reason": 8_000, "replaces": 40, "undoes": 40}
_OP_ID = re.compile(r"[0-9A-Z]{4,8}-[0-9]{6,12}", re.ASCII)
_LATEST = 1 << 53
_LARGEST_MARK = 10**12

_MALFORMED = " OR ".join(
    (
        *(f"typeof({name}) <> 'text'" for name in ("station", "by", "kind", "body", "reason")),
        *(f"typeof({name}) <> 'integer'" for name in ("seq", "lamport", "at", "version")),
        *(f"typeof({name}) NOT IN ('text', 'null')" for name in ("replaces", "undoes")),
        *(f"typeof({name}) <> 'blob'" for name in ("prev", "hash")),
        *(f"length({name}) > {longest}" for name, longest in _LONGEST.items()),
        "length(hash) <> 32 OR length(prev) NOT IN (0, 32)",
        f"seq < 1 OR lamport < 1 OR at < -{_LATEST} OR at > {_LATEST}",
    )
)


def check_form(bundle: Bundle) -> None:
    """That every op is of the right types and sizes and that there are as many as were signed.

    A station can know of no more ops than there are, so a larger lamport number is a forgery that
    would push every later op of everybody to the end.
    """
    name, ops = bundle.name, bundle.manifest.ops
    with translated(name):
        execute = bundle.connection.execute
        wrong = execute(
            f"SELECT station, seq FROM ops WHERE {_MALFORMED} OR lamport > ? LIMIT 1", (ops,)
        ).fetchone()
        if wrong is not None:
            raise Problem("bundle-op-malformed", file=name, op=f"{wrong[0]}-{wrong[1]}"[:40])
        found = execute("SELECT count(*) FROM ops").fetchone()[0]
    if found != ops:
        raise Problem("bundle-op-count", file=name, expected=ops, found=found)


def public_keys(bundle: Bundle) -> dict[StationId, str]:
    """The key of every station in the bundle, from the op that opened it."""
    keys: dict[StationId, str] = {}
    for name in bundle.manifest.heads:
        station = StationId(name)
        first = next(_rows(bundle, station, after=0, upto=1), None)
        fact = _fact(bundle, op_id(station, 1), first) if first else None
        if not isinstance(fact, StationOpened):
            raise Problem("bundle-station-unopened", file=bundle.name, station=station)
        keys[station] = fact.public_key
    return keys


def check_manifest(bundle: Bundle, keys: dict[StationId, str]) -> None:
    """That the exporting station signed this very manifest."""
    station = StationId(bundle.manifest.station)
    if not is_manifest_signed(bundle, keys[station]):
        raise Problem("bundle-not-signed", file=bundle.name, station=station)


def checked_ops(
    bundle: Bundle, station: StationId, key: str, *, after: int = 0, prev: bytes = b""
) -> Iterator[tuple[OpRow, Fact]]:
    """One station's ops behind ``after``, whose last held hash is ``prev``, up to the signed head.

    ``key`` is the station's public key. Raises ``Problem`` at the first op that does not hold.
    """
    name = bundle.name
    head = bundle.manifest.heads[station]
    expected, last_lamport = after, 0
    for row in _rows(bundle, station, after=after, upto=head.seq):
        _, seq, lamport, at, by, kind, version, body, replaces, reason, undoes, before, digest = row
        expected += 1
        named = op_id(station, seq)
        if seq != expected:
            raise Problem("bundle-chain-gap", file=name, op=named, expected=expected)
        if before != prev or lamport <= last_lamport:
            raise Problem("bundle-chain-broken", file=name, op=named)
        content = (named, lamport, at, by, kind, version, body, replaces, reason, undoes, before)
        if hash_of_fields(*content) != digest:
            raise Problem("bundle-op-altered", file=name, op=named)
        fact = _fact(bundle, named, row)
        if isinstance(fact, MarkGiven):
            _check_mark(bundle, named, replaces, fact)
        else:
            _check_other(bundle, row, fact, key)
        yield row, fact
        prev, last_lamport = digest, lamport
    if expected != head.seq or prev.hex() != head.hash:
        raise Problem(
            "bundle-chain-short", file=name, station=station, expected=head.seq, seq=expected
        )


def _rows(bundle: Bundle, station: StationId, *, after: int, upto: int) -> Iterator[OpRow]:
    with translated(bundle.name):
        yield from bundle.connection.execute(
            f"SELECT {OP_COLUMNS} FROM ops WHERE station = ? AND seq > ? AND seq <= ? ORDER BY seq",
            (station, after, upto),
        )


def hash_at(bundle: Bundle, station: StationId, seq: int) -> bytes | None:
    """The stored hash of one op, for comparing with what is already held."""
    with translated(bundle.name):
        found = bundle.connection.execute(
            "SELECT hash FROM ops WHERE station = ? AND seq = ?", (station, seq)
        ).fetchone()
    return found[0] if found else None


def _fact(bundle: Bundle, named: OpId, row: OpRow) -> Fact:
    try:
        return decode_fact(row[5], row[6], row[7])
    except RuleBroken as refusal:
        if refusal.code == "op-from-newer-version":
            raise Problem("bundle-from-newer-version", file=bundle.name) from refusal
        cause = str(refusal.details.get("cause", refusal.code))
        raise Problem("bundle-op-unreadable", file=bundle.name, op=named, cause=cause) from None


def _check_mark(bundle: Bundle, named: OpId, replaces: OpId | None, mark: MarkGiven) -> None:
    is_absurd = mark.value is not None and not -_LARGEST_MARK < mark.value < _LARGEST_MARK
    if is_absurd or (replaces is not None and not _is_op_id(replaces)):
        raise Problem("bundle-op-malformed", file=bundle.name, op=named)


def _check_other(bundle: Bundle, row: OpRow, fact: Fact, key: str) -> None:
    """What holds of every op an honest station writes."""
    station, seq, undoes, prev = row[0], row[1], row[10], row[11]
    named = op_id(station, seq)
    if undoes is not None and not _is_own_earlier(undoes, station, seq):
        raise Problem("bundle-undo-not-own", file=bundle.name, op=named)
    match fact:
        case StationOpened() if seq != 1:
            raise Problem("bundle-op-malformed", file=bundle.name, op=named)
        case HeadSigned():
            message = signing.head_message(station, seq - 1, prev)
            is_own_head = (fact.seq, fact.hash) == (seq - 1, prev.hex())
            if not is_own_head or not signing.is_signed(key, message, fact.signature):
                raise Problem("bundle-head-not-signed", file=bundle.name, op=named)
        case _:
            return


def _is_own_earlier(named: str, station: StationId, seq: int) -> bool:
    if not _is_op_id(named):
        return False
    of, earlier = split_op_id(OpId(named))
    return of == station and earlier < seq


def _is_op_id(text: str) -> bool:
    """Written the one way an op id is written, so that no op has two names."""
    return bool(_OP_ID.fullmatch(text)) and op_id(*split_op_id(OpId(text))) == text
