"""The head of a SQLite file: whose it is and how long it ought to be, without asking SQLite.

On Linux and macOS, a program that closes a file gives up every lock it has on it, those of SQLite's
connections among them (https://www.sqlite.org/howtocorrupt.html, 2.2). Another program that then
closes the competition takes itself for the last one and deletes the log this one goes on writing.
So a competition that is open here is never opened a second time past SQLite.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from app.problems import Problem

COMPETITION_FILE = 0x504C4D42
"""``PLMB``, the application id of a competition file."""

_LENGTH = 100
_MAGIC = b"SQLite format 3\x00"
_LARGEST_PAGE = 65_536
"""Bytes; written as 1, for it does not fit its place."""

FileId: TypeAlias = tuple[int, int]
"""The disk and the number of the file on it, which stay with a file that is moved."""

_OPEN: list[FileId] = []
"""The competition files open in this program, each as often as it has connections."""


@dataclass(frozen=True, slots=True)
class Head:
    """Sizes are in bytes; ``stated`` is what SQLite wrote down when it last wrote the head."""

    application_id: int
    size: int
    stated: int


def head_of(path: Path) -> Head | None:
    """``None`` for what is no SQLite file. Raises ``OSError``."""
    size = path.stat().st_size
    if is_open_here(path):
        return Head(COMPETITION_FILE, size, stated=size)
    with path.open("rb") as stream:
        read = stream.read(_LENGTH)
    if len(read) < _LENGTH or not read.startswith(_MAGIC):
        return None
    page = int.from_bytes(read[16:18], "big")
    pages = int.from_bytes(read[28:32], "big")
    stated = (_LARGEST_PAGE if page == 1 else page) * pages
    return Head(int.from_bytes(read[68:72], "big"), size, stated)


def sqlite_head(path: Path) -> Head:
    """The same, where nothing but a SQLite file will do. Raises ``Problem``."""
    try:
        head = head_of(path)
    except FileNotFoundError:
        raise Problem("file-missing", file=path.name) from None
    except OSError as error:
        raise Problem("file-unreadable", file=path.name, cause=error.strerror or "") from error
    if head is None:
        raise Problem("file-not-sqlite", file=path.name)
    return head


def is_open_here(path: Path) -> bool:
    """Whether a connection of this program has the file: then nothing else may open it."""
    return file_id(path) in _OPEN


def hold(path: Path, connection: object) -> Callable[[], object]:
    """Keep the file from being opened past SQLite while ``connection`` lives.

    The function returned, called any number of times, ends that sooner.
    """
    held = file_id(path)
    if held is None:
        return lambda: None
    _OPEN.append(held)
    let_go = weakref.finalize(connection, _OPEN.remove, held)
    let_go.atexit = False
    return let_go


def file_id(path: Path) -> FileId | None:
    """Which file lies at a path; ``None`` when nothing can be found there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
