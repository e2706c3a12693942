"""Methods for what is valued rather than measured: weighted parts, benefit bands, proven bonuses.

A cell holds one part for each thing valued, e.g. ``design=8;process=7.5`` or ``money=650000@28``.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from msgspec import Struct

from app.domain.errors import RuleBroken
from app.domain.methods.measured import code_faults
from app.domain.methods.single import off_step
from app.domain.points import (
    SCALE,
    ZERO,
    Exact,
    Points,
    parse_points,
    plain_points,
    points_of,
)
from app.domain.typed import all_parts, known_parts, parse_measured

PROOF = "@"
"""Parts a value from what stands behind it: a mark within a band, or a document."""


class WeightedPart(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One value of 0 to ``highest`` on ``step``, counting for ``weight`` of the mark."""

    code: str
    name: str
    weight: Decimal
    highest: Decimal = Decimal(100)
    step: Decimal = Decimal("0.01")
    name_en: str = ""


class WeightedSum(
    Struct,
    frozen=True,
    tag="weighted",
    tag_field="method",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """``max * sum(w_i * x_i / highest_i)`` with weights that add up to 1 (加权合成)."""

    parts: tuple[WeightedPart, ...]


class BenefitBand(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """From ``at_least`` on ``mark`` is earned, or with ``lowest`` a mark from that to ``mark``."""

    at_least: Decimal
    mark: Decimal
    lowest: Decimal | None = None


class BenefitKind(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is saved in a year or month: money, hours, hazards; its bands from small to large."""

    code: str
    name: str
    bands: tuple[BenefitBand, ...]
    unit: str = ""
    name_en: str = ""


class Benefit(
    Struct,
    frozen=True,
    tag="benefit",
    tag_field="method",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """Marks by bands of benefit, the kinds added up to at most the maximum (经济社会效益).

    A part is the amount, ``hours=40``; where the band leaves the committee a range, the mark it
    gave follows, ``money=650000@28``. ``best_kind`` counts only the kind that earns most.
    """

    kinds: tuple[BenefitKind, ...]
    best_kind: bool = False


class BonusItem(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Something that earns ``points``, or up to so many on ``step``. Items of one ``group`` do not
    add up: the largest counts."""

    code: str
    name: str
    points: Decimal
    step: Decimal | None = None
    group: str = ""
    name_en: str = ""


class Bonus(
    Struct,
    frozen=True,
    tag="bonus",
    tag_field="method",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """``min(max, sum of points)`` of proven items (加分项). The aspect's maximum is the cap.

    A part is the points and the document that proves them: ``CRAFT=2@文件 2026-14``.
    """

    items: tuple[BonusItem, ...]


def weighted_mark(method: WeightedSum, maximum: Points, text: str) -> Exact:
    """``max * sum(w_i * x_i / highest_i)``; every part must be given. Domain rules 3.1 WSUM."""
    values = all_parts(text, [part.code for part in method.parts])
    share = Fraction(0)
    for part in method.parts:
        value = parse_points(values[part.code])
        refusal = off_step(value, ZERO, points_of(part.highest), points_of(part.step))
        if refusal is not None:
            raise refusal
        share += Fraction(part.weight) * value / points_of(part.highest)
    return maximum * share


def benefit_mark(method: Benefit, maximum: Points, text: str) -> Points:
    """``min(max, sum of the kinds' marks)``, or the largest of them. Domain rules 3.6."""
    given = known_parts(text, [kind.code for kind in method.kinds])
    marks = [_kind_mark(kind, given[kind.code]) for kind in method.kinds if kind.code in given]
    earned = max(marks, default=0) if method.best_kind else sum(marks)
    return Points(min(maximum, earned))


def _kind_mark(kind: BenefitKind, value: str) -> int:
    amount_text, _, mark_text = value.partition(PROOF)
    amount = parse_measured(amount_text)
    band = next((band for band in reversed(kind.bands) if amount >= band.at_least), None)
    most = ZERO if band is None else points_of(band.mark)
    least = most if band is None or band.lowest is None else points_of(band.lowest)
    if least == most and not mark_text:
        return most
    mark = parse_points(mark_text) if mark_text else None
    if mark is None or not least <= mark <= most:
        raise RuleBroken(
            "benefit-mark",
            part=kind.code,
            value=mark_text[:40] or "–",
            low=plain_points(least),
            high=plain_points(most),
        )
    return mark


def bonus_mark(method: Bonus, maximum: Points, text: str) -> Points:
    """``min(max, sum)`` over groups, of each group the largest. Domain rules 3.5."""
    items = {item.code: item for item in method.items}
    groups: dict[str, int] = {}
    for code, value in known_parts(text, items).items():
        item = items[code]
        name = f"group:{item.group}" if item.group else code
        groups[name] = max(groups.get(name, 0), _proven_points(item, value))
    return Points(min(maximum, sum(groups.values())))


def _proven_points(item: BonusItem, value: str) -> Points:
    points_text, _, proof = value.partition(PROOF)
    if not proof.strip():
        raise RuleBroken("bonus-without-proof", part=item.code)
    points, most = parse_points(points_text), points_of(item.points)
    step = most if item.step is None else points_of(item.step)
    refusal = off_step(points, step if item.step is None else ZERO, most, step)
    if refusal is not None:
        raise refusal
    return points


def weighted_faults(method: WeightedSum) -> Iterator[str]:
    """What is wrong with the parts: their weights make 1, their scales whole steps."""
    yield from code_faults([part.code for part in method.parts])
    if any(part.weight <= 0 for part in method.parts) or sum(p.weight for p in method.parts) != 1:
        yield "weighted-parts-sum"
    for part in method.parts:
        if part.highest <= 0 or part.step <= 0 or part.highest % part.step:
            yield "weighted-part-range"
            return


def benefit_faults(method: Benefit, maximum: Decimal) -> Iterator[str]:
    """What is wrong with the bands: out of order, overlapping in marks, beyond the maximum."""
    yield from code_faults([kind.code for kind in method.kinds])
    for kind in method.kinds:
        marks = [(_lowest(band), band.mark) for band in kind.bands]
        if not marks:
            yield "benefit-bands-empty"
            continue
        starts = [band.at_least for band in kind.bands]
        if any(later <= start for start, later in pairwise(starts)):
            yield "benefit-bands-overlap"
        if any(low > high for low, high in marks) or any(
            above[0] < below[1] for below, above in pairwise(marks)
        ):
            yield "benefit-marks-overlap"
        if marks[0][0] < 0 or max(high for _, high in marks) > maximum:
            yield "benefit-outside-max"


def _lowest(band: BenefitBand) -> Decimal:
    return band.mark if band.lowest is None else band.lowest


def bonus_faults(method: Bonus) -> Iterator[str]:
    """What is wrong with the items: each earns something, in whole steps of its own."""
    yield from code_faults([item.code for item in method.items])
    for item in method.items:
        uneven = item.step is not None and (item.step <= 0 or item.points % item.step)
        if item.points <= 0 or item.points * SCALE % 1 or uneven:
            yield "bonus-points"
            return
