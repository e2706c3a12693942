"""The rules of standings over several events as data: season, teams, overall (综合排名).

They belong to the competition, not to an event, so no event's rules hash depends on them.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeAlias

from msgspec import Struct

from app.domain.award_rules import Awards, StarBand
from app.domain.ids import EventCode, ModuleId


class SeasonRule(
    Struct,
    frozen=True,
    kw_only=True,
    tag="season",
    tag_field="standing",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """赛季积分: the ``best`` results of a season count, all of them when ``None``.

    With ``points`` a place earns points, beyond the table none; without, totals are added. Who came
    to fewer than ``least`` matches is not ranked.
    """

    best: int | None = None
    points: tuple[Decimal, ...] = ()
    least: int = 1


class Sides(StrEnum):
    """Whom people compete for: their unit, or the team that the roster names (代表队)."""

    UNIT = "unit"
    TEAM = "team"


class TeamKind(StrEnum):
    """How members' marks become the team's."""

    SUM = "sum"
    BEST = "best"
    MEAN = "mean"


class TeamRule(
    Struct,
    frozen=True,
    kw_only=True,
    tag="team",
    tag_field="standing",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """团体成绩: the marks of a side's people, over ``members`` of whom ``best`` count.

    The sum and the mean are over ``members`` people, one missing counting 0; ``best`` is for the
    kind of that name. Equal teams are parted by what their counted people have in ``tie_modules``.
    """

    kind: TeamKind = TeamKind.SUM
    members: int = 3
    best: int = 3
    tie_modules: tuple[ModuleId, ...] = ()
    of: Sides = Sides.UNIT


class OverallBy(StrEnum):
    """What an event brings to a delegation."""

    PLACES = "places"
    TOTALS = "totals"


class EventWeight(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """赛项权重: what everything from an event is multiplied by."""

    event: EventCode
    weight: Decimal


class OverallRule(
    Struct,
    frozen=True,
    kw_only=True,
    tag="overall",
    tag_field="standing",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """总团体: points for places, or without a table for medals (4, 3, 2, 1), or the totals.

    ``best_per_event`` limits how many of a delegation score in one event, ``best_events`` in how
    many events it scores. An event without one of the ``weights`` counts once.
    """

    by: OverallBy = OverallBy.PLACES
    points: tuple[Decimal, ...] = ()
    best_per_event: int | None = None
    best_events: int | None = None
    weights: tuple[EventWeight, ...] = ()
    of: Sides = Sides.UNIT


QUOTA_RULES: Final = (
    *("quotas", "rounding", "cumulative", "at_least_one_first", "boundary", "least_entries"),
    "certificates",
)
"""The fields of ``Awards`` that a standing goes by; it sets no others."""

StandingRule: TypeAlias = SeasonRule | TeamRule | OverallRule


class CombinedStanding(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """综合排名: one standing over the results of ``events``, or of all where none is named.

    ``stars`` are grades by total, each with an allowance a month. Of the ``awards`` only
    ``QUOTA_RULES`` count: the quotas, over those ranked, and who gets a certificate.
    """

    id: str
    name: str
    name_en: str = ""
    events: tuple[EventCode, ...] = ()
    rule: StandingRule
    stars: tuple[StarBand, ...] = ()
    awards: Awards = Awards()
