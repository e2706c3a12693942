"""The draw on paper: the record anyone can re-run (抽签记录), and the sealed code map (加密对照表).

They are two documents on purpose. The record may be posted; the map joins names to work codes and
is for the encryption referee's sealed envelope only.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.reports.layout import Flow
from app.reports.marks import ALERT
from app.reports.paper import Heading, Imprint, Signature, Target
from app.reports.printing import print_pages
from app.reports.tables import Column, table
from app.words import Words


@dataclass(frozen=True, slots=True)
class DrawnPlace:
    """Where one entry was drawn to; ``name`` stays empty where only numbers are posted."""

    entry: str
    name: str
    unit: str
    batch: str
    order: str
    workplace: str


@dataclass(frozen=True, slots=True)
class DrawRecord:
    """A draw with everything needed to repeat it; ``seed`` is empty until it is revealed."""

    heading: Heading
    imprint: Imprint
    module: str
    purpose: str
    commitment: str
    seed: str
    algorithm: str
    drawn_at: str
    constraints: tuple[str, ...]
    unmet: tuple[str, ...]
    places: tuple[DrawnPlace, ...]
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One line of the code map: who is behind a work code (加密号)."""

    code: str
    entry: str
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class CodeMap:
    """The confidential map of one module, for a sealed envelope."""

    heading: Heading
    imprint: Imprint
    module: str
    rows: tuple[CodeRow, ...]
    signatures: tuple[Signature, ...] = ()


def write_draw_record(record: DrawRecord, words: Words, target: Target) -> int:
    """Print the draw record; returns the number of pages."""
    say = words.say
    flow = Flow(record.heading, record.imprint, words)
    flow.title(say("reports.draw_title"), f"{record.module} · {record.purpose}")
    flow.facts(
        [
            (say("reports.draw_commitment"), record.commitment),
            (say("reports.draw_seed"), record.seed or say("reports.draw_seed_sealed")),
            (say("reports.draw_algorithm"), record.algorithm),
            (say("reports.draw_at"), record.drawn_at),
            (say("reports.draw_constraints"), "\n".join(record.constraints)),
            (say("reports.draw_unmet"), "\n".join(record.unmet) or say("reports.draw_all_met")),
        ],
        columns=1,
    )
    flow.paragraph(say("reports.draw_how"), size=8.5)
    _places(flow, record)
    flow.signatures(record.signatures)
    title = f"{say('reports.draw_title')} · {record.heading.event}"
    return print_pages(flow.finish(), target, title=title, language=words.language)


def _places(flow: Flow, record: DrawRecord) -> None:
    say = flow.words.say
    has_workplace = any(place.workplace for place in record.places)
    has_name = any(place.name for place in record.places)
    columns = [
        Column(say("reports.batch"), "right"),
        Column(say("reports.order"), "right"),
        *([Column(say("reports.workplace"))] if has_workplace else []),
        Column(say("reports.entry"), names_item=True),
        *([Column(say("reports.name"), wraps=True, is_name=True)] if has_name else []),
        Column(say("reports.unit"), wraps=True),
    ]
    rows = [
        (
            place.batch,
            place.order,
            *([place.workplace] if has_workplace else []),
            place.entry,
            *([place.name] if has_name else []),
            place.unit,
        )
        for place in record.places
    ]
    table(flow, columns, rows)


def write_code_map(code_map: CodeMap, words: Words, target: Target) -> int:
    """Print the confidential code map; returns the number of pages."""
    say = words.say
    flow = Flow(code_map.heading, code_map.imprint, words)
    flow.title(say("reports.map_title"), code_map.module)
    flow.paragraph(say("reports.map_warning"), colour=ALERT)
    columns = [
        Column(say("reports.work_code")),
        Column(say("reports.entry"), names_item=True),
        Column(say("reports.name"), wraps=True, is_name=True),
        Column(say("reports.unit"), wraps=True),
    ]
    table(flow, columns, [(row.code, row.entry, row.name, row.unit) for row in code_map.rows])
    flow.signatures(code_map.signatures)
    title = f"{say('reports.map_title')} · {code_map.heading.event}"
    return print_pages(flow.finish(), target, title=title, language=words.language)
