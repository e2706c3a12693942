"""``sheets`` and ``marks-form``: the papers of marking, and the table marks are keyed into."""

from __future__ import annotations

from pathlib import Path

from app.cli.choosing import event_of, opened
from app.cli.output import FINE, tell
from app.domain.ids import ModuleId
from app.paths import check_target
from app.services import rules
from app.services.mark_papers import MarkPaper, fill_in
from app.services.marks_form import marks_form_writer
from app.words import Words


def sheets(
    words: Words, *, file: Path, out: Path, event: str | None, module: str | None, kind: str
) -> int:
    """One of the papers of marking, for one module or for all of them."""
    check_target(out)
    with opened(file) as station:
        code = event_of(station, event)
        one = None if module is None else ModuleId(module)
        fill_in(station, code, MarkPaper(kind), words, one)(out)
    return FINE


def marks_form(
    words: Words, *, file: Path, out: Path, event: str | None, module: str | None
) -> int:
    """A table to key the marks of a module into; without a name, of the first."""
    with opened(file) as station:
        code = event_of(station, event)
        first = rules.rules(station, code).modules[0].id
        wanted = first if module is None else ModuleId(module)
        count = marks_form_writer(station, code, wanted, words, out)()
    tell(words.say("import_marks.form-saved", count=count, file=out.name))
    return FINE
