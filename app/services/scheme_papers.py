"""The marking scheme on paper, put together from the rules of an event, frozen or not.

It is what judges agree on before the first work is marked, so it says of every aspect what the
sheet will say, and of every standards section what it was promised.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.ids import EventCode
from app.domain.methods import judges_needed
from app.domain.points import plain_points, points_of
from app.domain.scheme import Aspect, Event, Module, Subcriterion, rules_hash
from app.domain.scoring import event_maximum
from app.reports.scheme_paper import SchemeLine, SchemePaper, SchemePart, SectionLine
from app.services import rules
from app.services.mark_words import aspect_name
from app.services.method_words import part_codes, part_name, part_worth
from app.services.paper_heads import heading, imprint, signatures
from app.services.rule_lines import rule_lines
from app.services.station import Station
from app.words import Words


def scheme_paper(station: Station, event: EventCode, words: Words) -> SchemePaper:
    """The scheme in force; one that is not frozen yet is printed as a draft."""
    found = rules.event(station, event)
    is_frozen = rules.frozen_rules(station, event) is not None
    return SchemePaper(
        heading=heading(station, event, words),
        imprint=imprint(
            station,
            reference=words.say("reports.rules_foot", hash=rules_hash(found)[:16]),
            provisional=not is_frozen,
        ),
        facts=tuple(_facts(found, words)),
        parts=tuple(
            _part(module, part, words) for module in found.modules for part in module.subcriteria
        ),
        sections=tuple(_sections(found, words)) if found.sections else (),
        signatures=signatures(words, "papers.sign_chief", "papers.sign_supervision"),
    )


def _facts(event: Event, words: Words) -> Iterator[tuple[str, str]]:
    say = words.say
    aspects = list(event.aspects())
    judged = sum(bool(judges_needed(aspect.method)) for aspect in aspects)
    counts = {"aspects": len(aspects), "measured": len(aspects) - judged, "judged": judged}
    yield say("mark_sheets.scheme-facts-total"), plain_points(event_maximum(event))
    yield (
        say("mark_sheets.scheme-facts-aspects"),
        say("mark_sheets.scheme-facts-kinds", **counts),
    )
    yield say("mark_sheets.scheme-facts-hash"), rules_hash(event)


def _part(module: Module, part: Subcriterion, words: Words) -> SchemePart:
    say = words.say
    module_mark = plain_points(module.maximum)
    module_name = words.pick(module.name, module.name_en)
    mark = plain_points(sum(aspect.maximum for aspect in part.aspects))
    name = words.pick(part.name, part.name_en)
    title = say("mark_sheets.scheme-part", id=part.id, name=name, mark=mark)
    return SchemePart(
        module=say("mark_sheets.scheme-part", id=module.id, name=module_name, mark=module_mark),
        title=say("mark_sheets.scheme-day", part=title, day=part.day),
        lines=tuple(_line(aspect, words) for aspect in part.aspects),
    )


def _line(aspect: Aspect, words: Words) -> SchemeLine:
    method = aspect.method
    parts = (
        f"{part_name(words, method, code)}  {part_worth(words, method, code)}"
        for code in part_codes(method)
    )
    descriptors = (f"{level}  {text}" for level, text in enumerate(aspect.descriptors))
    told = (
        aspect_name(words, aspect),
        *(text for text in (aspect.requirement, aspect.note) if text),
        *descriptors,
        *rule_lines(words, aspect),
        *parts,
    )
    kind = "judged" if judges_needed(method) else "measured"
    return SchemeLine(
        aspect=aspect.id,
        text="\n".join(told),
        kind=words.say(f"mark_sheets.scheme-{kind}"),
        section=aspect.section,
        maximum=plain_points(aspect.maximum),
    )


def _sections(event: Event, words: Words) -> Iterator[SectionLine]:
    """Each section with what it gets, aspects without one, and the total variation (CIS)."""
    say, off = words.say, 0
    for section in event.sections:
        given = _given(event, section.id)
        variation = abs(points_of(section.mark) - given)
        off += variation
        yield SectionLine(
            section.id,
            section.name,
            plain_points(points_of(section.mark)),
            plain_points(given),
            plain_points(variation),
            is_off=variation > 0,
        )
    if astray := _given(event, ""):
        name = say("mark_sheets.scheme-no-section")
        yield SectionLine("", name, "", plain_points(astray), "", is_off=True)
    standard = sum(points_of(section.mark) for section in event.sections)
    ours = sum(aspect.maximum for aspect in event.aspects())
    yield SectionLine(
        "",
        say("mark_sheets.scheme-variation-total"),
        plain_points(standard),
        plain_points(ours),
        plain_points(off),
        is_off=off > 0,
    )


def _given(event: Event, section: str) -> int:
    return sum(aspect.maximum for aspect in event.aspects() if aspect.section == section)
