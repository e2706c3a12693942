"""The rules of a competition as one tree: competition > event > module > sub-criterion > aspect.

A scheme (评分方案) is plain frozen data, the same whether it came from a CIS workbook, a TOML
file or the editor. Its ``rules_hash`` is taken over a canonical form of one event, so two people
holding the same rules can compare sixty-four characters instead of three hundred rows. Fields left
at their default are not written, so a field added later leaves old hashes alone; for the same
reason a default, once released, never changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from app.domain.award_rules import Awards, BoundaryTie, Quota, QuotaBase, QuotaRounding
from app.domain.canonical import canonical_json
from app.domain.checking_rules import EntryCheck, RecheckRule
from app.domain.division_rules import DividedBy, Group
from app.domain.errors import RuleBroken
from app.domain.ids import AspectId, ComponentId, EventCode, ModuleId, SubcriterionId, WorkplaceId
from app.domain.methods import Binary, Method
from app.domain.output_rules import OutputRules
from app.domain.penalty_rules import PenaltyEffect, PenaltyReason
from app.domain.points import Points, Rounding, points_of
from app.domain.proposal_rules import ProposalRules
from app.domain.quiz_rules import QuizRules
from app.domain.round_rules import Qualification
from app.domain.standing_rules import CombinedStanding
from app.domain.tie_rules import Direction, OnRemaining, TieKey

__all__ = [
    "Aspect",
    "Attempts",
    "Awards",
    "BoundaryTie",
    "Competition",
    "Component",
    "Direction",
    "EntryCheck",
    "Event",
    "Module",
    "OnRemaining",
    "OutputRules",
    "PenaltyEffect",
    "PenaltyReason",
    "ProposalRules",
    "QuizRules",
    "Quota",
    "QuotaBase",
    "QuotaRounding",
    "RecheckRule",
    "Scheme",
    "Section",
    "Stages",
    "Subcriterion",
    "TieKey",
    "rules_hash",
]


class Aspect(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """评分点: one thing assessed, its maximum and the method that turns entries into a mark."""

    id: AspectId
    name: str
    name_en: str = ""
    max: Decimal
    method: Method = Binary()
    section: str = ""
    requirement: str = ""
    note: str = ""
    descriptors: tuple[str, ...] = ()

    @property
    def maximum(self) -> Points:
        return points_of(self.max)


class Subcriterion(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """评分子项: aspects marked together on one day by one panel."""

    id: SubcriterionId
    name: str
    name_en: str = ""
    day: int = 1
    aspects: tuple[Aspect, ...] = ()


class Attempts(StrEnum):
    """Which of several attempts at one task counts (多次试做): each is a sub-criterion.

    The mean is over all attempts, one not made counting 0; the last is the last one made.
    """

    BEST = "best"
    LAST = "last"
    MEAN = "mean"


class Module(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """模块: one task with its own clock, workplaces and marks.

    ``weight`` multiplies the module's mark inside its component; ``blind`` means that judges see
    the work code only. ``limit_minutes`` of 0 means the module has no clock (theory, a submission
    judged later). ``stated_max`` is what the source document claims, kept to be compared. With
    ``attempts`` the sub-criteria are attempts at the same task, of which one counts or their mean.
    ``entry_check`` is what a second person does with every sheet before the module can be locked.
    ``rounding`` is the module's own, instead of that of the event's stage.
    """

    id: ModuleId
    name: str
    name_en: str = ""
    component: ComponentId = ComponentId("practice")
    weight: Decimal = Decimal(1)
    limit_minutes: int = 0
    cue_minutes: tuple[int, ...] = (15, 5, 1)
    workplaces: tuple[WorkplaceId, ...] = ()
    blind: bool = True
    judges_see_sum: bool = False
    stated_max: Decimal | None = None
    attempts: Attempts | None = None
    entry_check: EntryCheck = EntryCheck.NONE
    rounding: Rounding | None = None
    subcriteria: tuple[Subcriterion, ...] = ()

    def aspects(self) -> Iterator[Aspect]:
        for subcriterion in self.subcriteria:
            yield from subcriterion.aspects

    @property
    def maximum(self) -> Points:
        """The full mark: of all sub-criteria together, of several attempts the best one."""
        parts = [sum(aspect.maximum for aspect in part.aspects) for part in self.subcriteria]
        return Points(max(parts, default=0) if self.attempts else sum(parts))


class Component(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """成绩组成: a weighted part of the total, e.g. theory 0.3 and practice 0.7.

    An ``added`` component (附加分, a bonus) comes on top: its weight is not part of the sum of 1.
    ``rounding`` is its own, instead of that of the event's stage.
    """

    id: ComponentId = ComponentId("practice")
    name: str = "实操"
    name_en: str = "Practice"
    weight: Decimal = Decimal(1)
    added: bool = False
    rounding: Rounding | None = None


class Section(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """职业标准条目: a section of the occupational standard and the marks it should get."""

    id: str
    name: str
    mark: Decimal


class Stages(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """修约: the stages at which a value is rounded; ``None`` carries it on exactly.

    ``judge`` is the panel's mean before it is scaled to the aspect's maximum.
    """

    judge: Rounding | None = None
    aspect: Rounding | None = Rounding()
    subcriterion: Rounding | None = None
    module: Rounding | None = None
    component: Rounding | None = None
    total: Rounding = Rounding()


class Event(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """赛项: everything that decides a result, and nothing else. This is what gets hashed.

    ``most`` is the highest total there can be, bonus included; without it, that of a faultless
    entry without bonus. It caps what is earned; penalties are taken off after it, down to
    ``least_total`` and no further. Without ``absent_ranked`` who missed a whole module (缺考)
    stands apart instead of being ranked with 0 for it. ``divided_by`` says what is ranked and
    awarded apart, ``recheck`` asks for a sample compared with the paper. A ``quiz`` or
    ``proposals`` fill one aspect from a record of their own, ``output`` one for each of its
    periods.
    """

    code: EventCode
    name: str
    name_en: str = ""
    components: tuple[Component, ...] = (Component(),)
    modules: tuple[Module, ...] = ()
    sections: tuple[Section, ...] = ()
    rounding: Stages = Stages()
    tie_keys: tuple[TieKey, ...] = ()
    on_remaining: OnRemaining = OnRemaining.SHARE
    most: Decimal | None = None
    least_total: Decimal = Decimal(0)
    divided_by: DividedBy | None = None
    groups: tuple[Group, ...] = ()
    awards: Awards = Awards()
    penalties: tuple[PenaltyReason, ...] = ()
    late_minutes: int = 15
    absent_ranked: bool = True
    recheck: RecheckRule | None = None
    quiz: QuizRules | None = None
    proposals: ProposalRules | None = None
    output: OutputRules | None = None
    selects: Qualification | None = None
    promotes: Qualification | None = None

    def aspects(self) -> Iterator[Aspect]:
        """Every aspect, module by module in the order of the scheme."""
        for module in self.modules:
            yield from module.aspects()

    def module(self, wanted: ModuleId) -> Module:
        """Raises ``RuleBroken`` for a module the event does not have; so do the next ones."""
        for module in self.modules:
            if module.id == wanted:
                return module
        raise RuleBroken("module-unknown", module=wanted)

    def aspect(self, wanted: AspectId) -> Aspect:
        for aspect in self.aspects():
            if aspect.id == wanted:
                return aspect
        raise RuleBroken("aspect-unknown", aspect=wanted)

    def module_of(self, wanted: AspectId) -> Module:
        for module in self.modules:
            if any(aspect.id == wanted for aspect in module.aspects()):
                return module
        raise RuleBroken("aspect-unknown", aspect=wanted)

    def penalty(self, code: str) -> PenaltyReason:
        for reason in self.penalties:
            if reason.code == code:
                return reason
        raise RuleBroken("penalty-unknown", reason=code)


class Competition(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """竞赛: what stands at the top of every paper, dates in ISO form, and its standings."""

    code: str
    title: str
    title_en: str = ""
    organisers: tuple[str, ...] = ()
    venue: str = ""
    starts: str = ""
    ends: str = ""
    tier: str = ""
    rank_class: str = ""
    standings: tuple[CombinedStanding, ...] = ()


class Scheme(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A competition with its events, as one document."""

    competition: Competition
    events: tuple[Event, ...]

    def event(self, wanted: EventCode) -> Event:
        for event in self.events:
            if event.code == wanted:
                return event
        raise RuleBroken("event-unknown", event=wanted)


def rules_hash(event: Event) -> str:
    """SHA-256 over the canonical form of one event's rules, 64 hex characters."""
    return hashlib.sha256(canonical_json(event)).hexdigest()
