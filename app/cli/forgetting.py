"""``forget``: a person leaves the file, and the record stays whole."""

from __future__ import annotations

from pathlib import Path

from app.cli.choosing import entry_of, event_of, opened
from app.cli.output import FINE, tell
from app.services.entrants import forget as forget_person
from app.words import Words


def forget(words: Words, *, file: Path, event: str | None, entry: str) -> int:
    """Delete name, contact data and photo of one entry from this file."""
    with opened(file) as station:
        forget_person(station, entry_of(station, event_of(station, event), entry))
    tell(words.say("cli.forgotten", entry=entry, file=file.name))
    return FINE
