"""``sheets`` and ``marks-form``: what is filled in by hand, on paper or as a table."""

from __future__ import annotations

from pathlib import Path

from app.cli.choosing import event_of, opened
from app.cli.output import FINE, tell
from app.domain.ids import ModuleId
from app.reports.score_sheet import write_score_sheets
from app.services import rules
from app.services.marks_form import marks_form_writer
from app.services.score_sheets import blank_sheets
from app.words import Words


def sheets(words: Words, *, file: Path, out: Path, event: str | None, module: str | None) -> int:
    """One page or more a work, for one module or for all of them."""
    with opened(file) as station:
        code = event_of(station, event)
        in_force = rules.rules(station, code)
        wanted = [ModuleId(module)] if module else [one.id for one in in_force.modules]
        blank = [one for each in wanted for one in blank_sheets(station, code, each, words)]
        write_score_sheets(blank, words, out)
    return FINE


def marks_form(
    words: Words, *, file: Path, out: Path, event: str | None, module: str | None
) -> int:
    """A table to key the marks of a module into; without a name, of the first."""
    with opened(file) as station:
        code = event_of(station, event)
        wanted = ModuleId(module) if module else rules.rules(station, code).modules[0].id
        count = marks_form_writer(station, code, wanted, words, out)()
    tell(words.say("import_marks.form-saved", count=count, file=out.name))
    return FINE
