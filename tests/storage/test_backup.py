"""A backup is a copy of one moment, whatever is recorded while it is made."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from app.storage.backup import PAGES_AT_ONCE, back_up
from app.storage.database import create, open_file, writing

if TYPE_CHECKING:
    from pathlib import Path


def test_a_backup_ends_and_holds_its_moment_while_another_connection_keeps_writing(
    tmp_path: Path,
) -> None:
    path = tmp_path / "day.plumb"
    heard: list[int] = []
    with closing(create(path)) as source, closing(open_file(path)) as other:
        with writing(source) as connection:
            connection.execute("CREATE TABLE padding (number INTEGER, filler BLOB) STRICT")
            connection.execute(
                "INSERT INTO padding VALUES (1, zeroblob(?))", (3 * PAGES_AT_ONCE * 4096,)
            )

        def write_meanwhile(done: int, _pages: int) -> None:
            heard.append(done)
            assert len(heard) < 20, "the backup begins again and again"
            with writing(other) as connection:
                connection.execute("INSERT INTO padding VALUES (2, NULL)")

        back_up(source, tmp_path / "copy.plumb", write_meanwhile)

    assert heard == sorted(set(heard))
    with closing(open_file(tmp_path / "copy.plumb", read_only=True)) as copy:
        numbers = copy.connection.execute("SELECT number FROM padding").fetchall()
    assert [tuple(row) for row in numbers] == [(1,)]
