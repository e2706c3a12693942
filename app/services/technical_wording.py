"""Figures of the technical review as they are written on screen and on paper."""

from __future__ import annotations

from fractions import Fraction

from app.domain.points import SCALE
from app.domain.scoring import event_maximum
from app.domain.statistics import USUAL_BANDS
from app.services.technical_review import TechnicalReview
from app.words import Words

_NONE = "–"


def marks_text(points: Fraction | int) -> str:
    """Ten-thousandths as marks with two places, half up."""
    return fixed(Fraction(points) / SCALE, 2)


def rate_text(part: Fraction) -> str:
    """A part as a percentage with one place."""
    return f"{fixed(part * 100, 1)}%"


def signed_text(number: Fraction) -> str:
    """Two places, with its sign; what rounds to nothing has none."""
    text = fixed(abs(number), 2)
    if not text.strip("0."):
        return text
    return f"−{text}" if number < 0 else f"+{text}"


def minutes_text(seconds: Fraction) -> str:
    """``38:24``, or ``1:02:05`` from an hour on."""
    whole = int(seconds + Fraction(1, 2))
    minutes, left = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes}:{left:02d}"
    return f"{minutes // 60}:{minutes % 60:02d}:{left:02d}"


def count_text(count: int) -> str:
    return f"{count:,}".replace(",", " ")


def fixed(number: Fraction, places: int) -> str:
    """A number of zero or more with fixed places, half up."""
    scaled = int(number * 10**places + Fraction(1, 2))
    whole, part = divmod(scaled, 10**places)
    return f"{whole}.{part:0{places}d}" if places else str(whole)


def band_names(review: TechnicalReview, words: Words) -> list[str]:
    """``≥ 90``, ``80–89`` … ``< 60``; with a percent sign where the event is not out of 100."""
    sign = "" if event_maximum(review.event) == 100 * SCALE else "%"
    first, *others = USUAL_BANDS
    names = [words.say("technical.band-from", low=first, sign=sign)]
    upper = first
    for low in others:
        names.append(words.say("technical.band", low=low, high=upper, sign=sign))
        upper = low
    return [*names, words.say("technical.band-below", high=upper, sign=sign)]


def fact_lines(review: TechnicalReview, words: Words) -> list[tuple[str, str]]:
    """The figures of the whole field, each with its name."""
    say, found = words.say, review.distribution
    lines = [(say("technical.entries"), str(review.entries))]
    if found is not None:
        lines += [
            (say("technical.mean"), marks_text(found.mean)),
            (say("technical.median"), marks_text(found.median)),
            (say("technical.standard-deviation"), marks_text(found.deviation)),
            (say("technical.highest"), marks_text(found.highest)),
            (say("technical.lowest"), marks_text(found.lowest)),
            (say("technical.pass-rate"), rate_text(found.pass_rate)),
        ]
    related, agreed = review.correlation, review.agreement
    lines.append(
        (say("technical.correlation"), signed_text(related) if related is not None else _NONE)
    )
    lines.append(
        (say("technical.panel-agreement"), rate_text(agreed) if agreed is not None else _NONE)
    )
    return lines
