"""Landscape forms (横向评分表) of a module, put together: every work across, aspects down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from app.domain.ids import PANEL, EntryId, EventCode, ModuleId
from app.domain.methods import judges_needed
from app.domain.points import plain_points, show_exact
from app.domain.scheme import Aspect
from app.domain.scoreboard import Scoreboard
from app.reports.marks_grid import WORKS_ACROSS, GridLine, MarksGrid
from app.services.live import board
from app.services.mark_words import aspect_name
from app.services.sheet_heads import (
    held_text,
    judge_signatures,
    module_heading,
    module_title,
    number_is,
    refuse_judge,
    rules_imprint,
    seats,
    work_heading,
)
from app.services.station import Station
from app.services.works import SheetPlan, sheet_plan, works
from app.words import Words


def blank_grids(
    station: Station, event: EventCode, module: ModuleId, words: Words
) -> tuple[MarksGrid, ...]:
    """Forms to write on."""
    plan = sheet_plan(station, event, module)
    entries = works(station, event, plan.module).entries
    return tuple(_grid(station, plan, own, None, words) for own in _groups(entries))


def filled_grids(
    station: Station, event: EventCode, module: ModuleId, words: Words
) -> tuple[MarksGrid, ...]:
    """The same with what is on record and what it comes to; refused to judges."""
    refuse_judge(station)
    plan = sheet_plan(station, event, module)
    scores = board(station, event).scores
    entries = works(station, event, plan.module, apart=True).entries
    return tuple(_grid(station, plan, own, scores, words) for own in _groups(entries))


def _groups(entries: Mapping[str, EntryId]) -> Iterator[dict[str, EntryId]]:
    """As few forms as hold all works, filled alike: 13 works are 7 and 6, not 12 and 1."""
    listed, forms = list(entries.items()), -(-len(entries) // WORKS_ACROSS)
    for form in range(forms):
        start, stop = (len(listed) * place // forms for place in (form, form + 1))
        yield dict(listed[start:stop])


def _grid(
    station: Station,
    plan: SheetPlan,
    own: Mapping[str, EntryId],
    scores: Scoreboard | None,
    words: Words,
) -> MarksGrid:
    labels = list(own)
    span = labels[0] if len(labels) == 1 else f"{labels[0]}–{labels[-1]}"
    return MarksGrid(
        work_heading(module_heading(station, plan, words), span),
        rules_imprint(station, plan, words),
        module=module_title(plan, words),
        work_is=number_is(plan, words),
        works=tuple(labels),
        lines=tuple(
            line
            for aspect in plan.module.aspects()
            for line in _lines(plan, aspect, tuple(own.values()), scores, words)
        ),
        totals=tuple(_total(plan, entry, scores, words) for entry in own.values())
        if scores
        else (),
        signatures=judge_signatures(station, plan, words),
    )


def _lines(
    plan: SheetPlan,
    aspect: Aspect,
    entries: Sequence[EntryId],
    scores: Scoreboard | None,
    words: Words,
) -> Iterator[GridLine]:
    needed = judges_needed(aspect.method)
    judges = (plan.judges[aspect.id] or seats(plan)[:needed]) if needed else (PANEL,)
    for place, judge in enumerate(judges):
        yield GridLine(
            aspect="" if place else aspect.id,
            text="" if place else aspect_name(words, aspect),
            maximum="" if place else plain_points(aspect.maximum),
            judge="" if judge == PANEL else judge,
            cells=tuple(
                held_text(words, aspect, scores.cell(entry, aspect.id, judge)) if scores else ""
                for entry in entries
            ),
        )


def _total(plan: SheetPlan, entry: EntryId, scores: Scoreboard | None, words: Words) -> str:
    assert scores is not None, "asked only of filled forms"
    score = scores.score(entry).module(plan.module.id)
    if score.missing:
        return words.say("mark_sheets.grid-missing", count=score.missing)
    return show_exact(score.mark) if score.is_complete else words.say("mark_sheets.grid-open")
