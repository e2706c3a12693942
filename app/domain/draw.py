"""Places and orders by lot from a committed seed (抽签); anyone can re-run a draw from its record.

The recipe, with the commitment to the seed, is recorded and shown first; the seed comes after.
The result depends on the seed and on the recipe's content only: entries count as a set, the order
of the workplaces matters.

Algorithm ``plumbline-draw-1``: the stream of ``draw_source`` with the label "plumbline-draw-1",
event, module and purpose, joined by line feeds; the line by ``draw_arrange``; then the first batch
takes the first part of the line and so on, and the k-th of a batch works at the k-th workplace.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum

from msgspec import Struct

from app.domain.draw_arrange import (
    DrawEntry,
    Line,
    Terms,
    arrange,
    batch_sizes,
    least_sharing,
    least_touching,
    members_by_unit,
)
from app.domain.draw_source import LotSource, check_seed
from app.domain.errors import RuleBroken
from app.domain.ids import EntryId, EventCode, ModuleId, WorkplaceId

ALGORITHM = "plumbline-draw-1"


class DrawConstraint(StrEnum):
    """What a draw is asked to keep apart: 同单位不相邻, 同单位不同场次."""

    UNIT_NOT_ADJACENT = "unit-not-adjacent"
    UNIT_NOT_IN_ONE_BATCH = "unit-not-in-one-batch"


class DrawRecipe(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything a draw depends on but the seed, fit to be recorded before the seed is revealed.

    ``purpose`` tells draws of one module apart, e.g. ``places`` or ``order``. Without workplaces
    only an order is drawn (出场顺序), and neighbours are those who follow one another. Without
    ``batches`` (场次) there are as many as the workplaces require, or one.
    """

    event: EventCode
    module: ModuleId
    purpose: str
    commitment: str
    entries: tuple[DrawEntry, ...]
    workplaces: tuple[WorkplaceId, ...] = ()
    batches: int | None = None
    constraints: tuple[DrawConstraint, ...] = ()
    algorithm: str = ALGORITHM


class Placement(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the lot put an entry: batch from 1, order from 1 through all batches, workplace."""

    entry: EntryId
    batch: int
    order: int
    workplace: WorkplaceId | None = None


class UnmetConstraint(Struct, frozen=True, forbid_unknown_fields=True):
    """A unit that could not be kept apart: ``pairs`` of its entries break the constraint.

    ``least`` is proven: no placement of this many entries in these batches has fewer.
    """

    constraint: DrawConstraint
    unit: str
    pairs: int
    least: int

    @property
    def is_unavoidable(self) -> bool:
        return self.pairs == self.least


class DrawOutcome(Struct, frozen=True, forbid_unknown_fields=True):
    """The placements in order, and what the draw was asked for and could not give."""

    placements: tuple[Placement, ...]
    unmet: tuple[UnmetConstraint, ...] = ()


def may_draw(recipe: DrawRecipe) -> list[RuleBroken]:
    """Why this recipe cannot be drawn; empty when nothing stands in the way."""
    if recipe.algorithm != ALGORITHM:
        return [RuleBroken("draw-algorithm-unknown", algorithm=recipe.algorithm)]
    count, places = len(recipe.entries), len(recipe.workplaces)
    if not count:
        return [RuleBroken("draw-without-entries")]
    refusals = [
        RuleBroken("draw-entry-twice", entry=entry)
        for entry in _repeated(entry.entry for entry in recipe.entries)
    ]
    refusals += [
        RuleBroken("draw-workplace-twice", workplace=place)
        for place in _repeated(recipe.workplaces)
    ]
    if recipe.batches is not None and not 1 <= recipe.batches <= count:
        refusals.append(RuleBroken("draw-batches-unfit", batches=recipe.batches, entries=count))
    elif places and count > places * batches_of(recipe):
        refusals.append(
            RuleBroken(
                "draw-too-few-places", entries=count, places=places, batches=batches_of(recipe)
            )
        )
    return refusals


def batches_of(recipe: DrawRecipe) -> int:
    """How many batches the entries come in."""
    if recipe.batches is not None:
        return recipe.batches
    places = len(recipe.workplaces)
    return -(-len(recipe.entries) // places) if places else 1


def run_draw(recipe: DrawRecipe, seed: bytes) -> DrawOutcome:
    """Draw, or re-run a draw; refuses a seed other than the one committed to."""
    for refusal in may_draw(recipe):
        raise refusal
    check_seed(seed, recipe.commitment)
    label = "\n".join((ALGORITHM, recipe.event, recipe.module, recipe.purpose))
    entries = sorted(recipe.entries, key=lambda entry: entry.entry)
    terms = Terms(
        sizes=batch_sizes(len(entries), batches_of(recipe)),
        sharing_counts=DrawConstraint.UNIT_NOT_IN_ONE_BATCH in recipe.constraints,
        touching_counts=DrawConstraint.UNIT_NOT_ADJACENT in recipe.constraints,
    )
    line = arrange(LotSource(seed, label), entries, terms)
    return DrawOutcome(_placements(line, terms.sizes, recipe.workplaces), _unmet(line, terms))


def _placements(
    line: Sequence[DrawEntry], sizes: Sequence[int], workplaces: Sequence[WorkplaceId]
) -> tuple[Placement, ...]:
    slots = ((batch, place) for batch, size in enumerate(sizes, 1) for place in range(size))
    return tuple(
        Placement(drawn.entry, batch, order, workplaces[place] if workplaces else None)
        for order, (drawn, (batch, place)) in enumerate(zip(line, slots, strict=True), 1)
    )


def _unmet(line: list[DrawEntry], terms: Terms) -> tuple[UnmetConstraint, ...]:
    drawn, members, sizes = Line(line, terms), members_by_unit(line), terms.sizes
    unmet: list[UnmetConstraint] = []
    if terms.sharing_counts:
        unmet += [
            UnmetConstraint(
                DrawConstraint.UNIT_NOT_IN_ONE_BATCH,
                unit,
                pairs,
                least_sharing(members[unit], len(sizes)),
            )
            for unit, pairs in sorted(drawn.sharing_by_unit().items())
            if pairs
        ]
    if terms.touching_counts:
        unmet += [
            UnmetConstraint(
                DrawConstraint.UNIT_NOT_ADJACENT, unit, pairs, least_touching(members[unit], sizes)
            )
            for unit, pairs in sorted(drawn.touching_by_unit().items())
        ]
    return tuple(unmet)


def _repeated(names: Iterable[str]) -> list[str]:
    return sorted(name for name, times in Counter(names).items() if times > 1)
