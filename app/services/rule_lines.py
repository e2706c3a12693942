"""How a mark comes about, said on the paper it is written on (评分规则): a few lines.

A judge with nothing but the sheet must be able to mark from it, so every parameter that decides a
mark is here or, for methods with a catalogue, in the lines of its parts (``part_worth``).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from app.domain.countdown import format_duration
from app.domain.methods import (
    Benefit,
    Binary,
    Carried,
    Choice,
    Closest,
    Count,
    Deduct,
    Direct,
    Faults,
    Gate,
    Judgement,
    Ladder,
    Linear,
    Median,
    Method,
    Overtime,
    Panel,
    RankPoints,
    StandardScore,
    Tally,
    TimeBands,
    TimeLinear,
    TimeRatio,
    Tolerance,
)
from app.domain.points import plain_points, points_of
from app.domain.scheme import Aspect
from app.services.mark_words import asked_text
from app.services.method_words import gate_words
from app.words import Words


def rule_lines(words: Words, aspect: Aspect) -> tuple[str, ...]:
    """The lines below what is assessed: what may be written down, and what mark it earns."""
    return tuple(_lines(words, aspect))


def _lines(words: Words, aspect: Aspect) -> Iterator[str]:
    match aspect.method:
        case Binary() | Direct() | Deduct() | Count() | Ladder() | Carried() | Gate():
            yield _single(words, aspect)
        case Tolerance() | Linear() | Choice():
            yield from _looked_up(words, aspect)
        case Faults() | Tally() | Benefit():
            yield from _catalogue(words, aspect)
        case TimeLinear() | TimeBands() | Overtime() | TimeRatio():
            yield from _timed(words, aspect)
        case Judgement() | Panel() | Median() | Closest() | StandardScore() | RankPoints():
            yield from _judged(words, aspect)
        case _:
            return


def _single(words: Words, aspect: Aspect) -> str:
    most = plain_points(aspect.maximum)
    match aspect.method:
        case Deduct(per=per):
            return words.say("mark_sheets.rule-deduct", per=_plain(per))
        case Count(per=per):
            return words.say("mark_sheets.rule-count", per=_plain(per), most=most)
        case Carried(maximum=total):
            return words.say("mark_sheets.rule-carried", total=_plain(total), most=most)
        case Ladder():
            return words.say("mark_sheets.rule-ladder", marks=asked_text(words, aspect))
        case Gate() as gate:
            return gate_words(words, gate, kept=False)
        case Binary():
            return words.say("mark_sheets.rule-binary", most=most)
        case _:
            return asked_text(words, aspect)


def _looked_up(words: Words, aspect: Aspect) -> Iterator[str]:
    say, most = words.say, plain_points(aspect.maximum)
    match aspect.method:
        case Tolerance(nominal=nominal, bands=bands, unit=unit):
            yield say("mark_sheets.rule-nominal", nominal=_with_unit(nominal, unit))
            told = [
                say("mark_sheets.rule-within", within=_plain(band.within), mark=_plain(band.mark))
                for band in sorted(bands, key=lambda band: band.within)
            ]
            yield say("mark_sheets.between").join((*told, say("mark_sheets.rule-beyond")))
        case Linear(bad=bad, good=good, unit=unit):
            ends = {"bad": _with_unit(bad, unit), "good": _with_unit(good, unit)}
            yield say("mark_sheets.rule-linear", most=most, **ends)
        case Choice(options=options):
            for one in options:
                name = f"{one.code}  {words.pick(one.name, one.name_en)}"
                yield say("mark_sheets.rule-option", name=name, mark=_plain(one.mark))


def _catalogue(words: Words, aspect: Aspect) -> Iterator[str]:
    """What the lines of the parts do not say: how they add up."""
    most = plain_points(aspect.maximum)
    match aspect.method:
        case Faults(most=None):
            yield words.say("mark_sheets.rule-faults")
        case Faults(most=Decimal() as cap):
            yield words.say("mark_sheets.rule-faults-most", cap=_plain(cap))
        case Tally() | Benefit():
            yield words.say("mark_sheets.rule-sum", most=most)


def _timed(words: Words, aspect: Aspect) -> Iterator[str]:
    say, most = words.say, plain_points(aspect.maximum)
    match aspect.method:
        case TimeLinear(full=full, zero=zero, step=step, each=each, least_quality=least):
            ends = {"full": _time(words, full), "zero": _time(words, zero)}
            if each:
                earned = {"each": _plain(each), "step": _time(words, step)}
                yield say("mark_sheets.rule-time-each", most=most, **earned, **ends)
            else:
                yield say("mark_sheets.rule-time-linear", most=most, **ends)
            if step and not each:
                yield say("mark_sheets.rule-time-step", step=_time(words, step))
            if least:
                yield say("mark_sheets.rule-least-quality", least=_plain(least))
            yield from _adjusted(words, aspect)
        case TimeBands() as banded:
            yield from _time_bands(words, banded)
        case Overtime(limit=limit, per=per, interval=interval, grace=grace, cutoff=cutoff):
            times = {"limit": _time(words, limit), "interval": _time(words, interval)}
            yield say("mark_sheets.rule-overtime", per=_plain(per), **times)
            if grace:
                yield say("mark_sheets.rule-grace", grace=_time(words, grace))
            if cutoff is not None:
                yield say("mark_sheets.rule-cutoff", cutoff=_time(words, cutoff))
        case TimeRatio():
            yield say("mark_sheets.rule-time-ratio", most=most)
            yield from _adjusted(words, aspect)


def _adjusted(words: Words, aspect: Aspect) -> Iterator[str]:
    """What the lines of the adjustments do not say: that they are added up with the time."""
    match aspect.method:
        case TimeLinear(adjustments=(_, *_)) | TimeRatio(adjustments=(_, *_)):
            yield words.say("mark_sheets.rule-adjusted-time")
        case _:
            return


def _time_bands(words: Words, method: TimeBands) -> Iterator[str]:
    say = words.say
    told = [
        say("mark_sheets.rule-until", until=_time(words, band.until), factor=_plain(band.factor))
        for band in method.bands
    ]
    yield say("mark_sheets.between").join((*told, say("mark_sheets.rule-slower")))
    key = "rule-bands" if method.quality is None else "rule-bands-quality"
    scale, offset = _plain(method.scale), _plain(method.offset)
    if method.offset:
        yield say(f"mark_sheets.{key}-offset", scale=scale, offset=offset)
    else:
        yield say(f"mark_sheets.{key}", scale=scale)


def _judged(words: Words, aspect: Aspect) -> Iterator[str]:
    say, method = words.say, aspect.method
    match method:
        case Judgement(scale=scale, spread=spread):
            yield say("mark_sheets.rule-scale", high=scale)
            yield say("mark_sheets.rule-spread", spread=spread)
            return
        case RankPoints(points=points, lower_wins=lower_wins):
            table = say("mark_sheets.between").join(
                say("mark_sheets.rule-place", place=place, mark=_plain(mark))
                for place, mark in enumerate(points, start=1)
            )
            yield table
            yield say(f"mark_sheets.rule-first-{'least' if lower_wins else 'most'}")
            return
        case StandardScore(lowest=low, highest=high):
            yield say("mark_sheets.rule-range", low=_plain(low), high=_plain(high))
            yield say("mark_sheets.rule-standard")
            return
    yield asked_text(words, aspect)
    yield from _counting(words, method)
    if isinstance(method, Panel | Median | Closest) and method.spread is not None:
        yield say("mark_sheets.rule-spread", spread=_plain(method.spread))


def _counting(words: Words, method: Method) -> Iterator[str]:
    """Which of a panel's scores count."""
    match method:
        case Panel(drop_highest=0, drop_lowest=0):
            yield words.say("mark_sheets.rule-mean")
        case Panel(drop_highest=high, drop_lowest=low):
            yield words.say("mark_sheets.rule-dropped", high=high, low=low)
        case Median():
            yield words.say("mark_sheets.rule-median")
        case Closest(within=None, keep=keep):
            yield words.say("mark_sheets.rule-closest", keep=keep)
        case Closest(within=Decimal() as within):
            yield words.say("mark_sheets.rule-near-median", within=_plain(within))


def _time(words: Words, seconds: Decimal) -> str:
    if seconds == int(seconds):
        return format_duration(int(seconds) * 1_000)
    return words.say("methods.seconds", value=_plain(seconds))


def _with_unit(number: Decimal, unit: str) -> str:
    return f"{_plain(number)} {unit}".strip()


def _plain(number: Decimal) -> str:
    return plain_points(points_of(number)) if number * 10_000 % 1 == 0 else f"{number:f}"
