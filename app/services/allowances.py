"""Who is paid a star allowance, by a published result or a combined standing (星级津贴发放表)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

from app.domain.award_rules import StarBand
from app.domain.consequences import star_of
from app.domain.errors import RuleBroken
from app.domain.facts import ResultStatus
from app.domain.ids import EventCode
from app.domain.points import parse_points, plain_points, points_of
from app.reports.allowance_sheet import (
    FIELDS,
    NUMBERS,
    AllowanceRow,
    AllowanceSheet,
    write_allowance_sheet,
)
from app.reports.paper import Heading, Imprint
from app.services import paper_heads, results, roll, rules
from app.services.list_files import list_writer
from app.services.results import Standing
from app.services.standing_lines import standing_lines, standing_state
from app.services.standing_papers import standing_paper
from app.services.standings import combined_standing
from app.services.station import Station
from app.sheets.list_table import ListTable
from app.words import Words

Paid: TypeAlias = tuple[str, str, StarBand]
"""Name, unit, and the star whose allowance is paid."""


def event_allowances(station: Station, event: EventCode, words: Words) -> AllowanceSheet:
    """The sheet of one event's published result; DRAFT across it while that is provisional.

    Raises ``RuleBroken`` when nothing is published, or nobody has a star with an allowance.
    """
    snapshot = results.in_force(station, event)
    fact, stars = snapshot.fact, rules.event(station, event).awards.stars
    people = {one.entry.id: one for one in roll.registered(station, event)}
    paid: list[Paid] = []
    for row in fact.rows:
        star = star_of(stars, parse_points(row.total)) if row.state == Standing.RANKED else None
        who = people.get(row.entry)
        person = who.person if who else None
        name = words.pick(person.name, person.name_en) if person else str(row.entry)
        if star is not None:
            paid.append((name, who.entry.unit if who else "", star))
    imprint = paper_heads.imprint(
        station,
        result_hash=fact.result_hash,
        revision=fact.revision,
        provisional=fact.status is ResultStatus.PROVISIONAL,
    )
    note = paper_heads.published_note(snapshot, words)
    return _sheet(paper_heads.heading(station, event, words), imprint, paid, note, words)


def standing_allowances(station: Station, standing: str, words: Words) -> AllowanceSheet:
    """The sheet of a combined standing; DRAFT across it unless exactly this is public and final.

    Raises ``RuleBroken`` when nobody has a star with an allowance.
    """
    table = combined_standing(station, standing)
    stars = {band.grade: band for band in table.rules.stars}
    lines = zip(table.rows, standing_lines(station, table, words), strict=True)
    paid = [
        (line.name or line.unit, line.unit if line.name else "", stars[row.star])
        for row, line in lines
        if row.star
    ]
    paper = standing_paper(station, table, words)
    return _sheet(paper.heading, paper.imprint, paid, standing_state(table, words), words)


def allowance_writer(
    station: Station, sheet: AllowanceSheet, words: Words, target: Path
) -> Callable[[], int]:
    """Writes PDF or workbook, as the name's ending says; gives the number of people.

    What is returned may run on another thread.
    """
    return list_writer(
        target,
        words,
        rows=len(sheet.rows),
        paper=lambda: write_allowance_sheet(sheet, words, target),
        table=lambda: _book(station, sheet, words),
    )


def _sheet(
    heading: Heading, imprint: Imprint, reached: Iterable[Paid], note: str, words: Words
) -> AllowanceSheet:
    paid = [one for one in reached if one[2].allowance]
    if not paid:
        raise RuleBroken("allowances-nobody", name=heading.event)
    total = sum((_sum(star) for _, _, star in paid), start=Decimal(0))
    return AllowanceSheet(
        heading=heading,
        imprint=imprint,
        rows=tuple(
            AllowanceRow(
                place=str(place),
                name=name,
                unit=unit,
                star=words.pick(star.grade, star.grade_en),
                allowance=_yuan(star.allowance),
                months=str(star.months) if star.months else "",
                sum=_yuan(_sum(star)),
            )
            for place, (name, unit, star) in enumerate(paid, start=1)
        ),
        total=AllowanceRow("", words.say("allowances.total"), "", "", "", "", _yuan(total)),
        notes=(note,),
        signatures=paper_heads.signatures(
            words, "allowances.sign_made", "allowances.sign_checked", "allowances.sign_approved"
        ),
    )


def _sum(star: StarBand) -> Decimal:
    return star.allowance * (star.months or 1)


def _yuan(amount: Decimal) -> str:
    return plain_points(points_of(amount))


def _book(station: Station, sheet: AllowanceSheet, words: Words) -> ListTable:
    """The same as a workbook holds it; nobody signs there."""
    shown = FIELDS[:-1]
    return ListTable(
        title=words.say("allowances.title"),
        facts=(
            (words.say("sheets.results_competition"), sheet.heading.competition),
            (words.say("allowances.basis"), sheet.heading.event),
            (words.say("sheets.results_revision"), str(sheet.imprint.revision or "")),
            (words.say("sheets.results_hash"), sheet.imprint.result_hash),
            *(("", note) for note in sheet.notes),
        ),
        made=dt.datetime.fromtimestamp(station.now_ms() / 1000, dt.UTC),
        headings=tuple(words.say(f"allowances.{name}") for name in shown),
        numbers=frozenset(n for n, name in enumerate(shown) if name in NUMBERS),
        lines=tuple(line[:-1] for line in sheet.lines),
    )
