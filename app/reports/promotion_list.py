"""The promotion list (晋级名单): who goes up to the next round and who stands by, to be signed."""

from __future__ import annotations

from dataclasses import dataclass

from app.reports.layout import Flow
from app.reports.paper import Heading, Imprint, Signature, Target
from app.reports.printing import print_pages
from app.reports.tables import Column, table
from app.words import Words


@dataclass(frozen=True, slots=True)
class PromotionRow:
    """One entry, every value as the text that is printed."""

    division: str
    rank: str
    entry: str
    name: str
    unit: str
    total: str
    standing: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class PromotionList:
    """The whole list; columns in which no row says anything are left out."""

    heading: Heading
    imprint: Imprint
    rows: tuple[PromotionRow, ...]
    signatures: tuple[Signature, ...] = ()
    notes: tuple[str, ...] = ()


def write_promotion_list(content: PromotionList, words: Words, target: Target) -> int:
    """Print the list; returns the number of pages. Raises ``RuleBroken`` for a missing glyph."""
    say = words.say
    columns = {
        "division": Column(say("nominations.division")),
        "rank": Column(say("nominations.rank"), "right"),
        "entry": Column(say("nominations.entry"), names_item=True),
        "name": Column(say("nominations.name"), wraps=True, is_name=True),
        "unit": Column(say("nominations.unit"), wraps=True),
        "total": Column(say("nominations.total"), "right"),
        "standing": Column(say("promotion.standing"), wraps=True),
        "note": Column(say("promotion.note"), wraps=True),
    }
    shown = [name for name in columns if any(getattr(row, name) for row in content.rows)]
    flow = Flow(content.heading, content.imprint, words)
    flow.title(say("promotion.title"), content.heading.event)
    table(
        flow,
        [columns[name] for name in shown],
        [[getattr(row, name) for name in shown] for row in content.rows],
    )
    for note in content.notes:
        flow.paragraph(note, size=9.5)
    flow.signatures(content.signatures)
    title = f"{say('promotion.title')} · {content.heading.event}"
    return print_pages(flow.finish(), target, title=title, language=words.language)
