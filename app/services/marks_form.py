"""A table to key marks into, with the headings that the import of marks reads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.domain.errors import RuleBroken
from app.domain.fed_check import fed_aspects
from app.domain.ids import PANEL, EventCode, ModuleId
from app.paths import check_target
from app.services.station import Station
from app.services.works import sheet_plan, works
from app.sheets.plain_table import write_plain_table
from app.words import Words


def marks_form_writer(
    station: Station, event: EventCode, module: ModuleId, words: Words, target: Path
) -> Callable[[], int]:
    """What writes the table as .csv or .xlsx and returns its works: a row for each work of a
    module by number or code, an empty column for each aspect or, of a panel, each judge.

    Everything is read already, so it may write on another thread. Raises ``RuleBroken`` while
    there is nobody to be marked.
    """
    check_target(target)
    plan = sheet_plan(station, event, module)
    labels = tuple(works(station, event, plan.module).entries)
    if not labels:
        raise RuleBroken("marks-form-nobody", module=module)
    fed = fed_aspects(plan.event)
    cells = [
        str(aspect) if judge == PANEL else f"{aspect}/{judge}"
        for aspect, judges in plan.judges.items()
        if aspect not in fed
        for judge in judges
    ]
    first = words.say(f"import_marks.form-{'code' if plan.module.blind else 'entry'}")
    blank = ("",) * len(cells)
    lines = [(label, *blank) for label in labels]

    def write() -> int:
        title = words.say("import_marks.form-sheet", module=module)
        write_plain_table(target, title, (first, *cells), lines)
        return len(lines)

    return write
