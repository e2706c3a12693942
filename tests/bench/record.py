"""Rebuilding from the log, exporting a bundle and merging one, each against plain SQL."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from app.bootstrap import open_station
from app.domain.ops import decode_fact, hash_of_fields
from app.services import exchange
from app.storage import database as files
from app.storage import projections
from tests.bench.finals import Finals
from tests.bench.rows import Row, at_most, medians, seconds

_COLUMNS = (
    "station, seq, lamport, at, by, kind, version, body, replaces, reason, undoes, prev, hash"
)


def rebuild(finals: Finals, rounds: int) -> Iterator[Row]:
    """The derived tables made again, against reading, decoding and hashing the same rows."""
    copy = finals.folder / "rebuilt.plumb"
    shutil.copyfile(finals.full, copy)
    with closing(files.open_file(copy)) as database:
        value, floor = medians(
            lambda: seconds(lambda: projections.rebuild(database)),
            lambda: seconds(lambda: _read_all(database.connection)),
            rounds=rounds,
        )
    copy.unlink()
    yield at_most(3, "rebuild from the log, s", value, floor)


def export(finals: Finals, rounds: int) -> Iterator[Row]:
    """A signed bundle of everything, against ``VACUUM INTO`` of the same file."""
    target, plain = finals.folder / "export.bundle", finals.folder / "plain.db"
    with closing(finals.open(finals.full)) as station:

        def vacuum() -> float:
            plain.unlink(missing_ok=True)
            return seconds(lambda: station.connection.execute("VACUUM INTO ?", (str(plain),)))

        value, floor = medians(
            lambda: seconds(lambda: exchange.export_bundle(station, target)),
            vacuum,
            rounds=rounds,
        )
    plain.unlink()
    yield at_most(2, "export a bundle, s", value, floor)


def merge(finals: Finals, rounds: int) -> Iterator[Row]:
    """All marks of another laptop taken in, against ``INSERT … SELECT`` of the same rows.

    The rows a merge adds are those of the log and what is derived from them, so the floor copies
    both from the other laptop's own file.
    """
    bundle = finals.folder / "merge.bundle"
    with closing(finals.open(finals.full)) as station:
        exchange.export_bundle(station, bundle)

    def into_copy() -> float:
        with _copy(finals.before) as path, closing(open_station(path, home=path.parent)) as station:
            return seconds(lambda: exchange.merge(station, bundle))

    def by_sql() -> float:
        with _copy(finals.before) as path, closing(files.open_file(path)) as database:
            return seconds(lambda: _insert_select(database.connection, finals.full))

    value, floor = medians(into_copy, by_sql, rounds=rounds)
    yield at_most(4, "merge a bundle, s", value, floor)


@contextmanager
def _copy(path: Path) -> Iterator[Path]:
    """A copy on the same disk, in a folder that is gone afterwards with all put beside it."""
    with TemporaryDirectory(dir=path.parent) as folder:
        copied = Path(folder, path.name)
        shutil.copyfile(path, copied)
        yield copied


def _read_all(connection: sqlite3.Connection) -> None:
    rows = connection.execute(
        "SELECT op_id, lamport, at, by, kind, version, body, replaces, reason, undoes, prev, hash"
        " FROM ops ORDER BY position"
    )
    for *content, digest in rows:
        decode_fact(content[4], content[5], content[6])
        if hash_of_fields(*content) != digest:
            raise AssertionError(content[0])


def _insert_select(connection: sqlite3.Connection, other: Path) -> None:
    connection.execute("ATTACH ? AS other", (str(other),))
    connection.execute("BEGIN IMMEDIATE")
    before = connection.execute("SELECT max(position) FROM main.ops").fetchone()
    for table, columns in (
        ("ops", f"position, {_COLUMNS}"),
        ("standing", "*"),
        ("marks", "*"),
    ):
        into = f"{table} ({columns})" if columns != "*" else table
        connection.execute(
            f"INSERT INTO main.{into} SELECT {columns} FROM other.{table} WHERE position > ?",
            before,
        )
    connection.execute("COMMIT")
