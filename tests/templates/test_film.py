"""The film in 72 hours: what is handed in, when, and what the record shows of it afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.ids import EventCode
from app.services.submitting import submissions
from app.services.verifying import verify
from tests.templates.worked import run, worked

if TYPE_CHECKING:
    from pathlib import Path


def test_films_are_received_with_their_digest_and_how_late_they_were(tmp_path: Path) -> None:
    station = run(worked("film-72-hours"), tmp_path)
    received = [
        (one.fact.entry, one.fact.sha256[:8], one.fact.size, one.fact.late_ms)
        for both in submissions(station, EventCode("FILM")).values()
        for one in both
    ]
    station.close()
    assert received == [
        ("FILM-01", "ba7816bf", 5_000_001, 0),
        ("FILM-02", "248d6a61", 5_000_002, 70 * 60_000),
        ("FILM-03", "3c59dc04", 5_000_003, 8 * 3_600_000),
        ("FILM-05", "6b86b273", 5_000_005, 0),
    ]
    assert verify(tmp_path / "film-72-hours.plumb").ok
