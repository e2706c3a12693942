"""The ranking of proposals in a period (合理化建议排名), with the figures of the period to sign."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.reports.layout import Flow
from app.reports.paper import Heading, Imprint, Signature, Target
from app.reports.printing import print_pages
from app.reports.tables import Column, Row, table
from app.words import Words


@dataclass(frozen=True, slots=True)
class ProposerRow:
    """One entrant's line: every value is the text that is printed."""

    rank: str
    entry: str
    name: str
    unit: str
    count: str
    adopted: str
    points: str
    award: str
    division: str = ""


@dataclass(frozen=True, slots=True)
class ProposalsRanking:
    """A period's ranking; ``figures`` are label and value; a benefit is kind, stated, verified."""

    heading: Heading
    imprint: Imprint
    period: str
    figures: tuple[tuple[str, str], ...]
    benefit: tuple[tuple[str, str, str], ...]
    rows: tuple[ProposerRow, ...]
    signatures: tuple[Signature, ...] = ()


def write_proposals_ranking(content: ProposalsRanking, words: Words, target: Target) -> int:
    """Print the ranking; returns the number of pages. Raises ``RuleBroken`` for a missing glyph."""
    say = words.say
    flow = Flow(content.heading, content.imprint, words)
    flow.title(say("proposals.paper_title"), content.period)
    flow.facts(list(content.figures))
    if content.benefit:
        columns = [
            Column(say("proposals.benefit"), wraps=True),
            Column(say("proposals.stated"), "right"),
            Column(say("proposals.verified"), "right"),
        ]
        table(flow, columns, list(content.benefit))
    flow.section(say("proposals.ranking"))
    divided = is_divided(content.rows)
    lines = [ranking_row(row, divided=divided) for row in content.rows]
    table(flow, ranking_columns(words, divided=divided), lines)
    flow.signatures(content.signatures)
    title = f"{say('proposals.paper_title')} · {content.period}"
    return print_pages(flow.finish(), target, title=title, language=words.language)


def is_divided(rows: Iterable[ProposerRow]) -> bool:
    """Whether ranks are counted by division, which every line then has to name."""
    return any(row.division for row in rows)


def ranking_columns(words: Words, *, divided: bool) -> list[Column]:
    say = words.say
    return [
        *([Column(say("proposals.division"))] if divided else []),
        Column(say("proposals.rank"), "right"),
        Column(say("proposals.number"), names_item=True),
        Column(say("proposals.name"), wraps=True, is_name=True),
        Column(say("proposals.unit"), wraps=True),
        Column(say("proposals.count"), "right"),
        Column(say("proposals.adopted"), "right"),
        Column(say("proposals.points"), "right"),
        Column(say("proposals.award")),
    ]


def ranking_row(row: ProposerRow, *, divided: bool) -> Row:
    return (
        *([row.division] if divided else []),
        row.rank,
        row.entry,
        row.name,
        row.unit,
        row.count,
        row.adopted,
        row.points,
        row.award,
    )
