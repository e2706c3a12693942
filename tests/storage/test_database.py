"""Competition files: made, opened, refused, never written over; and the one way to write."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
import sqlite_utils
from sqlite_utils import Migrations

from app.problems import Problem
from app.storage import database as files
from app.storage import migrations, steps
from app.storage.database import integrity_errors, reading, writing

if TYPE_CHECKING:
    from pathlib import Path


def tables(connection: sqlite3.Connection) -> set[str]:
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name for (name,) in rows if not name.startswith("_")}


def test_a_new_file_has_every_table_its_mark_and_its_guards(tmp_path: Path) -> None:
    path = tmp_path / "day.plumb"
    database = files.create(path)
    assert tables(database.connection) == {
        "file_facts",
        "ops",
        "standing",
        "marks",
        "people",
        "photos",
        "drafts",
    }
    triggers = database.connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    assert {name for (name,) in triggers} == {"ops_never_change", "ops_never_vanish"}
    assert database.connection.execute("PRAGMA application_id").fetchone() == (0x504C4D42,)
    assert database.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert database.connection.execute("PRAGMA synchronous").fetchone() == (2,)
    assert database.connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert integrity_errors(database) == []
    database.close()


def test_an_existing_file_is_never_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "day.plumb"
    path.write_bytes(b"precious")
    with pytest.raises(Problem, match="file-exists"):
        files.create(path)
    assert path.read_bytes() == b"precious"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "file-missing"),
        (b"", "file-not-sqlite"),
        (b"hello", "file-not-sqlite"),
        (b"SQLite format 3\x00" + bytes(200), "file-not-ours"),
    ],
)
def test_what_is_no_competition_file_is_refused_and_left_alone(
    tmp_path: Path, content: bytes | None, code: str
) -> None:
    path = tmp_path / "day.plumb"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Problem) as refused:
        files.open_file(path)
    assert refused.value.code == code
    assert [it.read_bytes() for it in tmp_path.glob("day*")] == (
        [] if content is None else [content]
    )


def test_a_file_from_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "day.plumb"
    database = files.create(path)
    newer = Migrations("plumbline")

    @newer(name="0099-from-the-future")
    def future(db: object) -> None:
        return None

    newer.apply(database.tables)
    database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    before = path.read_bytes()
    for read_only in (False, True):
        with pytest.raises(Problem, match="file-from-newer-version"):
            files.open_file(path, read_only=read_only)
    assert path.read_bytes() == before


def test_a_damaged_file_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "day.plumb"
    files.create(path).close()
    content = bytearray(path.read_bytes())
    content[100:4096] = bytes(3996)
    path.write_bytes(content)
    with pytest.raises(Problem) as refused:
        files.open_file(path)
    assert refused.value.code in {"file-damaged", "file-from-newer-version"}
    assert path.read_bytes() == bytes(content)


def test_the_log_can_neither_be_changed_nor_shortened(tmp_path: Path) -> None:
    database = files.create(tmp_path / "day.plumb")
    with writing(database) as connection:
        connection.execute(
            "INSERT INTO ops (station, seq, lamport, at, by, kind, version, body, prev, hash)"
            " VALUES ('S7K2', 1, 1, 0, 'chief', 'checked-in', 1, '{}', x'', zeroblob(32))"
        )
    for statement in ("UPDATE ops SET at = 1", "DELETE FROM ops", "UPDATE ops SET body = '[]'"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            database.connection.execute(statement)
    database.close()


def test_guards_that_were_dropped_are_back_after_the_next_open(tmp_path: Path) -> None:
    path = tmp_path / "day.plumb"
    database = files.create(path)
    database.connection.execute("DROP TRIGGER ops_never_change")
    database.close()
    again = files.open_file(path)
    found = again.connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")
    assert found.fetchone() == (2,)
    again.close()


def test_a_command_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    database = files.create(tmp_path / "day.plumb")
    with pytest.raises(ValueError, match="stop"), writing(database) as connection:  # noqa: PT012
        connection.execute("INSERT INTO file_facts VALUES ('a', 'b')")
        raise ValueError("stop")
    assert not database.connection.in_transaction
    assert database.connection.execute("SELECT count(*) FROM file_facts").fetchone() == (0,)
    database.close()


def test_a_read_only_file_cannot_be_written(tmp_path: Path) -> None:
    path = tmp_path / "day.plumb"
    files.create(path).close()
    database = files.open_file(path, read_only=True)
    with pytest.raises(Problem, match="file-not-writable"), writing(database):
        database.connection.execute("INSERT INTO file_facts VALUES ('a', 'b')")
    database.close()


def test_a_reader_sees_one_moment_while_another_program_writes(tmp_path: Path) -> None:
    path = tmp_path / "day.plumb"
    database, other = files.create(path), files.open_file(path)
    with reading(database) as connection:
        before = connection.execute("SELECT count(*) FROM file_facts").fetchone()
        with writing(other) as elsewhere:
            elsewhere.execute("INSERT INTO file_facts VALUES ('a', 'b')")
        assert connection.execute("SELECT count(*) FROM file_facts").fetchone() == before
    assert database.connection.execute("SELECT count(*) FROM file_facts").fetchone() == (1,)
    database.close()
    other.close()


def test_each_migration_can_follow_a_file_that_stopped_before_it(tmp_path: Path) -> None:
    every = list(migrations.ALL.pending(sqlite_utils.Database(memory=True, execute_plugins=False)))
    names = [migration.name for migration in every]
    assert names == ["0001-log", "0002-projections", "0003-people-and-drafts"] == list(steps.NAMES)
    for stopped in range(1, len(names)):
        path = tmp_path / f"stopped-{stopped}.plumb"
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA application_id = 0x504C4D42")
        connection.commit()
        half = Migrations("plumbline")
        for migration in every[:stopped]:
            half(name=migration.name)(migration.fn)
        half.apply(sqlite_utils.Database(connection, execute_plugins=False))
        connection.execute(
            "INSERT INTO ops (station, seq, lamport, at, by, kind, version, body, prev, hash)"
            " VALUES ('S7K2', 1, 1, 0, 'chief', 'checked-in', 1, '{}', x'', zeroblob(32))"
        )
        connection.commit()
        connection.close()
        database = files.open_file(path)
        assert "drafts" in tables(database.connection)
        assert database.connection.execute("SELECT op_id FROM ops").fetchall() == [("S7K2-000001",)]
        database.close()
