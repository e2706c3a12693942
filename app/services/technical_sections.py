"""The technical review in words and numbers: its tables, and the bars beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.points import SCALE
from app.services.technical_review import TechnicalReview
from app.services.technical_wording import (
    band_names,
    count_text,
    fact_lines,
    marks_text,
    minutes_text,
    rate_text,
    signed_text,
)
from app.words import Words

SECTIONS = ("totals", "modules", "aspects", "judges", "times")


@dataclass(frozen=True, slots=True)
class Measure:
    """One bar of a chart: what it is about, how high, and what it says. For display only."""

    label: str
    height: float
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One page: columns (heading, holds numbers), rows, and a chart."""

    columns: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[str, ...], ...]
    value_name: str
    bars: tuple[Measure, ...]
    hint: str


def section(words: Words, review: TechnicalReview, name: str) -> Section:
    """One of ``SECTIONS``."""
    makers: dict[str, Callable[[Words, TechnicalReview], Section]] = {
        "totals": _totals,
        "modules": _modules,
        "aspects": _aspects,
        "judges": _judges,
        "times": _times,
    }
    return makers[name](words, review)


def _columns(words: Words, names: Sequence[str], texts: int = 1) -> tuple[tuple[str, bool], ...]:
    """Headings; the first ``texts`` columns hold no numbers."""
    return tuple((words.say(f"technical.{name}"), n >= texts) for n, name in enumerate(names))


def _totals(words: Words, review: TechnicalReview) -> Section:
    found = review.distribution
    bands = found.bands if found else ()
    names = band_names(review, words)
    return Section(
        _columns(words, ("figure", "value")),
        tuple(fact_lines(review, words)),
        words.say("technical.entries"),
        tuple(
            Measure(name, float(count), str(count))
            for name, count in zip(names, bands, strict=False)
        ),
        words.say("technical.hint-totals"),
    )


def _modules(words: Words, review: TechnicalReview) -> Section:
    names = {str(one.id): words.pick(one.name, one.name_en) for one in review.event.modules}
    most = {str(one.id): one.maximum for one in review.event.modules}
    return Section(
        _columns(words, ("module", "name", "maximum", "mean", "rate", "discrimination", "lost"), 2),
        tuple(
            (
                one.id,
                names[one.id],
                marks_text(most[one.id]),
                marks_text(one.mean),
                rate_text(one.rate),
                signed_text(one.discrimination),
                marks_text(one.lost),
            )
            for one in review.modules
        ),
        words.say("technical.rate"),
        tuple(
            Measure(one.id, float(one.rate) * 100, rate_text(one.rate)) for one in review.modules
        ),
        words.say("technical.hint-modules"),
    )


def _aspects(words: Words, review: TechnicalReview) -> Section:
    """Most lost first, for that is what the review is about."""
    aspects = {str(one.id): one for one in review.event.aspects()}
    whole = review.whole_modules
    ordered = sorted(review.aspects, key=lambda one: (one.id in whole, -one.lost, one.rate, one.id))
    return Section(
        _columns(words, ("aspect", "name", "maximum", "mean", "rate", "discrimination", "lost"), 2),
        tuple(
            (
                one.id,
                words.pick(aspects[one.id].name, aspects[one.id].name_en),
                marks_text(aspects[one.id].maximum),
                marks_text(one.mean),
                rate_text(one.rate),
                signed_text(one.discrimination),
                marks_text(one.lost),
            )
            for one in ordered
        ),
        words.say("technical.lost"),
        tuple(
            Measure(one.id, float(one.lost) / SCALE, marks_text(one.lost))
            for one in review.most_lost
        ),
        words.say("technical.hint-aspects"),
    )


def _judges(words: Words, review: TechnicalReview) -> Section:
    return Section(
        _columns(words, ("judge", "scores", "deviation", "spread", "agreement", "drift")),
        tuple(
            (
                words.say("marking.judge", number=one.judge.removeprefix("J")),
                count_text(one.scores),
                signed_text(one.deviation / SCALE),
                marks_text(one.spread),
                rate_text(one.agreement),
                signed_text(one.drift / SCALE),
            )
            for one in review.judges
        ),
        words.say("technical.deviation"),
        tuple(
            Measure(one.judge, float(one.deviation) / SCALE, signed_text(one.deviation / SCALE))
            for one in review.judges
        ),
        words.say("technical.hint-judges"),
    )


def _times(words: Words, review: TechnicalReview) -> Section:
    names = {one.id: words.pick(one.name, one.name_en) for one in review.event.modules}
    return Section(
        _columns(
            words,
            ("module", "name", "shortest", "quarter", "middle", "three-quarters", "longest"),
            2,
        ),
        tuple(
            (
                module,
                names[module],
                minutes_text(one.least),
                minutes_text(one.lower),
                minutes_text(one.middle),
                minutes_text(one.upper),
                minutes_text(one.most),
            )
            for module, one in review.times
        ),
        words.say("technical.minutes"),
        tuple(
            Measure(module, float(one.middle) / 60, minutes_text(one.middle))
            for module, one in review.times
        ),
        words.say("technical.hint-times"),
    )
