"""Backups (备份): when they are taken, how many are kept, and whether they can be opened again.

A backup is a whole copy of the competition file. It is taken at sign-off, before every merge, and
every few minutes into the second folder that this laptop's settings name.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.domain.errors import RuleBroken
from app.domain.ids import OpId
from app.domain.ops import first_break, op_id
from app.problems import Problem
from app.services.station import Station
from app.settings import load_settings
from app.storage import file_facts, oplog
from app.storage.backup import back_up, is_sound, newest_first
from app.storage.database import Database, integrity_errors, open_file, writing

KEPT = 12
"""The latest backups in a folder that are all kept; of older ones, the last of each hour."""

_STAMP = "%Y%m%dT%H%M%S"
_LAST_BACKUP, _BACKED_UP_TO, SHARED = "last_backup", "backed_up_to", "shared"

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Drill:
    """A restore drill (恢复演练): the newest backup was opened and read to the end.

    ``behind`` counts the records made since; they are in the competition file only.
    """

    path: Path
    records: int
    behind: int


@dataclass(frozen=True, slots=True)
class StatusFacts:
    """What the status line says: the last record here, the age of the last backup (``None``
    without one), and how many records of this laptop no bundle holds yet."""

    record: OpId | None
    backup_age_ms: int | None
    unshared: int


def back_up_now(station: Station, *, on_progress: Progress | None = None) -> list[Path]:
    """Back up beside the file and into the second folder, if there is one; returns where.

    A file in memory has nothing to back up. A second folder that is not there (a stick taken out)
    does not keep the first backup from being taken: the ``Problem`` comes after it.
    """
    if station.path is None:
        return []
    at, upto = station.now_ms(), oplog.last_position(station.connection)
    taken, failed = _copies(station, station.database, at, on_progress)
    if taken:
        with writing(station.database) as connection:
            _note(connection, at, upto)
    if failed is not None:
        raise failed
    return taken


def back_up_before(station: Station, connection: sqlite3.Connection) -> None:
    """Inside a command, back up the file as it was before the command, which goes on after it.

    A command that is refused before it comes to this has left nothing on the disk, nor a backup.
    """
    if station.path is None:
        return
    at = station.now_ms()
    # Another connection does not see what is not committed yet.
    with closing(open_file(station.path, read_only=True)) as before:
        upto = oplog.last_position(before.connection)
        taken, failed = _copies(station, before, at, None)
    if taken:
        _note(connection, at, upto)
    if failed is not None:
        raise failed


def _note(connection: sqlite3.Connection, at: int, upto: int) -> None:
    file_facts.put(connection, _LAST_BACKUP, str(at))
    file_facts.put(connection, _BACKED_UP_TO, str(upto))


def _copies(
    station: Station, source: Database, at: int, on_progress: Progress | None
) -> tuple[list[Path], Problem | None]:
    taken: list[Path] = []
    failed: Problem | None = None
    for folder in folders(station):
        try:
            taken.append(_take(station, source, folder, at, on_progress))
        except Problem as problem:
            failed = problem
    return taken, failed


def save_copy(station: Station, target: Path) -> None:
    """Save everything the open file holds somewhere else, be it deleted or its disk full.

    Raises ``Problem`` and leaves nothing behind; never over a file that exists.
    """
    if target.exists():
        raise Problem("file-exists", file=target.name)
    back_up(station.database, target)


def newest_good(station: Station) -> Path | None:
    """The newest backup that opens and is sound to its last page."""
    return next((path for path in _backups(station) if is_sound(path)), None)


def restore(backup: Path, target: Path) -> None:
    """Make a competition file to go on in out of a backup, which stays as it is."""
    if target.exists():
        raise Problem("file-exists", file=target.name)
    with closing(open_file(backup, read_only=True)) as source:
        back_up(source, target)


def folders(station: Station) -> list[Path]:
    """Where backups of this file go: beside it, then the second place."""
    if station.path is None:
        return []
    second = load_settings(station.home).backup_folder
    beside = station.path.absolute().parent / "backups"
    return [beside, Path(second)] if second else [beside]


def is_due(station: Station) -> bool:
    """Whether the few minutes between backups are over and something was recorded since."""
    minutes = load_settings(station.home).backup_minutes
    upto = int(file_facts.find(station.connection, _BACKED_UP_TO) or 0)
    if station.path is None or minutes <= 0 or oplog.last_position(station.connection) <= upto:
        return False
    last = _last_backup(station)
    past = None if last is None else station.now_ms() - last
    # A clock that was set back does not say how long ago the backup was.
    return past is None or not 0 <= past < minutes * 60_000


def restore_drill(station: Station) -> Drill:
    """Open the newest backup and compare it with the file. Raises when it would not restore."""
    if station.path is None or not (found := _backups(station)):
        raise RuleBroken("backup-none")
    newest = found[0]
    copy = open_file(newest, read_only=True)
    try:
        records = _compare(station, copy, newest.name)
    finally:
        copy.close()
    return Drill(newest, records, oplog.count(station.database) - records)


def status(station: Station) -> StatusFacts:
    """The facts of the status line; three indexed look-ups."""
    head = oplog.head(station.connection, station.station_id)
    last = _last_backup(station)
    return StatusFacts(
        record=op_id(station.station_id, head.seq) if head.seq else None,
        backup_age_ms=None if last is None else max(0, station.now_ms() - last),
        unshared=head.seq - shared_seq(station),
    )


def shared_seq(station: Station) -> int:
    """Up to which of this station's own records a bundle has been handed out."""
    kept = file_facts.find(station.connection, SHARED) or ""
    owner, _, seq = kept.partition(":")
    return int(seq) if owner == station.station_id and seq.isdecimal() else 0


def _take(
    station: Station, source: Database, folder: Path, at: int, on_progress: Progress | None
) -> Path:
    assert station.path is not None
    target = _next_name(folder, station.path.stem, at)
    try:
        # Only the folder beside the file is made: a missing second one is a stick taken out.
        if folder.name == "backups" and folder.parent == station.path.absolute().parent:
            folder.mkdir(exist_ok=True)
        back_up(source, target, on_progress)
        _thin_out(folder, station.path.stem, kept=target)
    except OSError as error:
        raise Problem("backup-failed", file=target.name, cause=error.strerror or "") from error
    return target


def _next_name(folder: Path, stem: str, at: int) -> Path:
    """Named by the time, or by the millisecond after the newest: in the order in which they were
    taken, whatever a wrong clock says."""
    for newest in newest_first(folder, stem)[:1]:
        at = max(at, _named_ms(newest) + 1)
    stamp = datetime.fromtimestamp(at / 1000, UTC).strftime(_STAMP) + f"{at % 1000:03d}"
    return folder / f"{stem}-{stamp}.plumb"


def _named_ms(backup: Path) -> int:
    """The time in the name of a backup, in ms since 1970."""
    stamp = backup.stem.rpartition("-")[2]
    at = datetime.strptime(stamp[:-3], _STAMP).replace(tzinfo=UTC)
    return int(at.timestamp()) * 1000 + int(stamp[-3:])


def _thin_out(folder: Path, stem: str, *, kept: Path) -> None:
    """``kept`` was taken just now, however old a wrong clock makes it look."""
    hours: set[str] = set()
    for number, path in enumerate(newest_first(folder, stem)):
        hour = path.stem.rpartition("-")[2][: len("20261120T14")]
        if number >= KEPT and hour in hours and path != kept:
            path.unlink(missing_ok=True)
        hours.add(hour)


def _backups(station: Station) -> list[Path]:
    """Every backup of this file, newest first; a folder that is not there holds none."""
    assert station.path is not None
    found = [
        path for folder in folders(station) for path in newest_first(folder, station.path.stem)
    ]
    return sorted(found, key=lambda path: path.name, reverse=True)


def _compare(station: Station, copy: Database, name: str) -> int:
    """How many records the backup holds, each found to be the one the file holds too."""
    if errors := integrity_errors(copy):
        raise Problem("backup-damaged", file=name, cause=errors[0][:200])
    for owner, head in oplog.heads(copy.connection).items():
        if (broken := first_break(oplog.chain(copy.connection, owner))) is not None:
            raise Problem("backup-damaged", file=name, cause=str(broken))
        here = oplog.find(station.connection, op_id(owner, head.seq))
        if here is None or here.op.hash != head.hash:
            raise Problem("backup-differs", file=name, op=op_id(owner, head.seq))
    return oplog.count(copy)


def _last_backup(station: Station) -> int | None:
    kept = file_facts.find(station.connection, _LAST_BACKUP)
    return int(kept) if kept else None
