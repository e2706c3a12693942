"""``select``: the finalists out of the results of an earlier round."""

from __future__ import annotations

from pathlib import Path

from app.cli.choosing import opened
from app.cli.output import FINE, explained, print_json, print_table, tell
from app.services.roster_import import import_roster
from app.services.roster_plan import file_digest
from app.services.selecting import EventSelection, SelectionPlan, reserves_writer, selection_plan
from app.sheets.roster import match_columns, read_roster
from app.sheets.roster_check import Severity
from app.words import Words

_COLUMNS = ("event", "rows", "refused", "outside", "going", "reserves", "sharing", "lowest")


def select(
    words: Words,
    *,
    file: Path,
    preliminary: Path,
    reason: str,
    reserves: Path | None,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Enrol those who qualify; rows that cannot be judged are told and do not take part."""
    sheet = read_roster(preliminary)
    with opened(file) as station:
        columns = match_columns(sheet.headers)
        plan = selection_plan(station, sheet, columns, sha256=file_digest(preliminary))
        if reserves is not None:
            reserves_writer(plan, words, reserves)()
        done = None if dry_run else import_roster(station, plan.roster, reason=reason)
    refused = _refused(words, plan)
    if as_json:
        print_json(
            {
                "file": plan.roster.file,
                "sha256": plan.roster.sha256,
                "rows": len(plan.roster.rows),
                "events": [_object(one) for one in plan.events],
                "refused": [{"row": row, "cause": cause} for row, cause in refused],
                "enrolled": None if done is None else done.new,
                "changed": None if done is None else done.changed,
            }
        )
        return FINE
    for row, cause in refused:
        tell(words.say("cli.in_row", row=row, text=cause))
    lines = [_line(one) for one in plan.events]
    head = [words.say(f"cli.selection_{name}") for name in _COLUMNS]
    print_table([head, *lines], numbers=frozenset(range(1, len(_COLUMNS))))
    if done is None:
        tell(words.say("cli.selection_not_written"))
    else:
        tell(words.say("cli.roster_imported", count=done.new, changed=done.changed))
    return FINE


def _refused(words: Words, plan: SelectionPlan) -> list[tuple[int, str]]:
    return [
        (row.row, explained(words, problem.refusal))
        for row in plan.roster.rows
        for problem in row.problems
        if problem.severity is Severity.ERROR
    ]


def _object(one: EventSelection) -> dict[str, object]:
    return {
        "event": one.event,
        "rows": one.rows,
        "refused": one.refused,
        "outside": one.outside,
        "going": one.going,
        "reserves": [reserve.rows[0] for reserve in one.reserves],
        "sharing": one.sharing,
        "lowest": one.lowest,
    }


def _line(one: EventSelection) -> list[str]:
    counts = (one.rows, one.refused, one.outside, one.going, len(one.reserves), one.sharing)
    return [one.event, *map(str, counts), one.lowest]
