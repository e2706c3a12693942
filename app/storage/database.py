"""A competition file as an open database: how it is opened, and the one way to write to it.

Every write happens inside ``writing``: ``BEGIN IMMEDIATE``, then commit or roll back. Nothing else
commits, so a caller can always say where a transaction begins and ends.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from app.file_heads import COMPETITION_FILE, file_id, hold, sqlite_head
from app.problems import Problem
from app.storage import steps
from app.storage.health import Connection, Health, log_of

if TYPE_CHECKING:
    import sqlite_utils

_BUSY_MS = 5_000


@dataclass(frozen=True, slots=True)
class Database:
    """An open competition file. ``path`` is ``None`` for one that lives in memory only."""

    connection: Connection
    path: Path | None

    @property
    def health(self) -> Health:
        """What this program knows to be wrong with the file."""
        return self.connection.health

    @property
    def tables(self) -> sqlite_utils.Database:
        """The same connection through sqlite-utils, for what is not on a hot path."""
        import sqlite_utils

        return sqlite_utils.Database(self.connection, execute_plugins=False)

    def close(self) -> None:
        self.connection.close()


def create(path: Path | None) -> Database:
    """A new, empty competition file; never over one that exists. ``None`` makes it in memory."""
    if path is not None and path.exists():
        raise Problem("file-exists", file=path.name)
    try:
        database = _connect(path)
    except Problem:
        _discard(path)
        raise
    with making(database):
        database.connection.execute(f"PRAGMA application_id = {COMPETITION_FILE}")
        _prepare(database)
        # What makes the file known as ours would stay in the write-ahead log for the first 1,000
        # pages: a laptop that lost power before would come back to a file that is "not ours".
        database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return database


@contextmanager
def making(database: Database) -> Iterator[None]:
    """Filling a new file: when that fails, it is closed and there is no file."""
    try:
        yield
    except BaseException:
        database.close()
        _discard(database.path)
        raise


def _discard(path: Path | None) -> None:
    if path is not None:
        for name in (path.name, path.name + "-wal", path.name + "-shm"):
            with suppress(OSError):
                path.with_name(name).unlink()


def open_file(path: Path, *, read_only: bool = False) -> Database:
    """Open an existing competition file, bringing an older one up to this version.

    Raises ``Problem`` when the file is missing, is none of ours, is damaged, or was made by a newer
    version; the file is then exactly as it was.
    """
    check_is_ours(path)
    database = _connect(path, read_only=read_only)
    try:
        with legible(path):
            _refuse_newer(database)
            if not read_only:
                _prepare(database)
    except BaseException:
        database.close()
        raise
    return database


def check_is_ours(path: Path) -> None:
    """Raise ``Problem`` unless the file is a whole SQLite database that Plumbline made.

    Only the header is read: opening a file with SQLite may leave files beside it.
    """
    head = sqlite_head(path)
    if head.application_id != COMPETITION_FILE:
        raise Problem("file-not-ours", file=path.name)
    if head.size < head.stated and not log_of(path).exists():
        raise Problem("file-damaged", file=path.name)


@contextmanager
def writing(database: Database) -> Iterator[sqlite3.Connection]:
    """One transaction: everything inside is on disk when it ends, or none of it is.

    Raises ``Problem`` when the file is damaged or no longer where it was opened.
    """
    connection, health = database.connection, database.health
    health.check()
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        health.check()
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    health.on_saved()


@contextmanager
def reading(database: Database) -> Iterator[sqlite3.Connection]:
    """One consistent view of the file for several queries."""
    connection = database.connection
    if connection.in_transaction:
        yield connection
        return
    connection.execute("BEGIN")
    try:
        yield connection
    finally:
        connection.rollback()


def integrity_errors(database: Database) -> list[str]:
    """What SQLite itself finds wrong with the file; empty when it is sound."""
    found = [row[0] for row in database.connection.execute("PRAGMA integrity_check(10)")]
    return [] if found == ["ok"] else found


def foreign_commits(database: Database) -> int:
    """A number that another one follows once any other connection, of whatever program, commits."""
    found: int = database.connection.execute("PRAGMA data_version").fetchone()[0]
    return found


def another(database: Database) -> Database:
    """A further connection to an open file, for another thread; what it meets both know of."""
    assert database.path is not None
    database.health.check()
    opened = open_file(database.path)
    opened.connection.health = database.health
    return opened


def copy_into(memory: Database, source: Database) -> None:
    """Make a database in memory the same as a file."""
    source.health.asked(source.connection.backup, memory.connection)


def _connect(path: Path | None, *, read_only: bool = False) -> Database:
    health = Health(path)
    # The worker of a read-only connection is another thread than the one that closes it.
    connection = health.asked(
        sqlite3.connect,
        _address(path, read_only) if path else ":memory:",
        uri=path is not None,
        isolation_level=None,
        timeout=_BUSY_MS / 1000,
        check_same_thread=not read_only,
        factory=Connection,
    )
    connection.health = health
    if path is not None:
        connection.let_go = hold(path, connection)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cache_size = -16000")
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    if path is not None and not read_only:
        health.opened = file_id(path)
    return Database(connection, path)


def _address(path: Path, read_only: bool) -> str:
    mode = "rwc"
    if read_only:
        # A reader that may not write could neither make nor clear away what SQLite puts beside the
        # file. Nobody has it open when there is no log: then it is read as it lies.
        mode = "ro" if log_of(path).exists() else "ro&immutable=1"
    return f"{path.absolute().as_uri()}?mode={mode}"


def _prepare(database: Database) -> None:
    """Bring the tables up to date and put the guards back, which a table rebuild drops."""
    if _applied(database) != set(steps.NAMES):
        from app.storage import migrations

        migrations.ALL.apply(database.tables)
    for guard in steps.GUARDS:
        database.connection.execute(guard)


def _refuse_newer(database: Database) -> None:
    if _applied(database) - set(steps.NAMES):
        raise Problem("file-from-newer-version", file=database.path.name if database.path else "")


def _applied(database: Database) -> set[str]:
    """The names of the steps a file has been through, as sqlite-utils keeps them."""
    execute = database.connection.execute
    if not execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone():
        return set()
    known = execute("SELECT name FROM _sqlite_migrations WHERE migration_set = 'plumbline'")
    return {name for (name,) in known}


@contextmanager
def legible(path: Path | None) -> Iterator[None]:
    """Reading a whole file that may be damaged where SQLite itself cannot see it.

    Text that is no longer what a record holds, and tables that are no longer there, are damage too.
    """
    try:
        yield
    except (sqlite3.DatabaseError, msgspec.MsgspecError) as error:
        raise Problem("file-damaged", file=path.name if path else "") from error
