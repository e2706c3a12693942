"""Every table of a competition file, made in numbered steps that never change once released.

A step imports nothing of the project: it must do in ten years what it does today. ``steps`` names
them all, for whoever only wants to know whether a file has them.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

ALL = Migrations("plumbline")


@ALL(name="0001-log")
def log(db: Database) -> None:
    """The log itself. ``position`` is the order of arrival in this file and means nothing else."""
    db.execute("CREATE TABLE file_facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT")
    db.execute(
        """
        CREATE TABLE ops (
            position INTEGER PRIMARY KEY,
            station TEXT NOT NULL,
            seq INTEGER NOT NULL CHECK (seq > 0),
            lamport INTEGER NOT NULL CHECK (lamport > 0),
            at INTEGER NOT NULL,
            by TEXT NOT NULL,
            kind TEXT NOT NULL,
            version INTEGER NOT NULL,
            body TEXT NOT NULL,
            replaces TEXT,
            reason TEXT NOT NULL DEFAULT '',
            undoes TEXT,
            prev BLOB NOT NULL,
            hash BLOB NOT NULL CHECK (length(hash) = 32),
            op_id TEXT GENERATED ALWAYS AS (printf('%s-%06d', station, seq)) VIRTUAL,
            UNIQUE (station, seq)
        ) STRICT
        """
    )
    db.execute("CREATE INDEX ops_in_order ON ops (lamport, station, seq)")


@ALL(name="0002-projections")
def projections(db: Database) -> None:
    """What is derived from the log and can be thrown away and made again."""
    db.execute(
        """
        CREATE TABLE standing (
            position INTEGER PRIMARY KEY REFERENCES ops (position),
            kind TEXT NOT NULL,
            event TEXT NOT NULL,
            module TEXT NOT NULL,
            entry TEXT NOT NULL,
            stands INTEGER NOT NULL CHECK (stands IN (0, 1))
        ) STRICT
        """
    )
    db.execute("CREATE INDEX standing_by_kind ON standing (kind, event, module, entry)")
    db.execute(
        """
        CREATE TABLE marks (
            event TEXT NOT NULL,
            entry TEXT NOT NULL,
            aspect TEXT NOT NULL,
            judge TEXT NOT NULL,
            position INTEGER NOT NULL REFERENCES ops (position),
            op_id TEXT NOT NULL,
            state TEXT NOT NULL,
            value INTEGER,
            measured TEXT,
            replaces TEXT,
            stands INTEGER NOT NULL CHECK (stands IN (0, 1)),
            replaced INTEGER NOT NULL CHECK (replaced IN (0, 1)),
            PRIMARY KEY (event, entry, aspect, judge, position)
        ) STRICT, WITHOUT ROWID
        """
    )


@ALL(name="0003-people-and-drafts")
def people_and_drafts(db: Database) -> None:
    """What nobody appeals: names and contact data, and typing that is not committed yet."""
    db.execute(
        """
        CREATE TABLE people (
            person TEXT PRIMARY KEY,
            salt TEXT NOT NULL,
            details TEXT NOT NULL,
            digest TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute("CREATE TABLE photos (person TEXT PRIMARY KEY, image BLOB NOT NULL) STRICT")
    db.execute(
        "CREATE TABLE drafts (name TEXT PRIMARY KEY, body TEXT NOT NULL, saved_at INTEGER NOT NULL)"
        " STRICT"
    )
