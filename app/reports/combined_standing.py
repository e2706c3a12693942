"""A combined standing (综合排名) on paper: who stands where, and which results count."""

from __future__ import annotations

from dataclasses import dataclass

from app.reports.layout import Flow
from app.reports.paper import Heading, Imprint, Signature, Target
from app.reports.printing import print_pages
from app.reports.tables import Column, table
from app.words import Words

_WRAPPING = frozenset({"unit", "counted", "left_out", "star"})


@dataclass(frozen=True, slots=True)
class StandingPaper:
    """The whole paper; ``columns`` name the cells of every line, ``numbers`` those of numbers."""

    heading: Heading
    imprint: Imprint
    columns: tuple[str, ...]
    numbers: frozenset[str]
    lines: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()


def write_standing_paper(content: StandingPaper, words: Words, target: Target) -> int:
    """Print the standing; returns the number of pages. Raises ``RuleBroken`` without a glyph."""
    columns = [
        Column(
            words.say(f"standings.{name}"),
            "right" if name in content.numbers else "left",
            wraps=name in _WRAPPING or name == "name",
            is_name=name == "name",
            names_item=name == "rank",
        )
        for name in content.columns
    ]
    flow = Flow(content.heading, content.imprint, words, landscape=True)
    flow.title(words.say("standings.title"), content.heading.event)
    table(flow, columns, content.lines)
    for note in content.notes:
        flow.paragraph(note, size=9.5)
    flow.signatures(content.signatures)
    title = f"{words.say('standings.title')} · {content.heading.event}"
    return print_pages(flow.finish(), target, title=title, language=words.language)
