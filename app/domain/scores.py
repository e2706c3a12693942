"""What scoring comes to: the marks of an entry's sub-criteria, modules, components and its total.

Values that no stage has rounded are exact ``int`` or ``Fraction`` of ten-thousandths.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.aspects import AspectResult
from app.domain.ids import ComponentId, EntryId, ModuleId, SubcriterionId
from app.domain.points import Exact, Points


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
    ``most`` is what ``mark`` can still become when every unfinished aspect earns its maximum;
    ``capped_by`` are the reasons that limit the mark.
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
    capped_by: tuple[str, ...] = ()

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
    counts cells nobody filled, ``unsettled`` aspects the panel or the chief must look at again,
    aspects that await the field, and work to be done again. ``aspects`` are in the order of the
    scheme. ``base`` is the weighted sum without added components (加分), before penalties;
    ``capped_by`` are the reasons that limit the total.
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
    base: Exact = 0
    capped_by: tuple[str, ...] = ()

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
