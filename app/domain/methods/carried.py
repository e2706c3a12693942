"""A total brought along from an earlier round (成绩带入), scaled to what it is worth here.

The total is typed as it was published. Its weight is that of the component it stands in, often 0.3.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from app.domain.errors import RuleBroken
from app.domain.points import Exact, Points
from app.domain.typed import parse_measured


class Carried(
    Struct,
    frozen=True,
    tag="carried",
    tag_field="method",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """``max * total / maximum`` for an earlier total out of ``maximum``, e.g. 3500 points.

    Domain rules 2.4: the national online preliminary, 3500 points for 30 %.
    """

    maximum: Decimal


def carried_mark(method: Carried, maximum: Points, text: str) -> Exact:
    """The mark for an earlier total. Raises ``RuleBroken`` for one that there cannot be."""
    total = parse_measured(text)
    if not 0 <= total <= method.maximum:
        raise RuleBroken(
            "carried-total-outside", value=text.strip()[:40], maximum=f"{method.maximum:f}"
        )
    return maximum * Fraction(total) / Fraction(method.maximum)


def carried_faults(method: Carried) -> Iterator[str]:
    """What is wrong with the earlier maximum, as a code of a refusal."""
    if method.maximum <= 0:
        yield "carried-maximum"
