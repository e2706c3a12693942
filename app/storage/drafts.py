"""Typing that is not committed yet, kept so that a crash costs nobody a sheet. Never exported."""

from __future__ import annotations

import sqlite3


def keep(connection: sqlite3.Connection, name: str, body: str, saved_at: int) -> None:
    """Store or replace a draft inside a transaction; ``saved_at`` is UTC ms."""
    connection.execute(
        "INSERT INTO drafts (name, body, saved_at) VALUES (?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at",
        (name, body, saved_at),
    )


def find(connection: sqlite3.Connection, name: str) -> str | None:
    found = connection.execute("SELECT body FROM drafts WHERE name = ?", (name,)).fetchone()
    return found[0] if found else None


def drop(connection: sqlite3.Connection, name: str) -> None:
    connection.execute("DELETE FROM drafts WHERE name = ?", (name,))


def names(connection: sqlite3.Connection, prefix: str) -> list[str]:
    """The names of the drafts that begin with ``prefix``."""
    rows = connection.execute(
        "SELECT name FROM drafts WHERE substr(name, 1, ?) = ? ORDER BY name", (len(prefix), prefix)
    )
    return [row[0] for row in rows]
