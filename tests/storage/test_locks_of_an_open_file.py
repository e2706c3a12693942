"""Looking at an open competition past SQLite must not cost it the locks it has there.

Without them, the next program that closes the file deletes the log this one goes on writing.
"""

from __future__ import annotations

import gc
import subprocess
import sys
from contextlib import closing, suppress
from typing import TYPE_CHECKING

import pytest

from app.bundles.code_pictures import is_picture
from app.bundles.reader import check_is_bundle
from app.domain.errors import RuleBroken
from app.file_heads import head_of, is_open_here
from app.paths import check_target
from app.problems import Problem
from app.services.roster_photos import find_photo
from app.services.submitting import read_file
from app.services.verifying import verify
from app.sheets.workbook import open_workbook
from app.storage import database as files
from app.storage import file_facts
from app.storage.database import writing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ANOTHER_PROGRAM = """
import sqlite3, sys
opened = sqlite3.connect(sys.argv[1])
opened.execute("SELECT count(*) FROM file_facts").fetchone()
opened.close()
"""

LOOKS: dict[str, Callable[[Path], object]] = {
    "open it once more": lambda path: files.open_file(path).close(),
    "read it beside": lambda path: files.open_file(path, read_only=True).close(),
    "write a paper there": check_target,
    "merge it": check_is_bundle,
    "verify it": verify,
    "look for a certificate's code": is_picture,
    "import it as a table": open_workbook,
    "hand it in": read_file,
    "take it for a photo": lambda path: find_photo(path.parent, path.name),
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_the_log_stays_when_another_program_comes_and_goes(
    look: Callable[[Path], object], tmp_path: Path
) -> None:
    path = tmp_path / "day.plumb"
    with closing(files.create(path)) as opened:
        with suppress(RuleBroken, Problem):
            look(path)
        subprocess.run([sys.executable, "-c", ANOTHER_PROGRAM, str(path)], check=True)
        with writing(opened) as connection:
            file_facts.put(connection, "title", "still here")
        with closing(files.open_file(path)) as other:
            assert file_facts.find(other.connection, "title") == "still here"


def test_a_file_is_open_here_until_its_last_connection_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "day.plumb"
    first = files.create(path)
    second = files.open_file(path)
    first.close()
    first.close()
    assert is_open_here(path)
    second.close()
    assert not is_open_here(path)


def test_a_connection_nobody_closed_does_not_hold_the_file_for_ever(tmp_path: Path) -> None:
    path = tmp_path / "day.plumb"
    left = [files.create(path)]
    assert is_open_here(path)
    left.clear()
    gc.collect()
    assert not is_open_here(path)


def test_the_head_says_whose_a_file_is_and_how_long_it_should_be(tmp_path: Path) -> None:
    path = tmp_path / "day.plumb"
    files.create(path).close()
    whole = path.read_bytes()
    head = head_of(path)
    assert head is not None
    assert head.application_id == 0x504C4D42
    assert head.size == head.stated == len(whole)
    path.write_bytes(whole[:4096])
    cut = head_of(path)
    assert cut is not None
    assert (cut.size, cut.stated) == (4096, len(whole))
    path.write_bytes(b"PK" + whole)
    assert head_of(path) is None
