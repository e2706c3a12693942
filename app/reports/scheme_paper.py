"""The marking scheme on paper (评分方案): every aspect with its rule, and the standards table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.reports.layout import Flow
from app.reports.paper import Heading, Imprint, Signature, Target
from app.reports.printing import print_pages
from app.reports.tables import ALERTING, STRONG, Column, Row, table
from app.words import Words


@dataclass(frozen=True, slots=True)
class SchemeLine:
    """One aspect; ``text`` is its name with the lines of how it is marked below."""

    aspect: str
    text: str
    kind: str
    section: str
    maximum: str


@dataclass(frozen=True, slots=True)
class SchemePart:
    """A sub-criterion under the title of its module."""

    module: str
    title: str
    lines: tuple[SchemeLine, ...]


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A section of the occupational standard: what it should get, what the scheme gives it."""

    section: str
    name: str
    standard: str
    ours: str
    variation: str
    is_off: bool = False


@dataclass(frozen=True, slots=True)
class SchemePaper:
    """One event's scheme. ``sections`` ends with the total; without sections it is empty."""

    heading: Heading
    imprint: Imprint
    facts: tuple[tuple[str, str], ...]
    parts: tuple[SchemePart, ...]
    sections: tuple[SectionLine, ...] = ()
    signatures: tuple[Signature, ...] = ()


def write_scheme(content: SchemePaper, words: Words, target: Target) -> int:
    """Print the scheme; returns the number of pages."""
    say = words.say
    flow = Flow(content.heading, content.imprint, words)
    flow.title(say("mark_sheets.scheme-title"), content.heading.event)
    flow.facts(list(content.facts), columns=1)
    has_sections = bool(content.sections)
    columns = [
        Column(say("reports.aspect"), names_item=True),
        Column(say("mark_sheets.scheme-rules"), wraps=True),
        Column(say("mark_sheets.scheme-kind"), "centre"),
        *([Column(say("mark_sheets.scheme-section"), "centre")] if has_sections else []),
        Column(say("reports.maximum"), "right"),
    ]
    rows = {
        part: [_row(line, has_sections=has_sections) for line in part.lines]
        for part in content.parts
    }
    whole = [row for own in rows.values() for row in own]
    last, module = content.parts[-1:], ""
    for part, own in rows.items():
        if part.module != module:
            module = part.module
            flow.section(module, keep=110)
        flow.paragraph_kept(part.title)
        if part in last and not has_sections:
            flow.close_with(content.signatures)
        table(flow, columns, own, fitted_to=whole)
    if has_sections:
        flow.section(say("mark_sheets.scheme-sections"))
        flow.close_with(content.signatures)
        _sections(flow, content.sections)
    flow.signatures(content.signatures)
    title = f"{say('mark_sheets.scheme-title')} · {content.heading.event}"
    return print_pages(flow.finish(), target, title=title, language=words.language)


def _row(line: SchemeLine, *, has_sections: bool) -> Row:
    section = [line.section or "—"] if has_sections else []
    return (line.aspect, line.text, line.kind, *section, line.maximum)


def _sections(flow: Flow, lines: Sequence[SectionLine]) -> None:
    say = flow.words.say
    columns = [
        Column(say("mark_sheets.scheme-section"), names_item=True),
        Column(say("mark_sheets.scheme-section-name"), wraps=True),
        Column(say("mark_sheets.scheme-standard"), "right"),
        Column(say("mark_sheets.scheme-ours"), "right"),
        Column(say("mark_sheets.scheme-variation"), "right"),
    ]
    rows = [(one.section, one.name, one.standard, one.ours, one.variation) for one in lines]
    looks = {number: ALERTING for number, one in enumerate(lines) if one.is_off}
    looks.setdefault(len(lines) - 1, STRONG)
    table(flow, columns, rows, looks=looks)
