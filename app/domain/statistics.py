"""Figures for the technical review (技术点评), without anybody's identity; nothing here is scored.

Everything is an exact ``Fraction`` but the standard deviation and the correlation, whose roots are
cut to whole ten-thousandths: display figures, never compared with one another. Only complete,
competing entries belong in. Domain rules 2.13.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from app.domain.points import SCALE, Exact
from app.domain.scale import median_of

UPPER_SHARE = Fraction(27, 100)
"""The share of the best and of the worst that discrimination compares (区分度, 高低分组 27%)."""

USUAL_BANDS = (90, 80, 70, 60)
PASS = 60


@dataclass(frozen=True, slots=True)
class Distribution:
    """How totals lie. ``bands`` count from the highest band down, the last one below them all.

    ``deviation`` is of the whole field (n), cut to ten-thousandths. Values are ten-thousandths.
    """

    count: int
    mean: Fraction
    median: Fraction
    deviation: int
    highest: Fraction
    lowest: Fraction
    pass_rate: Fraction
    bands: tuple[int, ...]


def distribution(
    totals: Sequence[Exact],
    *,
    limits: Sequence[int] = USUAL_BANDS,
    passed: int = PASS,
) -> Distribution | None:
    """The figures of a field, ``None`` for an empty one. ``limits`` and ``passed`` are in marks."""
    if not totals:
        return None
    values = [Fraction(total) for total in totals]
    uppers = [None, *limits]
    bands = [
        sum(low * SCALE <= value and (high is None or value < high * SCALE) for value in values)
        for high, low in zip(uppers, limits, strict=False)
    ]
    bands.append(len(values) - sum(bands))
    return Distribution(
        len(values),
        mean_of(values),
        median_of(values),
        deviation_of(values),
        max(values),
        min(values),
        Fraction(sum(value >= passed * SCALE for value in values), len(values)),
        tuple(bands),
    )


def mean_of(values: Sequence[Exact]) -> Fraction:
    """The exact mean of one value or more."""
    return Fraction(sum(values, Fraction(0))) / len(values)


def deviation_of(values: Sequence[Exact]) -> int:
    """``sqrt(sum((x - mean)^2) / n)`` cut to a whole number."""
    mean = mean_of(values)
    variance = sum(((value - mean) ** 2 for value in values), Fraction(0)) / len(values)
    return isqrt(variance.numerator // variance.denominator)


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """One module or aspect: ``rate`` is mean over maximum (得分率), ``discrimination`` the same
    for the best 27 % less that for the worst; ``lost`` is the mean loss in ten-thousandths."""

    id: str
    mean: Fraction
    rate: Fraction
    discrimination: Fraction
    lost: Fraction


def item_figures(item: str, maximum: int, marks: Sequence[Exact]) -> ItemFigures | None:
    """The figures of one item. ``marks`` are in order of the total, best first.

    ``None`` where nothing can be lost, as with a gate, or nobody was marked.
    """
    if not marks or maximum <= 0:
        return None
    group = group_size(len(marks))
    mean = mean_of(marks)
    parted = (mean_of(marks[:group]) - mean_of(marks[-group:])) / maximum
    return ItemFigures(item, mean, mean / maximum, parted, maximum - mean)


def group_size(count: int) -> int:
    """27 % of the field, half up, one at least."""
    return max(1, int(UPPER_SHARE * count + Fraction(1, 2)))


def most_lost(figures: Iterable[ItemFigures], most: int = 10) -> list[ItemFigures]:
    """The items at which the field lost most marks, by the mean loss, then by the lower rate."""
    return sorted(figures, key=lambda item: (-item.lost, item.rate, item.id))[:most]


@dataclass(frozen=True, slots=True)
class JudgeFigures:
    """One judge against the panels they sat in.

    ``deviation`` is the mean of score less the mean of the others: severe below 0, lenient above.
    ``spread`` is the mean of its size. ``agreement`` is the share of scores equal to the middle of
    the panel. ``drift`` is the deviation in the second half of the works less that in the first.
    Values are ten-thousandths of the judges' scale but for the share.
    """

    judge: str
    scores: int
    deviation: Fraction
    spread: Fraction
    agreement: Fraction
    drift: Fraction


def judge_figures(panels: Iterable[Mapping[str, Exact]]) -> list[JudgeFigures]:
    """The figures of every judge over ``panels``: each one aspect of one work, judge to score, in
    the order in which they were marked. A judge alone is compared with nobody."""
    gaps: dict[str, list[Fraction]] = {}
    agreed: dict[str, int] = {}
    for panel in panels:
        if len(panel) < 2:
            continue
        middle = median_of([Fraction(score) for score in panel.values()])
        whole = sum(panel.values(), Fraction(0))
        for judge, score in panel.items():
            others = Fraction(whole - score) / (len(panel) - 1)
            gaps.setdefault(judge, []).append(score - others)
            agreed[judge] = agreed.get(judge, 0) + (score == middle)
    return [
        JudgeFigures(
            judge,
            len(own),
            mean_of(own),
            mean_of([abs(gap) for gap in own]),
            Fraction(agreed[judge], len(own)),
            _drift(own),
        )
        for judge, own in sorted(gaps.items())
    ]


def _drift(gaps: Sequence[Fraction]) -> Fraction:
    half = len(gaps) // 2
    if not half:
        return Fraction(0)
    return mean_of(gaps[-half:]) - mean_of(gaps[:half])


def panel_agreement(panels: Iterable[Mapping[str, Exact]]) -> Fraction | None:
    """The share of panels in which all judges gave the same score; ``None`` without any."""
    held = [panel for panel in panels if len(panel) > 1]
    if not held:
        return None
    return Fraction(sum(len(set(panel.values())) == 1 for panel in held), len(held))


def correlation(pairs: Sequence[tuple[Exact, Exact]]) -> Fraction | None:
    """Pearson's r of theory and practice, cut to four decimals; ``None`` where one of the two does
    not vary, or with fewer than three pairs.

    ``r = sum(dx * dy) / sqrt(sum(dx^2) * sum(dy^2))``
    """
    if len(pairs) < 3:
        return None
    first, second = mean_of([x for x, _ in pairs]), mean_of([y for _, y in pairs])
    both = sum(((x - first) * (y - second) for x, y in pairs), Fraction(0))
    own = sum(((x - first) ** 2 for x, _ in pairs), Fraction(0))
    other = sum(((y - second) ** 2 for _, y in pairs), Fraction(0))
    if not own or not other:
        return None
    square = both**2 / (own * other) * SCALE**2
    size = Fraction(isqrt(square.numerator // square.denominator), SCALE)
    return size if both >= 0 else -size


@dataclass(frozen=True, slots=True)
class Quantiles:
    """Time used, in whole seconds: the shortest, quarter, middle, three quarters, longest."""

    least: Fraction
    lower: Fraction
    middle: Fraction
    upper: Fraction
    most: Fraction


def quantiles(seconds: Sequence[int]) -> Quantiles | None:
    """The quarters of what was used, between two values by their distance; ``None`` for none."""
    if not seconds:
        return None
    ordered = [Fraction(value) for value in sorted(seconds)]

    def at(share: Fraction) -> Fraction:
        place = share * (len(ordered) - 1)
        below = int(place)
        above = min(below + 1, len(ordered) - 1)
        return ordered[below] + (place - below) * (ordered[above] - ordered[below])

    return Quantiles(*(at(Fraction(quarter, 4)) for quarter in range(5)))
