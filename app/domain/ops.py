"""Ops: what the log is made of, their canonical bytes and the hash chain that holds them.

An op's ``hash`` is SHA-256 over the canonical JSON array
``[op_id, lamport, at, by, kind, version, body, replaces, reason, undoes, prev]`` where ``body`` is
the fact's canonical JSON, ``prev`` the hash (hex) of the same station's op before it, empty for the
first, and absent values are null. Anybody can check that with a JSON encoder and a hash function.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeAlias

import msgspec

from app.domain.errors import RuleBroken
from app.domain.facts import KIND_OF, KINDS, Fact
from app.domain.ids import OpId, StationId

VERSION = 1
"""The version of every fact's form so far; a changed form gets its own number and decoder."""

_encoder = msgspec.json.Encoder(order="sorted")


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who, where and when: ``at`` is UTC milliseconds of a clock that may lie."""

    station: StationId
    at: int
    by: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A fact on its way into the log, with what it replaces or undoes and why."""

    fact: Fact
    replaces: OpId | None = None
    reason: str = ""
    undoes: OpId | None = None


@dataclass(frozen=True, slots=True)
class Op:
    """One record of the log. ``body`` is canonical JSON; ``hash`` and ``prev`` are 32 bytes."""

    station: StationId
    seq: int
    lamport: int
    at: int
    by: str
    kind: str
    version: int
    body: bytes
    replaces: OpId | None
    reason: str
    undoes: OpId | None
    prev: bytes
    hash: bytes

    @property
    def op_id(self) -> OpId:
        return op_id(self.station, self.seq)

    @property
    def order(self) -> tuple[int, str, int]:
        """The order in which every station replays: lamport, then station, then sequence."""
        return (self.lamport, self.station, self.seq)


OpRow: TypeAlias = tuple[
    StationId,
    int,
    int,
    int,
    str,
    str,
    int,
    str,
    OpId | None,
    str,
    OpId | None,
    bytes,
    bytes,
]
"""An op as it lies in a table, in the order of the fields of ``Op`` and with its body as text."""


def op_id(station: str, seq: int) -> OpId:
    """``S7K2-000042``."""
    return OpId(f"{station}-{seq:06d}")


def split_op_id(op: OpId) -> tuple[StationId, int]:
    """The station and sequence number an op id is made of."""
    station, dash, seq = op.rpartition("-")
    if not dash or not seq.isdecimal():
        raise RuleBroken("op-id-unreadable", op=op[:40])
    return StationId(station), int(seq)


def encode_fact(fact: Fact) -> bytes:
    """The canonical JSON of a fact."""
    return _encoder.encode(fact)


def decode_fact(kind: str, version: int, body: bytes | str) -> Fact:
    """The fact in a body. Refuses a kind or form this version does not know."""
    if kind not in KINDS or version != VERSION:
        raise RuleBroken("op-from-newer-version", kind=kind[:40], version=version)
    try:
        return _decoder(kind).decode(body)
    except (msgspec.MsgspecError, ValueError) as error:
        raise RuleBroken("op-body-unreadable", kind=kind, cause=str(error)[:200]) from error


@cache
def _decoder(kind: str) -> msgspec.json.Decoder[Fact]:
    """Made when the first op of a kind is read: a start reads few of the many kinds there are."""
    return msgspec.json.Decoder(KINDS[kind])


def seal(draft: Draft, stamp: Stamp, *, seq: int, lamport: int, prev: bytes) -> Op:
    """The op for a draft as the next one of the stamp's station."""
    unsealed = Op(
        station=stamp.station,
        seq=seq,
        lamport=lamport,
        at=stamp.at,
        by=stamp.by,
        kind=KIND_OF[type(draft.fact)],
        version=VERSION,
        body=encode_fact(draft.fact),
        replaces=draft.replaces,
        reason=draft.reason,
        undoes=draft.undoes,
        prev=prev,
        hash=b"",
    )
    return replace(unsealed, hash=hash_of(unsealed))


def hash_of(op: Op) -> bytes:
    """The hash an op must have by its content and its predecessor."""
    return hash_of_fields(
        op.op_id,
        op.lamport,
        op.at,
        op.by,
        op.kind,
        op.version,
        op.body,
        op.replaces,
        op.reason,
        op.undoes,
        op.prev,
    )


def hash_of_fields(  # noqa: PLR0913 - the fields of an op, for reading hundreds of thousands
    named: OpId,
    lamport: int,
    at: int,
    by: str,
    kind: str,
    version: int,
    body: bytes | str,
    replaces: OpId | None,
    reason: str,
    undoes: OpId | None,
    prev: bytes,
) -> bytes:
    """The same from the bare fields, without making an ``Op`` of them first."""
    return hashlib.sha256(
        _encoder.encode(
            (
                named,
                lamport,
                at,
                by,
                kind,
                version,
                msgspec.Raw(body),
                replaces,
                reason or None,
                undoes,
                prev.hex(),
            )
        )
    ).digest()


def first_break(ops: Iterable[Op], *, seq: int = 0, prev: bytes = b"") -> RuleBroken | None:
    """The first op of one station's chain that does not follow, or ``None`` if all do.

    ``seq`` and ``prev`` are those of the op before the first one given.
    """
    for op in ops:
        if op.seq != seq + 1:
            return RuleBroken("chain-gap", op=op.op_id, expected=seq + 1)
        if op.prev != prev:
            return RuleBroken("chain-broken", op=op.op_id)
        if hash_of(op) != op.hash:
            return RuleBroken("op-altered", op=op.op_id)
        seq, prev = op.seq, op.hash
    return None
