"""The papers of a result, filled in: the list to be signed and the workbook.

A paper shows the published snapshot. What is not published can be had as a draft only, and says so
across every page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from app.domain.explain import tell
from app.domain.facts import PublishedRow, ResultsPublished
from app.domain.ids import EntryId, EventCode
from app.domain.scheme import Event
from app.reports.paper import Target
from app.reports.results_list import ResultRow, ResultsList, write_results_list
from app.services import paper_heads, results, roll, rules
from app.services.live import board
from app.services.result_columns import ResultColumns
from app.services.result_words import award_text, division_text, rank_text, state_text
from app.services.roll import Registered
from app.services.station import Station
from app.sheets.result_tables import ResultsTable, ResultsTableRow, write_results_xlsx
from app.storage.queries import Recorded
from app.words import Words


@dataclass(frozen=True, slots=True)
class _Result:
    """The result a paper shows: a snapshot, or what stands now as a draft."""

    event: Event
    rows: Sequence[PublishedRow]
    rules_hash: str
    result_hash: str
    snapshot: Recorded[ResultsPublished] | None

    @property
    def revision(self) -> int:
        return self.snapshot.fact.revision if self.snapshot else 0


def results_list(
    station: Station, event: EventCode, words: Words, *, draft: bool = False
) -> ResultsList:
    """The signed-result list of the snapshot in force; of what stands now with ``draft``.

    Raises ``RuleBroken("nothing-published")`` when there is no snapshot and no draft is wanted.
    """
    shown = _result(station, event, draft=draft)
    people = _people(station, event)
    columns = _columns(station, shown, words)
    ranked = tuple(row for row in shown.rows if row.rank is not None)
    apart = tuple(row for row in shown.rows if row.rank is None)
    return ResultsList(
        heading=paper_heads.heading(station, event, words),
        imprint=paper_heads.imprint(
            station,
            result_hash=shown.result_hash,
            revision=shown.revision,
            provisional=shown.snapshot is None,
        ),
        modules=tuple(words.say("papers.module", id=module.id) for module in shown.event.modules),
        ranked=tuple(_list_row(shown.event, row, people, columns, words) for row in ranked),
        apart=tuple(_list_row(shown.event, row, people, columns, words) for row in apart),
        signatures=paper_heads.signatures(
            words, "papers.sign_chief", "papers.sign_supervision", "papers.sign_arbitration"
        ),
        note=_status_note(shown, words),
        components=columns.components,
    )


def print_results(
    station: Station, event: EventCode, words: Words, target: Target, *, draft: bool = False
) -> int:
    """Print the signed-result list; returns the number of pages."""
    return write_results_list(results_list(station, event, words, draft=draft), words, target)


def results_table(
    station: Station, event: EventCode, words: Words, *, draft: bool = False
) -> ResultsTable:
    """The result as a workbook holds it; as a draft also with why each stands where it does."""
    shown = _result(station, event, draft=draft)
    people = _people(station, event)
    published_at = shown.snapshot.at if shown.snapshot else None
    made_at = published_at or station.now_ms()
    is_current = _is_current(station, shown)
    columns = _columns(station, shown, words)
    names = paper_heads.heading(station, event, words)
    return ResultsTable(
        competition=names.competition,
        event=names.event,
        status=_status_word(shown, words),
        revision=str(shown.revision or ""),
        published=paper_heads.local_minute(published_at) if published_at else "",
        made=dt.datetime.fromtimestamp(made_at / 1000, dt.UTC),
        result_hash=shown.result_hash,
        rules_hash=shown.rules_hash,
        modules=tuple(
            f"{module.id} {words.pick(module.name, module.name_en)}"
            for module in shown.event.modules
        ),
        rows=tuple(
            _table_row(
                _list_row(shown.event, row, people, columns, words),
                # Reasons come from the marks as they are now, so only where those are shown.
                _why(station, shown.event, row.entry, words) if is_current else "",
            )
            for row in shown.rows
        ),
        components=columns.components,
    )


def export_results(
    station: Station, event: EventCode, words: Words, target: Path, *, draft: bool = False
) -> None:
    """Write the result as a workbook."""
    write_results_xlsx(results_table(station, event, words, draft=draft), target, words)


def _result(station: Station, event: EventCode, *, draft: bool) -> _Result:
    if draft:
        now = results.leaderboard(station, event)
        return _Result(now.event, now.rows, now.rules_hash, now.result_hash, None)
    found = results.in_force(station, event)
    fact = found.fact
    in_force = rules.event(station, event)
    return _Result(in_force, fact.rows, fact.rules_hash, fact.result_hash, found)


def _people(station: Station, event: EventCode) -> Mapping[EntryId, Registered]:
    return {one.entry.id: one for one in roll.registered(station, event)}


def _name(people: Mapping[EntryId, Registered], entry: EntryId, words: Words) -> str:
    found = people.get(entry)
    if found is None or found.person is None:
        return ""
    return words.pick(found.person.name, found.person.name_en)


def _list_row(
    event: Event,
    row: PublishedRow,
    people: Mapping[EntryId, Registered],
    columns: ResultColumns,
    words: Words,
) -> ResultRow:
    found, beside = people.get(row.entry), columns.of(row)
    return ResultRow(
        rank=rank_text(row, words),
        entry=found.entry.number if found else row.entry,
        name=_name(people, row.entry, words),
        unit=found.entry.unit if found else "",
        modules=tuple(row.modules.get(module.id, "") for module in event.modules),
        total=row.total,
        award=award_text(event, row.award, words),
        state=state_text(event, row, words),
        components=beside.components,
        penalties=columns.penalties(row.entry),
        decided=beside.decided,
        scaled=beside.scaled,
        medal=beside.medal,
        star=beside.star,
        division=division_text(event, row.division, words),
    )


def _table_row(row: ResultRow, why: str) -> ResultsTableRow:
    return ResultsTableRow(**{it.name: getattr(row, it.name) for it in fields(row)}, why=why)


def _is_current(station: Station, shown: _Result) -> bool:
    """Whether the marks as they are now still give this result."""
    return results.leaderboard(station, shown.event.code).result_hash == shown.result_hash


def _columns(station: Station, shown: _Result, words: Words) -> ResultColumns:
    live = board(station, shown.event.code) if _is_current(station, shown) else None
    return ResultColumns(shown.event, shown.rows, words, live)


def _why(station: Station, event: Event, entry: EntryId, words: Words) -> str:
    said = tell(event, results.why(station, event.code, entry), words)
    return "\n".join(said)


def _status_word(shown: _Result, words: Words) -> str:
    status = shown.snapshot.fact.status.value if shown.snapshot else "draft"
    return words.say(f"results.status_{status}")


def _status_note(shown: _Result, words: Words) -> str:
    said = words.say("papers.note_draft")
    if shown.snapshot is not None:
        said = paper_heads.published_note(shown.snapshot, words)
    if shown.event.awards.scale is None:
        return said
    how = words.say(f"awards.scale-{shown.event.awards.scale.kind.value}")
    approximation = words.say("awards.scale-approximation")
    return f"{said} {words.say('nominations.scale-note', said=approximation, how=how)}"
