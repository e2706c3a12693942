"""What is not entered yet and where judging broke its rules, as lists to work from on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from app.domain.aspects import AspectResult, AspectState
from app.domain.disputes import Dispute
from app.domain.entries import Cell, MarkState
from app.domain.facts import SpreadLetStand
from app.domain.ids import EventCode, JudgeId, ModuleId
from app.domain.methods import PanelMethod, judges_needed, spread_limit
from app.domain.points import plain_points
from app.domain.scheme import Aspect
from app.reports.marking_lists import MissingLine, MissingMarks, ViolationLine, Violations
from app.reports.signed_list import SignedList
from app.services import rules
from app.services.live import board
from app.services.mark_words import aspect_name, judge_name
from app.services.paper_heads import heading, imprint, signatures
from app.services.sheet_heads import held_text, refuse_judge
from app.services.station import Station
from app.services.works import SheetPlan, sheet_plan, works
from app.storage import queries
from app.words import Words

Line = TypeVar("Line")

_SAID = {MarkState.VALUE, MarkState.NOT_ATTEMPTED, MarkState.ABSENT, MarkState.WITHDRAWN}
_MOST_NAMED = 24
"""A sheet nobody has begun need not list every aspect."""


def missing_marks(
    station: Station, event: EventCode, words: Words, module: ModuleId | None = None
) -> MissingMarks:
    """What is not entered yet, by module, work and sheet; of all modules without one named."""
    return _listed(station, event, words, module, _missing)


def judgement_violations(
    station: Station, event: EventCode, words: Words, module: ModuleId | None = None
) -> Violations:
    """Where scores lie too far apart, a judge is missing or too few are left; refused to judges.

    Scores that the chief judge let stand are listed with the reason.
    """
    refuse_judge(station)
    return _listed(station, event, words, module, _violations)


def _listed(
    station: Station,
    event: EventCode,
    words: Words,
    module: ModuleId | None,
    found: Callable[[Station, SheetPlan, Words], Iterable[Line]],
) -> SignedList[Line]:
    return SignedList(
        heading(station, event, words),
        imprint(station),
        tuple(
            line for plan in _plans(station, event, module) for line in found(station, plan, words)
        ),
        signatures(words, "reports.sheet_sign_chief"),
    )


def _plans(station: Station, event: EventCode, module: ModuleId | None) -> list[SheetPlan]:
    listed = [one.id for one in rules.rules(station, event).modules] if module is None else [module]
    return [sheet_plan(station, event, one) for one in listed]


def _missing(station: Station, plan: SheetPlan, words: Words) -> Iterator[MissingLine]:
    scores = board(station, plan.event.code).scores
    for work, entry in works(station, plan.event.code, plan.module).entries.items():
        for judge in plan.sheets:
            own = [aspect.id for aspect in plan.aspects_of(judge)]
            open_ones = [one for one in own if scores.cell(entry, one, judge) is None]
            if not open_ones:
                continue
            named = ", ".join(open_ones)
            if len(open_ones) > _MOST_NAMED:
                named = words.say(
                    "mark_sheets.missing-many", first=open_ones[0], last=open_ones[-1]
                )
            if len(open_ones) == len(own):
                named = words.say("mark_sheets.missing-all")
            yield MissingLine(
                plan.module.id, work, judge_name(words, judge), str(len(open_ones)), named
            )


def _violations(station: Station, plan: SheetPlan, words: Words) -> Iterator[ViolationLine]:
    event = plan.event.code
    scores = board(station, event).scores
    stands = {
        (it.fact.entry, it.fact.aspect): it.reason
        for it in queries.standing(station.connection, SpreadLetStand, event=event)
    }
    judged = [aspect for aspect in plan.module.aspects() if judges_needed(aspect.method)]
    places = {aspect.id: place for place, aspect in enumerate(plan.event.aspects())}
    for work, entry in works(station, event, plan.module).entries.items():
        results = scores.score(entry).aspects
        for aspect in judged:
            held = dict(scores.cells_of(entry, aspect.id))
            result, reason = results[places[aspect.id]], stands.get((entry, aspect.id), "")
            if finding := _finding(words, aspect, result, held, reason):
                told = (f"{judge} {held_text(words, aspect, held[judge])}" for judge in held)
                name = aspect_name(words, aspect)
                yield ViolationLine(work, aspect.id, name, ", ".join(told), finding)


def _finding(
    words: Words,
    aspect: Aspect,
    result: AspectResult,
    held: Mapping[JudgeId, Cell | Dispute | None],
    reason: str,
) -> str:
    """How the scores of a panel break the rules; nothing where they do not."""
    match result.state:
        case AspectState.SPREAD_BROKEN:
            return _apart(words, aspect, held.values())
        case AspectState.PANEL_SHORT:
            return words.say("mark_sheets.violations-short")
        case AspectState.DISPUTED:
            return words.say("mark_sheets.disputed")
        case AspectState.PARTIAL:
            absent = ", ".join(judge for judge, cell in held.items() if cell is None)
            return words.say("mark_sheets.violations-judge", judges=absent)
        case _ if result.was_let_stand:
            return words.say("mark_sheets.violations-stand", reason=reason)
        case _:
            return ""


def _apart(words: Words, aspect: Aspect, held: Iterable[Cell | Dispute | None]) -> str:
    """How far apart the scores lie; a mark beside a "not attempted" has no distance."""
    cells = [cell for cell in held if isinstance(cell, Cell) and cell.state in _SAID]
    values = [cell.value for cell in cells if cell.value is not None]
    limit = spread_limit(aspect.method) if isinstance(aspect.method, PanelMethod) else None
    if limit is None or len(values) < len(cells):
        return words.say("mark_sheets.violations-differ")
    apart, allowed = plain_points(max(values) - min(values)), plain_points(limit)
    return words.say("mark_sheets.violations-apart", apart=apart, allowed=allowed)
