"""What is wrong with an open file, and a connection that tells it whatever is asked of it.

SQLite comes upon a damaged page when some look-up leads there, on any screen. Because the
connection itself turns that into a ``Problem``, no reader can forget to, and nothing is written
to the file from then on.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from app.file_heads import FileId, file_id
from app.problems import Problem

P = ParamSpec("P")
T = TypeVar("T")

DAMAGED, GONE, _LOCKED = "file-damaged", "file-gone", "file-locked"

_FAILURES = (sqlite3.DatabaseError, UnicodeDecodeError)


@dataclass(slots=True)
class Health:
    """Shared by all connections this program has to one file. ``opened`` is ``None`` for those
    that are only read, or lie in memory."""

    path: Path | None
    opened: FileId | None = None
    _failed: str = ""

    @property
    def trouble(self) -> Problem | None:
        """Why nothing can be saved at present."""
        if self._failed != DAMAGED and self._is_gone():
            return self._problem(GONE)
        return self._problem(self._failed) if self._failed else None

    def check(self) -> None:
        """Raise a ``Problem`` when what is written now would be lost or make things worse."""
        if self._failed == DAMAGED:
            raise self._problem(DAMAGED)
        if self._is_gone():
            raise self._problem(GONE)

    def on_saved(self) -> None:
        """The disk took something: what it refused before is over. Damage does not pass."""
        if self._failed != DAMAGED:
            self._failed = ""

    def tell(self, error: Exception) -> None:
        """Raise what SQLite says of the environment as a ``Problem``; return from anything else."""
        code = _code_of(error)
        if not code:
            return
        if code != _LOCKED and self._failed != DAMAGED:
            # Only the code: the exception would keep all it passed through from being closed.
            self._failed = code
        raise self._problem(code) from error

    def asked(self, ask: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
        """Ask something of SQLite outside a cursor."""
        try:
            return ask(*given, **named)
        except _FAILURES as error:
            self.tell(error)
            raise

    def _is_gone(self) -> bool:
        """On Linux and macOS an open file goes on taking what nobody will ever find again."""
        return self.opened is not None and (
            self.path is None or file_id(self.path) != self.opened or not log_of(self.path).exists()
        )

    def _problem(self, code: str) -> Problem:
        return Problem(code, file=self.path.name if self.path else "")


def _code_of(error: Exception) -> str:
    """What the environment did, empty when it is to blame for nothing."""
    # Text that is none has no code: bytes that nobody wrote there.
    is_text = isinstance(error, UnicodeDecodeError | sqlite3.OperationalError)
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT if is_text else 0)
    match code & 0xFF:
        case sqlite3.SQLITE_FULL:
            return "disk-full"
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return _LOCKED
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN:
            return "file-not-writable"
        case sqlite3.SQLITE_IOERR:
            return "disk-failed"
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return DAMAGED
        case _:
            return ""


class Connection(sqlite3.Connection):
    """Every cursor of it tells its ``health`` what went wrong."""

    health: Health
    let_go: Callable[[], object] | None = None
    """To be called when the file is closed; ``None`` in memory."""

    def close(self) -> None:
        super().close()
        if self.let_go is not None:
            self.let_go()

    def cursor(self, _factory: object = None) -> Cursor:  # type: ignore[override]
        return super().cursor(Cursor)

    def execute(self, sql: str, parameters: Any = (), /) -> Cursor:
        return self.cursor().execute(sql, parameters)

    def executemany(self, sql: str, rows: Iterable[Any], /) -> Cursor:
        return self.cursor().executemany(sql, rows)


class Cursor(sqlite3.Cursor):
    """The one place that all statements and all rows go through."""

    connection: Connection

    def execute(self, sql: str, parameters: Any = (), /) -> Cursor:
        try:
            super().execute(sql, parameters)
        except _FAILURES as error:
            self._tell(error)
            raise
        return self

    def executemany(self, sql: str, rows: Iterable[Any], /) -> Cursor:
        try:
            super().executemany(sql, rows)
        except _FAILURES as error:
            self._tell(error)
            raise
        return self

    def fetchone(self) -> Any:
        try:
            return super().fetchone()
        except _FAILURES as error:
            self._tell(error)
            raise

    def fetchall(self) -> list[Any]:
        try:
            return super().fetchall()
        except _FAILURES as error:
            self._tell(error)
            raise

    def __next__(self) -> Any:
        try:
            return super().__next__()
        except _FAILURES as error:
            self._tell(error)
            raise

    def _tell(self, error: Exception) -> None:
        # The exception holds this cursor, and a cursor's statement holds the file open.
        self.close()
        self.connection.health.tell(error)


def log_of(path: Path) -> Path:
    """The write-ahead log, which is beside the file while any program has it open."""
    return path.with_name(path.name + "-wal")
