"""Writes a file so that whoever looks finds the old one or the new one, never half of it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from app.paths import refuse_competition_file
from app.problems import Problem


def write_whole(target: Path, content: bytes) -> None:
    """Replace ``target`` with a whole new file. Raises ``Problem`` when it cannot be written."""
    refuse_competition_file(target)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    except OSError as failed:
        with suppress(OSError):
            unfinished.unlink()
        raise Problem("sheet-not-written", file=target.name) from failed
