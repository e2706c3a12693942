"""A combined standing filled in, as the paper to be signed and as the workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from app.reports.combined_standing import StandingPaper, write_standing_paper
from app.reports.paper import Heading
from app.services import paper_heads, rules
from app.services.list_files import list_writer
from app.services.standing_lines import (
    NUMBERS,
    shown_columns,
    standing_lines,
    standing_name,
    standing_notes,
    standing_state,
)
from app.services.standings import StandingTable, combined_standing
from app.services.station import Station
from app.sheets.list_table import ListTable
from app.words import Words


def standing_writer(station: Station, wanted: str, words: Words, target: Path) -> Callable[[], int]:
    """Writes PDF or workbook, as the name's ending says; everything is read already.

    What is returned may run on another thread and gives the number of rows.
    """
    table = combined_standing(station, wanted)
    paper = standing_paper(station, table, words)
    return list_writer(
        target,
        words,
        rows=len(paper.lines),
        paper=lambda: write_standing_paper(paper, words, target),
        table=lambda: standing_book(station, table, words),
    )


def standing_paper(station: Station, table: StandingTable, words: Words) -> StandingPaper:
    """The paper; DRAFT across it unless the public sees exactly this, as on a list of results."""
    lines = standing_lines(station, table, words)
    columns = tuple(shown_columns(lines))
    published = table.published.fact if table.published and table.is_published else None
    return StandingPaper(
        heading=_heading(station, table, words),
        imprint=paper_heads.imprint(
            station,
            result_hash=table.standing_hash,
            revision=published.revision if published else 0,
            provisional=published is None,
        ),
        columns=columns,
        numbers=NUMBERS,
        lines=tuple(tuple(getattr(line, name) for name in columns) for line in lines),
        notes=(standing_state(table, words), *standing_notes(station, table, words)),
        signatures=paper_heads.signatures(
            words, "papers.sign_chief", "papers.sign_supervision", "papers.sign_organiser"
        ),
    )


def standing_book(station: Station, table: StandingTable, words: Words) -> ListTable:
    """The same as a workbook holds it."""
    paper = standing_paper(station, table, words)
    shown = table.status.value if table.is_published else "draft"
    return ListTable(
        title=words.say("standings.title"),
        facts=(
            (words.say("sheets.results_competition"), paper.heading.competition),
            (words.say("standings.title"), paper.heading.event),
            (words.say("sheets.results_status"), words.say(f"results.status_{shown}")),
            (words.say("sheets.results_revision"), str(paper.imprint.revision or "")),
            (words.say("sheets.results_hash"), table.standing_hash),
            *(("", note) for note in paper.notes),
        ),
        made=dt.datetime.fromtimestamp(station.now_ms() / 1000, dt.UTC),
        headings=tuple(words.say(f"standings.{name}") for name in paper.columns),
        numbers=frozenset(n for n, name in enumerate(paper.columns) if name in NUMBERS),
        lines=paper.lines,
    )


def _heading(station: Station, table: StandingTable, words: Words) -> Heading:
    competition = rules.competition(station)
    title = words.pick(competition.title, competition.title_en)
    return Heading(competition=title, event=standing_name(table, words))
