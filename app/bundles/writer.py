"""Writing a bundle: into a file beside the target, on disk for good, and only then in its place.

Ops and people are copied by SQLite itself from the competition file, which is opened read-only on a
connection of its own, so marking goes on meanwhile.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.bundles import signing
from app.bundles.format import (
    APPLICATION_ID,
    OP_COLUMNS,
    TABLES,
    ExchangeStopped,
    Manifest,
    encode_manifest,
    list_digest,
    manifest_digest,
    manifest_message,
)
from app.paths import refuse_competition_file
from app.problems import Problem

_STEP = 20_000

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Written:
    """A bundle that is on disk under its name; ``digest`` is that of its manifest."""

    path: Path
    manifest: Manifest
    digest: str


def write_bundle(
    source: Path,
    target: Path,
    planned: Manifest,
    key: Ed25519PrivateKey,
    *,
    with_people: bool = True,
    with_photos: bool = False,
    progress: Progress = lambda _done, _total: None,
    cancelled: Cancelled = lambda: False,
) -> Written:
    """Copy the chains up to the heads of ``planned`` from the file ``source`` and sign.

    The people in ``planned`` are filled in here. Raises ``Problem`` when the disk refuses, and
    leaves an older file of that name as it was.
    """
    refuse_competition_file(target)
    partial = target.with_name(target.name + ".part")
    try:
        partial.unlink(missing_ok=True)
        with closing(_empty_bundle(partial, source)) as connection:
            connection.execute("BEGIN")
            _copy_ops(connection, planned, progress, cancelled)
            manifest = _copy_people(connection, planned, with_people, with_people and with_photos)
            encoded = encode_manifest(manifest)
            signature = signing.sign(key, manifest_message(encoded))
            parts = (("manifest", encoded.decode()), ("signature", signature))
            connection.executemany("INSERT INTO main.manifest VALUES (?, ?)", parts)
            connection.execute("COMMIT")
        _settle(partial, target)
    except (OSError, sqlite3.Error) as error:
        raise Problem("bundle-not-written", file=target.name, cause=str(error)[:200]) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    return Written(target, manifest, manifest_digest(encoded))


def _empty_bundle(path: Path, source: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path.absolute().as_uri(), uri=True, isolation_level=None)
    try:
        # A half-written bundle is thrown away, so it needs no journal; it is synced when whole.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        for statement in TABLES.values():
            connection.execute(statement)
        connection.execute("ATTACH ? AS source", (source.absolute().as_uri() + "?mode=ro",))
    except BaseException:
        connection.close()
        raise
    return connection


def _copy_ops(
    connection: sqlite3.Connection, planned: Manifest, progress: Progress, cancelled: Cancelled
) -> None:
    done = 0
    for station, head in sorted(planned.heads.items()):
        for start in range(0, head.seq, _STEP):
            if cancelled():
                raise ExchangeStopped
            copied = connection.execute(
                f"INSERT INTO main.ops SELECT {OP_COLUMNS} FROM source.ops"
                " WHERE station = ? AND seq > ? AND seq <= ? ORDER BY seq",
                (station, start, min(start + _STEP, head.seq)),
            )
            done += copied.rowcount
            progress(done, planned.ops)
    if done != planned.ops:
        raise Problem("bundle-source-incomplete", expected=planned.ops, found=done)


def _copy_people(
    connection: sqlite3.Connection, planned: Manifest, with_people: bool, with_photos: bool
) -> Manifest:
    if with_people:
        connection.execute(
            "INSERT INTO main.people SELECT person, salt, details, digest FROM source.people"
            " ORDER BY person"
        )
    if with_photos:
        connection.execute("INSERT INTO main.photos SELECT person, image FROM source.photos")
    people = connection.execute("SELECT person, digest FROM main.people ORDER BY person").fetchall()
    photos = list(_photo_digests(connection))
    return msgspec.structs.replace(
        planned,
        people=len(people),
        people_digest=list_digest(people),
        photos=len(photos),
        photos_digest=list_digest(photos),
    )


def _photo_digests(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    for person, image in connection.execute("SELECT person, image FROM main.photos ORDER BY 1"):
        yield person, hashlib.sha256(image).hexdigest()


def _settle(partial: Path, target: Path) -> None:
    """On disk first, then in its place: whoever pulls the stick out has a whole file or none."""
    with partial.open("rb+") as stream:
        os.fsync(stream.fileno())
    partial.replace(target)
    # A directory can be synced on POSIX only; Windows does without.
    with suppress(OSError):
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
