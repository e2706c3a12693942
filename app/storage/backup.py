"""Copies of the open file made with SQLite's backup API, so a copy is whole even mid-marking."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from app.problems import Problem
from app.storage.database import Database, integrity_errors, open_file, reading

PAGES_AT_ONCE = 2_000


def back_up(
    database: Database,
    target: Path,
    on_progress: Callable[[int, int], None] | None = None,
) -> None:
    """Write a whole copy to ``target``, replacing an older one only when the copy is complete.

    ``on_progress`` hears pages done and pages in all. The copy is one file, without a write-ahead
    log beside it, so that reading it leaves nothing behind and a stick may be write-protected.
    """

    def report(_status: int, remaining: int, total: int) -> None:
        if on_progress is not None:
            on_progress(total - remaining, total)

    partial = target.with_name(target.name + ".part")
    try:
        partial.unlink(missing_ok=True)
        copy = sqlite3.connect(partial)
        try:
            with reading(database) as source:
                # Without a view of its own SQLite begins anew at every commit of another
                # connection, and while marks keep coming never ends.
                source.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
                source.backup(copy, pages=PAGES_AT_ONCE, progress=report)
            copy.execute("PRAGMA journal_mode = DELETE")
        finally:
            copy.close()
        partial.replace(target)
    except (OSError, sqlite3.Error) as error:
        partial.unlink(missing_ok=True)
        raise Problem("backup-failed", file=target.name, cause=str(error)[:200]) from error


def newest_first(folder: Path, stem: str) -> list[Path]:
    """The backups of a file in a folder, the latest first by name, which holds the time.

    Those of another file whose name begins alike are not among them.
    """
    named = re.compile(re.escape(stem) + r"-\d{8}T\d{9}\.plumb", re.ASCII)
    return sorted(
        (path for path in folder.glob("*.plumb") if named.fullmatch(path.name)), reverse=True
    )


def is_sound(path: Path) -> bool:
    """Whether a backup can be read to its last page: one that nobody has tried is a hope."""
    try:
        with closing(open_file(path, read_only=True)) as database:
            return not integrity_errors(database)
    except Problem:
        return False
