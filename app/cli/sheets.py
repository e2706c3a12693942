"""``sheets``: blank mark sheets on paper."""

from __future__ import annotations

from pathlib import Path

from app.cli.choosing import event_of, opened
from app.cli.output import FINE
from app.domain.ids import ModuleId
from app.reports.score_sheet import write_score_sheets
from app.services import rules
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
