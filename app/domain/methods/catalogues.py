"""Methods with a catalogue of named things that are counted: faults with caps, rights and wrongs.

A cell holds one count for each thing that occurred, e.g. ``F1=2;F4=1``, and ``-`` when nothing did.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from app.domain.methods.measured import code_faults
from app.domain.points import ZERO, Points, points_of
from app.domain.typed import known_parts, part_count


class Fault(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One fault: ``points`` off each time, counted at most ``cap`` times; ``fatal`` leaves 0."""

    code: str
    name: str
    points: Decimal = Decimal(0)
    cap: int | None = None
    fatal: bool = False
    name_en: str = ""


class Faults(
    Struct,
    frozen=True,
    tag="faults",
    tag_field="method",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """``max(0, max - sum(k_i * min(n_i, cap_i)))`` over a catalogue of faults (扣分项目表).

    ``most`` caps what all faults together take off.
    """

    faults: tuple[Fault, ...]
    most: Decimal | None = None


class Item(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Something counted, worth ``points`` each time; less than 0 for a false report."""

    code: str
    name: str
    points: Decimal
    cap: int | None = None
    name_en: str = ""


class Tally(
    Struct,
    frozen=True,
    tag="tally",
    tag_field="method",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """``clamp(sum(k_i * min(n_i, cap_i)), 0, max)``: rights less wrongs (计数得分, 误报倒扣)."""

    items: tuple[Item, ...]


def faults_mark(method: Faults, maximum: Points, text: str) -> Points:
    """``max(0, F - min(most, sum(k_i * min(n_i, cap_i))))``; a fatal fault leaves 0.

    Domain rules 3.1 DED.
    """
    counts = _counts(text, [fault.code for fault in method.faults])
    if any(fault.fatal and counts.get(fault.code) for fault in method.faults):
        return ZERO
    off = sum(
        points_of(fault.points) * _capped(counts.get(fault.code, 0), fault.cap)
        for fault in method.faults
    )
    if method.most is not None:
        off = min(off, points_of(method.most))
    return Points(max(0, maximum - off))


def tally_mark(method: Tally, maximum: Points, text: str) -> Points:
    """``clamp(sum(k_i * min(n_i, cap_i)), 0, max)``. Domain rules 1.3, count hits."""
    counts = _counts(text, [item.code for item in method.items])
    earned = sum(
        points_of(item.points) * _capped(counts.get(item.code, 0), item.cap)
        for item in method.items
    )
    return Points(min(max(0, earned), maximum))


def _counts(text: str, codes: list[str]) -> dict[str, int]:
    return {code: part_count(code, value) for code, value in known_parts(text, codes).items()}


def _capped(count: int, cap: int | None) -> int:
    return count if cap is None else min(count, cap)


def faults_faults(method: Faults, maximum: Decimal) -> Iterator[str]:
    """What is wrong with a fault catalogue, as codes of refusals."""
    yield from code_faults([fault.code for fault in method.faults])
    if any((fault.points <= 0) is not fault.fatal for fault in method.faults):
        yield "fault-points"
    if any(fault.cap is not None and fault.cap < 1 for fault in method.faults):
        yield "item-cap"
    if method.most is not None and not 0 < method.most <= maximum:
        yield "faults-cap-outside"


def tally_faults(method: Tally) -> Iterator[str]:
    """What is wrong with the items, as codes of refusals; some must earn something."""
    yield from code_faults([item.code for item in method.items])
    if any(item.points == 0 for item in method.items):
        yield "item-points-zero"
    if any(item.cap is not None and item.cap < 1 for item in method.items):
        yield "item-cap"
    if method.items and all(item.points < 0 for item in method.items):
        yield "tally-earns-nothing"
