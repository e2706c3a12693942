"""Whether printed parts add up to the printed total, as any reader will try (合计一致).

Module marks are printed at the total's places. They add up only when no stage below the module
leaves digits that the print hides. Domain rules 5: add after rounding at item level.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.errors import RuleBroken
from app.domain.points import PLACES, SCALE, points_of
from app.domain.scheme import Attempts, Event, Module


def adding_up_warnings(event: Event) -> Iterator[RuleBroken]:
    """The modules whose printed marks may not add up to the printed total."""
    places = event.rounding.total.places
    for module in event.modules:
        if not is_printable(event, module):
            yield RuleBroken("parts-may-not-add", event=event.code, module=module.id, places=places)


def is_printable(event: Event, module: Module) -> bool:
    """Whether the module's mark can have no digit beyond the places of the total."""
    stages, places = event.rounding, event.rounding.total.places
    own = module.rounding or stages.module
    if own is not None:
        return own.places <= places
    unit = SCALE // 10**places if places <= PLACES else 1
    if module.attempts is Attempts.MEAN or any(
        points_of(one.points) % unit for one in event.penalties
    ):
        return False
    finest = stages.aspect if stages.subcriterion is None else stages.subcriterion
    return finest is not None and finest.places <= places
