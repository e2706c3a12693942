"""What the exchange screen says: rows and sentences made of the services' values, without Qt."""

from __future__ import annotations

from collections.abc import Iterable

from app.services.backups import StatusFacts
from app.services.exchange import LedgerLine, MergePreview
from app.services.paper_heads import local_minute
from app.services.verification import Check, Verification
from app.words import Words
from ui.theme.tokens import Tone
from ui.widgets.text_model import Cell, Toned

_BOOKKEEPING = {"bundle-exported", "bundle-merged", "head-signed", "station-opened"}
_HASH_SHOWN = 16
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


def found(words: Words, check: Check) -> str:
    """What a check has looked at, or why it failed."""
    if check.refusal is not None:
        return words.explain(check.refusal)
    findings = dict(check.findings)
    match check.name:
        case "rules" | "results":
            shown = (f"{event} {str(value)[:_HASH_SHOWN]}" for event, value in findings.items())
            return ", ".join(shown) or words.say("exchange.found_none")
        case "signatures":
            counted = {name: findings.pop(name) for name in ("signatures", "unsigned")}
            keys = ", ".join(f"{station} {key}" for station, key in findings.items())
            return words.say("exchange.found_signatures", **counted, keys=keys)
        case "manifest":
            findings["digest"] = grouped(str(findings["digest"]))
            return words.say("exchange.found_manifest", **findings)
        case name:
            return words.say(f"exchange.found_{name}", **findings)


def backup_sentence(words: Words, facts: StatusFacts) -> str:
    age = facts.backup_age_ms
    if age is None:
        return words.say("exchange.backup_never")
    return words.say("exchange.backup_minutes", minutes=age // _MINUTE_MS)


def grouped(digest: str) -> str:
    """The first sixteen characters in groups of four, to be compared by reading aloud."""
    head = digest[:_HASH_SHOWN].upper()
    return " ".join(head[start : start + 4] for start in range(0, len(head), 4))
