"""``demo`` and ``rebuild``."""

from __future__ import annotations

from pathlib import Path

from app.cli.choosing import opened
from app.cli.output import FAILED, FINE, tell
from app.services.verifying import tables_differ
from app.storage import projections
from app.words import Words


def demo(words: Words, *, out: Path, entries: int, seed: int) -> int:
    """The whole main job on sample data, every file left in the folder."""
    from app.demo.run import run_demo

    verification = run_demo(out, words, entries=entries, seed=seed, tell=tell)
    return FINE if verification.ok else FAILED


def rebuild(words: Words, *, file: Path) -> int:
    """Make the derived tables again from the log and say whether they had differed."""
    with opened(file) as station:
        differed = tables_differ(station.database)
        replayed = projections.rebuild(station.database)
    kind = "cli.rebuilt_differed" if differed else "cli.rebuilt"
    tell(words.say(kind, count=replayed))
    return FINE
