"""Blank score sheets (评分表): one a work and module, with a line for all that is marked there."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.ids import EventCode, ModuleId
from app.domain.methods import judges_needed, takes_parts
from app.domain.points import plain_points
from app.domain.scheme import Aspect, Module
from app.reports.paper import Signature
from app.reports.score_sheet import JudgementLine, MeasurementLine, ScoreSheet
from app.services import rules
from app.services.method_words import part_codes, part_name, part_worth
from app.services.paper_heads import heading, imprint
from app.services.station import Station
from app.services.works import works
from app.words import Words


def blank_sheets(
    station: Station, event: EventCode, module: ModuleId, words: Words
) -> tuple[ScoreSheet, ...]:
    """The sheets of a module by work; the code at the top finds the work on the marking screen."""
    found = rules.rules(station, event).module(module)
    seats = max((judges_needed(aspect.method) for aspect in found.aspects()), default=0)
    judges = tuple(f"J{seat}" for seat in range(1, seats + 1))
    roles = ("judge", "chief")
    return tuple(
        ScoreSheet(
            heading(station, event, words),
            imprint(station),
            sheet_id=str(work),
            module=f"{found.id} {words.pick(found.name, found.name_en)}",
            part="",
            work_code=str(work),
            judges=judges,
            measured=tuple(_measured(found, words)),
            judged=tuple(_judged(found, words)),
            signatures=tuple(Signature(words.say(f"reports.sheet_sign_{role}")) for role in roles),
        )
        for work in works(station, event, found).entries
    )


def _measured(module: Module, words: Words) -> Iterator[MeasurementLine]:
    for aspect in module.aspects():
        if judges_needed(aspect.method):
            continue
        most = plain_points(aspect.maximum)
        yield MeasurementLine(aspect.id, _name(aspect, words), aspect.requirement, most)
        if takes_parts(aspect.method):
            for code in part_codes(aspect.method):
                name = part_name(words, aspect.method, code)
                yield MeasurementLine("", name, part_worth(words, aspect.method, code), "")


def _judged(module: Module, words: Words) -> Iterator[JudgementLine]:
    for aspect in module.aspects():
        if judges_needed(aspect.method):
            levels = tuple(f"{level}  {text}" for level, text in enumerate(aspect.descriptors))
            most = plain_points(aspect.maximum)
            yield JudgementLine(aspect.id, _name(aspect, words), most, levels)


def _name(aspect: Aspect, words: Words) -> str:
    return words.pick(aspect.name, aspect.name_en)
