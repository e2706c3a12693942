"""What a method asks for and what was typed for it, in words.

A cell keeps codes; people read names. What is short enough for a table is ``typed_words``, what is
read before a commit names everything (``full_words``).
"""

from __future__ import annotations

from decimal import Decimal

from app.domain.errors import RuleBroken
from app.domain.methods import (
    Adjustment,
    Benefit,
    BenefitKind,
    Bonus,
    BonusItem,
    Choice,
    Fault,
    Faults,
    FieldMethod,
    Gate,
    GateEffect,
    Item,
    Linear,
    Method,
    Overtime,
    RankPoints,
    Tally,
    TimeBands,
    TimeLinear,
    TimeRatio,
    Tolerance,
    WeightedPart,
    WeightedSum,
    takes_parts,
    takes_text,
    text_mark,
)
from app.domain.methods.proposals import PROOF
from app.domain.methods.timed import QUALITY, TIME
from app.domain.points import plain_points, points_of, show_exact
from app.domain.scheme import Aspect
from app.domain.typed import NO_PARTS, parse_parts
from app.words import Words

_TIMES = "×"
_TIMED = (TimeLinear, TimeBands, Overtime, TimeRatio)


def typed_words(words: Words, method: Method, text: str) -> str:
    """What was typed, short: ``F1×2, F4×1``, ``14:30``, ``97.5 %``, ``All done``."""
    match method:
        case _ if takes_parts(method):
            return _short_parts(words, method, text)
        case Tolerance(unit=unit) | Linear(unit=unit) | RankPoints(unit=unit):
            return f"{text} {unit}".strip()
        case Choice(options=options):
            named = (words.pick(one.name, one.name_en) for one in options if one.code == text)
            return next(named, text)
        case TimeLinear() | TimeBands() | Overtime() | TimeRatio() if ":" not in text:
            return words.say("methods.seconds", value=text)
        case _:
            return text


def full_words(words: Words, method: Method, text: str) -> str:
    """The same where there is room for the names of the parts."""
    if not takes_parts(method) or text == NO_PARTS:
        return typed_words(words, method, text)
    names = {code: part_name(words, method, code) for code in part_codes(method)}
    parts = parse_parts(text)
    return "; ".join(
        f"{names.get(code, code)} {part_words(words, method, code, value)}"
        for code, value in parts.items()
    )


def part_codes(method: Method) -> tuple[str, ...]:
    """The codes of the parts a value is made of, in the order of the rules."""
    return (*_time_codes(method), *(one.code for one in _parts(method)))


def part_name(words: Words, method: Method, code: str) -> str:
    """A part with its code, e.g. ``F1  Scratched``."""
    if code in _time_codes(method):
        return words.say(f"methods.part-{code}")
    for one in _parts(method):
        if one.code == code:
            return f"{code}  {words.pick(one.name, one.name_en)}"
    return code


def part_words(words: Words, method: Method, code: str, value: str) -> str:
    """The value of one part: ``×2``, ``80``, ``650000 → 28``, ``2 (paper no. 14)``."""
    if not value:
        return "–"
    before, at, behind = value.partition(PROOF)
    match method:
        case Faults() | Tally():
            return f"{_TIMES}{value}"
        case TimeLinear() | TimeRatio() if code not in _time_codes(method):
            return f"{_TIMES}{value}"
        case Benefit(kinds=kinds):
            unit = next((kind.unit for kind in kinds if kind.code == code), "")
            amount = f"{before} {unit}".strip()
            return f"{amount} → {behind}" if at else amount
        case Bonus() if at:
            return words.say("methods.proven", points=before, proof=behind)
        case _:
            return value


def part_worth(words: Words, method: Method, code: str) -> str:
    """What a part counts for: ``−0.5 each, at most 4``, ``0–100, counts 40 %``."""
    if code in _time_codes(method):
        quality = method.quality if isinstance(method, TimeLinear | TimeBands) else None
        return words.say(f"methods.worth-{code}", high=_plain(quality or Decimal(0)))
    found = next((one for one in _parts(method) if one.code == code), None)
    match found:
        case Fault() | Item() | Adjustment():
            return _worth_each(words, found)
        case WeightedPart(weight=weight, highest=highest):
            share = _plain(weight * 100)
            return words.say("methods.worth-weighted", high=_plain(highest), share=share)
        case BenefitKind():
            return _bands(found)
        case BonusItem(step=None, points=points):
            return words.say("methods.worth-proven", points=_plain(points))
        case BonusItem(step=Decimal() as step, points=points):
            return words.say("methods.worth-up-to", points=_plain(points), step=_plain(step))
        case _:
            return ""


def typed_example(words: Words, method: Method) -> str:
    """How the parts of a cell are typed in one line, with an example."""
    match method:
        case TimeLinear(adjustments=(_, *_)) | TimeRatio():
            return words.say("methods.typed-adjusted")
        case _:
            return words.say(f"methods.typed-{method.__struct_config__.tag}")


def result_words(words: Words, aspect: Aspect, text: str) -> str:
    """What the typed text comes to; empty while it cannot be said."""
    method = aspect.method
    if not takes_text(method) or isinstance(method, FieldMethod):
        return ""
    try:
        mark = text_mark(method, aspect.maximum, text)
    except RuleBroken:
        return ""
    shown, most = show_exact(mark), plain_points(aspect.maximum)
    if isinstance(method, Faults):
        off = show_exact(aspect.maximum - mark)
        return words.say("methods.comes-to-less", off=off, mark=shown, most=most)
    return words.say("methods.comes-to", mark=shown, most=most)


def gate_words(words: Words, method: Gate, *, kept: bool) -> str:
    """What a gate says when it is kept, or what follows when it is not."""
    if kept:
        return words.say("methods.gate-kept")
    if method.effect is GateEffect.CAP and method.cap is not None:
        follows = words.say("methods.gate-cap", cap=_plain(method.cap))
    else:
        follows = words.say(f"methods.gate-{method.effect.value}")
    return f"{follows} ({method.clause})" if method.clause else follows


def has_time(method: Method) -> bool:
    """Whether a time is typed, so that a colon means something."""
    return isinstance(method, _TIMED)


def _short_parts(words: Words, method: Method, text: str) -> str:
    if text == NO_PARTS:
        return words.say("methods.none-found")
    said = {
        code: part_words(words, method, code, value) for code, value in parse_parts(text).items()
    }
    return ", ".join(
        f"{code}{value}" if value.startswith(_TIMES) else f"{code} {value}"
        for code, value in said.items()
    )


def _time_codes(method: Method) -> tuple[str, ...]:
    """The parts that are no things of a catalogue: a time beside a quality or what adjusts it."""
    if not isinstance(method, _TIMED) or not takes_parts(method):
        return ()
    asks_quality = isinstance(method, TimeLinear | TimeBands) and method.quality is not None
    return (TIME, QUALITY) if asks_quality else (TIME,)


def _parts(
    method: Method,
) -> (
    tuple[Fault | Adjustment, ...]
    | tuple[Item | BonusItem, ...]
    | tuple[WeightedPart | BenefitKind, ...]
):
    match method:
        case TimeLinear(adjustments=adjustments) | TimeRatio(adjustments=adjustments):
            return adjustments
        case Faults(faults=faults):
            return faults
        case Tally(items=items):
            return items
        case Bonus(items=proven):
            return proven
        case WeightedSum(parts=parts):
            return parts
        case Benefit(kinds=kinds):
            return kinds
        case _:
            return ()


def _worth_each(words: Words, found: Fault | Item | Adjustment) -> str:
    if isinstance(found, Fault) and found.fatal:
        return words.say("methods.worth-fatal")
    worth = found.adds if isinstance(found, Adjustment) else found.points
    sign = "−" if isinstance(found, Fault) or worth < 0 else "+"
    amount = f"{sign}{_plain(abs(worth))}"
    if isinstance(found, Adjustment):
        each = words.say("methods.worth-seconds", seconds=amount)
    else:
        each = words.say("methods.worth-each", points=amount)
    if found.cap is None:
        return each
    return each + words.say("methods.worth-at-most", cap=found.cap)


def _bands(kind: BenefitKind) -> str:
    bands = []
    for band in kind.bands:
        mark = _plain(band.mark)
        if band.lowest is not None and band.lowest != band.mark:
            mark = f"{_plain(band.lowest)}–{mark}"
        at_least = f"{_plain(band.at_least)} {kind.unit}".strip()
        bands.append(f"≥{at_least}: {mark}")
    return ", ".join(bands)


def _plain(number: Decimal) -> str:
    return plain_points(points_of(number)) if number * 10_000 % 1 == 0 else f"{number:f}"
