"""The rules of awards as data (奖项设置): part of an event's rules, so of what is hashed."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct


class Quota(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """奖项: how many get this award, by one of ``percent``, ``number`` and ``within_percent``.

    The last reaches down to that share of all, less what the awards above took (优胜奖: 前 50 %).
    Awards are given in the order listed. ``minimum`` is the least total that earns it.
    """

    award: str
    award_en: str = ""
    percent: Decimal | None = None
    number: int | None = None
    within_percent: Decimal | None = None
    minimum: Decimal | None = None


class QuotaRounding(StrEnum):
    """How a fractional number of awards is settled."""

    FLOOR = "floor"
    CEIL = "ceil"
    HALF_UP = "half-up"


class QuotaBase(StrEnum):
    """Which entries a percentage is taken of."""

    REGISTERED = "registered"
    CHECKED_IN = "checked-in"
    RANKED = "ranked"


class BoundaryTie(StrEnum):
    """What happens when entries that share a rank straddle the last award."""

    INCLUDE = "include"
    EXCLUDE = "exclude"


class CertificatesFor(StrEnum):
    """Who of a team gets a certificate: the team one, each member one, or both (证书发给)."""

    ENTRY = "entry"
    MEMBER = "member"
    BOTH = "both"


class ScaleKind(StrEnum):
    """How raw totals are put on a WorldSkills-like scale; the official formula is not public."""

    MEDIAN_MAD = "median-mad"
    MEAN_SD = "mean-sd"
    LINEAR = "linear"


class ScaleRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """世界技能标准分（近似）: an approximation, and to be called so wherever it is shown.

    ``centre`` is where the middle competitor sits, ``per`` how far one unit of spread moves, or for
    the linear kind one mark. ``sample`` divides the deviation by n - 1.
    """

    kind: ScaleKind = ScaleKind.MEDIAN_MAD
    centre: int = 700
    per: Decimal = Decimal(30)
    low: int = 0
    high: int = 1000
    sample: bool = False


class TieMode(StrEnum):
    """Whether scores tie with the first of their group, or each with the one before."""

    ANCHORED = "anchored"
    CHAINED = "chained"


class MedalRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """奖牌: medals by scaled score. Scores no more than ``tie_distance`` apart win the same.

    ``medallion_at`` is the score from which on a competitor without a medal gets the medallion for
    excellence (优胜奖).
    """

    tie_distance: int = 2
    tie_mode: TieMode = TieMode.ANCHORED
    medallion_at: int | None = 700


class StarBand(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """星级: a grade from ``at_least`` marks on, with an allowance a month for so many months."""

    grade: str
    at_least: Decimal
    grade_en: str = ""
    allowance: Decimal = Decimal(0)
    months: int = 0


class OutcomeKind(StrEnum):
    """What is proposed: a title (称号), a skill level (等级), a medal of honour (奖章), money."""

    TITLE = "title"
    LEVEL = "level"
    HONOUR = "honour"
    MONEY = "money"
    OTHER = "other"


class Outcome(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One thing proposed; ``yuan`` once, or a month for ``months``."""

    kind: OutcomeKind
    name: str = ""
    name_en: str = ""
    yuan: Decimal = Decimal(0)
    months: int = 0


class ComponentMinimum(Struct, frozen=True, forbid_unknown_fields=True):
    """A component that has to be passed, e.g. theory with 60."""

    component: str
    mark: Decimal


class ConsequenceRule(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """评用规则: what is proposed for whom. A condition left empty asks nothing.

    Within one ``line`` (名目, e.g. skill level or prize money) the first rule that fits gives.
    ``within_percent`` reaches to that share of the ranked, rounded down. ``held`` are skill levels
    held today.
    """

    id: str
    line: str
    outcomes: tuple[Outcome, ...]
    tiers: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    awards: tuple[str, ...] = ()
    members_from: int = 1
    members_to: int | None = None
    rank_from: int = 1
    rank_to: int | None = None
    within_percent: Decimal | None = None
    minimum: Decimal | None = None
    minima: tuple[ComponentMinimum, ...] = ()


class Awards(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Award quotas of an event; ``cumulative`` rounds the running sum instead of each level.

    With fewer than ``least_entries`` in the base there are no awards at all. Scale and medals,
    stars and consequences come beside the quotas where the rules have them. ``certificates`` says
    who of a team gets one.
    """

    quotas: tuple[Quota, ...] = ()
    base: QuotaBase = QuotaBase.RANKED
    rounding: QuotaRounding = QuotaRounding.FLOOR
    cumulative: bool = True
    at_least_one_first: bool = True
    boundary: BoundaryTie = BoundaryTie.INCLUDE
    least_entries: int = 0
    certificates: CertificatesFor = CertificatesFor.ENTRY
    scale: ScaleRule | None = None
    medals: MedalRule | None = None
    stars: tuple[StarBand, ...] = ()
    consequences: tuple[ConsequenceRule, ...] = ()
