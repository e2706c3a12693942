"""Reading a bundle with suspicion: it came on a stick, and anybody can write a SQLite file.

The file is opened immutable and read-only under an authoriser that allows nothing but reading its
four tables, and only when its schema is ours to the letter. Whatever is wrong raises one
``Problem`` that names the file and the table or op. Nothing here writes.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from app.bundles import signing
from app.bundles.format import (
    APPLICATION_ID,
    FORMAT,
    TABLES,
    FormatOnly,
    Manifest,
    list_digest,
    manifest_digest,
    manifest_message,
)
from app.file_heads import COMPETITION_FILE, sqlite_head
from app.problems import Problem

_LARGEST_FILE = 8 << 30
_LARGEST_VALUE = 24 << 20
_LARGEST_MANIFEST = 4 << 20
_LONGEST_READ_S = 900
_STATION = re.compile(r"[0-9A-Z]{4,8}", re.ASCII)
_HEX_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)

_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}
_FUNCTIONS = {"count", "max", "min", "typeof", "length", "quick_check"}
_PRAGMAS = {"quick_check", "encoding"}


@dataclass(frozen=True, slots=True)
class Bundle:
    """An open bundle whose form and manifest were checked; its ops are checked as they are read."""

    path: Path
    connection: sqlite3.Connection
    manifest: Manifest
    encoded: bytes
    signature: str

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def digest(self) -> str:
        return manifest_digest(self.encoded)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as the bundle carries it, with the digest already found to fit."""

    key: str
    salt: str
    details: str
    digest: str


@contextmanager
def open_bundle(path: Path, *, cancelled: Callable[[], bool] = lambda: False) -> Iterator[Bundle]:
    """Open and check everything but the ops and people. Raises ``Problem``."""
    check_is_bundle(path)
    with translated(path.name):
        connection = _connect(path, cancelled)
        try:
            encoded, signature = _manifest_parts(connection, path.name)
            _check_schema(connection, path.name)
            manifest = _decode(encoded, path.name)
            yield Bundle(path, connection, manifest, encoded, signature)
        finally:
            connection.close()


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Whatever SQLite finds wrong with the file, as one ``Problem`` that names it."""
    try:
        yield
    except (sqlite3.Error, UnicodeError) as error:
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
            raise Problem("bundle-reading-stopped", file=name) from error
        raise Problem("bundle-damaged", file=name, cause=str(error)[:200]) from error


def check_is_bundle(path: Path) -> None:
    """Raise ``Problem`` unless the header is that of a whole bundle file."""
    name, head = path.name, sqlite_head(path)
    match head.application_id:
        case identity if identity == APPLICATION_ID:
            pass
        case identity if identity == COMPETITION_FILE:
            raise Problem("bundle-is-a-competition-file", file=name)
        case _:
            raise Problem("bundle-not-a-bundle", file=name)
    if head.size > _LARGEST_FILE:
        raise Problem("bundle-too-large", file=name)
    if head.size != head.stated:
        raise Problem("bundle-truncated", file=name, size=head.size, expected=head.stated)


def is_manifest_signed(bundle: Bundle, public_key: str) -> bool:
    """Whether the holder of this key signed the manifest as it stands in the file."""
    return signing.is_signed(public_key, manifest_message(bundle.encoded), bundle.signature)


def people(bundle: Bundle) -> Iterator[PersonRow]:
    """The people in the bundle, each with a record that fits its digest.

    Raises ``Problem`` for a record that was altered and, at the end, for a list that is not the one
    the manifest was signed over.
    """
    seen: list[tuple[str, str]] = []
    with translated(bundle.name):
        for row in bundle.connection.execute("SELECT person, salt, details, digest FROM people"):
            if not all(isinstance(value, str) for value in row):
                raise Problem("bundle-wrong-type", file=bundle.name, table="people")
            found = PersonRow(*row)
            content = f"{found.salt}\n{found.details}".encode()
            if hashlib.sha256(content).hexdigest() != found.digest:
                raise Problem("bundle-person-altered", file=bundle.name, entry=found.key[:40])
            seen.append((found.key, found.digest))
            yield found
    stated = (bundle.manifest.people, bundle.manifest.people_digest)
    if (len(seen), list_digest(seen)) != stated:
        raise Problem("bundle-people-not-as-signed", file=bundle.name)


def photos(bundle: Bundle) -> Iterator[tuple[str, bytes]]:
    """The photos by person key, found to be those the manifest was signed over at the end."""
    seen: list[tuple[str, str]] = []
    with translated(bundle.name):
        for key, image in bundle.connection.execute("SELECT person, image FROM photos"):
            if not (isinstance(key, str) and isinstance(image, bytes)):
                raise Problem("bundle-wrong-type", file=bundle.name, table="photos")
            seen.append((key, hashlib.sha256(image).hexdigest()))
            yield key, image
    stated = (bundle.manifest.photos, bundle.manifest.photos_digest)
    if (len(seen), list_digest(seen)) != stated:
        raise Problem("bundle-photos-not-as-signed", file=bundle.name)


def page_errors(bundle: Bundle) -> list[str]:
    """What SQLite itself finds wrong with the pages; empty when they are sound."""
    with translated(bundle.name):
        found = [row[0] for row in bundle.connection.execute("PRAGMA quick_check(5)")]
    return [] if found == ["ok"] else found


def _connect(path: Path, cancelled: Callable[[], bool]) -> sqlite3.Connection:
    # Immutable: no journal or write-ahead file lying beside it can change what is read.
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None
    )
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        defend = getattr(connection, "setconfig", None)  # Python 3.12
        if defend is not None:
            defend(getattr(sqlite3, "SQLITE_DBCONFIG_DEFENSIVE"), True)  # noqa: B009
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST_VALUE)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, 10_000)
        last = time.monotonic() + _LONGEST_READ_S
        connection.set_progress_handler(
            lambda: cancelled() or time.monotonic() > last,
            200_000,
        )
        connection.set_authorizer(_authorise)
    except BaseException:
        connection.close()
        raise
    return connection


def _authorise(
    action: int, first: str | None, second: str | None, _database: str | None, _by: str | None
) -> int:
    match action:
        case _ if action in _ALLOWED:
            return sqlite3.SQLITE_OK
        case sqlite3.SQLITE_FUNCTION if second in _FUNCTIONS:
            return sqlite3.SQLITE_OK
        case sqlite3.SQLITE_PRAGMA if first in _PRAGMAS:
            return sqlite3.SQLITE_OK
        case _:
            return sqlite3.SQLITE_DENY


def _manifest_parts(connection: sqlite3.Connection, name: str) -> tuple[bytes, str]:
    """Manifest and signature; the format number is looked at before anything else is."""
    tables = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'manifest'"
    if connection.execute(tables).fetchall() != [(TABLES["manifest"],)]:
        raise Problem("bundle-schema-foreign", file=name, what="manifest")
    rows = connection.execute(
        "SELECT part, content FROM manifest WHERE length(content) < ? LIMIT 3", (_LARGEST_MANIFEST,)
    ).fetchall()
    parts = dict(rows)
    manifest, signature = parts.get("manifest"), parts.get("signature")
    if len(rows) != 2 or not (isinstance(manifest, str) and isinstance(signature, str)):
        raise Problem("bundle-manifest-unreadable", file=name, cause="parts")
    encoded = manifest.encode()
    try:
        stated = msgspec.json.decode(encoded, type=FormatOnly).format
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Problem("bundle-manifest-unreadable", file=name, cause=str(error)[:200]) from error
    if stated > FORMAT:
        raise Problem("bundle-from-newer-version", file=name)
    return encoded, signature


def _check_schema(connection: sqlite3.Connection, name: str) -> None:
    """Exactly our tables: no view, trigger, index or virtual table has any business in a bundle."""
    expected = {("table", table, table, sql) for table, sql in TABLES.items()}
    found = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchmany(64)
    foreign = sorted(str(row[1])[:40] for row in found if row not in expected)
    missing = sorted(expected - set(found))
    if foreign or missing:
        what = foreign[0] if foreign else missing[0][1]
        raise Problem("bundle-schema-foreign", file=name, what=what)
    if connection.execute("PRAGMA encoding").fetchone() != ("UTF-8",):
        raise Problem("bundle-schema-foreign", file=name, what="encoding")


def _decode(encoded: bytes, name: str) -> Manifest:
    try:
        manifest = msgspec.json.decode(encoded, type=Manifest)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Problem("bundle-manifest-unreadable", file=name, cause=str(error)[:200]) from error
    heads = manifest.heads
    is_sound = (
        manifest.station in heads
        and all(_STATION.fullmatch(station) for station in heads)
        and all(head.seq > 0 and _HEX_DIGEST.fullmatch(head.hash) for head in heads.values())
        and manifest.ops == sum(head.seq for head in heads.values())
    )
    if not is_sound:
        raise Problem("bundle-manifest-unreadable", file=name, cause="heads")
    return manifest
