"""Where a finding about the rules is to be put right: a node of the tree, or the scoring rules."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.errors import RuleBroken
from app.domain.scheme import Event
from app.services.editing import Place

_OF_THE_EVENT = {
    "event-without-modules",
    "late-limit-negative",
    "most-not-positive",
    "least-above-zero",
}


def place_of(event: Event, found: RuleBroken) -> Place | None:
    """The place below the event, ``()`` for the event itself; ``None``: the scoring rules."""
    names = [found.details.get(kind) for kind in ("aspect", "subcriterion", "module", "id")]
    places = dict(_places(event))
    for name in names:
        if name is not None and str(name) in places:
            return places[str(name)]
    return () if found.code in _OF_THE_EVENT else None


def _places(event: Event) -> Iterator[tuple[str, Place]]:
    for number, module in enumerate(event.modules):
        yield module.id, (number,)
        for part_number, part in enumerate(module.subcriteria):
            yield part.id, (number, part_number)
            for aspect_number, aspect in enumerate(part.aspects):
                yield aspect.id, (number, part_number, aspect_number)
