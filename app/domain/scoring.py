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
from app.domain.methods import FieldMethod, judges_needed
from app.domain.points import ZERO, Exact, Points, Rounding, points_of, round_exact
from app.domain.scheme import Aspect, Attempts, Event, PenaltyEffect, Stages
from app.domain.score_effects import (
    PlacedGate,
    booked_for,
    capped,
    gate_penalties,
    gates_of,
    highest_total,
    is_made,
    of_attempts,
    reasons_of,
    taken_off,
    to_redo,
)
from app.domain.scores import ComponentScore, EntryScore, ModuleScore, SubcriterionScore

__all__ = [
    "ComponentScore",
    "EntryScore",
    "ModuleScore",
    "ScoringPlan",
    "SubcriterionScore",
    "event_maximum",
    "gate_penalties",
    "highest_total",
    "score_entry",
]


@dataclass(frozen=True, slots=True)
class _ModulePlan:
    id: ModuleId
    component: ComponentId
    weight: Exact
    start: int
    stop: int
    subcriteria: tuple[tuple[SubcriterionId, int, int], ...]
    attempts: Attempts | None
    rounding: Rounding | None


@dataclass(frozen=True, slots=True)
class ScoringPlan:
    """The rules of an event laid out for adding up: built once, used for every entry.

    ``gates`` and ``field`` are the places of aspects that void something, or compare entries.
    ``added`` are the components on top of the weighted sum, ``most`` what caps both together, and
    ``least`` how far a deduction from the total may go.
    """

    stages: Stages
    aspects: tuple[Aspect, ...]
    maxima: tuple[Points, ...]
    modules: tuple[_ModulePlan, ...]
    components: tuple[tuple[ComponentId, Exact, Rounding | None], ...]
    gates: tuple[PlacedGate, ...] = ()
    field: tuple[int, ...] = ()
    added: frozenset[ComponentId] = frozenset()
    most: Exact | None = None
    least: Points = ZERO

    @staticmethod
    def of(event: Event) -> ScoringPlan:
        """The plan of an event, made once for all its entries."""
        modules, position = [], 0
        for module in event.modules:
            start, parts = position, []
            for part in module.subcriteria:
                parts.append((part.id, position, position + len(part.aspects)))
                position += len(part.aspects)
            weight = rounded(Fraction(module.weight), None)
            modules.append(
                _ModulePlan(
                    module.id,
                    module.component,
                    weight,
                    start,
                    position,
                    tuple(parts),
                    module.attempts,
                    module.rounding or event.rounding.module,
                )
            )
        aspects = tuple(event.aspects())
        return ScoringPlan(
            event.rounding,
            aspects,
            tuple(aspect.maximum for aspect in aspects),
            tuple(modules),
            tuple(
                (
                    part.id,
                    rounded(Fraction(part.weight), None),
                    part.rounding or event.rounding.component,
                )
                for part in event.components
            ),
            gates_of(event),
            tuple(
                place
                for place, aspect in enumerate(aspects)
                if isinstance(aspect.method, FieldMethod)
            ),
            frozenset(part.id for part in event.components if part.added),
            highest_total(event),
            points_of(event.least_total),
        )

    def score_module(
        self, place: int, results: Sequence[AspectResult], penalties: Sequence[Penalty]
    ) -> ModuleScore:
        """The module at ``place``; ``results`` are those of the whole event, in order."""
        module = self.modules[place]
        own = results[module.start : module.stop]
        if self.gates:
            penalties = (*penalties, *gate_penalties(self.gates, results))
        parts, raw = self._added(module, [result.mark or 0 for result in own], own)
        most, unfinished = raw, [result for result in own if result.mark is None]
        if unfinished:
            maxima = self.maxima[module.start : module.stop]
            hoped = [
                maximum if result.mark is None else result.mark
                for result, maximum in zip(own, maxima, strict=True)
            ]
            most = self._added(module, hoped, own, is_hope=True)[1]
        zeroed_by, booked = booked_for(penalties, module.id, PenaltyEffect.MODULE_ZERO)
        deducted = taken_off(raw, booked)
        here = [penalty for penalty in penalties if penalty.module == module.id]
        return ModuleScore(
            module.id,
            raw,
            deducted,
            zeroed_by,
            ZERO if zeroed_by else rounded(capped(raw - deducted, here), module.rounding),
            ZERO
            if zeroed_by
            else rounded(capped(most - taken_off(most, booked), here), module.rounding),
            sum(result.missing for result in unfinished),
            sum(result.state in _UNSETTLED for result in unfinished) + to_redo(here),
            parts,
            reasons_of(here, PenaltyEffect.CAP) if here else (),
        )

    def _added(
        self,
        module: _ModulePlan,
        marks: Sequence[Exact],
        results: Sequence[AspectResult],
        *,
        is_hope: bool = False,
    ) -> tuple[tuple[SubcriterionScore, ...], Exact]:
        """The sub-criteria of a module and their sum, or what its attempts come to.

        ``marks`` and ``results`` are the module's own."""
        first, stage, parts = module.start, self.stages.subcriterion, []
        raw: Exact = 0
        for part, start, stop in module.subcriteria:
            mark = rounded(sum(marks[start - first : stop - first]), stage)
            parts.append(SubcriterionScore(part, mark))
            raw += mark
        if module.attempts is not None:
            made = [
                any(is_made(result, is_hope=is_hope) for result in results[a - first : b - first])
                for _, a, b in module.subcriteria
            ]
            raw = of_attempts(module.attempts, [part.mark for part in parts], made)
        return tuple(parts), raw

    def score_total(
        self,
        entry: EntryId,
        modules: Sequence[ModuleScore],
        results: Sequence[AspectResult],
        penalties: Sequence[Penalty],
    ) -> EntryScore:
        """The entry's total over its modules, as they stand."""
        if self.gates:
            penalties = (*penalties, *gate_penalties(self.gates, results))
        zeroed_by, booked = booked_for(penalties, None, PenaltyEffect.EVENT_ZERO)
        here = [penalty for penalty in penalties if penalty.module is None]
        components, base, subtotal = self._weighted([module.mark for module in modules])
        missing = sum([module.missing for module in modules])
        unsettled = sum([module.unsettled for module in modules]) + to_redo(here)
        most = subtotal
        if missing or unsettled:
            most = self._weighted([module.most for module in modules])[2]
        deducted = taken_off(subtotal, booked, self.least)
        hoped = most - taken_off(most, booked, self.least)
        stage = self.stages.total
        return EntryScore(
            entry,
            ZERO if zeroed_by else round_exact(capped(subtotal - deducted, here), stage),
            ZERO if zeroed_by else round_exact(capped(hoped, here), stage),
            missing,
            unsettled,
            deducted,
            zeroed_by,
            reasons_of(penalties, PenaltyEffect.DISQUALIFY),
            components,
            tuple(modules),
            tuple(results),
            base,
            reasons_of(here, PenaltyEffect.CAP) if here else (),
        )

    def _weighted(self, marks: Sequence[Exact]) -> tuple[tuple[ComponentScore, ...], Exact, Exact]:
        """The components, their weighted sum, and that with what is added, up to the most.

        ``marks`` are those of all modules."""
        sums: dict[ComponentId, Exact] = {component: 0 for component, *_ in self.components}
        for module, mark in zip(self.modules, marks, strict=True):
            sums[module.component] += mark * module.weight
        components, base, bonus = [], Fraction(0), Fraction(0)
        for component, weight, stage in self.components:
            mark = rounded(sums[component], stage)
            components.append(ComponentScore(component, mark))
            if component in self.added:
                bonus += mark * weight
            else:
                base += mark * weight
        subtotal = base + bonus
        if self.most is not None and subtotal > self.most:
            subtotal = Fraction(self.most)
        return tuple(components), rounded(base, None), rounded(subtotal, None)


_UNSETTLED = frozenset(
    {
        AspectState.SPREAD_BROKEN,
        AspectState.DISPUTED,
        AspectState.PANEL_SHORT,
        AspectState.AWAITS_FIELD,
    }
)


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
    """What a faultless entry earns without any bonus, rounded as the total is. Normally 100."""
    added = {part.id for part in event.components if part.added}
    full = {
        aspect.id: AspectResult(
            AspectState.COMPLETE,
            ZERO if module.component in added else aspect.maximum,
            shown=MarkState.VALUE,
        )
        for module in event.modules
        for aspect in module.aspects()
    }
    return score_entry(event, EntryId(""), full).total
