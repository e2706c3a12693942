"""What belongs to this file rather than to the competition: its id and when it was backed up."""

from __future__ import annotations

import sqlite3


def put(connection: sqlite3.Connection, name: str, value: str) -> None:
    connection.execute(
        "INSERT INTO file_facts (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def find(connection: sqlite3.Connection, name: str) -> str | None:
    found = connection.execute("SELECT value FROM file_facts WHERE name = ?", (name,)).fetchone()
    return found[0] if found else None
