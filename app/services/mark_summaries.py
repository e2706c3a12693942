"""Mark summary forms (成绩汇总表), put together from what stands now.

A form joins an entry's marks with its number, so judges have none; until exactly this is published
it is a draft and names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from app.domain.entries import Entry
from app.domain.facts import PublishedRow
from app.domain.ids import EventCode
from app.domain.points import plain_points, show_exact
from app.domain.scheme import Event, Module
from app.domain.scores import EntryScore, ModuleScore
from app.domain.scoring import event_maximum
from app.reports.mark_summary import MarkSummary, SummaryLine
from app.reports.paper import Signature
from app.services import enrolment, paper_heads, results, roll
from app.services.live import board
from app.services.result_words import rank_text, state_text
from app.services.roll import Registered
from app.services.sheet_heads import refuse_judge
from app.services.station import Station
from app.words import Words

_MARK = re.compile(r"−?\d+(\.\d+)?")


def mark_summaries(station: Station, event: EventCode, words: Words) -> tuple[MarkSummary, ...]:
    """A form for every entry, by entry number."""
    refuse_judge(station)
    now = results.leaderboard(station, event)
    rows = {row.entry: row for row in now.running}
    scores = board(station, event).scores
    revision = now.published.fact.revision if now.published and now.is_published else 0
    imprint = paper_heads.imprint(
        station,
        result_hash=now.result_hash,
        revision=revision,
        provisional=not now.is_published,
    )
    signatures = _signatures(station, event, words)
    return tuple(
        MarkSummary(
            heading=paper_heads.heading(station, event, words),
            imprint=imprint,
            entry=one.entry.number,
            facts=tuple(_facts(now, one, rows[one.entry.id], words)),
            lines=_aligned(
                _lines(now.event, scores.score(one.entry.id), rows[one.entry.id], words)
            ),
            signatures=signatures,
        )
        for one in sorted(roll.registered(station, event), key=lambda one: _by_number(one.entry))
        if one.entry.id in rows
    )


def _by_number(entry: Entry) -> tuple[int, str]:
    return (len(entry.number), entry.number)


def _facts(
    now: results.Leaderboard, one: Registered, row: PublishedRow, words: Words
) -> Iterator[tuple[str, str]]:
    say = words.say
    yield say("reports.entry_number"), one.entry.number
    if not now.is_published:
        yield say("mark_sheets.summary-state"), say("reports.foot_draft")
        return
    name = words.pick(one.person.name, one.person.name_en) if one.person else ""
    yield say("reports.name"), name
    yield say("reports.unit"), one.entry.unit
    if row.rank is not None:
        yield say("reports.rank"), rank_text(row, words)
    if said := state_text(now.event, row, words):
        yield say("reports.state"), said


def _lines(
    event: Event, score: EntryScore, row: PublishedRow, words: Words
) -> Iterator[SummaryLine]:
    for module, own in zip(event.modules, score.modules, strict=True):
        yield from _module(module, own, row, words)
    if len(event.components) > 1:
        for part, mark in zip(event.components, score.components, strict=True):
            name = _weighed(words.pick(part.name, part.name_en), part.weight, words)
            complete = [
                one.is_complete
                for module, one in zip(event.modules, score.modules, strict=True)
                if module.component == part.id
            ]
            said = show_exact(mark.mark) if all(complete) else words.say("mark_sheets.summary-open")
            yield SummaryLine("", name, "", "", said, is_sum=True)
    say = words.say
    if score.deducted:
        taken = f"−{show_exact(score.deducted)}"
        yield SummaryLine("", say("mark_sheets.summary-penalties"), "", "", taken)
    most = plain_points(event_maximum(event))
    total = row.total if score.is_complete else ""
    total = total or say("mark_sheets.summary-open")
    yield SummaryLine("", say("reports.total"), "", most, total, is_sum=True)


def _module(
    module: Module, own: ModuleScore, row: PublishedRow, words: Words
) -> Iterator[SummaryLine]:
    say = words.say
    name = _weighed(words.pick(module.name, module.name_en), module.weight, words)
    if own.missing:
        mark = say("mark_sheets.grid-missing", count=own.missing)
    elif own.is_complete:
        mark = row.modules.get(module.id, show_exact(own.mark))
    else:
        mark = say("mark_sheets.grid-open")
    yield SummaryLine(module.id, name, "", plain_points(module.maximum), mark, is_sum=True)
    for part, given in zip(module.subcriteria, own.subcriteria, strict=True):
        yield SummaryLine(
            part.id,
            words.pick(part.name, part.name_en),
            str(part.day),
            plain_points(sum(aspect.maximum for aspect in part.aspects)),
            show_exact(given.mark) if own.is_complete else "",
        )
    if own.deducted:
        taken = f"−{show_exact(own.deducted)}"
        yield SummaryLine("", say("mark_sheets.summary-penalties"), "", "", taken)


def _aligned(lines: Iterable[SummaryLine]) -> tuple[SummaryLine, ...]:
    """The lines with all marks at as many places as the one that needs most."""
    every = tuple(lines)
    marks = [line.mark for line in every if _MARK.fullmatch(line.mark)]
    places = max((len(mark.partition(".")[2]) for mark in marks), default=0)
    return tuple(
        replace(line, mark=_at_places(line.mark, places)) if line.mark in marks else line
        for line in every
    )


def _at_places(mark: str, places: int) -> str:
    whole, _, decimals = mark.partition(".")
    return f"{whole}.{decimals:0<{places}}" if places else whole


def _weighed(name: str, weight: Decimal, words: Words) -> str:
    """The name with what its mark is multiplied by above it, where that changes anything."""
    if weight == 1:
        return name
    return words.say("mark_sheets.summary-weighed", name=name, weight=f"{weight:f}")


def _signatures(station: Station, event: EventCode, words: Words) -> tuple[Signature, ...]:
    role = words.say("reports.sheet_sign_judge")
    judges = [
        Signature(f"{role} {one.id}", one.name)
        for one in enrolment.judges(station, event)
        if not one.standing_down
    ]
    offices = paper_heads.signatures(words, "papers.sign_chief", "papers.sign_supervision")
    return (*judges, *offices)
