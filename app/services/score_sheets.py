"""Mark sheets (评分表): one a work and module, with a line for all that is marked there.

A blank one holds everything a judge needs to mark by hand; a filled one what is on record, in
words, and is not for judges, who would see each other's scores.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from app.domain.disputes import Dispute
from app.domain.entries import Cell, MarkState
from app.domain.ids import PANEL, AspectId, EntryId, EventCode, JudgeId, ModuleId
from app.domain.methods import (
    Binary,
    Gate,
    Overtime,
    TimeBands,
    TimeLinear,
    TimeRatio,
    judges_needed,
    takes_parts,
)
from app.domain.points import plain_points, show_exact
from app.domain.scheme import Aspect
from app.domain.typed import NO_PARTS, parse_parts
from app.reports.score_sheet import JudgementLine, MeasurementLine, ScoreSheet
from app.services.live import board
from app.services.mark_words import aspect_name
from app.services.method_words import part_codes, part_name, part_words, part_worth
from app.services.rule_lines import rule_lines
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

_NOT_THEIRS = "—"
_TIME_PART = "T"


@dataclass(frozen=True, slots=True)
class _Filling:
    """What is on record of one work; without cells the sheet is blank."""

    cells: Mapping[tuple[AspectId, JudgeId], Cell | Dispute]
    marks: Mapping[AspectId, str]


_BLANK = _Filling({}, {})


def blank_sheets(
    station: Station, event: EventCode, module: ModuleId, words: Words
) -> tuple[ScoreSheet, ...]:
    """The sheets of a module by work; the code at the top finds the work on the marking screen."""
    plan = sheet_plan(station, event, module)
    form = _form(station, plan, words)
    return tuple(_of_work(form, work) for work in works(station, event, plan.module).entries)


def filled_sheets(
    station: Station, event: EventCode, module: ModuleId, words: Words
) -> tuple[ScoreSheet, ...]:
    """The same with what is on record; refused to judges."""
    refuse_judge(station)
    plan = sheet_plan(station, event, module)
    form = _form(station, plan, words)
    return tuple(
        _filled(_of_work(form, work), plan, _filling(station, plan, entry), words)
        for work, entry in works(station, event, plan.module, apart=True).entries.items()
    )


def _form(station: Station, plan: SheetPlan, words: Words) -> ScoreSheet:
    """What all sheets of a module have in common: everything but the work, and nothing marked."""
    judges = seats(plan)
    return ScoreSheet(
        module_heading(station, plan, words),
        rules_imprint(station, plan, words),
        sheet_id="",
        module=module_title(plan, words),
        part="",
        work_is=number_is(plan, words),
        work="",
        judges=judges,
        measured=tuple(_measured(plan, _BLANK, words)),
        judged=tuple(_judged(plan, judges, _BLANK, words)),
        signatures=judge_signatures(station, plan, words),
    )


def _of_work(form: ScoreSheet, work: str) -> ScoreSheet:
    return replace(form, heading=work_heading(form.heading, work), sheet_id=work, work=work)


def _filled(sheet: ScoreSheet, plan: SheetPlan, filling: _Filling, words: Words) -> ScoreSheet:
    return replace(
        sheet,
        measured=tuple(_measured(plan, filling, words)),
        judged=tuple(_judged(plan, seats(plan), filling, words)),
    )


def _filling(station: Station, plan: SheetPlan, entry: EntryId) -> _Filling:
    scores = board(station, plan.event.code).scores
    cells = {
        (aspect, judge): cell
        for aspect in plan.aspects
        for judge in plan.judges[aspect]
        if (cell := scores.cell(entry, aspect, judge)) is not None
    }
    results = zip(plan.event.aspects(), scores.score(entry).aspects, strict=True)
    marks = {
        aspect.id: show_exact(result.mark)
        for aspect, result in results
        if aspect.id in plan.judges and result.mark is not None
    }
    return _Filling(cells, marks)


def _measured(plan: SheetPlan, filling: _Filling, words: Words) -> Iterator[MeasurementLine]:
    for aspect in plan.module.aspects():
        if judges_needed(aspect.method):
            continue
        cell = filling.cells.get((aspect.id, PANEL))
        yield MeasurementLine(
            aspect.id,
            aspect_name(words, aspect),
            _asked(aspect),
            plain_points(aspect.maximum),
            result=_result(words, aspect, cell, filling),
            mark=filling.marks.get(aspect.id, ""),
            rules=rule_lines(words, aspect),
        )
        yield from _parts(words, aspect, cell)


def _asked(aspect: Aspect) -> str:
    """What the scheme says for whoever marks this."""
    return "\n".join(text for text in (aspect.requirement, aspect.note) if text)


def _result(words: Words, aspect: Aspect, cell: Cell | Dispute | None, filling: _Filling) -> str:
    """What was found, or on a blank sheet the boxes to tick."""
    match aspect.method:
        case Binary() if filling is _BLANK:
            return words.say("mark_sheets.tick-binary")
        case Gate() if filling is _BLANK:
            return words.say("mark_sheets.tick-gate")
        case method if takes_parts(method) and _has_parts(cell):
            return ""
        case _ if filling is _BLANK:
            return ""
        case _:
            return held_text(words, aspect, cell)


def _has_parts(cell: Cell | Dispute | None) -> bool:
    return isinstance(cell, Cell) and cell.state is MarkState.VALUE and cell.measured != NO_PARTS


def _parts(words: Words, aspect: Aspect, cell: Cell | Dispute | None) -> Iterator[MeasurementLine]:
    """A line for each value that the aspect is made of, and one for each watch."""
    method = aspect.method
    held = {}
    if takes_parts(method) and isinstance(cell, Cell) and cell.measured not in {None, NO_PARTS}:
        held = parse_parts(cell.measured or "")
    for code in part_codes(method) if takes_parts(method) else ():
        value = part_words(words, method, code, held[code]) if code in held else ""
        worth = part_worth(words, method, code)
        yield MeasurementLine("", part_name(words, method, code), worth, "", result=value)
        if code == _TIME_PART and cell is None:
            yield from _watches(words, aspect)
    if not takes_parts(method) and cell is None:
        yield from _watches(words, aspect)


def _watches(words: Words, aspect: Aspect) -> Iterator[MeasurementLine]:
    match aspect.method:
        case TimeLinear() | TimeBands() | Overtime() | TimeRatio() as timed if timed.watches > 1:
            for number in range(1, timed.watches + 1):
                text = words.say("mark_sheets.watch", number=number)
                yield MeasurementLine("", text, words.say("methods.worth-T"), "")


def _judged(
    plan: SheetPlan, judges: tuple[JudgeId, ...], filling: _Filling, words: Words
) -> Iterator[JudgementLine]:
    for aspect in plan.module.aspects():
        needed = judges_needed(aspect.method)
        if not needed:
            continue
        # A module may have aspects of three judges beside aspects of seven.
        own = plan.judges[aspect.id] or judges[:needed]
        scores = tuple(
            _NOT_THEIRS if judge not in own else _score(words, aspect, judge, filling)
            for judge in judges
        )
        yield JudgementLine(
            aspect.id,
            aspect_name(words, aspect),
            plain_points(aspect.maximum),
            tuple(f"{level}  {text}" for level, text in enumerate(aspect.descriptors)),
            scores,
            filling.marks.get(aspect.id, ""),
            rules=rule_lines(words, aspect),
            requirement=_asked(aspect),
        )


def _score(words: Words, aspect: Aspect, judge: JudgeId, filling: _Filling) -> str:
    if filling is _BLANK:
        return ""
    return held_text(words, aspect, filling.cells.get((aspect.id, judge)))
