"""What a bundle is made of: the tables to the letter, and the manifest that is signed.

A bundle is a SQLite file with an application id of its own and exactly these tables; a file with
anything else in it is not read. ``docs/bundle-format.md`` says how to verify one without Plumbline.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct

APPLICATION_ID = 0x504C4D45
"""``PLME`` in the SQLite header; a competition file has ``PLMB``."""

FORMAT = 1

OP_COLUMNS = (
    "station, seq, lamport, at, by, kind, version, body, replaces, reason, undoes, prev, hash"
)

TABLES: Mapping[str, str] = {
    "manifest": (
        "CREATE TABLE manifest (part TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT, WITHOUT ROWID"
    ),
    "ops": (
        "CREATE TABLE ops (station TEXT NOT NULL, seq INTEGER NOT NULL, lamport INTEGER NOT NULL,"
        " at INTEGER NOT NULL, by TEXT NOT NULL, kind TEXT NOT NULL, version INTEGER NOT NULL,"
        " body TEXT NOT NULL, replaces TEXT, reason TEXT NOT NULL, undoes TEXT,"
        " prev BLOB NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (station, seq))"
        " STRICT, WITHOUT ROWID"
    ),
    "people": (
        "CREATE TABLE people (person TEXT PRIMARY KEY, salt TEXT NOT NULL, details TEXT NOT NULL,"
        " digest TEXT NOT NULL) STRICT, WITHOUT ROWID"
    ),
    "photos": (
        "CREATE TABLE photos (person TEXT PRIMARY KEY, image BLOB NOT NULL) STRICT, WITHOUT ROWID"
    ),
}


class ExchangeStopped(Exception):
    """Somebody stopped an export or a merge; nothing is left of it."""


class SignedHead(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far a station's chain reaches in the bundle, and the hash of its last op in hex."""

    seq: int
    hash: str


class Manifest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the exporting station signs. ``exported_at`` is UTC ms, ``previous`` the SHA-256 of the
    manifest this station exported before, empty for its first.

    ``rules`` and ``results`` name the rules hash and the last published result hash of each event.
    ``people`` and ``photos`` are counts; the digests are over what ``list_digest`` says.
    """

    format: int
    file_id: str
    competition: str
    title: str
    station: str
    revision: int
    previous: str
    exported_at: int
    program: str
    heads: Mapping[str, SignedHead]
    ops: int
    rules: Mapping[str, str]
    results: Mapping[str, str]
    people: int = 0
    people_digest: str = ""
    photos: int = 0
    photos_digest: str = ""


class FormatOnly(Struct, frozen=True):
    """The one field every version of a manifest has."""

    format: int


_encoder = msgspec.json.Encoder(order="sorted")


def encode_manifest(manifest: Manifest) -> bytes:
    """The canonical JSON that is stored, hashed and signed."""
    return _encoder.encode(manifest)


def manifest_digest(encoded: bytes) -> str:
    """What a bundle is known by in later records: SHA-256 of its manifest, in hex."""
    return hashlib.sha256(encoded).hexdigest()


def manifest_message(encoded: bytes) -> bytes:
    """What the exporting station signs: ``plumbline manifest 1``, a line feed, the manifest."""
    return b"plumbline manifest 1\n" + encoded


def list_digest(lines: Iterable[tuple[str, str]]) -> str:
    """SHA-256 over ``key``, a space, ``digest``, a line feed, for each in order of key; in hex."""
    whole = hashlib.sha256()
    for key, digest in lines:
        whole.update(f"{key} {digest}\n".encode())
    return whole.hexdigest()
