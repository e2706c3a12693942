"""What the exchange screen says: rows and sentences made of the services' values, without Qt."""

from __future__ import annotations

from collections.abc import Iterable

from app.services.backups import StatusFacts
from app.services.exchange import LedgerLine, MergePreview
from app.services.paper_heads import local_minute
from app.services.verification import Verification
from app.services.verification_words import found
from app.words import Words
from ui.theme.tokens import Tone
from ui.widgets.text_model import Cell, Toned

_BOOKKEEPING = {"bundle-exported", "bundle-merged", "head-signed", "station-opened"}
_MINUTE_MS = 60_000


def ledger_rows(words: Words, lines: Iterable[LedgerLine], own: str) -> list[list[Cell]]:
    """Time, what, records, station, record number."""
    rows: list[list[Cell]] = []
    for line in lines:
        what = (
            words.say("exchange.was_export") if line.is_export else words.say("exchange.was_merge")
        )
        station = (
            words.say("exchange.this_laptop", station=line.station)
            if line.station == own
            else line.station
        )
        rows.append([local_minute(line.at), what, str(line.records), station, line.op_id])
    return rows


def preview_rows(words: Words, preview: MergePreview) -> list[list[Cell]]:
    """Station, kind of record, how many: the most first, bookkeeping last."""
    return [
        [station, words.say(f"exchange.op_{kind.replace('-', '_')}"), str(count)]
        for station, kinds in sorted(preview.by_station.items())
        for kind, count in sorted(
            kinds.items(), key=lambda it: (it[0] in _BOOKKEEPING, -it[1], it[0])
        )
    ]


def preview_heading(words: Words, preview: MergePreview) -> str:
    manifest = preview.manifest
    return words.say(
        "exchange.preview_from",
        station=manifest.station,
        at=local_minute(manifest.exported_at),
        revision=manifest.revision,
        digest=manifest.file_id[:8].upper(),
    )


def preview_facts(words: Words, preview: MergePreview) -> str:
    return words.say(
        "exchange.preview_facts",
        records=preview.new_ops,
        entries=len(preview.new_entries),
        people=preview.new_people,
    )


def check_rows(words: Words, verification: Verification) -> list[list[Cell]]:
    """Outcome, check, what was found or why not."""
    return [
        [
            Toned(words.say("exchange.passed"), Tone.DONE)
            if check.ok
            else Toned(words.say("exchange.failed"), Tone.BLOCKED),
            words.say(f"exchange.check_{check.name}"),
            found(words, check),
        ]
        for check in verification.checks
    ]


def backup_sentence(words: Words, facts: StatusFacts) -> str:
    age = facts.backup_age_ms
    if age is None:
        return words.say("exchange.backup_never")
    return words.say("exchange.backup_minutes", minutes=age // _MINUTE_MS)
