"""The record of a recheck on paper, put together from the log; entry numbers, no names."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from app.domain.entries import Cell
from app.domain.errors import RuleBroken
from app.domain.facts import RecheckDone
from app.domain.ids import AspectId, EventCode
from app.domain.recheck import Tally, Verdict
from app.domain.scheme import Aspect
from app.reports.recheck_record import (
    CorrectedMark,
    FoundError,
    RecheckedEntry,
    RecheckRecord,
)
from app.services import rules
from app.services.mark_words import full_text, judge_name
from app.services.paper_heads import heading, imprint, local_minute, signatures, who
from app.services.rechecking import Correction, Recheck, RecheckLine, recheck
from app.services.station import Station
from app.storage.queries import Recorded
from app.words import Words


def recheck_record(station: Station, event: EventCode, words: Words) -> RecheckRecord:
    """The record as it stands; raises while nothing is drawn."""
    found = recheck(station, event)
    if found is None:
        raise RuleBroken("recheck-not-asked", event=event)
    if found.tally is None or found.drawn is None:
        raise RuleBroken("recheck-not-drawn", event=event)
    aspects = {one.id: one for one in rules.rules(station, event).aspects()}
    return RecheckRecord(
        heading=heading(station, event, words),
        imprint=imprint(station, reference=found.drawn.op_id),
        facts=_facts(found, words),
        verdict=verdict_text(words, found, found.tally),
        is_over_limit=found.verdict in {Verdict.ALL_NEEDED, Verdict.COMPLETE},
        entries=tuple(_entry(line, words) for line in found.lines),
        errors=tuple(
            _error(line, line.done, words)
            for line in found.lines
            if line.done is not None and not line.done.fact.is_right
        ),
        corrections=tuple(
            _corrected(line, one, aspects, words)
            for line in found.lines
            for one in line.corrections
        ),
        signatures=signatures(
            words, "recheck.sign-recheck", "recheck.sign-supervision", "recheck.sign-chief"
        ),
    )


def verdict_text(words: Words, found: Recheck, tallied: Tally) -> str:
    """What the recheck has come to, in a sentence."""
    rate = tallied.error_rate
    return words.say(
        f"recheck.{tallied.verdict.value}",
        checked=tallied.checked,
        needed=tallied.needed,
        wrong=tallied.wrong,
        rate=percent(rate) if rate is not None else "–",
        limit=percent(found.rule.limit),
    )


def percent(part: Fraction | Decimal) -> str:
    """A part as a percentage with one place at most, cut half up."""
    tenths = int(Fraction(part) * 1000 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}%" if tenths % 10 else f"{tenths // 10}%"


def best_text(words: Words, found: Recheck) -> str:
    """How many of the best are rechecked: a part or a number of places."""
    if found.rule.top_number is not None:
        return words.say("recheck.record-places", number=found.rule.top_number)
    return percent(found.rule.top)


def found_text(words: Words, done: RecheckDone | None) -> str:
    """What the comparison with the paper gave."""
    if done is None:
        return words.say("recheck.state-open")
    if done.is_right:
        return words.say("recheck.state-right")
    where = words.say("recheck.where", module=done.module) if done.module else ""
    return words.say("recheck.state-wrong", errors=done.errors, where=where, note=done.note)


def works_text(line: RecheckLine) -> str:
    return "  ".join(f"{module}-{code}" for module, code in line.works.items())


def _facts(found: Recheck, words: Words) -> tuple[tuple[str, str], ...]:
    committed, drawn = found.committed, found.drawn
    assert committed is not None and drawn is not None  # noqa: PT018 - drawn follows committed
    say, rule = words.say, found.rule
    rule_text = say(
        "recheck.record-rule-text",
        top=best_text(words, found),
        rest=percent(rule.rest),
        limit=percent(rule.limit),
    )
    sizes = say("recheck.record-sample-sizes", top=len(drawn.fact.top), rest=len(drawn.fact.rest))
    return (
        (say("recheck.record-rule"), rule_text),
        (say("recheck.record-ranked"), str(len(committed.fact.ranked))),
        (say("recheck.record-sample"), sizes),
        (
            say("recheck.record-at"),
            f"{local_minute(committed.at)} · {local_minute(drawn.at)}",
        ),
        (say("recheck.record-commitment"), committed.fact.commitment),
        (say("recheck.record-seed"), drawn.fact.seed),
    )


def _entry(line: RecheckLine, words: Words) -> RecheckedEntry:
    done = line.done
    return RecheckedEntry(
        entry=line.number,
        works=works_text(line),
        part=words.say(f"recheck.part-{line.part.value}"),
        found=found_text(words, done.fact if done else None),
        at=local_minute(done.at) if done else "",
        by=who(done.by, words) if done else "",
        is_wrong=done is not None and not done.fact.is_right,
    )


def _error(line: RecheckLine, done: Recorded[RecheckDone], words: Words) -> FoundError:
    fact = done.fact
    work = line.works.get(fact.module) if fact.module else None
    where = f"{fact.module} {work}" if work else fact.module or ""
    corrected = ", ".join(
        f"{one.mark.aspect} {judge_name(words, one.mark.judge)}" for one in line.corrections
    )
    return FoundError(
        line.number,
        where,
        str(fact.errors),
        fact.note,
        who(done.by, words),
        corrected or words.say("recheck.record-uncorrected"),
    )


def _corrected(
    line: RecheckLine, one: Correction, aspects: Mapping[AspectId, Aspect], words: Words
) -> CorrectedMark:
    mark = one.mark
    text = full_text(words, aspects[mark.aspect], Cell(mark.state, mark.value, mark.measured))
    return CorrectedMark(
        line.number,
        mark.aspect,
        judge_name(words, mark.judge),
        text,
        one.reason,
        who(one.giving.by, words),
    )
