"""Methods that turn a time into a mark (用时得分, 超时扣分). Times are seconds, typed or as m:ss.

With several ``watches`` their readings are typed with + between: the middle one counts, of two the
mean.

Domain rules 3.3. A time is always part of the record as it was typed; a mark never stands without.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from msgspec import Struct

from app.domain.errors import RuleBroken
from app.domain.methods.measured import code_faults
from app.domain.points import ZERO, Exact, Points, points_of
from app.domain.typed import all_parts, parse_measured, part_count, timed_by

TIME, QUALITY = "T", "Q"
"""The parts of a cell that holds a time and a quality: ``Q=80;T=14:30``."""


MOST_WATCHES = 3
"""What a cell has room for, and what the rules of the field know."""


class Adjustment(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Something counted beside a time: each ``adds`` seconds (罚时), below 0 takes off (奖时)."""

    code: str
    name: str
    adds: Decimal
    cap: int | None = None
    name_en: str = ""


class TimeLinear(
    Struct,
    frozen=True,
    tag="time-linear",
    tag_field="method",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """Full mark up to ``full`` seconds, none from ``zero`` on, a line between (用时线性计分).

    With ``step`` only whole steps saved count, as in "0.1 for every full 10 seconds". ``each`` is
    what a whole step earns where the maximum is no whole number of them: 3 a minute, at most 10.
    ``quality`` is the most that a quality entered beside the time can be; with less than
    ``least_quality`` the time earns nothing, so that bad or unfinished work wins nothing by being
    fast. ``adjustments``
    make the time that counts of the time taken; from 0 to a maximum in seconds this is the score
    as time, of which the lowest wins (计时成绩).
    """

    full: Decimal
    zero: Decimal
    step: Decimal = Decimal(0)
    each: Decimal = Decimal(0)
    quality: Decimal | None = None
    least_quality: Decimal = Decimal(0)
    watches: int = 1
    adjustments: tuple[Adjustment, ...] = ()


class TimeBand(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A time of at most ``until`` seconds has ``factor``."""

    until: Decimal
    factor: Decimal


class TimeBands(
    Struct,
    frozen=True,
    tag="time-bands",
    tag_field="method",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """``scale * (offset + c(t) * Q)`` with ``c`` by bands of time, Q = 1 without quality.

    Beyond the last band nothing. ``quality`` is the most that Q can be; the cell then holds both
    (用时分段 × 质量): multiplying by quality keeps fast bad work from winning.
    """

    bands: tuple[TimeBand, ...]
    scale: Decimal = Decimal(1)
    offset: Decimal = Decimal(0)
    quality: Decimal | None = None
    watches: int = 1


class Overtime(
    Struct,
    frozen=True,
    tag="overtime",
    tag_field="method",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """``max(0, max - per * n)`` for ``n`` started intervals beyond limit and grace (超时扣分).

    More than ``cutoff`` seconds beyond the limit leave nothing, where one is set.
    """

    limit: Decimal
    per: Decimal
    interval: Decimal = Decimal(60)
    grace: Decimal = Decimal(0)
    cutoff: Decimal | None = None
    watches: int = 1


def time_linear_mark(method: TimeLinear, maximum: Points, text: str) -> Exact:
    """``max * clamp(s / (zero - full), 0, 1)`` where ``s = zero - t``, cut to whole steps.

    With ``each`` it is ``clamp(each * floor(s / step), 0, max)``.
    """
    seconds, quality = _time_and_quality(method, text)
    if quality < method.least_quality:
        return ZERO
    saved = Fraction(method.zero) - seconds
    if method.each:
        earned = points_of(1) * Fraction(method.each) * (saved // Fraction(method.step))
        return min(max(earned, Fraction(0)), Fraction(maximum))
    if method.step:
        step = Fraction(method.step)
        saved = (saved // step) * step
    share = saved / Fraction(method.zero - method.full)
    return maximum * min(max(share, Fraction(0)), Fraction(1))


def time_bands_mark(method: TimeBands, text: str) -> Exact:
    """``scale * (offset + c(t) * Q)``, with Q = 1 where no quality is entered."""
    seconds, quality = _time_and_quality(method, text)
    factor = next((band.factor for band in method.bands if seconds <= band.until), None)
    if factor is None:
        return ZERO
    share = Fraction(method.offset) + Fraction(factor) * quality
    return points_of(1) * Fraction(method.scale) * share


def _time_and_quality(method: TimeLinear | TimeBands, text: str) -> tuple[Fraction, Fraction]:
    """What was typed: the seconds that count, and the quality where one is asked for, else 1."""
    adjustments = method.adjustments if isinstance(method, TimeLinear) else ()
    if method.quality is None:
        return adjusted_time(method.watches, adjustments, text), Fraction(1)
    parts = all_parts(text, (QUALITY, TIME), beside=[one.code for one in adjustments])
    quality = parse_measured(parts.pop(QUALITY))
    if not 0 <= quality <= method.quality:
        raise RuleBroken(
            "mark-out-of-range", value=f"{quality:f}", low="0", high=f"{method.quality:f}"
        )
    return _adjusted(method.watches, adjustments, parts), Fraction(quality)


def adjusted_time(watches: int, adjustments: Sequence[Adjustment], text: str) -> Fraction:
    """The seconds that count: the time alone, or ``T`` with the counts of what adjusts it.

    ``max(0, t + sum(s_i * min(n_i, cap_i)))``. Domain rules 3.3, score as time.
    """
    if not adjustments:
        return timed_by(watches, text)
    parts = all_parts(text, (TIME,), beside=[one.code for one in adjustments])
    return _adjusted(watches, adjustments, parts)


def _adjusted(
    watches: int, adjustments: Sequence[Adjustment], parts: Mapping[str, str]
) -> Fraction:
    counted = timed_by(watches, parts[TIME])
    for one in adjustments:
        count = part_count(one.code, parts.get(one.code, "0"))
        counted += Fraction(one.adds) * (count if one.cap is None else min(count, one.cap))
    return max(Fraction(0), counted)


def overtime_mark(method: Overtime, maximum: Points, text: str) -> Points:
    """``max(0, max - per * ceil((t - limit - grace) / interval))``; 0 beyond the cut-off."""
    over = timed_by(method.watches, text) - Fraction(method.limit)
    if method.cutoff is not None and over > method.cutoff:
        return ZERO
    counted = max(Fraction(0), over - Fraction(method.grace))
    started = -((-counted) // Fraction(method.interval))
    return Points(max(0, maximum - points_of(method.per) * int(started)))


def time_linear_faults(method: TimeLinear, maximum: Decimal) -> Iterator[str]:
    """What is wrong with times, steps and quality, as codes of refusals."""
    if not 0 <= method.full < method.zero:
        yield "time-range-empty"
    elif method.each:
        yield from _each_faults(method, maximum)
    elif method.step < 0 or (method.step and (method.zero - method.full) % method.step):
        yield "time-step-uneven"
    most = Decimal(0) if method.quality is None else method.quality
    if (method.quality is not None and most <= 0) or not 0 <= method.least_quality <= most:
        yield "time-quality-unfit"
    yield from watches_faults(method.watches)
    yield from adjustment_faults(method.adjustments)


def _each_faults(method: TimeLinear, maximum: Decimal) -> Iterator[str]:
    """``full`` has to be the first whole step that earns the maximum: a typo shows up so."""
    if method.step <= 0 or not 0 < method.each <= maximum:
        yield "time-each-unfit"
        return
    needed = -(-Fraction(maximum) // Fraction(method.each))
    if Fraction(method.zero - method.full) != needed * Fraction(method.step):
        yield "time-each-unfit"


def time_bands_faults(method: TimeBands, maximum: Decimal) -> Iterator[str]:
    """Bands out of order (a typo of a limit shows up so), rewarding slowness, missing the maximum.

    Bands are upper limits, so that no gap can be written.
    """
    if not method.bands:
        yield "time-bands-empty"
        return
    limits = [band.until for band in method.bands]
    factors = [band.factor for band in method.bands]
    if limits[0] < 0 or any(later <= limit for limit, later in pairwise(limits)):
        yield "time-bands-overlap"
    if any(later > factor for factor, later in pairwise(factors)):
        yield "time-bands-reward-slowness"
    if method.quality is not None and method.quality <= 0:
        yield "time-bands-quality"
        return
    yield from watches_faults(method.watches)
    quality = Decimal(1) if method.quality is None else method.quality
    if min(factors) < 0 or method.offset < 0 or method.scale <= 0:
        yield "time-bands-negative"
    elif method.scale * (method.offset + max(factors) * quality) != maximum:
        yield "time-bands-miss-max"


def overtime_faults(method: Overtime, maximum: Decimal) -> Iterator[str]:
    """What is wrong with limit, grace, cutoff and marks, as codes of refusals."""
    cut_early = method.cutoff is not None and method.cutoff < method.grace
    if method.limit <= 0 or method.interval <= 0 or method.grace < 0 or cut_early:
        yield "overtime-unfit"
    yield from watches_faults(method.watches)
    if not 0 < method.per <= maximum:
        yield "per-item-mark-outside"


def adjustment_faults(adjustments: Sequence[Adjustment]) -> Iterator[str]:
    """What is wrong with a list of what adjusts a time; none at all is fine."""
    if not adjustments:
        return
    codes = [one.code for one in adjustments]
    yield from code_faults(codes)
    if TIME in codes or QUALITY in codes:
        yield "adjustment-code-taken"
    if any(one.adds == 0 for one in adjustments):
        yield "adjustment-without-seconds"
    if any(one.cap is not None and one.cap < 1 for one in adjustments):
        yield "item-cap"


def watches_faults(watches: int) -> Iterator[str]:
    """Whether so many watches can be read, as a code of a refusal."""
    if not 1 <= watches <= MOST_WATCHES:
        yield "watches-unfit"
