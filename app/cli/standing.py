"""``standings``: what several events of a competition file come to."""

from __future__ import annotations

from pathlib import Path

from app.cli.choosing import opened
from app.cli.output import FINE, print_json, print_table, tell
from app.domain.errors import RuleBroken
from app.services.standing_lines import (
    NUMBERS,
    shown_columns,
    standing_lines,
    standing_name,
    standing_notes,
    standing_state,
)
from app.services.standing_papers import standing_writer
from app.services.standings import StandingTable, combined_standing, combined_standings
from app.services.station import Station
from app.words import Words


def standings(
    words: Words, *, file: Path, standing: str | None, out: Path | None, as_json: bool
) -> int:
    """Show combined standings, or write one as PDF or workbook."""
    with opened(file) as station:
        known = [it.id for it in combined_standings(station)]
        if not known:
            raise RuleBroken("standings-none")
        chosen = [standing] if standing is not None else known
        if out is not None and len(chosen) > 1:
            raise RuleBroken("standing-not-chosen", standings=", ".join(chosen))
        if out is not None:
            count = standing_writer(station, chosen[0], words, out)()
            tell(words.say("cli.standing_written", count=count, file=out.name))
            return FINE
        tables = [combined_standing(station, one) for one in chosen]
        if as_json:
            print_json({"standings": [_object(station, it, words) for it in tables]})
            return FINE
        for table in tables:
            _show(station, table, words)
    return FINE


def _show(station: Station, table: StandingTable, words: Words) -> None:
    lines = standing_lines(station, table, words)
    columns = shown_columns(lines)
    tell(standing_name(table, words))
    head = [words.say(f"standings.{name}") for name in columns]
    rows = [[getattr(line, name) for name in columns] for line in lines]
    numbers = frozenset(n for n, name in enumerate(columns) if name in NUMBERS)
    print_table([head, *rows], numbers=numbers)
    for note in standing_notes(station, table, words):
        tell(note)
    tell(standing_state(table, words))


def _object(station: Station, table: StandingTable, words: Words) -> dict[str, object]:
    lines = standing_lines(station, table, words)
    return {
        "standing": table.rules.id,
        "standing_hash": table.standing_hash,
        "status": table.status.value if table.is_published else "draft",
        "unpublished": list(table.unpublished),
        "provisional": list(table.provisional),
        "rows": [
            {
                "rank": row.rank,
                "name": line.name,
                "unit": line.unit,
                "total": row.total,
                "award": row.award,
                "star": row.star,
                "counted": list(row.counted),
                "left_out": list(row.left_out),
            }
            for row, line in zip(table.rows, lines, strict=True)
        ],
    }
