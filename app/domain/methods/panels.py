"""Methods of a panel, each judge with a score of their own: which scores count, and their mean.

Every one of them is the mean of the scores that count, scaled so that the top of the scale earns
the aspect's maximum: ``mean * max / top``. They differ in which scores count. Domain rules 1.2,
2.4, 3.1 and 3.2.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from msgspec import Struct

from app.domain.errors import RuleBroken
from app.domain.methods.single import off_step
from app.domain.points import SCALE, ZERO, Exact, Points, points_of


class Judgement(
    Struct,
    frozen=True,
    tag="judgement",
    tag_field="method",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """``judges`` scores of 0 to ``scale`` against descriptors, at most ``spread`` apart (评判)."""

    judges: int = 3
    scale: int = 3
    spread: int = 1


class Panel(
    Struct,
    frozen=True,
    tag="panel",
    tag_field="method",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """The mean of a panel's scores after dropping some at each end (评委打分, 去最高最低).

    Scores run from ``lowest`` to ``highest`` on ``step``; the mean is scaled so that ``highest``
    earns the aspect's maximum. ``spread`` is the most that two scores may differ, if limited.

    A judge who stands down from one work (回避) leaves a smaller panel. ``least`` is how many
    scores still give a mark, 0 asking for every judge; with fewer than ``trim_from`` scores nothing
    is dropped and the plain mean stands.
    """

    judges: int
    highest: Decimal
    lowest: Decimal = Decimal(0)
    step: Decimal = Decimal(1)
    drop_highest: int = 0
    drop_lowest: int = 0
    spread: Decimal | None = None
    least: int = 0
    trim_from: int = 0


class Median(
    Struct,
    frozen=True,
    tag="median",
    tag_field="method",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """The middle score, or the mean of the middle two (中位数). Fields as in ``Panel``."""

    judges: int
    highest: Decimal
    lowest: Decimal = Decimal(0)
    step: Decimal = Decimal(1)
    spread: Decimal | None = None
    least: int = 0


class Closest(
    Struct,
    frozen=True,
    tag="closest",
    tag_field="method",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """The mean of the scores that lie closest together (取最接近的几个分). Fields as in ``Panel``.

    The ``keep`` neighbouring scores with the least range count, of equally close ones the upper
    (IJRU rope skipping keeps two of three); all of them when there are no more than ``keep``. From
    ``trim_from`` scores on, where it is set, only the highest and the lowest are dropped instead
    (IJRU: 4). With ``within`` instead, every score that far or less from the median counts.
    """

    judges: int
    highest: Decimal
    keep: int = 2
    within: Decimal | None = None
    lowest: Decimal = Decimal(0)
    step: Decimal = Decimal(1)
    spread: Decimal | None = None
    least: int = 0
    trim_from: int = 0


PanelMethod: TypeAlias = Judgement | Panel | Median | Closest


def check_score(method: PanelMethod, value: Points) -> RuleBroken | None:
    """Why a judge cannot give this score, or ``None``."""
    match method:
        case Judgement(scale=scale):
            return off_step(value, ZERO, Points(scale * SCALE), Points(SCALE))
        case _:
            low, high = points_of(method.lowest), points_of(method.highest)
            return off_step(value, low, high, points_of(method.step))


def fewest_scores(method: PanelMethod) -> int:
    """How few scores still give a mark when judges stand down from a work."""
    match method:
        case Judgement(judges=judges):
            return judges
        case _:
            return method.least or method.judges


def is_short(method: PanelMethod, scores: int) -> bool:
    """Whether so few scores give no mark: below the least, or the drops would take them all."""
    if scores < max(1, fewest_scores(method)):
        return True
    return isinstance(method, Panel) and _drops(method, scores) >= scores


def panel_mean(method: PanelMethod, scores: Sequence[Points]) -> Exact:
    """The mean of the scores that count: ``sum / n`` without those of ``dropped_places``.

    ``scores`` are one of each judge who did not stand down.
    """
    if not fewest_scores(method) <= len(scores) <= method.judges:
        raise ValueError(f"{method.judges} scores expected, {len(scores)} given")
    dropped = dropped_places(method, scores)
    counted = sum(score for place, score in enumerate(scores) if place not in dropped)
    return Fraction(counted, len(scores) - len(dropped))


def dropped_places(method: PanelMethod, scores: Sequence[Points]) -> frozenset[int]:
    """Which of the scores do not count. Of equal ones the first is dropped high, the last low."""
    count = len(scores)
    falling = sorted(range(count), key=lambda place: -scores[place])
    match method:
        case Judgement():
            return frozenset()
        case Panel():
            if not _drops(method, count):
                return frozenset()
            lowest = falling[count - method.drop_lowest :]
            return frozenset(falling[: method.drop_highest] + lowest)
        case Median():
            return frozenset(falling) - frozenset(falling[(count - 1) // 2 : count // 2 + 1])
        case Closest(within=None, trim_from=trim_from) if 0 < trim_from <= count:
            return frozenset((falling[0], falling[-1]))
        case Closest(within=None, keep=keep):
            kept = _closest(falling, scores, keep)
            return frozenset(falling) - frozenset(kept)
        case Closest(within=Decimal() as within):
            middle = scores[falling[(count - 1) // 2]] + scores[falling[count // 2]]
            far = 2 * points_of(within)
            return frozenset(
                place for place, score in enumerate(scores) if abs(2 * score - middle) > far
            )
        case _:
            raise TypeError(f"{type(method).__name__} is no panel method")


def _drops(method: Panel, scores: int) -> int:
    return 0 if scores < method.trim_from else method.drop_highest + method.drop_lowest


def _closest(falling: Sequence[int], scores: Sequence[Points], keep: int) -> Sequence[int]:
    """The ``keep`` neighbours with the least range; the first found is the upper one."""
    windows = [falling[start : start + keep] for start in range(max(1, len(falling) - keep + 1))]
    return min(windows, key=lambda window: scores[window[0]] - scores[window[-1]])


def top_score(method: PanelMethod) -> Points:
    """The score that earns the maximum."""
    if isinstance(method, Judgement):
        return Points(method.scale * SCALE)
    return points_of(method.highest)


def scaled_mark(method: PanelMethod, maximum: Points, mean: Exact) -> Exact:
    """The mean scaled so that the top of the scale earns the maximum: ``mean * max / top``."""
    return Fraction(mean * maximum, top_score(method))


def spread_limit(method: PanelMethod) -> Points | None:
    """How far two scores of the panel may be apart; ``None`` where the rules name no limit."""
    match method.spread:
        case int() as steps:
            return Points(steps * SCALE)
        case Decimal() as allowed:
            return points_of(allowed)
        case _:
            return None


def scale_width(method: PanelMethod) -> Points:
    """From the lowest score that can be given to the highest."""
    lowest = ZERO if isinstance(method, Judgement) else points_of(method.lowest)
    return Points(top_score(method) - lowest)


def panel_spread_broken(method: PanelMethod, scores: Sequence[Points]) -> bool:
    """Whether the judges lie further apart than the rules allow, so the panel must look again."""
    limit = spread_limit(method)
    return limit is not None and len(scores) > 1 and max(scores) - min(scores) > limit


def panel_faults(method: PanelMethod) -> Iterator[str]:
    """What is wrong with the parameters of a panel, as codes of refusals."""
    if method.judges < 1:
        yield "panel-without-judges"
    if isinstance(method, Judgement):
        if method.scale < 1:
            yield "judgement-scale-empty"
        elif not 0 <= method.spread <= method.scale:
            yield "spread-outside-scale"
        return
    if isinstance(method, Panel):
        yield from _trim_faults(method)
    if isinstance(method, Closest) and (
        not 1 <= method.keep <= method.judges or (method.within is not None and method.within < 0)
    ):
        yield "closest-keeps-none"
    if isinstance(method, Closest) and (
        not (method.trim_from == 0 or 3 <= method.trim_from <= method.judges)
        or (method.trim_from and method.within is not None)
    ):
        yield "closest-trim-unfit"
    if not 0 <= method.least <= max(method.judges, 1):
        yield "panel-least-unfit"
    if method.highest <= method.lowest or method.highest <= 0:
        yield "panel-range-empty"
    elif method.step <= 0 or (method.highest - method.lowest) % method.step:
        yield "panel-step-uneven"
    if method.spread is not None and not 0 <= method.spread <= method.highest - method.lowest:
        yield "spread-outside-scale"


def _trim_faults(method: Panel) -> Iterator[str]:
    drops = method.drop_highest + method.drop_lowest
    if method.drop_highest < 0 or method.drop_lowest < 0:
        yield "panel-drop-negative"
    elif method.judges - drops < 1:
        yield "panel-drops-everyone"
    if not 0 <= method.trim_from <= max(method.judges, 1):
        yield "panel-trim-unfit"
