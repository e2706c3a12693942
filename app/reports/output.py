"""A finished PDF to where it was asked for: a file is replaced only by a whole new one."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from app.paths import refuse_competition_file
from app.problems import Problem
from app.reports.paper import Target, Watched


def goes_on(target: Target, done: int, total: int) -> bool:
    """Tell whoever follows how much is done; whether the rest is wanted."""
    if not isinstance(target, Watched):
        return True
    target.progress(done, total)
    return not target.cancelled()


def deliver(document: bytes, target: Target) -> None:
    """Write the document to the stream, or to the file in one step; raises ``Problem``."""
    if isinstance(target, Watched):
        target = target.target
    if not isinstance(target, Path):
        target.write(document)
        return
    refuse_competition_file(target)
    try:
        _replace(target, document)
    except OSError as failed:
        raise Problem(
            "paper-not-written", file=target.name, why=failed.strerror or type(failed).__name__
        ) from failed


def _replace(target: Path, document: bytes) -> None:
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with unfinished.open("wb") as file:
            file.write(document)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    except OSError:
        with suppress(OSError):
            unfinished.unlink()
        raise
