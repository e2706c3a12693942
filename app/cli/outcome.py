"""``results``, ``nominations`` and ``promote``: what comes out of a competition file."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from app.cli.choosing import event_of, opened
from app.cli.output import FINE, print_json, print_table, tell
from app.domain.facts import PublishedRow
from app.domain.ids import EventCode
from app.domain.scheme import Event
from app.paths import check_target
from app.services import results as published_results
from app.services import roll, rules
from app.services.nomination_papers import write_nominations_file
from app.services.promotion import NotPromoted, promotion
from app.services.promotion_papers import promotion_writer
from app.services.result_words import division_text
from app.services.station import Station
from app.words import Words

DRAFT = "draft"
"""The status of a result that nobody has published; otherwise it is that of the publication."""


@dataclass(frozen=True, slots=True)
class _Result:
    """What is shown: the snapshot in force, or the live leaderboard where there is none."""

    event: Event
    rules_hash: str
    result_hash: str
    status: str
    rows: tuple[PublishedRow, ...]


def results(words: Words, *, file: Path, event: str | None, as_json: bool) -> int:
    """The published result of an event, or a draft as the marks stand."""
    with opened(file) as station:
        code = event_of(station, event)
        result = _result(station, code)
        known = {it.entry.id: (it.name, it.entry.unit) for it in roll.registered(station, code)}
    rows = [(row, *known.get(row.entry, (row.entry, ""))) for row in result.rows]
    if as_json:
        print_json(
            {
                "event": code,
                "rules_hash": result.rules_hash,
                "result_hash": result.result_hash,
                "status": result.status,
                "rows": [_row_object(row, name, unit) for row, name, unit in rows],
            }
        )
        return FINE
    head = [words.say(f"cli.column_{name}") for name in _COLUMNS]
    for division, own in groupby(rows, key=lambda it: it[0].division):
        if heading := division_text(result.event, division, words):
            tell(heading)
        lines = [
            [str(row.rank or ""), row.entry, name, unit, row.total, row.award, row.state]
            for row, name, unit in own
        ]
        print_table([head, *lines], numbers=frozenset({0, 4}))
    tell(words.say("cli.result_hash", status=result.status, hash=result.result_hash))
    return FINE


def nominations(words: Words, *, file: Path, out: Path, event: str | None) -> int:
    """Write the list of nominations that follows from the published result."""
    check_target(out)
    with opened(file) as station:
        count = write_nominations_file(station, event_of(station, event), words, out)
    tell(words.say("cli.nominations_written", count=count, file=out.name))
    return FINE


def promote(words: Words, *, file: Path, out: Path, event: str | None, as_json: bool) -> int:
    """Write who goes up by the published result: the roster of the next round, or the paper."""
    check_target(out)
    with opened(file) as station:
        code = event_of(station, event)
        found = promotion(station, code)
        count = promotion_writer(station, code, words, out)()
    if as_json:
        print_json(
            {
                "event": code,
                "result_hash": found.snapshot.fact.result_hash,
                "rows": [
                    {
                        "entry": one.row.entry,
                        "division": one.row.division,
                        "rank": one.row.rank,
                        "total": one.row.total,
                        "reserve": one.reserve,
                        "instead_of": one.instead_of,
                    }
                    for one in found.found
                ],
                "others": [_other(one) for one in found.others],
            }
        )
        return FINE
    tell(words.say("cli.promotion_written", count=count, file=out.name))
    return FINE


def _other(one: NotPromoted) -> dict[str, object]:
    """Somebody who does not go up: who declined, with the reason, or whom a limit left out."""
    return {
        "entry": one.row.entry,
        "division": one.row.division,
        "rank": one.row.rank,
        "total": one.row.total,
        "declined": one.declined or None,
        "left_out": one.left_out.value if one.left_out else None,
    }


_COLUMNS = ("rank", "entry", "name", "unit", "total", "award", "state")


def _result(station: Station, event: EventCode) -> _Result:
    snapshot = published_results.published(station, event)
    if snapshot is not None:
        fact = snapshot.fact
        in_force = rules.event(station, event)
        return _Result(in_force, fact.rules_hash, fact.result_hash, fact.status.value, fact.rows)
    board = published_results.leaderboard(station, event)
    return _Result(board.event, board.rules_hash, board.result_hash, DRAFT, board.rows)


def _row_object(row: PublishedRow, name: str, unit: str) -> dict[str, object]:
    return {
        "entry": row.entry,
        "name": name,
        "unit": unit,
        "rank": row.rank,
        "total": row.total,
        "award": row.award,
        "modules": dict(row.modules),
        "state": row.state,
        "division": row.division,
    }
