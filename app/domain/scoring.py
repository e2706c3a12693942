"""From aspects' marks to an entry's total, exactly, in the one order of stages there is.

Aspect, sub-criterion, module, component, total: each stage rounds only where the scheme says so,
and between stages a value is an exact ``int`` or ``Fraction`` of ten-thousandths. A cell nobody
filled counts as nothing and makes the entry incomplete; it is never a zero. Domain rules 2.4 and 4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.domain.aspects import AspectResult, AspectState, rounded
from app.domain.entries import MarkState, Penalty
from app.domain.ids import AspectId, ComponentId, EntryId, ModuleId, SubcriterionId
from app.domain.methods import judges_needed
from app.domain.points import ZERO, Exact, Points, round_exact
from app.domain.scheme import Aspect, Event, PenaltyEffect, Stages


@dataclass(frozen=True, slots=True)
class SubcriterionScore:
    """The marks of one sub-criterion added up."""

    id: SubcriterionId
    mark: Exact


@dataclass(frozen=True, slots=True)
class ModuleScore:
    """One module of one entry: ``raw`` marks, less what penalties took, is ``mark``.

    ``deducted`` is what was really taken off, which a floor of zero may keep below the sum of the
    penalties. ``zeroed_by`` names the reasons that void the module; the raw marks stay for review.
    ``most`` is what ``mark`` can still become when every unfinished aspect earns its maximum.
    """

    id: ModuleId
    raw: Exact
    deducted: Exact
    zeroed_by: tuple[str, ...]
    mark: Exact
    most: Exact
    missing: int
    unsettled: int
    subcriteria: tuple[SubcriterionScore, ...]

    @property
    def is_complete(self) -> bool:
        return not self.missing and not self.unsettled


@dataclass(frozen=True, slots=True)
class ComponentScore:
    """A component before its weight: the weighted marks of its modules added up."""

    id: ComponentId
    mark: Exact


@dataclass(frozen=True, slots=True)
class EntryScore:
    """Everything computed for one entry.

    ``total`` counts what is there so far; it is a result only when ``is_complete``. ``missing``
    counts cells nobody filled, ``unsettled`` aspects the panel or the chief must look at again.
    ``aspects`` are in the order of the scheme.
    """

    entry: EntryId
    total: Points
    most: Points
    missing: int
    unsettled: int
    deducted: Exact
    zeroed_by: tuple[str, ...]
    disqualified_by: tuple[str, ...]
    components: tuple[ComponentScore, ...]
    modules: tuple[ModuleScore, ...]
    aspects: tuple[AspectResult, ...]

    @property
    def is_complete(self) -> bool:
        return not self.missing and not self.unsettled

    def module(self, wanted: ModuleId) -> ModuleScore:
        return next(module for module in self.modules if module.id == wanted)

    def component(self, wanted: ComponentId) -> ComponentScore:
        return next(component for component in self.components if component.id == wanted)

    def subcriterion(self, wanted: SubcriterionId) -> SubcriterionScore:
        return next(
            part for module in self.modules for part in module.subcriteria if part.id == wanted
        )


@dataclass(frozen=True, slots=True)
class _ModulePlan:
    id: ModuleId
    component: ComponentId
    weight: Exact
    start: int
    stop: int
    subcriteria: tuple[tuple[SubcriterionId, int, int], ...]


@dataclass(frozen=True, slots=True)
class ScoringPlan:
    """The rules of an event laid out for adding up: built once, used for every entry."""

    stages: Stages
    aspects: tuple[Aspect, ...]
    maxima: tuple[Points, ...]
    modules: tuple[_ModulePlan, ...]
    components: tuple[tuple[ComponentId, Exact], ...]

    @staticmethod
    def of(event: Event) -> ScoringPlan:
        modules, position = [], 0
        for module in event.modules:
            start, parts = position, []
            for part in module.subcriteria:
                parts.append((part.id, position, position + len(part.aspects)))
                position += len(part.aspects)
            weight = rounded(Fraction(module.weight), None)
            modules.append(
                _ModulePlan(module.id, module.component, weight, start, position, tuple(parts))
            )
        aspects = tuple(event.aspects())
        return ScoringPlan(
            event.rounding,
            aspects,
            tuple(aspect.maximum for aspect in aspects),
            tuple(modules),
            tuple((part.id, rounded(Fraction(part.weight), None)) for part in event.components),
        )

    def score_module(
        self, place: int, results: Sequence[AspectResult], penalties: Sequence[Penalty]
    ) -> ModuleScore:
        """The module at ``place``; ``results`` are those of the whole event, in order."""
        module = self.modules[place]
        own = results[module.start : module.stop]
        parts, raw = self._added(module, [result.mark or 0 for result in own])
        most, unfinished = raw, [result for result in own if result.mark is None]
        if unfinished:
            maxima = self.maxima[module.start : module.stop]
            hoped = [
                maximum if result.mark is None else result.mark
                for result, maximum in zip(own, maxima, strict=True)
            ]
            most = self._added(module, hoped)[1]
        zeroed_by, booked = _booked(penalties, module.id, PenaltyEffect.MODULE_ZERO)
        deducted = _off(raw, booked)
        return ModuleScore(
            module.id,
            raw,
            deducted,
            zeroed_by,
            ZERO if zeroed_by else rounded(raw - deducted, self.stages.module),
            ZERO if zeroed_by else rounded(most - _off(most, booked), self.stages.module),
            sum(result.missing for result in unfinished),
            sum(result.state in _UNSETTLED for result in unfinished),
            parts,
        )

    def _added(
        self, module: _ModulePlan, marks: Sequence[Exact]
    ) -> tuple[tuple[SubcriterionScore, ...], Exact]:
        """The sub-criteria of a module and their sum; ``marks`` are the module's own."""
        first, stage, parts = module.start, self.stages.subcriterion, []
        raw: Exact = 0
        for part, start, stop in module.subcriteria:
            mark = rounded(sum(marks[start - first : stop - first]), stage)
            parts.append(SubcriterionScore(part, mark))
            raw += mark
        return tuple(parts), raw

    def score_total(
        self,
        entry: EntryId,
        modules: Sequence[ModuleScore],
        results: Sequence[AspectResult],
        penalties: Sequence[Penalty],
    ) -> EntryScore:
        """The entry's total over its modules, as they stand."""
        zeroed_by, booked = _booked(penalties, None, PenaltyEffect.EVENT_ZERO)
        components, subtotal = self._weighted([module.mark for module in modules])
        missing = sum([module.missing for module in modules])
        unsettled = sum([module.unsettled for module in modules])
        most = subtotal
        if missing or unsettled:
            most = self._weighted([module.most for module in modules])[1]
        deducted = _off(subtotal, booked)
        stage = self.stages.total
        return EntryScore(
            entry,
            ZERO if zeroed_by else round_exact(subtotal - deducted, stage),
            ZERO if zeroed_by else round_exact(most - _off(most, booked), stage),
            missing,
            unsettled,
            deducted,
            zeroed_by,
            _reasons(penalties, PenaltyEffect.DISQUALIFY),
            components,
            tuple(modules),
            tuple(results),
        )

    def _weighted(self, marks: Sequence[Exact]) -> tuple[tuple[ComponentScore, ...], Exact]:
        """The components and their weighted sum; ``marks`` are those of all modules."""
        sums: dict[ComponentId, Exact] = {component: 0 for component, _ in self.components}
        for module, mark in zip(self.modules, marks, strict=True):
            sums[module.component] += mark * module.weight
        components, subtotal = [], Fraction(0)
        for component, weight in self.components:
            mark = rounded(sums[component], self.stages.component)
            components.append(ComponentScore(component, mark))
            subtotal += mark * weight
        return tuple(components), rounded(subtotal, None)


_UNSETTLED = frozenset({AspectState.SPREAD_BROKEN, AspectState.DISPUTED})


def _booked(
    penalties: Sequence[Penalty], module: ModuleId | None, zero: PenaltyEffect
) -> tuple[tuple[str, ...], int]:
    """What is booked for a module, or for the event: reasons that void it and marks to take off."""
    own = [penalty for penalty in penalties if penalty.module == module]
    voided = _reasons(own if module is not None else penalties, zero)
    return voided, sum(item.points for item in own if item.effect is PenaltyEffect.DEDUCT)


def _reasons(penalties: Sequence[Penalty], effect: PenaltyEffect) -> tuple[str, ...]:
    return tuple(sorted({item.reason for item in penalties if item.effect is effect}))


def _off(mark: Exact, booked: int) -> Exact:
    """What a deduction really takes: never more than there is."""
    return min(booked, max(mark, 0)) if booked else 0


def score_entry(
    event: Event,
    entry: EntryId,
    aspects: Mapping[AspectId, AspectResult],
    penalties: Sequence[Penalty] = (),
) -> EntryScore:
    """Score one entry from its aspects' results; an aspect not given is unset."""
    plan = ScoringPlan.of(event)
    results = [
        aspects.get(aspect.id)
        or AspectResult(AspectState.UNSET, missing=judges_needed(aspect.method) or 1)
        for aspect in plan.aspects
    ]
    modules = [plan.score_module(place, results, penalties) for place in range(len(plan.modules))]
    return plan.score_total(entry, modules, results, penalties)


def event_maximum(event: Event) -> Points:
    """What a faultless entry earns: weighted maxima, rounded as the total is. Normally 100."""
    full = {
        aspect.id: AspectResult(AspectState.COMPLETE, aspect.maximum, shown=MarkState.VALUE)
        for aspect in event.aspects()
    }
    return score_entry(event, EntryId(""), full).total
