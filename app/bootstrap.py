"""The one place that builds a ``Station``: from a path, a clock and this laptop's folder."""

from __future__ import annotations

import uuid
from pathlib import Path

from app.domain.roles import CHIEF, Actor
from app.domain.scheme import Scheme
from app.paths import station_home
from app.services.station import Station, file_id_of
from app.services.station_keys import find_key, make_key
from app.storage import database as files
from app.storage import file_facts, oplog
from app.storage.database import Database, making, writing
from app.time_source import SystemTime, TimeSource


def create_station(
    path: Path | None,
    *,
    home: Path | None = None,
    time: TimeSource | None = None,
    actor: Actor = CHIEF,
) -> Station:
    """A station on a new, empty competition file; ``None`` keeps the file in memory."""
    database = files.create(path)
    with making(database):
        with writing(database) as connection:
            file_facts.put(connection, "file_id", uuid.uuid4().hex)
        return _station(database, home=home, time=time, actor=actor)


def create_competition(
    path: Path | None,
    scheme: Scheme,
    *,
    home: Path | None = None,
    time: TimeSource | None = None,
) -> Station:
    """A station on a new file filled with a scheme; a faulty one is refused before any file."""
    # Only here: opening a file must not wait for what checks a new one.
    from app.services import setup

    for fault in setup.faults(scheme):
        raise fault
    station = create_station(path, home=home, time=time)
    with making(station.database):
        setup.start_competition(station, scheme)
    return station


def open_station(
    path: Path,
    *,
    home: Path | None = None,
    time: TimeSource | None = None,
    actor: Actor = CHIEF,
) -> Station:
    """A station on an existing file; raises ``Problem`` and leaves the file alone if it cannot."""
    return _station(files.open_file(path), home=home, time=time, actor=actor)


def _station(
    database: Database, *, home: Path | None, time: TimeSource | None, actor: Actor
) -> Station:
    folder = home or station_home()
    try:
        with files.legible(database.path):
            heads = {own: head.seq for own, head in oplog.heads(database.connection).items()}
            file_id = file_id_of(database.connection)
        key = find_key(folder, file_id, database.path, heads) or make_key(frozenset(heads))
    except BaseException:
        database.close()
        raise
    return Station(
        database=database,
        file_id=file_id,
        home=folder,
        time=time or SystemTime(folder / "boot"),
        key=key,
        actor=actor,
    )
