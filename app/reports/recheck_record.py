"""The record of a recheck (成绩复核抽查记录): the sample, what was found, what was corrected.

It shows entry numbers and no names. Anyone holding the seed and the ranked list can draw again.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.reports.layout import Flow
from app.reports.marks import ALERT
from app.reports.paper import Heading, Imprint, Signature, Target
from app.reports.printing import print_pages
from app.reports.tables import ALERTING, Column, table
from app.words import Words


@dataclass(frozen=True, slots=True)
class RecheckedEntry:
    """One entry of the sample: its works, why it is in it, and what was found."""

    entry: str
    works: str
    part: str
    found: str
    at: str
    by: str
    is_wrong: bool = False


@dataclass(frozen=True, slots=True)
class FoundError:
    """What the chief judge is told in writing of one entry; ``corrected`` says what came of it."""

    entry: str
    where: str
    errors: str
    paper: str
    by: str
    corrected: str


@dataclass(frozen=True, slots=True)
class CorrectedMark:
    """A mark that was corrected after the sample was drawn."""

    entry: str
    aspect: str
    judge: str
    mark: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class RecheckRecord:
    """A recheck with everything needed to repeat its draw; ``facts`` are label and text."""

    heading: Heading
    imprint: Imprint
    facts: tuple[tuple[str, str], ...]
    verdict: str
    is_over_limit: bool
    entries: tuple[RecheckedEntry, ...]
    errors: tuple[FoundError, ...]
    corrections: tuple[CorrectedMark, ...]
    signatures: tuple[Signature, ...] = ()


def write_recheck_record(record: RecheckRecord, words: Words, target: Target) -> int:
    """Print the record; returns the number of pages."""
    say = words.say
    flow = Flow(record.heading, record.imprint, words)
    flow.title(say("recheck.record-title"), record.heading.event)
    flow.facts(list(record.facts), columns=1)
    flow.section(say("recheck.record-verdict"))
    if record.is_over_limit:
        flow.paragraph(record.verdict, colour=ALERT)
    else:
        flow.paragraph(record.verdict)
    columns = [
        Column(say("recheck.entry"), names_item=True),
        Column(say("recheck.works"), wraps=True),
        Column(say("recheck.part")),
        Column(say("recheck.state"), wraps=True),
        Column(say("reports.at")),
        Column(say("reports.by"), wraps=True),
    ]
    rows = [(one.entry, one.works, one.part, one.found, one.at, one.by) for one in record.entries]
    wrong = {number for number, one in enumerate(record.entries) if one.is_wrong}
    table(flow, columns, rows, looks=dict.fromkeys(wrong, ALERTING))
    _errors(flow, record)
    _corrections(flow, record)
    flow.paragraph(say("recheck.record-how"), size=8.5)
    flow.signatures(record.signatures)
    title = f"{say('recheck.record-title')} · {record.heading.event}"
    return print_pages(flow.finish(), target, title=title, language=words.language)


def _errors(flow: Flow, record: RecheckRecord) -> None:
    """What is handed to the chief judge, who signs below for what was corrected."""
    if not record.errors:
        return
    say = flow.words.say
    flow.section(say("recheck.record-errors"))
    columns = [
        Column(say("recheck.entry"), names_item=True),
        Column(say("recheck.record-where")),
        Column(say("recheck.record-count"), "right"),
        Column(say("recheck.wrong-note"), wraps=True),
        Column(say("recheck.record-found-by"), wraps=True),
        Column(say("recheck.record-corrected"), wraps=True),
    ]
    rows = [
        (one.entry, one.where, one.errors, one.paper, one.by, one.corrected)
        for one in record.errors
    ]
    table(flow, columns, rows)


def _corrections(flow: Flow, record: RecheckRecord) -> None:
    say = flow.words.say
    flow.section(say("recheck.record-corrections"))
    if not record.corrections:
        flow.paragraph(say("recheck.record-no-corrections"))
        return
    columns = [
        Column(say("recheck.entry"), names_item=True),
        Column(say("recheck.record-aspect")),
        Column(say("recheck.record-judge")),
        Column(say("recheck.record-mark"), "right"),
        Column(say("reports.reason"), wraps=True),
        Column(say("reports.by"), wraps=True),
    ]
    rows = [
        (one.entry, one.aspect, one.judge, one.mark, one.reason, one.by)
        for one in record.corrections
    ]
    table(flow, columns, rows)
